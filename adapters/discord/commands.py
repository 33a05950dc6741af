"""The application commands: /check and its neighbours, and Apps → Check claims on any message."""

import logging
from typing import Any

import discord
from discord import app_commands

from adapters.chat.downloads import nothing_readable
from adapters.discord.drafts import draft_post
from adapters.discord.faults import translated
from adapters.discord.front import CONTENT_HIDDEN, Front, say
from adapters.discord.interacting import (
    ALONE,
    FOR_YOU,
    Asked,
    Asking,
    answered,
    deferred,
    read_interaction,
    respond,
    wants_privacy,
)
from adapters.discord.listening import NothingToSee, incoming_of
from adapters.discord.material import ask_to_check, find_material
from adapters.discord.sending import answer
from bot.errors import ClaimcheckError, EmptyText
from handlers.commands import ChangeSetting, SayHelp, ShowHistory, ShowSettings, ShowSources, StoredCommand
from handlers.reply import Reply
from handlers.request import Request

CHECK_CLAIMS = "Check claims"
_LONGEST_SHOWN = 300  # characters of what was asked that stand above the thread

logger = logging.getLogger(__name__)


class Tree(app_commands.CommandTree[discord.Client]):
    """The commands with everything they need; they may be used in servers, in direct messages, by whoever installed."""

    def __init__(self, client: discord.Client, *, front: Front) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        for command in build_commands(front):
            self.add_command(command)


def build_commands(front: Front) -> tuple[app_commands.Command[Any, ..., None] | app_commands.ContextMenu, ...]:
    """The commands, bound to the service."""

    @app_commands.command(description="Check how the claims of an article are sourced")
    @app_commands.describe(link_or_text="a link, or the article's text", file="a .txt, .md, .html, .pdf or .docx file")
    async def check(
        interaction: Asked, link_or_text: str | None = None, file: discord.Attachment | None = None
    ) -> None:
        await run_check(interaction, link_or_text or "", file, front=front)

    @app_commands.command(description="Who stands behind the claims of the article last checked here")
    async def sources(interaction: Asked) -> None:
        await run_stored(interaction, ShowSources(), front=front)

    @app_commands.command(description="Earlier checks that you may see")
    @app_commands.describe(query="words of a title, an outlet or an address")
    async def history(interaction: Asked, query: str | None = None) -> None:
        await run_stored(interaction, ShowHistory(query=query or ""), front=front)

    @app_commands.command(description="See or change how claimcheck behaves in this channel")
    @app_commands.describe(name="the setting to change", value="what it shall be")
    async def settings(interaction: Asked, name: str | None = None, value: str | None = None) -> None:
        command = ChangeSetting(name=name, value=value or "") if name else ShowSettings()
        await run_stored(interaction, command, front=front)

    @app_commands.command(name="help", description="What claimcheck does and what it understands")
    async def show_help(interaction: Asked) -> None:
        await run_stored(interaction, SayHelp(), front=front)

    @app_commands.context_menu(name=CHECK_CLAIMS)
    async def check_claims(interaction: Asked, message: discord.Message) -> None:
        await run_check_claims(interaction, message, front=front)

    return (check, sources, history, settings, show_help, check_claims)


async def run_check(interaction: Asked, link_or_text: str, file: discord.Attachment | None, *, front: Front) -> None:
    """`/check`: the response names what is checked, and the report comes in a thread on it."""
    private = await wants_privacy(read_interaction(interaction), front)
    response = await deferred(interaction, ephemeral=private)
    if response is None:
        return
    async with answered(interaction):
        words = link_or_text.strip()
        files = await front.download((file,) if file else ())
        if not words and not files:
            message = "Give me a link or the article's text, or attach a file: /check and then what to check."
            raise EmptyText(message)
        request = Request(message=f"Check: {words}" if words else "", attachments=files)
        own = None if private else response.message_id
        asking = read_interaction(interaction, message=own)
        if own is None:
            await accept_privately(asking, request, front=front)
            return
        shown = Reply(parts=say(f"Claim check, asked for by {asking.asker.name}: {_shown(words, file)}").parts)
        with translated():
            await answer(interaction, (draft_post(shown),), awaited=True)
        front.doors.keep(asking.place.message, interaction, awaited=False)
        await front.accept(asking.incoming(request, place=asking.place, whispered=False))


async def run_check_claims(interaction: Asked, message: discord.Message, *, front: Front) -> None:
    """Check claims on a message: the report comes in a thread on that message, and the asker is told so."""
    if await deferred(interaction) is None:
        return
    async with answered(interaction):
        material = find_material(message)
        if material.is_empty and material.unreadable:
            raise nothing_readable()
        if material.is_empty:
            sentence = "I find no words, links or files in that message that I could check."
            raise NothingToSee(sentence)
        request = ask_to_check(material, await front.download(material.files))
        asking = read_interaction(interaction, message=message.id)
        if await wants_privacy(asking, front):
            await accept_privately(read_interaction(interaction), request, front=front)
            return
        incoming = incoming_of(message, place=asking.place, asker=asking.asker, request=request)
        acceptance = await front.accept(incoming)
        again = "" if acceptance.fresh else "This message was checked already, or is being checked: "
        await respond(interaction, say(f"{again}The report comes in the thread on that message, or as a reply to it."))


async def accept_privately(asking: Asking, request: Request, *, front: Front) -> None:
    """Have it checked for the asker alone, who is told so; the answer takes the place of that when it is there.

    Were “thinking” left there, it would stand for ever where another process answers, or this one after a restart.
    """
    place = asking.place
    await respond(asking.interaction, say(FOR_YOU if asking.present else ALONE))
    front.doors.keep(place.message, asking.interaction, awaited=True)
    await front.accept(asking.incoming(request, place=place, whispered=True))


async def run_stored(interaction: Asked, command: StoredCommand | SayHelp, *, front: Front) -> None:
    """Answer a command at once, for the asker alone."""
    if await deferred(interaction) is None:
        return
    async with answered(interaction):
        asking = read_interaction(interaction)
        reply = await front.service.act(command, place=asking.place, asker=asking.asker)
        await respond_with_hints(interaction, reply, command, front=front)


async def respond_with_hints(interaction: Asked, reply: Reply, command: object, *, front: Front) -> None:
    """Answer; after settings were seen or changed, say too what keeps them from working on Discord."""
    if not isinstance(command, ChangeSetting | ShowSettings):
        await respond(interaction, reply)
        return
    checks = front.auto_checks
    await checks.look()
    if checks.where and not await _may_read(interaction.client, front):
        reply = Reply(parts=(*reply.parts, *say(CONTENT_HIDDEN).parts))
        checks.told = checks.where
    await respond(interaction, reply)
    checks.settle()


async def _may_read(client: discord.Client, front: Front) -> bool:
    """Whether Discord lets us read what does not mention us, as it says now; yes where it does not say."""
    if front.auto_checks.asked_for or front.auto_checks.refused:
        return not front.auto_checks.refused
    try:
        with translated():
            flags = (await client.application_info()).flags
    except ClaimcheckError as error:
        logger.info("whether messages can be read could not be looked up: %s", error.code)
        return True
    return flags.gateway_message_content or flags.gateway_message_content_limited


def _shown(words: str, file: discord.Attachment | None) -> str:
    what = " ".join(words.split()) or (file.filename if file else "")
    return what if len(what) <= _LONGEST_SHOWN else f"{what[:_LONGEST_SHOWN]}…"
