"""What Slack says of our tokens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from adapters.slack.probing import probe
from bot.errors import CannotPost


@asynccontextmanager
async def web_api() -> AsyncIterator[str]:
    """A Web API that knows the tokens xoxb-good and xapp-good."""

    async def answer(request: web.Request) -> web.Response:
        known = request.headers.get("Authorization", "").removesuffix("-good") in {"Bearer xoxb", "Bearer xapp"}
        told = {"ok": True, "user": "claimcheck", "team": "Port Example News", "url": "wss://x.example"}
        return web.json_response(told if known else {"ok": False, "error": "invalid_auth"})

    site = web.Application()
    site.router.add_post("/api/{method}", answer)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        await runner.cleanup()


@pytest.mark.asyncio
async def test_good_tokens_tell_who_the_bot_is() -> None:
    async with web_api() as url:
        who = await probe(url=url, bot_token="xoxb-good", app_token="xapp-good")  # noqa: S106  no secrets
    assert who == "claimcheck in the workspace Port Example News; Socket Mode is open to us"


@pytest.mark.asyncio
@pytest.mark.parametrize(("bot", "app"), [("xoxb-bad", "xapp-good"), ("xoxb-good", "xapp-bad")])
async def test_a_token_that_slack_does_not_know_is_said(bot: str, app: str) -> None:
    async with web_api() as url:
        with pytest.raises(CannotPost, match="not valid any more"):
            await probe(url=url, bot_token=bot, app_token=app)
