"""What happens in the service, as values for whoever watches it (metrics, a test). Never holds words of an article.

The service calls one plain function, `Observe`, with each; it must return at once and raise nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.report import Band
from bot.store.records import RequestState


class Stage(StrEnum):
    """The steps of one request, in their order; each is timed."""

    WAIT = "wait"  # from acceptance until the work on it begins
    READ = "read"  # fetch a link and read it, or read a text or a file
    CHECK = "check"
    DELIVER = "deliver"  # put the answer into the thread


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAccepted:
    """A request is durable. `fresh` is False where the same one had come before."""

    platform: str
    fresh: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRefused:
    """A request was turned away before it was accepted; `code` is that of the error: "not_now", "store_unavailable"."""

    platform: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageDone:
    """One step of one request (of one document in it) is over."""

    stage: Stage
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFailed:
    """One document of a request could not be read or checked; `code` is that of the error."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMade:
    """One report was made, or answered from the store; `bands` counts its claims (as `Summary.bands`)."""

    bands: tuple[tuple[Band, int], ...]
    stored: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFinished:
    """A request has come to its end; `code` is that of the error where it FAILED. `seconds` since it was accepted."""

    platform: str
    state: RequestState
    code: str | None
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryDelayed:
    """The platform asked for patience (rate limit) or did not answer; it is tried again after `seconds`."""

    platform: str
    seconds: float


ServiceEvent = (
    RequestAccepted | RequestRefused | StageDone | DocumentFailed | ReportMade | RequestFinished | DeliveryDelayed
)
Observe = Callable[[ServiceEvent], None]


def ignore(event: ServiceEvent) -> None:
    """Watch nothing."""
