"""What a message asks for. Pure: a request in, a command out."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.reading import read_message
from bot.report import Grade
from handlers.request import Attachment, Request

_FEWEST_WORDS = 12  # Below this a message without links is talk, not an article.

# "check ...", "/claimcheck check ...", "Check: ..."; a capital "Check" without a colon may open a headline.
_CHECK = re.compile(r"\s*(?:/?claimcheck\s+)?(?:/?check(?:\s*:|(?=\s)|$)|Check\s*:)\s*")
_WORD = re.compile(r"\w+")


class ExportFormat(StrEnum):
    """How a report leaves."""

    MARKDOWN = "md"
    JSON = "json"
    CSV = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSources:
    """Read these files and fetch these links, and check each, in this order. `again`: do not answer from the store."""

    files: tuple[Attachment, ...]
    links: tuple[str, ...]
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckText:
    """Check this text; `links` stand in it and are not opened."""

    text: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SayHelp:
    """Say what the bot does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SayVersion:
    """Say which version this is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAgain:
    """Check anew what was checked in this thread. In all that follow, `report` None means: the latest one here."""

    report: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainClaim:
    """`why N`: the reasons of one claim, with the passages. `claim` is its id ("c3")."""

    claim: str
    report: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowAll:
    """`show all`: every claim of the report."""

    report: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowSources:
    """`sources`: who stands behind the claims, each with footing and number of claims."""

    report: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """`export md|json|csv`: the report as a file."""

    format: ExportFormat
    report: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowHistory:
    """`history [query]`: earlier checks that the asker may see, newest first."""

    query: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowSettings:
    """`settings`: how the bot behaves in this channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSetting:
    """`settings NAME VALUE`; both as typed, judged where they are applied."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverruleClaim:
    """`overrule N GRADE reason…`: a person's grade instead of the machine's; the reason is required."""

    claim: str
    grade: Grade
    reason: str
    report: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """`undo`: take back the asker's latest overrule of the report."""

    report: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forget:
    """`forget`: delete what the asker asked for here, or with `url` every check of that link asked for here."""

    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendFeedback:
    """Not useful, and why (from a button and its form)."""

    report: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Puzzled:
    """Not understood. `hint` is one sentence on how to ask, or what was probably meant."""

    hint: str = ""


StoredCommand = (
    ExplainClaim
    | ShowAll
    | ShowSources
    | Export
    | ShowHistory
    | ShowSettings
    | ChangeSetting
    | OverruleClaim
    | Undo
    | Forget
    | SendFeedback
)
Command = CheckSources | CheckText | CheckAgain | StoredCommand | SayHelp | SayVersion | Puzzled

_WORDS_TO_THE_BOT: dict[str, Command] = {
    "help": SayHelp(),
    "?": SayHelp(),
    "version": SayVersion(),
}


def parse_command(request: Request) -> Command:
    """The command in a request. Never fails: what is not understood is `Puzzled`."""
    named = bool(request.attachments or request.links)
    word = request.message.strip().strip("/!.").casefold().removeprefix("claimcheck").strip()
    if not named and word in _WORDS_TO_THE_BOT:
        return _WORDS_TO_THE_BOT[word]
    asked = _CHECK.match(request.message)
    text = request.message[asked.end() :] if asked else request.message
    message = read_message(text)
    links = tuple(link.url for link in message.links)
    if named or message.is_links:
        asked_for = dict.fromkeys((*request.links, *(links if message.is_links else ())))
        return CheckSources(files=request.attachments, links=tuple(asked_for))
    if not asked and len(_WORD.findall(text)) < _FEWEST_WORDS:
        return Puzzled()
    return CheckText(text=text, links=links)
