"""The same fact in stronger words in another place."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations

from bot.analysis.flags.drift import Rung, escalations, find_rungs
from bot.analysis.flags.likeness import Weights, find_content
from bot.analysis.parsing import Article
from bot.document import Span
from bot.report import Claim, Flag, FlagKind

_ALIKE = 0.5
_SHARED = 3
_RARE = 12


def find_wording_flags(article: Article, claims: Sequence[Claim]) -> Iterator[Flag]:
    """wording_drift: one flag for each pair of words, among a claim's mentions and between claims that are alike."""
    places = [[(s, find_rungs(article, s)) for s in (c.quote, *c.mentions)] for c in claims]
    pairs = [pair for own in places for pair in permutations(own, 2)]
    pairs += [(places[i][0], places[j][0]) for i, j in _alike(claims, places)]
    found: dict[tuple[str, str], tuple[str, list[Span]]] = {}
    for (strong, high_rungs), (mild, low_rungs) in pairs:
        for high, low in escalations(high_rungs, low_rungs):
            weak, strong_words = (article.same_words(r.span).lower() for r in (low, high))
            _, spans = found.setdefault((high.ladder, weak), (strong_words, []))
            spans.extend((mild, strong))
    for (_, weak), (strong_words, spans) in found.items():
        yield Flag(
            kind=FlagKind.WORDING_DRIFT,
            passages=tuple(dict.fromkeys(spans)),
            note=f"“{weak}” in one place, “{strong_words}” in another.",
        )


def _alike(claims: Sequence[Claim], places: Sequence[Sequence[tuple[Span, tuple[Rung, ...]]]]) -> list[tuple[int, int]]:
    """Numbers of claims (stronger, weaker) on one ladder that speak of the same thing in like words."""
    contents = [find_content(c.claim) for c in claims]
    weights = Weights(contents)
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, content in enumerate(contents):
        for ladder in {r.ladder for r in places[number][0][1] if not r.strong}:
            for stem in content:
                holders[ladder, stem].append(number)
    found = set()
    for number, content in enumerate(contents):
        for ladder in {r.ladder for r in places[number][0][1] if r.strong}:
            near = {n for stem in content for n in holders[ladder, stem][:_RARE] if n != number}
            found |= {(number, n) for n in near if _is_like(content, contents[n], weights)}
    return sorted(found)


def _is_like(a: frozenset[str], b: frozenset[str], weights: Weights) -> bool:
    return len(a & b) >= _SHARED and weights.likeness(a, b) >= _ALIKE
