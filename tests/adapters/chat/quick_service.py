"""The real service without its durable queue, which takes a second to start and stop: requests are worked on at once.

What the queue is for, work that outlives a process, is shown with it: in the tests of the service, and in those of
the adapters where a process dies.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from bot.errors import StoreUnavailable, ThreadError
from bot.store import Store
from handlers.answering import Answering
from handlers.checking import Desk
from handlers.documents import Documents, Outcome, Step
from handlers.door import Door
from handlers.events import ignore
from handlers.persistence import Pace
from handlers.service import Service, ServiceTerms
from handlers.thread import Platform

_MOST_RUNS = 5


@dataclass(kw_only=True)
class QuickQueue:
    """Starts the work on every request that was accepted, once at a time."""

    answering: Answering
    running: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def take(self, accepted: "asyncio.Queue[str]") -> None:
        while True:
            request_id = await accepted.get()
            if request_id not in self.running:
                task = asyncio.create_task(self._run(request_id))
                self.running[request_id] = task
                task.add_done_callback(partial(self._forget, request_id))

    def _forget(self, request_id: str, _task: asyncio.Task[None]) -> None:
        del self.running[request_id]

    async def _run(self, request_id: str) -> None:
        for _ in range(_MOST_RUNS):
            try:
                await self.answering.answer(request_id, reserve=_unkept)
            except (StoreUnavailable, ThreadError):
                await asyncio.sleep(0.02)
            else:
                return


@asynccontextmanager
async def open_quick_service(
    store: Store, *, platforms: Mapping[str, Platform], desk: Desk, pace: Pace
) -> AsyncIterator[Service]:
    """A service for these platforms, in which nothing outlives the block."""
    terms = ServiceTerms()
    door = Door(store=store, user_hourly=terms.user_hourly, pace=pace)
    service = Service(store=store, platforms=platforms, door=door, pace=pace, observe=ignore)
    documents = Documents(store=store, desk=desk, fresh_for=terms.fresh_for, pace=pace, observe=ignore)
    turn = asyncio.Semaphore(terms.documents_at_once)
    answering = Answering(store=store, documents=documents, platforms=platforms, turn=turn, pace=pace, observe=ignore)
    queue = QuickQueue(answering=answering)
    taking = asyncio.create_task(queue.take(service.accepted))
    try:
        yield service
    finally:
        tasks = (taking, *queue.running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _unkept(_name: str) -> Step:
    """A step that leaves nothing behind."""

    async def run(work: Callable[[], Awaitable[Outcome]]) -> Outcome:
        return await work()

    return run
