"""A document cut up for analysis: sentences with tokens, and quotations with their marks.

Everything carries offsets into the document's text; nothing here judges.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from bot.document import Document, Role, Span

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|Rev|Jr|Sr|Supt|Det|No)\.(?=\s)"
    r"|[$£€]?\d+(?:,\d+)*(?:\.\d+)?(?:st|nd|rd|th|bn|m|k|%)?(?!\w)|n[’']t\b"
    r"|(?:(?!n[’']t)\w)+(?:[-.&/](?=\w)\w+|[’'](?!s\b|re\b|ve\b|d\b|ll\b|m\b|t\b)\w+)*(?:[’']t\b)?|[’'](?:s|re|ve|d|ll|m)\b|\.{3}|\S"
)
_OPENERS = '“"'
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark, with its half-open offsets; `low` is lower case with a straight apostrophe."""

    start: int
    end: int
    text: str
    low: str
    quoted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A stretch between quotation marks. `span` includes the marks that are there, `inner` does not.

    `closed` is False where the paragraph ends before the closing mark (the quotation runs on in the next).
    `single` tells single marks, which headlines use for quotations and prose for scare quotes.
    """

    span: Span
    inner: Span
    closed: bool
    single: bool
    paragraph: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the document with its tokens, its place and the role of its paragraph."""

    index: int
    span: Span
    paragraph: int
    role: Role
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The parsed document. Sentences and quotations stand in text order."""

    document: Document
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the character at `offset`."""
        i = bisect_right(self.sentences, offset, key=lambda s: s.span.start) - 1
        return self.sentences[i] if i >= 0 and self.sentences[i].span.end > offset else None

    def sentences_in(self, span: Span) -> tuple[Sentence, ...]:
        """The sentences that share a character with the span."""
        i = max(0, bisect_right(self.sentences, span.start, key=lambda s: s.span.start) - 1)
        found = []
        while i < len(self.sentences) and self.sentences[i].span.start < span.end:
            if self.sentences[i].span.overlaps(span):
                found.append(self.sentences[i])
            i += 1
        return tuple(found)

    def quotations_in(self, span: Span) -> tuple[Quotation, ...]:
        """The quotations that share a character with the span."""
        i = max(0, bisect_right(self.quotations, span.start, key=lambda q: q.span.start) - 1)
        found = []
        while i < len(self.quotations) and self.quotations[i].span.start < span.end:
            if self.quotations[i].span.overlaps(span):
                found.append(self.quotations[i])
            i += 1
        return tuple(found)

    def same_words(self, span: Span) -> str:
        """The span's words on one line, white space folded."""
        return " ".join(span.text_in(self.text).split())


def parse_article(document: Document) -> Article:
    """Tokenise the sentences and find the quotations of every paragraph."""
    text = document.text
    quotations: list[Quotation] = []
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(document.paragraphs):
        quotes = tuple(find_quotations(text, paragraph.span, number))
        quotations.extend(quotes)
        for span in paragraph.sentences:
            tokens = tuple(find_tokens(text, span, quotes))
            if tokens:
                sentences.append(
                    Sentence(index=len(sentences), span=span, paragraph=number, role=paragraph.role, tokens=tokens)
                )
    return Article(document=document, sentences=tuple(sentences), quotations=tuple(quotations))


def find_tokens(text: str, span: Span, quotations: tuple[Quotation, ...] = ()) -> Iterator[Token]:
    """Words and marks of the span in order; `quoted` tells those inside one of the quotations."""
    inside = [(q.inner.start, q.inner.end) for q in quotations if q.span.overlaps(span)]
    for m in _TOKEN.finditer(text, span.start, span.end):
        start, end = m.span()
        word = m.group()
        quoted = any(a <= start < b for a, b in inside)
        yield Token(start, end, word, word.lower().replace("’", "'"), quoted)


def find_quotations(text: str, span: Span, paragraph: int = 0) -> Iterator[Quotation]:
    """Quotations of one paragraph: curly, straight and mismatched marks, and one left open at its end.

    Double marks rule; single marks inside them are inner quotations and are passed over.
    """
    i, end = span.start, span.end
    opened: tuple[int, bool] | None = None  # offset of the opening mark, whether it is single
    while i < end:
        c = text[i]
        doubled = text[i : i + 2] in {"''", "``"}  # typewriter marks: two characters for one
        width = 1 + doubled
        if opened is None:
            # A closing mark after a space opens too: “mismatched” marks are common in pasted text.
            mismatched = c == "”" and (i == span.start or text[i - 1].isspace())
            if (c in _OPENERS or doubled or mismatched) and _opens(text, i + width, end):
                opened = (i, False)
            elif c in "‘'" and not doubled and _opens_single(text, i, span):
                opened = (i, True)
        elif opened[1]:
            if c in "’'" and not _WORD.match(text[i + 1 : i + 2]) and not text[i - 1].isspace():
                yield _quotation(opened, i, 1, closed=True, paragraph=paragraph)
                opened = None
        elif c == "”" or (c == "“" and not _opens(text, i + 1, end)) or (c == '"' or doubled):
            if c == '"' and i > opened[0] and text[i - 1].isspace() and _opens(text, i + 1, end):
                yield _quotation(opened, i, 0, closed=True, paragraph=paragraph)
                opened = (i, False)
            else:
                yield _quotation(opened, i, width, closed=True, paragraph=paragraph)
                opened = None
        i += width
    if opened is not None and not opened[1]:
        yield _quotation(opened, end, 0, closed=False, paragraph=paragraph)


def _quotation(opened: tuple[int, bool], at: int, width: int, *, closed: bool, paragraph: int) -> Quotation:
    start, single = opened
    return Quotation(
        span=Span(start=start, end=at + width),
        inner=Span(start=start + 1, end=max(start + 1, at)),
        closed=closed,
        single=single,
        paragraph=paragraph,
    )


def _opens(text: str, after: int, end: int) -> bool:
    return after < end and not text[after].isspace()


def _opens_single(text: str, i: int, span: Span) -> bool:
    before = text[i - 1] if i > span.start else " "
    if _WORD.match(before) or not _WORD.match(text[i + 1 : i + 2]):
        return False
    closing = re.compile(r"(?<=[\w.,!?])[’'](?!\w)")
    return closing.search(text, i + 2, span.end) is not None
