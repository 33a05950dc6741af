"""A chat platform of our own on loopback: it records what is posted, edited and removed, and fails as it is told to.

`ChatServer` is the platform, `Chat` our adapter to it. A post carries its marker; `find` finds it by that.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from bot.access import Place
from bot.errors import CannotPost, LookupRefused, TryLater
from handlers.reply import Card, Notice, Reply

_GONE, _FORBIDDEN, _TOO_MANY, _BROKEN = 404, 403, 429, 500


@dataclass(slots=True, kw_only=True)
class Post:
    """One message of the bot's in a thread, as it stands and as it stood."""

    id: str
    channel: str
    thread: str
    marker: str
    texts: list[str]
    removed: bool = False

    @property
    def text(self) -> str:
        """What it says now."""
        return self.texts[-1]


@dataclass(slots=True, kw_only=True)
class Whisper:
    """What one person was told alone."""

    channel: str
    user: str
    text: str


@dataclass(slots=True)
class ChatServer:
    """What happened, and what is to go wrong: each fault is met by the next calls of its kind, one each.

    Faults: "busy" (429 with Retry-After), "broken" (500), "forbidden" (403), "drop" (the connection is cut before the
    call is taken) and "taken" (it is taken, and the connection is cut before the answer). `slow`: seconds before every
    answer.
    """

    posts: list[Post] = field(default_factory=list)
    whispers: list[Whisper] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=dict)
    retry_after: float = 0.1
    slow: float = 0.0
    url: str = ""
    taken: asyncio.Event = field(default_factory=asyncio.Event)

    def standing(self, channel: str | None = None) -> list[Post]:
        """The posts that can be seen, oldest first."""
        return [post for post in self.posts if not post.removed and channel in (None, post.channel)]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One call of the platform's interface."""
        kind = request.match_info["kind"]
        body: dict[str, Any] = await request.json()
        self.calls.append(kind)
        fault = self.faults[kind].pop(0) if self.faults.get(kind) else ""
        if fault == "busy":
            return web.json_response({}, status=_TOO_MANY, headers={"Retry-After": str(self.retry_after)})
        if fault in ("broken", "forbidden"):
            return web.json_response({}, status=_BROKEN if fault == "broken" else _FORBIDDEN)
        if fault == "drop":
            return _cut(request)
        answer = getattr(self, f"_{kind}")(body)
        self.taken.set()
        if self.slow:
            await asyncio.sleep(self.slow)
        if fault == "taken":
            return _cut(request)
        return web.json_response(answer, status=_GONE if answer is None else 200)

    def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        post = Post(
            id=f"m{len(self.posts) + 1}",
            channel=body["channel"],
            thread=body["thread"],
            marker=body["marker"],
            texts=[body["text"]],
        )
        self.posts.append(post)
        return {"message": post.id}

    def _edit(self, body: dict[str, Any]) -> dict[str, Any] | None:
        for post in self.standing():
            if post.id == body["message"]:
                post.texts.append(body["text"])
                return {}
        return None

    def _find(self, body: dict[str, Any]) -> dict[str, Any]:
        found = [post.id for post in self.standing() if post.marker == body["marker"]]
        return {"message": found[0] if found else None}

    def _remove(self, body: dict[str, Any]) -> dict[str, Any]:
        for post in self.posts:
            post.removed |= post.id == body["message"]
        return {}

    def _whisper(self, body: dict[str, Any]) -> dict[str, Any]:
        self.whispers.append(Whisper(channel=body["channel"], user=body["user"], text=body["text"]))
        return {}


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


@asynccontextmanager
async def open_chat_server() -> AsyncIterator[ChatServer]:
    """The platform, listening on loopback until the block ends."""
    chat = ChatServer()
    app = web.Application()
    app.router.add_post("/{kind:post|edit|find|remove|whisper}", chat.serve)
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    chat.url = f"http://{host}:{port}"
    try:
        yield chat
    finally:
        await runner.cleanup()


@dataclass(frozen=True, slots=True)
class Chat:
    """Our adapter to that platform (`handlers.thread.Platform`)."""

    session: aiohttp.ClientSession
    url: str

    def open_thread(self, place: Place) -> "ChatThread":
        """The thread in which a request from this place is answered."""
        return ChatThread(chat=self, place=place)

    async def call(self, kind: str, **body: str) -> dict[str, Any]:
        """Call the platform; in our own errors."""
        try:
            async with self.session.post(f"{self.url}/{kind}", json=body) as response:
                if response.status == _TOO_MANY:
                    msg = "The chat asks for patience."
                    raise TryLater(msg, seconds=float(response.headers["Retry-After"]))
                if response.status == _FORBIDDEN:
                    if kind == "find":
                        msg = "The chat does not let us search."
                        raise LookupRefused(msg)
                    msg = "I may not write in this channel. Invite me first."
                    raise CannotPost(msg)
                if response.status == _GONE:
                    msg = "The message is gone."
                    raise CannotPost(msg)
                if response.status >= _BROKEN:
                    msg = "The chat has a fault."
                    raise TryLater(msg)
                found: dict[str, Any] = await response.json()
                return found
        except (aiohttp.ClientError, TimeoutError, json.JSONDecodeError) as error:
            msg = "The connection to the chat was lost."
            raise TryLater(msg) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatThread:
    """One thread there (`handlers.thread.Thread`)."""

    chat: Chat
    place: Place

    async def post(self, reply: Reply, *, marker: str) -> str:
        thread = self.place.thread or self.place.message
        answer = await self.chat.call(
            "post", channel=self.place.channel, thread=thread, marker=marker, text=in_words(reply)
        )
        return str(answer["message"])

    async def edit(self, message: str, reply: Reply) -> None:
        await self.chat.call("edit", message=message, text=in_words(reply))

    async def find(self, marker: str) -> str | None:
        found: str | None = (await self.chat.call("find", marker=marker))["message"]
        return found

    async def whisper(self, user: str, reply: Reply) -> None:
        await self.chat.call("whisper", channel=self.place.channel, user=user, text=in_words(reply))

    async def remove(self, message: str) -> None:
        await self.chat.call("remove", message=message)


@asynccontextmanager
async def open_chat(url: str) -> AsyncIterator[Chat]:
    """Our adapter to the platform at that address. Every call has a connection of its own, so that none is stale."""
    connector = aiohttp.TCPConnector(force_close=True, limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=20)) as session:
        yield Chat(session, url)


def in_words(reply: Reply) -> str:
    """The reply on one line for the record: a report by its headline and number of claims."""
    return " | ".join(_part(part) for part in reply.parts)


def _part(part: object) -> str:
    match part:
        case Card():
            stored = f" ({part.stored})" if part.stored else ""
            return f"REPORT {part.headline}: {len(part.key) + len(part.rest)} claims{stored}"
        case Notice():
            return part.text
        case _:
            return type(part).__name__
