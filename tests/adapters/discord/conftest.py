"""The tests' Discord, the adapter connected to it with a stand-in for the service, and a server with people in it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import discord
import pytest
import pytest_asyncio
from yarl import URL

from adapters.discord.adapter import DiscordAdapter
from adapters.discord.catching_up import Seen
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
    async def connected(self) -> AsyncIterator[DiscordAdapter]:
        """The adapter, connected and ready to post; gone after the block, as if the process had ended."""
        adapter = DiscordAdapter(
            TOKEN, channels=self.book, seen_file=self.seen_file, origins=(self.server.base,), ready_within=0.02
        )
        self.clerk.platform = adapter.platform
        task = asyncio.create_task(adapter.serve(self.clerk))
        try:
            ready = asyncio.create_task(adapter.platform.line.client())
            await asyncio.wait({ready, task}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                ready.cancel()
                task.result()
            await ready
            yield adapter
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def answered(self, count: int = 1) -> None:
        """Wait until the stand-in has answered so many requests."""
        await self.server.until(lambda: len(self.clerk.done) >= count)


@pytest_asyncio.fixture
async def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    async with run_server() as server:
        monkeypatch.setattr(discord.http.Route, "BASE", f"{server.base}/api/v10")
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", URL(server.gateway_url()))
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
