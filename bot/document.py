"""The text in front of us: one string, and spans into it.

Text is never copied about. A `Span` is a pair of half-open character offsets into `Document.text`
(Python string indices, i.e. Unicode code points), so whatever is shown can be pointed at in the article.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a paragraph is in its article (rubric, "Mention": the places where a claim can stand)."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    CAPTION = "caption"
    BODY = "body"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Half-open character offsets `start <= i < end` into one document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            msg = f"not a span: {self.start}..{self.end}"
            raise ValueError(msg)

    def text_in(self, text: str) -> str:
        """The characters the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A run of text between line or block breaks, its role, and its sentences in order."""

    span: Span
    role: Role
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as read: its text, what is known about it, and its paragraphs in order.

    `language` is an ISO 639-1 code. `published` is an ISO 8601 date or date-time as the page gives it.
    `notes` say, in words for the reader, what limits the text ("only the first 20,000 words were read"). `etag` and
    `last_modified` are what the server said of this version of the page (RFC 9110, 8.8), to ask later for a newer one.
    `internal`: its address is not public, it was read only because the newsroom's own list admits it.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    url: str | None = None
    title: str = ""
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str = "en"
    notes: tuple[str, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    internal: bool = False

    @property
    def sha256(self) -> str:
        """Hex digest of the text in UTF-8: the identity of what was checked."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
