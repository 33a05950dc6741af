"""What the encoder reads: pieces with their token types, and windows over them.

Training and run time share this module, so that the model meets in use what it met in training.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.analysis.parsing import find_quotations
from bot.analysis.tagger.wordpiece import WordPiece
from bot.document import Paragraph, Span

Integers = npt.NDArray[np.int64]

CASES = 3  # lower, Capitalised, ALL CAPITALS
TOKEN_TYPES = 2 * CASES  # each outside and inside quotation marks
WINDOW = 190  # pieces, without the two that frame a window
OVERLAP = 64
_SINGLE = str.maketrans("‘’", "''")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The pieces of one text, in order; all arrays have one entry a piece.

    `starts` and `ends` are offsets into the text. `words` numbers the word a piece belongs to, -1 for the piece
    that stands for a paragraph break. `sentences` numbers its sentence.
    """

    ids: Integers
    types: Integers
    starts: Integers
    ends: Integers
    words: Integers
    sentences: Integers

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The pieces that frame a window and part paragraphs: their numbers in the vocabulary."""

    opening: int
    closing: int

    @classmethod
    def of(cls, wordpiece: WordPiece) -> "Frame":
        """The frame of an uncased BERT vocabulary; a paragraph break is written like a window's end."""
        return cls(opening=wordpiece.ids["[CLS]"], closing=wordpiece.ids["[SEP]"])


def build_pieces(text: str, paragraphs: Sequence[Paragraph], wordpiece: WordPiece) -> Pieces:
    """Cut the sentences of the paragraphs into pieces, with a break before every paragraph but the first."""
    rows: list[tuple[int, int, int, int, int, int]] = []
    frame = Frame.of(wordpiece)
    word_number = sentence_number = 0
    for paragraph in paragraphs:
        plain, inside = _even_quotations(text, paragraph.span)
        for n, sentence in enumerate(paragraph.sentences):
            if n == 0 and rows:
                rows.append((frame.closing, 0, sentence.start, sentence.start, -1, sentence_number))
            left = sentence.start - paragraph.span.start
            for word, places in wordpiece.words(plain[left : sentence.end - paragraph.span.start]):
                first, last = sentence.start + places[0], sentence.start + places[-1] + 1
                kind = _case(text[first:last]) + CASES * inside[first - paragraph.span.start]
                for piece, start, end in wordpiece.pieces(word):
                    a, b = sentence.start + places[start], sentence.start + places[end - 1] + 1
                    rows.append((piece, kind, a, b, word_number, sentence_number))
                word_number += 1
            sentence_number += 1
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 6)
    ids, types, starts, ends, words, sentences = (np.ascontiguousarray(column) for column in table.T)
    return Pieces(ids=ids, types=types, starts=starts, ends=ends, words=words, sentences=sentences)


def _even_quotations(text: str, span: Span) -> tuple[str, list[bool]]:
    """The paragraph with all marks of quotations as “ and ”, same length; and which characters they enclose."""
    letters = list(span.text_in(text).translate(_SINGLE))
    inside = [False] * len(letters)
    for quotation in find_quotations(text, span):
        first, last = quotation.span.start - span.start, quotation.span.end - span.start
        double = text[quotation.span.start : quotation.span.start + 2] in {"''", "``"}
        letters[first : first + 1 + double] = ["“", *(" " * double)]
        if quotation.closed and quotation.span.end > quotation.inner.end:
            width = quotation.span.end - quotation.inner.end
            letters[last - width : last] = ["”", *(" " * (width - 1))]
        inside[first:last] = [True] * (last - first)
    return "".join(letters), inside


def _case(word: str) -> int:
    if len(word) > 1 and word.isupper():
        return 2
    return int(word[:1].isupper())


def find_windows(pieces: Pieces, *, size: int = WINDOW, overlap: int = OVERLAP, phase: int = 0) -> Iterator[range]:
    """Windows of whole sentences, at most `size` pieces each, that cover all pieces in order.

    Neighbours share whole sentences of at most `overlap` pieces. `phase` > 0 bounds the first window. A sentence longer
    than a window is cut.
    """
    starts = _unit_starts(pieces, size)
    edges = [*starts[1:], len(pieces)]
    first = 0
    while first < len(starts):
        limit = phase if phase and first == 0 else size
        last = first
        while last + 1 < len(starts) and edges[last + 1] - starts[first] <= limit:
            last += 1
        yield range(starts[first], edges[last])
        if last + 1 == len(starts):
            return
        following = last + 1
        while following - 1 > first and edges[last] - starts[following - 1] <= overlap:
            following -= 1
        first = following


def _unit_starts(pieces: Pieces, size: int) -> list[int]:
    """Where the sentences start, and the parts of those that are longer than a window."""
    if not len(pieces):
        return []
    starts = [0, *(np.flatnonzero(np.diff(pieces.sentences)) + 1).tolist()]
    units: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
        units.extend(range(start, end, size))
    return units
