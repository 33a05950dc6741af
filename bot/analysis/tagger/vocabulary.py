"""The tokenizer that the weights were trained with."""

from functools import cache
from importlib.resources import files

from bot.analysis.tagger.wordpiece import WordPiece


@cache
def load_wordpiece() -> WordPiece:
    """The WordPiece over `vocab.txt`, one piece a line, numbered from 0."""
    lines = (files("bot.analysis.tagger") / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return WordPiece(ids={piece: number for number, piece in enumerate(lines) if piece})
