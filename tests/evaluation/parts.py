"""Where the annotated texts lie, and which of them are held aside while rules and limits are tuned."""

from hashlib import sha256
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def is_held(identifier: str) -> bool:
    """Whether a text belongs to the third that is held aside; fixed by its id."""
    return sha256(identifier.encode()).digest()[0] % 3 == 0
