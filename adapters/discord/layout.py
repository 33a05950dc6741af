"""Drafts as discord.py's own values: Components V2, and embeds where Discord refuses those."""

import hashlib
import io
from collections.abc import Iterator
from itertools import groupby

import discord
from discord import ui

from adapters.chat.blocks import Block, Button, Menu
from adapters.chat.packing import cut, units
from adapters.discord.drafts import MOST_IN_ROW, Draft
from adapters.discord.markup import BETWEEN_BLOCKS, mark_up, mark_up_all
from bot.report import Band
from handlers.actions import ActionKind

MENU = "menu"  # what the custom id of a menu starts with; that of a button is the encoded action

_COLOURS = {Band.STRONG: 0x2E7D32, Band.MODERATE: 0x1565C0, Band.WEAK: 0xF9A825, Band.UNSOURCED: 0xC62828}
_NEUTRAL = 0x607D8B
_STYLES = {
    ActionKind.SHOW_ALL: discord.ButtonStyle.primary,
}
_NOTHING = "…"  # Discord refuses empty words
_MOST_EMBEDS = 10
_LONGEST_LABEL = 80
_LONGEST_ENTRY = 100
_FIRST_OWN_ID = 1 << 30  # far above the numbers that Discord gives to components by itself


def component_id(marker: str) -> int:
    """The id that the first component of our post carries, made from its marker.

    Discord keeps it and tells it whenever the message is read, unlike a nonce. It is a signed number of 32 bits.
    """
    return _FIRST_OWN_ID + int.from_bytes(hashlib.sha256(marker.encode()).digest()[:8]) % _FIRST_OWN_ID


def lay_out(draft: Draft, *, marker: str | None = None) -> ui.LayoutView:
    """The draft in Components V2: text displays, a container in its band's colour for each claim, rows to click."""
    view = ui.LayoutView(timeout=None)
    for (band, clickable), group in groupby(draft.blocks, key=_kind):
        blocks = tuple(group)
        if clickable:
            for item in (item for block in blocks for item in _clickable(block)):
                view.add_item(item)
        elif band is None:
            view.add_item(ui.TextDisplay(mark_up_all(blocks) or _NOTHING))
        else:
            texts = (ui.TextDisplay[ui.LayoutView](mark_up(block)) for block in blocks)
            view.add_item(ui.Container(*texts, accent_colour=_COLOURS[band]))
    for file in draft.files:
        view.add_item(ui.File(f"attachment://{file.name}"))
    if marker is not None:
        view.children[0].id = component_id(marker)
    view.stop()  # clicks come by their custom id (adapters.discord.clicking); nothing is kept per message
    return view


def lay_out_plainly(draft: Draft) -> ui.LayoutView:
    """The words of the draft as one text display, its buttons, its files: the least that Components V2 can be.

    A message that has them once can never be one with embeds again, so that an edit needs this.
    """
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(mark_up_all(draft.blocks) or _NOTHING))
    for row in (row for block in draft.blocks for row in _rows(block)):
        view.add_item(row)
    for file in draft.files:
        view.add_item(ui.File(f"attachment://{file.name}"))
    view.stop()
    return view


def embeds_of(draft: Draft, *, marker: str | None = None) -> list[discord.Embed]:
    """The words of the draft as embeds, one in each colour that follows another."""
    groups = [(band, mark_up_all(blocks)) for band, blocks in groupby(draft.blocks, key=lambda block: block.band)]
    groups = [(band, words) for band, words in groups if words] or [(None, _NOTHING)]
    if len(groups) > _MOST_EMBEDS:
        rest = BETWEEN_BLOCKS.join(words for _, words in groups[_MOST_EMBEDS - 1 :])
        groups = [*groups[: _MOST_EMBEDS - 1], (None, rest)]
    embeds = [
        discord.Embed(description=words, colour=_NEUTRAL if band is None else _COLOURS[band]) for band, words in groups
    ]
    if marker is not None:
        embeds[-1].set_footer(text=marker)
    return embeds


def rows_of(draft: Draft) -> ui.View:
    """What can be clicked, for a message with embeds: at most five rows."""
    view = ui.View(timeout=None)
    rows = [row for block in draft.blocks for row in _rows(block)]
    for number, row in enumerate(rows[:5]):
        for item in row.children:
            item.row = number
            view.add_item(item)
    view.stop()
    return view


def files_of(draft: Draft) -> list[discord.File]:
    """The files, made anew for every attempt, since sending reads them to their end."""
    return [discord.File(io.BytesIO(file.data), filename=file.name) for file in draft.files]


def _kind(block: Block) -> tuple[Band | None, bool]:
    return block.band, bool(block.buttons or block.menus)


def _clickable(block: Block) -> Iterator[ui.Item[ui.LayoutView]]:
    if words := mark_up(block):
        yield ui.TextDisplay(words)
    yield ui.Separator()
    yield from _rows(block)


def _rows(block: Block) -> Iterator[ui.ActionRow[ui.LayoutView]]:
    for start in range(0, len(block.buttons), MOST_IN_ROW):
        yield ui.ActionRow(*map(_button, block.buttons[start : start + MOST_IN_ROW]))
    for menu in block.menus:
        yield ui.ActionRow(_select(menu))


def _button(button: Button) -> ui.Button[ui.LayoutView]:
    style = _STYLES.get(button.action.kind, discord.ButtonStyle.secondary)
    label = _within(button.label, longest=_LONGEST_LABEL)
    return ui.Button(label=label, custom_id=button.action.encode(), style=style)


def _select(menu: Menu) -> ui.Select[ui.LayoutView]:
    first = menu.entries[0].action
    options = [
        discord.SelectOption(label=_within(entry.label, longest=_LONGEST_ENTRY), value=entry.action.encode())
        for entry in menu.entries
    ]
    return ui.Select(custom_id=f"{MENU}:{first.kind}:{first.report}", placeholder=menu.label, options=options)


def _within(label: str, *, longest: int) -> str:
    return label if units(label) <= longest else cut(label, longest=longest)
