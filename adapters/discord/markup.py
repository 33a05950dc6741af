"""Blocks in Discord's mark-up. Pure: the words of a block as one string."""

from collections.abc import Iterable, Iterator

from adapters.chat.blocks import Block, Line, Run, Shape, Style
from adapters.discord.escaping import escape, fence

_OPENINGS = {Shape.TITLE: "## ", Shape.TEXT: "", Shape.ITEM: "- ", Shape.QUOTE: "> ", Shape.COPY: ""}


BETWEEN_BLOCKS = "\n\n"


def mark_up_all(blocks: Iterable[Block]) -> str:
    """The words of blocks that follow each other: an empty line between two, but none between items of a list."""
    told = ""
    last: Shape | None = None
    for block in blocks:
        words = mark_up(block)
        if words:
            listed = last is Shape.ITEM and block.lines[0].shape is Shape.ITEM
            told += ("\n" if listed else BETWEEN_BLOCKS if told else "") + words
            last = block.lines[-1].shape
    return told


def mark_up(block: Block) -> str:
    """The lines of the block; empty where it has none."""
    return "\n".join(shown for shown in map(_mark_up_line, block.lines) if shown)


def _mark_up_line(line: Line) -> str:
    if not line.text.strip():
        return ""
    if line.shape is Shape.COPY:
        return fence(line.text)
    if all(run.style is Style.QUIET for run in line.runs):
        return "-# " + "".join(_address(run) if run.link else escape(run.text) for run in line.runs)
    return _OPENINGS[line.shape] + "".join(_mark_up_runs(line))


def _mark_up_runs(line: Line) -> Iterator[str]:
    for run in line.runs:
        words = run.text.strip()
        if run.link:
            yield _address(run)
        elif not words or run.style is Style.PLAIN or line.shape is Shape.TITLE:
            yield escape(run.text)
        else:
            mark = "**" if run.style is Style.BOLD else "*"
            # Marks hold only where no white space stands inside them.
            before, after = run.text[: len(run.text) - len(run.text.lstrip())], run.text[len(run.text.rstrip()) :]
            yield f"{before}{mark}{escape(words)}{mark}{after}"


def _address(run: Run) -> str:
    """An address to click. In angle brackets Discord reads no mark-up, and shows no preview."""
    return f"<{run.text}>"
