"""A process that only answers what another one took in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from adapters.discord.adapter import DiscordAdapter, TokenRefused
from tests.adapters.discord.conftest import MENTION, Desk, ended
from tests.adapters.discord.limits import displayed

LINK = "https://news.example/story"


@asynccontextmanager
async def speaking(adapter: DiscordAdapter) -> AsyncIterator[None]:
    task = asyncio.create_task(adapter.speak())
    try:
        await adapter.platform.line.client()
        yield
    finally:
        await ended(task)


@pytest.mark.asyncio
async def test_it_answers_in_threads_that_it_opens_and_hears_nothing_itself(desk: Desk) -> None:
    speaker = desk.open_adapter(desk.book)
    async with desk.connected(), speaking(speaker):
        desk.clerk.platform = speaker.platform
        asked = await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        await desk.answered()
        thread = desk.server.thread_on(asked)
        assert thread is not None
        (report,) = desk.server.own(thread)
        assert "4 claims" in displayed(report)
        assert len(desk.clerk.offered) == 1


@pytest.mark.asyncio
async def test_alone_it_takes_nothing_in(desk: Desk) -> None:
    async with speaking(desk.open_adapter(desk.book)):
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        await asyncio.sleep(0.2)
        assert desk.clerk.offered == []


@pytest.mark.asyncio
async def test_once_connected_it_is_in_no_trouble_without_a_gateway_for_it_has_only_to_post(desk: Desk) -> None:
    speaker = desk.open_adapter(desk.book)
    assert speaker.trouble
    async with speaking(speaker):
        assert speaker.trouble == ""
        desk.server.gateway.willing.clear()
        await desk.server.gateway.drop()
        await desk.server.until(lambda: desk.server.gateway.knocking)
        assert speaker.trouble == ""
        desk.server.gateway.willing.set()


@pytest.mark.asyncio
async def test_asked_to_end_while_it_connects_anew_it_ends(desk: Desk) -> None:
    gateway = desk.server.gateway
    async with speaking(desk.open_adapter(desk.book)):
        gateway.willing.clear()
        gateway.mute = True
        await gateway.drop()
        await desk.server.until(lambda: gateway.knocking)


@pytest.mark.asyncio
async def test_a_token_that_is_refused_ends_it(desk: Desk) -> None:
    desk.server.rest.fail_next("GET", r"/users/@me", status=401, body={"code": 0, "message": "401: Unauthorized"})
    with pytest.raises(TokenRefused):
        await desk.open_adapter(desk.book).speak()
