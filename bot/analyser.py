"""The analysis in processes of its own, so that it neither holds up the event loop nor takes the program down with it.

Every process loads the model once. A document that takes too long or too much memory costs one process, which is
replaced; one whose process dies is tried once more, in another one.
"""

import asyncio
import logging
import multiprocessing
import os
import sys
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessPool

from bot.defects import tell_where
from bot.document import Document
from bot.errors import AnalysisFailed, ClaimcheckError
from bot.memory import limit_memory
from bot.report import Report

Analyse = Callable[[Document], Report]

_OVERDUE = 30.0  # seconds after its time for an answer that the pool owes: it starts processes, and may break
_NICER = 5  # the processes give way to the event loop, which has people waiting
_TRIES = 2
_DIED = "The analysis of this text broke off, twice, so I have stopped. Try a shorter part of it."
_BROKE = "Something broke inside claimcheck while this was checked. It is our mistake; the details are in the log."
_CLOSED = "claimcheck is being ended. Ask again when it is back."
_TOO_LARGE = "The analysis of this text took more memory than it may. Try a shorter part of it."

logger = logging.getLogger(__name__)


class AnalysisBroke(Exception):
    """A defect met a document in its process: the kind and the place of it, without the document's words."""


class Analyser:
    """Checks documents in `workers` processes, each with `threads` threads of its own for the model.

    A document may take `seconds` and, on top of what the model holds, `memory_bytes`. A process is replaced after
    `documents` of them. Documents beyond one for every process wait here, in the order they came, as references and
    not yet as copies. `analyse` is what is run there, the shipped analysis unless a test brings its own; the process
    imports it by its name. Use as an async context manager, or call `close`.
    """

    def __init__(  # noqa: PLR0913 - limits, each with a default that fits
        self,
        *,
        workers: int = 2,
        threads: int = 1,
        seconds: float = 120.0,
        memory_bytes: int = 2 << 30,
        documents: int = 500,
        analyse: Analyse | None = None,
    ) -> None:
        self._workers = workers
        self._seconds = seconds
        self._documents = documents
        self._prepare = partial(_load_model, threads=threads) if analyse is None else _nothing_to_load
        self._memory_bytes = memory_bytes
        self._analyse = analyse or partial(_analyse_as_shipped, threads=threads)
        self._turn = asyncio.Semaphore(workers)
        self._pool: ProcessPool | None = None
        self._owed: set[Future[Report]] = set()
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    def warm(self) -> None:
        """Start the processes and have them load the model, in the background; does nothing where they run."""
        self._ready()

    async def check(self, document: Document) -> Report:
        """The report on the document; AnalysisFailed where it takes too long or too much, or breaks."""
        async with self._turn:
            for _ in range(_TRIES - 1):
                try:
                    return await self._check_once(document)
                except (ProcessExpired, BrokenProcessPool, CancelledError) as error:
                    logger.warning("a process of the analysis died over its document (%s)", type(error).__name__)
            try:
                return await self._check_once(document)
            except (ProcessExpired, BrokenProcessPool, CancelledError) as error:
                raise AnalysisFailed(_DIED) from error

    async def close(self) -> None:
        """End the processes for good; what they work on is given up."""
        self._closed = True
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call] # pebble annotates its public calls in part
            await asyncio.to_thread(pool.join)
        for future in self._owed:  # pebble forgets a task that was on its way to a process
            if not future.done():
                future.set_exception(CancelledError())

    async def _check_once(self, document: Document) -> Report:
        pool = self._ready()
        future = pool.schedule(_analyse_alone, args=[self._analyse, document], timeout=self._seconds)
        self._owed.add(future)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._seconds + _OVERDUE)
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is None or task.cancelling():  # the caller's own wish
                raise
            raise CancelledError from error  # the pool gave the document up
        except (TimeoutError, FutureTimeout) as error:
            message = f"The analysis of this text took longer than {self._seconds:g} seconds. Try a shorter part of it."
            raise AnalysisFailed(message) from error
        except MemoryError as error:
            raise AnalysisFailed(_TOO_LARGE) from error
        except AnalysisBroke as error:
            logger.error("the analysis broke: %s", error)  # noqa: TRY400 - the trace that counts is the other process's
            raise AnalysisFailed(_BROKE) from error
        finally:
            self._owed.discard(future)

    def _ready(self) -> ProcessPool:
        """The pool, a new one where it broke; one that is well replaces its own dead."""
        if self._closed:
            raise AnalysisFailed(_CLOSED)
        if self._pool is not None and not self._pool.active:
            self._pool.stop()  # type: ignore[no-untyped-call] # pebble annotates its public calls in part
            self._pool = None
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self._workers,
                max_tasks=self._documents,
                initializer=_start,
                initargs=[self._prepare, self._memory_bytes],
                context=multiprocessing.get_context("spawn"),
            )
            self._pool.schedule(_is_up)  # pebble starts its processes with the first task
        return self._pool


def _start(prepare: Callable[[], None], memory_bytes: int) -> None:
    """Load what is needed, then limit what may be taken on top of it."""
    if sys.platform != "win32":
        os.nice(_NICER)
    prepare()
    limit_memory(memory_bytes)


def _load_model(*, threads: int) -> None:
    from bot.analysis.tagger.model import load_tagger  # noqa: PLC0415 - the model is loaded in these processes only

    load_tagger(threads=threads)


def _nothing_to_load() -> None:
    """What a test brings needs no model."""


def _is_up() -> None:
    """A task that is done as soon as a process has started."""


def _analyse_alone(analyse: Analyse, document: Document) -> Report:
    try:
        return analyse(document)
    except (ClaimcheckError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - the boundary of the process
        raise AnalysisBroke(tell_where(error)) from None


def _analyse_as_shipped(document: Document, *, threads: int) -> Report:
    from bot.analysis import check  # noqa: PLC0415 - imported in these processes only
    from bot.analysis.tagger.model import load_tagger  # noqa: PLC0415 - imported in these processes only

    return check(document, tagger=load_tagger(threads=threads))
