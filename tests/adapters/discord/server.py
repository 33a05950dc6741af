"""A Discord of the tests' own on loopback: REST and gateway as discord.py speaks them, every request on record.

It refuses what Discord would refuse: bodies over the documented limits (they are put on `faults` too, which no test may
leave behind), calls without permission, messages and content that the bot may not see.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import WSMsgType, web
from aiohttp.multipart import BodyPartReader

from tests.adapters.discord import limits, world
from tests.adapters.discord.world import BOT, Channel, Json, Snowflakes

TOKEN = "OTAwMDAwMDAwMDAwMDAwMDAx.fake.token"  # noqa: S105 - the tests' own
_NEEDS = {  # What a call needs in its channel, as documented: permission bits.
    "see": 1 << 10, "send": 1 << 11, "embed": 1 << 14, "attach": 1 << 15, "history": 1 << 16, "open": 1 << 35,
    "send_in_thread": 1 << 38,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request of the bot's."""

    method: str
    path: str
    body: Json
    files: tuple[tuple[str, bytes], ...]


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
class Session:
    """One gateway connection."""

    socket: web.WebSocketResponse
    id: str
    shard: list[int]
    intents: int = 0
    sequence: int = 0


class Refused(Exception):  # noqa: N818 - as in the product: named by what happened
    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


class DiscordServer:
    """State, REST and gateway. Tests build a world with `add_…`, act with `say`, `interact`, `react`, and look."""

    def __init__(self) -> None:
        self.ids = Snowflakes()
        self.me = world.user(BOT, "claimcheck", bot=True)
        self.people: dict[int, Json] = {BOT: self.me}
        self.guilds: dict[int, Json] = {}
        self.channels: dict[int, Channel] = {}
        self.calls: list[Call] = []
        self.faults: list[str] = []
        self.needed = 0
        self.planned: list[Fault] = []
        self.sessions: list[Session] = []
        self.identified: list[int] = []
        self.resumed = 0
        self.resumable = True
        self.backlog: list[tuple[str, Json]] = []
        self.shards = 1
        self.content_allowed = False
        self.commands: list[Json] = []
        self.interactions: dict[str, Json] = {}
        self.nonces: dict[tuple[int, str], Json] = {}
        self.cdn: dict[str, bytes] = {}
        self.base = ""

    # --- building the world

    def add_person(self, name: str) -> Json:
        who = world.user(self.ids.new(), name)
        self.people[int(who["id"])] = who
        return who

    def add_guild(self, name: str, *, bot_may: int) -> int:
        guild = self.ids.new()
        self.guilds[guild] = {
            "id": str(guild), "name": name, "owner_id": "1", "icon": None, "features": [], "emojis": [], "stickers": [],
            "roles": [world.role(guild, "@everyone", world.EVERYBODY),
                      world.role(self.ids.new(), "claimcheck", bot_may, managed_by=BOT)],
            "afk_timeout": 300, "verification_level": 0, "default_message_notifications": 0, "mfa_level": 0,
            "explicit_content_filter": 0, "system_channel_flags": 0, "premium_tier": 0, "preferred_locale": "en-US",
            "nsfw_level": 0, "premium_progress_bar_enabled": False, "bot_may": bot_may,
        }  # fmt: skip
        return guild

    def add_channel(self, guild: int, name: str, *, kind: int = 0, hidden: bool = False) -> Channel:
        data = world.text_channel(self.ids.new(), name, guild=guild, kind=kind, hidden=hidden)
        return self._keep(Channel(data=data, guild=guild, bot_may=self.guilds[guild]["bot_may"]))

    def add_thread(
        self, parent: Channel, name: str, *, id_: int | None = None, kind: int = 11, owner: int = 1
    ) -> Channel:
        data = world.thread_channel(id_ or self.ids.new(), name, parent=parent.data, owner=owner, kind=kind)
        return self._keep(Channel(data=data, guild=parent.guild, bot_may=parent.bot_may))

    def add_direct(self, who: Json) -> Channel:
        known = (one for one in self.channels.values() if one.data.get("recipients") == [who])
        found = next(known, None)
        return found or self._keep(Channel(data=world.direct_channel(self.ids.new(), who), guild=None, bot_may=-1))

    def _keep(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        return channel

    # --- what people do

    async def say(self, channel: Channel, who: Json, words: str = "", *, quietly: bool = False, **more: Any) -> Json:
        """Post a message, and tell the bot unless `quietly` (said while it was away)."""
        body: Json = {"content": words, **more}
        if f"<@{BOT}>" in words:
            body["mentions"] = [self.me]
        posted = world.message(self.ids.new(), channel, who, body)
        channel.messages[int(posted["id"])] = posted
        channel.data["last_message_id"] = posted["id"]
        if not quietly:
            await self.tell("MESSAGE_CREATE", self.event_of(channel, posted))
        return posted

    def event_of(self, channel: Channel, posted: Json) -> Json:
        if channel.guild is None:
            return posted
        person = world.member(posted["author"])
        return posted | {"guild_id": str(channel.guild), "member": {k: v for k, v in person.items() if k != "user"}}

    async def react(self, channel: Channel, posted: Json, who: Json, emoji: str) -> None:
        event: Json = {
            "user_id": who["id"], "channel_id": str(channel.id), "message_id": posted["id"], "burst": False, "type": 0,
            "emoji": {"id": None, "name": emoji}, "message_author_id": posted["author"]["id"],
        }  # fmt: skip
        if channel.guild:
            event |= {"guild_id": str(channel.guild), "member": world.member(who)}
        await self.tell("MESSAGE_REACTION_ADD", event)

    async def delete(self, channel: Channel, posted: Json) -> None:
        del channel.messages[int(posted["id"])]
        guild = {"guild_id": str(channel.guild)} if channel.guild else {}
        await self.tell("MESSAGE_DELETE", {"id": posted["id"], "channel_id": str(channel.id)} | guild)

    async def interact(
        self, channel: Channel, who: Json, *, kind: int, data: Json, on: Json | None = None,
        installed: bool = True, manages: bool = False,
    ) -> Json:  # fmt: skip
        """Send an interaction (2: command, 3: click, 5: form). `installed`: in this server, not only by the person."""
        token = f"interaction-{self.ids.new()}"
        may = world.EVERYBODY | ((1 << 5) if manages else 0)
        event: Json = {
            "id": str(self.ids.new()), "application_id": str(BOT), "type": kind, "data": data, "token": token,
            "version": 1, "channel": channel.data, "channel_id": str(channel.id), "entitlements": [], "locale": "en-US",
            "app_permissions": str(channel.bot_may if installed else 0), "attachment_size_limit": 10_000_000,
            "authorizing_integration_owners": {"1": who["id"]} | (
                {"0": str(channel.guild or 0)} if installed else {}),
            "context": 0 if channel.guild else 1,
        }  # fmt: skip
        if channel.guild:
            event |= {"guild_id": str(channel.guild), "member": world.member(who, permissions=may)}
            event["guild"] = {"id": str(channel.guild), "features": [], "locale": "en-US"}
        else:
            event["user"] = who
        if on is not None:
            event["message"] = on
        self.interactions[token] = {"event": event, "channel": channel, "answers": [], "callback": None}
        await self.tell("INTERACTION_CREATE", event)
        return self.interactions[token]

    async def command(self, channel: Channel, who: Json, name: str, /, **options: Any) -> Json:
        """`/name option:value …`; keywords of `interact` may stand among the options."""
        more = {key: options.pop(key) for key in ("installed", "manages", "resolved") if key in options}
        kinds = {str: 3, int: 4, bool: 5}
        data: Json = {"id": "1", "name": name, "type": 1, "options": []}
        for key, value in options.items():
            kind = 11 if key == "file" else kinds[type(value)]
            data["options"].append({"name": key, "value": value, "type": kind})
        if "resolved" in more:
            data["resolved"] = more.pop("resolved")
        return await self.interact(channel, who, kind=2, data=data, **more)

    async def click(self, channel: Channel, who: Json, custom_id: str, *, on: Json, manages: bool = False) -> Json:
        data = {"custom_id": custom_id, "component_type": 2}
        return await self.interact(channel, who, kind=3, data=data, on=on, manages=manages)

    async def submit(self, channel: Channel, who: Json, form: Json, values: dict[str, str], **more: Any) -> Json:
        """Send a form back with these values, by custom id."""
        components = []
        for label in form["components"]:
            if label["type"] != 18:
                continue
            inner = label["component"]
            value = values.get(inner["custom_id"], "")
            filled = {"values": [value]} if inner["type"] == 3 else {"value": value}
            components.append({"type": 18, "id": 1, "component": {
                "type": inner["type"], "id": 2, "custom_id": inner["custom_id"]} | filled})  # fmt: skip
        data = {"custom_id": form["custom_id"], "components": components}
        return await self.interact(channel, who, kind=5, data=data, **more)

    # --- looking

    async def until(self, met: Callable[[], Any], *, seconds: float = 20) -> Any:
        """Wait for something to be true; a test that waits in vain fails here, and says what the bot did last."""
        try:
            async with asyncio.timeout(seconds):
                while not (found := met()):
                    await asyncio.sleep(0.01)
                return found
        except TimeoutError:
            said = "\n".join(f"{call.method} {call.path}" for call in self.calls[-15:])
            pytest.fail(f"waited in vain; refused: {self.faults}; the bot's last calls:\n{said}")

    def own(self, channel: Channel) -> list[Json]:
        """The bot's messages in a channel, as they read now."""
        return [one for one in channel.messages.values() if one["author"]["id"] == str(BOT)]

    def thread_on(self, posted: Json) -> Channel | None:
        return self.channels.get(int(posted["id"]))

    # --- gateway

    async def tell(self, event: str, data: Json) -> None:
        """Dispatch to the shard it belongs to, or keep it for a resume."""
        session = self._session_for(data)
        if session is None:
            self.backlog.append((event, data))
            return
        if event == "MESSAGE_CREATE":
            data = self._veiled(data, intents=session.intents)
        await self._send(session, event, data)

    def _session_for(self, data: Json) -> Session | None:
        for session in self.sessions:
            shard, shards = session.shard
            if not session.socket.closed and (int(data.get("guild_id") or 0) >> 22) % shards == shard:
                return session
        return None

    async def _send(self, session: Session, event: str, data: Json) -> None:
        session.sequence += 1
        await session.socket.send_json({"op": 0, "t": event, "s": session.sequence, "d": data})

    def _veiled(self, data: Json, *, intents: int) -> Json:
        """Without the message-content intent: only mentions, direct messages and its own say anything."""
        mine = data["author"]["id"] == str(BOT) or any(one["id"] == str(BOT) for one in data["mentions"])
        direct = self.channels[int(data["channel_id"])].guild is None
        if intents & world.MESSAGE_CONTENT or mine or direct:
            return data
        return data | {"content": "", "embeds": [], "attachments": [], "components": []}

    async def drop_gateway(self, *, code: int = 4000) -> None:
        """Cut every connection."""
        for session in tuple(self.sessions):
            await session.socket.close(code=code)

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41250}, "s": None, "t": None})
        session = Session(socket=socket, id=f"session-{self.ids.new()}", shard=[0, 1])
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                break
            payload = json.loads(frame.data)
            if payload["op"] == 1:
                await socket.send_json({"op": 11, "d": None, "s": None, "t": None})
            elif payload["op"] == 2:
                await self._identify(session, payload["d"])
            elif payload["op"] == 6:
                await self._resume(session, payload["d"])
        if session in self.sessions:
            self.sessions.remove(session)
        return socket

    async def _identify(self, session: Session, data: Json) -> None:
        if data["intents"] & world.MESSAGE_CONTENT and not self.content_allowed:
            await session.socket.close(code=4014)
            return
        session.intents, session.shard = data["intents"], data["shard"]
        self.identified.append(data["intents"])
        self.sessions.append(session)
        mine = [one for one in self.guilds if (one >> 22) % session.shard[1] == session.shard[0]]
        ready: Json = {
            "v": 10, "user": self.me, "guilds": [{"id": str(one), "unavailable": True} for one in mine],
            "session_id": session.id, "resume_gateway_url": self.gateway_url(), "shard": session.shard,
            "application": {"id": str(BOT), "flags": 0}, "private_channels": [],
        }  # fmt: skip
        await self._send(session, "READY", ready)
        for guild in mine:
            await self._send(session, "GUILD_CREATE", self._guild_event(guild))

    async def _resume(self, session: Session, data: Json) -> None:
        if not self.resumable:
            await session.socket.send_json({"op": 9, "d": False, "s": None, "t": None})
            return
        session.id, session.sequence = data["session_id"], data["seq"]
        session.intents = self.identified[-1]
        self.sessions.append(session)
        self.resumed += 1
        missed, self.backlog = self.backlog, []
        for event, body in missed:
            await self._send(session, event, body)
        await self._send(session, "RESUMED", {})

    def _guild_event(self, guild: int) -> Json:
        inside = [one for one in self.channels.values() if one.guild == guild]
        me = world.member(self.me) | {"roles": [self.guilds[guild]["roles"][1]["id"]]}
        return self.guilds[guild] | {
            "channels": [one.data for one in inside if not one.is_thread],
            "threads": [one.data for one in inside if one.is_thread], "members": [me], "member_count": 2,
            "joined_at": "2026-01-01T00:00:00+00:00", "large": False, "unavailable": False, "presences": [],
            "voice_states": [], "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
        }  # fmt: skip

    def gateway_url(self) -> str:
        return self.base.replace("http", "ws", 1) + "/gateway"

    # --- REST

    async def rest(self, request: web.Request) -> web.StreamResponse:
        call = await _read(request)
        fault = self._planned_for(call)
        if fault is not None and not fault.after:
            self.calls.append(call)
            return await self._fail(request, fault)
        try:
            status, answer = self._answer(call, request)
        except Refused as refused:
            status, answer = refused.status, {"code": refused.code, "message": str(refused)}
        self.calls.append(call)
        await self._announce(call, answer, status)
        if fault is not None:
            return await self._fail(request, fault)
        return web.Response(status=status) if answer is None else _json(answer, status=status)

    def fail_next(self, method: str, path: str, **fault: Any) -> None:
        self.planned.append(Fault(method=method, path=path, **fault))

    def _planned_for(self, call: Call) -> Fault | None:
        for fault in self.planned:
            if fault.method == call.method and re.search(fault.path, call.path):
                self.planned.remove(fault)
                return fault
        return None

    async def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.drop and request.transport is not None:
            request.transport.close()
        return _json(fault.body, status=fault.status, headers=fault.headers)

    async def _announce(self, call: Call, answer: Any, status: int) -> None:
        if call.method == "POST" and call.path.endswith("/threads") and status == 201:
            await self.tell("THREAD_CREATE", answer | {"newly_created": True})
        if call.method == "POST" and re.fullmatch(r"/channels/\d+/messages", call.path) and status == 200:
            channel = self.channels[int(answer["channel_id"])]
            await self.tell("MESSAGE_CREATE", self.event_of(channel, answer))

    def _answer(self, call: Call, request: web.Request) -> tuple[int, Any]:
        for method, pattern, answer in _ROUTES:
            found = re.fullmatch(pattern, call.path)
            if found and method == call.method:
                return answer(self, call, request, *found.groups())  # type: ignore[no-any-return]
        self.faults.append(f"no such route: {call.method} {call.path}")
        raise Refused(404, 0, "404: Not Found")

    def check(self, faults: list[str]) -> None:
        if faults:
            self.faults += faults
            raise Refused(400, 50035, f"Invalid Form Body: {faults}")

    def channel(self, id_: str, *needs: str) -> Channel:
        """The channel, if it is there and the bot may do this in it."""
        channel = self.channels.get(int(id_))
        if channel is None:
            raise Refused(404, 10003, "Unknown Channel")
        if channel.guild is not None:
            wanted = sum(_NEEDS[need] for need in needs)
            self.needed |= wanted
            if channel.bot_may & wanted != wanted:
                raise Refused(403, 50001 if not channel.bot_may & _NEEDS["see"] else 50013, "Missing Permissions")
        return channel

    def post(self, channel: Channel, call: Call) -> Json:
        body = call.body | {"attachments": self._stored(call)}
        if reference := call.body.get("message_reference"):
            body["referenced_message"] = channel.messages.get(int(reference["message_id"]))
        posted = world.message(self.ids.new(), channel, self.me, body)
        channel.messages[int(posted["id"])] = posted
        return posted

    def revise(self, posted: Json, call: Call) -> Json:
        kept = {key: call.body[key] for key in ("content", "embeds", "components", "flags") if key in call.body}
        if posted["flags"] & (1 << 15) and not call.body.get("flags", 0) & (1 << 15) and call.body.get("embeds"):
            raise Refused(400, 50035, "Components V2 cannot be taken back")
        if "flags" in kept:
            kept["flags"] |= posted["flags"] & 64  # what one person sees stays so
        posted |= {key: value or ("" if key == "content" else 0 if key == "flags" else [])
                   for key, value in kept.items()}  # fmt: skip
        if "attachments" in call.body or call.files:
            posted["attachments"] = self._stored(call)
        return posted

    def _stored(self, call: Call) -> list[Json]:
        stored = []
        for name, data in call.files:
            path = f"/attachments/{self.ids.new()}/{name}"
            self.cdn[path] = data
            stored.append(self.attachment(path, len(data)))
        return stored

    def attachment(self, path: str, size: int) -> Json:
        url = self.base + path
        name = path.rsplit("/", 1)[1]
        return {"id": str(self.ids.new()), "filename": name, "size": size, "url": url, "proxy_url": url}

    def add_file(self, name: str, data: bytes, *, said_size: int | None = None) -> Json:
        """A file somebody uploaded, to be put among a message's attachments."""
        path = f"/attachments/{self.ids.new()}/{name}"
        self.cdn[path] = data
        return self.attachment(path, said_size if said_size is not None else len(data))

    async def download(self, request: web.Request) -> web.Response:
        data = self.cdn.get(request.path)
        return web.Response(body=data) if data is not None else web.Response(status=404)


def _json(answer: Any, *, status: int, headers: dict[str, str] | None = None) -> web.Response:
    """As Discord answers: discord.py reads JSON only under just this type."""
    body = json.dumps(answer).encode()
    return web.Response(body=body, status=status, headers={"Content-Type": "application/json"} | (headers or {}))


async def _read(request: web.Request) -> Call:
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
    return Call(method=request.method, path=path, body=body, files=tuple(files))


def _channel_messages(server: DiscordServer, call: Call, request: web.Request, id_: str) -> tuple[int, Any]:
    channel = server.channel(id_, "see", "history")
    listed = sorted(channel.messages.values(), key=lambda one: int(one["id"]))
    after, before = request.query.get("after"), request.query.get("before")
    limit = int(request.query.get("limit", 50))
    if after is not None:
        listed = [one for one in listed if int(one["id"]) > int(after)][:limit]
    elif before is not None:
        listed = [one for one in listed if int(one["id"]) < int(before)]
    intents = world.MESSAGE_CONTENT if server.content_allowed else 0
    return 200, [server._veiled(one, intents=intents) for one in listed[-limit:]][::-1]  # noqa: SLF001 - one server


def _get_message(server: DiscordServer, call: Call, request: web.Request, id_: str, message: str) -> tuple[int, Any]:
    channel = server.channel(id_, "see", "history")
    if int(message) not in channel.messages:
        raise Refused(404, 10008, "Unknown Message")
    intents = world.MESSAGE_CONTENT if server.content_allowed else 0
    return 200, server._veiled(channel.messages[int(message)], intents=intents)  # noqa: SLF001 - one server


def _post_message(server: DiscordServer, call: Call, request: web.Request, id_: str) -> tuple[int, Any]:
    needs = ["see", "send_in_thread" if server.channels[int(id_)].is_thread else "send"] if int(id_) in server.channels else []
    needs += ["attach"] * bool(call.files) + ["embed"] * bool(call.body.get("embeds"))
    needs += ["history"] * bool(call.body.get("message_reference"))
    channel = server.channel(id_, *needs)
    if channel.is_thread and channel.data["thread_metadata"]["locked"]:
        raise Refused(403, 160005, "Thread is locked")
    server.check(limits.faults_of_message(call.body, files=call.files))
    nonce = (channel.id, str(call.body.get("nonce")))
    if call.body.get("enforce_nonce") and nonce in server.nonces:
        return 200, server.nonces[nonce]
    reference = call.body.get("message_reference") or {}
    if reference and int(reference["message_id"]) not in channel.messages and reference.get("fail_if_not_exists", True):
        raise Refused(400, 50035, "Unknown message")
    if channel.is_thread:
        channel.data["thread_metadata"]["archived"] = False
    posted = server.post(channel, call)
    server.nonces[nonce] = posted
    return 200, posted


def _edit_message(server: DiscordServer, call: Call, request: web.Request, id_: str, message: str) -> tuple[int, Any]:
    channel = server.channel(id_, "see", *["attach"] * bool(call.files))
    if int(message) not in channel.messages:
        raise Refused(404, 10008, "Unknown Message")
    if channel.is_thread and channel.data["thread_metadata"]["archived"]:
        raise Refused(400, 50083, "Thread is archived")
    server.check(limits.faults_of_message(call.body, files=call.files, edit=True))
    return 200, server.revise(channel.messages[int(message)], call)


def _delete_message(server: DiscordServer, call: Call, request: web.Request, id_: str, message: str) -> tuple[int, Any]:
    channel = server.channel(id_, "see")
    if channel.messages.pop(int(message), None) is None:
        raise Refused(404, 10008, "Unknown Message")
    return 204, None


def _open_thread(server: DiscordServer, call: Call, request: web.Request, id_: str, message: str) -> tuple[int, Any]:
    parent = server.channel(id_, "see", "history", "open")
    if int(message) not in parent.messages:
        raise Refused(404, 10008, "Unknown Message")
    if int(message) in server.channels:
        raise Refused(400, 160004, "A thread has already been created for this message")
    server.check(limits.faults_of_thread(call.body))
    opened = server.add_thread(parent, call.body["name"], id_=int(message), owner=BOT)
    opened.data["thread_metadata"]["auto_archive_duration"] = call.body["auto_archive_duration"]
    return 201, opened.data


def _edit_channel(server: DiscordServer, call: Call, request: web.Request, id_: str) -> tuple[int, Any]:
    channel = server.channel(id_, "see", *["send_in_thread"] * ("archived" in call.body))
    if channel.data["thread_metadata"]["locked"]:
        raise Refused(403, 50013, "Missing Permissions")
    if "name" in call.body:
        server.check([] if 1 <= len(call.body["name"]) <= 100 else ["thread name"])
        channel.data["name"] = call.body["name"]
    if "archived" in call.body:
        channel.data["thread_metadata"]["archived"] = call.body["archived"]
    return 200, channel.data


def _get_channel(server: DiscordServer, call: Call, request: web.Request, id_: str) -> tuple[int, Any]:
    return 200, server.channel(id_, "see").data


def _open_direct(server: DiscordServer, call: Call, request: web.Request) -> tuple[int, Any]:
    return 200, server.add_direct(server.people[int(call.body["recipient_id"])]).data


def _callback(server: DiscordServer, call: Call, request: web.Request, id_: str, token: str) -> tuple[int, Any]:
    known = server.interactions[token]
    if known["callback"] is not None:
        raise Refused(400, 40060, "Interaction has already been acknowledged")
    kind, data = call.body["type"], call.body.get("data") or {}
    known["callback"] = call.body
    if kind == 9:
        server.check(limits.faults_of_modal(data))
    if kind == 4:
        server.check(limits.faults_of_message(data, files=call.files))
    answer: Json = {"interaction": {"id": id_, "type": known["event"]["type"]}}
    if kind in {4, 5}:
        ephemeral = bool(data.get("flags", 0) & 64)
        posted = _answer_interaction(server, known, Call(method="", path="", body=data, files=call.files))
        known["original"] = posted
        answer["interaction"] |= {"response_message_id": posted["id"], "response_message_ephemeral": ephemeral}
        answer["resource"] = {"type": kind, "message": posted}
    return 200, answer


def _answer_interaction(server: DiscordServer, known: Json, call: Call) -> Json:
    """A message by token: in the channel for all to see, or for the person alone."""
    channel: Channel = known["channel"]
    if call.body.get("flags", 0) & 64:
        apart = Channel(data=channel.data, guild=None, bot_may=-1)
        posted = server.post(apart, call)
    else:
        posted = server.post(channel, call)
    known["answers"].append(posted)
    return posted


def _known(server: DiscordServer, token: str) -> Json:
    known = server.interactions.get(token)
    if known is None or known.get("expired"):
        raise Refused(401, 50027, "Invalid Webhook Token")
    return known


def _followup(server: DiscordServer, call: Call, request: web.Request, token: str) -> tuple[int, Any]:
    known = _known(server, token)
    server.check(limits.faults_of_message(call.body, files=call.files))
    return 200, _answer_interaction(server, known, call)


def _edit_original(server: DiscordServer, call: Call, request: web.Request, token: str, which: str) -> tuple[int, Any]:
    known = _known(server, token)
    server.check(limits.faults_of_message(call.body, files=call.files, edit=True))
    posted = next((one for one in known["answers"] if which in {"@original", one["id"]}), None)
    if posted is None:
        raise Refused(404, 10008, "Unknown Message")
    return 200, server.revise(posted, call)


def _delete_original(
    server: DiscordServer, call: Call, request: web.Request, token: str, which: str
) -> tuple[int, Any]:
    known = _known(server, token)
    gone = [one for one in known["answers"] if which in {"@original", one["id"]}][:1]
    known["answers"] = [one for one in known["answers"] if one not in gone]
    return 204, None


def _put_commands(server: DiscordServer, call: Call, request: web.Request, id_: str) -> tuple[int, Any]:
    server.check(limits.faults_of_commands(call.body["list"]))
    filled = {"application_id": id_, "version": "1", "default_member_permissions": None, "nsfw": False, "description": ""}
    server.commands = [filled | {"id": str(server.ids.new())} | command for command in call.body["list"]]
    return 200, server.commands


_ROUTES: tuple[tuple[str, str, Any], ...] = (
    ("GET", r"/users/@me", lambda server, *_: (200, server.me)),
    ("GET", r"/oauth2/applications/@me", lambda server, *_: (200, {
        "id": str(BOT), "name": "claimcheck", "description": "", "icon": None, "bot_public": True,
        "bot_require_code_grant": False, "verify_key": "", "team": None, "flags": 0, "summary": "",
        "owner": world.user(1, "owner")})),
    ("GET", r"/gateway/bot", lambda server, *_: (200, {
        "url": server.gateway_url(), "shards": server.shards,  # noqa: SLF001 - one server
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
    ("GET", r"/applications/(\d+)/commands", lambda server, *_: (200, server.commands)),
    ("PUT", r"/applications/(\d+)/commands", _put_commands),
)  # fmt: skip


@asynccontextmanager
async def run_server() -> AsyncIterator[DiscordServer]:
    """The server on a free port of loopback, for the length of the block."""
    server = DiscordServer()
    app = web.Application(client_max_size=50_000_000)
    app.router.add_route("*", "/api/v10/{tail:.*}", server.rest)
    app.router.add_get("/gateway", server.gateway)
    app.router.add_get("/gateway/", server.gateway)
    app.router.add_get("/attachments/{tail:.*}", server.download)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert runner.addresses
    server.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()
