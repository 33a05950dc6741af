"""The same fact in stronger words in another place."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from bot.analysis.flags.drift import Rung, escalations, find_rungs
from bot.analysis.likeness import Weights, find_content, find_places
from bot.analysis.parsing import Article
from bot.document import Role, Span
from bot.report import Claim, Flag, FlagKind

_ALIKE = 0.5
_SHARED = 3
_RARE = 12
_ABOVE = frozenset({Role.HEADLINE, Role.STANDFIRST, Role.CAPTION})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    """A passage with its content words and the rungs it stands on."""

    content: frozenset[str]
    place: tuple[Span, tuple[Rung, ...]]


def find_wording_flags(article: Article, claims: Sequence[Claim]) -> Iterator[Flag]:
    """wording_drift: one flag for each pair of words, among a claim's mentions and between passages that are alike.

    The passages compared are the quotes of the claims and whole headlines, standfirsts and captions.
    """
    places = [[(s, find_rungs(article, s)) for s in find_places(article, c)] for c in claims]
    passages = [_Passage(content=find_content(c.claim), place=own[0]) for c, own in zip(claims, places, strict=True)]
    passages += [
        _Passage(content=find_content(s.span.text_in(article.text)), place=(s.span, find_rungs(article, s.span)))
        for s in article.sentences
        if s.role in _ABOVE
    ]
    pairs = [pair for own in places for pair in permutations(own, 2)]
    pairs += [(strong.place, mild.place) for strong, mild in _alike(passages)]
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


def _alike(passages: Sequence[_Passage]) -> list[tuple[_Passage, _Passage]]:
    """Passages (stronger, weaker) on one ladder that speak of the same thing in like words, in text order."""
    weights = Weights(p.content for p in passages)
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, passage in enumerate(passages):
        for ladder in {r.ladder for r in passage.place[1] if not r.strong}:
            for stem in passage.content:
                holders[ladder, stem].append(number)
    found = set()
    for number, passage in enumerate(passages):
        for ladder in {r.ladder for r in passage.place[1] if r.strong}:
            near = {n for stem in passage.content for n in holders[ladder, stem][:_RARE] if n != number}
            found |= {(number, n) for n in near if _is_like(passage.content, passages[n].content, weights)}
    return [(passages[strong], passages[mild]) for strong, mild in sorted(found)]


def _is_like(a: frozenset[str], b: frozenset[str], weights: Weights) -> bool:
    return len(a & b) >= _SHARED and weights.likeness(a, b) >= _ALIKE
