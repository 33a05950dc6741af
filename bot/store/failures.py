"""What a database driver reports, in words for the person who runs the bot. The one place that knows their codes."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import StoreUnavailable

_BUSY = (
    "The database is locked by another process, or by too much work at once. What was asked is not lost; try again in"
    " a moment."
)
_FULL = "The disk that holds the database is full. Free some space; nothing that was stored is lost."
_UNREACHABLE = "The database does not answer. Check that it runs and that DATABASE_URL is right."

_SQLITE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CANTOPEN: "The database file cannot be opened. Check that its folder exists and may be written to.",
    sqlite3.SQLITE_PERM: "The database file may not be used. Check who owns it.",
    sqlite3.SQLITE_READONLY: "The database file may not be written to. Check who owns it and its folder.",
    sqlite3.SQLITE_IOERR: "The disk that holds the database reports errors. Check it, and restore from a backup.",
    sqlite3.SQLITE_CORRUPT: "The database file is damaged. Restore it from a backup.",
    sqlite3.SQLITE_NOTADB: "The file that DATABASE_URL names is not a database. Name another, or move it away.",
}
_CROWDED = "The database admits no more connections. Start fewer workers, or raise its max_connections."
_POSTGRES = {
    "53100": _FULL,
    "53300": _CROWDED,
    "40001": _BUSY,
    "40P01": _BUSY,
    "55P03": _BUSY,
}
# While it connects the driver knows no code, only what the server says, by default in English.
_CONNECTING = {
    "password authentication failed": "The database refuses the user or password in DATABASE_URL.",
    "does not exist": "The database or the user that DATABASE_URL names does not exist. Create it first.",
    "too many clients": _CROWDED,
    "remaining connection slots": _CROWDED,
}


@contextmanager
def plain_failures() -> Iterator[None]:
    """Turns what the drivers raise for a database that cannot be used now into StoreUnavailable.

    All else passes, without the values of rows: an error's text ends in a log.
    """
    try:
        yield
    except PoolTimeout as error:
        raise StoreUnavailable(_BUSY) from error
    except sqlite3.Error as error:
        message = _word_sqlite(error)
        if message is None:
            raise
        raise StoreUnavailable(message) from error
    except DBAPIError as error:
        message = None
        if isinstance(error.orig, sqlite3.Error):
            message = _word_sqlite(error.orig)
        elif isinstance(error.orig, psycopg.Error):
            message = _word_postgres(error.orig)
            _hide_values(error, error.orig)
        if message is None:
            raise
        raise StoreUnavailable(message) from error


def _word_sqlite(error: sqlite3.Error) -> str | None:
    return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)


def _word_postgres(error: psycopg.Error) -> str | None:
    if not isinstance(error, psycopg.OperationalError):
        return None
    if error.sqlstate is not None:
        return _POSTGRES.get(error.sqlstate, _UNREACHABLE)
    return next((words for said, words in _CONNECTING.items() if said in str(error)), _UNREACHABLE)


def _hide_values(error: DBAPIError, driven: psycopg.Error) -> None:
    detail = driven.diag.message_detail
    if detail:
        for each in (error, driven):
            each.args = tuple(str(part).replace(detail, "(values hidden)") for part in each.args)
