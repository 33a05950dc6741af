"""What an older version wrote can be read, and what is written comes back the same."""

import json
from dataclasses import fields

import pytest

from bot.document import Document
from bot.report import Report
from bot.store.payloads import count_grades, from_json, report_from_json, report_to_json, to_json
from bot.store.records import ChannelSettings, TenantSettings
from tests.bot.store.samples import document, report_on
from tests.report_samples import seed_report

# A document and a report as the first version wrote them. They stay as they are, whatever fields are added later.
DOCUMENT_1 = (
    '{"text":"Harbour closed","paragraphs":[{"span":{"start":0,"end":14},"role":"headline",'
    '"sentences":[{"start":0,"end":14}]}],"url":"https://news.example/harbour","title":"Harbour closed",'
    '"outlet":null,"byline":null,"published":null,"language":"en","notes":[]}'
)
REPORT_1 = (
    '{"document":{"text":"","paragraphs":[],"url":null,"title":"","outlet":null,"byline":null,"published":null,'
    '"language":"en","notes":[]},"summary":{"line":"1 claim.","claims":1,"bands":[["weak",1]],"origins":1,'
    '"safe_line":"","missing":[]},"claims":[{"id":"c1","claim":"Harbour closed","quote":{"start":0,"end":14},'
    '"mentions":[],"key":true,"where":"headline","chain":[{"name":"Mira Olsen","kind":"named_person",'
    '"span":{"start":0,"end":7},"title":null}],"kind":"named_person","directness":"paraphrase","hedges":[],'
    '"hedged":false,"grade":1,"reasons":[{"text":"Vague.","spans":[]}]}],"attributions":[{"statement":'
    '{"start":0,"end":14},"source":null,"cue":null,"content":[],"kind":"none","name":"","title":null,'
    '"directness":"own_voice","claim_ids":["c1"]}],"flags":[{"kind":"hearsay","passages":[],"note":""}],"notes":[],'
    '"engine":{"name":"claimcheck","version":"0.1"}}'
)


def test_the_sample_report_comes_back_the_same() -> None:
    report = seed_report()
    assert report_from_json(report_to_json(report), report.document) == report


def test_a_report_is_written_without_the_text_of_its_document() -> None:
    assert "Harbour" not in report_to_json(report_on(document())).replace("The harbour was closed", "")


def test_what_the_first_version_wrote_is_read() -> None:
    read = from_json(DOCUMENT_1, Document)
    assert (read.title, read.paragraphs[0].role) == ("Harbour closed", "headline")
    report = report_from_json(REPORT_1, read)
    assert report.document is read
    assert report.claims[0].chain[0].name == "Mira Olsen"


def test_the_first_versions_payloads_hold_no_field_that_is_gone() -> None:
    """A field that is taken away or renamed would be passed over in silence: write a migration for it."""
    assert set(json.loads(DOCUMENT_1)) <= {field.name for field in fields(Document)}
    assert set(json.loads(REPORT_1)) <= {field.name for field in fields(Report)}


@pytest.mark.parametrize("kind", [ChannelSettings, TenantSettings])
def test_settings_that_know_less_or_more_take_the_defaults(kind: type[ChannelSettings] | type[TenantSettings]) -> None:
    assert from_json("{}", kind) == kind()
    assert from_json('{"of_a_later_version":1}', kind) == kind()


def test_grades_are_counted_from_0_to_5() -> None:
    assert count_grades(report_on(document())) == "[1,0,0,1,0,0]"


def test_a_lone_surrogate_survives() -> None:
    article = document(text="lone \ud800 surrogate")
    assert to_json(article).isascii()
    assert from_json(to_json(article), Document) == article
