"""The gateway of the tests' Discord: identify, resume, dispatch, and being cut off."""

import asyncio
import json
from dataclasses import dataclass

from aiohttp import WSMsgType, web

from tests.adapters.discord import world
from tests.adapters.discord.state import State
from tests.adapters.discord.world import BOT, Json


@dataclass(kw_only=True)
class Session:
    """One gateway connection."""

    socket: web.WebSocketResponse
    id: str
    shard: list[int]
    intents: int = 0
    sequence: int = 0


class Gateway:
    """The sessions, and what could not be delivered yet. `resumable`: whether a session may be taken up again.

    While `willing` is not set, nobody who connects gets a session, old or new: `knocking` are waiting for one. With
    `mute` they are not even greeted.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self.sessions: list[Session] = []
        self.identified: list[int] = []
        self.resumed = 0
        self.resumable = True
        self.backlog: list[tuple[str, Json]] = []
        self.willing = asyncio.Event()
        self.willing.set()
        self.knocking = 0
        self.mute = False

    async def tell(self, event: str, data: Json) -> None:
        """Dispatch to the shard it belongs to, or keep it for a resume."""
        session = self._session_for(data)
        if session is None:
            self.backlog.append((event, data))
            return
        if event in {"MESSAGE_CREATE", "MESSAGE_UPDATE"}:
            data = self._state.veiled(data, intents=session.intents)
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

    async def drop(self, *, code: int = 4000, shard: int | None = None) -> None:
        """Cut every connection, or that of one shard."""
        for session in tuple(self.sessions):
            if shard in {None, session.shard[0]}:
                await session.socket.close(code=code)

    async def listen(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if self.mute:
            await self._wait()
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41250}, "s": None, "t": None})
        session = Session(socket=socket, id=f"session-{self._state.ids.new()}", shard=[0, 1])
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                break
            payload = json.loads(frame.data)
            if payload["op"] == 1:
                await socket.send_json({"op": 11, "d": None, "s": None, "t": None})
            elif payload["op"] in {2, 6}:
                begin = self._identify if payload["op"] == 2 else self._resume
                await self._wait()
                await begin(session, payload["d"])
        if session in self.sessions:
            self.sessions.remove(session)
        return socket

    async def _wait(self) -> None:
        self.knocking += 1
        await self.willing.wait()
        self.knocking -= 1

    async def _identify(self, session: Session, data: Json) -> None:
        if data["intents"] & world.MESSAGE_CONTENT and not self._state.content_allowed:
            await session.socket.close(code=4014)
            return
        session.intents, session.shard = data["intents"], data["shard"]
        self.identified.append(data["intents"])
        self.sessions.append(session)
        mine = [one for one in self._state.guilds if (one >> 22) % session.shard[1] == session.shard[0]]
        ready: Json = {
            "v": 10, "user": self._state.me, "guilds": [{"id": str(one), "unavailable": True} for one in mine],
            "session_id": session.id, "resume_gateway_url": self._state.gateway_url(), "shard": session.shard,
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
        inside = [one for one in self._state.channels.values() if one.guild == guild]
        me = world.member(self._state.me) | {"roles": [self._state.guilds[guild]["roles"][1]["id"]]}
        return self._state.guilds[guild] | {
            "channels": [one.data for one in inside if not one.is_thread],
            "threads": [one.data for one in inside if one.is_thread], "members": [me], "member_count": 2,
            "joined_at": "2026-01-01T00:00:00+00:00", "large": False, "unavailable": False, "presences": [],
            "voice_states": [], "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
        }  # fmt: skip
