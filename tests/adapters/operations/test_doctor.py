"""The doctor says what works, what does not, and what to do."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.operations import doctor
from adapters.operations.doctor import examine
from adapters.operations.findings import Finding, State
from adapters.settings import Settings


class Site(BaseHTTPRequestHandler):
    """A page on loopback, by a clock that is wrong by `off`."""

    off = timedelta()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def date_time_string(self, timestamp: float | None = None) -> str:
        assert timestamp is None
        return format_datetime(datetime.now(UTC) + self.off, usegmt=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it
        """Keep quiet."""


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Iterator[str]:
    class WrongSite(Site):
        off = timedelta(seconds=getattr(request, "param", 0))

    with ThreadingHTTPServer(("127.0.0.1", 0), WrongSite) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def settings_for(folder: Path, **more: object) -> Settings:
    values: dict[str, object] = {"database_url": f"sqlite:///{folder / 'claimcheck.db'}", "fetch_allow": "127.0.0.1"}
    return Settings.model_validate({**values, **more})


async def found(settings: Settings, page: str, about: str) -> Finding:
    (finding,) = [one for one in await examine(settings, page=page) if one.about == about]
    return finding


@pytest.mark.asyncio
async def test_an_installation_that_is_well_has_nothing_to_do(tmp_path: Path, page: str) -> None:
    findings = await examine(settings_for(tmp_path), page=page)
    assert [(one.about, one.state) for one in findings] == [
        ("settings", State.OK),
        ("database", State.OK),
        ("disk", State.OK),
        ("model", State.OK),
        ("fetching", State.OK),
        ("clock", State.OK),
        ("Slack", State.NOTE),
        ("Discord", State.NOTE),
    ]


@pytest.mark.asyncio
async def test_a_database_that_does_not_answer_is_said_without_its_password(tmp_path: Path, page: str) -> None:
    settings = settings_for(tmp_path, database_url="postgresql://bot:hunter2@127.0.0.1:9/claimcheck")
    finding = await found(settings, page, "database")
    assert finding.state is State.WRONG
    assert finding.said.startswith("postgresql://…@127.0.0.1:9/claimcheck: ")
    assert "hunter2" not in finding.said


@pytest.mark.asyncio
async def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, page: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    finding = await found(settings_for(tmp_path / "file" / "deeper"), page, "database")
    assert finding.state is State.WRONG
    assert "Choose another place" in finding.said


@pytest.mark.asyncio
async def test_a_full_disk_is_something_to_do(tmp_path: Path, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_LEAST_FREE", 1 << 60)
    assert (await found(settings_for(tmp_path), page, "disk")).state is State.WRONG


@pytest.mark.asyncio
async def test_a_model_that_is_not_the_shipped_one_is_named(
    tmp_path: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.analysis.tagger.model.checksum", lambda name: "0" * 64 if name == "vocab.txt" else "1")
    finding = await found(settings_for(tmp_path), page, "model")
    assert finding.state is State.WRONG
    assert "vocab.txt" in finding.said


@pytest.mark.asyncio
async def test_where_nothing_can_be_fetched_the_doctor_says_what_still_works(tmp_path: Path, page: str) -> None:
    settings = settings_for(tmp_path, fetch_allow="")
    fetching = await found(settings, page, "fetching")
    assert fetching.state is State.WRONG
    assert "pasted texts and files are checked anyway" in fetching.said
    assert (await found(settings, page, "clock")).state is State.NOTE


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("page", "state"), [(0, State.OK), (-60, State.OK), (600, State.WRONG), (-600, State.WRONG)], indirect=["page"]
)
async def test_a_clock_that_is_minutes_wrong_is_something_to_do(tmp_path: Path, page: str, state: State) -> None:
    finding = await found(settings_for(tmp_path), page, "clock")
    assert finding.state is state


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("more", "state", "said"),
    [
        ({"slack_bot_token": "xoxb-1"}, State.WRONG, "SLACK_APP_TOKEN is not set"),
        (
            {"slack_signing_secret": "s", "slack_client_id": "1", "slack_client_secret": "s", "key": "A" * 43 + "="},
            State.NOTE,
            "many workspaces",
        ),
        (
            {"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1", "slack_api_url": "http://127.0.0.1:9/api/"},
            State.WRONG,
            "connection to Slack was lost",
        ),
    ],
)
async def test_slack_is_looked_at_as_far_as_it_is_set_up(
    tmp_path: Path, page: str, more: dict[str, object], state: State, said: str
) -> None:
    finding = await found(settings_for(tmp_path, **more), page, "Slack")
    assert finding.state is state
    assert said in finding.said


@pytest.mark.asyncio
async def test_what_discord_says_of_the_token_is_told(
    tmp_path: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def probe(token: str, *, proxy: str | None) -> str:
        return f"Claims#1 ({len(token)}, {proxy})"

    monkeypatch.setattr("adapters.discord.probing.probe", probe)
    settings = settings_for(tmp_path, discord_bot_token=SecretStr("abc"))
    assert (await found(settings, page, "Discord")).said == "Claims#1 (3, None)"
