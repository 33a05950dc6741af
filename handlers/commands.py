"""What can be asked of the bot, as values; `handlers.parsing` reads them from messages."""

from dataclasses import dataclass
from enum import StrEnum

from bot.report import Grade
from handlers.request import Attachment


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
