"""What may be asked of the command, as values, and the exit codes."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import Path

from handlers.commands import StoredCommand

LOCAL_TENANT = "terminal:local"


class ExitCode(IntEnum):
    """What the process returns; `claimcheck --help` documents them."""

    OK = 0
    DEFECT = 1
    USAGE = 2
    FAILED = 3
    PARTLY_FAILED = 4


class Format(StrEnum):
    """How an answer is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAsked:
    """`claimcheck check`: the inputs as given and how to show the answers.

    `again`: fetch a link although it was checked a short while ago. `store`: keep what is checked.
    """

    inputs: tuple[str, ...]
    format: Format
    everything: bool
    colour: bool
    annotate: bool
    again: bool = False
    store: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAsked:
    """A command on what was checked before: `claimcheck history`, `why`, `export` and their like."""

    command: StoredCommand
    colour: bool
    to: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantExportAsked:
    """`claimcheck export --tenant`: everything that is kept of a tenant, as JSON lines; `to` None is the output."""

    tenant: str
    to: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetAsked:
    """`claimcheck forget`: what to delete; `sure` leaves out the question."""

    tenant: str
    url: str | None
    channel: str | None
    user: str | None
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeAsked:
    """`claimcheck serve`, or with `platform` one adapter alone. `receive` and `work` are the parts it takes."""

    platform: str | None = None
    receive: bool = True
    work: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackManifestAsked:
    """`claimcheck slack manifest`; `url` is where Slack reaches the bot, None for Socket Mode."""

    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordInviteAsked:
    """`claimcheck discord invite`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorAsked:
    """`claimcheck doctor`."""

    colour: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionAsked:
    """`claimcheck version`."""


AskedWithSettings = (
    CheckAsked
    | StoredAsked
    | TenantExportAsked
    | ForgetAsked
    | ServeAsked
    | SlackManifestAsked
    | DiscordInviteAsked
    | DoctorAsked
)
Asked = AskedWithSettings | VersionAsked
