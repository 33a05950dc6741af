"""Drafts over the wire: Components V2 first, and what is simpler where Discord refuses the form of it."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import discord
from discord import ui

from adapters.discord.drafts import Draft
from adapters.discord.faults import INVALID_FORM
from adapters.discord.layout import embeds_of, files_of, lay_out, lay_out_plainly, rows_of

T = TypeVar("T")
SILENT = discord.AllowedMentions.none()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One way of sending a draft; the files are new in each."""

    view: ui.LayoutView | ui.View
    embeds: list[discord.Embed]
    files: list[discord.File]


async def deliver(
    draft: Draft, send: Callable[[Parcel], Awaitable[T]], *, marker: str | None = None, anew: bool = True
) -> T:
    """Send the draft in the richest form that Discord takes; its last refusal is raised. `anew`: it is no edit."""
    *richer, plainest = _forms(draft, marker=marker, anew=anew)
    for form in richer:
        try:
            return await send(form())
        except discord.HTTPException as refusal:
            if refusal.code != INVALID_FORM:
                raise
    return await send(plainest())


def _forms(draft: Draft, *, marker: str | None, anew: bool) -> Iterator[Callable[[], Parcel]]:
    yield lambda: Parcel(view=lay_out(draft, marker=marker), embeds=[], files=files_of(draft))
    if not anew:  # what was sent in Components V2 takes nothing else
        yield lambda: Parcel(view=lay_out_plainly(draft), embeds=[], files=files_of(draft))
    yield lambda: Parcel(view=rows_of(draft), embeds=embeds_of(draft, marker=marker), files=files_of(draft))


async def post(
    channel: discord.abc.Messageable,
    draft: Draft,
    *,
    nonce: str,
    reference: discord.MessageReference | None = None,
    marker: str | None = None,
) -> discord.Message:
    """A new message. Discord gives back the earlier one where the nonce was used some minutes ago."""
    to_send = channel.send if reference is None else partial(channel.send, reference=reference)

    async def send(parcel: Parcel) -> discord.Message:
        if isinstance(parcel.view, ui.LayoutView):
            return await to_send(view=parcel.view, files=parcel.files, nonce=nonce, allowed_mentions=SILENT)
        return await to_send(
            embeds=parcel.embeds, view=parcel.view, files=parcel.files, nonce=nonce, allowed_mentions=SILENT
        )

    return await deliver(draft, send, marker=marker)


async def revise(message: discord.PartialMessage | discord.Message, draft: Draft) -> None:
    """Replace all that an own message says, files and buttons included."""

    async def send(parcel: Parcel) -> discord.Message:
        return await message.edit(
            content=None, embeds=parcel.embeds, attachments=parcel.files, view=parcel.view, allowed_mentions=SILENT
        )

    await deliver(draft, send, anew=False)


async def answer(interaction: discord.Interaction[discord.Client], drafts: tuple[Draft, ...], *, awaited: bool) -> None:
    """Answer a deferred interaction by its token, for the person alone.

    `awaited`: its response is still “thinking”, and the first draft takes its place; the others follow.
    """

    async def send_first(parcel: Parcel) -> discord.InteractionMessage:
        return await interaction.edit_original_response(
            content=None, embeds=parcel.embeds, attachments=parcel.files, view=parcel.view, allowed_mentions=SILENT
        )

    if awaited:
        await deliver(drafts[0], send_first)
    for draft in drafts[awaited:]:
        await follow(interaction, draft)


async def follow(interaction: discord.Interaction[discord.Client], draft: Draft) -> None:
    """One more message in answer to an interaction, for the person alone."""

    async def send(parcel: Parcel) -> None:
        if isinstance(parcel.view, ui.LayoutView):
            await interaction.followup.send(
                view=parcel.view, files=parcel.files, ephemeral=True, allowed_mentions=SILENT
            )
        else:
            await interaction.followup.send(
                embeds=parcel.embeds, view=parcel.view, files=parcel.files, ephemeral=True, allowed_mentions=SILENT
            )

    await deliver(draft, send)
