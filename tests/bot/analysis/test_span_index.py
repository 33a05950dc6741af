"""The index gives what reading all the spans would give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.span_index import SpanIndex
from bot.document import Span


def span(start: int, end: int) -> Span:
    return Span(start=start, end=end)


SPANS = st.builds(lambda start, length: span(start, start + length), st.integers(0, 2000), st.integers(1, 900))


@given(spans=st.lists(SPANS, max_size=20), asked=SPANS)
def test_the_spans_that_overlap_are_found_in_order(spans: list[Span], asked: Span) -> None:
    found = SpanIndex(enumerate(spans)).overlapping(asked)
    assert found == [n for n, s in enumerate(spans) if s.overlaps(asked)]


def test_a_number_with_several_spans_is_found_once() -> None:
    assert SpanIndex([(3, span(0, 10)), (3, span(5, 600)), (1, span(8, 9))]).overlapping(span(7, 300)) == [1, 3]


@pytest.mark.parametrize("asked", [(0, 256), (512, 600)])
def test_spans_that_only_touch_do_not_overlap(asked: tuple[int, int]) -> None:
    assert SpanIndex([(0, span(256, 512))]).overlapping(span(*asked)) == []
