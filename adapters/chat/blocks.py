"""A reply laid out for any chat: blocks of lines of runs, with what can be clicked.

All text is data, as in `handlers.reply`, already made visible (`adapters.chat.visible`): a platform escapes it in its
own way, or uses elements that read no mark-up.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from bot.report import Band
from handlers.actions import Action


class Style(StrEnum):
    """How a run of words looks."""

    PLAIN = "plain"
    BOLD = "bold"
    QUIET = "quiet"  # said beside the matter: italic or small


class Shape(StrEnum):
    """What a line is among the lines of its block."""

    TITLE = "title"  # names the whole reply
    TEXT = "text"
    ITEM = "item"  # of a list
    QUOTE = "quote"  # the article's words
    COPY = "copy"  # to be copied as it is


class Rank(IntEnum):
    """What stays when not everything fits into one message: the lower, the longer."""

    KEPT = 0
    WANTED = 1
    OPTIONAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words in one style. `link` is where they lead, and only ever what they say: a link cannot be spoofed."""

    text: str
    style: Style = Style.PLAIN
    link: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line: its runs in order."""

    runs: tuple[Run, ...]
    shape: Shape = Shape.TEXT

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Something to click: its label (at most 75 characters) and what it asks for."""

    label: str
    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """Something to choose from: what stands on it while closed, and its entries."""

    label: str
    entries: tuple[Button, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines that stay together, or things to click. `counts` names it where it is left out ("claim"), if told."""

    lines: tuple[Line, ...] = ()
    buttons: tuple[Button, ...] = ()
    menus: tuple[Menu, ...] = ()
    rank: Rank = Rank.OPTIONAL
    counts: str = ""
    band: Band | None = None


def block_of(*lines: Line, rank: Rank = Rank.OPTIONAL, counts: str = "") -> Block:
    """A block of these lines."""
    return Block(lines=lines, rank=rank, counts=counts)


def line_of(words: str, *, style: Style = Style.PLAIN, shape: Shape = Shape.TEXT) -> Line:
    """A line of one run."""
    return Line(runs=(Run(text=words, style=style),), shape=shape)
