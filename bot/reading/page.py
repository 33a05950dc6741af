"""What came over the wire or from a file, before anybody reads it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Media(StrEnum):
    """The kinds of content that are read."""

    HTML = "html"
    PLAIN = "plain"
    PDF = "pdf"
    DOCX = "docx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Bytes to read. `url` is the canonical address they came from, None for a file; `charset` what the header says.

    `etag` and `last_modified` are the validators of this version (RFC 9110, 8.8), None where there are no usable ones.
    `served_at` is the time by the site's clock. `internal`: not on the public internet (see `bot.document.Document`).
    """

    content: bytes
    media: Media
    url: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    served_at: datetime | None = field(default=None, compare=False)
    internal: bool = False
