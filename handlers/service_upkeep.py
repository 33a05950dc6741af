"""What a service does again and again: hand on what was accepted, mend what was left open, delete what is too old."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.defects import tell_where
from bot.store import Store
from handlers.persistence import Pace
from handlers.service_queue import WorkQueue

_START_SECONDS = 60.0  # first whatever waits is answered
_RUNS_KEPT = timedelta(days=1)  # what the steps of an answered request left behind

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """The tasks beside the requests. `platforms` are the names of those that are connected here.

    Every `take_over_seconds` it is looked for what dead workers left behind, unless there are no others.
    """

    store: Store
    queue: WorkQueue
    accepted: "asyncio.Queue[str]"
    platforms: Collection[str]
    retention: timedelta
    pace: Pace
    sweep_seconds: float
    keeping_seconds: float
    take_over_seconds: float | None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Do all of it inside the block."""
        jobs = [self._sweep, self._forget]
        if self.take_over_seconds is not None:
            jobs.insert(0, self._take_over)
        async with _done_for_ever(*jobs), handing_on(self.accepted, enqueue=self.queue.enqueue):
            yield

    async def sweep(self) -> None:
        """Have every open request of a connected platform waiting or worked on."""
        requests = await self.store.requests.open_ids()
        await self.queue.mend(id_ for id_ in requests if id_.partition(":")[0] in self.platforms)

    async def forget(self) -> None:
        """Delete what is older than it may be kept, from the store and from the queue."""
        now = self.pace.clock()
        forgotten = await self.store.keeping.forget_older(now - self.retention)
        still_open = frozenset(await self.store.requests.open_ids())
        runs = await self.queue.delete_finished(before=now - _RUNS_KEPT, still_open=still_open)
        logger.info("deleted %d records and %d runs that were too old", forgotten.total, runs)

    async def _take_over(self) -> None:
        await self.queue.take_over()
        await self.pace.sleep(self.take_over_seconds or 0.0)

    async def _sweep(self) -> None:
        await self.sweep()
        await self.pace.sleep(self.sweep_seconds)

    async def _forget(self) -> None:
        await self.pace.sleep(min(_START_SECONDS, self.keeping_seconds))
        await self.forget()
        await self.pace.sleep(self.keeping_seconds)


@asynccontextmanager
async def handing_on(
    accepted: "asyncio.Queue[str]", *, enqueue: Callable[[str], Awaitable[None]]
) -> AsyncIterator[None]:
    """Enqueue whatever is accepted inside the block."""

    async def enqueue_accepted() -> None:
        await enqueue(await accepted.get())

    async with _done_for_ever(enqueue_accepted):
        yield


@asynccontextmanager
async def _done_for_ever(*jobs: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(_for_ever(job)) for job in jobs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _for_ever(job: Callable[[], Awaitable[None]]) -> None:
    """Do the job over and over. One that fails is logged and done again: what it missed, a later round finds."""
    while True:
        try:
            await job()
        except Exception as error:  # noqa: BLE001 - the boundary of a task that nobody waits for
            logger.warning("%s failed: %s", job.__name__, tell_where(error))
            await asyncio.sleep(1)
