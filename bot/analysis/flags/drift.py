"""How a fact changes between two passages: its figure, or the strength of its words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.analysis.lexicon import load_lexicon
from bot.analysis.parsing import Article
from bot.analysis.quantities import Bound, Measure, Quantity, find_quantities
from bot.document import Span

_NEAR = 0.6
_LONGEST = 4


def number_change(article: Article, first: Span, second: Span) -> str | None:
    """How a quantity of the first passage differs from the same quantity in the second, in words; None if none does."""
    pair = changed_pair(article, first, second)
    if pair is None:
        return None
    return f"“{article.same_words(pair[0].span)}”, the text “{article.same_words(pair[1].span)}”"


def changed_pair(article: Article, first: Span, second: Span) -> tuple[Quantity, Quantity] | None:
    """Two statements of one quantity that differ in value or bound, where no quantity of the two passages agrees."""
    left, right = find_quantities(article.text, first), find_quantities(article.text, second)
    for a in left:
        rivals = [b for b in right if comparable(a, b)]
        if rivals and not any(agrees(a, b) for b in rivals):
            return a, rivals[0]
    return None


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities can be statements of one: same measure and unit, like things counted, near in value."""
    if a.measure is not b.measure or a.unit != b.unit:
        return False
    if a.measure is Measure.COUNT and a.noun and b.noun and not set(a.noun) & set(b.noun):
        return False
    if a.bound is Bound.VAGUE or b.bound is Bound.VAGUE:
        return False
    return min(a.high, b.high) >= _NEAR * max(a.low, b.low)


def agrees(a: Quantity, b: Quantity) -> bool:
    """Whether the two say the same, as far as value, bound and hedge go."""
    return a.same_value(b) and a.bound is b.bound and a.hedged == b.hedged


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """Words that stand on one of the ladders of escalation.toml, at its weaker or its stronger end."""

    ladder: str
    strong: bool
    span: Span


@cache
def _entries() -> dict[str, tuple[tuple[str, bool], ...]]:
    entries: dict[str, list[tuple[str, bool]]] = {}
    for group, words in sorted(load_lexicon("escalation").groups.items()):
        ladder, _, end = group.rpartition("_")
        for word in words:
            entries.setdefault(word, []).append((ladder, end == "strong"))
    return {word: tuple(rungs) for word, rungs in entries.items()}


def find_rungs(article: Article, span: Span) -> tuple[Rung, ...]:
    """The words of the span that stand on a ladder, in text order."""
    entries = _entries()
    tokens = [t for s in article.sentences_in(span) for t in s.tokens if span.start <= t.start and t.end <= span.end]
    found: list[Rung] = []
    for i, token in enumerate(tokens):
        words = token.low
        for j in range(i, min(i + _LONGEST, len(tokens))):
            words = words if j == i else f"{words} {tokens[j].low}"
            for ladder, strong in entries.get(words, ()):
                found.append(Rung(ladder=ladder, strong=strong, span=Span(start=token.start, end=tokens[j].end)))
    return tuple(found)


def escalations(strong: tuple[Rung, ...], mild: tuple[Rung, ...]) -> Iterator[tuple[Rung, Rung]]:
    """Pairs of (stronger words of the first passage, weaker of the second), where the second has no strong ones."""
    reached = {r.ladder for r in mild if r.strong}
    low = {r.ladder: r for r in reversed(mild) if not r.strong}
    told: set[str] = set()
    for rung in strong:
        if rung.strong and rung.ladder in low and rung.ladder not in reached | told:
            told.add(rung.ladder)
            yield rung, low[rung.ladder]


def escalation(article: Article, strong: Span, mild: Span) -> str | None:
    """The first escalation between the passages, in words."""
    pair = next(escalations(find_rungs(article, strong), find_rungs(article, mild)), None)
    if pair is None:
        return None
    return f"“{article.same_words(pair[0].span)}”, the text “{article.same_words(pair[1].span)}”"
