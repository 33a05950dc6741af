"""Discord as a chat adapter: one token, a connection that is renewed when it has to be."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

import aiohttp
import discord

from adapters.chat.adapter import Answering
from adapters.discord.catching_up import Seen
from adapters.discord.client import Connection
from adapters.discord.doors import Doors
from adapters.discord.edits import DeliveryBook
from adapters.discord.front import CDN, CONTENT_HIDDEN, AutoChecks, ChannelBook, Front
from adapters.discord.line import Line
from adapters.discord.places import NAME
from adapters.discord.speaking import Speaker
from adapters.discord.threads import DiscordPlatform
from bot.errors import ClaimcheckError, StoreError

_FIRST_WAIT = 1.0  # seconds before connecting again after a failure, doubled up to
_LONGEST_WAIT = 120.0
_CLOSE_WITHIN = 5.0  # seconds

logger = logging.getLogger(__name__)


class TokenRefused(ClaimcheckError):
    """Discord does not know the token."""

    code = "bad_settings"


REFUSED = (
    "Discord refuses the token in DISCORD_BOT_TOKEN. Make a new one in the Discord Developer Portal (your application, "
    "Bot, Reset Token) and set it."
)


class DiscordAdapter:
    """Carries messages between Discord and the service. `seen_file` is where the last message seen is noted.

    `look_every`: seconds between looks at which channels want their links checked, and notes of what was seen.
    """

    def __init__(  # noqa: PLR0913 - the composition root hands everything in
        self,
        token: str,
        *,
        channels: ChannelBook,
        deliveries: DeliveryBook,
        seen_file: Path | None = None,
        origins: Sequence[str] = CDN,
        proxy: str | None = None,
        ready_within: float = 2.0,
        look_every: float = 30.0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._token = token
        self._channels = channels
        self._deliveries = deliveries
        self._seen = Seen(file=seen_file)
        self._origins = origins
        self._proxy = proxy
        self._ready_within = ready_within
        self._look_every = look_every
        self._line = Line()
        self._platform = DiscordPlatform(line=self._line, doors=Doors(now=now))

    @property
    def name(self) -> str:
        """What tenants of Discord start with."""
        return NAME

    @property
    def platform(self) -> DiscordPlatform:
        """Where the service posts; until there is a connection it waits a while, then says TryLater."""
        return self._platform

    @property
    def trouble(self) -> str:
        """No connection, or one that lost some of its shards; to speak, to be connected once is enough."""
        return self._line.trouble

    async def serve(self, service: Answering) -> None:
        """Stay connected until cancelled. Raises TokenRefused."""
        self._seen.load()
        checks = AutoChecks(channels=self._channels)
        front = Front(
            service=service,
            channels=self._channels,
            platform=self._platform,
            auto_checks=checks,
            origins=self._origins,
            proxy=self._proxy,
        )
        wait = _FIRST_WAIT
        await _refresh(checks)
        checks.told = checks.where  # whoever set it before this start heard of it then
        while True:
            checks.asked_for = bool(checks.where) and not checks.refused
            checks.stale.clear()
            try:
                wait = await self._persevere(partial(self._connect_once, front), wait)
            except discord.PrivilegedIntentsRequired:
                checks.refused = True
                logger.warning("%s", CONTENT_HIDDEN)
            await _refresh(checks)

    async def speak(self) -> None:
        """Be able to post until cancelled, and take nothing in. Raises TokenRefused."""
        wait = _FIRST_WAIT
        while True:
            wait = await self._persevere(self._speak_once, wait)

    async def _persevere(self, connect: Callable[[], Awaitable[None]], wait: float) -> float:
        """Connect once, and after a failure wait; how long to wait after the next one. Raises TokenRefused."""
        try:
            await connect()
        except discord.LoginFailure as refusal:
            raise TokenRefused(REFUSED) from refusal
        except discord.ConnectionClosed as closed:
            if closed.code == _AUTHENTICATION_FAILED:
                raise TokenRefused(REFUSED) from closed
            return await _wait_before_retry(wait, closed)
        except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as failure:
            return await _wait_before_retry(wait, failure)
        return _FIRST_WAIT

    async def _speak_once(self) -> None:
        """Know the servers, in which threads are opened, and stay so until the connection ends for good."""
        client = Speaker(line=self._line, proxy=self._proxy, ready_within=self._ready_within)
        running = asyncio.create_task(client.start(self._token))
        try:
            await asyncio.wait({running})
            running.result()
        finally:
            self._line.disconnect()
            await _end(client, running)

    async def _connect_once(self, front: Front) -> None:
        """Connect, and stay so until the connection ends for good or another one is needed."""
        content = front.auto_checks.asked_for
        client = Connection(
            front,
            line=self._line,
            seen=self._seen,
            deliveries=self._deliveries,
            content=content,
            ready_within=self._ready_within,
        )
        running = asyncio.create_task(client.start(self._token))
        watching = asyncio.create_task(self._watch(client, front.auto_checks))
        try:
            await asyncio.wait({running, watching}, return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                running.result()
        finally:
            self._line.disconnect()
            watching.cancel()
            await _end(client, running)
            await asyncio.gather(watching, return_exceptions=True)
            self._seen.save()

    async def _watch(self, client: Connection, checks: AutoChecks) -> None:
        """Return when another connection is needed; note now and then what was seen, for the process may be killed."""
        while not checks.stale.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._look_every):
                    await checks.stale.wait()
            self._seen.save()
            await _refresh(checks)
            await client.tell_hidden()


async def _end(client: discord.Client, running: "asyncio.Task[None]") -> None:
    """Leave Discord, and end what runs the client: while it reconnects, discord.py lets itself be cancelled in vain."""
    running.cancel()
    await _close(client)
    running.cancel()  # heeded now at the latest: a closed client does not go on
    await asyncio.gather(running, return_exceptions=True)


async def _close(client: discord.Client) -> None:
    """Take leave of Discord, which may not answer: then the connection is simply left."""
    try:
        async with asyncio.timeout(_CLOSE_WITHIN):
            await client.close()
    except TimeoutError:
        logger.warning("Discord did not take our leave; the connection was left")


async def _refresh(checks: AutoChecks) -> None:
    try:
        await checks.look()
        checks.settle()
    except StoreError as error:
        logger.warning("which channels want their links checked could not be looked up: %s", error.message)


async def _wait_before_retry(wait: float, failure: Exception) -> float:
    logger.warning("no connection to Discord (%s); trying again in %.0f s", type(failure).__name__, wait)
    await asyncio.sleep(wait)
    return min(2 * wait, _LONGEST_WAIT)


_AUTHENTICATION_FAILED = 4004
