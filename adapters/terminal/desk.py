"""The composition root of the terminal: settings in, the four things that the handler needs out.

Heavy modules are imported here and not at the top, so that `claimcheck --help` and usage errors answer at once.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from adapters.settings import Settings
from bot.document import Document
from bot.report import Report
from handlers.answer import Check, ReadFile, ReadLink, ReadText


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """How links, texts and files are read here, and how a document is checked."""

    read_link: ReadLink
    read_text: ReadText
    read_file: ReadFile
    check: Check


@asynccontextmanager
async def open_desk(settings: Settings) -> AsyncIterator[Desk]:
    """The desk that the settings ask for; its reader process, if one was needed, ends with the block."""
    from bot import reading  # noqa: PLC0415  see the module's docstring

    policy = reading.FetchPolicy(allow=settings.fetch_allow, proxy=settings.proxy)
    async with reading.Reader() as reader:
        yield Desk(
            read_link=partial(reading.read_link, policy=policy, reader=reader),
            read_text=reading.read_text,
            read_file=partial(reading.read_file, reader=reader),
            check=partial(_check, threads=settings.threads),
        )


def _check(document: Document, *, threads: int) -> Report:
    from bot.analysis import check  # noqa: PLC0415  see the module's docstring
    from bot.analysis.tagger.model import load_tagger  # noqa: PLC0415

    return check(document, tagger=load_tagger(threads=threads))
