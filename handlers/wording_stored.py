"""Words on what is kept: how old a check is, who its sources are, which checks there were. Pure."""

from collections.abc import Iterable
from datetime import datetime

from bot.report import Band, Grade, Report
from bot.store.records import Forgotten, HistoryEntry, StoredReport
from handlers.reply import Explanation, HistoryLine, HistoryList, Notice, SourceLine, SourceList
from handlers.wording import word_claim, word_headline, word_hop, word_recent, word_time

_NOBODY = SourceLine(name="nobody", footing="no source is cited", title=None, claims=())


def word_stored_line(read_at: datetime, *, fetched: bool) -> str:
    """That a check is an earlier one, of when, and, where it was `fetched` from a link, how to have it made anew."""
    return f"Checked on {word_time(read_at)}{'; “check again” fetches it anew.' if fetched else '.'}"


def word_unchanged(since: datetime) -> str:
    """That the page was fetched again and is what it was."""
    return f"The page has not changed since it was checked on {word_time(since)}."


def word_changed(since: datetime, *, claims: bool) -> str:
    """That the page is another than it was, and whether its claims are."""
    same = "" if claims else ", but its claims and their grades have not"
    return f"The page has changed since it was checked on {word_time(since)}{same}."


def word_explanation(found: StoredReport, *, claim: str) -> Explanation | None:
    """Why one claim of a report has its grade; None where the report has no such claim."""
    document = found.report.document
    for one in found.report.claims:
        if one.id == claim:
            line = word_claim(one, document, overrules=found.overrules)
            return Explanation(headline=_name(found), line=line, report_id=found.id)
    return None


def word_sources(found: StoredReport) -> SourceList:
    """Everybody in the chains of a report's claims, with the claims that rest on them, those with most claims first."""
    lines = sorted(_source_lines(found.report), key=lambda line: -len(line.claims))
    return SourceList(headline=_name(found), lines=tuple(lines), report_id=found.id)


def word_no_claim(found: StoredReport, *, claim: str) -> str:
    """That a report has no such claim, and which it has."""
    ids = [known.id.removeprefix("c") for known in found.report.claims]
    if not ids:
        return f"No claims were found in {_name(found)}."
    numbers = ids[0] if len(ids) == 1 else f"{ids[0]} to {ids[-1]}"
    return f"There is no claim {claim.removeprefix('c')} in {_name(found)}; it has {numbers}."


def word_history(entries: tuple[HistoryEntry, ...], *, query: str, now: datetime) -> HistoryList | Notice:
    """Earlier checks as a list, newest first."""
    if not entries:
        found = f"I know of no check with “{query}”" if query else "I know of no earlier check"
        return Notice(text=f"{found} that may be shown here.")
    heading = f"Checks with “{query}”" if query else "The latest checks"
    return HistoryList(heading=heading, lines=tuple(_history_line(entry, now=now) for entry in entries))


def word_choice(found: StoredReport, *, others: tuple[StoredReport, ...], again: str) -> Notice:
    """Which of several reports in a thread an answer is about, and how to ask for the others.

    `again` is the command as typed, up to the report: "why 3".
    """
    rest = "; ".join(f"“{again} of {other.id}” for {_name(other)}" for other in others)
    return Notice(text=f"Several articles were checked here; this is about {_name(found)}. Say {rest}.")


def word_which(found: tuple[StoredReport, ...], *, again: str, rest: str) -> str:
    """The question which of several reports is meant; `rest` is what the command says after the report."""
    options = "; ".join(f"“{again} of {one.id}{rest}” for {_name(one)}" for one in found)
    return f"Several articles were checked here. Say {options}."


def word_forgotten(forgotten: Forgotten, *, what: str, in_chat: bool = True) -> Notice:
    """What was really deleted; `what` names what was to be: "what you asked me to check".

    `in_chat`: some of it was answered in posts of ours, which are not taken back.
    """
    counts = (
        (forgotten.requests, "request"),
        (forgotten.documents, "article"),
        (forgotten.reports, "report"),
        (forgotten.deliveries, "record of an answer"),
        (forgotten.reviews, "review"),
        (forgotten.settings, "setting"),
        (forgotten.installations, "installation"),
    )
    parts = [_count(count, name) for count, name in counts if count]
    if not parts:
        return Notice(text=f"Of {what}, nothing is kept, so there was nothing to delete.")
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    posts = " Messages that I posted stay in their threads until deleted there." if in_chat else ""
    return Notice(text=f"Deleted of {what}: {listed}.{posts}")


def _name(found: StoredReport) -> str:
    return word_headline(found.report.document) or "the pasted text"


def _source_lines(report: Report) -> Iterable[SourceLine]:
    lines: dict[tuple[str, str], SourceLine] = {}
    for claim in report.claims:
        named = [word_hop(hop, report.document) for hop in claim.chain]
        here = [
            SourceLine(
                name=f"“{hop.name}”" if hop.quoted else hop.name, footing=hop.footing, title=hop.title, claims=()
            )
            for hop in named
        ] or [_NOBODY]
        for line in here:
            key = (line.name.casefold(), line.footing)
            known = lines.get(key, line)
            claims = known.claims if claim.id in known.claims else (*known.claims, claim.id)
            lines[key] = SourceLine(
                name=known.name, footing=known.footing, title=known.title or line.title, claims=claims
            )
    return lines.values()


def _history_line(entry: HistoryEntry, *, now: datetime) -> HistoryLine:
    bands = dict.fromkeys(Band, 0)
    for grade, count in zip(Grade, entry.grades, strict=True):
        bands[grade.band] += count
    told = " · ".join(f"{count} {band}" for band, count in bands.items())
    return HistoryLine(
        when=word_recent(entry.checked_at, now=now),
        title=" ".join(entry.title.split()) or entry.url or "a pasted text",
        url=entry.url,
        grades=f"{_count(sum(entry.grades), 'claim')}: {told}",
        report_id=entry.report_id,
    )


def _count(count: int, name: str) -> str:
    if count == 1:
        return f"1 {name}"
    return f"{count} records of answers" if name == "record of an answer" else f"{count} {name}s"
