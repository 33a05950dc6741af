from itertools import pairwise

import pytest

from bot.analysis.tagger.features import CASES, Pieces, build_pieces, find_windows
from bot.analysis.tagger.vocabulary import load_wordpiece
from tests.bot.analysis.articles import parse


def _pieces(text: str) -> Pieces:
    return build_pieces(text, parse(text).document.paragraphs, load_wordpiece())


def _types(text: str) -> dict[str, int]:
    pieces = _pieces(text)
    return {
        text[start:end]: kind
        for start, end, kind in zip(pieces.starts.tolist(), pieces.ends.tolist(), pieces.types.tolist(), strict=True)
    }


@pytest.mark.parametrize(
    ("opening", "closing"), [("“", "”"), ('"', '"'), ("''", "''"), ("‘", "’"), ("”", "”"), ("“", '"')]
)
def test_every_way_of_marking_a_quotation_reads_the_same(opening: str, closing: str) -> None:
    plain, marked = (f"Holt said {a}we lost it{b} on Monday." for a, b in (("“", "”"), (opening, closing)))
    assert _pieces(marked).ids.tolist() == _pieces(plain).ids.tolist()
    assert _pieces(marked).types.tolist() == _pieces(plain).types.tolist()


def test_token_types_tell_case_and_quotation() -> None:
    types = _types("Holt said “the NATO deal Failed” today.")
    assert (types["Holt"], types["said"], types["today"]) == (1, 0, 0)
    assert (types["the"], types["NATO"], types["Failed"]) == (CASES, CASES + 2, CASES + 1)


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    types = _types("“The dam leaks.\nNobody came.")
    assert types["leaks"] == CASES
    assert types["came"] == 0


def test_a_break_stands_between_paragraphs_and_belongs_to_no_word() -> None:
    pieces = _pieces("One.\nTwo.\nThree.")
    assert (pieces.words == -1).sum() == 2
    assert pieces.sentences.tolist()[-1] == 2


@pytest.mark.parametrize("sentences", [1, 7, 60, 300])
@pytest.mark.parametrize("overlap", [0, 64])
def test_windows_cover_every_piece_and_share_no_more_than_asked(sentences: int, overlap: int) -> None:
    pieces = _pieces("The small dam in the north leaks again. " * sentences)
    windows = list(find_windows(pieces, size=100, overlap=overlap))
    assert windows[0].start == 0
    assert windows[-1].stop == len(pieces)
    for before, after in pairwise(windows):
        assert before.start < after.start <= before.stop < after.stop
        assert before.stop - after.start <= overlap
        assert len(after) <= 100


def test_a_sentence_longer_than_a_window_is_cut() -> None:
    pieces = _pieces("very " * 500 + "long.")
    windows = list(find_windows(pieces, size=100, overlap=64))
    assert max(map(len, windows)) <= 100
    assert {n for window in windows for n in window} == set(range(len(pieces)))


def test_no_text_has_no_pieces_and_no_windows() -> None:
    pieces = build_pieces("", (), load_wordpiece())
    assert len(pieces) == 0
    assert list(find_windows(pieces)) == []
