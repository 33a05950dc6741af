"""The lines of a text: what stands between line breaks, or, in hard-wrapped text, between blank lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# What str.splitlines() breaks at, less the separators that only old terminals use.
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_RUN = re.compile(r"\S+")
_UNSAFE = re.compile("[\x00\ud800-\udfff]")
_WRAP_WIDTH = range(40, 101)
_ENDS_SENTENCE = re.compile(r"""[.!?:][\"'”’)\]]*$""")
# A headline may stand right above wrapped text, as it does in the text of a PDF.
_MOST_HEAD_LINES = 2
_SHORT_LAST_LINE = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the text, white space trimmed, as half-open offsets. `gap` counts the blank lines before it."""

    start: int
    end: int
    text: str
    gap: int


def clean(text: str) -> str:
    """The text with NUL and lone surrogates as U+FFFD, one for one; nothing else is touched."""
    return _UNSAFE.sub("\ufffd", text)


def find_words(text: str) -> Iterator[re.Match[str]]:
    """Every run of characters that holds a letter or a digit, as people count words."""
    # A pattern that asks for the letter itself would try again at every mark of a long run of marks.
    return (m for m in _RUN.finditer(text) if any(c.isalnum() for c in m.group()))


def find_lines(text: str) -> tuple[Line, ...]:
    """Every line that is not blank, in order; the lines of a hard-wrapped paragraph are one."""
    lines = tuple(_physical_lines(text))
    joined: list[Line] = []
    for block in _blocks(lines):
        starts = range(min(_MOST_HEAD_LINES + 1, len(block)))
        wrapped = (k for k in starts if _is_wrapped(block[k:]) and not _is_head(block[k], block[k:]))
        head = next(wrapped, len(block))
        joined.extend([*block[:head], *_unwrapped(text, block[head:])])
    return tuple(joined)


def _physical_lines(text: str) -> Iterator[Line]:
    start = gap = 0
    for stop, following in (*(m.span() for m in _BREAK.finditer(text)), (len(text), len(text))):
        raw = text[start:stop]
        stripped = raw.strip()
        if stripped:
            left = start + len(raw) - len(raw.lstrip())
            yield Line(start=left, end=left + len(stripped), text=stripped, gap=gap)
            gap = 0
        else:
            gap += 1
        start = following


def _blocks(lines: tuple[Line, ...]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if line.gap and block:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_head(line: Line, block: list[Line]) -> bool:
    """Whether the first line of a wrapped block stops short though it ends no sentence: a headline."""
    longest = max(len(other.text) for other in block)
    short = len(line.text) < _SHORT_LAST_LINE * longest and not _ENDS_SENTENCE.search(line.text)
    return len(block) > 1 and short and not block[1].text[0].islower()


def _is_wrapped(block: list[Line]) -> bool:
    """Mail programs and e-papers break lines at a width: then most lines are about as long and stop mid-sentence."""
    full = [line for line in block[:-1] if len(line.text) in _WRAP_WIDTH]
    if len(block) < 3 and not (len(block) == 2 and _continues(block)):  # noqa: PLR2004 - a wrapped paragraph's least
        return False
    open_ended = sum(1 for line in full if not _ENDS_SENTENCE.search(line.text))
    longest = max(len(line.text) for line in block)
    return longest < _WRAP_WIDTH.stop and len(full) >= 0.7 * (len(block) - 1) and open_ended >= 0.6 * len(full)


def _continues(block: list[Line]) -> bool:
    first, second = block
    return (
        len(first.text) in _WRAP_WIDTH
        and not _ENDS_SENTENCE.search(first.text)
        and second.text[0].islower()
        and bool(_ENDS_SENTENCE.search(second.text))
    )


def _unwrapped(text: str, block: list[Line]) -> Iterator[Line]:
    """The paragraphs of a wrapped block: one ends where a short line ends a sentence."""
    if not block:
        return
    longest = max(len(line.text) for line in block)
    first = block[0]
    for number, line in enumerate(block):
        short = len(line.text) < _SHORT_LAST_LINE * longest and _ENDS_SENTENCE.search(line.text)
        if short or number == len(block) - 1:
            yield Line(start=first.start, end=line.end, text=text[first.start : line.end], gap=first.gap)
            if number + 1 < len(block):
                first = block[number + 1]
