"""One process for one SQLite file: two would take each other's work for abandoned."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import StoreUnavailable


@contextmanager
def hold_alone(path: Path) -> Iterator[None]:
    """Hold the lock of this file, which is created where it is missing; StoreUnavailable where another process does.

    The system gives the lock back when the process ends, however it ends; the file stays.
    """
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        message = f"{path} cannot be written ({error.strerror}). Choose another place with DATABASE_URL."
        raise StoreUnavailable(message) from error
    try:
        try:
            _lock(file)
        except OSError as error:
            message = (
                f"Another claimcheck process is at work on {path.with_suffix('')}. End it first, or give this one a "
                "database of its own; several processes can share a PostgreSQL database (DATABASE_URL)."
            )
            raise StoreUnavailable(message) from error
        yield
    finally:
        os.close(file)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
