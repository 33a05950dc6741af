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

# "could" that tells what somebody was able to do, or what something was for (Quirk et al. 1985, 4.52).
_UNABLE = re.compile(r"\s*(?:n[’']t|not|no longer|no more|only|hardly|barely|scarcely)\b", re.IGNORECASE)
_PURPOSE = re.compile(r"\b(?:so(?: that)?|until)(?: [\w’'-]+){1,5} $", re.IGNORECASE)
_LONGEST_PURPOSE = 60  # characters from "so that" to "could"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lexicon = load_lexicon("hedges")
    return lexicon.pattern("modal", "adverb", "rounding"), lexicon.pattern("approximator")


def find_hedges(article: Article, span: Span) -> tuple[Span, ...]:
    """The hedges inside the span, in text order."""
    text = article.text
    words, approximators = _patterns()
    found = [m.span() for m in words.finditer(text, span.start, span.end) if not _is_plain(text, m)]
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


def _is_plain(text: str, found: re.Match[str]) -> bool:
    """Whether the word hedges nothing here: the month of May, or "could" of ability or purpose."""
    if found.group().lower() != "could":
        return found.group() == "May"
    before = text[max(0, found.start() - _LONGEST_PURPOSE) : found.start()]
    return _UNABLE.match(text, found.end()) is not None or _PURPOSE.search(before) is not None
