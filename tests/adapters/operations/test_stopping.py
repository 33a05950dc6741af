"""The command in a process of its own, on the tests' Slack, asked to stop while a text is analysed."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.adapters.slack.budgets import texts_in
from tests.adapters.slack.slack_server import BOT, SlackServer, serve_slack
from tests.adapters.slack.world import TEXT

ROOT = Path(__file__).parents[3]
SERVE, ENDLESS = "adapters.terminal.cli", "tests.adapters.operations.endless"
ASKED = "1700000000.000001"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the signals are those of POSIX")


@asynccontextmanager
async def started(slack: SlackServer, folder: Path, *command: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that serves the tests' Slack, connected; whatever is left of it is ended with the block."""
    slack.connected.clear()
    log = folder / "log"
    environment = {
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'claimcheck.db'}",
        "SLACK_API_URL": f"{slack.url}/api/",
        "SLACK_BOT_TOKEN": "xoxb-one",
        "SLACK_APP_TOKEN": "xapp-one",
        "CLAIMCHECK_WORKERS": "1",
    }
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *command, "slack", cwd=folder, env=environment, stdout=output, stderr=output
        )
    try:
        await until(slack.connected.is_set, process, log)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def until(condition: Callable[[], object], process: asyncio.subprocess.Process, log: Path) -> None:
    """Wait for what happens in the other process, as long as it lives."""
    async with asyncio.timeout(60):
        while not condition():
            if process.returncode is not None:
                pytest.fail(f"the process ended:\n{await asyncio.to_thread(log.read_text)}")
            await asyncio.sleep(0.05)


async def stopped(process: asyncio.subprocess.Process) -> int:
    """The exit code after SIGTERM; the process has to end by itself, and bounds by itself how long that takes."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(60):
        return await process.wait()


def reports(slack: SlackServer) -> list[str]:
    """The posts that are reports by now."""
    said = ["\n".join(texts_in(post.get("blocks"))) for post in slack.posts()]
    return [words for words in said if re.search(r"\b\d+ claims?[:.]", words)]


@pytest.mark.asyncio
async def test_asked_to_stop_in_the_middle_of_an_analysis_it_ends_well_and_the_next_one_answers_once(
    tmp_path: Path,
) -> None:
    began, log = tmp_path / "began", tmp_path / "log"
    message = {"type": "app_mention", "channel": "C1", "ts": ASKED, "user": "U1", "text": f"<@{BOT}> {TEXT}"}
    event = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": message}
    async with serve_slack() as slack:
        slack.say("C1", ASKED, message["text"])
        async with started(slack, tmp_path, ENDLESS, str(began)) as process:
            await slack.deliver("events_api", event)
            await until(began.exists, process, log)
            assert await stopped(process) == 0
        with pytest.raises(ProcessLookupError):  # nothing of it goes on
            os.kill(int(began.read_text()), 0)
        assert reports(slack) == []
        async with started(slack, tmp_path, SERVE) as process:
            await until(lambda: reports(slack), process, log)
            assert await stopped(process) == 0
        assert len(slack.posts()) == 1
        assert len(slack.called("chat.postMessage")) == 1
        assert slack.broken == []
