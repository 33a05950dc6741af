"""The reading process: warm, alone with the page, limited in time and memory, replaced every so often."""

import asyncio
import multiprocessing
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeout
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessPool

from bot.document import Document
from bot.errors import ReadingFailed
from bot.memory import limit_memory
from bot.reading.page import Page

_STARTUP_SECONDS = 30.0


class Reader:
    """Reads pages in a process of its own, so that a hostile page costs at most `seconds` and `memory_bytes`.

    The process starts with the first page (or `warm`), is kept, and is replaced after `pages` of them, for parsers
    leak. Pages are read one after the other. Use as an async context manager, or call `close`.
    """

    def __init__(self, *, seconds: float = 8.0, memory_bytes: int = 1 << 30, pages: int = 100) -> None:
        self._seconds = seconds
        self._memory = memory_bytes
        self._pages = pages
        self._pool: ProcessPool | None = None
        self._warmed: asyncio.Future[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    def warm(self) -> None:
        """Start the process and its imports in the background; does nothing where it runs already."""
        self._ready()

    async def read(self, page: Page) -> Document:
        """Read the page there; raises what reading raises, and ReadingFailed when it runs out of time or memory."""
        pool = self._ready()
        if self._warmed is not None:
            await asyncio.wait([self._warmed])
        future = pool.schedule(_read_limited, args=[page], timeout=self._seconds)
        try:
            return await asyncio.wrap_future(future)
        except (TimeoutError, FutureTimeout) as error:
            message = f"Reading this page took longer than {self._seconds:g} seconds. Paste the text instead."
            raise ReadingFailed(message) from error
        except (ProcessExpired, MemoryError, RecursionError, CancelledError) as error:
            message = "This page is too large or too tangled to be read. Paste the text instead."
            raise ReadingFailed(message) from error

    async def close(self) -> None:
        """End the process; a page that is being read is given up."""
        pool, self._pool = self._pool, None
        self._warmed = None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call] # pebble annotates its public calls in part
            await asyncio.to_thread(pool.join)

    def _ready(self) -> ProcessPool:
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=1,
                max_tasks=self._pages,
                initializer=_start,
                initargs=[self._memory],
                context=multiprocessing.get_context("spawn"),
            )
            first = self._pool.schedule(_is_up, timeout=_STARTUP_SECONDS)
            self._warmed = asyncio.wrap_future(first)
        return self._pool


def _read_limited(page: Page) -> Document:
    from bot.reading.pages import read_page  # noqa: PLC0415 - the parsers are imported in the reading process only

    return read_page(page)


def _is_up() -> None:
    """A task that is done as soon as the process has started."""


def _start(memory_bytes: int) -> None:
    """Import the parsers, then limit what may be taken on top of what they hold."""
    import py3langid  # noqa: F401, PLC0415 - the numeric library below it reserves address space by number of cores

    import bot.reading.pages  # noqa: F401, PLC0415 - the parsers are imported in the reading process only

    limit_memory(memory_bytes)
