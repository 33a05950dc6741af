"""Buttons, menus and forms. They work after a restart and in any process: all they need is in what Slack sends."""

import asyncio
import logging
from dataclasses import replace

from slack_bolt.context.ack.async_ack import AsyncAck

from adapters.chat.clicks import FormIncomplete, command_of, request_again
from adapters.slack.faults import translated
from adapters.slack.forms import (
    EDITED,
    FORM,
    errors_of,
    feedback_form,
    overrule_form,
    read_form,
    read_place,
    setting_form,
    values_of,
)
from adapters.slack.front import Front, say
from adapters.slack.listening import Workspace, check_edited
from adapters.slack.payloads import Json, list_at, map_at, text_at
from adapters.slack.places import Asking, is_private, read_click
from adapters.slack.rendering import Element, files_of
from bot.access import Person, Place
from bot.errors import ClaimcheckError, StaleAction
from handlers.actions import Action, ActionKind, decode_action
from handlers.commands import ShowAll, ShowSettings, StoredCommand
from handlers.reply import Card, Reply, ReplyFile, SettingsSheet

_AGAIN = "I check it again; the new report comes below."
_AGAIN_ALONE = "I check it again; the new report comes to you alone."

logger = logging.getLogger(__name__)


async def hear_click(front: Front, body: Json, workspace: Workspace) -> None:
    """Do what a button or a menu says. Whoever clicks is told alone; the service decides anew whether they may."""
    asking = read_click(body, tenant=workspace.tenant)
    try:
        clicked = next(iter(list_at(body, "actions")), None)
        if text_at(clicked, "action_id") == EDITED:
            about = text_at(clicked, "value")
            thread = asking.thread if asking.thread != asking.message else None
            edited = replace(asking, message=about, thread=thread)
            await check_edited(front, edited, workspace)
            return
        encoded = text_at(clicked, "selected_option", "value") or text_at(clicked, "value")
        await _do(front, body, asking, decode_action(encoded), workspace)
    except ClaimcheckError as error:
        await front.tell(await _place(front, asking, workspace), asking.user, error)


async def hear_form(front: Front, body: Json, workspace: Workspace, *, ack: AsyncAck) -> None:
    """Do what a filled-in form says; where that cannot be done it stays open, as it was filled in, and says why."""
    view = map_at(body, "view")
    asking = read_place(view, tenant=workspace.tenant, user=text_at(body, "user", "id"))
    values = values_of(view)
    try:
        action = decode_action(text_at(view, "callback_id").removeprefix(FORM))
        command = read_form(action, values)
    except FormIncomplete as error:
        await ack(response_action="errors", errors=errors_of(error, values))
        return
    except StaleAction as error:
        await ack()
        front.errands.start(front.say(await _place(front, asking, workspace), asking.user, say(error.message)))
        return
    work = asyncio.ensure_future(_submit(front, asking, command, workspace))
    done, _ = await asyncio.wait({work}, timeout=front.patience)
    failure = work.exception() if done else None
    if isinstance(failure, ClaimcheckError):
        await ack(response_action="errors", errors=errors_of(failure, values))
        return
    await ack()
    front.errands.start(_say_done(front, asking, work, workspace))


async def _submit(front: Front, asking: Asking, command: StoredCommand, workspace: Workspace) -> Reply:
    place = await _place(front, asking, workspace)
    asker = await front.lookups.find_person(asking, workspace.client)
    return await front.service.act(command, place=place, asker=asker)


async def _say_done(front: Front, asking: Asking, work: asyncio.Future[Reply], workspace: Workspace) -> None:
    place = await _place(front, asking, workspace)
    try:
        await front.say(place, asking.user, await work)
    except ClaimcheckError as error:  # after the form was closed
        await front.tell(place, asking.user, error)


async def _do(front: Front, body: Json, asking: Asking, action: Action, workspace: Workspace) -> None:
    if action.kind is ActionKind.NOT_USEFUL:
        await _open(workspace, body, feedback_form(action, asking))
        return
    place = await _place(front, asking, workspace)
    asker = await front.lookups.find_person(asking, workspace.client)
    private = is_private(body)
    if action.kind is ActionKind.OVERRULE:
        reply = await front.service.act(ShowAll(report=action.report), place=place, asker=asker)
        claims = tuple(claim for part in reply.parts if isinstance(part, Card) for claim in (*part.key, *part.rest))
        await _open(workspace, body, overrule_form(action, asking, claims))
    elif action.kind is ActionKind.SETTINGS:
        await _open_settings(front, body, asking, action, workspace, place=place, asker=asker)
    elif action.kind is ActionKind.AGAIN:
        incoming = asking.incoming(request_again(action), reach=place.reach, asker=asker, whispered=private)
        await front.service.accept(incoming)
        await front.say(place, asking.user, say(_AGAIN_ALONE if private else _AGAIN))
    elif action.kind is ActionKind.EXPORT and not private:
        reply = await front.service.act(command_of(action), place=place, asker=asker, privately=False)
        await front.platform.open_thread(place).send_files(files_of(reply))
        rest = tuple(part for part in reply.parts if not isinstance(part, ReplyFile))
        if rest:
            await front.say(place, asking.user, Reply(parts=rest))
    else:
        await front.say(place, asking.user, await front.service.act(command_of(action), place=place, asker=asker))


async def _open_settings(  # noqa: PLR0913 - a click and where it was made
    front: Front, body: Json, asking: Asking, action: Action, workspace: Workspace, *, place: Place, asker: Person
) -> None:
    reply = await front.service.act(ShowSettings(), place=place, asker=asker)
    sheet = next((part for part in reply.parts if isinstance(part, SettingsSheet)), None)
    if sheet is None or not sheet.may_change:
        await front.say(place, asking.user, reply)
        return
    await _open(workspace, body, setting_form(action, asking, sheet.lines))


async def _open(workspace: Workspace, body: Json, form: Element) -> None:
    with translated():
        await workspace.client.views_open(trigger_id=text_at(body, "trigger_id"), view=form)


async def _place(front: Front, asking: Asking, workspace: Workspace) -> Place:
    return asking.place(await front.lookups.find_reach(asking, workspace.client))
