"""Accepted means answered: what the platforms call, and the tasks that keep the promise.

A request is accepted in one transaction of the store and acknowledged then. Everything after that is done by whoever
is there to do it: this process, or after a crash the next one.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.access import Person, Place
from bot.errors import NotNow, StoreUnavailable
from bot.store import Store
from bot.store.records import Acceptance, RequestState
from handlers.answering import Answering, Instant, answer_instant
from handlers.checking import Desk
from handlers.documents import Documents
from handlers.door import Door
from handlers.events import Observe, RequestAccepted, RequestRefused, ignore
from handlers.persistence import Pace
from handlers.posting import Patience, remove_post
from handlers.reply import Reply
from handlers.request import Incoming
from handlers.service_fleet import Alone, Fleet, Member, WorkerLost, ended_by, join_fleet
from handlers.service_lock import hold_alone, refuse_old_sqlite, write_ahead
from handlers.service_queue import FLOW_VERSION, WorkQueue, open_work_queue
from handlers.service_sending import open_sender
from handlers.service_upkeep import Upkeep, handing_on
from handlers.thread import Platform

_SQLITE = "sqlite:///"
_ACCEPT_SECONDS = 2.5  # platforms give a service three to acknowledge

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTerms:
    """On what terms the service works, as the person who runs it decides.

    `documents_at_once`: requests that are read and checked side by side. `requests_at_once`: those and all that have a
    placeholder in their thread already; among several workers at most four times the former, so that each finds work.
    Every `sweep_seconds` it is looked for requests that were left open, every `keeping_seconds` for what is older than
    `retention`, and every `take_over_seconds` for what dead workers left.
    """

    user_hourly: int = 30
    fresh_for: timedelta = timedelta(hours=24)
    retention: timedelta = timedelta(days=30)
    documents_at_once: int = 4
    requests_at_once: int = 100
    sweep_seconds: float = 10.0
    keeping_seconds: float = 6 * 3600.0
    take_over_seconds: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What a platform calls. Open one with `open_service`."""

    store: Store
    platforms: Mapping[str, Platform]
    door: Door
    pace: Pace
    observe: Observe
    accepted: "asyncio.Queue[str]" = field(default_factory=asyncio.Queue)

    async def accept(self, incoming: Incoming) -> Acceptance:
        """Make the request durable; it will be answered, whatever happens to this process.

        Acknowledge to the platform after this returns, and only then: it may be called any number of times for one
        request. Raises NotNow, whose sentence is for the asker, and StoreUnavailable: then do not acknowledge, so that
        the platform delivers again.
        """
        platform = incoming.place.platform
        try:
            async with asyncio.timeout(_ACCEPT_SECONDS):
                acceptance = await self.door.accept(incoming)
        except TimeoutError as error:
            self.observe(RequestRefused(platform=platform, code=StoreUnavailable.code))
            message = "The database did not answer in time. Try again in a moment."
            raise StoreUnavailable(message) from error
        except (NotNow, StoreUnavailable) as error:
            self.observe(RequestRefused(platform=platform, code=error.code))
            raise
        self.observe(RequestAccepted(platform=platform, fresh=acceptance.fresh))
        self.accepted.put_nowait(acceptance.id)
        return acceptance

    async def cancel(self, key: str) -> None:
        """The asking message was deleted: work on it no more, and take our post back. An answer that is out stays."""
        request_id = await self.store.requests.cancel(key)
        if request_id is None:
            return
        request = await self.store.requests.load(request_id)
        delivery = await self.store.deliveries.load(request_id)
        if request.state is RequestState.CANCELLED and delivery is not None:
            thread = self.platforms[request.place.platform].open_thread(request.place)
            patience = Patience(platform=request.place.platform, pace=self.pace, observe=self.observe)
            await remove_post(delivery, thread=thread, patience=patience)

    async def act(self, command: Instant, *, place: Place, asker: Person, privately: bool = True) -> Reply:
        """Answer a command that checks nothing at once, for buttons, forms and private answers.

        `privately`: nobody but the asker sees the answer. Raises ClaimcheckError, with a sentence for the asker.
        """
        return await answer_instant(
            command, store=self.store, place=place, asker=asker, now=self.pace.clock(), privately=privately
        )


@asynccontextmanager
async def open_service(  # noqa: PLR0913 - the composition root hands everything in
    store: Store,
    *,
    database_url: str,
    platforms: Mapping[str, Platform],
    desk: Desk,
    terms: ServiceTerms = ServiceTerms(),
    executor_id: str = "claimcheck",
    flow_version: str = FLOW_VERSION,
    observe: Observe = ignore,
    on_loss: Callable[[], object] = bool,
    pace: Pace = Pace(),  # noqa: B008 - a frozen value
) -> AsyncIterator[Service]:
    """The service on this store, at work; `database_url` is the store's own, and the queue is kept beside it.

    `platforms` by the name that tenants start with ("slack"). Open requests are taken up at once; at the end, what is
    being worked on is handed back for the next process. On PostgreSQL others may work on the same database, and this
    worker's name starts with `executor_id`; what a dead worker was at is taken over by those that live. Raises
    StoreUnavailable, for instance where another process is at work on the same SQLite file, and WorkerLost in the
    block once the others may take this worker for dead; `on_loss` is called first, to bound the time until the process
    ends.
    """
    door = Door(store=store, user_hourly=terms.user_hourly, pace=pace)
    service = Service(store=store, platforms=platforms, door=door, pace=pace, observe=observe)
    documents = Documents(store=store, desk=desk, fresh_for=terms.fresh_for, pace=pace, observe=observe)
    answering = Answering(
        store=store,
        documents=documents,
        platforms=platforms,
        turn=asyncio.Semaphore(terms.documents_at_once),
        pace=pace,
        observe=observe,
    )
    async with _join(database_url, name=executor_id, version=flow_version) as (queue_url, fleet):
        shared = isinstance(fleet, Member)
        opening = open_work_queue(
            queue_url,
            work=answering.answer,
            fleet=fleet,
            platforms=platforms,
            at_once=min(terms.requests_at_once, 4 * terms.documents_at_once) if shared else terms.requests_at_once,
            version=flow_version,
        )
        async with opening as queue:
            upkeep = Upkeep(
                store=store,
                queue=queue,
                accepted=service.accepted,
                platforms=platforms,
                retention=terms.retention,
                sweep_seconds=terms.sweep_seconds,
                keeping_seconds=terms.keeping_seconds,
                take_over_seconds=terms.take_over_seconds if shared else None,
                pace=pace,
            )
            async with ended_by(_watch(fleet, queue, on_loss=on_loss)), upkeep.running():
                yield service


@asynccontextmanager
async def open_reception(  # noqa: PLR0913 - the composition root hands everything in
    store: Store,
    *,
    database_url: str,
    platforms: Mapping[str, Platform],
    terms: ServiceTerms = ServiceTerms(),
    flow_version: str = FLOW_VERSION,
    observe: Observe = ignore,
    pace: Pace = Pace(),  # noqa: B008 - a frozen value
) -> AsyncIterator[Service]:
    """The service on this PostgreSQL store without its work: requests are accepted, and others answer them.

    Raises StoreUnavailable on SQLite, which serves one process.
    """
    if database_url.startswith("sqlite"):
        message = "SQLite serves one process, which has to do all of it. Set DATABASE_URL to a PostgreSQL database."
        raise StoreUnavailable(message)
    door = Door(store=store, user_hourly=terms.user_hourly, pace=pace)
    service = Service(store=store, platforms=platforms, door=door, pace=pace, observe=observe)
    async with (
        open_sender(database_url, version=flow_version) as send,
        handing_on(service.accepted, enqueue=send),
    ):
        yield service


@asynccontextmanager
async def _join(database_url: str, *, name: str, version: str) -> AsyncIterator[tuple[str, Fleet]]:
    """Where the queue is kept, and who else is there.

    In the same PostgreSQL database, with others; or in a file of its own that only we may use.
    """
    if not database_url.startswith("sqlite"):
        async with join_fleet(database_url, prefix=name, version=version) as member:
            yield database_url, member
        return
    path = database_url.removeprefix(_SQLITE)
    if path == database_url or not path:
        message = "A service needs a database that outlives it: set DATABASE_URL to sqlite:///PATH or postgresql://…."
        raise StoreUnavailable(message)
    refuse_old_sqlite()
    file = Path(path).with_suffix(".queue.db")
    with hold_alone(file.with_suffix(".db.lock")):
        await asyncio.to_thread(write_ahead, file)
        yield f"{_SQLITE}{file}", Alone(name=name)


async def _watch(fleet: Fleet, queue: WorkQueue, *, on_loss: Callable[[], object]) -> None:
    """Return never; once others may take us for dead, stop working at once and raise WorkerLost."""
    try:
        await fleet.watch()
    except WorkerLost as lost:
        on_loss()
        logger.error("%s", lost.message)  # noqa: TRY400 - what led to it is told
        await queue.stop_running()
        raise
