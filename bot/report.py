"""What a check yields: claims with their chains and grades, attributions, flags, a summary.

All values are frozen; every quotation, hop, cue, reason and flag points into `Report.document.text`.
The terms, kinds, grades and flags are defined in docs/grading.md.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from bot.document import Document, Role, Span


class SourceKind(StrEnum):
    """On what footing a source speaks (docs/grading.md, "Source kinds")."""

    NAMED_PERSON = "named_person"
    NAMED_ORGANIZATION = "named_organization"
    DOCUMENT = "document"
    NEWS_OUTLET = "news_outlet"
    ANONYMOUS = "anonymous"
    UNNAMED_PERSON = "unnamed_person"
    UNNAMED_GROUP = "unnamed_group"
    OWN_REPORTING = "own_reporting"
    UNSPECIFIED = "unspecified"
    NONE = "none"


class Directness(StrEnum):
    """How much of the content is in the source's own words."""

    DIRECT_QUOTE = "direct_quote"
    PARAPHRASE = "paraphrase"
    MIXED = "mixed"
    OWN_VOICE = "own_voice"


class Band(StrEnum):
    """Grades in four bands, for a reader in a hurry."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"
    UNSOURCED = "unsourced"


class Grade(IntEnum):
    """Sourcing strength, 0 to 5 (docs/grading.md, "Grades")."""

    UNSOURCED = 0
    VAGUE = 1
    DESCRIBED = 2
    ON_RECORD = 3
    FIRST_HAND = 4
    DOCUMENTED = 5

    @property
    def label(self) -> str:
        """The grade in words."""
        return _LABELS[self]

    @property
    def band(self) -> Band:
        """The band the grade falls in."""
        return _BANDS[self]


_LABELS = {
    Grade.UNSOURCED: "Unsourced",
    Grade.VAGUE: "Vague or second-hand",
    Grade.DESCRIBED: "Described, not named",
    Grade.ON_RECORD: "On record",
    Grade.FIRST_HAND: "On record, first-hand",
    Grade.DOCUMENTED: "Documented",
}
_BANDS = {
    Grade.UNSOURCED: Band.UNSOURCED,
    Grade.VAGUE: Band.WEAK,
    Grade.DESCRIBED: Band.WEAK,
    Grade.ON_RECORD: Band.MODERATE,
    Grade.FIRST_HAND: Band.STRONG,
    Grade.DOCUMENTED: Band.STRONG,
}


class FlagKind(StrEnum):
    """What a desk should look at twice (docs/grading.md, "Flags")."""

    HEADLINE_OVERSTATES = "headline_overstates"
    NUMBER_DRIFT = "number_drift"
    WORDING_DRIFT = "wording_drift"
    SINGLE_ORIGIN = "single_origin"
    HEARSAY = "hearsay"
    SECOND_HAND = "second_hand"
    ORPHAN_QUOTE = "orphan_quote"
    UNSOURCED_NUMBER = "unsourced_number"
    ANONYMOUS_OPINION = "anonymous_opinion"
    ACCUSED_NOT_HEARD = "accused_not_heard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One link of a provenance chain. `name` is the fullest name the text gives; `title` role or affiliation."""

    name: str
    kind: SourceKind
    span: Span
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One short sentence that explains a grade, and the passages that earned it."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One checkable proposition, quoted from its best-sourced mention, with chain, grade and reasons.

    `chain` runs outermost hop first; it is empty for kind `none`. `mentions` are the other places where
    the same proposition stands. `where` is the role of the paragraph that holds `quote`.
    """

    id: str
    claim: str
    quote: Span
    mentions: tuple[Span, ...]
    key: bool
    where: Role
    chain: tuple[Hop, ...]
    kind: SourceKind
    directness: Directness
    hedges: tuple[Span, ...]
    hedged: bool
    grade: Grade
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Source + cue + content, as found in the text; of facts, opinions and predictions alike.

    `statement` covers the whole sentences that hold the three. `source` is None where nobody stands behind
    the cue, `cue` None where only quotation marks or position tell (a running quotation).
    """

    statement: Span
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: SourceKind
    name: str
    title: str | None
    directness: Directness
    claim_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something to look at twice, with the passages side by side."""

    kind: FlagKind
    passages: tuple[Span, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The report in short. `claims` and `bands` count; `origins` counts independent origins."""

    line: str
    claims: int
    bands: tuple[tuple[Band, int], ...]
    origins: int
    safe_line: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Which engine made the report."""

    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole answer for one document. `notes` say what limits it."""

    document: Document
    summary: Summary
    claims: tuple[Claim, ...]
    attributions: tuple[Attribution, ...]
    flags: tuple[Flag, ...]
    notes: tuple[str, ...]
    engine: Engine
