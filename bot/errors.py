"""Every error that the project raises on purpose, in one tree.

    ClaimcheckError
    ├── InputError              the request itself cannot be used
    │   ├── EmptyText
    │   ├── TextTooShort
    │   ├── UnsupportedLanguage
    │   └── UnreadableFile      not text, broken PDF or .docx, unknown type
    ├── FetchError              the link was refused or did not answer
    │   ├── LinkRefused         the guard does not admit the address
    │   ├── NotReachable        DNS, connection or TLS failure
    │   ├── FetchTimeout
    │   ├── BadStatus           4xx or 5xx
    │   ├── TooManyRedirects
    │   ├── PageTooLarge
    │   └── UnsupportedContent  image, video, archive, stacked encodings ...
    └── ReadError               the page came, but holds no article
        ├── NotAnArticle        consent wall, paywall stub, login, error page, video only
        └── ReadingFailed       the reader ran out of time or memory

`code` is a stable machine-readable name (it stands in `claimcheck.error/1`); `message` is one sentence or
two that a journalist understands, says what happened and, where there is something to do, what.
"""

from typing import ClassVar


class ClaimcheckError(Exception):
    """Root of the tree. `message` is fit to be shown to the reader as it is."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InputError(ClaimcheckError):
    """The request itself cannot be used."""

    code = "bad_input"


class EmptyText(InputError):
    """Nothing but white space."""

    code = "empty_text"


class TextTooShort(InputError):
    """Too few words to hold a claim and its source."""

    code = "text_too_short"


class UnsupportedLanguage(InputError):
    """The text is not in English."""

    code = "unsupported_language"


class UnreadableFile(InputError):
    """A file that is missing, not text, broken, or of a type that is not read."""

    code = "unreadable_file"


class FetchError(ClaimcheckError):
    """The link was refused or did not answer."""

    code = "fetch_failed"


class LinkRefused(FetchError):
    """The guard does not admit the address (scheme, port, credentials, private network)."""

    code = "link_refused"


class NotReachable(FetchError):
    """Name resolution, connection or TLS failed."""

    code = "not_reachable"


class FetchTimeout(FetchError):
    """The total deadline passed."""

    code = "fetch_timeout"


class BadStatus(FetchError):
    """The server answered with an error status."""

    code = "bad_status"


class TooManyRedirects(FetchError):
    """More redirects than are followed, or a loop."""

    code = "too_many_redirects"


class PageTooLarge(FetchError):
    """More bytes, once decompressed, than are read."""

    code = "page_too_large"


class UnsupportedContent(FetchError):
    """An image, a video, an archive or an encoding that is not read."""

    code = "unsupported_content"


class ReadError(ClaimcheckError):
    """The page came, but no article could be read from it."""

    code = "read_failed"


class NotAnArticle(ReadError):
    """A consent wall, paywall stub, login, error page or video page."""

    code = "not_an_article"


class ReadingFailed(ReadError):
    """The reader ran out of time or memory on this page."""

    code = "reading_failed"
