"""What may be written down of a mistake in the program that was met on an article."""

import traceback
from pathlib import Path

_FRAMES = 8  # the innermost, where it happened


def tell_where(error: BaseException) -> str:
    """The kind of the error and where it was raised. Its own words are left out: they may quote the article."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"{type(error).__name__} at {places or 'an unknown place'}"
