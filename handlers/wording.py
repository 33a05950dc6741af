"""From a report to the words of a reply. Pure: values in, values out.

Nothing here says that a claim is true or false; it says who stands behind it in the text.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime

from bot.access import Person
from bot.document import Document, Role, Span
from bot.errors import ClaimcheckError
from bot.report import Attribution, Claim, FlagKind, Hop, Report, SourceKind
from bot.store.records import Overrule
from handlers.reply import Card, ClaimLine, FlagGroup, FlagItem, HopLine, Notice, OpinionLine, Passage, ReasonLine

HELP = """\
Send me a link to a news article, or paste its text, and I show who stands behind each of its claims and how well each \
is sourced, from 0 (nobody is cited) to 5 (a document you can look up). Several links at once are fine. I grade the \
sourcing in the text only: a well-sourced claim can be wrong and a badly sourced one right.

On the latest check here:
why 3 – the reasons for the grade of claim 3
show all – every claim, with reasons and passages
sources – who stands behind the claims
recheck – fetch the link again and show what changed
export md, export json or export csv – the report as a file
overrule 3 4 REASON – your grade for claim 3 instead of mine, with your reason
undo – take your last grade back

Beside that:
history, history WORDS – earlier checks that you may see
settings, settings NAME VALUE – how I behave in this channel
forget, forget LINK – delete what you asked me to check
help, version

“of 17” after why, show all, sources, recheck, export, overrule 3 or undo means report 17 of the history."""
NOTHING_KEPT = "Nothing is kept here, so there is no earlier check to go back to. Send me the link or the text again."
PUZZLED = "I did not find an article in that: send me a link to one, or paste its whole text (“help” says more)."
INTERNAL = "Something broke inside claimcheck while this was checked. It is our mistake; the details are in the log."

_FOOTING = {
    SourceKind.NAMED_PERSON: "named person",
    SourceKind.NAMED_ORGANIZATION: "named organisation",
    SourceKind.DOCUMENT: "document",
    SourceKind.NEWS_OUTLET: "another news outlet",
    SourceKind.ANONYMOUS: "anonymous",
    SourceKind.UNNAMED_PERSON: "a person without a name",
    SourceKind.UNNAMED_GROUP: "a group without names",
    SourceKind.OWN_REPORTING: "seen by the outlet's own reporter",
    SourceKind.UNSPECIFIED: "nobody stands behind it",
    SourceKind.NONE: "nobody is cited",
}
_UNNAMED = {SourceKind.ANONYMOUS, SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP}
_NAMED = {SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION}
_WHERE = {Role.HEADLINE: "headline", Role.STANDFIRST: "standfirst", Role.CAPTION: "caption"}
_HEADINGS = {
    FlagKind.HEADLINE_OVERSTATES: "Headline or caption overstates",
    FlagKind.NUMBER_DRIFT: "Numbers differ",
    FlagKind.WORDING_DRIFT: "Wording differs in strength",
    FlagKind.SINGLE_ORIGIN: "Rests on one origin",
    FlagKind.HEARSAY: "Hearsay: a named source passes on unnamed ones",
    FlagKind.SECOND_HAND: "Taken from another outlet",
    FlagKind.ORPHAN_QUOTE: "Quoted, but nobody says it",
    FlagKind.UNSOURCED_NUMBER: "Figures without a source",
    FlagKind.ANONYMOUS_OPINION: "Anonymous opinion or attack",
    FlagKind.ACCUSED_NOT_HEARD: "Accused and not heard",
}
# Spelled out here, for the names that the standard library knows follow the machine's language.
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_LONGEST_ARTICLE = 6  # characters, with the space: "their "
_COMPARING = {FlagKind.HEADLINE_OVERSTATES, FlagKind.NUMBER_DRIFT, FlagKind.WORDING_DRIFT}


def word_card(
    report: Report, *, given: str, elapsed_ms: int = 0, links_left: int = 0, overrules: tuple[Overrule, ...] = ()
) -> Card:
    """The report as a reply. `given` names the input; `links_left` counts links in a text that were not opened.

    `overrules` are those in force. The summary counts the machine's grades, which they stand beside.
    """
    document = report.document
    lines = [(claim.key, word_claim(claim, document, overrules=overrules)) for claim in report.claims]
    return Card(
        given=given,
        headline=word_headline(document) or given,
        about=" · ".join(part for part in (document.outlet, document.byline, _day(document.published)) if part),
        summary=report.summary.line,
        key=tuple(line for key, line in lines if key),
        flags=_flag_groups(report),
        safe_line=report.summary.safe_line,
        missing=report.summary.missing,
        rest=tuple(line for key, line in lines if not key),
        opinions=_opinions(report),
        notes=(*report.notes, *_links_note(links_left)),
        report=report,
        elapsed_ms=elapsed_ms,
    )


def _day(published: str | None) -> str | None:
    """The day of a date that may tell the time too (ISO 8601)."""
    return published and published.partition("T")[0]


def word_headline(document: Document) -> str:
    """What an article is called: its title, else its link; empty for a text that has neither."""
    return _one_line(document.title) or document.url or ""


def word_time(at: datetime) -> str:
    """24 November 2026 at 10:32 UTC."""
    utc = at.astimezone(UTC)
    return f"{word_day(utc)} at {utc:%H:%M} UTC"


def word_recent(at: datetime, *, now: datetime) -> str:
    """Today at 10:32 UTC; yesterday at …; else as `word_time`."""
    days = (now.astimezone(UTC).date() - at.astimezone(UTC).date()).days
    day = {0: "today", 1: "yesterday"}.get(days)
    return f"{day} at {at.astimezone(UTC):%H:%M} UTC" if day else word_time(at)


def word_day(at: datetime) -> str:
    """24 November 2026."""
    utc = at.astimezone(UTC)
    return f"{utc.day} {_MONTHS[utc.month - 1]} {utc.year}"


def word_error(error: ClaimcheckError, *, given: str) -> Notice:
    """The sentence for an input that could not be checked."""
    return Notice(text=error.message, given=given, error=error)


def word_too_many(left_out: tuple[str, ...], *, limit: int) -> Notice:
    """The sentence for links beyond the most that one message may ask for, which it names."""
    return Notice(text=f"I check at most {limit} links at a time. Please send these again: {' '.join(left_out)}")


def _links_note(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    links = "a link" if count == 1 else f"{count} links"
    return (f"The text holds {links} that I did not open: send a link by itself to have its article checked.",)


def word_claim(claim: Claim, document: Document, *, overrules: tuple[Overrule, ...] = ()) -> ClaimLine:
    """One claim as shown, with the overrule that is in force for it."""
    return ClaimLine(
        id=claim.id,
        claim=claim.claim,
        grade=int(claim.grade),
        label=claim.grade.label,
        band=claim.grade.band,
        chain=tuple(word_hop(hop, document) for hop in claim.chain),
        chain_note=_chain_note(claim, document),
        quote=word_passage(claim.quote, document),
        also=_passages(claim.mentions, document),
        reasons=tuple(
            # The quote stands with the claim already: as the passage behind a reason it would only say it twice.
            ReasonLine(text=reason.text, passages=_passages((s for s in reason.spans if s != claim.quote), document))
            for reason in claim.reasons
        ),
        overruled=" ".join(_overruled(overrule, claim) for overrule in overrules if overrule.claim_id == claim.id),
    )


def word_person(person: Person) -> str:
    """The name a platform shows, on one line."""
    return _one_line(person.name) or "Somebody"


def _overruled(overrule: Overrule, claim: Claim) -> str:
    grades = f"{int(overrule.grade)} (was {int(claim.grade)})"
    return f"{word_person(overrule.by)} set this to {grades}: {_one_line(overrule.reason)}"


def word_hop(hop: Hop, document: Document) -> HopLine:
    """One hop of a chain as shown."""
    words = _one_line(hop.span.text_in(document.text))
    nobody = hop.kind is SourceKind.UNSPECIFIED  # then the cue is all there is to show
    name = words if nobody or (hop.kind in _UNNAMED and _adds_article(words, hop.name)) else hop.name
    return HopLine(name=name, footing=_FOOTING[hop.kind], title=hop.title, quoted=nobody or hop.kind in _UNNAMED)


def _adds_article(words: str, name: str) -> bool:
    """Whether the article's words are the name with a short word before it: "A survivor" for "survivor"."""
    before = words[: len(words) - len(name)]
    return words.lower().endswith(name.lower()) and 0 < len(before) <= _LONGEST_ARTICLE


def _chain_note(claim: Claim, document: Document) -> str:
    notes = []
    if not claim.chain:
        notes.append(_FOOTING[claim.kind])
    else:
        kinds = [hop.kind for hop in claim.chain]
        if kinds[-1] is SourceKind.NEWS_OUTLET:
            notes.append("origin not stated")
        if kinds[-1] in _UNNAMED and _NAMED.intersection(kinds[:-1]):
            notes.append("hearsay")
    if claim.hedged:
        words = dict.fromkeys(_one_line(span.text_in(document.text)).lower() for span in claim.hedges)
        notes.append("hedged" + "".join(f" “{word}”" for word in words))
    return "; ".join(notes)


def _flag_groups(report: Report) -> tuple[FlagGroup, ...]:
    groups = []
    for kind, heading in _HEADINGS.items():
        items = dict.fromkeys(
            FlagItem(passages=_passages(flag.passages, report.document), note=flag.note)
            for flag in report.flags
            if flag.kind is kind
        )
        if items:
            groups.append(FlagGroup(heading=heading, compares=kind in _COMPARING, items=tuple(items)))
    return tuple(groups)


def _opinions(report: Report) -> tuple[OpinionLine, ...]:
    lines = (_opinion(attribution, report.document) for attribution in report.attributions if not attribution.claim_ids)
    return tuple(dict.fromkeys(line for line in lines if line.said))


def _opinion(attribution: Attribution, document: Document) -> OpinionLine:
    said = " … ".join(_one_line(span.text_in(document.text)) for span in attribution.content)
    return OpinionLine(who=attribution.name or "nobody named", title=attribution.title, said=said)


def _passages(spans: Iterable[Span], document: Document) -> tuple[Passage, ...]:
    """The spans as passages, the same words in the same kind of place only once."""
    return tuple(dict.fromkeys(word_passage(span, document) for span in spans))


def word_passage(span: Span, document: Document) -> Passage:
    """The words of a span on one line, and where they stand."""
    index = bisect_right(document.paragraphs, span.start, key=lambda paragraph: paragraph.span.start) - 1
    role = document.paragraphs[index].role if index >= 0 else Role.BODY
    return Passage(text=_one_line(span.text_in(document.text)), where=_WHERE.get(role, "text"))


def _one_line(words: str) -> str:
    return " ".join(words.split())
