"""Where sentences begin and end.

Splitting is nupunkt's (Punkt with a trained abbreviation list). What is added here is knowledge about
quotations and titles that a general splitter lacks: a tag after a quotation ("Will it?" Jones asked.) is
no new sentence; a quotation that opens right after another one closed is; "“Mr." ends nothing.
"""

import re

import nupunkt

from bot.document import Span

_QUOTATION_JUST_CLOSED = re.compile(r"""[?!][\"'’”]+$""")
_SPEECH_TAG = re.compile(
    r"""(?:[a-z]|(?:[\w.’'-]+\s){1,5}?(?:said|says|asked|asks|added|wrote|tweeted|replied|told|shouted|exclaimed)\b)"""
)
_TITLE_AT_END = re.compile(
    r"""(?:^|[\s(\"'“‘])(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|Rev|Hon|Supt|Det|Insp|Adm|Maj|Cpl|Pte|No)\.$"""
)
_CLOSED_THEN_OPENED = re.compile(r"""(?<=[.!?][”’\"])\s+(?=[“‘\"]\w)""")


def find_sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Sentences of `text[start:end]` as spans into `text`, white space trimmed, in order, none empty."""
    pieces: list[tuple[int, int]] = []
    for left, right in nupunkt.sent_spans(text[start:end]):
        pieces.extend(_split_between_quotations(text, start + left, start + right))
    merged: list[tuple[int, int]] = []
    for left, right in pieces:
        if merged and _belongs_to(text[merged[-1][0] : merged[-1][1]], text[left:right]):
            merged[-1] = (merged[-1][0], right)
        else:
            merged.append((left, right))
    return tuple(Span(start=left, end=right) for left, right in merged)


def _split_between_quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [m.span() for m in _CLOSED_THEN_OPENED.finditer(text, start, end)]
    edges = [start, *(edge for cut in cuts for edge in cut), end]
    trimmed = (_trim(text, left, right) for left, right in zip(edges[::2], edges[1::2], strict=True))
    return [(left, right) for left, right in trimmed if left < right]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _belongs_to(before: str, after: str) -> bool:
    if _TITLE_AT_END.search(before):
        return True
    if not any(c.isalnum() for c in after):
        return True
    return bool(_QUOTATION_JUST_CLOSED.search(before) and _SPEECH_TAG.match(after))
