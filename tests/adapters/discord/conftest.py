"""The tests' Discord, the adapter connected to it with a stand-in for the service, and a server with people in it."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import discord
import pytest
import pytest_asyncio
from yarl import URL

from adapters.chat.adapter import Answering
from adapters.discord.adapter import DiscordAdapter
from adapters.discord.catching_up import Seen
from adapters.discord.edits import DeliveryBook
from adapters.discord.front import ChannelBook
from adapters.discord.permissions import permission_bits
from tests.adapters.discord.clerk import Book, Clerk
from tests.adapters.discord.server import TOKEN, DiscordServer, run_server
from tests.adapters.discord.world import BOT, Channel, Json

MENTION = f"<@{BOT}>"


@dataclass(kw_only=True)
class Desk:
    """Everything a test plays with."""

    server: DiscordServer
    clerk: Clerk
    book: Book
    seen_file: Path
    guild: int
    channel: Channel
    ada: Json
    bob: Json

    @property
    def tenant(self) -> str:
        return f"discord:{self.guild}"

    @asynccontextmanager
    async def connected(
        self, *, look_every: float = 30.0, now: Callable[[], float] = time.monotonic
    ) -> AsyncIterator[DiscordAdapter]:
        """The adapter with the stand-in behind it, connected and ready to post."""
        adapter = self.open_adapter(self.book, look_every=look_every, now=now)
        self.clerk.platform = adapter.platform
        async with running(adapter, self.clerk):
            yield adapter

    def open_adapter(
        self,
        channels: ChannelBook,
        *,
        deliveries: DeliveryBook | None = None,
        look_every: float = 30.0,
        now: Callable[[], float] = time.monotonic,
    ) -> DiscordAdapter:
        """An adapter for the tests' Discord, not connected yet."""
        return DiscordAdapter(
            TOKEN,
            channels=channels,
            deliveries=deliveries or self.clerk,
            seen_file=self.seen_file,
            origins=(self.server.base,),
            ready_within=0.02,
            look_every=look_every,
            now=now,
        )

    async def answered(self, count: int = 1) -> None:
        """Wait until the stand-in has answered so many requests."""
        await self.server.until(lambda: len(self.clerk.done) >= count)


@asynccontextmanager
async def running(adapter: DiscordAdapter, service: Answering) -> AsyncIterator[None]:
    """The adapter at work and ready to post; gone after the block, as if the process had ended."""
    task = asyncio.create_task(adapter.serve(service))
    ready = asyncio.create_task(adapter.platform.line.client())
    try:
        await asyncio.wait({ready, task}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
        await ready
        yield
    finally:
        ready.cancel()
        await ended(task)


async def ended(task: asyncio.Task[None]) -> None:
    """End what an adapter does; a test fails where that takes longer than it may."""
    task.cancel()
    await asyncio.wait({task}, timeout=20)
    assert task.done(), "the adapter does not end when it is told to"
    if not task.cancelled():
        task.result()


async def identify_at_once(_client: discord.Client, _shard: int | None, *, initial: bool = False) -> None:
    """In place of the five seconds that Discord wants between two shards, and after a session that it ended."""


@pytest_asyncio.fixture
async def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    async with run_server() as server:
        monkeypatch.setattr(discord.http.Route, "BASE", f"{server.base}/api/v10")
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", URL(server.gateway_url()))
        monkeypatch.setattr(discord.Client, "before_identify_hook", identify_at_once)
        guild = server.add_guild("Daily Planet", bot_may=permission_bits())
        desk = Desk(
            server=server,
            clerk=Clerk(),
            book=Book(),
            seen_file=tmp_path / "seen.json",
            guild=guild,
            channel=server.add_channel(guild, "news-desk"),
            ada=server.add_person("Ada"),
            bob=server.add_person("Bob"),
        )
        yield desk
        await desk.clerk.close()
        assert server.faults == []


@pytest.fixture
def desk_file(tmp_path: Path) -> Seen:
    return Seen(file=tmp_path / "seen.json")
