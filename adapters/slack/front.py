"""What the listeners share while the adapter serves: the service behind, and how a request is handed to it in time."""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Protocol

from slack_sdk.web.async_client import AsyncWebClient

from adapters.chat.adapter import Answering
from adapters.slack.faults import translated
from adapters.slack.lookups import Lookups
from adapters.slack.places import Asking
from adapters.slack.thread import SlackPlatform
from bot.access import Person, Place, Reach
from bot.errors import ClaimcheckError, StoreError, StoreUnavailable, ThreadError
from bot.store.records import ChannelSettings, Delivery
from handlers.commands import CheckAgain, CheckSources, CheckText
from handlers.parsing import parse_command
from handlers.reply import Notice, Reply
from handlers.request import Incoming, Request
from handlers.wording import word_error

SEEN = "eyes"  # the reaction that says: on it

_WAITS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)  # seconds before each further try to have a request accepted

logger = logging.getLogger(__name__)


class ChannelBook(Protocol):
    """What the adapter asks of the store's channels (bot.store.Channels, or a small stand-in)."""

    async def settings(self, tenant: str, channel: str) -> ChannelSettings:
        """How the bot behaves in a channel."""


class DeliveryBook(Protocol):
    """What the adapter asks of the store's deliveries (bot.store.Deliveries, or a small stand-in)."""

    async def load(self, request_id: str) -> Delivery | None:
        """The answer to a request, None where there is none."""


@dataclass(kw_only=True)
class Errands:
    """Work that goes on after Slack has its acknowledgement. Ends with the adapter."""

    running: set[asyncio.Task[None]] = field(default_factory=set)

    def start(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        """Run it beside; what goes wrong is logged."""
        task = asyncio.create_task(work)
        self.running.add(task)
        task.add_done_callback(self._done)
        return task

    async def stop(self) -> None:
        """Cancel what still runs."""
        tasks = tuple(self.running)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self.running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            if isinstance(error, ClaimcheckError):
                logger.warning("not done after the acknowledgement: %s", error.code)
            else:
                logger.error("broken after the acknowledgement", exc_info=error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The service, what the store says of channels and answers, and Slack."""

    service: Answering
    channels: ChannelBook
    deliveries: DeliveryBook
    platform: SlackPlatform
    lookups: Lookups
    patience: float = 2.0  # seconds until an acknowledgement no longer waits for lookups; Slack allows three
    errands: Errands = field(default_factory=Errands)

    async def take(
        self, asking: Asking, reading: Coroutine[object, object, Incoming | None], *, client: AsyncWebClient
    ) -> bool | None:
        """Have a request accepted once it is read; return (and so acknowledge) when it is.

        Where reading it takes long, since Slack has to be asked for a file or a message, the acknowledgement does not
        wait for it. Whether the request is new; None where nothing was asked, nobody knows yet, or it was refused,
        which the asker is told. Raises StoreError: do not acknowledge, so that Slack delivers again.
        """
        look = asyncio.ensure_future(reading)
        done, _ = await asyncio.wait({look}, timeout=self.patience)
        if done:
            return await self._accept(asking, look, client=client)
        self.errands.start(self._accept_late(asking, look, client=client))
        return None

    async def settings(self, asking: Asking) -> ChannelSettings:
        """How the bot behaves in the channel."""
        return await self.channels.settings(asking.tenant, asking.channel)

    async def ask(
        self, asking: Asking, request: Request, *, client: AsyncWebClient, reach: Reach | None, whispered: bool = False
    ) -> Incoming:
        """The request as the service wants it, with what Slack has to be asked for; `reach` where it is known."""
        # For a check nobody needs to be an admin, so it does not wait to hear who asks.
        checks = isinstance(parse_command(request), CheckSources | CheckText | CheckAgain)
        return asking.incoming(
            request,
            reach=reach or await self.lookups.find_reach(asking, client),
            asker=Person(id=asking.user) if checks else await self.lookups.find_person(asking, client),
            whispered=whispered,
        )

    async def accept(self, incoming: Incoming, *, client: AsyncWebClient) -> bool:
        """Have the request accepted, and show that it was seen; whether it is new."""
        acceptance = await self.service.accept(incoming)
        if acceptance.fresh and not incoming.whispered:
            self.errands.start(self._show_seen(incoming.place, client))
        return acceptance.fresh

    async def tell(self, place: Place, user: str, error: ClaimcheckError) -> None:
        """Tell one person why nothing comes."""
        await self.say(place, user, Reply(parts=(word_error(error, given=""),)))

    async def say(self, place: Place, user: str, reply: Reply) -> None:
        """Tell one person something, where that can be done."""
        try:
            await self.platform.open_thread(place).whisper(user, reply)
        except ThreadError as refusal:
            logger.warning("a person could not be told something: %s", refusal.code)

    async def _accept(
        self, asking: Asking, look: asyncio.Future[Incoming | None], *, client: AsyncWebClient
    ) -> bool | None:
        try:
            incoming = await look
            return None if incoming is None else await self.accept(incoming, client=client)
        except StoreError:
            raise
        except ClaimcheckError as error:
            self.errands.start(self.tell(asking.place(Reach.PRIVATE), asking.user, error))
            return None

    async def _accept_late(
        self, asking: Asking, look: asyncio.Future[Incoming | None], *, client: AsyncWebClient
    ) -> None:
        """After the acknowledgement Slack delivers no more, so a store that is locked is asked again."""
        for wait in _WAITS:
            try:
                await self._accept(asking, look, client=client)
            except StoreUnavailable:
                logger.warning("request %s could not be kept yet; trying again in %.0f s", asking.id, wait)
                await asyncio.sleep(wait)
            else:
                return
        await self._accept(asking, look, client=client)

    async def _show_seen(self, place: Place, client: AsyncWebClient) -> None:
        """A reaction on the message, for the eye only: whether it works does not matter."""
        if self.platform.open_thread(place).root is None:
            return
        try:
            with translated():
                await client.reactions_add(channel=place.channel, timestamp=place.message, name=SEEN)
        except ThreadError:
            logger.debug("no reaction could be put on a message")


def say(words: str) -> Reply:
    """A reply of one sentence or two."""
    return Reply(parts=(Notice(text=words),))
