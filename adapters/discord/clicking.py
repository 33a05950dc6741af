"""Buttons, menus and forms. They work after a restart and in any process: all they need is in their custom id."""

import logging
import re
from dataclasses import replace
from typing import Protocol, Self, cast

import discord
from discord import ui

from adapters.chat.clicks import command_of, request_again
from adapters.discord.commands import accept_privately, respond_with_hints
from adapters.discord.forms import FORM, feedback_form, overrule_form, read_form, setting_form, values_of
from adapters.discord.front import Front, say
from adapters.discord.interacting import TAKEN_UP, Asked, answered, deferred, read_interaction, respond, wants_privacy
from adapters.discord.layout import MENU
from bot.errors import NotAllowed
from handlers.actions import Action, ActionKind, decode_action
from handlers.commands import ShowSettings
from handlers.reply import SettingsSheet
from handlers.request import Request

logger = logging.getLogger(__name__)


class HasFront(Protocol):
    """The client, as far as a click needs it."""

    front: Front


class ActionButton(ui.DynamicItem[ui.Button[ui.View]], template=r"cc[0-9]+:.*"):
    """Any button of ours, of this version or another."""

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[discord.Client],  # noqa: ARG003 - discord.py's signature
        item: ui.Item[ui.View],
        match: re.Match[str],  # noqa: ARG003 - discord.py's signature
        /,
    ) -> Self:
        """The button as it was clicked."""
        return cls(cast("ui.Button[ui.View]", item))

    async def callback(self, interaction: discord.Interaction[discord.Client]) -> None:
        """Do what the button says."""
        await click(interaction, self.custom_id)


class ActionMenu(ui.DynamicItem[ui.Select[ui.View]], template=rf"{MENU}:.*"):
    """Any menu of ours; what is chosen is an encoded action."""

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[discord.Client],  # noqa: ARG003 - discord.py's signature
        item: ui.Item[ui.View],
        match: re.Match[str],  # noqa: ARG003 - discord.py's signature
        /,
    ) -> Self:
        """The menu as it was used."""
        return cls(cast("ui.Select[ui.View]", item))

    async def callback(self, interaction: discord.Interaction[discord.Client]) -> None:
        """Do what was chosen."""
        await click(interaction, self.item.values[0])


async def click(interaction: Asked, encoded: str) -> None:
    """Do what an encoded action says; whoever clicks is told alone, and whether they may is decided by the service."""
    front = cast("HasFront", interaction.client).front
    async with answered(interaction):
        action = decode_action(encoded)
        if action.kind in {ActionKind.OVERRULE, ActionKind.NOT_USEFUL} or (
            action.kind is ActionKind.SETTINGS and action.argument
        ):
            await _open_form(interaction, await _form_for(interaction, action, front=front))
            return
        if action.kind is ActionKind.AGAIN:
            await _check_again(interaction, action, front=front)
            return
        if await deferred(interaction) is None:
            return
        asking = read_interaction(interaction)
        command = command_of(action)
        reply = await front.service.act(command, place=asking.place, asker=asking.asker)
        await respond_with_hints(interaction, reply, command, front=front)


async def submit(interaction: Asked, *, front: Front) -> None:
    """Do what a filled-in form says."""
    data = cast("dict[str, object]", interaction.data or {})
    if await deferred(interaction) is None:
        return
    async with answered(interaction):
        action = decode_action(str(data["custom_id"]).removeprefix(FORM))
        command = read_form(action, values_of(data))
        asking = read_interaction(interaction)
        reply = await front.service.act(command, place=asking.place, asker=asking.asker)
        await respond_with_hints(interaction, reply, command, front=front)


async def _form_for(interaction: Asked, action: Action, *, front: Front) -> ui.Modal:
    """The form that an action opens. Who may not use it is told at the latest when it comes back."""
    if action.kind is ActionKind.OVERRULE:
        return overrule_form(action)
    if action.kind is ActionKind.NOT_USEFUL:
        return feedback_form(action)
    asking = read_interaction(interaction)
    reply = await front.service.act(ShowSettings(), place=asking.place, asker=asking.asker)
    sheet = next(part for part in reply.parts if isinstance(part, SettingsSheet))
    if not sheet.may_change:
        message = "You may not change the settings here. Ask somebody who manages this server."
        raise NotAllowed(message)
    return setting_form(action, sheet.lines)


async def _open_form(interaction: Asked, form: ui.Modal) -> None:
    """Send the form, which must be the first answer."""
    try:
        await interaction.response.send_modal(form)
    except discord.HTTPException as refusal:
        if refusal.code not in TAKEN_UP:
            raise
        logger.info("a form was opened elsewhere, or too late (error %s)", refusal.code)


async def _check_again(interaction: Asked, action: Action, *, front: Front) -> None:
    """Check anew; the new report comes below the old one, or for the asker alone where the old one was private."""
    if await deferred(interaction) is not None:
        await accept_below(interaction, request_again(action), front=front)


async def accept_below(
    interaction: Asked, request: Request, *, front: Front, keys: frozenset[str] = frozenset()
) -> None:
    """Have a request accepted whose answer stands below the message clicked on, or goes to the asker alone like it.

    `keys` are further names of the request: under any of them it is accepted once.
    """
    message = interaction.message
    alone = message is None or message.flags.ephemeral
    asking = read_interaction(interaction, message=None if alone or message is None else message.id)
    if alone or await wants_privacy(asking, front):
        await accept_privately(read_interaction(interaction), request, front=front)
        return
    incoming = asking.incoming(request, place=asking.place, whispered=False)
    acceptance = await front.accept(replace(incoming, keys=incoming.keys | keys))
    below = "I check it again; the new report comes below."
    await respond(interaction, say(below if acceptance.fresh else "It is being checked already, or was: look below."))
