"""The whole command, with the newsroom behind it played by a small class."""

import io
import json
import sys
from pathlib import Path

import pytest

from adapters.settings import Settings
from adapters.terminal.asked import ExitCode
from bot import __version__
from tests.adapters.terminal.newsroom import BROKEN, GOOD, MISSING, SLOW, Claimcheck, Newsroom
from tests.seed import SEED_FILE


def test_a_file_is_checked_and_shown(claimcheck: Claimcheck, newsroom: Newsroom) -> None:
    code, out, err = claimcheck("check", str(SEED_FILE))
    assert (code, err) == (ExitCode.OK, "")
    assert out.startswith("Putin crisis: Desperate")
    assert "▮▯▯▯▯ 1  c1  Possibly more than 20" in out
    assert "\x1b" not in out
    assert not any(line.endswith(" ") for line in out.splitlines())
    assert newsroom.closed


def test_json_is_one_report_on_one_line(claimcheck: Claimcheck) -> None:
    code, out, _ = claimcheck("check", "--json", str(SEED_FILE))
    assert code == ExitCode.OK
    assert out.count("\n") == 1
    assert json.loads(out)["schema"] == "claimcheck.report/1"


def test_jsonl_answers_every_input_in_order_and_failures_too(claimcheck: Claimcheck, newsroom: Newsroom) -> None:
    code, out, _ = claimcheck("check", "--jsonl", SLOW, MISSING, GOOD, "nowhere.txt")
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == ExitCode.PARTLY_FAILED
    assert newsroom.read == [GOOD, SLOW]
    assert [answer["schema"] for answer in answers] == [
        "claimcheck.report/1",
        "claimcheck.error/1",
        "claimcheck.report/1",
        "claimcheck.error/1",
    ]
    assert answers[1] == {
        "schema": "claimcheck.error/1",
        "input": MISSING,
        "code": "bad_status",
        "message": "The page answered 404.",
    }
    assert answers[3]["input"] == "nowhere.txt"


def test_json_of_a_failed_input_is_an_error_object(claimcheck: Claimcheck) -> None:
    code, out, err = claimcheck("check", "--json", MISSING)
    assert (code, err) == (ExitCode.FAILED, "")
    assert json.loads(out)["code"] == "bad_status"


def test_a_failure_is_a_sentence_on_standard_error(claimcheck: Claimcheck) -> None:
    code, out, err = claimcheck("check", MISSING)
    assert (code, out) == (ExitCode.FAILED, "")
    assert err.strip() == f"{MISSING}: The page answered 404."


def test_several_inputs_are_shown_one_after_the_other(claimcheck: Claimcheck) -> None:
    code, out, err = claimcheck("check", str(SEED_FILE), MISSING, GOOD)
    assert code == ExitCode.PARTLY_FAILED
    assert out.index("1 of 3") < out.index(f"3 of 3 · {GOOD}")
    assert MISSING in err


def test_a_defect_costs_one_input_and_is_logged(claimcheck: Claimcheck, caplog: pytest.LogCaptureFixture) -> None:
    code, out, _ = claimcheck("check", "--jsonl", BROKEN, GOOD)
    broken, good = map(json.loads, out.splitlines())
    assert code == ExitCode.PARTLY_FAILED
    assert (broken["input"], broken["code"]) == (BROKEN, "defect")
    assert good["schema"] == "claimcheck.report/1"
    assert "ZeroDivisionError" in caplog.text


def test_a_defect_alone_has_an_exit_code_of_its_own(claimcheck: Claimcheck) -> None:
    assert claimcheck("check", BROKEN)[0] == ExitCode.DEFECT


def test_markdown_and_all(claimcheck: Claimcheck) -> None:
    _, out, _ = claimcheck("check", "--markdown", "--all", GOOD)
    assert out.startswith("## Putin crisis")
    assert "### Other claims" in out


def test_annotate_adds_the_marked_text(claimcheck: Claimcheck) -> None:
    _, out, _ = claimcheck("check", "--annotate", GOOD)
    assert "[20 diplomats DEFECT from Moscow] [c1 ▮1]" in " ".join(out.split())


def test_a_pasted_text_is_checked(claimcheck: Claimcheck, newsroom: Newsroom) -> None:
    assert claimcheck("check", "-", piped=b"Some words of an article.")[0] == ExitCode.OK
    assert newsroom.read == ["standard input"]


def test_what_is_wrong_with_a_pasted_text_is_said_of_the_standard_input(claimcheck: Claimcheck) -> None:
    code, _, err = claimcheck("check", "-", piped=b"x" * 20_000_001)
    assert code == ExitCode.FAILED
    assert err.startswith("standard input: ")


def test_pasted_links_are_checked(claimcheck: Claimcheck, newsroom: Newsroom) -> None:
    assert claimcheck("check", "--jsonl", "-", piped=f"{GOOD}\n{SLOW}".encode())[0] == ExitCode.OK
    assert newsroom.read == [GOOD, SLOW]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "required: COMMAND"),
        (("check",), "required: URL|FILE|-"),
        (("look", GOOD), "invalid choice"),
        (("check", "--json", GOOD, SLOW), "--json takes one input; use --jsonl for several"),
        (("check", "--json", "--markdown", GOOD), "not allowed with"),
        (("check", "--annotate", "--json", GOOD), "does not go with --json"),
        (("check", "--nonsense", GOOD), "unrecognized arguments"),
    ],
)
def test_a_command_line_that_cannot_be_used_says_why(
    claimcheck: Claimcheck, newsroom: Newsroom, arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = claimcheck(*arguments)
    assert (code, out) == (ExitCode.USAGE, "")
    assert said in err
    assert newsroom.settings == []


def test_json_of_several_pasted_links_is_refused(claimcheck: Claimcheck) -> None:
    code, out, err = claimcheck("check", "--json", "-", piped=f"{GOOD} {SLOW}".encode())
    assert (code, out) == (ExitCode.USAGE, "")
    assert "--jsonl" in err


def test_broken_settings_are_said_before_anything_is_fetched(
    claimcheck: Claimcheck, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMCHECK_THREADS", "many")
    code, _, err = claimcheck("check", GOOD)
    assert code == ExitCode.USAGE
    assert "CLAIMCHECK_THREADS should be a valid integer" in err
    assert newsroom.read == []


@pytest.mark.parametrize("arguments", [("version",), ("--version",)])
def test_version(claimcheck: Claimcheck, arguments: tuple[str, ...]) -> None:
    assert claimcheck(*arguments) == (ExitCode.OK, f"claimcheck {__version__}\n", "")


@pytest.mark.parametrize("arguments", [("--help",), ("check", "--help")])
def test_help_has_examples_and_documents_every_exit_code(claimcheck: Claimcheck, arguments: tuple[str, ...]) -> None:
    code, out, _ = claimcheck(*arguments)
    assert code == ExitCode.OK
    assert "claimcheck check https://" in out
    assert [f"\n  {exit_code.value}  " in out for exit_code in ExitCode] == [True] * len(ExitCode)


class Terminal(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self) -> bool:
        return True


def test_somebody_who_watches_sees_what_is_waited_for_and_it_is_wiped(
    claimcheck: Claimcheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Terminal()
    monkeypatch.setattr(sys, "stderr", watched)
    monkeypatch.setenv("TERM", "xterm")
    code, out, _ = claimcheck("check", "--jsonl", SLOW, GOOD)
    assert code == ExitCode.OK
    assert f"Checking 1 of 2  {SLOW}" in watched.getvalue()
    assert "Checking" not in out
    assert watched.getvalue().count("\x1b[?25l") == watched.getvalue().count("\x1b[?25h")


def test_a_single_file_shows_no_progress(claimcheck: Claimcheck, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Terminal()
    monkeypatch.setattr(sys, "stderr", watched)
    claimcheck("check", str(SEED_FILE))
    assert watched.getvalue() == ""


@pytest.mark.parametrize(("arguments", "coloured"), [((), True), (("--no-color",), False)])
def test_colour_can_be_turned_off(
    claimcheck: Claimcheck, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], *, coloured: bool
) -> None:
    watched = Terminal()
    monkeypatch.setattr(sys, "stdout", watched)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    claimcheck("check", *arguments, str(SEED_FILE))
    assert ("\x1b[33m▮▯▯▯▯ 1" in watched.getvalue()) is coloured
    assert "▮▯▯▯▯ 1" in watched.getvalue()


class Pipe(io.TextIOBase):
    """Standard output whose reader has gone (| head)."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor = descriptor

    def write(self, _text: str) -> int:
        raise BrokenPipeError

    def fileno(self) -> int:
        return self._descriptor


def test_a_reader_that_has_gone_ends_the_command_quietly(
    claimcheck: Claimcheck, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with (tmp_path / "pipe").open("wb") as file:
        monkeypatch.setattr(sys, "stdout", Pipe(file.fileno()))
        code, _, err = claimcheck("check", "--jsonl", GOOD, SLOW)
    assert (code, err) == (ExitCode.OK, "")


def test_an_interrupted_command_says_nothing_more(claimcheck: Claimcheck, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> Settings:
        raise KeyboardInterrupt

    monkeypatch.setattr("adapters.terminal.cli.read_settings", interrupted)
    assert claimcheck("check", GOOD) == (130, "", "")
