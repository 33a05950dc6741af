"""A newsroom on Slack for tests: the small Slack, the adapter, the real service and store, and a quick engine."""

import asyncio
import hashlib
import hmac
import itertools
import json
import socket
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
from pydantic import SecretStr

from adapters.settings import Settings
from adapters.slack.adapter import SlackAdapter, open_slack
from adapters.slack.capabilities import COMMAND, EVENTS_PATH, SHORTCUT
from bot.document import Document
from bot.report import Report
from bot.store import Store, open_store
from bot.store.records import RequestState
from handlers.persistence import Pace
from handlers.service import Service, open_service
from tests.adapters.chat.quick_service import open_quick_service
from tests.adapters.slack.slack_server import BOT, Payload, SlackServer, serve_slack
from tests.handlers.newsroom import article, report_on
from tests.handlers.service_room import QuickEngine, until

SECRET = "shh"  # noqa: S105 - signs what a test sends to itself
LINK = "https://news.example/harbour"
TEXT = (
    "The harbour is closed for the winter, Mira Olsen said on Monday. Nobody was hurt when the crane fell, according "
    "to the port authority, which has opened an inquiry."
)


class NewsEngine(QuickEngine):
    """Reads one article at every link, and finds the claims that `report_on` finds."""

    async def read_link(self, url: str, *, known: Document | None = None) -> Document:
        await super().read_link(url)
        return known or article("The harbour is closed [3].", "The crane fell on Monday [0].", url=url)

    async def check(self, document: Document) -> Report:
        await super().check(document)
        return report_on(document)


@dataclass(kw_only=True)
class World:
    """Everything around one adapter that serves."""

    slack: SlackServer
    store: Store
    service: Service
    adapter: SlackAdapter
    engine: QuickEngine
    port: int
    serving: asyncio.Task[None]
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def ts(self) -> str:
        return f"1700000000.{next(self.numbers):06d}"

    def event(self, event: Payload, *, team: str = "T1", event_id: str = "", **more: object) -> Payload:
        return {
            "type": "event_callback",
            "team_id": team,
            "event_id": event_id or f"Ev{next(self.numbers)}",
            "event": event,
            **more,
        }

    def message(self, text: str, *, channel: str = "C1", ts: str = "", user: str = "U1", **more: object) -> Payload:
        """A message event, which stands in the channel too."""
        message = self.slack.say(channel, ts or self.ts(), text, user=user, **more)
        kind = {"C": "channel", "G": "group", "D": "im"}[channel[0]]
        return {**message, "channel_type": kind, "client_msg_id": f"m{message['ts']}"}

    def mention(self, text: str, *, channel: str = "C1", ts: str = "", user: str = "U1", **more: object) -> Payload:
        event = self.message(f"<@{BOT}> {text}", channel=channel, ts=ts, user=user, **more)
        del event["channel_type"]  # which Slack does not tell of mentions
        return {**event, "type": "app_mention"}

    def command(self, text: str, *, channel: str = "C1", team: str = "T1", **more: object) -> Payload:
        return {
            "command": COMMAND,
            "text": text,
            "team_id": team,
            "channel_id": channel,
            "channel_name": "news",
            "user_id": "U1",
            "trigger_id": f"1.2.{next(self.numbers)}abc",
            "response_url": f"{self.slack.url}/respond",
            **more,
        }

    def shortcut(self, message: Payload, *, user: str = "U1") -> Payload:
        return {
            "type": "message_action",
            "callback_id": SHORTCUT,
            "trigger_id": "1.2.3",
            "team": {"id": "T1"},
            "channel": {"id": message["channel"], "name": "news"},
            "user": {"id": user},
            "message": message,
            "response_url": f"{self.slack.url}/respond",
        }

    def click(
        self, action: Mapping[str, object], post: Payload, *, user: str = "U1", private: bool = False, team: str = "T1"
    ) -> Payload:
        container = {
            "type": "message",
            "message_ts": post["ts"],
            "channel_id": post["channel"],
            "is_ephemeral": private,
            **({"thread_ts": post["thread_ts"]} if post.get("thread_ts") else {}),
        }
        return {
            "type": "block_actions",
            "team": {"id": team},
            "user": {"id": user, "team_id": team},
            "trigger_id": "1.2.3",
            "container": container,
            "channel": {"id": post["channel"]},
            "message": post,
            "response_url": f"{self.slack.url}/respond",
            "actions": [{"type": "button", "block_id": "b", "action_ts": f"9.{next(self.numbers)}", **action}],
        }

    async def settled(self) -> None:
        """Wait until nothing that was accepted is open, and every answer is out."""

        async def nothing_open() -> bool:
            return not await self.store.requests.open_ids()

        await until(nothing_open)

    async def state(self, id_: str) -> RequestState:
        return (await self.store.requests.load(id_)).state

    async def post(self, payload: Payload, *, form: str = "", **headers: str) -> tuple[int, str]:
        """Send it over HTTP, signed as Slack signs; status and body of the answer."""
        raw = (
            json.dumps(payload)
            if not form
            else urlencode({"payload": json.dumps(payload)} if form == "payload" else payload)
        )
        kind = "application/json" if not form else "application/x-www-form-urlencoded"
        stamp = headers.pop("stamp", str(int(time.time())))
        signed = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": sign(raw, stamp), "Content-Type": kind}
        async with aiohttp.ClientSession() as session:
            url = f"http://127.0.0.1:{self.port}{EVENTS_PATH}"
            async with session.post(url, data=raw.encode(), headers={**signed, **headers}) as answer:
                return answer.status, await answer.text()


def sign(body: str, stamp: str) -> str:
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return f"v0={digest}"


@asynccontextmanager
async def open_world(
    folder: Path, *, http: bool = False, many: bool = False, slack: SlackServer | None = None, durable: bool = False
) -> AsyncIterator[World]:
    """The adapter at work, over Socket Mode or HTTP; for one workspace or for many that install it.

    `durable`: with the queue that outlives a process.
    """
    url = f"sqlite:///{folder / 'claimcheck.db'}"
    key = "A" * 43 + "="
    async with serve_slack() if slack is None else _as_it_is(slack) as server, open_store(url, key=key) as store:
        port = free_port()
        settings = slack_settings(server, url, http=http, many=many, port=port)
        engine = NewsEngine()
        async with open_slack(settings, store=store) as adapter:
            pace = Pace(sleep=_hurry)
            opening = (
                open_service(
                    store, database_url=url, platforms={"slack": adapter.platform}, desk=engine.desk, pace=pace
                )
                if durable
                else open_quick_service(store, platforms={"slack": adapter.platform}, desk=engine.desk, pace=pace)
            )
            async with opening as service:
                serving = asyncio.create_task(adapter.serve(service))
                world = World(
                    slack=server,
                    store=store,
                    service=service,
                    adapter=adapter,
                    engine=engine,
                    port=port,
                    serving=serving,
                )
                try:
                    await until_connected(world, http=http)
                    yield world
                finally:
                    serving.cancel()
                    await asyncio.gather(serving, return_exceptions=True)
    assert server.broken == []


def slack_settings(server: SlackServer, url: str, *, http: bool = False, many: bool = False, port: int) -> Settings:
    return Settings(
        database_url=url,
        slack_api_url=f"{server.url}/api/",
        slack_bot_token=None if many else SecretStr("xoxb-one"),
        slack_app_token=None if http or many else SecretStr("xapp-one"),
        slack_signing_secret=SecretStr(SECRET),
        slack_client_id="client" if many else None,
        slack_client_secret=SecretStr("hidden") if many else None,
        slack_port=port,
    )


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


async def until_connected(world: World, *, http: bool) -> None:
    if not http:
        connected = asyncio.create_task(world.slack.connected.wait())
        await asyncio.wait({connected, world.serving}, timeout=20, return_when=asyncio.FIRST_COMPLETED)
        connected.cancel()
        if world.serving.done():
            world.serving.result()
        return

    async def answers() -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", world.port)
        except OSError:
            return False
        writer.close()
        return True

    await until(answers)


@asynccontextmanager
async def _as_it_is(server: SlackServer) -> AsyncIterator[SlackServer]:
    yield server


async def _hurry(seconds: float) -> None:
    await asyncio.sleep(min(seconds, 0.02))
