"""What came of looking at one part of the installation."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How it is."""

    OK = "ok"
    NOTE = "note"  # not used, or could not be looked at; nothing is wrong with it
    WRONG = "to do"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at: what it is, how it is, and where it is wrong, what to do."""

    about: str
    state: State
    said: str
