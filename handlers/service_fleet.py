"""Workers that share a PostgreSQL database: which of them live, and whose work may be taken over.

A worker holds a lock of the database on a name of its own for as long as it lives; the database gives the lock back
when the worker's connection ends, however it ends. So a name that can be locked belongs to nobody alive. The same is
done for every version of the flow, in a lock that its workers share. What is decided about others' work is decided in
rounds, one at a time in the whole fleet, so that no two workers decide about the same run.
"""

import asyncio
import contextlib
import hashlib
import logging
import secrets
from collections.abc import AsyncIterator, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, LiteralString, Protocol

import psycopg
from psycopg import AsyncConnection

from bot.errors import StoreUnavailable

_PROBE_SECONDS = 2.0  # between two questions to the database whether it is still there
_SILENT_SECONDS = 5.0  # without an answer, after which the worker counts itself out,
_GRACE_SECONDS = 1.0  # and for an answer that came while the whole process was stopped
# The database counts a worker out only after that: 6 + 2 * 3 seconds of a silent network.
_SESSION = (
    "SET tcp_keepalives_idle = 6; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3; "
    "SET idle_in_transaction_session_timeout = '15s'; SET lock_timeout = '15s'"
)
_TRY: LiteralString = "SELECT pg_try_advisory_xact_lock(%s)"  # until the transaction ends
_LOOKS, _LOOK_SECONDS = 40, 0.05  # for the end of another worker's round

logger = logging.getLogger(__name__)


class WorkerLost(StoreUnavailable):
    """The lock that says that this worker lives is gone, so others take its work over."""


class Round(Protocol):
    """A look at the others' work. What was found dead or gone in a round stays so until the round ends."""

    async def is_dead(self, worker: str) -> bool:
        """Whether no worker of that name lives."""

    async def is_gone(self, version: str) -> bool:
        """Whether no worker with that version of the flow lives."""


class Fleet(Protocol):
    """The workers on one database, as one of them sees them."""

    @property
    def name(self) -> str:
        """The name of this worker; no other has it or had it while its runs are kept."""

    def open_round(self) -> AbstractAsyncContextManager[Round | None]:
        """A round, once nobody else has one; None where somebody has it for long. Raises StoreUnavailable."""

    async def watch(self) -> None:
        """Return never; raise WorkerLost within seconds once the others may take this worker for dead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """The one worker on a SQLite file: whoever else was there is gone."""

    name: str

    @asynccontextmanager
    async def open_round(self) -> AsyncIterator[Round | None]:
        """A round in which everybody else is dead."""
        yield _Last()

    async def watch(self) -> None:
        """Return never: nobody takes this worker for dead."""
        await asyncio.Event().wait()


class _Last:
    async def is_dead(self, worker: str) -> bool:  # noqa: ARG002 - whoever it is
        return True

    async def is_gone(self, version: str) -> bool:  # noqa: ARG002 - whichever it is
        return True


class Member:
    """A worker among others. Become one with `join_fleet`."""

    def __init__(self, url: str, *, name: str, version: str, holding: AsyncConnection) -> None:
        self.name = name
        self._url = url
        self._version = version
        self._holding = holding
        self._asking: AsyncConnection | None = None
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def open_round(self) -> AsyncIterator[Round | None]:
        """A round, once nobody else has one; None where somebody has it for long."""
        async with self._turn:
            try:
                if self._asking is None or self._asking.closed:
                    self._asking = await _connect(self._url)
                async with self._asking.transaction():
                    granted = await _wait_for_round(self._asking)
                    yield _LockedRound(self._asking, name=self.name, version=self._version) if granted else None
            except psycopg.Error as error:
                message = "The database broke off while it was asked which workers live."
                raise StoreUnavailable(message) from error

    async def watch(self) -> None:
        """Return never; raise WorkerLost once the lock on our name is gone, at once where that is told."""
        while True:
            try:
                # To wait for a notice, of which there are none, is to hear at once when the connection ends.
                async for _ in self._holding.notifies(timeout=_PROBE_SECONDS):
                    pass
                if not await _answers(self._holding):
                    message = "the database is silent"
                    raise psycopg.OperationalError(message)
            except psycopg.Error as error:
                message = (
                    f"The connection that holds the name of this worker ({self.name}) was lost, so the others take "
                    "its work over, and it ends. Start it again; a supervisor does it by itself."
                )
                raise WorkerLost(message) from error

    async def leave(self) -> None:
        """Give the name back: whatever still runs under it may be taken over from now on."""
        # Said, and not left to the end of the connection, which the database sees in its own time. Where the connection
        # is lost, the name goes with it.
        with contextlib.suppress(psycopg.Error, TimeoutError):
            async with asyncio.timeout(_GRACE_SECONDS):
                await self._holding.execute("SELECT pg_advisory_unlock_all()")
        for connection in (self._asking, self._holding):
            if connection is not None:
                await connection.close()


class _LockedRound:
    def __init__(self, connection: AsyncConnection, *, name: str, version: str) -> None:
        self._connection = connection
        self._name = name
        self._version = version

    async def is_dead(self, worker: str) -> bool:
        return worker != self._name and await self._take("worker", worker)

    async def is_gone(self, version: str) -> bool:
        return version != self._version and await self._take("flow", version)

    async def _take(self, kind: str, name: str) -> bool:
        return await _is_granted(self._connection, _TRY, _key(kind, name))


@asynccontextmanager
async def join_fleet(url: str, *, prefix: str, version: str) -> AsyncIterator[Member]:
    """A worker among those on this database, until the block ends; its name is the prefix and what makes it its own.

    Raises StoreUnavailable.
    """
    name = f"{prefix}.{secrets.token_hex(4)}"
    holding = await _connect(url)
    member = Member(url, name=name, version=version, holding=holding)
    try:
        try:
            await holding.execute("SELECT pg_advisory_lock(%s)", (_key("worker", name),))
            await holding.execute("SELECT pg_advisory_lock_shared(%s)", (_key("flow", version),))
            only = await _is_granted(holding, "SELECT pg_try_advisory_lock(%s)", _key("prefix", prefix))
        except psycopg.Error as error:
            message = "The database broke off while this worker took a name. Start it again."
            raise StoreUnavailable(message) from error
        if only:
            logger.info("this worker goes by %s", name)
        else:
            logger.warning("another worker is named %s, too; this one goes by %s and both work on", prefix, name)
        yield member
    finally:
        await member.leave()


@asynccontextmanager
async def ended_by(watch: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run the watch beside the block; where it raises, the block is cancelled and its error is raised instead."""
    owner = asyncio.current_task()
    watching = asyncio.create_task(watch)

    def end(task: "asyncio.Task[None]") -> None:
        if owner is not None and not task.cancelled():
            owner.cancel()

    watching.add_done_callback(end)
    try:
        yield
    except asyncio.CancelledError:
        error = watching.exception() if watching.done() and not watching.cancelled() else None
        if error is None or owner is None or owner.uncancel() > 0:  # it was asked to end besides
            raise
        raise error from None
    finally:
        watching.remove_done_callback(end)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def _connect(url: str) -> AsyncConnection:
    try:
        connection = await AsyncConnection.connect(
            url, autocommit=True, connect_timeout=10, keepalives_idle=2, keepalives_interval=1, keepalives_count=3
        )
        await connection.execute(_SESSION)
    except psycopg.Error as error:
        message = "The database cannot be reached. Check that it runs and that DATABASE_URL is right."
        raise StoreUnavailable(message) from error
    return connection


async def _answers(connection: AsyncConnection) -> bool:
    """Whether the database answers in time. Raises psycopg.Error."""
    asking = asyncio.create_task(_ask(connection))
    try:
        # Where the whole process was stopped, the time is over at the moment at which the answer is read.
        for seconds in (_SILENT_SECONDS, _GRACE_SECONDS):
            await asyncio.wait({asking}, timeout=seconds)
            if asking.done():
                asking.result()
                return True
        return False
    finally:
        asking.cancel()


async def _ask(connection: AsyncConnection) -> None:
    await connection.execute("SELECT 1")


async def _wait_for_round(connection: AsyncConnection) -> bool:
    for _ in range(_LOOKS):
        if await _is_granted(connection, _TRY, _key("round", "")):
            return True
        await asyncio.sleep(_LOOK_SECONDS)
    return False


async def _is_granted(connection: AsyncConnection, statement: LiteralString, key: int) -> bool:
    cursor = await connection.execute(statement, (key,))
    row = await cursor.fetchone()
    return bool(row and row[0])


def _key(kind: str, name: str) -> int:
    """The number of a lock: PostgreSQL names them by 64 bits."""
    return int.from_bytes(hashlib.sha256(f"claimcheck {kind} {name}".encode()).digest()[:8], "big", signed=True)
