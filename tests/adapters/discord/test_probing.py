"""What Discord says of our token."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import discord
import pytest
from aiohttp import web

from adapters.discord.adapter import TokenRefused
from adapters.discord.probing import probe
from bot.errors import TryLater

ME = {"id": "1", "username": "claimcheck", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION: Mapping[str, object] = {
    "id": "1",
    "name": "claimcheck",
    "description": "",
    "icon": None,
    "rpc_origins": [],
    "bot_public": True,
    "bot_require_code_grant": False,
    "owner": ME,
    "team": None,
    "verify_key": "",
    "flags": 0,
}


@asynccontextmanager
async def rest(*, status: int = 200) -> AsyncIterator[str]:
    async def answer(request: web.Request) -> web.Response:
        told: Mapping[str, object] = ME if request.path.endswith("users/@me") else APPLICATION
        if status != 200:
            told = {"message": "401: Unauthorized", "code": 0}
        body = json.dumps(told).encode()  # with the content type as Discord writes it, without a charset
        return web.Response(body=body, status=status, content_type="application/json")

    site = web.Application()
    site.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@pytest.mark.asyncio
async def test_a_good_token_tells_who_the_bot_is(monkeypatch: pytest.MonkeyPatch) -> None:
    async with rest() as url:
        monkeypatch.setattr(discord.http.Route, "BASE", url)
        assert await probe("a.b.c") == "claimcheck"


@pytest.mark.asyncio
async def test_a_token_that_discord_does_not_know_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    async with rest(status=401) as url:
        monkeypatch.setattr(discord.http.Route, "BASE", url)
        with pytest.raises(TokenRefused, match="DISCORD_BOT_TOKEN"):
            await probe("a.b.c")


@pytest.mark.asyncio
async def test_a_discord_that_does_not_answer_is_no_wrong_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:9")
    with pytest.raises(TryLater, match="does not answer"):
        await probe("a.b.c")
