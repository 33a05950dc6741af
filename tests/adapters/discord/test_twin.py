"""A few flows against an independent stand-in for Discord: the tests shall not rest on our own reading of it alone."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest
import pytest_asyncio

from adapters.discord.adapter import DiscordAdapter
from tests.adapters.discord.clerk import PLACEHOLDER, Book, Clerk, marker_of
from tests.adapters.discord.conftest import MENTION, running
from tests.adapters.discord.limits import buttons_of, displayed
from tests.adapters.discord.server import TOKEN
from tests.adapters.discord.twin_front import TWIN, Twin, run_twin
from tests.adapters.discord.world import BOT, Json

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not (TWIN / "node_modules" / "discord-digital-twin").exists(),
    reason="needs Node 20 and: npm install --prefix tests/adapters/discord/twin",
)
LINK = "https://news.example/story"


@pytest_asyncio.fixture
async def twin(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Twin]:
    async with run_twin(TOKEN) as (twin, base):
        monkeypatch.setattr(discord.http.Route, "BASE", f"{base}/api/v10")
        yield twin
        assert twin.faults == []


@pytest_asyncio.fixture
async def clerk(twin: Twin, tmp_path: Path) -> AsyncIterator[Clerk]:
    """The stand-in for the service, with the adapter connected to the twin."""
    clerk = Clerk()
    adapter = DiscordAdapter(
        TOKEN, channels=Book(), deliveries=clerk, seen_file=tmp_path / "seen.json", ready_within=0.2
    )
    clerk.platform = adapter.platform
    async with running(adapter, clerk):
        yield clerk
    await clerk.close()
    assert twin.told


async def own(twin: Twin, channel: str, words: str) -> Json:
    """The bot's message in a channel that says this, once it does."""
    async with asyncio.timeout(20):
        while True:
            for message in await twin.do("messages", channelId=channel):
                if message["author"]["id"] == str(BOT) and words in displayed(message):
                    return dict(message)
            await asyncio.sleep(0.05)


@pytest.mark.asyncio
async def test_a_mention_is_answered_in_a_thread(twin: Twin, clerk: Clerk) -> None:
    asked = await twin.do("say", channelId=twin.told["channel"], content=f"{MENTION} {LINK}")
    await own(twin, asked["id"], "4 claims")
    (incoming,) = clerk.requests.values()
    assert incoming.request.message == LINK
    assert incoming.place.tenant == f"discord:{twin.told['guild']}"


@pytest.mark.asyncio
async def test_a_post_is_found_by_its_marker(twin: Twin, clerk: Clerk) -> None:
    asked = await twin.do("say", channelId=twin.told["channel"], content=f"{MENTION} {LINK}")
    await own(twin, asked["id"], "4 claims")
    (incoming,) = clerk.requests.values()
    assert clerk.platform is not None
    thread = clerk.platform.open_thread(incoming.place)
    posted = await thread.post(PLACEHOLDER, marker=marker_of("another"))
    assert await thread.find(marker_of("another")) == posted


@pytest.mark.asyncio
async def test_a_slash_command_is_answered_in_a_thread_on_its_response(twin: Twin, clerk: Clerk) -> None:
    options = [{"name": "link_or_text", "type": 3, "value": LINK}]
    await twin.do("command", channelId=twin.told["channel"], name="check", options=options)
    response = await own(twin, twin.told["channel"], "asked for by")
    await own(twin, response["id"], "4 claims")
    assert len(clerk.requests) == 1


@pytest.mark.asyncio
async def test_a_button_is_answered(twin: Twin, clerk: Clerk) -> None:
    asked = await twin.do("say", channelId=twin.told["channel"], content=f"{MENTION} {LINK}")
    report = await own(twin, asked["id"], "4 claims")
    custom_id = buttons_of(report)["Sources"]
    await twin.do("click", channelId=asked["id"], messageId=report["id"], customId=custom_id)
    await own(twin, asked["id"], "Done.")
    assert len(clerk.acted) == 1
