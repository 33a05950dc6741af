"""The log of a service: structured, with the request's id throughout, and without article text or tokens.

The program logs through the standard library, and so do its libraries; structlog shapes what arrives. Values bound with
`structlog.contextvars` (the id of the request) stand in every line of whoever bound them.
"""

import logging
import re
import traceback
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from adapters.settings import LogShape
from bot.errors import ClaimcheckError

_OWN = ("adapters", "bot", "handlers")
_APART = ("dbos",)  # would print lines of its own beside ours
_LONGEST = 500  # characters of one value; a library that logs a whole payload is cut short
# Messages of exceptions are left out, since they like to quote what they choked on: an article's words, a row's
# values. These packages word theirs from the platform's answer.
_SPEAKING = ("aiohttp", "discord", "slack_bolt", "slack_sdk")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_HIDDEN = "…"
_TOKENS = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[\w-]+"  # Slack: bot, user, refresh and rotated tokens
    r"|xapp-[\w-]+"  # Slack: app token
    r"|\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"  # Discord: bot token
    r"|(?i:(?<=bearer )|(?<=bot ))[\w.~+/=-]{16,}"
    r"|(?<=://)[^\s/@:]*:[^\s/@]*(?=@)"  # user and password in a URL
    r"|aW50ZXJhY3Rpb246[\w-]+"  # Discord: with it an interaction is answered; it stands in addresses
    # "ticket": Slack's socket; "hm": Discord's signature on the address of a file
    r"|(?i:(?<=token=)|(?<=secret=)|(?<=password=)|(?<=code=)|(?<=ticket=)|(?<=\bhm=))[^&\s'\"]+"
)


def start_logging(*, shape: LogShape, stream: TextIO, secrets: Iterable[str] = ()) -> None:
    """Send every logger's lines to `stream`; `secrets` are blotted out wherever they stand.

    Our own loggers speak from INFO, libraries from WARNING.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(shape, colours=stream.isatty(), secrets=tuple(secrets)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in _APART:
        logging.getLogger(name).handlers[:] = [handler]
        logging.getLogger(name).propagate = False
    for name in _OWN:
        logging.getLogger(name).setLevel(logging.INFO)


def _formatter(shape: LogShape, *, colours: bool, secrets: Sequence[str]) -> logging.Formatter:
    render: Processor
    if shape is LogShape.JSON:
        render = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        plain = structlog.dev.plain_traceback
        render = structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=plain, pad_event_to=0)
    arriving: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    leaving: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        _word_exception,
        _Blotter(secrets),
        render,
    ]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=arriving, processors=leaving)


class _Blotter:
    """Makes every value fit for a log: no tokens, nothing that a terminal acts on, not too long."""

    def __init__(self, secrets: Sequence[str]) -> None:
        known = "|".join(re.escape(secret) for secret in sorted(filter(None, secrets), key=len, reverse=True))
        self._known = re.compile(known) if known else None

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        if str(event.get("logger", "")).partition(".")[0] not in _OWN:
            event["event"] = str(event["event"]).partition("\n")[0]  # asyncio, for one, adds what a task choked on
        for key, value in event.items():
            if isinstance(value, str):
                event[key] = self._without_tokens(value) if key == "exception" else self._fit(value)
        return event

    def _fit(self, value: str) -> str:
        shown = self._without_tokens(value)
        shown = shown if len(shown) <= _LONGEST else shown[:_LONGEST] + _HIDDEN
        return _CONTROL.sub(lambda found: ascii(found.group())[1:-1], shown)

    def _without_tokens(self, value: str) -> str:
        return _TOKENS.sub(_HIDDEN, self._known.sub(_HIDDEN, value) if self._known else value)


def _word_exception(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The traceback of a logged exception in words that hold no data: frames, types, and messages of our own."""
    held = event.pop("exc_info", None)
    error = held[1] if isinstance(held, tuple) else held
    if isinstance(error, BaseException):
        event["exception"] = "".join(_told(error, seen=set())).rstrip("\n")
    return event


def _told(error: BaseException, *, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and id(cause) not in seen:
        yield from _told(cause, seen=seen)
        yield "which led to:\n"
    yield from _frames(error.__traceback__)
    yield f"{type(error).__module__}.{type(error).__qualname__}{_said(error)}\n"
    if isinstance(error, BaseExceptionGroup):
        for number, one in enumerate(error.exceptions, start=1):
            yield f"{number} of {len(error.exceptions)}:\n"
            yield from _told(one, seen=seen)


def _frames(trace: TracebackType | None) -> list[str]:
    return traceback.format_tb(trace)


def _said(error: BaseException) -> str:
    speaking = isinstance(error, ClaimcheckError | OSError) or type(error).__module__.split(".")[0] in _SPEAKING
    words = _CONTROL.sub(" ", str(error))[:_LONGEST] if speaking else ""
    return f": {words}" if words else ""
