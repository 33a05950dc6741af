"""Quotations that go on: after a tag in mid-paragraph, and into the next paragraph while none has closed.

The model reads windows and gives each cue the words near it; that “... ,” she said. “...” has one speaker on both
sides, and that an unclosed quotation runs on, is known from the marks.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from bot.analysis.parsing import Quotation
from bot.analysis.span_index import SpanIndex
from bot.analysis.tagger.spans import TaggedSpans


def continue_quotations(found: Sequence[TaggedSpans], quotations: Sequence[Quotation]) -> tuple[TaggedSpans, ...]:
    """The attributions with the quotations that go on from theirs; by cue and in text order, quotations not nested."""
    spans = list(found)
    places = SpanIndex((n, c) for n, s in enumerate(spans) for c in s.content)
    owner: int | None = None  # of the quotation before
    before: Quotation | None = None
    for quotation in quotations:
        holders = places.overlapping(quotation.span)
        if not holders and owner is not None and before is not None and _goes_on(before, quotation, spans, owner):
            spans[owner] = replace(spans[owner], content=(*spans[owner].content, quotation.span))
            holders = [owner]
        owner = min(holders, key=lambda n: sum(c.end - c.start for c in spans[n].content), default=None)
        before = quotation
    return tuple(spans)


def _goes_on(before: Quotation, quotation: Quotation, spans: Sequence[TaggedSpans], owner: int) -> bool:
    if quotation.paragraph == before.paragraph + 1:
        return not before.closed
    if quotation.paragraph != before.paragraph:
        return False
    # Between the two stands the owner's tag and nobody else's.
    first, last = (bisect_left(spans, at, key=lambda s: s.cue.start) for at in (before.span.end, quotation.span.start))
    between = spans[first:last]
    return between == [spans[owner]]
