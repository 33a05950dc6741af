"""Which annotated texts are looked at while rules and limits are tuned, and which are held aside."""

from hashlib import sha256


def is_held(identifier: str) -> bool:
    """Whether a text belongs to the third that is held aside; fixed by its id."""
    return sha256(identifier.encode()).digest()[0] % 3 == 0
