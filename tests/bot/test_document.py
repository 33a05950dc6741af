import pytest

from bot.document import Document, Span


def test_a_span_gives_its_characters() -> None:
    assert Span(start=4, end=7).text_in("the old bridge") == "old"


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_offsets_that_are_no_span_are_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start=start, end=end)


@pytest.mark.parametrize(
    ("other", "overlaps", "covers"),
    [
        (Span(start=4, end=7), True, True),
        (Span(start=5, end=6), True, True),
        (Span(start=6, end=9), True, False),
        (Span(start=7, end=9), False, False),
        (Span(start=0, end=4), False, False),
    ],
)
def test_spans_are_half_open(other: Span, *, overlaps: bool, covers: bool) -> None:
    span = Span(start=4, end=7)
    assert (span.overlaps(other), span.covers(other)) == (overlaps, covers)


def test_spans_are_ordered_by_their_place() -> None:
    assert min(Span(start=4, end=7), Span(start=0, end=9), Span(start=4, end=5)) == Span(start=0, end=9)


def test_a_document_is_known_by_its_text() -> None:
    document = Document(text="abc", paragraphs=())
    assert document.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert document.sha256 == Document(text="abc", paragraphs=(), title="other").sha256
