"""Flags on where the story comes from: one origin, another outlet, somebody's say-so about somebody unnamed."""

from collections.abc import Iterator, Sequence

from bot.analysis.origins import Origin, find_origins
from bot.analysis.parsing import Article, Token
from bot.document import Span
from bot.report import Claim, Flag, FlagKind, Hop, SourceKind

_NAMED = frozenset({SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION})
_UNNAMED = frozenset({SourceKind.ANONYMOUS, SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP})
_ENOUGH_CLAIMS = 3
_SHOWN = 6


def find_provenance_flags(article: Article, claims: Sequence[Claim]) -> Iterator[Flag]:
    """single_origin, hearsay and second_hand, at most one of each for an origin, a chain, the story."""
    yield from _single_origin(article, claims)
    yield from _hearsay(claims)
    yield from _second_hand(article, claims)


def _single_origin(article: Article, claims: Sequence[Claim]) -> Iterator[Flag]:
    """Three or more key claims, and more than half of those attributed at all, rest on one origin."""
    attributed = [c for c in claims if c.key and c.kind is not SourceKind.NONE]
    if len(attributed) < _ENOUGH_CLAIMS:
        return
    for origin in find_origins(article, claims):
        resting = [c for c in origin.claims if c.key]
        if len(resting) >= _ENOUGH_CLAIMS and 2 * len(resting) > len(attributed):
            yield Flag(
                kind=FlagKind.SINGLE_ORIGIN,
                passages=_distinct(p for c in resting for p in _shown(article, c)),
                note=f"{_count(len(resting), len(attributed))} rest on one origin: {_label(origin)}.",
            )


def _count(resting: int, attributed: int) -> str:
    if resting == attributed:
        return f"All {attributed} attributed key claims"
    return f"{resting} of the {attributed} attributed key claims"


def _label(origin: Origin) -> str:
    outlet = next((h.name for h in origin.hops if h.kind is SourceKind.NEWS_OUTLET), None)
    if outlet is not None and outlet != origin.name:
        return f"{origin.name}, through {outlet}"
    return origin.name


def _hearsay(claims: Sequence[Claim]) -> Iterator[Flag]:
    """A named source relays unnamed ones: one flag for each teller."""
    tellers: dict[str, list[tuple[Claim, Hop, Hop]]] = {}
    for claim in claims:
        for teller, told in zip(claim.chain, claim.chain[1:], strict=False):
            if teller.kind in _NAMED and told.kind in _UNNAMED:
                tellers.setdefault(teller.name, []).append((claim, teller, told))
    for name, relayed in tellers.items():
        claim, teller, told = relayed[0]
        yield Flag(
            kind=FlagKind.HEARSAY,
            passages=_distinct([teller.span, told.span, claim.quote]),
            note=f"{name} passes on what others said: “{told.name}”.",
        )


def _second_hand(article: Article, claims: Sequence[Claim]) -> Iterator[Flag]:
    """Key claims taken from other outlets, in one flag."""
    own = (article.document.outlet or "").lower()
    taken: list[tuple[Claim, Hop]] = []
    for claim in claims:
        outlet = next((h for h in claim.chain if h.kind is SourceKind.NEWS_OUTLET and h.name.lower() != own), None)
        if outlet is not None and claim.key:
            taken.append((claim, outlet))
    if not taken:
        return
    names = list(dict.fromkeys(outlet.name for _, outlet in taken))
    yield Flag(
        kind=FlagKind.SECOND_HAND,
        passages=_distinct(p for c, outlet in taken for p in (_around(article, outlet.span), c.quote)),
        note=f"{len(taken)} key claim{'s' if len(taken) > 1 else ''} taken from {_listed(names)}.",
    )


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _shown(article: Article, claim: Claim) -> tuple[Span, ...]:
    """The claim's outermost hop and its quote; the quote alone where it holds the hop."""
    if not claim.chain or claim.quote.covers(claim.chain[0].span):
        return (claim.quote,)
    return _around(article, claim.chain[0].span), claim.quote


def _around(article: Article, span: Span) -> Span:
    """The hop with up to two words before it and one after it, so that its cue shows; no mark is crossed."""
    sentence = article.sentence_at(span.start)
    if sentence is None:
        return span
    tokens = sentence.tokens
    first = next((i for i, t in enumerate(tokens) if t.start >= span.start), len(tokens))
    last = next((i for i, t in enumerate(tokens) if t.start >= span.end), len(tokens))
    reach = first
    while reach > max(0, first - 2) and _is_word(tokens[reach - 1]):
        reach -= 1
    after = last < len(tokens) and _is_word(tokens[last])
    return Span(
        start=min(span.start, tokens[reach].start) if reach < first else span.start,
        end=max(span.end, tokens[last].end) if after else span.end,
    )


def _is_word(token: Token) -> bool:
    return any(c.isalnum() for c in token.text)


def _distinct(spans: Iterator[Span] | Sequence[Span]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(spans))[: 2 * _SHOWN]
