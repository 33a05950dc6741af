"""One connection to Discord: events in, each handed to who knows what to do with it."""

import logging
from typing import TYPE_CHECKING, Any, cast

import discord

from adapters.discord.catching_up import Seen, find_missed
from adapters.discord.clicking import ActionButton, ActionMenu, submit
from adapters.discord.commands import Tree
from adapters.discord.drafts import draft_post
from adapters.discord.edits import DeliveryBook, EditedButton, hear_edit
from adapters.discord.faults import translated
from adapters.discord.forms import FORM
from adapters.discord.front import CONTENT_HIDDEN, Front, say
from adapters.discord.line import Line
from adapters.discord.listening import hear, see_reaction
from adapters.discord.places import message_key
from adapters.discord.sending import post
from adapters.discord.speaking import Speaker
from adapters.discord.syncing import sync_commands
from bot.errors import ClaimcheckError

if TYPE_CHECKING:
    from collections.abc import Mapping

# Nobody is to be told at every start that voice, which the bot has no use for, is not installed.
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False

logger = logging.getLogger(__name__)


def intents(*, content: bool) -> discord.Intents:
    """What Discord is to tell us. The content of messages, which needs its permission, only where it is needed."""
    return discord.Intents(
        guilds=True, guild_messages=True, dm_messages=True, guild_reactions=True, message_content=content
    )


class Connection(Speaker):
    """Listens while it lasts. `front` is what clicks reach through it."""

    def __init__(  # noqa: PLR0913 - what a connection is made of
        self,
        front: Front,
        *,
        line: Line,
        seen: Seen,
        deliveries: DeliveryBook,
        content: bool,
        ready_within: float = 2.0,
    ) -> None:
        super().__init__(line=line, proxy=front.proxy, intents=intents(content=content), ready_within=ready_within)
        self.front = front
        self._seen = seen
        self._deliveries = deliveries
        self._since: dict[int, int | None] = {}
        self._away: set[int] = set()  # shards between a connection that was lost and the next that tells of events
        self._tree = Tree(self, front=front)

    async def setup_hook(self) -> None:
        """Between login and the gateway: buttons of any age are understood from the first click."""
        self.add_dynamic_items(ActionButton, ActionMenu, EditedButton)
        try:
            with translated():
                await sync_commands(self._tree)
        except ClaimcheckError as refusal:
            logger.warning("the commands could not be registered: %s", refusal.message)

    async def tell_hidden(self) -> None:
        """Tell the channels that want their links checked, and do not know yet, that Discord is in the way."""
        if not self.is_ready():
            return
        for _, channel in self.front.auto_checks.not_told():
            try:
                with translated():
                    target = self.get_partial_messageable(int(channel))
                    await post(target, draft_post(say(CONTENT_HIDDEN)), nonce=f"hidden{channel}"[:25])
            except ClaimcheckError as refusal:
                logger.info("a channel could not be told that its links cannot be read: %s", refusal.code)

    async def on_ready(self) -> None:
        """The servers are known: the service may post, and whoever asks is told which shards hear nothing."""
        self._line.connect(self, away=self._away)

    async def on_shard_disconnect(self, shard: int) -> None:
        """This shard hears nothing until it is connected again, which discord.py sees to."""
        self._away.add(shard)

    async def on_shard_resumed(self, shard: int) -> None:
        """The session goes on, and Discord has told what was missed."""
        self._away.discard(shard)

    async def on_shard_connect(self, shard: int) -> None:
        """A fresh session begins: from here on, what comes may be newer than what was missed."""
        self._away.discard(shard)
        self._since[shard] = self._seen.since(shard)

    async def on_shard_ready(self, shard: int) -> None:
        """After a fresh session of a shard, hear what was said meanwhile; what was heard before counts once."""
        since = self._since.get(shard)
        newest = since or discord.utils.time_snowflake(discord.utils.utcnow())
        if since is not None:
            guilds = [guild for guild in self.guilds if guild.shard_id == shard]
            # Discord tells the first shard what is said outside servers.
            direct = [self.get_partial_messageable(id_) for id_ in self._seen.direct] if shard == 0 else []
            async for message in find_missed(guilds, direct=direct, since=since):
                await self._hear(message)
                newest = max(newest, message.id)
        # Only now: whoever ends before must look again, from where this one began.
        self._since.pop(shard, None)
        self._seen.note(shard, newest)
        self._seen.save()

    async def on_message(self, message: discord.Message) -> None:
        """Something was said."""
        if message.guild is None and not message.author.bot:
            self._seen.note_direct(message.channel.id)
        await self._hear(message)
        shard = message.guild.shard_id if message.guild else 0
        if shard not in self._since:  # else what was missed is still to be looked for
            self._seen.note(shard, message.id)

    async def on_raw_reaction_add(self, reaction: discord.RawReactionActionEvent) -> None:
        """Somebody put an emoji on a message."""
        await see_reaction(reaction, client=self, front=self.front)

    async def on_raw_message_edit(self, edit: discord.RawMessageUpdateEvent) -> None:
        """A message says something else now, or looks different."""
        await hear_edit(edit.message, client=self, deliveries=self._deliveries)

    async def on_raw_message_delete(self, deleted: discord.RawMessageDeleteEvent) -> None:
        """A message is gone; if it asked for something, that is no longer wanted."""
        await self._cancel(deleted.message_id)

    async def on_raw_bulk_message_delete(self, deleted: discord.RawBulkMessageDeleteEvent) -> None:
        """Many messages are gone at once: a moderator tidied up."""
        for message in sorted(deleted.message_ids):
            await self._cancel(message)

    async def on_interaction(self, interaction: discord.Interaction[discord.Client]) -> None:
        """Forms; discord.py hands commands and clicks to their own handlers."""
        data: Mapping[str, Any] = cast("Mapping[str, Any]", interaction.data or {})
        if interaction.type is discord.InteractionType.modal_submit and str(data.get("custom_id")).startswith(FORM):
            await submit(interaction, front=self.front)

    async def on_error(self, event_method: str, /, *_: object, **__: object) -> None:
        """A defect met one event; it costs that event alone."""
        logger.exception("a defect met the event %s", event_method)  # noqa: LOG004 - discord.py calls it while handling

    async def _cancel(self, message: int) -> None:
        try:
            await self.front.service.cancel(message_key(message))
        except ClaimcheckError as error:
            logger.warning("a message was deleted, and its request could not be taken back: %s", error.code)

    async def _hear(self, message: discord.Message) -> None:
        if self.user is not None:
            await hear(message, me=self.user, front=self.front)
