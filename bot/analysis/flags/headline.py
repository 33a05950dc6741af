"""Headlines, standfirsts and captions that say more than the text below them bears."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.analysis.flags.drift import escalation, find_rungs, number_change
from bot.analysis.hedges import find_hedges
from bot.analysis.likeness import Weights, find_content, find_places
from bot.analysis.parsing import Article, Sentence
from bot.analysis.patterns import word_pattern
from bot.analysis.quantities import find_quantities
from bot.document import Role, Span
from bot.report import Attribution, Claim, Flag, FlagKind, Grade, SourceKind

_ABOVE = frozenset({Role.HEADLINE, Role.STANDFIRST, Role.CAPTION})
_NAMES = {Role.HEADLINE: "headline", Role.STANDFIRST: "standfirst", Role.CAPTION: "caption"}
# Ladders whose words, in a headline and in the lead, tell of one event, whatever else is in the sentences.
_ONE_STORY = frozenset({"proceedings", "verdict", "departure", "fall", "rise", "captivity"})
_LEAD = 3  # sentences
_LIKE = 0.5
_SHARED = 3
_A_UNIT = 2
_NAMED_HEDGES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Overstatement:
    """What one unit says beyond the body: the passages that show it, and the words for the note."""

    passages: tuple[Span, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A claim with its content words and its places, above the body and in it."""

    claim: Claim
    content: frozenset[str]
    above: tuple[Span, ...]
    below: tuple[Span, ...]


def find_headline_flags(
    article: Article, claims: Sequence[Claim], attributions: Sequence[Attribution]
) -> Iterator[Flag]:
    """headline_overstates, at most two for each headline, standfirst or caption."""
    told = [_read_told(article, claim) for claim in claims]
    weights = Weights(t.content for t in told)
    seen: set[str] = set()
    for unit in article.sentences:
        words = article.same_words(unit.span)
        if unit.role not in _ABOVE or words in seen or "?" in words:
            continue
        seen.add(words)
        stated = _find_stated(article, unit, told, weights)
        found = [o for one in stated if (o := _overstatement(article, unit, one, attributions)) is not None]
        for overstatement in found[:_A_UNIT]:
            yield Flag(
                kind=FlagKind.HEADLINE_OVERSTATES,
                passages=overstatement.passages,
                note=f"The {_NAMES[unit.role]} {overstatement.why}.",
            )
        if not found:
            yield from _escalated(article, unit)


def _escalated(article: Article, unit: Sentence) -> Iterator[Flag]:
    """A headline's strong word ("arrested") where the text begins with a weaker one and never has a strong one."""
    body = [s for s in article.sentences if s.role not in _ABOVE]
    if unit.role is not Role.HEADLINE or word_pattern("headline", "attributing").search(article.same_words(unit.span)):
        return
    rungs = [(s, rung) for s in body for rung in find_rungs(article, s.span)]
    strong = {rung.ladder for _, rung in rungs if rung.strong}
    lead = {s.index for s in body[:_LEAD]}
    for high in find_rungs(article, unit.span):
        if not high.strong or high.ladder not in _ONE_STORY - strong:
            continue
        mild = next(((s, r) for s, r in rungs if r.ladder == high.ladder and s.index in lead), None)
        if mild is not None:
            above, below = article.same_words(high.span), article.same_words(mild[1].span)
            yield Flag(
                kind=FlagKind.HEADLINE_OVERSTATES,
                passages=(unit.span, mild[0].span),
                note=f"The headline has “{above}”, the text “{below}”.",
            )
            return


def _read_told(article: Article, claim: Claim) -> _Told:
    above: list[Span] = []
    below: list[Span] = []
    for place in find_places(article, claim):
        sentence = article.sentence_at(place.start)
        if sentence is not None:
            (above if sentence.role in _ABOVE else below).append(place)
    return _Told(claim=claim, content=find_content(claim.claim), above=tuple(above), below=tuple(below))


def _find_stated(article: Article, unit: Sentence, told: Sequence[_Told], weights: Weights) -> list[_Told]:
    """The claims that the unit states: those it is a mention of, and the other body claim most like it."""
    linked = [t for t in told if t.below and any(place.overlaps(unit.span) for place in t.above)]
    own = find_content(unit.span.text_in(article.text))
    others = [t for t in told if t.below and t not in linked and len(own & t.content) >= _SHARED]
    best = max(others, key=lambda t: weights.likeness(own, t.content), default=None)
    return [*linked, best] if best is not None and weights.likeness(own, best.content) >= _LIKE else linked


def _overstatement(
    article: Article, unit: Sentence, told: _Told, attributions: Sequence[Attribution]
) -> Overstatement | None:
    """What the unit says of the claim beyond the body, as one overstatement with all it drops."""
    claim = told.claim
    why: list[str] = []
    passages = [unit.span]
    if not _is_careful(article, unit, claim, attributions):
        if claim.chain and claim.kind is not SourceKind.NONE and claim.grade <= Grade.DESCRIBED:
            why.append(f"states flatly what rests on {_source(claim)}")
            passages.append(claim.chain[0].span)
        dropped = _dropped_hedges(article, unit, told)
        if dropped:
            words = dict.fromkeys(article.same_words(h) for h in dropped[:_NAMED_HEDGES])
            why.append(f"drops {', '.join(f'“{w}”' for w in words)}")
    for change in (number_change, escalation):
        changes = ((place, change(article, unit.span, place)) for place in told.below)
        place, words_changed = next(((p, c) for p, c in changes if c is not None), (None, None))
        if place is not None:
            why.append(f"has {words_changed}")
            passages.append(place)
    if not why:
        return None
    return Overstatement(passages=tuple(dict.fromkeys((*passages, *told.below))), why="; it ".join(why))


def _dropped_hedges(article: Article, unit: Sentence, told: _Told) -> list[Span]:
    """Hedges of the claim's body places that the unit lacks; those that round a figure only where it has a figure."""
    kept = f" {' '.join(t.low for t in unit.tokens)} "
    figures = find_quantities(article.text, unit.span)
    doubts = word_pattern("hedges", "modal", "adverb")
    return [
        h
        for h in told.claim.hedges
        if any(p.overlaps(h) for p in told.below)
        and f" {article.same_words(h).lower()} " not in kept
        and (figures or doubts.search(article.same_words(h)))
    ]


def _is_careful(article: Article, unit: Sentence, claim: Claim, attributions: Sequence[Attribution]) -> bool:
    """Whether the unit itself doubts or attributes; rounding a figure is no doubt."""
    if word_pattern("headline", "attributing").search(article.text, unit.span.start, unit.span.end):
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
