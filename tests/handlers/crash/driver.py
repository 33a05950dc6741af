"""The platform's side of the crashes: deliver until acknowledged, kill at chosen moments, count what can be seen."""

import asyncio
import contextlib
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import aiohttp
from aiohttp import web

from handlers.posting import marker_of
from tests.bench.analysis import make_text
from tests.chat_server import ChatServer, open_chat_server
from tests.handlers.crash.bot import request_id
from tests.handlers.crash.process import Bot

_UNFINISHED = ("Reading", "Queued", "Checking")
_GAVE_UP = "I tried three times"
_OK = 200


class Moment(StrEnum):
    """When the process is killed."""

    ACKED = "after the ack, before the work begins"
    FETCHING = "while a page is fetched"
    ANALYSING = "while a text is analysed"
    POSTED = "after the chat took the post, before it answered"
    EDITED = "after the chat took an edit, before it answered"
    ANY = "at any moment"
    STOPPED = "stopped for a while, then killed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What came of it all. `gave_up` are answered with the sentence that three attempts broke off."""

    kills: int
    accepted: int
    lost: int
    doubled: int
    gave_up: int

    def __str__(self) -> str:
        return (
            f"kills {self.kills}, accepted {self.accepted}, lost {self.lost}, doubled {self.doubled} "
            f"(answered after three broken attempts with a plain sentence: {self.gave_up})"
        )


@dataclass(slots=True)
class Pages:
    """A site on loopback: every address is an article of its own. `slow`: seconds before a page is sent."""

    slow: float = 0.0
    url: str = ""
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, request: web.Request) -> web.Response:
        self.asked.set()
        await asyncio.sleep(self.slow)
        number = int(request.match_info["number"])
        body = "".join(f"<p>{p}</p>" for p in make_text(120, number=number).split("\n\n"))
        html = f"<!doctype html><html lang=en><title>Harbour {number}</title><article><h1>Harbour {number}</h1>{body}"
        return web.Response(text=html, content_type="text/html")


@asynccontextmanager
async def open_pages() -> AsyncIterator[Pages]:
    """The site, until the block ends."""
    pages = Pages()
    app = web.Application()
    app.router.add_get("/{number:\\d+}", pages.serve)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    pages.url = f"http://{host}:{port}"
    try:
        yield pages
    finally:
        await runner.cleanup()


@dataclass(slots=True, kw_only=True)
class Driver:
    """One bot or several on one database, and everything that was asked of them."""

    bots: list[Bot]
    chat: ChatServer
    pages: Pages
    session: aiohttp.ClientSession
    chance: random.Random
    accepted: list[str] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    deliveries: list["asyncio.Task[None]"] = field(default_factory=list)
    kills: int = 0
    _numbers: int = 0

    @property
    def bot(self) -> Bot:
        """The first bot, where there is only one the one."""
        return self.bots[0]

    async def kill(self) -> None:
        """SIGKILL, from outside."""
        await self.bot.kill()
        self.kills += 1

    def ask(self, *, channel: str, times: int = 1) -> str:
        """Ask for a new article, by link or by text, in the background: delivered again until it is acknowledged."""
        self._numbers += 1
        number = self._numbers
        link = f"{self.pages.url}/{number}"
        message = link if number % 3 else make_text(120, number=number)
        event: dict[str, object] = {
            "channel": channel,
            "number": str(number),
            "user": f"U{number % 7}",
            "message": message,
            "keys": [f"event-{number}"],
        }
        for _ in range(times):
            self.deliveries.append(asyncio.create_task(self._deliver(event)))
        return request_id(channel, str(number))

    async def _deliver(self, event: dict[str, object]) -> None:
        while True:
            began = time.perf_counter()
            port = self.chance.choice([bot.port for bot in self.bots if bot.role != "work"])
            try:
                async with self.session.post(f"http://127.0.0.1:{port}/event", json=event) as response:
                    if response.status == _OK:
                        self.latencies.append(time.perf_counter() - began)
                        self.accepted.append((await response.json())["id"])
                        return
            except (aiohttp.ClientError, OSError, TimeoutError):
                pass  # as a platform does: deliver again
            await asyncio.sleep(0.2)

    async def acknowledged(self) -> None:
        """Wait until everything asked so far is acknowledged."""
        waiting, self.deliveries = self.deliveries, []
        await asyncio.gather(*waiting)

    async def kill_at(self, moment: Moment) -> None:
        """Ask for a few articles, kill the bot at that moment, and start it again."""
        if moment is not Moment.ANY:  # which may hit the same requests again; they bear it three times
            await self.answered(seconds=30)
        channel = f"C{self.kills}"
        self.chat.taken.clear()
        self.pages.asked.clear()
        self.pages.slow = 1.0 if moment is Moment.FETCHING else 0.0
        self.chat.slow = 0.5 if moment in {Moment.POSTED, Moment.EDITED} else 0.0
        for times in (1, 4, 1):
            self.ask(channel=channel, times=times)
        if moment is not Moment.ANY:
            await self.acknowledged()
        await self._wait_for(moment)
        await self.kill()
        self.pages.slow = self.chat.slow = 0.0
        await self.bot.start()

    async def _wait_for(self, moment: Moment) -> None:
        """Let the moment come, or, where it does not come in this round, five seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(5):
                match moment:
                    case Moment.ACKED:
                        pass
                    case Moment.FETCHING:
                        await self.pages.asked.wait()
                    case Moment.ANALYSING:
                        await self.pages.asked.wait()
                        await asyncio.sleep(self.chance.uniform(0.1, 0.8))
                    case Moment.POSTED:
                        await self.chat.taken.wait()
                    case Moment.EDITED:
                        edits = self.chat.calls.count("edit")
                        while self.chat.calls.count("edit") == edits:  # noqa: ASYNC110 - counted by the server
                            await asyncio.sleep(0.01)
                    case Moment.ANY:
                        await asyncio.sleep(self.chance.uniform(0.0, 3.0))
                    case Moment.STOPPED:
                        await asyncio.sleep(self.chance.uniform(0.0, 0.5))
                        self.bot.signal(signal.SIGSTOP)
                        await asyncio.sleep(1.0)
                        self.bot.signal(signal.SIGCONT)
                        await asyncio.sleep(self.chance.uniform(0.0, 0.5))

    async def finish(self, *, seconds: float = 180.0) -> Counts:
        """Wait until all is answered, or for so long, and count."""
        await self.acknowledged()
        await self.answered(seconds=seconds)
        await asyncio.sleep(1.0)  # a second answer would come now
        return self.count()

    async def answered(self, *, seconds: float) -> None:
        """Wait until all that was accepted is answered, or for so long."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.count().lost:  # noqa: ASYNC110 - seen in the chat, not told
            await asyncio.sleep(0.1)

    def count(self) -> Counts:
        """What can be seen in the chat of what was accepted."""
        standing = Counter(post.marker for post in self.chat.standing())
        said = {post.marker: post.text for post in self.chat.standing()}
        markers = {marker_of(id_) for id_ in self.accepted}
        finished = {marker for marker in markers if not said.get(marker, "Reading").startswith(_UNFINISHED)}
        return Counts(
            kills=self.kills,
            accepted=len(markers),
            lost=len(markers - finished),
            doubled=sum(number > 1 for number in standing.values()),
            gave_up=sum(said.get(marker, "").startswith(_GAVE_UP) for marker in markers),
        )


@asynccontextmanager
async def open_driver(
    folder: Path,
    *,
    seed: int = 1,
    database_url: str | None = None,
    roles: Sequence[str] = ("both",),
    engine: str = "shipped",
) -> AsyncIterator[Driver]:
    """A bot for each role, started, with their chat and their site; all ended with the block.

    On a SQLite file in the folder where no other database is named. `engine` as in `tests.handlers.crash.bot`.
    """
    async with open_chat_server() as chat, open_pages() as pages, _open_session() as session:
        bots = [
            Bot(
                database_url=database_url or f"sqlite:///{folder / 'claimcheck.db'}",
                chat_url=chat.url,
                log=folder / f"bot{number}.log",
                role=role,
                engine=engine,
            )
            for number, role in enumerate(roles)
        ]
        chance = random.Random(seed)  # noqa: S311 - for choosing moments
        driver = Driver(bots=bots, chat=chat, pages=pages, session=session, chance=chance)
        try:
            for bot in bots:
                await bot.spawn()
            for bot in bots:
                await bot.opened()
            yield driver
        finally:
            for task in driver.deliveries:
                task.cancel()
            await asyncio.gather(*driver.deliveries, return_exceptions=True)
            for bot in driver.bots:
                await bot.clear_away()


@asynccontextmanager
async def _open_session() -> AsyncIterator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(force_close=True, limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=10)) as session:
        yield session
