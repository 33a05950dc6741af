"""What the model says of each piece: its part in an attribution, and whether a span begins there."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

SOURCE, CONTENT, CUE = 1, 2, 3  # 0 is no part; the pair head knows the first two


class Bio:
    """Seven labels: 0 outside, then beginning and inside of source, content and cue."""

    OUTSIDE = 0
    COUNT = 7

    @staticmethod
    def begin(kind: int) -> int:
        """The label of the first piece of a span of this kind."""
        return 2 * kind - 1

    @staticmethod
    def inside(kind: int) -> int:
        """The label of the further pieces of a span of this kind."""
        return 2 * kind


def gelu(values: Floats) -> Floats:
    """The activation that the model is trained with: the approximation with tanh (Hendrycks and Gimpel 2016)."""
    bent = 0.7978845608 * values * (1 + 0.044715 * (values * values))  # no power: it is slow
    curved: Floats = 0.5 * values * (1 + np.tanh(bent))
    return curved


def softmax(logits: Floats) -> Floats:
    """Probabilities over the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares
