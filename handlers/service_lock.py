"""One process for one SQLite file: two would take each other's work for abandoned."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.errors import StoreUnavailable

_OLDEST_SQLITE = (3, 42, 0)  # below it DBOS fails with the sqlite3 module of Python 3.12 and later


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


def write_ahead(path: Path) -> None:
    """Put a SQLite file into WAL mode, which it keeps: readers and the writer do not wait for each other.

    Where it is missing it is created, readable by its owner alone, and so are the files beside it that take after it.
    Raises StoreUnavailable.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        with closing(sqlite3.connect(path, timeout=30)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
    except (OSError, sqlite3.Error) as error:
        message = f"{path} cannot be used ({error}). Choose another place with DATABASE_URL."
        raise StoreUnavailable(message) from error


def refuse_old_sqlite() -> None:
    """Raise StoreUnavailable where this SQLite and this Python do not go together with the queue."""
    if sys.version_info >= (3, 12) and sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        message = (
            f"This Python comes with SQLite {sqlite3.sqlite_version}, and its queue needs 3.42 or later. Use a newer "
            "build of Python, Python 3.11, or a PostgreSQL database (DATABASE_URL)."
        )
        raise StoreUnavailable(message)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
