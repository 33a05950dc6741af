"""What the terminal keeps of its checks, and the commands on it, on a real store."""

import dataclasses
import getpass
import io
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.settings import Settings
from adapters.terminal import keeping
from adapters.terminal.asked import ExitCode
from adapters.terminal.keeping import Shown
from bot.access import Person, Place, Reach, Viewer
from bot.document import Document
from bot.errors import StoreUnavailable
from bot.store import open_store
from handlers.answer import Records
from handlers.wording import word_card
from tests.adapters.terminal.newsroom import BROKEN, GOOD, MISSING, SLOW, Claimcheck, Newsroom
from tests.report_samples import seed_report, text_document
from tests.seed import SEED_FILE

SEED = str(SEED_FILE)


def kept_in(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "kept").glob("*")) if (folder / "kept").exists() else []


def test_a_file_that_was_checked_stands_in_the_history(claimcheck: Claimcheck) -> None:
    assert claimcheck("check", SEED)[0] == ExitCode.OK
    code, out, err = claimcheck("history")
    assert (code, err) == (ExitCode.OK, "")
    assert "#1  Putin crisis" in out
    assert "4 claims: 0 strong" in out
    assert "Putin crisis" in claimcheck("history", "diplomats", "defect")[1]
    assert "Putin crisis" not in claimcheck("history", "harbour")[1]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("why", "1"), "Why: Bruce Jones passes on what unnamed people told him."),
        (("why", "c3", "--report", "1"), "There are around 110,000 troop losses"),
        (("sources",), "Bruce Jones"),
        (("show",), "OTHER CLAIMS"),
        (("export", "csv"), "claim_id,grade,"),
        (("export", "md"), "## Putin crisis"),
        (("export", "json"), '"schema":"claimcheck.report/1"'),
    ],
)
def test_commands_are_answered_from_what_is_kept(claimcheck: Claimcheck, command: tuple[str, ...], said: str) -> None:
    claimcheck("check", SEED)
    code, out, err = claimcheck(*command)
    assert (code, err) == (ExitCode.OK, "")
    assert said in out.replace('": "', '":"')
    assert not any(line.endswith(" ") for line in out.splitlines() if command[0] != "export")


@pytest.mark.parametrize("command", [("why", "1"), ("sources",), ("show",), ("export", "md"), ("undo",)])
def test_where_nothing_was_checked_commands_say_so(claimcheck: Claimcheck, command: tuple[str, ...]) -> None:
    code, out, err = claimcheck(*command)
    assert (code, out) == (ExitCode.FAILED, "")
    assert err.startswith("claimcheck: ")


def test_the_latest_check_is_the_one_that_commands_are_about(claimcheck: Claimcheck) -> None:
    claimcheck("check", GOOD)
    claimcheck("check", SLOW)
    claimcheck("check", SEED)
    claimcheck("check", GOOD)  # from the store, and the latest all the same
    assert GOOD in claimcheck("show")[1]


def test_a_grade_of_ones_own_is_shown_and_taken_back(claimcheck: Claimcheck) -> None:
    claimcheck("check", SEED)
    code, out, _ = claimcheck("overrule", "1", "3", "the", "minutes", "are", "public")
    assert code == ExitCode.OK
    assert "the minutes are public" in out
    assert "the minutes are public" in claimcheck("why", "1")[1]
    assert claimcheck("undo")[0] == ExitCode.OK
    assert "the minutes are public" not in claimcheck("why", "1")[1]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("why", "the"), "Which claim?"),
        (("overrule", "1", "high", "because"), "which grade from 0 to 5"),
        (("overrule", "1", "3"), "required: REASON"),
        (("export",), "say md, json or csv"),
        (("export", "xml"), "invalid choice"),
        (("export", "md", "--tenant", "slack:T1"), "leave out the format"),
        (("forget",), "say what to forget"),
    ],
)
def test_a_command_that_cannot_be_used_says_how_it_is_meant(
    claimcheck: Claimcheck, command: tuple[str, ...], said: str
) -> None:
    code, out, err = claimcheck(*command)
    assert (code, out) == (ExitCode.USAGE, "")
    assert said in " ".join(err.split())


def test_a_link_that_was_just_checked_is_answered_from_the_store_with_its_date(
    claimcheck: Claimcheck, newsroom: Newsroom
) -> None:
    first = claimcheck("check", GOOD)[1]
    code, second, err = claimcheck("check", GOOD)
    assert (code, err) == (ExitCode.OK, "")
    assert newsroom.read == [GOOD]
    assert "UTC" in second
    assert "UTC" not in first


@pytest.mark.parametrize("again", [("recheck", GOOD), ("check", "--again", GOOD)])
def test_a_link_is_fetched_anew_when_that_is_asked_for(
    claimcheck: Claimcheck, newsroom: Newsroom, again: tuple[str, ...]
) -> None:
    claimcheck("check", GOOD)
    code, out, _ = claimcheck(*again)
    assert code == ExitCode.OK
    assert newsroom.read == [GOOD, GOOD]
    assert "not changed" in out


def test_a_window_of_no_hours_answers_nothing_from_the_store(
    claimcheck: Claimcheck, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMCHECK_FRESH_HOURS", "0")
    claimcheck("check", GOOD)
    claimcheck("check", GOOD)
    assert newsroom.read == [GOOD, GOOD]


def test_a_program_gets_the_same_report_from_the_store_and_is_told_on_standard_error(claimcheck: Claimcheck) -> None:
    fetched = json.loads(claimcheck("check", "--json", GOOD)[1])
    code, out, err = claimcheck("check", "--json", GOOD)
    stored = json.loads(out)
    assert code == ExitCode.OK
    assert {**stored, "elapsed_ms": 0} == {**fetched, "elapsed_ms": 0}
    assert err.startswith(f"claimcheck: {GOOD}: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("given", [SEED, GOOD])
def test_no_store_leaves_no_trace_and_asks_none(
    claimcheck: Claimcheck, newsroom: Newsroom, tmp_path: Path, given: str
) -> None:
    assert claimcheck("check", "--no-store", given)[0] == ExitCode.OK
    assert kept_in(tmp_path) == []
    claimcheck("check", given)
    claimcheck("check", "--no-store", given)
    assert len(newsroom.read) == 3


@pytest.mark.parametrize("form", [(), ("--json",), ("--markdown",)])
@pytest.mark.parametrize("given", [SEED, GOOD])
def test_a_store_that_cannot_be_used_costs_one_line_and_nothing_else(
    claimcheck: Claimcheck, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: tuple[str, ...], given: str
) -> None:
    (tmp_path / "file").write_bytes(b"")
    answered = claimcheck("check", "--no-store", *form, given)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'file' / 'claimcheck.db'}")
    code, out, err = claimcheck("check", *form, given)
    assert code == ExitCode.OK
    assert without_time(out) == without_time(answered[1])
    assert err.startswith("claimcheck: this check is not kept: ")
    assert err.count("\n") == 1


def without_time(out: str) -> str:
    return out if not out.startswith("{") else json.dumps({**json.loads(out), "elapsed_ms": 0})


def test_a_store_that_breaks_on_the_way_costs_one_line_and_no_answer(
    claimcheck: Claimcheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object, **__: object) -> int:
        message = "The disk is full."
        raise StoreUnavailable(message)

    monkeypatch.setattr("bot.store.articles.Articles.save_document", full)
    code, out, err = claimcheck("check", GOOD, SEED, SLOW)
    assert code == ExitCode.OK
    assert out.count("CHECK FIRST") == 3
    assert err == "claimcheck: this check is not kept: The disk is full.\n"


def test_a_defect_of_the_store_is_logged_and_costs_no_answer(
    claimcheck: Claimcheck, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_settings: Settings) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("adapters.terminal.checks.open_records", broken)
    code, out, _ = claimcheck("check", SEED)
    assert code == ExitCode.OK
    assert out.startswith("Putin crisis")
    assert "ZeroDivisionError" in caplog.text


def test_what_failed_is_not_kept(claimcheck: Claimcheck) -> None:
    claimcheck("check", MISSING, BROKEN, GOOD)
    assert claimcheck("history")[1].count("#") == 1


def test_a_text_is_answered_without_the_database_being_imported() -> None:
    code = (
        "import sys; from adapters.terminal.cli import run; "
        f"assert run(['check', '--no-store', {SEED!r}]) == 0; "
        "assert not {'sqlalchemy', 'alembic', 'dbos', 'discord', 'slack_bolt'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)  # noqa: S603  our own words


def test_one_login_does_not_see_what_another_checked(claimcheck: Claimcheck, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "ann")
    claimcheck("check", SEED, GOOD)
    monkeypatch.setattr(getpass, "getuser", lambda: "bob")
    assert "Putin" not in claimcheck("history")[1]
    assert claimcheck("why", "1")[0] == ExitCode.FAILED
    assert claimcheck("show", "--report", "1")[0] == ExitCode.FAILED


def test_a_login_without_a_name_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert keeping.find_login() == "somebody"


def test_what_a_page_is_called_moves_no_cursor_in_the_history(
    claimcheck: Claimcheck, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hostile(_name: str, _data: bytes) -> Document:
        return text_document("\x1b[2J[red]Harbour[/red]\nIt closes.", title="\x1b[2J[red]Harbour[/red]")

    monkeypatch.setattr(newsroom, "read_link", lambda url, known=None: hostile(url, b""))  # noqa: ARG005  as called
    claimcheck("check", GOOD)
    code, out, _ = claimcheck("history")
    assert code == ExitCode.OK
    assert "␛[2J[red]Harbour[/red]" in out
    assert "\x1b" not in out


def test_an_export_can_be_written_to_a_file(claimcheck: Claimcheck, tmp_path: Path) -> None:
    claimcheck("check", SEED)
    code, out, err = claimcheck("export", "json", "--to", str(tmp_path / "report.json"))
    assert (code, out, err) == (ExitCode.OK, "", "")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["schema"] == "claimcheck.report/1"
    code, _, err = claimcheck("export", "json", "--to", str(tmp_path))
    assert code == ExitCode.FAILED
    assert "cannot be written" in err


def test_everything_of_a_tenant_is_exported_as_json_lines(claimcheck: Claimcheck, tmp_path: Path) -> None:
    claimcheck("check", SEED)
    code, out, err = claimcheck("export", "--tenant", "terminal:local")
    kinds = {json.loads(line)["kind"] for line in out.splitlines()}
    assert (code, err) == (ExitCode.OK, "")
    assert {"request", "document", "report", "delivery"} <= kinds
    claimcheck("export", "--tenant", "terminal:local", "--to", str(tmp_path / "all.jsonl"))
    assert (tmp_path / "all.jsonl").read_text(encoding="utf-8") == out
    code, out, err = claimcheck("export", "--tenant", "slack:T1")
    assert (code, out) == (ExitCode.OK, "")
    assert "nothing is kept of slack:T1" in err


@pytest.mark.parametrize(
    ("narrowed", "left"),
    [
        (("--tenant", "terminal:local"), 0),
        (("--url", f"{GOOD}#part"), 1),
        (("--user", "ann"), 0),
        (("--user", "bob"), 2),
        (("--channel", "ann"), 0),
        (("--tenant", "slack:T1"), 2),
    ],
)
def test_what_is_forgotten_is_counted_and_gone(
    claimcheck: Claimcheck, monkeypatch: pytest.MonkeyPatch, narrowed: tuple[str, ...], left: int
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "ann")
    claimcheck("check", GOOD)
    claimcheck("check", SEED)
    code, out, err = claimcheck("forget", *narrowed, "--yes")
    assert (code, err) == (ExitCode.OK, "")
    assert out.startswith("Deleted of " if left < 2 else "Of ")
    assert ("nothing to delete" in out) is (left == 2)
    assert f"{2 - left} report" in out or left == 2
    assert claimcheck("history")[1].count("\n#") == left


def test_forgetting_is_not_done_unasked(claimcheck: Claimcheck) -> None:
    claimcheck("check", SEED)
    code, out, err = claimcheck("forget", "--tenant", "terminal:local")
    assert (code, out) == (ExitCode.USAGE, "")
    assert "everything that is kept of terminal:local" in err
    assert "--yes" in err
    assert "#1" in claimcheck("history")[1]


class Keyboard(io.TextIOWrapper):
    """Standard input that somebody types on."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "gone"), [("yes\n", True), ("Yes\n", True), ("y\n", False), ("", False)])
def test_who_is_asked_has_to_type_yes(
    claimcheck: Claimcheck, monkeypatch: pytest.MonkeyPatch, typed: str, *, gone: bool
) -> None:
    claimcheck("check", SEED)
    monkeypatch.setattr(io, "TextIOWrapper", Keyboard)
    code, _, err = claimcheck("forget", "--tenant", "terminal:local", piped=typed.encode())
    assert "for good. Type yes to go on: " in err
    assert code == (ExitCode.OK if gone else ExitCode.USAGE)
    assert ("#1" in claimcheck("history")[1]) is not gone


@pytest.mark.asyncio
async def test_what_was_checked_too_long_ago_is_deleted_by_the_next_check() -> None:
    now = [datetime(2026, 3, 1, tzinfo=UTC)]
    async with open_store("sqlite://", clock=lambda: now[0]) as store:
        asker = Person(id="ann", name="Ann")
        for day in (1, 20, 40):
            now[0] = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=day)
            place = Place(tenant="terminal:local", channel="ann", message=str(day), reach=Reach.DIRECT)
            records = Records(store=store, place=place, asker=asker, fresh_for=timedelta(hours=1), clock=lambda: now[0])
            report = dataclasses.replace(seed_report(), document=text_document(f"Report of day {day}."))
            card = word_card(report, given="text")
            await keeping.keep([Shown(card=card, given="text", is_link=False)], records=records, days=30)
        viewer = Viewer(tenant="terminal:local", channel="ann", user="ann")
        assert [entry.report_id for entry in await store.articles.search("", viewer=viewer)] == [3, 2]
