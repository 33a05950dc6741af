"""Run the encoder over an article window by window and keep what decoding needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.analysis.tagger.features import OVERLAP, WINDOW, Frame, Integers, Pieces, find_windows
from bot.analysis.tagger.labels import CUE, Bio, Floats, softmax
from bot.analysis.tagger.pair_head import PairHead

Mask = npt.NDArray[np.bool_]


class Watcher(Protocol):
    """Reads the same scores for another purpose, so that the encoder runs once."""

    def take(self, own: range, scores: Floats) -> None:
        """Take the encoder's output (pieces, columns) for the pieces `own`, which come in order and cover the text."""
        ...


class Encoder(Protocol):
    """Scores the pieces of one window: ONNX Runtime in use, torch while training."""

    def score(self, ids: Integers, types: Integers) -> Floats:
        """Numbers (pieces,) to the columns of `pair_head.WIDTHS` and then of `SYNTAX_WIDTHS`, one row a piece."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CueLimits:
    """A run of pieces is a cue where each is one with probability over `each` and the best of them over `best`."""

    each: float = 0.3
    best: float = 0.55


@dataclass(frozen=True, slots=True, kw_only=True)
class CueReading:
    """One cue: its pieces, how sure the model is of it, and what it makes of the pieces around.

    `pieces` and `window` are ranges of piece numbers; `parts` holds, for each piece of the window, the
    probabilities of nothing, source and content.
    """

    pieces: range
    certainty: float
    window: range
    parts: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """BIO probabilities (pieces, 7) over the whole text, and its cues in order."""

    bio: Floats
    cues: tuple[CueReading, ...]


def read_pieces(  # noqa: PLR0913 - the parts of the model, each by its name
    pieces: Pieces,
    encoder: Encoder,
    pair_head: PairHead,
    *,
    frame: Frame,
    limits: CueLimits,
    watcher: Watcher | None = None,
) -> Reading:
    """Read every sentence from the window where it stands farthest from an edge."""
    bio = np.zeros((len(pieces), Bio.COUNT), dtype=np.float32)
    bio[:, Bio.OUTSIDE] = 1
    cues: list[CueReading] = []
    windows = list(find_windows(pieces, size=WINDOW, overlap=OVERLAP))
    for window, own in zip(windows, _owned(pieces, windows), strict=True):
        ids = np.concatenate([[frame.opening], pieces.ids[window.start : window.stop], [frame.closing]])
        types = np.concatenate([[0], pieces.types[window.start : window.stop], [0]])
        scores = encoder.score(ids, types)
        inner = slice(own.start - window.start + 1, own.stop - window.start + 1)
        bio[own.start : own.stop] = softmax(scores[inner, : Bio.COUNT])
        if watcher is not None:
            watcher.take(own, scores[inner])
        is_cue = bio[own.start : own.stop, [Bio.begin(CUE), Bio.inside(CUE)]].sum(axis=1)
        for first, last in runs(is_cue > limits.each):
            certainty = float(is_cue[first:last].max())
            if certainty > limits.best:
                at = range(own.start + first, own.start + last)
                parts = pair_head.parts(scores, at.start - window.start + 1, at.stop - window.start + 1)
                cues.append(CueReading(pieces=at, certainty=certainty, window=window, parts=parts[1:-1]))
    return Reading(bio=bio, cues=tuple(cues))


def _owned(pieces: Pieces, windows: list[range]) -> Iterator[range]:
    """For each window the part that is read from it: neighbours part at a sentence end amid what they share."""
    start = 0
    for window, following in zip(windows, [*windows[1:], None], strict=True):
        if following is None:
            yield range(start, window.stop)
            return
        shared = range(following.start, window.stop + 1)
        ends = [p for p in shared if p == len(pieces) or pieces.sentences[p] != pieces.sentences[p - 1]]
        middle = (following.start + window.stop) // 2
        end = max(start, min((abs(p - middle), p) for p in ends)[1] if ends else window.stop)
        yield range(start, end)
        start = end


def runs(mask: Mask) -> Iterator[tuple[int, int]]:
    """Half-open ranges where the mask is true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
