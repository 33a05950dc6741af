"""What commands, clicks and forms have in common: where they ask from, who asks, and answering them."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import discord

from adapters.discord.drafts import draft_private
from adapters.discord.faults import translated
from adapters.discord.front import Front
from adapters.discord.places import find_person, find_place, own_place, request_id
from adapters.discord.sending import answer
from bot.access import Person, Place
from bot.errors import ClaimcheckError, ThreadError
from handlers.reply import Reply
from handlers.request import Incoming, Request
from handlers.wording import INTERNAL, word_error

ALONE = (
    "I am not a member here, or may not write here, so only you see this. The answer comes in this place within 15 "
    "minutes; if it takes longer, as a direct message."
)

FOR_YOU = "I check it. The answer comes here, for you alone; if it takes longer than 15 minutes, as a direct message."

TAKEN_UP = {40060, 10062}  # acknowledged already; unknown, for it was not acknowledged within three seconds

Asked = discord.Interaction[discord.Client]
logger = logging.getLogger(__name__)


class Defect(ClaimcheckError):
    """A mistake in the program; the traceback is in the log."""

    code = "defect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One interaction: where it counts as asked, who asks, and whether the bot itself can write there."""

    interaction: Asked
    place: Place
    asker: Person
    present: bool

    def incoming(self, request: Request, *, place: Place, whispered: bool) -> Incoming:
        """A request of this interaction's own: asked again, it is another one."""
        channel = self.interaction.channel_id or 0
        id_ = request_id(place.tenant, channel=channel, message=self.interaction.id)
        return Incoming(
            id=id_, keys=frozenset({id_}), place=place, asker=self.asker, request=request, whispered=whispered
        )


def read_interaction(interaction: Asked, *, message: int | None = None) -> Asking:
    """Where and by whom; `message` is the one that the place is to name, else the interaction itself."""
    channel, user = interaction.channel_id or 0, interaction.user
    present = _is_present(interaction)
    if not present:
        place = own_place(user=user.id, channel=channel, message=interaction.id)
        return Asking(interaction=interaction, place=place, asker=find_person(user, admin=True), present=False)
    guild = interaction.client.get_guild(interaction.guild_id) if interaction.guild_id else None
    place = find_place(
        interaction.channel, channel_id=channel, guild=guild, message=message or interaction.id, user=user.id
    )
    admin = guild is None or interaction.permissions.manage_guild
    return Asking(interaction=interaction, place=place, asker=find_person(user, admin=admin), present=True)


def _is_present(interaction: Asked) -> bool:
    """Whether the bot's own token reaches the place: a server it is in and may write in, or its own conversation."""
    if interaction.guild_id is None:
        return interaction.context.dm_channel
    guild = interaction.client.get_guild(interaction.guild_id)
    if guild is None or not interaction.is_guild_integration():
        return False
    may = interaction.app_permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    return may.view_channel and (may.send_messages_in_threads if in_thread else may.send_messages)


async def deferred(
    interaction: Asked, *, ephemeral: bool = True
) -> discord.InteractionCallbackResponse[discord.Client] | None:
    """Show “thinking” at once, for the person alone or for all. None where another process was first."""
    try:
        return await interaction.response.defer(ephemeral=ephemeral, thinking=True)
    except discord.HTTPException as refusal:
        if refusal.code not in TAKEN_UP:
            raise
        logger.info("an interaction was answered elsewhere, or too late (error %s)", refusal.code)
        return None


async def respond(interaction: Asked, reply: Reply, *, awaited: bool = True) -> None:
    """Answer a deferred interaction, for the person alone."""
    with translated():
        await answer(interaction, draft_private(reply), awaited=awaited)


@asynccontextmanager
async def answered(interaction: Asked, *, awaited: bool = True) -> AsyncIterator[None]:
    """Say what goes wrong inside the block to the person who asked; a defect is logged as well."""
    try:
        yield
    except ClaimcheckError as error:
        await _say(interaction, error, awaited=awaited)
    except Exception:
        logger.exception("a defect met an interaction")
        await _say(interaction, Defect(INTERNAL), awaited=awaited)


async def _say(interaction: Asked, error: ClaimcheckError, *, awaited: bool) -> None:
    reply = Reply(parts=(word_error(error, given=""),))
    try:
        if not interaction.response.is_done() and await deferred(interaction) is None:
            return
        await respond(interaction, reply, awaited=awaited)
    except ThreadError as refusal:
        logger.info("an interaction could not be answered: %s", refusal.code)


async def wants_privacy(asking: Asking, front: Front) -> bool:
    """Whether the answer is for the asker alone: where the bot cannot write, or as the channel's setting says."""
    if not asking.present:
        return True
    return await front.answers_privately(asking.place)
