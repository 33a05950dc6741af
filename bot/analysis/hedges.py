"""Hedges: the words by which a text says less than it seems to (docs/grading.md, adjustment 6)."""

import re
from functools import cache

from bot.analysis.lexicon import load_lexicon
from bot.analysis.parsing import Article
from bot.document import Span

_FIGURE_NEXT = re.compile(
    r"\s*(?:an?\s+)?(?:[$£€₹]|US\$|A\$)?(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|a\s+(?:dozen|hundred|thousand|"
    r"million|billion|third|quarter|decade|century)|all|every|midnight|noon|dawn)\b)",
    re.IGNORECASE,
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lexicon = load_lexicon("hedges")
    return lexicon.pattern("modal", "adverb", "rounding"), lexicon.pattern("approximator")


def find_hedges(article: Article, span: Span) -> tuple[Span, ...]:
    """The hedges inside the span, in text order."""
    text = article.text
    words, approximators = _patterns()
    found = [m.span() for m in words.finditer(text, span.start, span.end) if m.group() != "May"]
    found += [
        m.span()
        for m in approximators.finditer(text, span.start, span.end)
        if _FIGURE_NEXT.match(text, m.end(), span.end)
    ]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda s: (s[0], -s[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(Span(start=start, end=end) for start, end in kept)
