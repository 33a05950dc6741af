"""A thin front before the twin (npm: discord-digital-twin), which fills what it leaves out of Discord's own ways.

Filled in: the shard in READY, mentions in messages, in whose name an interaction comes, the application and the list of
commands over REST, the message that a deferred interaction gets, the id of a thread (that of its message), JSON without
a charset, and plain bodies for uploads.
What discord.py and the adapter then see is the twin's: its messages, threads, interactions and webhooks.
"""

import asyncio
import json
import re
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, web

from tests.adapters.discord import limits, world
from tests.adapters.discord.rest import read_call
from tests.adapters.discord.world import BOT, Json

TWIN = Path(__file__).parent / "twin"


@dataclass(kw_only=True)
class Twin:
    """The twin's process, spoken to in lines of JSON, and where to reach it through the front."""

    session: ClientSession
    process: Process | None = None
    told: Json = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def do(self, deed: str, **what: object) -> Any:  # noqa: ANN401 - JSON
        assert self.process is not None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        async with self.turn:
            self.process.stdin.write((json.dumps({"deed": deed} | what) + "\n").encode())
            line = await asyncio.wait_for(self.process.stdout.readline(), 20)
        assert line, "the twin has died"
        return json.loads(line)

    async def rest(self, request: web.Request) -> web.Response:
        call = await read_call(request)
        if call.path == "/oauth2/applications/@me":
            return answer({
                "id": str(BOT), "name": "claimcheck", "description": "", "icon": None, "bot_public": True,
                "bot_require_code_grant": False, "verify_key": "", "team": None, "flags": 0,
                "owner": world.user(1, "owner")})  # fmt: skip
        if call.path.endswith("/commands") and call.method == "GET":
            return answer(self.commands)
        if call.path.endswith("/messages") and call.method == "POST":
            self.faults += limits.faults_of_message(call.body, files=call.files)
        body: object = call.body.get("list", call.body)
        status, found = await self.pass_on(request.method, request.path, body, query=call.query)
        if call.path.endswith("/commands") and isinstance(found, list):
            self.commands = found
        if call.path.endswith("/threads") and call.method == "POST" and status == 200:
            message = call.path.split("/")[-2]
            await self.do("identify", channelId=found["id"], as_=message)
            found["id"] = message
        if call.path.endswith("/callback") and status == 204 and call.body["type"] == 5:
            found = await self._deferred(call.path, call.body)
            status = 200
        elif call.path.endswith("/callback"):
            found, status = {"interaction": {"id": "1", "type": 2}}, 200
        return answer(found, status=status) if found is not None else web.Response(status=status)

    async def pass_on(
        self, method: str, path: str, body: object = None, *, query: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        headers = {"Authorization": f"Bot {self.told['token']}"}
        url = self.told["rest"].removesuffix("/api") + path
        sent = None if method == "GET" else body
        async with self.session.request(method, url, json=sent, headers=headers, params=query) as response:
            text = await response.text()
            return response.status, json.loads(text) if text.startswith(("{", "[")) else None

    async def _deferred(self, path: str, body: Json) -> Json:
        """The message that Discord shows as “thinking”, which the twin makes only at the first edit."""
        found = re.fullmatch(r"/interactions/(\d+)/([^/]+)/callback", path)
        assert found is not None
        edit = f"/api/v10/webhooks/{BOT}/{found[2]}/messages/@original"
        flags = (body.get("data") or {}).get("flags", 0)
        _, posted = await self.pass_on("PATCH", edit, {"content": "thinking", "flags": flags})
        interaction = {"id": found[1], "type": 2, "response_message_id": posted["id"]}
        return {"interaction": interaction, "resource": {"type": 5, "message": posted}}

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        ours = web.WebSocketResponse()
        await ours.prepare(request)
        async with self.session.ws_connect(self.told["gateway"]) as theirs:
            back = asyncio.create_task(self._pass_back(theirs, ours))
            async for frame in ours:
                if frame.type is WSMsgType.TEXT:
                    await theirs.send_str(frame.data)
            back.cancel()
        return ours

    async def _pass_back(self, theirs: ClientWebSocketResponse, ours: web.WebSocketResponse) -> None:
        async for frame in theirs:
            if frame.type is WSMsgType.TEXT:
                payload = json.loads(frame.data)
                if payload.get("t"):
                    self._fill(payload["t"], payload["d"])
                await ours.send_str(json.dumps(payload))

    def _fill(self, event: str, data: Json) -> None:
        if event == "READY":
            data["shard"] = [0, 1]
        if event == "MESSAGE_CREATE" and f"<@{BOT}>" in data["content"]:
            data["mentions"] = [world.user(BOT, "claimcheck", bot=True)]
        if event == "INTERACTION_CREATE":
            data["authorizing_integration_owners"] = {"0": data["guild_id"]}


def answer(found: object, *, status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(found).encode(), status=status, headers={"Content-Type": "application/json"})


@asynccontextmanager
async def run_twin(token: str) -> AsyncIterator[tuple[Twin, str]]:
    """The twin behind its front, and the address of the front."""
    async with ClientSession() as session:
        twin = Twin(session=session)
        app = web.Application()
        app.router.add_get("/gateway", twin.gateway)
        app.router.add_get("/gateway/", twin.gateway)
        app.router.add_route("*", "/api/v10/{tail:.*}", twin.rest)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        command = ("node", "twin.mjs", base.replace("http", "ws", 1) + "/gateway", token, str(BOT))
        process = await asyncio.create_subprocess_exec(*command, cwd=TWIN, stdin=PIPE, stdout=PIPE)
        try:
            twin.process = process
            assert process.stdout is not None
            twin.told = json.loads(await asyncio.wait_for(process.stdout.readline(), 60)) | {"token": token}
            yield twin, base
        finally:
            process.kill()
            await process.wait()
            await runner.cleanup()
