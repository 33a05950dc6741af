"""What the parts of the Discord adapter share while one connection lasts, and the few things they all do."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import aiohttp
import discord

from adapters.chat.adapter import Answering
from adapters.chat.downloads import RemoteFile, download_all
from adapters.discord.doors import Doors
from adapters.discord.threads import DiscordPlatform
from bot.access import Place
from bot.errors import ClaimcheckError, StoreUnavailable, ThreadError
from bot.store.records import Acceptance, AnswerWhere, AutoCheck, ChannelSettings
from handlers.reply import Notice, Reply
from handlers.request import Attachment, Incoming
from handlers.wording import word_error

CONTENT_HIDDEN = (
    "Discord does not let me read messages that do not mention me, so I cannot check links by myself yet. Whoever "
    "runs me can turn on “Message Content Intent” in the Discord Developer Portal (Bot) and start me again. "
    "Mentions, commands and Apps → Check claims work all the same."
)

CDN = ("https://cdn.discordapp.com", "https://media.discordapp.net")

_DOWNLOAD_WITHIN = 60.0  # seconds
_ANSWER_WITHIN = 1.0  # seconds; Discord wants a first sign within three
_WAITS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)  # seconds before each further try to have a request accepted

logger = logging.getLogger(__name__)


class ChannelBook(Protocol):
    """What the adapter asks of the store's channels (bot.store.Channels, or a small stand-in)."""

    async def settings(self, tenant: str, channel: str) -> ChannelSettings:
        """How the bot behaves in a channel."""

    async def with_auto_check(self, platform: str) -> tuple[tuple[str, str], ...]:
        """Tenant and channel of every channel of the platform where links are checked unasked."""


@dataclass(kw_only=True)
class AutoChecks:
    """The channels in which links are checked unasked, and whether Discord lets us read them.

    `stale` is set when another connection is needed: one that asks for the content of messages, or no longer does.
    `told` are the channels that know, or need not be told, that Discord does not let us.
    """

    channels: ChannelBook
    where: frozenset[tuple[str, str]] = frozenset()
    asked_for: bool = False
    refused: bool = False
    told: frozenset[tuple[str, str]] = frozenset()
    stale: asyncio.Event = field(default_factory=asyncio.Event)

    async def look(self) -> None:
        """Look again which channels there are."""
        self.where = frozenset(await self.channels.with_auto_check("discord"))

    def settle(self) -> None:
        """Have another connection made where one is needed. It ends the one that there is: answer first."""
        if bool(self.where) != self.asked_for and not (self.where and self.refused):
            self.stale.set()

    def not_told(self) -> tuple[tuple[str, str], ...]:
        """The channels that want their links checked and do not know yet that Discord is in the way; told from now on.

        A channel that stops and begins again is told again.
        """
        left = self.where - self.told if self.refused else frozenset()
        self.told = self.where if self.refused else self.told & self.where
        return tuple(sorted(left))

    def apply(self, place: Place) -> bool:
        """Whether links are checked unasked here."""
        return (place.tenant, place.channel) in self.where


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The service behind, the channels' settings, open interactions, and where files may be fetched from."""

    service: Answering
    channels: ChannelBook
    platform: DiscordPlatform
    auto_checks: AutoChecks
    origins: Sequence[str] = CDN
    proxy: str | None = None
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep

    @property
    def doors(self) -> Doors:
        """Interactions that can be answered."""
        return self.platform.doors

    async def accept(self, incoming: Incoming) -> Acceptance:
        """Have the request accepted. Discord delivers nothing twice, so a store that is locked is asked again."""
        for wait in _WAITS:
            try:
                return await self.service.accept(incoming)
            except StoreUnavailable:
                logger.warning("request %s could not be kept yet; trying again in %.0f s", incoming.id, wait)
                await self.sleep(wait)
        return await self.service.accept(incoming)

    async def download(self, files: Sequence[discord.Attachment]) -> tuple[Attachment, ...]:
        """The bytes of files that people attached. Raises InputError, TryLater."""
        remote = [RemoteFile(name=file.filename, url=file.url, size=file.size) for file in files]
        timeout = aiohttp.ClientTimeout(total=_DOWNLOAD_WITHIN)
        async with aiohttp.ClientSession(timeout=timeout, auto_decompress=False) as session:
            return await download_all(remote, session=session, origins=self.origins, proxy=self.proxy)

    async def tell_privately(self, place: Place, user: str, error: ClaimcheckError) -> None:
        """Tell one person why nothing comes, where that can be done."""
        reply = Reply(parts=(word_error(error, given=""),))
        try:
            await self.platform.open_thread(place).whisper(user, reply)
        except ThreadError as refusal:
            logger.info("could not tell a person why nothing comes: %s", refusal.code)

    async def answers_privately(self, place: Place) -> bool:
        """Whether answers in a channel go to the asker alone; so they do too where the store does not say in time."""
        try:
            async with asyncio.timeout(_ANSWER_WITHIN):
                settings = await self.channels.settings(place.tenant, place.channel)
        except (StoreUnavailable, TimeoutError):
            return True
        return settings.answer is AnswerWhere.PRIVATELY

    async def needs_emoji(self, place: Place) -> str | None:
        """The trigger emoji of a channel; None where only mentions count, or the store does not say."""
        try:
            settings = await self.channels.settings(place.tenant, place.channel)
        except StoreUnavailable:
            logger.warning("a reaction was passed over: the store did not say which emoji counts")
            return None
        return None if settings.auto_check is AutoCheck.MENTIONS else settings.emoji


def say(words: str) -> Reply:
    """A reply of one sentence or two."""
    return Reply(parts=(Notice(text=words),))
