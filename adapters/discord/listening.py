"""Messages and reactions: which of them ask for something, and what."""

import logging

import discord

from adapters.chat.downloads import nothing_readable
from adapters.discord.drafts import draft_post
from adapters.discord.emoji import is_trigger
from adapters.discord.faults import translated
from adapters.discord.front import Front
from adapters.discord.material import ask_to_check, find_material, mentions
from adapters.discord.places import NAME, find_person, find_place, manages, message_key, request_id
from adapters.discord.sending import post
from bot.access import Person, Place
from bot.errors import ClaimcheckError, InputError
from bot.reading import find_links
from handlers.reply import Reply
from handlers.request import Incoming, Request
from handlers.wording import word_error

_SAID = (discord.MessageType.default, discord.MessageType.reply)

logger = logging.getLogger(__name__)


class NothingToSee(InputError):
    """The message that somebody points at shows us nothing."""

    code = "nothing_to_see"


HIDDEN = (
    "I cannot see what that message says: Discord shows a bot only messages that mention it. Open the message's menu, "
    "then Apps → Check claims; or paste the link or text after my name."
)


async def hear(message: discord.Message, *, me: discord.ClientUser, front: Front) -> None:
    """Have a message's request accepted, if it makes one; what stands in the way is answered below the message."""
    if message.author.bot or message.webhook_id is not None or message.type not in _SAID:
        return
    channel = await _known(message.channel, guild=message.guild)
    place = find_place(
        channel, channel_id=message.channel.id, guild=message.guild, message=message.id, user=message.author.id
    )
    asked = message.guild is None or mentions(message.content, ids=_names(message, me))
    asker = find_person(message.author, admin=manages(message.author))
    try:
        if asked:
            request = await _read(message, front=front)
        elif front.auto_checks.apply(place) and (links := _find_links(message)):
            request = Request(links=links)
        else:
            return
        await front.accept(incoming_of(message, place=place, asker=asker, request=request))
    except ClaimcheckError as error:
        if asked:
            await _refuse(message, error)
        else:
            logger.info("a link was not checked unasked: %s", error.code)


async def see_reaction(reaction: discord.RawReactionActionEvent, *, client: discord.Client, front: Front) -> None:
    """Have a message checked that somebody put the trigger emoji on."""
    if client.user is None or reaction.user_id == client.user.id or (reaction.member and reaction.member.bot):
        return
    if reaction.message_author_id == client.user.id:
        return
    guild = client.get_guild(reaction.guild_id) if reaction.guild_id else None
    channel = await _known(client.get_partial_messageable(reaction.channel_id), guild=guild)
    place = find_place(
        channel,
        channel_id=reaction.channel_id,
        guild=guild,
        message=reaction.message_id,
        user=reaction.user_id,
    )
    emoji = await front.needs_emoji(place)
    if emoji is None or not is_trigger(reaction.emoji.name, emoji):
        return
    try:
        with translated():
            message = await client.get_partial_messageable(reaction.channel_id).fetch_message(reaction.message_id)
        material = find_material(message)
        if material.is_empty:
            raise nothing_readable() if material.unreadable else NothingToSee(HIDDEN)
        request = ask_to_check(material, await front.download(material.files))
        admin = reaction.member is None or reaction.member.guild_permissions.manage_guild
        name = reaction.member.display_name if reaction.member else ""
        asker = Person(id=str(reaction.user_id), name=name, admin=admin)
        await front.accept(incoming_of(message, place=place, asker=asker, request=request))
    except ClaimcheckError as error:
        await front.tell_privately(place, str(reaction.user_id), error)


async def _known(channel: object, *, guild: discord.Guild | None) -> object:
    """The channel with all that is known of it. Discord tells of an archived thread only when asked."""
    if guild is None or not isinstance(channel, discord.PartialMessageable):
        return channel
    cached = guild.get_channel_or_thread(channel.id)
    if cached is not None:
        return cached
    try:
        return await guild.fetch_channel(channel.id)
    except discord.HTTPException as refusal:
        logger.info("a channel could not be looked up (error %s); it counts as private", refusal.code)
        return channel


async def _read(message: discord.Message, *, front: Front) -> Request:
    """What a message to the bot asks for: its words and files, else what it points at, else help."""
    own = find_material(message)
    words = own.words
    files = await front.download(own.files)
    if words or files:
        return Request(message=words, attachments=files)
    if own.links:
        return ask_to_check(own, files)
    if own.unreadable:
        raise nothing_readable()
    with translated():
        pointed = await _find_pointed_at(message)
    if pointed is None:
        return Request(message="help")
    material = find_material(pointed)
    if material.is_empty:
        raise nothing_readable() if material.unreadable else NothingToSee(HIDDEN)
    return ask_to_check(material, await front.download(material.files))


async def _find_pointed_at(message: discord.Message) -> discord.Message | None:
    """The message replied to; in a thread the one it began with."""
    if message.reference is not None and message.reference.message_id is not None:
        told = message.reference.resolved
        if isinstance(told, discord.Message) and not find_material(told).is_empty:
            return told  # else it may be hidden only from what Discord tells unasked
        return await message.channel.fetch_message(message.reference.message_id)
    channel = message.channel
    if not isinstance(channel, discord.Thread):
        return None
    if isinstance(channel.parent, discord.TextChannel):
        return await channel.parent.fetch_message(channel.id)
    return await channel.fetch_message(channel.id)


def _find_links(message: discord.Message) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.url for link in find_links(message.content)))


def _names(message: discord.Message, me: discord.ClientUser) -> list[int]:
    """The ids that stand for the bot in a message: its own, and that of its role in the server."""
    role = message.guild.self_role if message.guild else None
    return [me.id, *([role.id] if role else [])]


def incoming_of(message: discord.Message, *, place: Place, asker: Person, request: Request) -> Incoming:
    """The request that a message makes, or that somebody makes of it: the same message is one request."""
    id_ = request_id(place.tenant, channel=message.channel.id, message=message.id)
    keys = frozenset({id_, message_key(message.id)})
    return Incoming(id=id_, keys=keys, place=place, asker=asker, request=request)


async def _refuse(message: discord.Message, error: ClaimcheckError) -> None:
    """Say below the message why nothing comes of it."""
    reply = Reply(parts=(word_error(error, given=""),))
    reference = message.to_reference(fail_if_not_exists=False)
    try:
        with translated():
            await post(message.channel, draft_post(reply), nonce=f"no{message.id}"[:25], reference=reference)
    except ClaimcheckError as refusal:
        logger.info("%s message could not be refused in words: %s", NAME, refusal.code)
