"""The platform's side of the crashes: deliver until acknowledged, kill at chosen moments, count what can be seen."""

import asyncio
import contextlib
import random
import signal
import socket
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
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

ROOT = Path(__file__).parents[3]
_UNFINISHED = ("Reading", "Queued")
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
    """One bot that is killed over and over, and everything that was asked of it."""

    database: Path
    chat: ChatServer
    pages: Pages
    session: aiohttp.ClientSession
    port: int
    log: Path
    chance: random.Random
    process: asyncio.subprocess.Process | None = None
    accepted: list[str] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    deliveries: list["asyncio.Task[None]"] = field(default_factory=list)
    kills: int = 0
    _numbers: int = 0

    async def start(self) -> None:
        """Start the bot and wait until its door is open."""
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.handlers.crash.bot",
                f"sqlite:///{self.database}",
                self.chat.url,
                str(self.port),
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
        async with asyncio.timeout(60):
            while not await self._is_open():
                if self.process.returncode is not None:
                    msg = f"the bot ended by itself:\n{self.log.read_text(encoding='utf-8')[-3000:]}"
                    raise AssertionError(msg)
                await asyncio.sleep(0.05)

    async def _is_open(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        return True

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the bot."""
        assert self.process is not None
        self.process.send_signal(number)

    async def kill(self) -> None:
        """SIGKILL, from outside."""
        self.signal(signal.SIGKILL)
        assert self.process is not None
        await self.process.wait()
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
            try:
                async with self.session.post(f"http://127.0.0.1:{self.port}/event", json=event) as response:
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
        await self.start()

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
                        self.signal(signal.SIGSTOP)
                        await asyncio.sleep(1.0)
                        self.signal(signal.SIGCONT)
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
async def open_driver(folder: Path, *, seed: int = 1) -> AsyncIterator[Driver]:
    """A bot on a database in the folder, started, with its chat and its site; all ended with the block."""
    async with open_chat_server() as chat, open_pages() as pages, _open_session() as session:
        driver = Driver(
            database=folder / "claimcheck.db",
            chat=chat,
            pages=pages,
            session=session,
            port=_free_port(),
            log=folder / "bot.log",
            chance=random.Random(seed),  # noqa: S311 - for choosing moments
        )
        await driver.start()
        try:
            yield driver
        finally:
            for task in driver.deliveries:
                task.cancel()
            await asyncio.gather(*driver.deliveries, return_exceptions=True)
            if driver.process is not None and driver.process.returncode is None:
                driver.process.send_signal(signal.SIGCONT)
                driver.process.kill()
                await driver.process.wait()


@asynccontextmanager
async def _open_session() -> AsyncIterator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(force_close=True, limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=10)) as session:
        yield session


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
