"""The JSON that programs read: it fits its schema, is exact, and never carries a control character raw."""

import dataclasses
import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bot.contract import render_error_json, render_json
from bot.document import Document
from bot.errors import BadStatus, ClaimcheckError
from bot.report import Report
from tests.report_samples import seed_report, text_document


def validator_of(name: str) -> Draft202012Validator:
    schema = json.loads((files("bot") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def report_on(document: Document) -> Report:
    return dataclasses.replace(seed_report(), document=document, claims=(), attributions=(), flags=())


def test_a_report_fits_its_schema() -> None:
    validator_of("report-1").validate(json.loads(render_json(seed_report(), elapsed_ms=12)))


def test_an_error_fits_its_schema() -> None:
    rendered = json.loads(render_error_json("https://a.example/", BadStatus("The page answered 404.")))
    validator_of("error-1").validate(rendered)
    assert rendered == {
        "schema": "claimcheck.error/1",
        "input": "https://a.example/",
        "code": "bad_status",
        "message": "The page answered 404.",
    }


@pytest.mark.parametrize("schema", ["report-1", "error-1"])
def test_the_schema_admits_no_field_that_it_does_not_name(schema: str) -> None:
    rendered = (
        render_json(seed_report(), elapsed_ms=1) if schema == "report-1" else render_error_json("x", BadStatus("y"))
    )
    assert not validator_of(schema).is_valid(json.loads(rendered) | {"truth": 1})


def test_every_object_of_the_schema_is_closed_and_requires_all_its_fields() -> None:
    def check(node: object) -> None:
        if isinstance(node, dict):
            if node.get("type") == "object":
                assert node["additionalProperties"] is False
                assert node["required"] == list(node["properties"])
            for value in node.values():
                check(value)

    for name in ("report-1", "error-1"):
        check(validator_of(name).schema)


def test_the_fields_stand_in_the_documented_order() -> None:
    report = json.loads(render_json(seed_report(), elapsed_ms=1))
    assert list(report) == [
        "schema", "document", "summary", "claims", "attributions", "flags", "notes", "engine", "elapsed_ms",
    ]  # fmt: skip
    assert list(report["document"]) == [
        "url", "title", "outlet", "byline", "published", "language", "sha256", "text",
    ]  # fmt: skip
    assert list(report["claims"][0]) == [
        "id", "claim", "quote", "mentions", "key", "where", "chain", "kind", "directness", "hedged", "hedges", "grade",
        "label", "band", "reasons",
    ]  # fmt: skip
    assert list(report["attributions"][0]) == [
        "statement", "source", "cue", "content", "kind", "name", "title", "directness", "claim_ids",
    ]  # fmt: skip


def test_every_span_quotes_the_text_that_it_points_at() -> None:
    report = json.loads(render_json(seed_report(), elapsed_ms=1))
    text = report["document"]["text"]
    found = 0

    def check(node: object) -> None:
        nonlocal found
        if isinstance(node, dict) and set(node) == {"start", "end", "text"}:
            assert text[node["start"] : node["end"]] == node["text"]
            found += 1
        for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            check(child)

    check(report)
    assert found > 20


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_json(seed_report(), elapsed_ms=1) == render_json(seed_report(), elapsed_ms=1)


def test_text_stands_as_it_is_and_not_as_ascii_escapes() -> None:
    assert "“Stalinist” restrictions" in render_json(seed_report(), elapsed_ms=1)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_comes_back_exactly_from_one_line_without_raw_controls(text: str) -> None:
    line = render_json(report_on(text_document(text)), elapsed_ms=1)
    assert json.loads(line)["document"]["text"] == text
    assert len(line.splitlines()) == 1
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in line)


@given(st.text(max_size=50))
def test_any_input_name_can_be_written_as_utf_8(name: str) -> None:
    line = render_error_json(name, ClaimcheckError("no"))
    assert json.loads(line.encode("utf-8"))["input"] == name
