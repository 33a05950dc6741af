"""Pasted text -> Document. The text is kept as it is; lines that are no part of the article make no paragraph."""

import re
from collections.abc import Sequence

from bot.document import Document, Paragraph, Role, Span
from bot.errors import EmptyText, TextTooShort
from bot.reading.furniture import is_date_line, read_byline, read_date
from bot.reading.language import require_english, written_in_another_script
from bot.reading.lines import clean, find_lines, find_words
from bot.reading.roles import Heading, Marked, Passage, find_heading, find_passages, read_marks
from bot.sentences import find_sentences

LEAST_WORDS = 25
MOST_WORDS = 20_000
_TOP_LINES = 12


def read_text(text: str) -> Document:
    """Read pasted text; `Document.text` is the input, with NUL and lone surrogates as U+FFFD.

    Raises EmptyText, TextTooShort (under LEAST_WORDS words) and UnsupportedLanguage. Of a longer text the
    first MOST_WORDS words are read, which `notes` then says.
    """
    text = clean(text)
    if not text.strip():
        message = "There is no text here. Paste the article's text or a link to it."
        raise EmptyText(message)
    end, words = _limit(text)
    if written_in_another_script(text[:end]):
        require_english(text[:end])
    require_enough(words)
    require_english(text[:end])
    lines = read_marks(find_lines(text[:end]))
    heading = find_heading(lines)
    return Document(
        text=text,
        paragraphs=_paragraphs(text, lines, heading),
        title=heading.text if heading else "",
        outlet=heading.site if heading else None,
        byline=_find_byline(lines),
        published=_find_date(lines),
        notes=limit_notes(words),
    )


def require_enough(words: int) -> None:
    """Raises TextTooShort where there are fewer words than a claim and its source need."""
    if words < LEAST_WORDS:
        counted = "are no words" if not words else "is only one word" if words == 1 else f"are only {words} words"
        message = (
            f"There {counted} here, too few to check. Paste at least {LEAST_WORDS} words of the article, "
            "or a link to it."
        )
        raise TextTooShort(message)


def limit_notes(words: int) -> tuple[str, ...]:
    """What is said of a text that is longer than what is read."""
    if words <= MOST_WORDS:
        return ()
    return (f"Only the first {MOST_WORDS:,} of {words:,} words were read.",)


def make_paragraphs(text: str, passages: Sequence[Passage]) -> tuple[Paragraph, ...]:
    """Split the passages into sentences; a passage without any makes no paragraph."""
    made = (
        Paragraph(span=Span(start=p.start, end=p.end), role=p.role, sentences=_sentences(text, p)) for p in passages
    )
    return tuple(p for p in made if p.sentences)


def _sentences(text: str, passage: Passage) -> tuple[Span, ...]:
    """A headline is one sentence, whatever stops stand in it."""
    if passage.role is Role.HEADLINE:
        return (Span(start=passage.prose, end=passage.end),)
    return find_sentences(text, passage.prose, passage.end)


def _paragraphs(text: str, lines: Sequence[Marked], heading: Heading | None) -> tuple[Paragraph, ...]:
    paragraphs = make_paragraphs(text, tuple(find_passages(lines, heading)))
    if any(p.role is Role.BODY for p in paragraphs):
        return paragraphs
    # Nothing of it looks like prose, so the looks of the lines tell nothing either.
    whole = [Passage(start=m.start, end=m.start + len(m.text), role=Role.BODY, prose=m.start) for m in lines]
    return make_paragraphs(text, whole)


def _limit(text: str) -> tuple[int, int]:
    """Where the last word that is read ends (a sentence's end where one is near), and how many words there are."""
    words, end = 0, len(text)
    for m in find_words(text):
        words += 1
        if words == MOST_WORDS:
            end = m.end()
    if words <= MOST_WORDS:
        return len(text), words
    stops = [m.end() for m in re.finditer(r"[.!?][\"'”’]?(?=\s)|\n", text[end - 2000 : end])]
    return (end - 2000 + stops[-1] if stops else end), words


def _find_byline(lines: Sequence[Marked]) -> str | None:
    found = (read_byline(line.text) for line in lines[:_TOP_LINES])
    return next((name for name in found if name), None)


def _find_date(lines: Sequence[Marked]) -> str | None:
    found = (read_date(line.text) for line in lines[:_TOP_LINES] if is_date_line(line.text))
    return next((day for day in found if day), None)
