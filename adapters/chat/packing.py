"""Making a reply fit: long words split where a reader would, blocks spread over messages or left out by name.

Lengths are in UTF-16 code units, the strictest way in which chat platforms count: an emoji is 2 or more.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from adapters.chat.blocks import Block, Line, Rank, Run, Style, line_of

_CUT = "…"
_JOINER = "\u200d"
_LONGEST_CLUSTER = 64  # characters of one sign that are kept together, against endless stacks of accents
_ATTACHED = (  # these belong to the character before them, beside combining marks
    ("\u200c", "\u200d"),  # joiners
    ("\u1160", "\u11ff"),  # Hangul vowels and finals
    ("\ufe00", "\ufe0f"),  # variation selectors
    ("\U0001f3fb", "\U0001f3ff"),  # skin tones
    ("\U000e0020", "\U000e007f"),  # tags of flags
)
_FLAG_LETTERS = ("\U0001f1e6", "\U0001f1ff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a block takes of a message: the platform's own blocks or components, and characters."""

    blocks: int
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What one message may hold, and one block of it at most; `cost` says what the platform makes of a block."""

    blocks: int
    characters: int
    longest: int
    cost: Callable[[Block], Cost]


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, *, longest: int) -> str:
    """The text, or its beginning with an ellipsis, within `longest` units."""
    if units(text) <= longest:
        return text
    return next(split(text, longest=longest - len(_CUT))).rstrip() + _CUT


def split(text: str, *, longest: int) -> Iterator[str]:
    """Pieces of at most `longest` units that joined are the text: after a space where there is one, else between signs.

    A sign is what a reader sees as one (a grapheme): a letter with its accents, an emoji with its skin tone, a flag.
    """
    rest = text
    while units(rest) > longest:
        room = _characters_within(rest, longest)
        space = max(rest.rfind(" ", room // 2, room), rest.rfind("\n", room // 2, room))
        at = space + 1 if space >= 0 else _sign_boundary(rest, room)
        yield rest[:at]
        rest = rest[at:]
    if rest or not text:
        yield rest


def spread(blocks: Sequence[Block], *, budget: Budget) -> tuple[tuple[Block, ...], ...]:
    """The blocks over as many messages as they need, in order."""
    messages: list[list[Block]] = [[]]
    for block in _splinters(blocks, budget=budget):
        if messages[-1] and not _fits((*messages[-1], block), budget=budget):
            messages.append([])
        messages[-1].append(block)
    return tuple(tuple(message) for message in messages if message)


def fit(parts: Sequence[Sequence[Block]], *, budget: Budget, elsewhere: str) -> tuple[Block, ...]:
    """The blocks of all parts in one message; what does not fit is named in a last line, with `elsewhere`.

    Each part keeps what ranks highest, turn by turn, so that the first one does not crowd out the others.
    """
    numbered = [(part, block) for part, blocks in enumerate(parts) for block in _splinters(blocks, budget=budget)]
    everything = tuple(block for _, block in numbered)
    if _fits(everything, budget=budget):
        return everything
    told = tell_left_out(everything, elsewhere=elsewhere)
    chosen: set[int] = set()
    spent = _added(Cost(blocks=0, characters=0), budget.cost(told))
    for index in _by_turns(numbered):
        block = numbered[index][1]
        grown = _added(spent, budget.cost(block))
        if grown.blocks <= budget.blocks and grown.characters <= budget.characters:
            chosen.add(index)
            spent = grown
    kept = [block for index, (_, block) in enumerate(numbered) if index in chosen]
    left = [block for index, (_, block) in enumerate(numbered) if index not in chosen]
    return (*kept, tell_left_out(left, elsewhere=elsewhere))


def tell_left_out(blocks: Sequence[Block], *, elsewhere: str) -> Block:
    """A line instead of these blocks: "No room here for 12 claims and 3 flags. …"."""
    counted = Counter(block.counts for block in blocks if block.counts)
    names = [f"{count} {name}{'s' * (count > 1)}" for name, count in counted.items()]
    what = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names) or "everything"
    return Block(lines=(line_of(f"No room here for {what}. {elsewhere}", style=Style.QUIET),), rank=Rank.KEPT)


def _splinters(blocks: Sequence[Block], *, budget: Budget) -> Iterator[Block]:
    """The blocks, each of those that are too long in several pieces; only the first piece is counted."""
    for block in blocks:
        if sum(units(line.text) + 1 for line in block.lines) <= budget.longest:
            yield block
            continue
        pieces = _pieces(block.lines, longest=budget.longest)
        for number, lines in enumerate(pieces):
            yield replace(block, lines=lines, counts="" if number else block.counts)


def _pieces(lines: Sequence[Line], *, longest: int) -> Iterator[tuple[Line, ...]]:
    piece: list[Line] = []
    room = longest
    for line in lines:
        for part in _split_line(line, longest=longest - 1):
            length = units(part.text) + 1
            if piece and length > room:
                yield tuple(piece)
                piece, room = [], longest
            piece.append(part)
            room -= length
    if piece:
        yield tuple(piece)


def _split_line(line: Line, *, longest: int) -> Iterator[Line]:
    if units(line.text) <= longest:
        yield line
        return
    runs: list[Run] = []
    room = longest
    for run in line.runs:
        for text in split(run.text, longest=longest):
            if runs and units(text) > room:
                yield replace(line, runs=tuple(runs))
                runs, room = [], longest
            # Half an address leads nowhere, or somewhere else.
            runs.append(replace(run, text=text, link=run.link and text == run.text))
            room -= units(text)
    if runs:
        yield replace(line, runs=tuple(runs))


def _by_turns(numbered: Sequence[tuple[int, Block]]) -> list[int]:
    """Indices in the order in which blocks are given room: by rank, then part by part in turns."""
    turns: Counter[tuple[int, Rank]] = Counter()
    order = []
    for index, (part, block) in enumerate(numbered):
        turns[part, block.rank] += 1
        order.append((block.rank, turns[part, block.rank], part, index))
    return [index for _, _, _, index in sorted(order)]


def _fits(blocks: Sequence[Block], *, budget: Budget) -> bool:
    costs = [budget.cost(block) for block in blocks]
    return (
        sum(cost.blocks for cost in costs) <= budget.blocks
        and sum(cost.characters for cost in costs) <= budget.characters
    )


def _added(one: Cost, other: Cost) -> Cost:
    return Cost(blocks=one.blocks + other.blocks, characters=one.characters + other.characters)


def _characters_within(text: str, longest: int) -> int:
    """How many characters of the text, at least one, take at most `longest` units."""
    taken = 0
    for count, character in enumerate(text):
        taken += 1 + (character > "\uffff")
        if taken > longest:
            return max(count, 1)
    return len(text)


def _sign_boundary(text: str, at: int) -> int:
    """The last place up to `at` that does not cut a sign in two; `at` itself where there is none nearby."""
    for place in range(at, max(at - _LONGEST_CLUSTER, 0), -1):
        if place >= len(text) or not _joined(text, place):
            return place
    return at


def _joined(text: str, at: int) -> bool:
    character, before = text[at], text[at - 1]
    if before == _JOINER or unicodedata.category(character).startswith("M"):
        return True
    if any(first <= character <= last for first, last in _ATTACHED):
        return True
    if _is_flag_letter(character):  # two of them make a flag
        letters = 0
        while letters < at and _is_flag_letter(text[at - 1 - letters]):
            letters += 1
        return letters % 2 == 1
    return False


def _is_flag_letter(character: str) -> bool:
    return _FLAG_LETTERS[0] <= character <= _FLAG_LETTERS[1]
