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
    ├── ReadError               the page came, but holds no article
    │   ├── NotAnArticle        consent wall, paywall stub, login, error page, video only
    │   └── ReadingFailed       the reader ran out of time or memory
    ├── AnalysisFailed          the analysis broke, or ran out of time or memory, on this text
    ├── StoreError              what was kept cannot be used
    │   ├── StoreUnavailable    not there, locked, full, or in use by another process
    │   ├── StoreTooNew         written by a later version
    │   ├── StoreKeyMissing     tokens are kept encrypted, and the key is missing or another one
    │   └── NotStored           nothing of that kind is kept, or not for this viewer
    ├── NotNow                  asked too often: the answer says when to come back
    ├── NotAllowed              this person may not do that here
    ├── StaleAction             a button that is no longer understood
    └── ThreadError             the chat platform did not do what was asked
        ├── TryLater            it may pass: rate limit, 5xx, lost connection
        ├── CannotPost          it will not pass: archived, no permission, gone
        └── LookupRefused       the platform does not let us search the thread

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


class AnalysisFailed(ClaimcheckError):
    """The analysis broke, or ran out of time or memory, on this text."""

    code = "analysis_failed"


class StoreError(ClaimcheckError):
    """What was kept cannot be used."""

    code = "store_failed"


class StoreUnavailable(StoreError):
    """The database is not there, locked, full, or in use by another process."""

    code = "store_unavailable"


class StoreTooNew(StoreError):
    """The database was written by a later version."""

    code = "store_too_new"


class StoreKeyMissing(StoreError):
    """Tokens are kept encrypted, and the key is missing or another one."""

    code = "store_key_missing"


class NotStored(StoreError):
    """Nothing of that kind is kept, or not for this viewer; the two are not told apart, on purpose."""

    code = "not_stored"


class NotNow(ClaimcheckError):
    """Asked too often; the message says when to come back."""

    code = "not_now"


class NotAllowed(ClaimcheckError):
    """This person may not do that here."""

    code = "not_allowed"


class StaleAction(ClaimcheckError):
    """A button that is no longer understood."""

    code = "stale_action"


class ThreadError(ClaimcheckError):
    """The chat platform did not do what was asked."""

    code = "thread_failed"


class TryLater(ThreadError):
    """It may pass (rate limit, 5xx, lost connection). `seconds` is how long to wait, where the platform says."""

    code = "try_later"

    def __init__(self, message: str, *, seconds: float | None = None) -> None:
        super().__init__(message)
        self.seconds = seconds


class CannotPost(ThreadError):
    """It will not pass (archived channel, missing permission, deleted); the message tells the reader the fix."""

    code = "cannot_post"


class LookupRefused(ThreadError):
    """The platform does not let us search the thread for our own post."""

    code = "lookup_refused"
