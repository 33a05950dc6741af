"""Headlines, standfirsts and captions that say more than the text below them bears."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.analysis.flags.drift import escalation, number_change
from bot.analysis.flags.likeness import Weights, find_content
from bot.analysis.flags.patterns import word_pattern
from bot.analysis.hedges import find_hedges
from bot.analysis.parsing import Article, Sentence
from bot.analysis.quantities import find_quantities
from bot.document import Role, Span
from bot.report import Attribution, Claim, Flag, FlagKind, Grade, SourceKind

_ABOVE = frozenset({Role.HEADLINE, Role.STANDFIRST, Role.CAPTION})
_NAMES = {Role.HEADLINE: "headline", Role.STANDFIRST: "standfirst", Role.CAPTION: "caption"}
_LIKE = 0.5
_SHARED = 3
_A_UNIT = 2
_NAMED_HEDGES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Overstatement:
    """What one unit says beyond the body: the passages that show it, and the words for the note."""

    unit: Sentence
    passages: tuple[Span, ...]
    why: str


def find_headline_flags(
    article: Article, claims: Sequence[Claim], attributions: Sequence[Attribution]
) -> Iterator[Flag]:
    """headline_overstates, at most two for each headline, standfirst or caption."""
    body = [(c, find_content(c.claim)) for c in claims]
    weights = Weights(content for _, content in body)
    seen: set[str] = set()
    for unit in article.sentences:
        words = article.same_words(unit.span)
        if unit.role not in _ABOVE or words in seen:
            continue
        seen.add(words)
        found = [
            o for claim in _told(article, unit, body, weights) for o in _overstated(article, unit, claim, attributions)
        ]
        for overstatement in found[:_A_UNIT]:
            yield Flag(
                kind=FlagKind.HEADLINE_OVERSTATES,
                passages=overstatement.passages,
                note=f"The {_NAMES[unit.role]} {overstatement.why}.",
            )


def _told(
    article: Article, unit: Sentence, body: Sequence[tuple[Claim, frozenset[str]]], weights: Weights
) -> list[Claim]:
    """The claims that the unit states: those it is a mention of, else the one most like it."""
    linked = [c for c, _ in body if any(s.overlaps(unit.span) for s in (c.quote, *c.mentions)) and _below(article, c)]
    if linked:
        return linked
    own = find_content(unit.span.text_in(article.text))
    ranked = [
        (weights.likeness(own, words), c) for c, words in body if c.where not in _ABOVE and len(own & words) >= _SHARED
    ]
    best = max(ranked, key=lambda r: r[0], default=None)
    return [best[1]] if best is not None and best[0] >= _LIKE else []


def _below(article: Article, claim: Claim) -> tuple[Span, ...]:
    """The places where the claim stands in the body."""
    places = []
    for span in (claim.quote, *claim.mentions):
        sentence = article.sentence_at(span.start)
        if sentence is not None and sentence.role not in _ABOVE:
            places.append(span)
    return tuple(places)


def _overstated(
    article: Article, unit: Sentence, claim: Claim, attributions: Sequence[Attribution]
) -> Iterator[Overstatement]:
    """What the unit says of the claim beyond the body, as one overstatement with all it drops; else nothing."""
    below = _below(article, claim) or (claim.quote,)
    why: list[str] = []
    passages = [unit.span]
    if not _is_careful(article, unit, claim, attributions):
        if claim.chain and claim.kind is not SourceKind.NONE and claim.grade <= Grade.DESCRIBED:
            why.append(f"states flatly what rests on {_source(claim)}")
            passages.append(claim.chain[0].span)
        dropped = _dropped_hedges(article, unit, claim, below)
        if dropped:
            words = dict.fromkeys(article.same_words(h) for h in dropped[:_NAMED_HEDGES])
            why.append(f"drops {', '.join(f'“{w}”' for w in words)}")
    for change in (number_change, escalation):
        place = next((p for p in below if change(article, unit.span, p) is not None), None)
        if place is not None:
            why.append(f"has {change(article, unit.span, place)}")
            passages.append(place)
    if why:
        yield Overstatement(unit=unit, passages=_distinct((*passages, *below)), why="; it ".join(why))


def _dropped_hedges(article: Article, unit: Sentence, claim: Claim, below: tuple[Span, ...]) -> list[Span]:
    """Hedges of the claim's body places that the unit lacks; those that round a figure only where it has a figure."""
    text = unit.span.text_in(article.text).lower()
    figures = find_quantities(article.text, unit.span)
    doubts = word_pattern("hedges", "modal", "adverb")
    return [
        h
        for h in claim.hedges
        if any(p.overlaps(h) for p in below)
        and article.same_words(h).lower() not in text
        and (figures or doubts.search(article.same_words(h)))
    ]


def _is_careful(article: Article, unit: Sentence, claim: Claim, attributions: Sequence[Attribution]) -> bool:
    """Whether the unit itself doubts, attributes or asks; rounding a figure is no doubt."""
    text = unit.span.text_in(article.text)
    if "?" in text or word_pattern("headline", "attributing").search(text):
        return True
    if any(
        word_pattern("hedges", "modal", "adverb").search(h.text_in(article.text))
        for h in find_hedges(article, unit.span)
    ):
        return True
    told = {stem for hop in claim.chain for stem in find_content(hop.name)}
    return any(
        a.source is not None
        and a.source.overlaps(unit.span)
        and told & find_content(f"{a.name} {a.source.text_in(article.text)}")
        for a in attributions
    )


def _source(claim: Claim) -> str:
    if claim.kind is SourceKind.UNSPECIFIED:
        return "nobody named"
    return " → ".join(h.name for h in claim.chain)


def _distinct(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(spans))
