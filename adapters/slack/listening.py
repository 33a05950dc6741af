"""Messages, mentions and reactions, translated into requests."""

import logging
from dataclasses import dataclass, replace

from slack_sdk.web.async_client import AsyncWebClient

from adapters.chat.downloads import nothing_readable
from adapters.slack.forms import offer_recheck
from adapters.slack.front import Front
from adapters.slack.material import Material, ask_to_check, find_material, is_ours, names_user, read_words
from adapters.slack.payloads import Json, flag_at, map_at, text_at
from adapters.slack.places import Asking, reach_of, read_message
from bot.access import Reach
from bot.errors import EmptyText, LookupRefused, NotNow, TryLater
from bot.reading import find_links
from bot.store.records import AutoCheck
from handlers.request import Incoming, Request

_NEW = {"", "file_share", "thread_broadcast", "me_message"}
_NO_ROOT = (
    "I could not read the first message of this thread: {why} Mention me with the link or the text itself, or use "
    "“Check claims” on the message (its menu of three dots)."
)
_NOTHING = "I did not find anything to check in that message: no link, no text, no file that I read."
_OUR_THREAD = (
    "This thread began with my own answer. Mention me with a link or a text, or with a command like “show all” or "
    "“why 1”; “help” lists them."
)
_NO_MESSAGE = (
    "I could not read that message: {why} Use “Check claims” on it (its menu of three dots), or mention me with the "
    "link."
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Where something came from: the tenant, who we are there, and a client with our token."""

    tenant: str
    bot_user: str
    bot_id: str
    client: AsyncWebClient


class MessageUnseen(LookupRefused):
    """Slack does not show a message that is to be checked."""


async def hear_message(front: Front, body: Json, workspace: Workspace) -> None:
    """A message or a mention: asked of us, or with links where links are checked unasked; else nothing happens."""
    event = map_at(body, "event")
    if gone := _find_deleted(event):
        deleted = Asking(tenant=workspace.tenant, channel=text_at(event, "channel"), message=gone, user="")
        front.errands.start(front.service.cancel(deleted.id))
    elif text_at(event, "subtype") == "message_changed":
        await hear_edit(front, event, workspace)
    elif text_at(event, "subtype") in _NEW and text_at(event, "user") and not text_at(event, "bot_id"):
        await _hear_new(front, body, event, workspace)


async def hear_reaction(front: Front, body: Json, workspace: Workspace) -> None:
    """The trigger emoji on a message has it checked, unless only mentions count in the channel."""
    event = map_at(body, "event")
    asking = Asking(
        tenant=workspace.tenant,
        channel=text_at(event, "item", "channel"),
        message=text_at(event, "item", "ts"),
        user=text_at(event, "user"),
    )
    if text_at(event, "item", "type") != "message":
        return
    if workspace.bot_user in (asking.user, text_at(event, "item_user")):  # what we put on a message asks for nothing
        return
    settings = await front.settings(asking)
    emoji = text_at(event, "reaction").partition("::")[0]
    if settings.auto_check is not AutoCheck.MENTIONS and emoji == settings.emoji:
        await front.take(asking, _read_pointed(front, asking, workspace), client=workspace.client)


async def hear_edit(front: Front, event: Json, workspace: Workspace) -> None:
    """A message that we answered says something else now: offer its author to check it again."""
    message, before = map_at(event, "message"), map_at(event, "previous_message")
    if text_at(message, "text") == text_at(before, "text") or text_at(message, "bot_id"):
        return  # Slack tells of previews and threads in the same way
    asking = replace(read_message({}, message, tenant=workspace.tenant), channel=text_at(event, "channel"))
    if await front.deliveries.load(asking.id) is not None:
        thread = front.platform.open_thread(asking.place(Reach.PRIVATE))
        front.errands.start(thread.tell(asking.user, (offer_recheck(asking.message),)))


async def check_edited(front: Front, asking: Asking, workspace: Workspace) -> None:
    """Check the message as it stands now, as its author was offered."""
    await front.take(asking, _read_pointed(front, asking, workspace), client=workspace.client)


async def read_files(
    front: Front, asking: Asking, material: Material, workspace: Workspace, *, asked: Request
) -> Request:
    """The request with the files of the message; UnreadableFile where there are only such that are not read."""
    if material.unreadable and material.is_empty:
        raise nothing_readable()
    if not material.files:
        return asked
    logger.info("fetching %d files for request %s", len(material.files), asking.id)
    return replace(asked, attachments=await front.lookups.fetch_files(material, workspace.client))


def _find_deleted(event: Json) -> str:
    """The time stamp of the message that was deleted, "" where none was.

    One that has answers, our placeholder for instance, is not told of as deleted: it changes into a tombstone.
    """
    if text_at(event, "subtype") == "message_deleted":
        return text_at(event, "deleted_ts")
    is_tombstone = text_at(event, "message", "subtype") == "tombstone"
    return text_at(event, "message", "ts") if is_tombstone else ""


def require_something(request: Request) -> Request:
    """The request, made from a message that somebody points at; EmptyText where that holds nothing to check."""
    if not request.message and not request.attachments:
        raise EmptyText(_NOTHING)
    return request


async def _hear_new(front: Front, body: Json, event: Json, workspace: Workspace) -> None:
    asking = read_message(body, event, tenant=workspace.tenant)
    reach = reach_of(text_at(event, "channel_type"), shared=flag_at(body, "is_ext_shared_channel"))
    direct = text_at(event, "channel_type") == "im"
    mentioned = text_at(event, "type") == "app_mention" or names_user(text_at(event, "text"), workspace.bot_user)
    if direct or mentioned:
        reading = _read_asked(front, asking, event, workspace, reach=reach)
        await front.take(asking, reading, client=workspace.client)
    elif (await front.settings(asking)).auto_check is AutoCheck.LINKS:
        await _take_unasked(front, asking, event, workspace, reach=reach)


async def _take_unasked(
    front: Front, asking: Asking, event: Json, workspace: Workspace, *, reach: Reach | None
) -> None:
    links = find_links(read_words(text_at(event, "text"), bot_user=workspace.bot_user))
    if not links:
        return
    request = Request(links=tuple(dict.fromkeys(link.url for link in links)))
    incoming = await front.ask(asking, request, client=workspace.client, reach=reach)
    try:
        await front.accept(incoming, client=workspace.client)
    except NotNow:  # nobody asked, so nobody is told
        logger.info("links were not checked unasked: the cap of the channel or the person is reached")


async def _read_asked(
    front: Front, asking: Asking, event: Json, workspace: Workspace, *, reach: Reach | None
) -> Incoming:
    """What somebody said to us; a mention and nothing else, inside a thread, means the thread's first message."""
    material = find_material(event, bot_user=workspace.bot_user)
    if material.is_empty and not material.unreadable and asking.thread:
        return await _read_pointed(front, asking, workspace, at=asking.thread, refusal=_NO_ROOT)
    request = await read_files(front, asking, material, workspace, asked=Request(message=material.words))
    return await front.ask(asking, request, client=workspace.client, reach=reach)


async def _read_pointed(
    front: Front, asking: Asking, workspace: Workspace, *, at: str | None = None, refusal: str = _NO_MESSAGE
) -> Incoming:
    """The message that somebody points at: `at`, else the one that `asking` is about."""
    try:
        message = await front.lookups.find_message(asking.channel, at or asking.message, workspace.client)
    except (LookupRefused, TryLater) as error:
        raise MessageUnseen(refusal.format(why=error.message)) from error
    if at is not None and is_ours(message, bot_user=workspace.bot_user, bot_id=workspace.bot_id):
        raise MessageUnseen(_OUR_THREAD)
    thread = asking.thread or text_at(message, "thread_ts") or None
    material = find_material(message, bot_user=workspace.bot_user)
    request = require_something(await read_files(front, asking, material, workspace, asked=ask_to_check(material, ())))
    return await front.ask(replace(asking, thread=thread), request, client=workspace.client, reach=None)
