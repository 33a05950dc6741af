import numpy as np
import pytest

from bot.analysis.tagger.features import WINDOW, Frame, Integers, Pieces, build_pieces
from bot.analysis.tagger.labels import CUE, Bio, Floats
from bot.analysis.tagger.pair_head import BUCKETS, HIDDEN, WIDTH, PairHead
from bot.analysis.tagger.reading import CueLimits, Reading, read_pieces, runs
from bot.analysis.tagger.vocabulary import load_wordpiece
from tests.bot.analysis.articles import parse

_WORDPIECE = load_wordpiece()


class SaidIsACue:
    """An encoder that is sure of one word; it notes how long its windows were."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def score(self, ids: Integers, types: Integers) -> Floats:
        assert ids.shape == types.shape
        self.lengths.append(len(ids))
        scores = np.zeros((len(ids), WIDTH), dtype=np.float32)
        scores[:, Bio.OUTSIDE] = 5
        scores[ids == _WORDPIECE.ids["said"], Bio.begin(CUE)] = 10
        return scores


def _read(text: str, encoder: SaidIsACue) -> tuple[Pieces, Reading]:
    pieces = build_pieces(text, parse(text).document.paragraphs, _WORDPIECE)
    head = PairHead(
        distance=np.zeros((BUCKETS, HIDDEN), dtype=np.float32),
        out=np.zeros((HIDDEN, 3), dtype=np.float32),
        bias=np.zeros(3, dtype=np.float32),
    )
    return pieces, read_pieces(pieces, encoder, head, frame=Frame.of(_WORDPIECE), limits=CueLimits())


@pytest.mark.parametrize("sentences", [1, 30, 200])
def test_every_cue_of_a_long_text_is_read_once_in_order(sentences: int) -> None:
    encoder = SaidIsACue()
    pieces, reading = _read("The keeper said the dam leaks again. " * sentences, encoder)
    assert len(reading.cues) == sentences
    places = [cue.pieces.start for cue in reading.cues]
    assert places == sorted(set(places))
    assert all(cue.parts.shape == (len(cue.window), 3) for cue in reading.cues)
    assert max(encoder.lengths) <= WINDOW + 2
    assert reading.bio.shape == (len(pieces), Bio.COUNT)


def test_work_grows_with_the_text_and_no_faster() -> None:
    short, long = SaidIsACue(), SaidIsACue()
    _read("The keeper said the dam leaks again. " * 100, short)
    _read("The keeper said the dam leaks again. " * 1000, long)
    assert sum(long.lengths) < 11 * sum(short.lengths)


@pytest.mark.parametrize(("mask", "ranges"), [([], []), ([1, 1, 0, 1], [(0, 2), (3, 4)]), ([0, 0], [])])
def test_runs_are_half_open_ranges(mask: list[int], ranges: list[tuple[int, int]]) -> None:
    assert list(runs(np.array(mask, dtype=bool))) == ranges
