"""What each line of a text is: headline, standfirst, caption, quotation, body, or furniture that makes no paragraph."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.document import Role
from bot.reading.captions import caption_part, is_cut_copy, is_verbless, same_words
from bot.reading.furniture import (
    dateline_end,
    is_boilerplate,
    is_date_line,
    is_section_label,
    read_byline,
    signs_a_quotation,
)
from bot.reading.headings import (
    ends_sentence,
    is_title_case,
    looks_like_headline,
    runs_on,
    split_site_name,
)
from bot.reading.lines import Line

_MARKDOWN = re.compile(r"^(?P<heading>#{1,6}\s+)|^(?P<quote>(?:>\s?)+)|^(?P<item>[-*+•▪●]\s+)")
_WHOLLY_QUOTED = re.compile(r"""^[“"‘'][^“”"]+[”"’']$""")
_PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)$")
_SHOUTED = re.compile(r"^[A-Z]+(?: [A-Z]+)?[.:]?$")
_TOP_LINES = 12
_LEAST_BODY_WORDS = 8
_LABEL_WORDS = 4
_MOST_HEADLINE_WORDS = 20
_LONGEST_LABEL = 8
_MOST_VERBLESS_WORDS = 12
_MOST_QUOTE_WORDS = 60
_LIKE_THE_TITLE = 0.5
_MOST_STANDFIRST_WORDS = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A line that makes a paragraph: its offsets without markup or credit, its role, where its prose begins."""

    start: int
    end: int
    role: Role
    prose: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The headline's place among the lines, and its words without the site's name."""

    number: int
    start: int
    text: str
    site: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A line without its markdown prefix; `mark` is "heading", "quote", "item" or nothing."""

    start: int
    text: str
    mark: str
    gap: int


def read_marks(lines: Sequence[Line]) -> tuple[Marked, ...]:
    """Take the markdown prefixes off."""
    return tuple(_unmarked(line) for line in lines)


def find_heading(lines: Sequence[Marked]) -> Heading | None:
    """The headline: the first line that is no furniture, when it looks like one and text follows it."""
    for number, line in enumerate(lines[:_TOP_LINES]):
        if line.mark != "heading" and is_furniture(line.text, top=True):
            continue
        follows = any(ends_sentence(later.text) for later in lines[number + 1 :])
        if not follows or not (line.mark == "heading" or _heads(line.text, lines[number + 1].text)):
            return None
        title, site = split_site_name(line.text)
        return Heading(number=number, start=line.start, text=title, site=site)
    return None


def _heads(line: str, following: str) -> bool:
    below_headline = dateline_end(following) > 0 and len(line.split()) <= _MOST_HEADLINE_WORDS
    return looks_like_headline(line) or below_headline


def is_furniture(line: str, *, top: bool) -> bool:
    """Whether the line tells nothing; bylines and section labels count only where `top`."""
    if is_boilerplate(line) or is_date_line(line) or _PICTURE.match(line):
        return True
    return top and (is_section_label(line) or read_byline(line) is not None)


def find_passages(lines: Sequence[Marked], heading: Heading | None) -> Iterator[Passage]:
    """The lines that make paragraphs, in order, each with its role."""
    first = heading.number + 1 if heading else 0
    body = _first_body_line(lines, first)
    copies = Counter(same_words(line.text) for line in lines)
    everything = " ".join(same_words(line.text) for line in lines)
    for number, line in enumerate(lines):
        if heading and number == heading.number:
            end = heading.start + len(heading.text)
            yield Passage(start=heading.start, end=end, role=Role.HEADLINE, prose=heading.start)
            continue
        top = number < body or number < first
        if number < first or is_furniture(line.text, top=top or number >= len(lines) - 2):
            continue
        following = lines[number + 1].text if number + 1 < len(lines) else ""
        previous = lines[number - 1].text if number else ""
        if _is_stub(line.text, following):
            continue
        if heading and same_words(line.text) == same_words(heading.text) and number <= body:
            continue
        again = copies[same_words(line.text)] > 1 and _may_be_a_copy(line.text, previous, following)
        if again or _is_stub(previous, line.text):
            yield _passage(line, Role.CAPTION)
            continue
        if heading and number < body:
            yield from _above_the_body(line)
        elif heading and number == body and _is_standfirst(lines, body):
            yield _passage(line, Role.STANDFIRST)
        else:
            yield from _in_the_body(line, heading, everything, dateline=number <= body + 1)


def _unmarked(line: Line) -> Marked:
    m = _MARKDOWN.match(line.text)
    mark = m.lastgroup or "" if m else ""
    width = m.end() if m else 0
    text = line.text[width:]
    if text.startswith("**") and text.endswith("**") and len(text) > len("****") and "**" not in text[2:-2]:
        return Marked(start=line.start + width + 2, text=text[2:-2], mark=mark or "heading", gap=line.gap)
    return Marked(start=line.start + width, text=text, mark=mark, gap=line.gap)


def _first_body_line(lines: Sequence[Marked], first: int) -> int:
    for number in range(first, len(lines)):
        text = lines[number].text
        if is_furniture(text, top=True) or len(text.split()) < _LEAST_BODY_WORDS or caption_part(text):
            continue
        if ends_sentence(text) or runs_on(text):
            return number
    return first


def _is_standfirst(lines: Sequence[Marked], number: int) -> bool:
    """A short first paragraph above the byline or the date, with the text below."""
    rest = lines[number + 1 : number + 3]
    below = lines[number + 2 :]
    if not rest or len(lines[number].text.split()) > _MOST_STANDFIRST_WORDS or dateline_end(lines[number].text):
        return False
    parted = read_byline(rest[0].text) is not None or is_date_line(rest[0].text)
    return parted and any(ends_sentence(line.text) and len(line.text.split()) > _LEAST_BODY_WORDS for line in below)


def _is_stub(line: str, following: str) -> bool:
    """A caption that a page shows cut off, then whole. A pull quote may stand above its paragraph; it is no stub."""
    return is_cut_copy(line, following) and not _WHOLLY_QUOTED.match(line)


def _may_be_a_copy(line: str, previous: str, following: str) -> bool:
    words = same_words(line)
    if signs_a_quotation(line):
        return False
    beside = words in {same_words(previous), same_words(following)}
    return len(words.split()) >= _LABEL_WORDS and (beside or not ends_sentence(line))


def _above_the_body(line: Marked) -> Iterator[Passage]:
    part = caption_part(line.text)
    if part is not None:
        yield from _credited(line, part)
    elif len(line.text.split()) <= _LABEL_WORDS and not ends_sentence(line.text):
        return
    elif is_verbless(line.text):
        yield _passage(line, Role.CAPTION)
    else:
        yield _passage(line, Role.STANDFIRST)


def _in_the_body(line: Marked, heading: Heading | None, everything: str, *, dateline: bool) -> Iterator[Passage]:
    part = caption_part(line.text)
    if part is not None:
        yield from _credited(line, part)
        return
    role = _role_in_body(line, heading, everything)
    if role is not None:
        width = dateline_end(line.text) if dateline and role is Role.BODY else 0
        yield _passage(line, role, prose=line.start + width)


def _role_in_body(line: Marked, heading: Heading | None, everything: str) -> Role | None:
    if line.mark == "quote" or _is_pull_quote(line.text, everything):
        return Role.QUOTE
    if signs_a_quotation(line.text):
        return Role.BODY if line.text[0] in "—–-" else Role.QUOTE
    if line.mark != "item" and not ends_sentence(line.text) and not runs_on(line.text):
        return _role_of_unstopped(line, heading)
    if line.mark == "heading":
        return None
    if _SHOUTED.match(line.text):
        return None
    short = _LABEL_WORDS < len(line.text.split()) <= _MOST_VERBLESS_WORDS
    alone = short and ends_sentence(line.text) and not re.search(r"[“”\"?!]", line.text)
    return Role.CAPTION if alone and is_verbless(line.text) else Role.BODY


def _role_of_unstopped(line: Marked, heading: Heading | None) -> Role | None:
    """A line in the body without a full stop: cross-head, related headline, caption, or a careless sentence."""
    words = line.text.split()
    if line.mark == "heading" or len(words) <= _LABEL_WORDS:
        return None
    if heading and _share(line.text, heading.text) >= _LIKE_THE_TITLE:
        return Role.CAPTION
    if is_title_case(line.text):
        return None
    if is_verbless(line.text):
        return None if len(words) <= _LONGEST_LABEL else Role.CAPTION
    return Role.BODY


def _is_pull_quote(line: str, everything: str) -> bool:
    if not _WHOLLY_QUOTED.match(line) or not _LABEL_WORDS < len(line.split()) <= _MOST_QUOTE_WORDS:
        return False
    return everything.count(same_words(line)) > 1


def _share(line: str, other: str) -> float:
    a, b = set(same_words(line).split()), set(same_words(other).split())
    return len(a & b) / max(1, len(a | b))


def _credited(line: Marked, part: tuple[int, int]) -> Iterator[Passage]:
    start, end = part
    words = line.text[start:end].strip()
    if len(words.split()) > 1:
        left = line.start + start + len(line.text[start:end]) - len(line.text[start:end].lstrip())
        yield Passage(start=left, end=left + len(words), role=Role.CAPTION, prose=left)


def _passage(line: Marked, role: Role, *, prose: int | None = None) -> Passage:
    start = line.start
    return Passage(start=start, end=start + len(line.text), role=role, prose=start if prose is None else prose)
