"""Whose words are they? Scores every piece of a window as source or content of one cue.

The encoder gives, for each piece, seven BIO logits and then projections of its state; what joins a cue's projection
to a piece's is small and done here, because the number of cues differs from window to window.
"""

from dataclasses import dataclass

import numpy as np

from bot.analysis.tagger.features import Integers
from bot.analysis.tagger.labels import Bio, Floats, gelu, softmax

HIDDEN, RANK, BUCKETS = 192, 96, 32
_FARTHEST = 192
# Columns of the encoder's output: BIO, then as cue and as piece: hidden, source and content projections.
WIDTHS = (Bio.COUNT, HIDDEN, HIDDEN, RANK, RANK, RANK, RANK)
WIDTH = sum(WIDTHS)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairHead:
    """Weights: `distance` (32, 192) by bucket, `out` (192, 3) and `bias` (3,)."""

    distance: Floats
    out: Floats
    bias: Floats

    def parts(self, scores: Floats, first: int, last: int) -> Floats:
        """Probabilities (pieces, 3) of nothing, source and content for the cue at pieces `first` to `last` (open).

        `scores` is the encoder's output for the window, one row a piece.
        """
        _, as_cue, as_piece, cue_source, piece_source, cue_content, piece_content = split_scores(scores)
        cue = slice(first, last)
        distance = self.distance[distance_buckets(np.arange(len(scores)), first, last)]
        logits = gelu(as_cue[cue].mean(axis=0) + as_piece + distance) @ self.out + self.bias
        logits[:, 1] += piece_source @ cue_source[cue].mean(axis=0)
        logits[:, 2] += piece_content @ cue_content[cue].mean(axis=0)
        return softmax(logits)


def split_scores(scores: Floats) -> list[Floats]:
    """The encoder's output taken apart by `WIDTHS`, along the last axis; further columns are left out."""
    return np.split(scores, np.cumsum(WIDTHS), axis=-1)[:-1]


def distance_buckets(places: Integers, first: int, last: int) -> Integers:
    """Buckets 0..31 of the signed distance to the cue: 16 inside, exact nearby, logarithmic farther off."""
    signed = np.where(places < first, places - first, np.where(places >= last, places - last + 1, 0))
    near = np.minimum(np.abs(signed), _FARTHEST)
    steps = np.ceil(np.log1p(near) / np.log1p(_FARTHEST) * (BUCKETS // 2 - 1)).astype(np.int64)
    buckets: Integers = BUCKETS // 2 + np.sign(signed) * steps
    return buckets
