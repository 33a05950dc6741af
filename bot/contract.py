"""The report as JSON: `claimcheck.report/1` and `claimcheck.error/1` (docs/report.md; schemas in bot/schemas/).

One object on one line, fields in the documented order, the same bytes for the same report. Text stands as it is;
control, line-separator and direction characters are written as escapes, so that a terminal or a line-based reader
never meets them raw, and a JSON parser still gets back exactly the text.
"""

import json
import re
from typing import TypeAlias

from bot.document import Document, Span
from bot.errors import ClaimcheckError
from bot.report import Attribution, Claim, Flag, Hop, Reason, Report, Summary

REPORT_SCHEMA = "claimcheck.report/1"
ERROR_SCHEMA = "claimcheck.error/1"

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

# What json.dumps leaves raw and should not reach a terminal or split a line: DEL and C1 controls, line and paragraph
# separators, marks and overrides of writing direction, byte order mark; and lone surrogates, which UTF-8 cannot carry.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def render_json(report: Report, *, elapsed_ms: int) -> str:
    """The report as one line of `claimcheck.report/1`, without a line break at its end."""
    text = report.document.text
    return _dump(
        {
            "schema": REPORT_SCHEMA,
            "document": _document(report.document),
            "summary": _summary(report.summary),
            "claims": [_claim(claim, text) for claim in report.claims],
            "attributions": [_attribution(attribution, text) for attribution in report.attributions],
            "flags": [_flag(flag, text) for flag in report.flags],
            "notes": list(report.notes),
            "engine": {"name": report.engine.name, "version": report.engine.version},
            "elapsed_ms": elapsed_ms,
        }
    )


def render_error_json(given: str, error: ClaimcheckError) -> str:
    """A failed input as one line of `claimcheck.error/1`; `given` names the input as the user gave it."""
    return _dump({"schema": ERROR_SCHEMA, "input": given, "code": error.code, "message": error.message})


def escape_unsafe(line: str) -> str:
    """One line of JSON, with what a terminal or a line-based reader should never meet raw written as escapes."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", line)


def _dump(value: Json) -> str:
    return escape_unsafe(json.dumps(value, ensure_ascii=False, separators=(", ", ": ")))


def _document(document: Document) -> Json:
    return {
        "url": document.url,
        "title": document.title,
        "outlet": document.outlet,
        "byline": document.byline,
        "published": document.published,
        "language": document.language,
        "sha256": document.sha256,
        "text": document.text,
    }


def _summary(summary: Summary) -> Json:
    return {
        "line": summary.line,
        "claims": summary.claims,
        "bands": {band.value: count for band, count in summary.bands},
        "origins": summary.origins,
        "safe_line": summary.safe_line,
        "missing": list(summary.missing),
    }


def _claim(claim: Claim, text: str) -> Json:
    return {
        "id": claim.id,
        "claim": claim.claim,
        "quote": _span(claim.quote, text),
        "mentions": _spans(claim.mentions, text),
        "key": claim.key,
        "where": claim.where.value,
        "chain": [_hop(hop, text) for hop in claim.chain],
        "kind": claim.kind.value,
        "directness": claim.directness.value,
        "hedged": claim.hedged,
        "hedges": _spans(claim.hedges, text),
        "grade": int(claim.grade),
        "label": claim.grade.label,
        "band": claim.grade.band.value,
        "reasons": [_reason(reason, text) for reason in claim.reasons],
    }


def _hop(hop: Hop, text: str) -> Json:
    return {"name": hop.name, "kind": hop.kind.value, "title": hop.title, "span": _span(hop.span, text)}


def _reason(reason: Reason, text: str) -> Json:
    return {"text": reason.text, "spans": _spans(reason.spans, text)}


def _attribution(attribution: Attribution, text: str) -> Json:
    return {
        "statement": _span(attribution.statement, text),
        "source": None if attribution.source is None else _span(attribution.source, text),
        "cue": None if attribution.cue is None else _span(attribution.cue, text),
        "content": _spans(attribution.content, text),
        "kind": attribution.kind.value,
        "name": attribution.name,
        "title": attribution.title,
        "directness": attribution.directness.value,
        "claim_ids": list(attribution.claim_ids),
    }


def _flag(flag: Flag, text: str) -> Json:
    return {"kind": flag.kind.value, "passages": _spans(flag.passages, text), "note": flag.note}


def _spans(spans: tuple[Span, ...], text: str) -> list[Json]:
    return [_span(span, text) for span in spans]


def _span(span: Span, text: str) -> Json:
    return {"start": span.start, "end": span.end, "text": span.text_in(text)}
