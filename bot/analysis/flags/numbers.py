"""Flags on figures: those nobody is cited for, and those that change between places."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations

from bot.analysis.flags.crowds import find_disputes
from bot.analysis.flags.drift import changed_pair
from bot.analysis.flags.tolls import find_tolls
from bot.analysis.likeness import Weights, find_content, find_places
from bot.analysis.parsing import Article
from bot.analysis.patterns import word_pattern
from bot.analysis.quantities import Measure, Quantity, find_quantities
from bot.document import Role, Span
from bot.report import Claim, Flag, FlagKind, SourceKind

_LARGE = 100.0
_VERY_LARGE = 1000.0
_SHOWN = 8
_ALIKE = 0.8
_WORDS_BESIDE = 8  # of a figure, in a passage that shows it
_LEFT_OVER = 4  # words of the claim, or fewer, are not worth cutting off
_AGED = re.compile(r"\baged\s(?:(?:between|from|and|to|or|,|\d+)\s*)*\Z")
# A number that is a name: "the 900 program", "a 310-2 jet".
_MODEL = re.compile(
    r"(?:\w+\s)?\d{2,4}(?:-\d+)?\s(?:[A-Z]\w+\s)?(?:program(?:me)?|jet|airliner|plane|series|model|engine|flight|highway|variant)\b"
)
_NEAR = 40  # characters before a figure in which "aged" stands
_IN_A_BUCKET = 30  # claims that count one thing; more are not compared, so that cost grows with the text


def find_number_flags(article: Article, claims: Sequence[Claim]) -> Iterator[Flag]:
    """unsourced_number and number_drift."""
    drifts = tuple(_drift(article, claims))
    yield from drifts
    yield from _tolls(article, claims, shown=frozenset(p for flag in drifts for p in flag.passages))
    yield from _disputed(article)
    yield from _unsourced(article, claims)


def _drift(article: Article, claims: Sequence[Claim]) -> Iterator[Flag]:
    """One quantity with different values or bounds, among the mentions of a claim or between claims that are alike."""
    groups: list[tuple[Span, ...]] = [find_places(article, c) for c in claims if c.mentions]
    groups.extend(_alike(article, claims))
    told = frozenset(q.low for c in claims for q in find_quantities(article.text, c.quote)) if groups else frozenset()
    for places in groups:
        found = (changed_pair(article, first, second) for first, second in combinations(places, 2))
        changed = [pair for pair in found if pair is not None]
        if changed and not _is_a_sum(changed[0], told):
            figures = dict.fromkeys(article.same_words(q.span) for pair in changed for q in pair)
            shown = [p for p in places if any(p.covers(q.span) for pair in changed for q in pair)]
            yield Flag(
                kind=FlagKind.NUMBER_DRIFT,
                passages=tuple(dict.fromkeys(shown))[:_SHOWN],
                note=f"One quantity, told in different ways: {' / '.join(f'“{f}”' for f in figures)}.",
            )


def _tolls(article: Article, claims: Sequence[Claim], *, shown: Collection[Span]) -> Iterator[Flag]:
    """The dead of one event, counted differently, in one flag; none where the passages are `shown` already."""
    tolls = find_tolls(article, claims)
    if any(toll.passage not in shown for toll in tolls):
        figures = dict.fromkeys(article.same_words(t.quantity.span) for t in tolls)
        yield Flag(
            kind=FlagKind.NUMBER_DRIFT,
            passages=tuple(dict.fromkeys(t.passage for t in tolls))[:_SHOWN],
            note=f"The dead are counted in different ways: {' / '.join(f'“{f}”' for f in figures)}.",
        )


def _disputed(article: Article) -> Iterator[Flag]:
    """Counts that are put at another figure in so many words, one flag each."""
    for dispute in find_disputes(article):
        first, second = (article.same_words(q.span) for q in dispute.figures)
        yield Flag(
            kind=FlagKind.NUMBER_DRIFT,
            passages=dispute.passages,
            note=f"One count, told in different ways: “{first}” / “{second}”.",
        )


def _is_a_sum(pair: tuple[Quantity, Quantity], told: Collection[float]) -> bool:
    """Whether one of the figures `told` makes up the difference: then the larger is a total, the smaller its part."""
    missing = abs(pair[0].low - pair[1].low)
    return missing > 0 and missing in told


def _alike(article: Article, claims: Sequence[Claim]) -> Iterator[tuple[Span, Span]]:
    """Quotes of different claims that count like things in like words; shares differ too often by right."""
    counted = [(c, _without_figures(c.claim), find_quantities(article.text, c.quote)) for c in claims]
    counted = [row for row in counted if row[2]]
    weights = Weights(content for _, content, _ in counted)
    buckets: dict[tuple[str, ...], list[int]] = {}
    for number, (_, _, quantities) in enumerate(counted):
        for q in quantities:
            if q.measure in {Measure.COUNT, Measure.MONEY}:
                buckets.setdefault((q.measure.value, q.unit, *q.noun[-1:]), []).append(number)
    crowded = (sorted(set(numbers))[:_IN_A_BUCKET] for numbers in buckets.values())
    pairs = {pair for numbers in crowded for pair in combinations(numbers, 2)}
    for left, right in sorted(pairs):
        a, b = counted[left], counted[right]
        if weights.likeness(a[1], b[1]) >= _ALIKE:
            yield a[0].quote, b[0].quote


def _without_figures(text: str) -> frozenset[str]:
    return frozenset(stem for stem in find_content(text) if not stem[0].isdigit())


def _unsourced(article: Article, claims: Sequence[Claim]) -> Iterator[Flag]:
    """Figures of consequence in claims that nobody is cited for, in one flag; a lone small one in passing is none."""
    passages: list[Span] = []
    figures: list[str] = []
    telling = False
    for claim in claims:
        if claim.kind is not SourceKind.NONE or claim.where not in {Role.BODY, Role.QUOTE}:
            continue
        quantities = find_quantities(article.text, claim.quote)
        told = [q for q in quantities if is_of_consequence(article, q, key=claim.key)]
        passages.extend(_joined(_around(article, q.span, claim.quote) for q in told))
        figures.extend(article.same_words(q.span) for q in told)
        if told:
            telling = telling or claim.key or any(_is_large(q) for q in quantities)
    if telling or len(figures) > 1:
        yield Flag(
            kind=FlagKind.UNSOURCED_NUMBER,
            passages=tuple(dict.fromkeys(passages))[:_SHOWN],
            note=f"Nobody is cited for: {'; '.join(tuple(dict.fromkeys(figures))[:_SHOWN])}.",
        )


def _around(article: Article, figure: Span, quote: Span) -> Span:
    """The figure with some words of its claim on either side: a long sentence would hide it."""
    words = [t for s in article.sentences_in(quote) for t in s.tokens if quote.start <= t.start and t.end <= quote.end]
    before = [t for t in words if t.end <= figure.start and t.text[0].isalnum()]
    after = [t for t in words if t.start >= figure.end and t.text[0].isalnum()]
    whole = _WORDS_BESIDE + _LEFT_OVER
    start = before[-_WORDS_BESIDE].start if len(before) > whole else quote.start
    end = after[_WORDS_BESIDE - 1].end if len(after) > whole else quote.end
    return Span(start=start, end=end)


def _joined(passages: Iterable[Span]) -> Iterator[Span]:
    """The passages, given in text order, with those that overlap in one: nobody wants to read a sentence twice."""
    last: Span | None = None
    for passage in passages:
        if last is not None and not last.overlaps(passage):
            yield last
            last = None
        last = Span(start=last.start, end=max(last.end, passage.end)) if last else passage
    if last is not None:
        yield last


def _is_large(quantity: Quantity) -> bool:
    return quantity.measure in {Measure.MONEY, Measure.PERCENT} or quantity.high >= _VERY_LARGE


def is_of_consequence(article: Article, quantity: Quantity, *, key: bool) -> bool:
    """Whether a wrong figure would matter: money, shares, large numbers; in a key claim also harm done to a few."""
    if quantity.measure in {Measure.MONEY, Measure.PERCENT}:
        return True
    if quantity.measure is Measure.TIME:
        return False
    if quantity.high >= _LARGE:
        return _MODEL.match(article.text, quantity.span.start) is None
    if not key or _AGED.search(article.text, max(0, quantity.span.start - _NEAR), quantity.span.start):
        return False
    around = Span(start=quantity.span.start, end=min(len(article.text), quantity.span.end + 30))
    return word_pattern("quantities", "harm").search(around.text_in(article.text)) is not None
