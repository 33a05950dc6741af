"""The service put together for real, with a chat of our own in place of Slack and Discord."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from adapters.chat.adapter import Answering
from adapters.operations import serving
from adapters.operations.platforms import PlatformsFound, data_folder, find_platforms, open_adapters
from adapters.operations.serving import Part, name_executor, serve
from adapters.settings import Settings
from bot.access import Person, Place, Reach
from bot.errors import CannotPost, StoreUnavailable, TryLater
from bot.store import open_store
from handlers.request import Incoming, Request
from handlers.thread import Platform
from tests.chat_server import Chat, ChatServer, open_chat, open_chat_server
from tests.databases import Cluster

TEXT = """\
The harbour at Port Example will close for three weeks in May, the port authority said on Monday.

Engineers found cracks in the eastern wall, according to a report that the authority published.

“We have no choice,” said Ann Example, who runs the harbour. “The wall would not last another winter.”

About forty people work there, and fishermen fear for their trade, two of them told reporters."""


class Adapter:
    """A chat adapter that hands one message in and then does as it is told."""

    def __init__(self, name: str, platform: Platform, *, then: Callable[[], object] | None = None) -> None:
        self._name = name
        self._platform = platform
        self._then = then
        self.trouble = ""
        self.ended = False

    @property
    def name(self) -> str:
        return self._name

    @property
    def platform(self) -> Platform:
        return self._platform

    async def speak(self) -> None:
        await asyncio.Event().wait()

    async def serve(self, service: Answering) -> None:
        try:
            if self._then is not None:
                self._then()
                return
            place = Place(tenant="chat:T1", channel="C1", message="1.1", reach=Reach.PUBLIC)
            asker = Person(id="U1", name="Ann")
            id_ = "chat:T1:C1:1.1"
            request = Request(message=TEXT)
            await service.accept(Incoming(id=id_, keys=frozenset({id_}), place=place, asker=asker, request=request))
            await asyncio.Event().wait()
        finally:
            self.ended = True


@asynccontextmanager
async def chat() -> AsyncIterator[tuple[ChatServer, Chat]]:
    async with open_chat_server() as server, open_chat(server.url) as platform:
        yield server, platform


def settings_for(folder: Path, *, metrics_port: int | None = None) -> Settings:
    return Settings(database_url=f"sqlite:///{folder / 'claimcheck.db'}", workers=1, metrics_port=metrics_port)


def free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


async def serve_with(
    settings: Settings, *adapters: Adapter, left_out: tuple[str, ...] = (), part: Part = Part.ALL
) -> bool:
    found = PlatformsFound(ready=tuple(adapter.name for adapter in adapters), left_out=left_out)
    return await serve(settings, found=found, part=part, open_adapters=lambda *_, **__: nullcontext(adapters))


async def until(condition: Callable[[], bool], served: "asyncio.Task[bool]") -> None:
    """Wait for what happens in another process, as long as the service runs."""
    while not condition():
        if served.done():
            served.result()
            pytest.fail("the service ended")
        await asyncio.sleep(0.05)


async def ask(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
async def test_a_message_is_answered_watched_and_the_service_stops_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    port = free_port()
    async with chat() as (server, platform):
        adapter = Adapter("chat", platform)
        served = asyncio.create_task(
            serve_with(settings_for(tmp_path, metrics_port=port), adapter, left_out=("Slack is not started: why.",))
        )
        async with asyncio.timeout(60):
            await until(lambda: "claims" in "".join(post.text for post in server.posts), served)
            assert await ask(port, "/readyz") == (200, "ok\n")
            told = ""
            while "claimcheck_requests_open 0.0" not in told:
                await asyncio.sleep(0.05)
                told = (await ask(port, "/metrics"))[1]
            os.kill(os.getpid(), getattr(signal, name))
            assert await served is True
    assert adapter.ended
    assert len(server.posts) == 1
    assert 'claimcheck_requests_accepted_total{fresh="true",platform="chat"} 1.0' in told
    assert 'claimcheck_requests_finished_total{code="",platform="chat",state="answered"} 1.0' in told
    assert 'claimcheck_stage_seconds_count{stage="check"} 1.0' in told
    log = capsys.readouterr().err
    assert "serves chat" in log
    assert "Slack is not started: why." in log
    assert "harbour" not in log


def refuse() -> None:
    message = "The token is wrong."
    raise CannotPost(message)


def break_down() -> None:
    raise ZeroDivisionError


@pytest.mark.asyncio
async def test_a_platform_that_refuses_is_said_and_the_service_ends_where_it_was_the_only_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with chat() as (_, platform):
        assert await serve_with(settings_for(tmp_path), Adapter("chat", platform, then=refuse)) is False
    assert "chat is not served: The token is wrong." in capsys.readouterr().err


@pytest.mark.asyncio
async def test_a_platform_that_refuses_leaves_the_others_alone_and_stands_in_readiness(tmp_path: Path) -> None:
    port = free_port()
    async with chat() as (server, platform):
        adapters = (Adapter("other", platform, then=refuse), Adapter("chat", platform))
        served = asyncio.create_task(serve_with(settings_for(tmp_path, metrics_port=port), *adapters))
        async with asyncio.timeout(60):
            await until(lambda: bool(server.posts), served)
            assert await ask(port, "/readyz") == (503, "other: The token is wrong.\n")
            os.kill(os.getpid(), signal.SIGTERM)
            assert await served is True


@pytest.mark.asyncio
async def test_a_platform_that_runs_and_hears_nothing_stands_in_readiness_until_it_does(tmp_path: Path) -> None:
    port = free_port()
    async with chat() as (server, platform):
        adapters = (Adapter("other", platform), Adapter("chat", platform))
        served = asyncio.create_task(serve_with(settings_for(tmp_path, metrics_port=port), *adapters))
        async with asyncio.timeout(60):
            await until(lambda: bool(server.posts), served)
            assert await ask(port, "/readyz") == (200, "ok\n")
            adapters[1].trouble = "There is no connection at the moment."
            assert await ask(port, "/readyz") == (503, "chat: There is no connection at the moment.\n")
            assert await ask(port, "/healthz") == (200, "ok\n")
            adapters[1].trouble = ""
            assert await ask(port, "/readyz") == (200, "ok\n")
            os.kill(os.getpid(), signal.SIGTERM)
            assert await served is True


@pytest.mark.asyncio
async def test_a_defect_in_one_adapter_ends_the_process_so_that_it_is_started_again(tmp_path: Path) -> None:
    async with chat() as (_, platform):
        with pytest.raises(ZeroDivisionError):
            await serve_with(settings_for(tmp_path), Adapter("chat", platform, then=break_down))


@pytest.mark.asyncio
async def test_a_second_process_on_one_sqlite_file_is_refused_in_words(tmp_path: Path) -> None:
    async with chat() as (server, platform):
        first = asyncio.create_task(serve_with(settings_for(tmp_path), Adapter("chat", platform)))
        async with asyncio.timeout(60):
            await until(lambda: bool(server.posts), first)
            with pytest.raises(StoreUnavailable, match="Another claimcheck process"):
                await serve_with(settings_for(tmp_path), Adapter("chat", platform))
            first.cancel()
            await asyncio.gather(first, return_exceptions=True)


@pytest.mark.asyncio
async def test_what_one_process_takes_in_another_answers(postgres: Cluster) -> None:
    settings = Settings(database_url=postgres.url(postgres.create()), workers=1)
    async with chat() as (server, platform):
        receiving = asyncio.create_task(serve_with(settings, Adapter("chat", platform), part=Part.RECEIVE))
        await asyncio.sleep(1.0)
        assert server.posts == []
        working = asyncio.create_task(serve_with(settings, Adapter("chat", platform), part=Part.WORK))
        async with asyncio.timeout(60):
            await until(lambda: "claims" in "".join(post.text for post in server.posts), working)
        assert len(server.posts) == 1
        for task in (receiving, working):
            task.cancel()
        await asyncio.gather(receiving, working, return_exceptions=True)


@pytest.mark.asyncio
async def test_receiving_alone_needs_a_database_that_others_share(tmp_path: Path) -> None:
    async with chat() as (_, platform):
        with pytest.raises(StoreUnavailable, match="SQLite serves one process"):
            await serve_with(settings_for(tmp_path), Adapter("chat", platform), part=Part.RECEIVE)


class Late(Adapter):
    """Does not answer at first."""

    tries = 0

    async def serve(self, service: Answering) -> None:
        self.tries += 1
        if self.tries < 3:
            message = "The connection was lost."
            raise TryLater(message)
        await super().serve(service)


@pytest.mark.asyncio
async def test_a_platform_that_does_not_answer_at_first_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serving, "FIRST_WAIT", 0.01)
    port = free_port()
    async with chat() as (server, platform):
        adapter = Late("chat", platform)
        served = asyncio.create_task(serve_with(settings_for(tmp_path, metrics_port=port), adapter))
        async with asyncio.timeout(60):
            await until(lambda: bool(server.posts), served)
            assert await ask(port, "/readyz") == (200, "ok\n")
            os.kill(os.getpid(), signal.SIGTERM)
            assert await served is True
    assert adapter.tries == 3
    assert "The connection was lost. Trying again in 0 s" in capsys.readouterr().err


class Stubborn(Adapter):
    """Does not want to end."""

    def __init__(self, platform: Platform) -> None:
        super().__init__("chat", platform)
        self.released = asyncio.Event()
        self.running = asyncio.Event()

    async def serve(self, service: Answering) -> None:
        assert service is not None
        self.running.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await self.released.wait()
            raise


@pytest.mark.asyncio
async def test_what_does_not_end_in_time_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with chat() as (_, platform):
        adapter = Stubborn(platform)
        loop = asyncio.get_running_loop()
        codes: list[int] = []

        def end(code: int) -> None:
            codes.append(code)
            loop.call_soon_threadsafe(adapter.released.set)

        monkeypatch.setattr(serving, "STOP_SECONDS", 0.1)
        monkeypatch.setattr("os._exit", end)
        served = asyncio.create_task(serve_with(settings_for(tmp_path), adapter))
        async with asyncio.timeout(60):
            await adapter.running.wait()
            os.kill(os.getpid(), signal.SIGTERM)
            await served
    assert codes == [1]


SECRET = SecretStr("x")
KEY = SecretStr("A" * 43 + "=")


@pytest.mark.parametrize(
    ("settings", "ready", "left_out"),
    [
        (Settings(), (), ("SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set", "DISCORD_BOT_TOKEN is not set")),
        (Settings(slack_bot_token=SECRET), (), ("SLACK_APP_TOKEN is not set", "DISCORD_BOT_TOKEN is not set")),
        (Settings(slack_bot_token=SECRET, slack_app_token=SECRET), ("slack",), ("DISCORD_BOT_TOKEN is not set",)),
        (Settings(slack_signing_secret=SECRET, slack_bot_token=SECRET), ("slack",), ("DISCORD_BOT_TOKEN",)),
        (
            Settings(slack_signing_secret=SECRET, slack_client_id="1", slack_client_secret=SECRET),
            (),
            ("CLAIMCHECK_KEY is not set", "DISCORD_BOT_TOKEN"),
        ),
        (
            Settings(slack_signing_secret=SECRET, slack_client_id="1", slack_client_secret=SECRET, key=KEY),
            ("slack",),
            ("DISCORD_BOT_TOKEN",),
        ),
        (Settings(discord_bot_token=SECRET), ("discord",), ("SLACK_BOT_TOKEN and SLACK_APP_TOKEN",)),
    ],
)
def test_what_is_not_started_is_said_with_what_is_missing(
    settings: Settings, ready: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    found = find_platforms(settings)
    assert found.ready == ready
    assert len(found.left_out) == len(left_out)
    assert all(said in sentence for said, sentence in zip(left_out, found.left_out, strict=True))


@pytest.mark.asyncio
async def test_the_adapters_that_are_opened_are_those_that_were_found(tmp_path: Path) -> None:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'claimcheck.db'}",
        slack_bot_token=SECRET,
        slack_app_token=SECRET,
        discord_bot_token=SECRET,
    )
    names = find_platforms(settings).ready
    async with open_store("sqlite://") as store, open_adapters(names, settings=settings, store=store) as adapters:
        assert [adapter.name for adapter in adapters] == ["slack", "discord"]


def test_small_files_lie_beside_the_database(tmp_path: Path) -> None:
    assert data_folder(Settings(database_url=f"sqlite:///{tmp_path / 'claimcheck.db'}")) == tmp_path
    assert data_folder(Settings(database_url="postgresql://db/claimcheck")).name == "claimcheck"


def test_one_platform_alone_can_be_asked_for() -> None:
    found = find_platforms(Settings(discord_bot_token=SECRET), only="slack")
    assert (found.ready, len(found.left_out)) == ((), 1)


def test_the_name_of_a_process_is_the_same_after_a_restart() -> None:
    assert name_executor(Settings(database_url="sqlite:///a.db", executor_id="w1")) == "claimcheck"
    assert name_executor(Settings(database_url="postgresql://db/claimcheck", executor_id="w1")) == "w1"
    assert name_executor(Settings(database_url="postgresql://db/claimcheck")) == socket.gethostname()
