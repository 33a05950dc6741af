"""The values that go into the store and come out of it. No SQL here; times are aware and in UTC."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.access import Audience, Person, Place
from bot.report import Grade, Report


class RequestState(StrEnum):
    """How far a request has come. The last three are final."""

    ACCEPTED = "accepted"
    ANSWERED = "answered"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that came with a request."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRecord:
    """One accepted request. `id` is its identity on its platform ("slack:T1:C1:1699.23"), the workflow's id too.

    `message`, `links` and `files` are emptied when the request is finished. `whispered`: the answer goes to the asker
    alone. `attempts` counts how often the work on it was begun.
    """

    id: str
    place: Place
    asker: Person
    message: str
    links: tuple[str, ...] = ()
    files: tuple[StoredFile, ...] = ()
    whispered: bool = False
    state: RequestState = RequestState.ACCEPTED
    attempts: int = 0
    accepted_at: datetime
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """What became of a request: its id, and whether it is new (False: the same one came before, under any key)."""

    id: str
    fresh: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReport:
    """A report with what the store knows of it. `read_at`: when the document was fetched or pasted.

    `public_link`: the document is a link anybody can open. `overrules` are those in force, by claim id.
    """

    id: int
    document_id: int
    report: Report
    audience: Audience
    read_at: datetime
    checked_at: datetime
    public_link: bool = False
    overrules: tuple["Overrule", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One earlier check, for a list. `grades` counts claims by grade, 0 to 5."""

    report_id: int
    title: str
    url: str | None
    outlet: str | None
    checked_at: datetime
    grades: tuple[int, int, int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The one visible answer to a request: where it stands and how often it was edited.

    `marker` is what our post carries to be found again, 22 characters of letters and digits. `message` is the
    platform's id of the post, None while nobody knows whether it was posted.
    """

    request_id: str
    marker: str
    place: Place
    message: str | None
    revision: int
    report_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrule:
    """A person's grade for a claim instead of the machine's. Never changed; undone by a second entry."""

    id: int
    report_id: int
    claim_id: str
    grade: Grade
    reason: str
    by: Person
    at: datetime
    undone_by: Person | None = None
    undone_at: datetime | None = None


class AutoCheck(StrEnum):
    """What sets the bot off in a channel, beside being asked by command or shortcut."""

    OFF = "off"  # mentions and the trigger emoji
    LINKS = "links"  # these, and every link that is posted
    MENTIONS = "mentions"  # mentions only


class Detail(StrEnum):
    """How much of a report is shown at first."""

    COMPACT = "compact"
    FULL = "full"


class AnswerWhere(StrEnum):
    """Where answers go."""

    THREAD = "thread"
    PRIVATELY = "privately"


class Who(StrEnum):
    """Who may do something in a tenant."""

    EVERYONE = "everyone"
    ADMINS = "admins"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    """How the bot behaves in one channel. `emoji` without colons; `hourly_cap` counts requests."""

    auto_check: AutoCheck = AutoCheck.OFF
    emoji: str = "mag"
    detail: Detail = Detail.COMPACT
    hourly_cap: int = 60
    answer: AnswerWhere = AnswerWhere.THREAD


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantSettings:
    """Who may do what in one tenant."""

    overrule_by: Who = Who.EVERYONE
    settings_by: Who = Who.ADMINS


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """One workspace that installed the bot: `data` is the SDK's record as JSON, tokens included (kept encrypted)."""

    tenant: str
    data: str = field(repr=False)
    installed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What was really deleted."""

    requests: int = 0
    documents: int = 0
    reports: int = 0
    deliveries: int = 0
    reviews: int = 0
    settings: int = 0
    installations: int = 0

    @property
    def total(self) -> int:
        """How many records that is."""
        kept = (self.requests, self.documents, self.reports, self.deliveries, self.reviews, self.settings)
        return sum(kept) + self.installations
