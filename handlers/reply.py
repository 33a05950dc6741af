"""What the bot answers, free of any platform: structure that a terminal, Slack or Discord renders in full.

All strings are plain text, quoted from articles or worded by `handlers.wording`. They may hold anything an article may
hold (mark-up, mentions, control characters): escaping them is the renderer's duty.
"""

import re
from dataclasses import dataclass

from bot.errors import ClaimcheckError
from bot.report import Band, Report

_WORD = re.compile(r"\w+")
_DOUBLE_MARK = re.compile('[“”"]')
_SINGLE = {"“": "‘", "”": "’", '"': "'"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of the article, and where they stand ("headline", "caption", "text")."""

    text: str
    where: str

    def quoted(self, *, longest: int | None = None) -> str:
        """“The words” (where), cut in the middle where they are longer than `longest` characters.

        Double marks of the article's become single ones inside these, as in print; marks around it all are not doubled.
        """
        words = _DOUBLE_MARK.sub(lambda found: _SINGLE[found.group()], _without_marks_around(self.text))
        return f"“{_cut_middle(words, longest=longest)}”" + ("" if self.where == "text" else f" ({self.where})")


@dataclass(frozen=True, slots=True, kw_only=True)
class HopLine:
    """One hop of a chain: who, on what footing ("unnamed, described"), and role or affiliation where known.

    `quoted` tells that `name` is the article's own wording, to be shown between quotation marks.
    """

    name: str
    footing: str
    title: str | None
    quoted: bool

    @property
    def shown(self) -> str:
        """The name, with its title unless the name holds that already."""
        name = f"“{self.name}”" if self.quoted else self.name
        return f"{name}, {self.title}" if self.title and self.title.casefold() not in self.name.casefold() else name


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonLine:
    """Why a grade is what it is, and the passages that earned it."""

    text: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """One claim as shown: grade (0 to 5) for the bar, chain or the words for its absence, quote, reasons.

    `chain_note` says in words what the hops do not: that nobody is cited, that hearsay is passed on, which hedges
    stand. `also` are its other mentions. `overruled` says who set which grade instead, and why; empty where nobody did.
    """

    id: str
    claim: str
    grade: int
    label: str
    band: Band
    chain: tuple[HopLine, ...]
    chain_note: str
    quote: Passage
    also: tuple[Passage, ...]
    reasons: tuple[ReasonLine, ...]
    overruled: str = ""

    @property
    def number(self) -> str:
        """What a reader calls the claim in a chat: 3 for "c3", as in "why 3"."""
        return self.id.removeprefix("c")

    @property
    def bar(self) -> str:
        """▮▮▮▯▯ 3: the grade for the eye and in figures."""
        return "▮" * self.grade + "▯" * (5 - self.grade) + f" {self.grade}"

    @property
    def verbatim(self) -> bool:
        """Whether the claim says just what its quote says, so that one of the two is enough."""
        return _WORD.findall(self.claim.casefold()) == _WORD.findall(self.quote.text.casefold())

    @property
    def told(self) -> str:
        """The Mirror → Bruce Jones → “sources” (anonymous; hearsay): the chain on one line, with what to know of it."""
        footing = self.chain[-1].footing if self.chain else ""
        notes = "; ".join(part for part in (footing, self.chain_note) if part)
        chain = " → ".join(hop.shown for hop in self.chain)
        return f"{chain} ({notes})" if chain and notes else chain or notes


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagItem:
    """One finding: its passages side by side and what to see in them."""

    passages: tuple[Passage, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagGroup:
    """Everything flagged under one heading. `compares` tells that the passages of a finding are to be held together."""

    heading: str
    compares: bool
    items: tuple[FlagItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionLine:
    """A sourced statement that is no checkable claim (opinion, prediction): listed, not graded."""

    who: str
    title: str | None
    said: str

    @property
    def shown(self) -> str:
        """Who, title: what."""
        return f"{self.who}, {self.title}: {self.said}" if self.title else f"{self.who}: {self.said}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The answer for one document, in the order a desk reads it.

    `given` names the input; `headline` the article; `about` outlet, byline and date as far as known. `key` are the
    claims to check first, `rest` the others (fold them away). `missing` is what to get next. `notes` say what limits
    the report. `report` is what all this was worded from, `report_id` its number in the store, for the buttons.
    `stored` says that and when it was checked before; `changes` what a second check found changed, a sentence each.
    `everything` asks for all claims unfolded, with reasons and passages.
    """

    given: str
    headline: str
    about: str
    summary: str
    key: tuple[ClaimLine, ...]
    flags: tuple[FlagGroup, ...]
    safe_line: str
    missing: tuple[str, ...]
    rest: tuple[ClaimLine, ...]
    opinions: tuple[OpinionLine, ...]
    notes: tuple[str, ...]
    report: Report
    elapsed_ms: int
    report_id: int | None = None
    stored: str = ""
    changes: tuple[str, ...] = ()
    everything: bool = False

    @property
    def folded(self) -> str:
        """What is not among the key claims: 2 more claims and 1 opinion or prediction; empty where that is nothing."""
        parts = []
        if self.rest:
            parts.append(f"{len(self.rest)} more claim{'s' * (len(self.rest) > 1)}")
        if self.opinions:
            plural = "s" * (len(self.opinions) > 1)
            parts.append(f"{len(self.opinions)} opinion{plural} or prediction{plural}")
        return " and ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence instead of a report. `error` is set where `given` could not be checked."""

    text: str
    given: str = ""
    error: ClaimcheckError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why one claim has its grade: the claim with all its reasons and passages, and the article it stands in."""

    headline: str
    line: ClaimLine
    report_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One source of a report: who, on what footing, and the ids of the claims that rest on it."""

    name: str
    footing: str
    title: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceList:
    """Who stands behind the claims of one article, the one with most claims first."""

    headline: str
    lines: tuple[SourceLine, ...]
    report_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One earlier check: when (in words), what, and how its claims are graded."""

    when: str
    title: str
    url: str | None
    grades: str
    report_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryList:
    """Earlier checks, newest first; `heading` says which."""

    heading: str
    lines: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyFile:
    """A file to be sent along: an export, or what did not fit."""

    name: str
    text: str
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingLine:
    """One setting: its name as typed, what it is now, what it may be, and what it does, in words."""

    name: str
    value: str
    choices: str
    explained: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsSheet:
    """How the bot behaves here; `may_change` tells whether the asker may change it."""

    lines: tuple[SettingLine, ...]
    may_change: bool


Part = Card | Notice | Explanation | SourceList | HistoryList | ReplyFile | SettingsSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The whole answer, part by part; for a check a card or a notice for every document, in the order asked."""

    parts: tuple[Part, ...]


def _without_marks_around(words: str) -> str:
    inner = words[bool(_DOUBLE_MARK.match(words)) : len(words) - bool(_DOUBLE_MARK.match(words[-1:]))]
    return words if _DOUBLE_MARK.search(inner) else inner


def _cut_middle(words: str, *, longest: int | None) -> str:
    if longest is None or len(words) <= longest:
        return words
    head = words[: longest * 2 // 3].rsplit(" ", 1)[0]
    tail = words[-(longest // 3) :].split(" ", 1)[-1]
    return f"{head} … {tail}"
