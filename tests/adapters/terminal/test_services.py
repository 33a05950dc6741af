"""Commands for whoever runs the bot, as far as they answer without a platform."""

import base64

import pytest

from adapters.operations.findings import Finding, State
from adapters.settings import Settings
from adapters.terminal.asked import ExitCode
from tests.adapters.terminal.newsroom import Claimcheck

TOKEN = f"{base64.b64encode(b'123456789012345678').decode()}.abcdef.{'x' * 27}"


def test_serving_without_credentials_says_what_is_missing(claimcheck: Claimcheck) -> None:
    code, out, err = claimcheck("serve")
    assert (code, out) == (ExitCode.USAGE, "")
    assert "there is nothing to serve" in err
    assert "Slack is not started: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set." in err
    assert "Discord is not started: DISCORD_BOT_TOKEN is not set." in err
    assert ".env.example" in err


@pytest.mark.parametrize(("platform", "other"), [("slack", "Discord"), ("discord", "Slack")])
def test_one_platform_alone_is_not_about_the_other(claimcheck: Claimcheck, platform: str, other: str) -> None:
    code, _, err = claimcheck(platform)
    assert code == ExitCode.USAGE
    assert other not in err


@pytest.mark.parametrize("part", ["--receive", "--work"])
def test_sqlite_serves_one_process_that_does_everything(claimcheck: Claimcheck, part: str) -> None:
    code, _, err = claimcheck("serve", part)
    assert code == ExitCode.FAILED
    assert f"Leave {part} out, or set DATABASE_URL to a PostgreSQL database." in err


def test_both_parts_together_are_everything(claimcheck: Claimcheck) -> None:
    assert "nothing to serve" in claimcheck("serve", "--receive", "--work")[2]


def test_the_manifest_for_slack_is_printed(claimcheck: Claimcheck) -> None:
    code, out, err = claimcheck("slack", "manifest")
    assert (code, err) == (ExitCode.OK, "")
    assert "display_information:" in out


def test_the_invite_needs_the_token_and_does_not_show_it(
    claimcheck: Claimcheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, err = claimcheck("discord", "invite")
    assert code == ExitCode.USAGE
    assert "DISCORD_BOT_TOKEN" in err
    monkeypatch.setenv("DISCORD_BOT_TOKEN", TOKEN)
    code, out, _ = claimcheck("discord", "invite")
    assert code == ExitCode.OK
    assert out.startswith("https://discord.com/oauth2/authorize?client_id=123456789012345678&")
    assert TOKEN not in out


@pytest.mark.parametrize(("state", "code"), [(State.NOTE, ExitCode.OK), (State.WRONG, ExitCode.FAILED)])
def test_the_doctor_prints_a_line_each_and_its_exit_code_tells(
    claimcheck: Claimcheck, monkeypatch: pytest.MonkeyPatch, state: State, code: ExitCode
) -> None:
    async def examine(_settings: Settings) -> tuple[Finding, ...]:
        return (
            Finding(about="disk", state=State.OK, said="plenty"),
            Finding(about="clock", state=state, said="odd \x1b[2J"),
        )

    monkeypatch.setattr("adapters.operations.doctor.examine", examine)
    assert claimcheck("doctor")[:2] == (code, f"ok     disk   plenty\n{state:5}  clock  odd ␛[2J\n")
