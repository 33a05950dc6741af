"""The newsroom behind the terminal, played by a small class."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from adapters.settings import Settings
from bot import __version__
from bot.document import Document
from bot.errors import BadStatus
from bot.report import Engine, Report
from handlers.checking import Desk
from tests.report_samples import seed_document, seed_report, text_document

Claimcheck = Callable[..., tuple[int, str, str]]
GOOD, SLOW, MISSING, BROKEN = (f"https://news.example/{name}" for name in ("good", "slow", "missing", "broken"))


class Newsroom:
    """Fetches nothing, reads anything; `missing` answers 404, `broken` meets a defect, `slow` comes last.

    A page that is known has not changed since.
    """

    def __init__(self) -> None:
        self.settings: list[Settings] = []
        self.read: list[str] = []
        self.closed = False

    @asynccontextmanager
    async def open(self, settings: Settings) -> AsyncIterator[Desk]:
        self.settings.append(settings)
        yield Desk(read_link=self.read_link, read_text=text_document, read_file=self.read_file, check=self.check)
        self.closed = True

    async def read_link(self, url: str, *, known: Document | None = None) -> Document:
        if url == MISSING:
            msg = "The page answered 404."
            raise BadStatus(msg)
        if url == SLOW:
            await asyncio.sleep(0.02)
        self.read.append(url)
        return known or dataclasses.replace(seed_document(), url=url)

    async def read_file(self, name: str, data: bytes) -> Document:
        self.read.append(name)
        return text_document(data.decode())

    async def check(self, document: Document) -> Report:
        if document.url == BROKEN:
            raise ZeroDivisionError
        report = dataclasses.replace(seed_report(), engine=Engine(name="claimcheck", version=__version__))
        return dataclasses.replace(report, document=document) if document.url else report
