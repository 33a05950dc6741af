"""Blocks as a text file: what is attached where a message has no room for all of it."""

from collections.abc import Sequence

from adapters.chat.blocks import Block, Line, Shape

_OPENINGS = {Shape.ITEM: "- ", Shape.QUOTE: "    ", Shape.TITLE: "", Shape.TEXT: "", Shape.COPY: "    "}


def render_plain(blocks: Sequence[Block]) -> str:
    """Every line of the blocks, an empty line between two blocks; what can be clicked is left out."""
    return "\n\n".join("\n".join(map(_plain, block.lines)) for block in blocks if block.lines) + "\n"


def _plain(line: Line) -> str:
    return _OPENINGS[line.shape] + line.text
