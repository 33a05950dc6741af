"""A reply as messages within Discord's limits, before anything of discord.py: blocks that fit, and files.

Limits of one message with Components V2: 40 components, nested ones too, and 4,000 displayed characters. The embeds
that stand in for them allow more (10 of 4,096 characters, 6,000 in all), so that what fits the one fits the other.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from adapters.chat.blocks import Block, Button, Rank, Shape, Style, line_of
from adapters.chat.outline import outline
from adapters.chat.packing import Budget, Cost, cut, fit, spread, tell_left_out, units
from adapters.chat.plain import render_plain
from adapters.chat.visible import make_visible
from adapters.discord.markup import BETWEEN_BLOCKS, mark_up
from handlers.actions import Action, ActionKind
from handlers.reply import Card, Part, Reply, ReplyFile, SettingsSheet

MOST_IN_ROW = 5
EVERYTHING = "claim-check.txt"
CHANGE_SETTING = Button(label="Change a setting…", action=Action(kind=ActionKind.SETTINGS, report=0, argument="change"))

_COMPONENTS = 40
_CHARACTERS = 3_900
_LONGEST = 1_500  # of one block before it is escaped, which at most doubles it
_MOST_PRIVATE = 5  # messages that one private answer may take
_MOST_FILES = 9  # Discord takes ten
_LARGEST = 8_000_000  # bytes; Discord takes 10 MB
_ELSEWHERE = f"The attached {EVERYTHING} has everything."
_LONGEST_FINDING = 160  # of a flag in a shortened report
_SHORTENED = Block(lines=(line_of(f"Shortened to fit. {_ELSEWHERE}", style=Style.QUIET),), rank=Rank.KEPT)
_FOR_LINES = 2_600  # characters for all claims in brief, each of which takes
_SHORTEST_LINE, _LONGEST_LINE = 60, 200
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file to go with a message; its name is plain ASCII."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One message: what it says and offers, and its files."""

    blocks: tuple[Block, ...]
    files: tuple[Attached, ...] = ()


def draft_post(reply: Reply) -> Draft:
    """The reply as one message. What has no room in it is shortened or told, and attached with all the rest as a file.

    A shortened report keeps every claim with its chain and quote and the first finding of every flag, as far as they
    go; reasons are a click away in its menu. Of a report that was to show everything each claim keeps a line.
    """
    files = _files(reply)
    budget = _budget(files)
    cards = sum(isinstance(part, Card) for part in reply.parts)
    parts = [_with_fewer_buttons(blocks, cards=cards) for blocks in _outlines(reply)]
    every = [block for blocks in parts for block in blocks]
    if len(spread(every, budget=budget)) == 1 and _has_room(every, budget=budget):
        return Draft(blocks=tuple(every), files=files)
    shorter = [
        _in_brief(part, blocks) if isinstance(part, Card) and part.everything else tuple(map(_shorten, blocks))
        for part, blocks in zip(reply.parts, parts, strict=True)
    ]
    blocks = fit((*shorter, (_SHORTENED,)), budget=budget, elsewhere=_ELSEWHERE)
    if blocks[-1] is not _SHORTENED:  # then its last line names what is left out, and where it is
        blocks = tuple(block for block in blocks if block is not _SHORTENED)
    return Draft(blocks=blocks, files=(*files, _everything(reply)))


def draft_private(reply: Reply) -> tuple[Draft, ...]:
    """The reply as up to five messages, for one person; the rest attached to the last as a text file."""
    files = _files(reply)
    budget = _budget(files)
    messages = spread([block for blocks in _outlines(reply) for block in blocks], budget=budget)
    fitting = [message for message in messages if _has_room(message, budget=budget)]
    if len(fitting) == len(messages) <= _MOST_PRIVATE:
        *first, last = fitting
        return (*(Draft(blocks=message) for message in first), Draft(blocks=last, files=files))
    kept = fitting[: _MOST_PRIVATE - 1]
    left = [block for message in messages if message not in kept for block in message]
    told = tell_left_out(left, elsewhere=_ELSEWHERE)
    return (*(Draft(blocks=message) for message in kept), Draft(blocks=(told,), files=(*files, _everything(reply))))


def cost(block: Block) -> Cost:
    """The components and characters that a block takes at most.

    Words without a colour that follow each other share one text display, so that they are paid for by what may stand
    between them: a claim in its container, or a row to click.
    """
    rows = -(-len(block.buttons) // MOST_IN_ROW)
    clickable = rows + len(block.buttons) + 2 * len(block.menus)
    words = mark_up(block)
    components = (3 if words and block.band is not None else 0) + (clickable + 2 if clickable else 0)
    return Cost(blocks=components, characters=units(words) + len(BETWEEN_BLOCKS))


def _budget(files: Sequence[Attached]) -> Budget:
    # Every file is a component; one more may be needed for what is left out, and the first words are one.
    return Budget(blocks=_COMPONENTS - len(files) - 2, characters=_CHARACTERS, longest=_LONGEST, cost=cost)


def _has_room(blocks: Sequence[Block], *, budget: Budget) -> bool:
    costs = [cost(block) for block in blocks]
    return (
        sum(one.blocks for one in costs) <= budget.blocks and sum(one.characters for one in costs) <= budget.characters
    )


def _outlines(reply: Reply) -> Iterator[tuple[Block, ...]]:
    """The blocks of every part. A report that stands there twice offers its buttons once: custom ids must differ."""
    offered: set[int | None] = set()
    for part in reply.parts:
        blocks = outline(part)
        if isinstance(part, Card):
            yield tuple(block for block in blocks if block.lines or part.report_id not in offered)
            offered.add(part.report_id)
        elif isinstance(part, SettingsSheet) and part.may_change:
            yield (*blocks, Block(buttons=(CHANGE_SETTING,), rank=Rank.KEPT))
        else:
            yield blocks


def _in_brief(card: Card, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Each claim of the card on a line; of all that its blocks say besides, as much as there is room left for."""
    claims = (*card.key, *card.rest)
    longest = min(max(_FOR_LINES // max(len(claims), 1), _SHORTEST_LINE), _LONGEST_LINE)
    lines = tuple(
        line_of(cut(f"{claim.bar} · {claim.number}. {make_visible(claim.claim)}", longest=longest), shape=Shape.ITEM)
        for claim in sorted(claims, key=lambda claim: int(claim.number))
    )
    offers = [block for block in blocks if block.buttons or block.menus]
    head = [block for block in blocks if block.rank is Rank.KEPT and block not in offers]
    told = (Block(lines=(line,), counts="claim", rank=Rank.WANTED) for line in lines)
    more = (replace(_shorten(block), rank=Rank.OPTIONAL) for block in blocks if block.counts not in {"", "claim"})
    return (*head, *told, *more, *offers)


def _shorten(block: Block) -> Block:
    """A claim without the reasons that its menu tells; of a flag the first finding."""
    if block.band is not None:
        said = [line for line in block.lines if not all(run.style is Style.QUIET for run in line.runs)]
        return replace(block, lines=tuple(said))
    items = [number for number, line in enumerate(block.lines) if line.shape is Shape.ITEM]
    if block.counts != "flag" or not items:
        return block
    first = block.lines[items[0]]
    finding = line_of(cut(first.text, longest=_LONGEST_FINDING), shape=Shape.ITEM)
    return replace(block, lines=(*block.lines[: items[0]], finding))


def _with_fewer_buttons(blocks: tuple[Block, ...], *, cards: int) -> tuple[Block, ...]:
    """Of several reports in one message each offers less, so that all have room; “Show all” offers everything again."""
    if cards <= 1:
        return blocks
    most = 3 if cards <= 4 else 1  # noqa: PLR2004 - four times 9 components fit into 40, ten times 4 do
    return tuple(replace(block, buttons=block.buttons[:most], menus=()) for block in blocks)


def _files(reply: Reply) -> tuple[Attached, ...]:
    """The files of the reply, each under a name of its own."""
    files: list[Attached] = []
    for part in reply.parts:
        if isinstance(part, ReplyFile) and len(files) < _MOST_FILES:
            name = _UNSAFE.sub("-", part.name).strip("-.")[-60:] or "file.txt"
            if name in {file.name for file in files}:
                name = f"{len(files) + 1}-{name}"
            files.append(_attach(name, part.text))
    return tuple(files)


def _everything(reply: Reply) -> Attached:
    parts: list[Part] = [replace(part, everything=True) if isinstance(part, Card) else part for part in reply.parts]
    text = render_plain([block for part in parts for block in outline(part)])
    return _attach(EVERYTHING, text)


def _attach(name: str, text: str) -> Attached:
    """The text as a file; packed where it is larger than Discord takes as it is."""
    data = text.encode("utf-8", "replace")
    if len(data) <= _LARGEST:
        return Attached(name=name, data=data)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return Attached(name=f"{name}.zip", data=packed.getvalue())
