"""Domain values as JSON and back. What an older version wrote is read with the defaults of what it did not know."""

import json
from dataclasses import replace
from typing import TypeVar

import msgspec

from bot.document import Document
from bot.report import Grade, Report

Value = TypeVar("Value")

_ELSEWHERE = Document(text="", paragraphs=())


def to_json(value: object) -> str:
    """Any domain value as one line of JSON."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        # A lone surrogate, which UTF-8 cannot carry: the standard library writes it as an escape.
        return json.dumps(msgspec.to_builtins(value), separators=(",", ":"))


def from_json(payload: str, kind: type[Value]) -> Value:
    """The value that `to_json` was given. Unknown fields are passed over, missing ones take their defaults."""
    try:
        return msgspec.json.decode(payload, type=kind)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return msgspec.convert(json.loads(payload), type=kind)


def report_to_json(report: Report) -> str:
    """A report without its document, which has a row of its own."""
    return to_json(replace(report, document=_ELSEWHERE))


def report_from_json(payload: str, document: Document) -> Report:
    """The report, put back on its document."""
    return replace(from_json(payload, Report), document=document)


def count_grades(report: Report) -> str:
    """How many claims have each grade, 0 to 5, as JSON."""
    return to_json([sum(claim.grade is grade for claim in report.claims) for grade in Grade])
