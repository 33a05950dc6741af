"""Connections: which driver, which settings, and how a transaction begins on each database."""

import asyncio
import os
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.errors import StoreUnavailable
from bot.store.failures import plain_failures

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
_READERS = 4
_PAUSE = 0.02  # seconds
_CONNECTIONS = 10  # per process; Postgres admits 100 in all unless told otherwise
_BEGIN = "claimcheck_begin"  # Execution option: the words with which a transaction on SQLite begins.


@dataclass(frozen=True, slots=True)
class Database:
    """The engines of one database. On SQLite a single connection writes, so that writers wait in line, not by luck."""

    reader: AsyncEngine
    writer: AsyncEngine

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite, else Postgres."""
        return self.writer.dialect.name == "sqlite"

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction that only reads. Raises StoreUnavailable."""
        with plain_failures():
            async with self.reader.begin() as connection:
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction that is committed at the end, undone by an error. Raises StoreUnavailable."""
        with plain_failures():
            async with self.writer.begin() as connection:
                yield connection

    async def wipe(self) -> None:
        """Leave nothing of deleted rows in SQLite's journal (the file itself is overwritten as rows are deleted)."""
        if not self.is_sqlite:
            return
        with plain_failures():
            async with self.writer.connect() as connection:
                outside = await connection.execution_options(
                    **{_BEGIN: ""}
                )  # A journal is emptied between transactions.
                busy: int = (await outside.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one()
        if busy:
            message = (
                "It is deleted, but another process is reading the database, so that traces are left in its journal."
                " Delete again in a moment."
            )
            raise StoreUnavailable(message)

    async def close(self) -> None:
        """Close every connection."""
        await self.reader.dispose()
        if self.writer is not self.reader:
            await self.writer.dispose()


async def connect(url: str, *, patience: float) -> Database:
    """The database of `sqlite:///path`, `sqlite://` (in memory) or `postgresql://…`.

    `patience`: seconds that a statement waits for a lock or a free connection. Creates the folder and the file of an
    SQLite database, readable by its owner alone. Raises StoreUnavailable.
    """
    place = _read_url(url)
    if place.get_backend_name() == "postgresql":
        engine = create_async_engine(
            place,
            pool_size=_CONNECTIONS,
            max_overflow=0,
            pool_timeout=patience,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": max(2, round(patience))},
        )
        return Database(reader=engine, writer=engine)
    if place.database in (None, "", ":memory:"):
        only = _sqlite_engine(place, connections=1, patience=patience, begin="BEGIN IMMEDIATE")
        return Database(reader=only, writer=only)
    await asyncio.to_thread(_create_file, Path(str(place.database)), patience=patience)
    return Database(
        reader=_sqlite_engine(place, connections=_READERS, patience=patience),
        writer=_sqlite_engine(place, connections=1, patience=patience, begin="BEGIN IMMEDIATE"),
    )


def _read_url(url: str) -> URL:
    try:
        read = make_url(url)
    except ArgumentError as error:
        raise StoreUnavailable(_misread()) from error
    driver = _DRIVERS.get(read.drivername)
    if driver is None:
        raise StoreUnavailable(_misread())
    return read.set(drivername=driver)


def _misread() -> str:
    return "DATABASE_URL should be like sqlite:///claimcheck.db or postgresql://user:password@host/name."


def _create_file(path: Path, *, patience: float) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        message = (
            f"The database file {path} cannot be opened or created: {error.strerror}. Choose another place for it."
        )
        raise StoreUnavailable(message) from error
    with plain_failures(), closing(sqlite3.connect(path, timeout=patience)) as connection:
        _write_ahead(connection, until=time.monotonic() + patience)


def _write_ahead(connection: sqlite3.Connection, *, until: float) -> None:
    """Have the file keep a journal of what is written ahead, for good.

    SQLite waits for no lock while it changes to that, so of processes that start together all but one try again.
    """
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _sqlite_engine(place: URL, *, connections: int, patience: float, begin: str = "BEGIN") -> AsyncEngine:
    engine = create_async_engine(
        place,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=patience,
        hide_parameters=True,
        connect_args={"timeout": patience},
        execution_options={_BEGIN: begin},
    )

    # The driver's own habit of opening transactions is switched off: it takes the write lock too late, and a
    # transaction that has read and then wants to write fails at once where another writes.
    @event.listens_for(engine.sync_engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:  # noqa: ANN401 - SQLAlchemy's wrapper has no public type
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:  # noqa: ANN401 - the same
        if words := connection.get_execution_options()[_BEGIN]:
            connection.exec_driver_sql(words)

    return engine
