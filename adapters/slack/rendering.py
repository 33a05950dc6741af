"""A reply in Block Kit. Quoted words only ever stand in elements that read no mark-up: rich_text and plain_text.

Limits are obeyed by construction. Slack documents 50 blocks, 150 characters of a header, 75 of a button or an option,
100 options; all blocks of a message together are refused (msg_too_long, invalid_blocks) from about 13,000 characters.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from adapters.chat.blocks import Block, Button, Line, Menu, Run, Shape, Style
from adapters.chat.outline import outline
from adapters.chat.packing import Budget, Cost, cut, fit, split, spread, units
from adapters.chat.plain import render_plain
from handlers.reply import Card, Part, Reply, ReplyFile

MOST_BLOCKS = 50
MOST_CHARACTERS = 10_000  # of all blocks of one message
MOST_FALLBACK = 4_000

_LONGEST_BLOCK = 2_900
_LONGEST_HEADER = 150
_LONGEST_LABEL = 75
_ROOM = 9_600  # under MOST_CHARACTERS, with some air
_MOST_MESSAGES = 8  # that a private answer may take
_EVERYTHING = "“Show all claims” and “Export” have it all."
_ATTACHED = "I send all of it as a file, too."
_CAPTION = "All of the answer, which is longer than the messages that I may send."
_IN_FILES = "The answer is longer than I may send here."

Element = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message: what notifications and screen readers say, and its blocks."""

    text: str
    blocks: tuple[Element, ...]


def render_one(reply: Reply) -> Message:
    """The reply in one message; what does not fit is named in it, with the button that has it. Files are left out.

    Reports to be shown in full that do not fit are shown in short.
    """
    parts = [outline(part) for part in reply.parts]
    if len(spread([block for blocks in parts for block in blocks], budget=BUDGET)) > 1:
        parts = [outline(replace(part, everything=False) if isinstance(part, Card) else part) for part in reply.parts]
    elsewhere = _EVERYTHING if any(isinstance(part, Card) for part in reply.parts) else _IN_FILES
    return _message(fit(parts, budget=BUDGET, elsewhere=elsewhere))


def render_many(parts: Iterable[Part]) -> tuple[Message, ...]:
    """The parts in full over as many messages as they need, up to `_MOST_MESSAGES`; the last one says what is left."""
    messages = spread([block for part in parts for block in outline(part)], budget=BUDGET)
    if len(messages) > _MOST_MESSAGES:
        rest = [block for message in messages[_MOST_MESSAGES - 1 :] for block in message]
        messages = (*messages[: _MOST_MESSAGES - 1], fit([rest], budget=BUDGET, elsewhere=_ATTACHED))
    return tuple(map(_message, messages))


def render_rest(parts: Iterable[Part]) -> tuple[ReplyFile, ...]:
    """All of the parts as a file, where they need more messages than `render_many` makes; else none."""
    blocks = [block for part in parts for block in outline(part)]
    if len(spread(blocks, budget=BUDGET)) <= _MOST_MESSAGES:
        return ()
    return (ReplyFile(name="claimcheck.txt", text=render_plain(blocks), caption=_CAPTION),)


def files_of(reply: Reply) -> tuple[ReplyFile, ...]:
    """The files that go along with the reply."""
    return tuple(part for part in reply.parts if isinstance(part, ReplyFile))


def escape(words: str) -> str:
    """The words as Slack's mark-up shows them: no mention, no link; the three signs that it reads are entities."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_text(words: str, *, longest: int) -> Element:
    """A plain_text object."""
    return {"type": "plain_text", "text": cut(words, longest=longest) or " ", "emoji": False}


def _cost(block: Block) -> Cost:
    clickable = [button.label for button in block.buttons]
    clickable += [label for menu in block.menus for label in (menu.label, *(entry.label for entry in menu.entries))]
    labels = sum(map(units, clickable))
    titles = len([line for line in block.lines if line.shape is Shape.TITLE])
    rich = any(line.shape is not Shape.TITLE for line in block.lines)
    # One more character for every line: the break or the bullet.
    characters = sum(units(line.text) + 1 for line in block.lines) + labels
    return Cost(blocks=titles + rich + bool(clickable), characters=characters)


BUDGET = Budget(blocks=MOST_BLOCKS, characters=_ROOM, longest=_LONGEST_BLOCK, cost=_cost)


def _message(blocks: Sequence[Block]) -> Message:
    rendered = tuple(element for block in blocks for element in _block(block))
    return Message(text=_fallback(line for block in blocks for line in block.lines), blocks=rendered)


def _block(block: Block) -> Iterator[Element]:
    for title in (line for line in block.lines if line.shape is Shape.TITLE):
        yield {"type": "header", "text": plain_text(title.text, longest=_LONGEST_HEADER)}
    lines = [line for line in block.lines if line.shape is not Shape.TITLE and line.text]
    if lines:
        yield {"type": "rich_text", "elements": list(_rich(lines))}
    clickable = [*map(_button, block.buttons), *map(_menu, block.menus)]
    if clickable:
        yield {"type": "actions", "elements": clickable}


def _rich(lines: Sequence[Line]) -> Iterator[Element]:
    for shape, group in groupby(lines, key=lambda line: line.shape):
        same = list(group)
        if shape is Shape.ITEM:
            sections = [{"type": "rich_text_section", "elements": list(_runs(line.runs))} for line in same]
            yield {"type": "rich_text_list", "style": "bullet", "elements": sections}
        elif shape is Shape.COPY:
            words = "\n".join(line.text for line in same)
            yield {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": words}]}
        else:
            kind = "rich_text_quote" if shape is Shape.QUOTE else "rich_text_section"
            yield {"type": kind, "elements": list(_runs(_with_breaks(same)))}


def _with_breaks(lines: Sequence[Line]) -> Iterator[Run]:
    for number, line in enumerate(lines):
        if number:
            yield Run(text="\n")
        yield from line.runs


def _runs(runs: Iterable[Run]) -> Iterator[Element]:
    styles = {Style.BOLD: {"bold": True}, Style.QUIET: {"italic": True}}
    for run in runs:
        if not run.text:
            continue
        element: Element = {"type": "link", "url": run.text} if run.link else {"type": "text", "text": run.text}
        if run.style in styles and not run.link:
            element["style"] = styles[run.style]
        yield element


def _button(button: Button) -> Element:
    encoded = button.action.encode()
    label = plain_text(button.label, longest=_LONGEST_LABEL)
    return {"type": "button", "text": label, "action_id": encoded, "value": encoded}


def _menu(menu: Menu) -> Element:
    options = [
        {"text": plain_text(entry.label, longest=_LONGEST_LABEL), "value": entry.action.encode()}
        for entry in menu.entries
    ]
    first = menu.entries[0].action
    return {
        "type": "static_select",
        "placeholder": plain_text(menu.label, longest=_LONGEST_LABEL),
        "action_id": f"menu:{first.kind}:{first.report}",
        "options": options,
    }


def _fallback(lines: Iterable[Line]) -> str:
    """What stands in notifications and is read aloud: as many of the lines as fit, in Slack's mark-up."""
    said: list[str] = []
    room = MOST_FALLBACK - 10
    for line in lines:
        words = escape(line.text)
        if units(words) + 1 > room:
            # An entity takes up to five characters for one, so this piece fits in any case.
            piece = next(split(line.text, longest=max(room // 5, 1)))
            said.append(f"{escape(piece)}…")
            break
        said.append(words)
        room -= units(words) + 1
    return "\n".join(said) or "…"
