"""Grades, labels and bands as the rubric tables them; spans that cannot be wrong way round."""

import pytest

from bot.document import Span
from bot.report import Band, Grade


@pytest.mark.parametrize(
    ("grade", "label", "band"),
    [
        (0, "Unsourced", Band.UNSOURCED),
        (1, "Vague or second-hand", Band.WEAK),
        (2, "Described, not named", Band.WEAK),
        (3, "On record", Band.MODERATE),
        (4, "On record, first-hand", Band.STRONG),
        (5, "Documented", Band.STRONG),
    ],
)
def test_a_grade_has_the_label_and_band_of_the_rubric(grade: int, label: str, band: Band) -> None:
    assert (Grade(grade).label, Grade(grade).band) == (label, band)


def test_there_is_no_grade_beyond_five() -> None:
    with pytest.raises(ValueError, match="6"):
        Grade(6)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_cannot_end_before_it_starts_or_start_before_the_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start=start, end=end)


@pytest.mark.parametrize(
    ("other", "overlaps", "covered"),
    [((0, 2), False, False), ((1, 3), True, False), ((2, 5), True, True), ((3, 4), True, True), ((5, 7), False, False)],
)
def test_spans_are_half_open(other: tuple[int, int], *, overlaps: bool, covered: bool) -> None:
    span, second = Span(start=2, end=5), Span(start=other[0], end=other[1])
    assert (span.overlaps(second), second.overlaps(span)) == (overlaps, overlaps)
    assert span.covers(second) is covered
