"""Quotations that go on: after a tag in mid-paragraph, and into the next paragraph while none has closed.

The model reads windows and gives each cue the words near it; that “... ,” she said. “...” has one speaker on both
sides, and that an unclosed quotation runs on, is known from the marks.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.analysis.parsing import Quotation
from bot.analysis.tagger.spans import TaggedSpans


def continue_quotations(found: Sequence[TaggedSpans], quotations: Sequence[Quotation]) -> tuple[TaggedSpans, ...]:
    """The attributions with the quotations that go on from theirs; both in text order, quotations not nested."""
    spans = list(found)
    owner: int | None = None  # of the quotation before
    before: Quotation | None = None
    for quotation in quotations:
        holders = [n for n, s in enumerate(spans) if any(c.overlaps(quotation.span) for c in s.content)]
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
    between = [s for s in spans if before.span.end <= s.cue.start < quotation.span.start]
    return between == [spans[owner]]
