"""A message that was answered says something else now: offer to check it again, and do so.

Discord tells of an edit without saying what it was, and sends the same event when it adds a preview or opens a thread;
so an edit counts for a minute after its own time stamp, and one edit makes one offer, by its nonce.
"""

import hashlib
import logging
import re
from datetime import datetime, timedelta
from typing import Protocol, Self, cast

import discord
from discord import ui

from adapters.chat.downloads import nothing_readable
from adapters.discord.clicking import HasFront, accept_below
from adapters.discord.faults import translated
from adapters.discord.interacting import Asked, answered, deferred
from adapters.discord.listening import HIDDEN, NothingToSee
from adapters.discord.material import ask_to_check, find_material
from adapters.discord.places import request_id, tenant_of
from adapters.discord.sending import SILENT
from bot.errors import ClaimcheckError
from bot.store.records import Delivery

EDITED = "edited"  # what the custom id of the offer starts with; the message's id follows
_WORDS = "That message says something else now than when I checked it."
_LABEL = "Check the new version"
_FRESH = timedelta(minutes=1)
_NONCE = 22  # characters; Discord takes 25

logger = logging.getLogger(__name__)


class DeliveryBook(Protocol):
    """What the adapter asks of the store's deliveries (bot.store.Deliveries, or a small stand-in)."""

    async def load(self, request_id: str) -> Delivery | None:
        """The answer to a request; None where there is none."""


class EditedButton(ui.DynamicItem[ui.Button[ui.View]], template=rf"{EDITED}:(?P<message>\d{{1,20}})"):
    """The offer, on a message of any age."""

    def __init__(self, message: int) -> None:
        self.message = message
        super().__init__(ui.Button(label=_LABEL, custom_id=f"{EDITED}:{message}", style=discord.ButtonStyle.primary))

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[discord.Client],  # noqa: ARG003 - discord.py's signature
        item: ui.Item[ui.View],  # noqa: ARG003 - discord.py's signature
        match: re.Match[str],
        /,
    ) -> Self:
        """The button as it was clicked."""
        return cls(int(match["message"]))

    async def callback(self, interaction: discord.Interaction[discord.Client]) -> None:
        """Check the message as it stands now."""
        await check_edited(interaction, self.message)


async def hear_edit(
    message: discord.Message, *, client: discord.Client, deliveries: DeliveryBook, now: datetime | None = None
) -> None:
    """Where the message was answered for all to see, offer below that answer to check the new version."""
    edited = message.edited_at
    if edited is None or message.author.bot or message.webhook_id is not None or find_material(message).is_empty:
        return
    if (now or discord.utils.utcnow()) - edited > _FRESH:
        return
    tenant = tenant_of(message.guild.id if message.guild else None, user=message.author.id)
    try:
        delivery = await deliveries.load(request_id(tenant, channel=message.channel.id, message=message.id))
        channel, _, own = (delivery.message or "").partition("/") if delivery else ("", "", "")
        if not own:  # not answered yet, or only to one person
            return
        with translated():
            await _offer(client, int(channel), int(own), message=message.id, edited=edited)
    except ClaimcheckError as error:
        logger.info("a message was edited, and its new check could not be offered: %s", error.code)


async def _offer(client: discord.Client, channel: int, own: int, *, message: int, edited: datetime) -> None:
    view = ui.View(timeout=None)
    view.add_item(EditedButton(message))
    view.stop()  # clicks come by their custom id
    target = client.get_partial_messageable(channel)
    reference = discord.MessageReference(message_id=own, channel_id=channel, fail_if_not_exists=False)
    said = f"{EDITED}:{message}:{edited.timestamp()}"
    nonce = hashlib.sha256(said.encode()).hexdigest()[:_NONCE]
    await target.send(_WORDS, view=view, nonce=nonce, reference=reference, allowed_mentions=SILENT)


async def check_edited(interaction: Asked, id_: int) -> None:
    """Have the message checked as it stands now; two clicks on one version make one check."""
    if await deferred(interaction) is None:
        return
    front = cast("HasFront", interaction.client).front
    async with answered(interaction):
        with translated():
            message = await _fetch(interaction, id_)
        material = find_material(message)
        if material.is_empty:
            raise nothing_readable() if material.unreadable else NothingToSee(HIDDEN)
        request = ask_to_check(material, await front.download(material.files))
        version = message.edited_at or message.created_at
        key = f"discord:{EDITED}:{id_}:{version.timestamp()}"
        await accept_below(interaction, request, front=front, keys=frozenset({key}))


async def _fetch(interaction: Asked, id_: int) -> discord.Message:
    """The message: where the offer stands or, where that is a thread on the message, in the channel above."""
    channel = interaction.channel
    above = channel.parent_id if isinstance(channel, discord.Thread) and channel.id == id_ else None
    if isinstance(channel, discord.Thread) and isinstance(channel.parent, discord.ForumChannel):
        above = None  # the first message of a forum post stands in the post
    where = interaction.client.get_partial_messageable(above or interaction.channel_id or 0)
    return await where.fetch_message(id_)
