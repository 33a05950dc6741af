"""The bot as a service, put together: store, analysis, durable flow, chat platforms, until it is asked to stop."""

import asyncio
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager, nullcontext
from datetime import timedelta
from enum import StrEnum

from pydantic import SecretStr

from adapters.chat.adapter import ChatAdapter
from adapters.desk import open_desk
from adapters.operations.logs import start_logging
from adapters.operations.metrics import Metrics
from adapters.operations.platforms import PlatformsFound, open_adapters
from adapters.operations.watching import open_watch
from adapters.settings import Settings
from bot import __version__
from bot.analyser import Analyser
from bot.errors import ClaimcheckError, TryLater
from bot.store import Store, open_store
from handlers.events import Observe
from handlers.service import Service, ServiceTerms, open_reception, open_service


class Part(StrEnum):
    """The part of the work that a process takes; two processes can share it."""

    ALL = "all"
    RECEIVE = "receive"
    WORK = "work"


_DOES = {Part.ALL: "serves", Part.RECEIVE: "takes in what is asked in", Part.WORK: "answers what was asked in"}

OpenAdapters = Callable[..., AbstractAsyncContextManager[Sequence[ChatAdapter]]]

_ALONE = "claimcheck"  # the name of the one process that SQLite serves
STOP_SECONDS = 30.0
FIRST_WAIT = 1.0  # seconds before a platform that does not answer is tried again, doubled up to
_LONGEST_WAIT = 60.0
# Loops on Windows hear no signals; there Ctrl-C cancels what runs.
_SIGNALS = () if sys.platform == "win32" else (signal.SIGTERM, signal.SIGINT)

logger = logging.getLogger(__name__)


async def serve(
    settings: Settings, *, found: PlatformsFound, part: Part = Part.ALL, open_adapters: OpenAdapters = open_adapters
) -> bool:
    """Serve the platforms that were found until SIGTERM or SIGINT; False where none of them can be served (any more).

    Requests that are being worked on at the end are handed back: the next process takes them up. Raises ClaimcheckError
    where it cannot start, and where other workers take this one for dead.
    """
    start_logging(shape=settings.log, stream=sys.stderr, secrets=_secrets_of(settings))
    metrics = Metrics()
    async with AsyncExitStack() as stack:
        stop, bound = stack.enter_context(_stop_on_signals())
        key = settings.key.get_secret_value() if settings.key else None
        store = await stack.enter_async_context(open_store(settings.database_url, key=key))
        adapters = await stack.enter_async_context(open_adapters(found.ready, settings=settings, store=store))
        service = await stack.enter_async_context(
            _opened_service(settings, part=part, store=store, adapters=adapters, observe=metrics.observe, on_loss=bound)
        )
        running = _Running(adapters, part=part)
        port = await stack.enter_async_context(_watch(settings, metrics=metrics, store=store, running=running))
        _announce(settings, found=found, part=part, port=port)
        served = await running.serve(service, until=stop)
        logger.info("stopping: what is not answered yet is taken up at the next start")
    return served


@asynccontextmanager
async def _opened_service(  # noqa: PLR0913 - put together here
    settings: Settings,
    *,
    part: Part,
    store: Store,
    adapters: Sequence[ChatAdapter],
    observe: Observe,
    on_loss: Callable[[], None],
) -> AsyncIterator[Service]:
    platforms = {adapter.name: adapter.platform for adapter in adapters}
    terms = ServiceTerms(
        user_hourly=settings.user_hourly,
        fresh_for=timedelta(hours=settings.fresh_hours),
        retention=timedelta(days=settings.retention_days),
        documents_at_once=2 * settings.workers,  # some are fetched while others are analysed
    )
    if part is Part.RECEIVE:
        async with open_reception(
            store, database_url=settings.database_url, platforms=platforms, terms=terms, observe=observe
        ) as service:
            yield service
        return
    async with (
        Analyser(workers=settings.workers, threads=settings.threads) as analyser,
        open_desk(settings, check=analyser.check) as desk,
    ):
        analyser.warm()
        async with open_service(
            store,
            database_url=settings.database_url,
            platforms=platforms,
            desk=desk,
            terms=terms,
            executor_id=name_executor(settings),
            observe=observe,
            on_loss=on_loss,
        ) as service:
            yield service


class _Running:
    """The adapters while they run, and what keeps any of them from it."""

    def __init__(self, adapters: Sequence[ChatAdapter], *, part: Part) -> None:
        self._adapters = adapters
        self._part = part
        self._trouble: dict[str, str] = {}

    @property
    def trouble(self) -> dict[str, str]:
        """By the names of the adapters, what keeps them from running, or a running one from what it runs for."""
        told = {adapter.name: self._trouble.get(adapter.name) or adapter.trouble for adapter in self._adapters}
        return {name: said for name, said in told.items() if said}

    async def serve(self, service: Service, *, until: asyncio.Event) -> bool:
        """Run them until the event; one that cannot go on is logged and the others go on. False where none can.

        A platform that does not answer is tried again and again. A defect in one ends them all and is raised.
        """
        tasks = {asyncio.create_task(self._serve_one(adapter, service)): adapter.name for adapter in self._adapters}
        stopper = asyncio.create_task(until.wait())
        try:
            while tasks and not stopper.done():
                await asyncio.wait({*tasks, stopper}, return_when=asyncio.FIRST_COMPLETED)
                for ended in [task for task in tasks if task.done()]:
                    self._note(tasks.pop(ended), ended)
            return bool(tasks)
        finally:
            stopper.cancel()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, stopper, return_exceptions=True)

    async def _serve_one(self, adapter: ChatAdapter, service: Service) -> None:
        wait = FIRST_WAIT
        while True:
            self._trouble.pop(adapter.name, None)
            try:
                await (adapter.speak() if self._part is Part.WORK else adapter.serve(service))
            except TryLater as error:
                self._trouble[adapter.name] = error.message
                seconds = error.seconds or wait
                logger.warning("%s: %s Trying again in %.0f s", adapter.name, error.message, seconds)
                await asyncio.sleep(seconds)
                wait = min(2 * wait, _LONGEST_WAIT)
            else:
                return

    def _note(self, name: str, task: "asyncio.Task[None]") -> None:
        try:
            task.result()
        except ClaimcheckError as error:
            self._trouble[name] = error.message
        else:
            self._trouble[name] = "It ended without being asked to."
        logger.error("%s is not served: %s", name, self._trouble[name])


def _watch(
    settings: Settings, *, metrics: Metrics, store: Store, running: _Running
) -> AbstractAsyncContextManager[int | None]:
    if settings.metrics_port is None:
        return nullcontext()

    async def find_trouble() -> str:
        await store.ping()
        return " ".join(f"{name}: {said}" for name, said in running.trouble.items())

    async def refresh() -> None:
        waiting = await store.requests.open_ids()
        oldest = 0.0
        if waiting:
            first = await store.requests.load(waiting[0])
            oldest = (store.requests.clock() - first.accepted_at).total_seconds()
        metrics.set_queue(waiting=len(waiting), oldest_seconds=oldest)

    return open_watch(
        metrics, host=settings.metrics_host, port=settings.metrics_port, find_trouble=find_trouble, refresh=refresh
    )


def name_executor(settings: Settings) -> str:
    """What the name of this process begins with, among those that share its database."""
    if settings.database_url.startswith("sqlite"):
        return _ALONE
    return settings.executor_id or socket.gethostname()


def _announce(settings: Settings, *, found: PlatformsFound, part: Part, port: int | None) -> None:
    logger.info("claimcheck %s %s %s", __version__, _DOES[part], " and ".join(found.ready))
    for sentence in found.left_out:
        logger.info("%s", sentence)
    if port is not None:
        logger.info("metrics and health: http://%s:%d/metrics, /healthz, /readyz", settings.metrics_host, port)


@contextmanager
def _stop_on_signals() -> Iterator[tuple[asyncio.Event, Callable[[], None]]]:
    """An event that is set by the first SIGTERM or SIGINT (a second one ends the process as usual), and a bound.

    What is not done at the end of the block STOP_SECONDS after the signal, or after the bound was called, is cut off:
    nothing is lost by that.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    limit = threading.Timer(STOP_SECONDS, _cut_off)
    limit.daemon = True

    def bound() -> None:
        if limit.ident is None:  # not started yet
            limit.start()

    def ask_to_stop() -> None:
        stop.set()
        bound()
        _release_signals(loop)

    for one in _SIGNALS:
        loop.add_signal_handler(one, ask_to_stop)
    try:
        yield stop, bound
    finally:
        limit.cancel()
        _release_signals(loop)


def _release_signals(loop: asyncio.AbstractEventLoop) -> None:
    for one in _SIGNALS:
        loop.remove_signal_handler(one)


def _cut_off() -> None:
    logger.error("stopping took longer than %g seconds; the process is ended as it is", STOP_SECONDS)
    os._exit(1)


def _secrets_of(settings: Settings) -> tuple[str, ...]:
    values: Mapping[str, object] = dict(settings)
    return tuple(value.get_secret_value() for value in values.values() if isinstance(value, SecretStr))
