"""Uncased WordPiece with offsets, as BERT-like encoders are trained on (Wu et al. 2016; Devlin et al. 2019)."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

_UNKNOWN, _LONGEST, _REMEMBERED = "[UNK]", 100, 50_000
_ALPHABET = 4096  # characters remembered, more than the articles of many languages use


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPiece:
    """`ids` maps a piece to its number. Pieces of words met before are remembered."""

    ids: Mapping[str, int]
    _known: dict[str, tuple[tuple[int, int, int], ...]] = field(default_factory=dict)

    def words(self, text: str) -> Iterator[tuple[str, list[int]]]:
        """Words and single marks of the text, folded, and for each folded character its offset in `text`."""
        letters: list[str] = []
        places: list[int] = []
        closed = False
        for offset, character in enumerate(text + " "):
            alone = _is_mark(character)
            if letters and (alone or closed or character.isspace()):
                yield "".join(letters), places
                letters, places = [], []
            for folded in _fold(character):
                letters.append(folded)
                places.append(offset)
            closed = alone

    def pieces(self, word: str) -> tuple[tuple[int, int, int], ...]:
        """Number, start and end (in characters of the folded word) of its pieces, the longest match first."""
        known = self._known.get(word) or tuple(self._cut(word))
        if len(self._known) < _REMEMBERED:
            self._known[word] = known
        return known

    def _cut(self, word: str) -> list[tuple[int, int, int]]:
        found, start = [], 0
        while start < len(word) <= _LONGEST:
            prefix = "##" if start else ""
            end = next((e for e in range(len(word), start, -1) if prefix + word[start:e] in self.ids), start)
            if end == start:
                break
            found.append((self.ids[prefix + word[start:end]], start, end))
            start = end
        return found if start == len(word) else [(self.ids[_UNKNOWN], 0, len(word))]


@lru_cache(maxsize=_ALPHABET)
def _is_mark(character: str) -> bool:
    ascii_mark = character.isascii() and character.isprintable() and not character.isalnum() and character != " "
    return ascii_mark or unicodedata.category(character).startswith("P") or "\u4e00" <= character <= "\u9fff"


@lru_cache(maxsize=_ALPHABET)
def _fold(character: str) -> str:
    if character.isspace() or character == "\ufffd" or unicodedata.category(character)[0] in "CZ":
        return ""
    return "".join(c for c in unicodedata.normalize("NFD", character) if unicodedata.category(c) != "Mn").lower()
