"""Slack, as far as the bot uses it: Web API, Socket Mode, files and response URLs, on loopback, recording all calls."""

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from adapters.slack.capabilities import METHODS
from tests.adapters.slack.budgets import broken_by, broken_by_view

BOT = "UBOT"
BOT_ID = "BBOT"
TOKENS = {"xoxb-one": "T1", "xoxb-two": "T2", "xapp-one": ""}

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong with one call. `done`: it was carried out all the same before the connection broke."""

    status: int = 200
    error: str = ""
    drop: bool = False
    done: bool = False
    silent: bool = False  # no answer ever
    retry_after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the Web API."""

    method: str
    team: str
    arguments: Payload


@dataclass(kw_only=True)
class SlackServer:
    """The state of a small Slack, and what was asked of it."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    messages: dict[str, Payload] = field(default_factory=dict)
    ephemerals: list[Payload] = field(default_factory=list)
    responses: list[Payload] = field(default_factory=list)
    views: list[Payload] = field(default_factory=list)
    uploads: dict[str, bytes] = field(default_factory=dict)
    shared: list[Payload] = field(default_factory=list)
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    file_names: dict[str, str] = field(default_factory=dict)
    channels: dict[str, Payload] = field(default_factory=dict)
    users: dict[str, Payload] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=lambda: dict(TOKENS))
    grants: dict[str, Payload] = field(default_factory=dict)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    held: dict[str, asyncio.Event] = field(default_factory=dict)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    _acks: dict[str, asyncio.Future[Payload]] = field(default_factory=dict)
    _count: int = 0
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def called(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def posts(self, channel: str | None = None) -> list[Payload]:
        ours = [message for message in self.messages.values() if message.get("user") == BOT]
        return [message for message in ours if channel in (None, message["channel"])]

    def hold(self, method: str) -> asyncio.Event:
        """Answer no call of this method until the event is set."""
        self.held[method] = asyncio.Event()
        return self.held[method]

    def say(self, channel: str, ts: str, text: str, **more: object) -> Payload:
        """A message of a person's that stands in a channel."""
        message = {"type": "message", "channel": channel, "ts": ts, "text": text, "user": "U1", **more}
        self.messages[ts] = message
        return message

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until the condition holds; the test's own time limit ends a wait in vain."""
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(condition)

    async def deliver(self, kind: str, payload: Payload, *, envelope: str = "") -> Payload:
        """Send an envelope over the socket; what it is acknowledged with."""
        self._count += 1
        envelope = envelope or f"e{self._count}"
        future: asyncio.Future[Payload] = asyncio.get_running_loop().create_future()
        self._acks[envelope] = future
        await self.sockets[-1].send_json(
            {"type": kind, "envelope_id": envelope, "payload": payload, "accepts_response_payload": True}
        )
        async with asyncio.timeout(20):
            return await future

    async def drop(self) -> None:
        """Break the socket."""
        self.connected.clear()
        await self.sockets[-1].close()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(arguments.get("token", ""))
        assert method in METHODS, f"{method} is not in the table of methods"
        fault = next(iter(self.faults.get(method, [])), None)
        if fault is not None:
            self.faults[method].pop(0)
        if token not in self.tokens and method != "oauth.v2.access":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        self.calls.append(Call(method=method, team=self.tokens.get(token, ""), arguments=arguments))
        if method in self.held:
            await self.held[method].wait()
        if fault is None or fault.done:
            answer = getattr(self, f"_{method.replace('.', '_')}")(arguments, self.tokens.get(token, ""))
        else:
            answer = {"ok": False, "error": fault.error or "fault"}
        await self._notify()
        if fault is not None and fault.silent:
            await asyncio.Event().wait()
        if fault is not None and fault.drop:
            assert request.transport is not None
            request.transport.abort()
        if fault is not None and fault.status != 200:
            headers = {"Retry-After": str(fault.retry_after)} if fault.status == 429 else {}
            return web.json_response(answer, status=fault.status, headers=headers)
        return web.json_response({"ok": True, **answer})

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        connection = web.WebSocketResponse()
        await connection.prepare(request)
        self.sockets.append(connection)
        await connection.send_json({"type": "hello", "num_connections": 1})
        self.connected.set()
        async for message in connection:
            if message.type is WSMsgType.TEXT:
                answer = json.loads(message.data)
                future = self._acks.pop(answer.get("envelope_id", ""), None)
                if future is not None and not future.done():
                    future.set_result(answer.get("payload") or {})
        return connection

    async def file(self, request: web.Request) -> web.Response:
        data, kind = self.files[request.match_info["name"]]
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return web.Response(text="<html>sign in</html>", content_type="text/html")
        return web.Response(body=data, content_type=kind)

    async def upload(self, request: web.Request) -> web.Response:
        self.uploads[request.match_info["id"]] = await request.read()
        return web.Response(text="OK")

    async def respond(self, request: web.Request) -> web.Response:
        payload = await request.json()
        self.broken += broken_by(payload.get("blocks"), text=payload.get("text"))
        self.responses.append(payload)
        await self._notify()
        return web.Response(text="ok")

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _new_ts(self) -> str:
        self._count += 1
        return f"1800000000.{self._count:06d}"

    def _auth_test(self, _: Payload, team: str) -> Payload:
        return {"team_id": team, "user_id": BOT, "bot_id": BOT_ID}

    def _apps_connections_open(self, _: Payload, _team: str) -> Payload:
        return {"url": self.url.replace("http://", "ws://") + "/socket"}

    def _chat_postMessage(self, call: Payload, team: str) -> Payload:  # noqa: N802 - Slack's name of it
        self.broken += broken_by(call.get("blocks"), text=call.get("text"))
        assert call.get("unfurl_links") in (False, "0", "false"), "links must not unfurl"
        assert not call.get("reply_broadcast")
        ts = self._new_ts()
        self.messages[ts] = {"type": "message", "user": BOT, "bot_id": BOT_ID, "ts": ts, "team": team, **call}
        return {"ts": ts, "channel": call["channel"]}

    def _chat_update(self, call: Payload, _: str) -> Payload:
        self.broken += broken_by(call.get("blocks"), text=call.get("text"))
        self.messages[call["ts"]].update({key: value for key, value in call.items() if value is not None})
        return {"ts": call["ts"]}

    def _chat_postEphemeral(self, call: Payload, _: str) -> Payload:  # noqa: N802 - Slack's name of it
        self.broken += broken_by(call.get("blocks"), text=call.get("text"))
        self.ephemerals.append(call)
        return {"message_ts": self._new_ts()}

    def _chat_delete(self, call: Payload, _: str) -> Payload:
        self.messages.pop(call["ts"], None)
        return {}

    def _conversations_replies(self, call: Payload, _: str) -> Payload:
        root = call["ts"]
        found = [message for ts, message in sorted(self.messages.items()) if root in (ts, message.get("thread_ts"))]
        return {"messages": found}

    def _conversations_history(self, call: Payload, _: str) -> Payload:
        return {"messages": [m for m in self.messages.values() if m["channel"] == call["channel"]]}

    def _conversations_info(self, call: Payload, _: str) -> Payload:
        return {"channel": self.channels.get(call["channel"], {"is_channel": True, "is_private": False})}

    def _conversations_open(self, call: Payload, _: str) -> Payload:
        return {"channel": {"id": f"D{call['users']}"}}

    def _users_info(self, call: Payload, _: str) -> Payload:
        return {"user": {"id": call["user"], "name": "someone", **self.users.get(call["user"], {})}}

    def _views_open(self, call: Payload, _: str) -> Payload:
        view = json.loads(call["view"]) if isinstance(call["view"], str) else call["view"]
        self.broken += broken_by_view(view)
        self.views.append(view)
        return {"view": {"id": "V1"}}

    def _reactions_add(self, _: Payload, _team: str) -> Payload:
        return {}

    def _files_info(self, call: Payload, _: str) -> Payload:
        named = {"name": self.file_names[call["file"]]} if call["file"] in self.file_names else {}
        return {"file": {"id": call["file"], "url_private": f"{self.url}/files/{call['file']}", "size": 3, **named}}

    def _files_getUploadURLExternal(self, _: Payload, _team: str) -> Payload:  # noqa: N802 - Slack's name of it
        self._count += 1
        return {"file_id": f"F{self._count}", "upload_url": f"{self.url}/upload/F{self._count}"}

    def _files_completeUploadExternal(self, call: Payload, _: str) -> Payload:  # noqa: N802 - Slack's name of it
        files = json.loads(call["files"])
        self.shared.append({**call, "files": files})
        return {"files": files}

    def _oauth_v2_access(self, call: Payload, _: str) -> Payload:
        return self.grants[str(call.get("code") or call.get("refresh_token"))]


@asynccontextmanager
async def serve_slack() -> AsyncIterator[SlackServer]:
    server = SlackServer()
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/api/{method}", server.handle)
    app.router.add_get("/socket", server.socket)
    app.router.add_get("/files/{name}", server.file)
    app.router.add_post("/upload/{id}", server.upload)
    app.router.add_post("/respond", server.respond)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = re.sub(r":0$", "", f"http://127.0.0.1:{runner.addresses[0][1]}")
    try:
        yield server
    finally:
        for connection in server.sockets:
            with contextlib.suppress(ConnectionError):
                await connection.close()
        await runner.cleanup()


async def _arguments(request: web.Request) -> Payload:
    if request.content_type == "application/json":
        return dict(await request.json())
    found: Mapping[str, Any] = {**request.query, **await request.post()}
    return {key: _json(key, value) for key, value in found.items()}


def _json(key: str, value: object) -> object:
    return json.loads(value) if key in {"blocks", "metadata"} and isinstance(value, str) else value
