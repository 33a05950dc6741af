"""A Discord of the tests' own on loopback: REST and gateway as discord.py speaks them, every request on record.

It refuses what Discord would refuse: bodies over the documented limits (they are put on `faults` too, which no test may
leave behind), calls without permission, messages and content that the bot may not see.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from aiohttp import web

from tests.adapters.discord import world
from tests.adapters.discord.gateway import Gateway
from tests.adapters.discord.rest import Rest
from tests.adapters.discord.state import State
from tests.adapters.discord.world import BOT, Channel, Json

TOKEN = "OTAwMDAwMDAwMDAwMDAwMDAx.fake.token"  # noqa: S105 - the tests' own


T = TypeVar("T")


class DiscordServer(State):
    """The whole of it. Tests build a world with `add_…`, act with `say`, `interact`, `react`, and look."""

    def __init__(self) -> None:
        super().__init__()
        self.gateway = Gateway(self)
        self.rest = Rest(self, self.gateway)

    async def say(self, channel: Channel, who: Json, words: str = "", *, quietly: bool = False, **more: object) -> Json:
        """Post a message, and tell the bot unless `quietly` (said while it was away)."""
        body: Json = {"content": words, **more}
        if f"<@{BOT}>" in words:
            body["mentions"] = [self.me]
        posted = world.message(self.ids.new(), channel, who, body)
        channel.messages[int(posted["id"])] = posted
        channel.data["last_message_id"] = posted["id"]
        if not quietly:
            await self.gateway.tell("MESSAGE_CREATE", self.event_of(channel, posted))
        return posted

    async def react(self, channel: Channel, posted: Json, who: Json, emoji: str) -> None:
        event: Json = {
            "user_id": who["id"], "channel_id": str(channel.id), "message_id": posted["id"], "burst": False, "type": 0,
            "emoji": {"id": None, "name": emoji}, "message_author_id": posted["author"]["id"],
        }  # fmt: skip
        if channel.guild:
            event |= {"guild_id": str(channel.guild), "member": world.member(who)}
        await self.gateway.tell("MESSAGE_REACTION_ADD", event)

    async def edit(self, channel: Channel, posted: Json, words: str, *, seconds_ago: float = 0) -> None:
        """A person's message says something else since so many seconds."""
        at = datetime.now(UTC) - timedelta(seconds=seconds_ago)
        posted |= {"content": words, "edited_timestamp": at.isoformat()}
        await self.gateway.tell("MESSAGE_UPDATE", self.event_of(channel, posted))

    async def delete(self, channel: Channel, posted: Json) -> None:
        del channel.messages[int(posted["id"])]
        guild = {"guild_id": str(channel.guild)} if channel.guild else {}
        await self.gateway.tell("MESSAGE_DELETE", {"id": posted["id"], "channel_id": str(channel.id)} | guild)

    async def interact(  # noqa: PLR0913 - what an interaction consists of
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
        await self.gateway.tell("INTERACTION_CREATE", event)
        return self.interactions[token]

    async def command(self, channel: Channel, who: Json, name: str, /, **options: Any) -> Json:  # noqa: ANN401 - JSON
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

    async def submit(self, channel: Channel, who: Json, form: Json, values: dict[str, str]) -> Json:
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
        return await self.interact(channel, who, kind=5, data=data)

    async def until(self, met: Callable[[], T], *, seconds: float = 40) -> T:
        """Wait for something to be true; a test that waits in vain fails here, and says what the bot did last."""
        try:
            async with asyncio.timeout(seconds):
                while not (found := met()):  # noqa: ASYNC110 - what is waited for is told by nobody
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


@asynccontextmanager
async def run_server() -> AsyncIterator[DiscordServer]:
    """The server on a free port of loopback, for the length of the block."""
    server = DiscordServer()
    app = web.Application(client_max_size=50_000_000)
    app.router.add_route("*", "/api/v10/{tail:.*}", server.rest.handle)
    app.router.add_get("/gateway", server.gateway.listen)
    app.router.add_get("/gateway/", server.gateway.listen)
    app.router.add_get("/attachments/{tail:.*}", server.rest.download)
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
