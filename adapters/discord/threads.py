"""The service's side of Discord: threads in which it posts, edits, finds and whispers.

The thread that is opened on a message has that message's id. So where an answer stands follows from the place alone,
and what a crash leaves behind can be found again: our own message whose first component's id is made of the marker.
"""

import hashlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

import discord

from adapters.chat.packing import cut
from adapters.chat.visible import make_visible
from adapters.discord.doors import Doors
from adapters.discord.drafts import Draft, draft_post, draft_private
from adapters.discord.faults import ARCHIVED, THREAD_EXISTS, translated, translated_lookup
from adapters.discord.layout import component_id
from adapters.discord.line import Line
from adapters.discord.sending import answer, post, revise
from bot.access import Place, Reach
from bot.errors import CannotPost
from handlers.reply import Card, Reply

LONGEST_NAME = 100
_TITLE = "Claim check"
_ARCHIVE_AFTER: Final = 1440  # minutes without a message, after which Discord folds a thread away
_LOOK_THROUGH = 200  # messages after the one that asked
_NONCE = 22  # characters; Discord takes 25

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordPlatform:
    """Discord as the service sees it. `line` is the connection, whichever one holds at the moment."""

    line: Line
    doors: Doors

    def open_thread(self, place: Place) -> "DiscordThread":
        """The thread in which a request from this place is answered."""
        return DiscordThread(place=place, line=self.line, doors=self.doors)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordThread:
    """Where one request is answered: in a thread on its message, in the thread it stands in, else right below it.

    A message's id, as the service keeps it, is "channel/message": all that an edit needs.
    """

    place: Place
    line: Line
    doors: Doors

    async def post(self, reply: Reply, *, marker: str) -> str:
        """Post once; a second try within some minutes gives the first one back, by its nonce."""
        client = await self.line.client()
        with translated():
            channel, reference = await self._find_room(client, reply)
            message = await post(channel, draft_post(reply), nonce=marker, reference=reference, marker=marker)
        return f"{message.channel.id}/{message.id}"

    async def edit(self, message: str, reply: Reply) -> None:
        """Replace what an own message says, its files too; an archived thread is opened for it."""
        client = await self.line.client()
        channel, _, own = message.partition("/")
        draft = draft_post(reply)
        with translated():
            target = client.get_partial_messageable(int(channel)).get_partial_message(int(own))
            try:
                await revise(target, draft)
            except discord.HTTPException as refusal:
                if refusal.code != ARCHIVED:
                    raise
                await _reopen(client, int(channel))
                await revise(target, draft)
        await self._name(client, int(channel), reply)

    async def find(self, marker: str) -> str | None:
        """Our own message with this marker, in the thread or, where none could be opened, in the channel."""
        client = await self.line.client()
        with translated_lookup():
            async for message in self._own_messages(client):
                if _carries(message, marker):
                    return f"{message.channel.id}/{message.id}"
        return None

    async def whisper(self, user: str, reply: Reply) -> None:
        """Answer the interaction that waits here, so that only the asker sees it; else write to the person."""
        client = await self.line.client()
        drafts = draft_private(reply)
        with translated():
            if await self._answer_by_token(user, drafts):
                return
            channel = await client.create_dm(discord.Object(int(user)))
            for number, draft in enumerate(drafts):
                # A second try must not say it twice, and another answer to the same message must be said.
                said = f"{self.place.message}:{user}:{number}:{draft.blocks}"
                await post(channel, draft, nonce=hashlib.sha256(said.encode()).hexdigest()[:_NONCE])

    async def _answer_by_token(self, user: str, drafts: tuple[Draft, ...]) -> bool:
        """Answer the interaction that waits here, if there is one of this person's and its token still holds."""
        door = self.doors.find(self.place.message)
        if door is None or str(door.interaction.user.id) != user:
            return False
        try:
            await answer(door.interaction, drafts, awaited=door.awaited)
        except discord.HTTPException as refusal:
            if refusal.status not in _TOKEN_GONE:
                raise
            logger.info("an interaction can no longer be answered (error %s); writing to the person", refusal.code)
            return False
        finally:
            self.doors.close(self.place.message)
        return True

    async def remove(self, message: str) -> None:
        """Take an own message back; one that is gone already is no error."""
        client = await self.line.client()
        channel, _, own = message.partition("/")
        with translated():
            try:
                await client.get_partial_messageable(int(channel)).get_partial_message(int(own)).delete()
            except discord.NotFound:
                logger.debug("message %s was gone already", message)

    async def _find_room(
        self, client: discord.Client, reply: Reply
    ) -> tuple[discord.PartialMessageable, discord.MessageReference | None]:
        """The channel to post in, and the message to reply to there."""
        place = self.place
        if place.thread is None and place.reach is not Reach.DIRECT:
            opened = await self._open_thread(client, reply)
            if opened is not None:
                return opened, None
        channel = client.get_partial_messageable(int(place.thread or place.channel), guild_id=_guild_of(place))
        reference = discord.MessageReference(
            message_id=int(place.message), channel_id=channel.id, guild_id=_guild_of(place), fail_if_not_exists=False
        )
        return channel, reference

    async def _open_thread(self, client: discord.Client, reply: Reply) -> discord.PartialMessageable | None:
        """The thread on the asking message, opened if need be; None where it may not or cannot be opened."""
        place, guild = self.place, _guild_of(self.place)
        channel = client.get_partial_messageable(int(place.channel), guild_id=guild)
        message = channel.get_partial_message(int(place.message))
        if message.guild is None:
            sentence = "I am no longer a member of that server. Invite me again, and ask again."
            raise CannotPost(sentence)
        try:
            await message.create_thread(name=name_thread(reply), auto_archive_duration=_ARCHIVE_AFTER)
        except discord.NotFound as gone:
            if gone.code == _UNKNOWN_MESSAGE:
                sentence = "The message that I was to answer was deleted."
                raise CannotPost(sentence) from gone
            raise
        except discord.HTTPException as refusal:
            if refusal.status not in _REFUSALS:
                raise
            if refusal.code != THREAD_EXISTS:
                logger.info("no thread could be opened (error %s); replying to the message", refusal.code)
                return None
        return client.get_partial_messageable(int(place.message), guild_id=guild)

    async def _own_messages(self, client: discord.Client) -> AsyncIterator[discord.Message]:
        """What we said after the asking message, wherever that may have been."""
        place = self.place
        channels = [place.thread or place.channel]
        if place.thread is None and place.reach is not Reach.DIRECT:
            channels.insert(0, place.message)
        for id_ in channels:
            channel = client.get_partial_messageable(int(id_), guild_id=_guild_of(place))
            after = discord.Object(int(place.message) - 1)
            try:
                async for message in channel.history(after=after, limit=_LOOK_THROUGH, oldest_first=True):
                    if client.user is not None and message.author.id == client.user.id:
                        yield message
            except discord.NotFound:  # no thread was opened
                continue

    async def _name(self, client: discord.Client, channel: int, reply: Reply) -> None:
        """Give a thread that we opened for this request the article's title, now that it is known."""
        thread = client.get_channel(channel)
        opened = self.place.thread is None and str(channel) == self.place.message
        if not opened or not isinstance(thread, discord.Thread) or not any(isinstance(p, Card) for p in reply.parts):
            return
        name = name_thread(reply)
        if thread.name == name or thread.owner != thread.guild.me:
            return
        try:
            await thread.edit(name=name)
        except (discord.HTTPException, discord.RateLimited) as refusal:
            # The report stands; Discord allows two names in ten minutes, and moderators may lock a thread.
            logger.info("the thread keeps its name: %s", refusal)


def name_thread(reply: Reply) -> str:
    """“Claim check: title”, 1 to 100 characters; without the title where none is known yet."""
    titles = [part.headline for part in reply.parts if isinstance(part, Card)]
    if not titles:
        return _TITLE
    more = f" and {len(titles) - 1} more" if len(titles) > 1 else ""
    return cut(f"{_TITLE}: {make_visible(titles[0])}", longest=LONGEST_NAME - len(more)) + more


async def _reopen(client: discord.Client, channel: int) -> None:
    thread = client.get_channel(channel) or await client.fetch_channel(channel)
    if isinstance(thread, discord.Thread):
        try:
            await thread.edit(archived=False)
        except discord.Forbidden as refusal:
            message = "The thread is locked. Ask a moderator to unlock it, or ask in the channel."
            raise CannotPost(message) from refusal


def _guild_of(place: Place) -> int | None:
    guild = place.tenant.partition(":")[2]
    return int(guild) if guild.isdigit() else None


def _carries(message: discord.Message, marker: str) -> bool:
    footers = [embed.footer.text for embed in message.embeds]
    return (
        any(getattr(component, "id", None) == component_id(marker) for component in message.components)
        or marker in footers
        or message.nonce == marker
    )


_UNKNOWN_MESSAGE = 10008
_REFUSALS = {400, 403, 404}
_TOKEN_GONE = {401, 404}
