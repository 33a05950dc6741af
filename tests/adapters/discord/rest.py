"""The REST interface of the tests' Discord: the calls that the bot makes, answered or refused as Discord would."""

import asyncio
import json
import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from tests.adapters.discord import limits, world
from tests.adapters.discord.gateway import Gateway
from tests.adapters.discord.state import Call, Refused, State
from tests.adapters.discord.world import BOT, Channel, Json


@dataclass(kw_only=True)
class Fault:
    """What to answer instead of the real answer, once. `after`: do as asked first, then fail."""

    method: str
    path: str
    status: int = 500
    body: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    after: bool = False
    drop: bool = False


@dataclass(kw_only=True)
class Held:
    """Calls that wait until a test lets them go."""

    method: str
    path: str
    going: asyncio.Event = field(default_factory=asyncio.Event)

    def matches(self, call: Call) -> bool:
        return self.method == call.method and re.search(self.path, call.path) is not None


class Rest:
    """Answers calls, keeps them on record, and fails where a test has planned it."""

    def __init__(self, state: State, gateway: Gateway) -> None:
        self._state = state
        self._gateway = gateway
        self._planned: list[Fault] = []
        self._held: list[Held] = []
        self.waiting = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        call = await read_call(request)
        for held in self._held:
            if held.matches(call):
                self.waiting += 1
                await held.going.wait()
                self.waiting -= 1
        fault = self._planned_for(call)
        if fault is not None and not fault.after:
            self._state.calls.append(call)
            return await self._fail(request, fault)
        try:
            status, answer = self._answer(call)
        except Refused as refused:
            status, answer = refused.status, {"code": refused.code, "message": str(refused)}
        self._state.calls.append(call)
        await self._announce(call, answer, status)
        if fault is not None:
            return await self._fail(request, fault)
        return web.Response(status=status) if answer is None else _json(answer, status=status)

    def hold(self, method: str, path: str) -> asyncio.Event:
        """Answer no such call before the event is set."""
        held = Held(method=method, path=path)
        self._held.append(held)
        return held.going

    def fail_next(self, method: str, path: str, **fault: Any) -> None:  # noqa: ANN401 - the fields of Fault
        self._planned.append(Fault(method=method, path=path, **fault))

    def _planned_for(self, call: Call) -> Fault | None:
        for fault in self._planned:
            if fault.method == call.method and re.search(fault.path, call.path):
                self._planned.remove(fault)
                return fault
        return None

    async def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.drop and request.transport is not None:
            request.transport.close()
        return _json(fault.body, status=fault.status, headers=fault.headers)

    async def _announce(self, call: Call, answer: Json, status: int) -> None:
        if call.method == "POST" and call.path.endswith("/threads") and status == 201:
            await self._gateway.tell("THREAD_CREATE", answer | {"newly_created": True})
        if call.method == "POST" and re.fullmatch(r"/channels/\d+/messages", call.path) and status == 200:
            channel = self._state.channels[int(answer["channel_id"])]
            await self._gateway.tell("MESSAGE_CREATE", self._state.event_of(channel, answer))

    def _answer(self, call: Call) -> tuple[int, Any]:
        for method, pattern, answer in _ROUTES:
            found = re.fullmatch(pattern, call.path)
            if found and method == call.method:
                return answer(self._state, call, *found.groups())  # type: ignore[no-any-return]
        self._state.faults.append(f"no such route: {call.method} {call.path}")
        raise Refused(404, 0, "404: Not Found")

    async def download(self, request: web.Request) -> web.Response:
        data = self._state.cdn.get(request.path)
        return web.Response(body=data) if data is not None else web.Response(status=404)


def _json(answer: Json | list[Json], *, status: int, headers: dict[str, str] | None = None) -> web.Response:
    """As Discord answers: discord.py reads JSON only under just this type."""
    body = json.dumps(answer).encode()
    return web.Response(body=body, status=status, headers={"Content-Type": "application/json"} | (headers or {}))


async def read_call(request: web.Request) -> Call:
    body: Json = {}
    files: list[tuple[str, bytes]] = []
    if request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            data = bytes(await part.read())
            if part.name == "payload_json":
                body = json.loads(data)
            else:
                files.append((part.filename or "", data))
    elif request.can_read_body:
        loaded = json.loads(await request.read())
        body = loaded if isinstance(loaded, dict) else {"list": loaded}
    path = request.path.removeprefix("/api/v10")
    return Call(method=request.method, path=path, body=body, files=tuple(files), query=dict(request.query))


def _channel_messages(state: State, call: Call, id_: str) -> tuple[int, Any]:
    channel = state.channel(id_, "see", "history")
    listed = sorted(channel.messages.values(), key=lambda one: int(one["id"]))
    after, before = call.query.get("after"), call.query.get("before")
    limit = int(call.query.get("limit", 50))
    if after is not None:
        listed = [one for one in listed if int(one["id"]) > int(after)][:limit]
    elif before is not None:
        listed = [one for one in listed if int(one["id"]) < int(before)]
    intents = world.MESSAGE_CONTENT if state.content_allowed else 0
    return 200, [state.veiled(one, intents=intents) for one in listed[-limit:]][::-1]


def _get_message(state: State, _call: Call, id_: str, message: str) -> tuple[int, Any]:
    channel = state.channel(id_, "see", "history")
    if int(message) not in channel.messages:
        raise Refused(404, 10008, "Unknown Message")
    intents = world.MESSAGE_CONTENT if state.content_allowed else 0
    return 200, state.veiled(channel.messages[int(message)], intents=intents)


def _post_message(state: State, call: Call, id_: str) -> tuple[int, Any]:
    needs = (
        ["see", "send_in_thread" if state.channels[int(id_)].is_thread else "send"]
        if int(id_) in state.channels
        else []
    )
    needs += ["attach"] * bool(call.files) + ["embed"] * bool(call.body.get("embeds"))
    needs += ["history"] * bool(call.body.get("message_reference"))
    channel = state.channel(id_, *needs)
    if channel.is_thread and channel.data["thread_metadata"]["locked"]:
        raise Refused(403, 160005, "Thread is locked")
    state.check(limits.faults_of_message(call.body, files=call.files))
    nonce = (channel.id, str(call.body.get("nonce")))
    if call.body.get("enforce_nonce") and nonce in state.nonces:
        return 200, state.nonces[nonce]
    reference = call.body.get("message_reference") or {}
    if reference and int(reference["message_id"]) not in channel.messages and reference.get("fail_if_not_exists", True):
        raise Refused(400, 50035, "Unknown message")
    if channel.is_thread:
        channel.data["thread_metadata"]["archived"] = False
    posted = state.post(channel, call)
    state.nonces[nonce] = posted
    return 200, posted


def _edit_message(state: State, call: Call, id_: str, message: str) -> tuple[int, Any]:
    channel = state.channel(id_, "see", *["attach"] * bool(call.files))
    if int(message) not in channel.messages:
        raise Refused(404, 10008, "Unknown Message")
    if channel.is_thread and channel.data["thread_metadata"]["archived"]:
        raise Refused(400, 50083, "Thread is archived")
    state.check(limits.faults_of_message(call.body, files=call.files, edit=True))
    return 200, state.revise(channel.messages[int(message)], call)


def _delete_message(state: State, _call: Call, id_: str, message: str) -> tuple[int, Any]:
    channel = state.channel(id_, "see")
    if channel.messages.pop(int(message), None) is None:
        raise Refused(404, 10008, "Unknown Message")
    return 204, None


def _open_thread(state: State, call: Call, id_: str, message: str) -> tuple[int, Any]:
    parent = state.channel(id_, "see", "history", "open")
    if int(message) not in parent.messages:
        raise Refused(404, 10008, "Unknown Message")
    if int(message) in state.channels:
        raise Refused(400, 160004, "A thread has already been created for this message")
    state.check(limits.faults_of_thread(call.body))
    opened = state.add_thread(parent, call.body["name"], id_=int(message), owner=BOT)
    opened.data["thread_metadata"]["auto_archive_duration"] = call.body["auto_archive_duration"]
    return 201, opened.data


def _edit_channel(state: State, call: Call, id_: str) -> tuple[int, Any]:
    channel = state.channel(id_, "see", *["send_in_thread"] * ("archived" in call.body))
    if channel.data["thread_metadata"]["locked"]:
        raise Refused(403, 50013, "Missing Permissions")
    if "name" in call.body:
        state.check([] if 1 <= len(call.body["name"]) <= 100 else ["thread name"])
        channel.data["name"] = call.body["name"]
    if "archived" in call.body:
        channel.data["thread_metadata"]["archived"] = call.body["archived"]
    return 200, channel.data


def _get_channel(state: State, _call: Call, id_: str) -> tuple[int, Any]:
    return 200, state.channel(id_, "see").data


def _open_direct(state: State, call: Call) -> tuple[int, Any]:
    return 200, state.add_direct(state.people[int(call.body["recipient_id"])]).data


def _callback(state: State, call: Call, id_: str, token: str) -> tuple[int, Any]:
    known = state.interactions[token]
    if known["callback"] is not None:
        raise Refused(400, 40060, "Interaction has already been acknowledged")
    kind, data = call.body["type"], call.body.get("data") or {}
    known["callback"] = call.body
    if kind == 9:
        state.check(limits.faults_of_modal(data))
    if kind == 4:
        state.check(limits.faults_of_message(data, files=call.files))
    answer: Json = {"interaction": {"id": id_, "type": known["event"]["type"]}}
    if kind in {4, 5}:
        ephemeral = bool(data.get("flags", 0) & 64)
        posted = _answer_interaction(state, known, Call(method="", path="", body=data, files=call.files))
        known["original"] = posted
        answer["interaction"] |= {"response_message_id": posted["id"], "response_message_ephemeral": ephemeral}
        answer["resource"] = {"type": kind, "message": posted}
    return 200, answer


def _answer_interaction(state: State, known: Json, call: Call) -> Json:
    """A message by token: in the channel for all to see, or for the person alone."""
    channel: Channel = known["channel"]
    if call.body.get("flags", 0) & 64:
        apart = Channel(data=channel.data, guild=None, bot_may=-1)
        posted = state.post(apart, call)
    else:
        posted = state.post(channel, call)
    known["answers"].append(posted)
    return posted


def _known(state: State, token: str) -> Json:
    known = state.interactions.get(token)
    if known is None or known.get("expired"):
        raise Refused(401, 50027, "Invalid Webhook Token")
    return known


def _followup(state: State, call: Call, token: str) -> tuple[int, Any]:
    known = _known(state, token)
    state.check(limits.faults_of_message(call.body, files=call.files))
    return 200, _answer_interaction(state, known, call)


def _edit_original(state: State, call: Call, token: str, which: str) -> tuple[int, Any]:
    known = _known(state, token)
    state.check(limits.faults_of_message(call.body, files=call.files, edit=True))
    posted = next((one for one in known["answers"] if which in {"@original", one["id"]}), None)
    if posted is None:
        raise Refused(404, 10008, "Unknown Message")
    return 200, state.revise(posted, call)


def _delete_original(state: State, _call: Call, token: str, which: str) -> tuple[int, Any]:
    known = _known(state, token)
    gone = [one for one in known["answers"] if which in {"@original", one["id"]}][:1]
    known["answers"] = [one for one in known["answers"] if one not in gone]
    return 204, None


def _put_commands(state: State, call: Call, id_: str) -> tuple[int, Any]:
    state.check(limits.faults_of_commands(call.body["list"]))
    filled = {
        "application_id": id_,
        "version": "1",
        "default_member_permissions": None,
        "nsfw": False,
        "description": "",
    }
    state.commands = [filled | {"id": str(state.ids.new())} | command for command in call.body["list"]]
    return 200, state.commands


_ROUTES: tuple[tuple[str, str, Any], ...] = (
    ("GET", r"/users/@me", lambda state, *_: (200, state.me)),
    ("GET", r"/oauth2/applications/@me", lambda state, *_: (200, {
        "id": str(BOT), "name": "claimcheck", "description": "", "icon": None, "bot_public": True,
        "bot_require_code_grant": False, "verify_key": "", "team": None,
        "flags": (1 << 19) * state.content_allowed, "summary": "",
        "owner": world.user(1, "owner")})),
    ("GET", r"/gateway/bot", lambda state, *_: (200, {
        "url": state.gateway_url(), "shards": state.shards,
        "session_start_limit": {"total": 9, "remaining": 9, "reset_after": 0, "max_concurrency": 16}})),
    ("GET", r"/channels/(\d+)/messages", _channel_messages),
    ("POST", r"/channels/(\d+)/messages", _post_message),
    ("GET", r"/channels/(\d+)/messages/(\d+)", _get_message),
    ("PATCH", r"/channels/(\d+)/messages/(\d+)", _edit_message),
    ("DELETE", r"/channels/(\d+)/messages/(\d+)", _delete_message),
    ("POST", r"/channels/(\d+)/messages/(\d+)/threads", _open_thread),
    ("PATCH", r"/channels/(\d+)", _edit_channel),
    ("GET", r"/channels/(\d+)", _get_channel),
    ("POST", r"/users/@me/channels", _open_direct),
    ("POST", r"/interactions/(\d+)/([^/]+)/callback", _callback),
    ("POST", rf"/webhooks/{BOT}/([^/]+)", _followup),
    ("PATCH", rf"/webhooks/{BOT}/([^/]+)/messages/([^/]+)", _edit_original),
    ("DELETE", rf"/webhooks/{BOT}/([^/]+)/messages/([^/]+)", _delete_original),
    ("GET", r"/applications/(\d+)/commands", lambda state, *_: (200, state.commands)),
    ("PUT", r"/applications/(\d+)/commands", _put_commands),
)  # fmt: skip
