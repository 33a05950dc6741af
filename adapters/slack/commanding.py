"""The slash command and the message shortcut. Their acknowledgement may carry a word for the one who asks."""

import logging

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from adapters.slack.front import Front, say
from adapters.slack.listening import Workspace, read_files, require_something
from adapters.slack.material import ask_to_check, find_material, is_ours, read_words
from adapters.slack.payloads import Json, map_at, text_at
from adapters.slack.places import Asking
from adapters.slack.rendering import files_of, render_many, render_one
from bot.errors import ClaimcheckError
from bot.store.records import AnswerWhere
from handlers.commands import CheckAgain, CheckSources, CheckText, Puzzled, SayHelp, SayVersion, StoredCommand
from handlers.parsing import parse_command
from handlers.reply import Reply, ReplyFile
from handlers.request import Incoming, Request
from handlers.wording import word_error

_ASKED_BEFORE = (
    "I was asked about this message before: the answer stands in its thread, or will in a moment. To have it checked "
    "anew, say “recheck” to me there."
)
_OWN = "That is my own answer. Use this on the message that you want checked."
_READING = "Reading… The answer comes to you alone, here or by direct message."
_IN_THREADS = (
    "Slack has no slash commands inside threads: mention me there instead, or use “Check claims” in the menu of a "
    "message (three dots)."
)

logger = logging.getLogger(__name__)


async def hear_command(front: Front, body: Json, workspace: Workspace, *, ack: AsyncAck, respond: AsyncRespond) -> None:
    """`/claimcheck …`: a check is accepted and answered in the channel; all else is answered to the asker at once."""
    asking = Asking(
        tenant=workspace.tenant,
        channel=text_at(body, "channel_id"),
        message=text_at(body, "trigger_id"),
        user=text_at(body, "user_id"),
    )
    request = Request(message=read_words(text_at(body, "text"), bot_user=workspace.bot_user) or "help")
    command = parse_command(request)
    if not isinstance(command, CheckSources | CheckText | CheckAgain):
        await ack()
        front.errands.start(_answer(front, asking, command, workspace, respond=respond))
        return
    # Between two people we can see nothing and post nothing.
    whispered = text_at(body, "channel_name") == "directmessage"
    reading = front.ask(asking, request, client=workspace.client, reach=None, whispered=whispered)
    try:
        fresh = await front.take(asking, reading, client=workspace.client)
        alone = whispered or (await front.settings(asking)).answer is AnswerWhere.PRIVATELY
    except ClaimcheckError as error:  # nothing is delivered twice here: the asker has to try again
        await _acknowledge(ack, Reply(parts=(word_error(error, given=""),)))
        return
    if alone and fresh:
        await _acknowledge(ack, say(_READING))
    else:
        await ack()


async def hear_shortcut(
    front: Front, body: Json, workspace: Workspace, *, ack: AsyncAck, respond: AsyncRespond
) -> None:
    """“Check claims” on any message, another app's too."""
    message = map_at(body, "message")
    ts = text_at(message, "ts") or text_at(body, "message_ts")
    thread = text_at(message, "thread_ts")
    asking = Asking(
        tenant=workspace.tenant,
        channel=text_at(body, "channel", "id"),
        message=ts,
        user=text_at(body, "user", "id"),
        thread=thread if thread != ts else None,
    )
    if is_ours(message, bot_user=workspace.bot_user, bot_id=workspace.bot_id):
        await ack()
        front.errands.start(_respond(respond, say(_OWN)))
        return
    try:
        fresh = await front.take(asking, _read_shortcut(front, asking, message, workspace), client=workspace.client)
    except ClaimcheckError as error:
        await ack()
        front.errands.start(_respond(respond, Reply(parts=(word_error(error, given=""),))))
        return
    await ack()
    if fresh is False:
        front.errands.start(_respond(respond, say(_ASKED_BEFORE)))


async def _read_shortcut(front: Front, asking: Asking, message: Json, workspace: Workspace) -> Incoming:
    material = find_material(message, bot_user=workspace.bot_user)
    request = require_something(await read_files(front, asking, material, workspace, asked=ask_to_check(material, ())))
    return await front.ask(asking, request, client=workspace.client, reach=None)


async def _answer(
    front: Front,
    asking: Asking,
    command: StoredCommand | SayHelp | SayVersion | Puzzled,
    workspace: Workspace,
    *,
    respond: AsyncRespond,
) -> None:
    reach = await front.lookups.find_reach(asking, workspace.client)
    asker = await front.lookups.find_person(asking, workspace.client)
    place = asking.place(reach)
    try:
        reply = await front.service.act(command, place=place, asker=asker)
    except ClaimcheckError as error:
        reply = Reply(parts=(word_error(error, given=""),))
    if isinstance(command, SayHelp):
        reply = Reply(parts=(*reply.parts, *say(_IN_THREADS).parts))
    if files_of(reply):
        await front.say(place, asking.user, reply)
    else:
        await _respond(respond, reply)


async def _respond(respond: AsyncRespond, reply: Reply) -> None:
    """Tell the one who asked, wherever that was: Slack takes five of these for one command."""
    for message in render_many(part for part in reply.parts if not isinstance(part, ReplyFile))[:_MOST_RESPONSES]:
        answer = await respond(
            text=message.text, blocks=message.blocks, response_type="ephemeral", replace_original=False
        )
        if answer.status_code >= 400:  # noqa: PLR2004 - where errors begin in HTTP
            logger.warning("Slack refused an answer to a command: %s", answer.status_code)


async def _acknowledge(ack: AsyncAck, reply: Reply) -> None:
    message = render_one(reply)
    await ack(text=message.text, blocks=message.blocks, response_type="ephemeral")


_MOST_RESPONSES = 5
