"""A report as a file: Markdown to be read, JSON for a program, CSV for a spreadsheet."""

import csv
import io
import re
from dataclasses import replace

from bot.contract import render_json
from bot.report import Claim
from bot.store.records import Overrule, StoredReport
from handlers.checking import PASTED
from handlers.commands import ExportFormat
from handlers.markdown import render_markdown
from handlers.reply import ReplyFile
from handlers.wording import word_card, word_claim, word_headline, word_person, word_time

_LONGEST_NAME = 60  # characters, without the ending
_BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets take UTF-8 for an old code page
_COLUMNS = (
    "claim_id", "grade", "label", "band", "claim", "chain", "quote", "where", "key", "hedged", "reasons",
    "overruled_grade", "overruled_by", "overruled_on", "overruled_because", "article", "url",
)  # fmt: skip
# What a spreadsheet takes for the start of a formula, also behind white space, and in its full-width forms.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠|%]|[\t\r\n]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def export_report(found: StoredReport, *, format: ExportFormat) -> ReplyFile:  # noqa: A002 - what the command calls it
    """The report with the overrules in force (JSON, whose form is fixed, has none)."""
    headline = word_headline(found.report.document) or "a pasted text"
    return ReplyFile(
        name=f"{_file_name(headline)}.{format}",
        text=_RENDERERS[format](found),
        caption=f"The report on {headline}, checked on {word_time(found.checked_at)}.",
    )


def render_csv(found: StoredReport) -> str:
    """One row a claim under a row of column names. No cell can start a formula; a byte order mark tells UTF-8."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")  # as in RFC 4180
    writer.writerow(_COLUMNS)
    overrules = {overrule.claim_id: overrule for overrule in found.overrules}
    for claim in found.report.claims:
        row = _row(claim, found, overrules.get(claim.id))
        writer.writerow([_safe(row[column]) for column in _COLUMNS])
    return _BYTE_ORDER_MARK + written.getvalue()


def _render_markdown(found: StoredReport) -> str:
    card = word_card(found.report, given=found.report.document.url or PASTED, overrules=found.overrules)
    dated = replace(card, report_id=found.id, stored=f"Checked on {word_time(found.checked_at)}.")
    return render_markdown(dated, everything=True)


def _render_json(found: StoredReport) -> str:
    return render_json(found.report, elapsed_ms=0) + "\n"


_RENDERERS = {
    ExportFormat.MARKDOWN: _render_markdown,
    ExportFormat.JSON: _render_json,
    ExportFormat.CSV: render_csv,
}


def _row(claim: Claim, found: StoredReport, overrule: Overrule | None) -> dict[str, str]:
    document = found.report.document
    line = word_claim(claim, document)
    return {
        "claim_id": claim.id,
        "grade": str(int(claim.grade)),
        "label": claim.grade.label,
        "band": claim.grade.band,
        "claim": claim.claim,
        "chain": line.told,
        "quote": line.quote.text,
        "where": line.quote.where,
        "key": "yes" if claim.key else "no",
        "hedged": "yes" if claim.hedged else "no",
        "reasons": " ".join(reason.text for reason in line.reasons),
        "overruled_grade": str(int(overrule.grade)) if overrule else "",
        "overruled_by": word_person(overrule.by) if overrule else "",
        "overruled_on": overrule.at.date().isoformat() if overrule else "",
        "overruled_because": overrule.reason if overrule else "",
        "article": word_headline(document),
        "url": document.url or "",
    }


def _safe(cell: str) -> str:
    """The cell as text and nothing but text: an apostrophe before it keeps a spreadsheet from calculating it."""
    cell = _CONTROL.sub("\ufffd", cell)
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _file_name(headline: str) -> str:
    """A name that is safe on every system and in every header: lower-case ASCII letters, digits and hyphens."""
    words = re.findall(r"[a-z0-9]+", headline.casefold().replace("’", "").replace("'", ""))
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:_LONGEST_NAME]
        if len(longer) > _LONGEST_NAME:
            break
        name = longer
    return f"claimcheck-{name}" if name else "claimcheck-report"
