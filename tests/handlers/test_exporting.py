"""A report as a file."""

import csv
import dataclasses
import io
import json
from datetime import UTC, datetime

import pytest

from bot.access import Audience, Person
from bot.document import Document
from bot.report import Grade
from bot.store.records import Overrule, StoredReport
from handlers.commands import ExportFormat
from handlers.exporting import export_report, render_csv
from tests.handlers.newsroom import article, report_on
from tests.report_samples import seed_report

AT = datetime(2026, 11, 24, 10, 32, tzinfo=UTC)
OVERRULED = Overrule(
    id=1, report_id=7, claim_id="c1", grade=Grade.DOCUMENTED, reason="=SUM(A1)", by=Person(id="U1", name="Ann"), at=AT
)


def stored(document: Document | None = None, *, overrules: tuple[Overrule, ...] = ()) -> StoredReport:
    return StoredReport(
        id=7,
        document_id=3,
        report=report_on(document) if document else seed_report(),
        audience=Audience(tenant="slack:T1"),
        read_at=AT,
        checked_at=AT,
        overrules=overrules,
    )


def rows_of(found: StoredReport) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render_csv(found).removeprefix("\ufeff"), newline="")))


def test_csv_has_a_row_for_every_claim() -> None:
    rows = rows_of(stored())
    assert [(row["claim_id"], row["grade"], row["band"]) for row in rows] == [
        ("c1", "1", "weak"),
        ("c2", "1", "weak"),
        ("c3", "0", "unsourced"),
        ("c4", "0", "unsourced"),
    ]
    assert rows[0]["chain"].startswith("The Mirror → Bruce Jones")
    assert rows[0]["quote"] == "in the background there are many more, possibly more than 20"
    assert (rows[0]["key"], rows[3]["key"]) == ("yes", "no")


def test_csv_tells_a_spreadsheet_that_it_is_utf8_and_ends_lines_as_the_standard_says() -> None:
    text = render_csv(stored())
    assert text.startswith("\ufeffclaim_id,grade,")
    assert text.count("\r\n") == 5


@pytest.mark.parametrize(
    "start",
    ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\u00a0=1", "＝1", "＋1", "－1", "＠x", "|calc", "%0A"],
)
def test_no_cell_of_csv_can_start_a_formula(start: str) -> None:
    document = dataclasses.replace(article("It closed [2].", url=f"{start}://x"), title=f"{start} and more")
    found = stored(document, overrules=(dataclasses.replace(OVERRULED, reason=f"{start}, because"),))
    claims = tuple(dataclasses.replace(claim, claim=f"{start} closed") for claim in found.report.claims)
    report = dataclasses.replace(found.report, claims=claims)
    (row,) = rows_of(dataclasses.replace(found, report=report))
    for column in ("claim", "article", "url", "overruled_because"):
        assert row[column].startswith("'"), column
    assert row["grade"] == "2"


def test_control_characters_do_not_reach_a_spreadsheet() -> None:
    document = dataclasses.replace(article("It closed [2]."), url="https://news.example/\x00\x1b[31m\u202e")
    (row,) = rows_of(stored(document))
    assert not set("\x00\x1b\u202e") & set(row["url"])


def test_a_persons_grade_stands_beside_the_machines() -> None:
    row = rows_of(stored(overrules=(OVERRULED,)))[0]
    assert (row["grade"], row["overruled_grade"], row["overruled_by"]) == ("1", "5", "Ann")
    assert (row["overruled_on"], row["overruled_because"]) == ("2026-11-24", "'=SUM(A1)")


def test_json_is_the_documented_report() -> None:
    file = export_report(stored(), format=ExportFormat.JSON)
    assert json.loads(file.text)["schema"] == "claimcheck.report/1"
    assert file.text.endswith("}\n")


def test_markdown_shows_every_claim_the_date_and_the_overrules() -> None:
    text = export_report(stored(overrules=(OVERRULED,)), format=ExportFormat.MARKDOWN).text
    assert "### Other claims" in text
    assert "Checked on 24 November 2026 at 10:32 UTC." in text
    assert "Ann set this to 5" in text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Bridge to close", "claimcheck-bridge-to-close.csv"),
        ("../../etc/passwd\r\nX: 1", "claimcheck-etc-passwd-x-1.csv"),
        ("Мост", "claimcheck-report.csv"),
        ("The mayor’s plan", "claimcheck-the-mayors-plan.csv"),
        ("word " * 40, "claimcheck-word-word-word-word-word-word-word-word-word-word-word-word.csv"),
        ("x" * 200, f"claimcheck-{'x' * 60}.csv"),
    ],
)
def test_a_file_is_named_after_the_article_and_safely(title: str, name: str) -> None:
    file = export_report(stored(dataclasses.replace(article("It closed [2]."), title=title)), format=ExportFormat.CSV)
    assert file.name == name


def test_the_caption_says_what_it_is_and_of_when() -> None:
    file = export_report(stored(article("It closed [2].")), format=ExportFormat.MARKDOWN)
    assert file.caption == "The report on Bridge to close, checked on 24 November 2026 at 10:32 UTC."
