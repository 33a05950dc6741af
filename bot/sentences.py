"""Where sentences begin and end.

Splitting is nupunkt's (Punkt with a trained abbreviation list). What is added here is knowledge about
quotations and titles that a general splitter lacks: a tag after a quotation ("Will it?" Jones asked.) is
no new sentence; a quotation that opens right after another one closed is; "“Mr." ends nothing; a slogan of two
sentences between quotation marks, inside a sentence, breaks nothing.
"""

import re

import nupunkt

from bot.document import Span

_QUOTATION_JUST_CLOSED = re.compile(r"""[?!]\s?[\"'’”]+$""")
_SPEECH_TAG = re.compile(
    r"""(?:[a-z]|(?:[\w.’'-]+\s){1,5}?(?:said|says|asked|asks|added|wrote|tweeted|replied|told|shouted|exclaimed)\b)"""
)
_TITLE_AT_END = re.compile(
    r"""(?:^|[\s(\"'“‘])(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|Rev|Hon|Supt|Det|Insp|Adm|Maj|Cpl|Pte|No"""
    r"""|Pres|Rt|Sens|Reps|Govs|Brig|Cmdr|Sr|Fr|Atty|Ald|Messrs)\.$"""
)
# Names that carry an exclamation mark of their own.
_NAME_WITH_MARK = re.compile(r"(?:^|\s)(?:E|Yahoo|Jeopardy|Yum|Chips Ahoy)!$")
_CLOSED_THEN_OPENED = re.compile(r"""(?<=[.!?][”’\"])\s+(?=[“‘\"]\w)""")
# After a whole word in lower case and a full stop, a capital begins a sentence.
_PLAIN_END = re.compile(r"""\b(?P<word>[a-z]{2,})(?:\.[\"”’)\]]*|[!?])\s+(?=[“\"(]?[A-Z])""")
_ABBREVIATED = frozenset(
    {"al", "approx", "ave", "ca", "cf", "dept", "ed", "eds", "esp", "est", "etc", "ex", "fig", "ft", "gov", "hon", "hr"}
    | {"inc", "jr", "lb", "ltd", "max", "min", "mr", "mrs", "ms", "dr", "no", "op", "pp", "prof", "pt", "rep", "sen"}
    | {"sr", "st", "vol", "vs", "viz", "gen", "col", "pres", "rev", "lt", "sgt", "capt"}
)
_OPENING_LEFT_BEHIND = re.compile(r"""(?<=[.!?])\s+[“\"]$""")
_GOES_ON = re.compile(r"""^[\"'’”)\]]*[:;,)]|^[\"'’”]+\s+[a-z]""")
_ONLY_LINK = re.compile(r"^(?:https?://|pic\.twitter\.com/|t\.co/)\S+$")
_SLOGAN_OPENED = re.compile(r"""\w\s+[“\"‘][^“”\"]{1,60}$""")
_SLOGAN_CLOSED = re.compile(r"""^[^“”\"‘]{1,60}[.!?]['’”\"]\s+[a-z]""")


def find_sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Sentences of `text[start:end]` as spans into `text`, white space trimmed, in order, none empty.

    The range is one paragraph: a line break in it is a space.
    """
    paragraph = re.sub(r"[\r\n\v\f\x85\u2028\u2029]", " ", text[start:end])
    pieces: list[tuple[int, int]] = []
    for left, right in _opening_marks_moved(paragraph, nupunkt.sent_spans(paragraph)):
        pieces.extend(_split_further(paragraph, left, right))
    merged: list[tuple[int, int]] = []
    for left, right in pieces:
        if merged and _belongs_to(paragraph[merged[-1][0] : merged[-1][1]], paragraph[left:right]):
            merged[-1] = (merged[-1][0], right)
        else:
            merged.append((left, right))
    return tuple(Span(start=start + left, end=start + right) for left, right in merged)


def _opening_marks_moved(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """An opening quotation mark left at the end of a sentence opens the next one."""
    moved = list(spans)
    for i in range(len(moved) - 1):
        left, right = moved[i]
        stop = left + len(text[left:right].rstrip())
        if m := _OPENING_LEFT_BEHIND.search(text, left, stop):
            moved[i] = (left, m.start())
            moved[i + 1] = (m.start(), moved[i + 1][1])
    return moved


def _split_further(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [m.span() for m in _CLOSED_THEN_OPENED.finditer(text, start, end)]
    for m in _PLAIN_END.finditer(text, start, end):
        if m["word"] not in _ABBREVIATED:
            stop = m.start() + len(m.group().rstrip())
            cuts.append((stop, m.end()))
    edges = [start, *(edge for cut in sorted(set(cuts)) for edge in cut), end]
    trimmed = (_trim(text, left, right) for left, right in zip(edges[::2], edges[1::2], strict=True))
    return [(left, right) for left, right in trimmed if left < right]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _belongs_to(before: str, after: str) -> bool:
    """Whether a piece goes on the sentence before it."""
    tail = before[-200:]
    if _TITLE_AT_END.search(tail) or _NAME_WITH_MARK.search(tail) or _ONLY_LINK.match(after):
        return True
    if not any(c.isalnum() for c in after) or _GOES_ON.match(after):
        return True
    if _SLOGAN_OPENED.search(tail) and _SLOGAN_CLOSED.match(after):
        return True
    return bool(_QUOTATION_JUST_CLOSED.search(tail) and _SPEECH_TAG.match(after))
