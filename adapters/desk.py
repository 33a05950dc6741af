"""How articles are read and checked here: settings in, the four things that the handlers need out.

Heavy modules are imported here and not at the top, so that `claimcheck --help` and usage errors answer at once.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from adapters.settings import Settings
from bot.document import Document
from bot.report import Report
from handlers.checking import Check, Desk


@asynccontextmanager
async def open_desk(settings: Settings, *, check: Check | None = None) -> AsyncIterator[Desk]:
    """The desk that the settings ask for; its reader process, if one was needed, ends with the block.

    `check` is how documents are checked; left out, in a thread of this process.
    """
    from bot import reading  # noqa: PLC0415  see the module's docstring

    policy = reading.FetchPolicy(allow=settings.fetch_allow, proxy=settings.proxy)
    async with reading.Reader() as reader:
        yield Desk(
            read_link=partial(reading.read_link, policy=policy, reader=reader),
            read_text=reading.read_text,
            read_file=partial(reading.read_file, reader=reader),
            check=check or partial(_check, threads=settings.threads),
        )


async def _check(document: Document, *, threads: int) -> Report:
    return await asyncio.to_thread(_check_here, document, threads=threads)


def _check_here(document: Document, *, threads: int) -> Report:
    from bot.analysis import check  # noqa: PLC0415  see the module's docstring
    from bot.analysis.tagger.model import load_tagger  # noqa: PLC0415

    return check(document, tagger=load_tagger(threads=threads))
