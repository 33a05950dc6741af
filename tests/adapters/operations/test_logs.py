"""The log holds what an operator needs and nothing of what was checked."""

import asyncio
import gc
import io
import json
import logging
from collections.abc import Callable
from datetime import datetime

import pytest
import structlog

from adapters.operations.logs import start_logging
from adapters.settings import LogShape
from bot.errors import BadStatus

ARTICLE = "The minister’s very own words, not yet printed"
HOSTILE = f"{ARTICLE}\n2026-01-01T00:00:00Z [info     ] all is well \x1b[2J\u202e"


def lines_of(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def log_failure(raising: Callable[[], object], *, shape: LogShape = LogShape.JSON) -> str:
    stream = io.StringIO()
    start_logging(shape=shape, stream=stream)
    try:
        raising()
    except Exception:
        logging.getLogger("handlers.service").exception("a request failed")
    return stream.getvalue()


def test_json_is_one_object_a_line_with_level_logger_and_utc_time() -> None:
    stream = io.StringIO()
    start_logging(shape=LogShape.JSON, stream=stream)
    logging.getLogger("handlers.service").info("started in %s", "Lyon")
    (line,) = lines_of(stream)
    told = datetime.fromisoformat(str(line.pop("timestamp")))
    assert told.utcoffset() is not None
    assert line == {"event": "started in Lyon", "level": "info", "logger": "handlers.service"}


def test_the_request_stands_in_every_line_of_the_task_that_works_on_it() -> None:
    stream = io.StringIO()
    start_logging(shape=LogShape.JSON, stream=stream)

    async def work(request: str) -> None:
        with structlog.contextvars.bound_contextvars(request=request):
            await asyncio.sleep(0)
            logging.getLogger("bot.reading").info("read")
            await asyncio.to_thread(logging.getLogger("some_library").warning, "slow")

    async def both() -> None:
        await asyncio.gather(work("slack:T1:C1:1"), work("slack:T1:C1:2"))

    asyncio.run(both())
    logging.getLogger("bot.reading").info("idle")
    told = sorted((str(line["event"]), str(line.get("request"))) for line in lines_of(stream))
    assert told == [
        ("idle", "None"),
        ("read", "slack:T1:C1:1"),
        ("read", "slack:T1:C1:2"),
        ("slow", "slack:T1:C1:1"),
        ("slow", "slack:T1:C1:2"),
    ]


def test_libraries_speak_from_warning_and_we_from_info() -> None:
    stream = io.StringIO()
    start_logging(shape=LogShape.JSON, stream=stream)
    for name in ("dbos", "slack_bolt", "adapters.slack"):
        logging.getLogger(name).debug("detail")
        logging.getLogger(name).info("news")
        logging.getLogger(name).warning("trouble")
    told = [(line["logger"], line["event"]) for line in lines_of(stream)]
    assert told == [
        ("dbos", "trouble"),
        ("slack_bolt", "trouble"),
        ("adapters.slack", "news"),
        ("adapters.slack", "trouble"),
    ]


@pytest.mark.parametrize("shape", LogShape)
def test_an_exception_shows_where_it_happened_and_not_the_words_it_choked_on(shape: LogShape) -> None:
    def choke() -> None:
        try:
            int(HOSTILE)
        except ValueError as error:
            raise LookupError(HOSTILE) from error

    told = log_failure(choke, shape=shape)
    assert "minister" not in told
    assert "builtins.ValueError" in told
    assert "builtins.LookupError" in told
    assert "in choke" in told


def test_an_exception_of_our_own_keeps_its_sentence_and_a_group_tells_each() -> None:
    def fail() -> None:
        msg = "two at once"
        raise ExceptionGroup(msg, [BadStatus("The page answered 404."), KeyError(ARTICLE), OSError(28, "No space")])

    told = log_failure(fail)
    assert "BadStatus: The page answered 404." in told
    assert "OSError: [Errno 28] No space" in told
    assert "builtins.KeyError" in told
    assert "minister" not in told


@pytest.mark.parametrize("shape", LogShape)
def test_a_hostile_message_makes_no_line_of_its_own_and_moves_no_cursor(shape: LogShape) -> None:
    stream = io.StringIO()
    start_logging(shape=shape, stream=stream)
    logging.getLogger("adapters").warning("odd name: %s", HOSTILE)
    assert len(stream.getvalue().splitlines()) == 1
    assert "\x1b" not in stream.getvalue()
    assert "\u202e" not in stream.getvalue()


@pytest.mark.parametrize("shape", LogShape)
@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcBrzbqgy",
        "xoxe.xoxp-1-Mi0yLTE2NzI4NTQ2Nzg5",
        "xapp-1-A0123-456-abcdef0123456789",
        "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs",
        "the-signing-secret-itself",
    ],
)
def test_no_token_reaches_the_log_in_a_message_a_value_or_an_exception(shape: LogShape, secret: str) -> None:
    stream = io.StringIO()
    start_logging(shape=shape, stream=stream, secrets=["the-signing-secret-itself"])
    log = logging.getLogger("slack_bolt")
    with structlog.contextvars.bound_contextvars(request=f"odd {secret}"):
        log.warning("headers: %s", {"Authorization": f"Bearer {secret}"})
    log.error("failed", exc_info=BadStatus(f"refused {secret}"))
    assert "headers" in stream.getvalue()
    assert secret not in stream.getvalue()


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("postgresql://bot:hunter2@db:5432/claimcheck refused", "postgresql://…@db:5432/claimcheck refused"),
        ("postgresql:///claimcheck?password=hunter2&host=db", "postgresql:///claimcheck?password=…&host=db"),
        ("GET /oauth?code=hunter2&state=1", "GET /oauth?code=…&state=1"),
        ("Authorization: Bearer hunter2hunter2hunter2", "Authorization: Bearer …"),
        (
            "url='wss://wss.slack.com/link/?ticket=hunter2&app_id=7'",
            "url='wss://wss.slack.com/link/?ticket=…&app_id=7'",
        ),
        ("POST /webhooks/42/aW50ZXJhY3Rpb246hunter2/messages refused", "POST /webhooks/42/…/messages refused"),
        ("GET https://cdn.example/a.pdf?ex=65&hm=hunter2", "GET https://cdn.example/a.pdf?ex=65&hm=…"),
    ],
)
def test_passwords_and_codes_in_addresses_are_blotted_out(message: str, told: str) -> None:
    stream = io.StringIO()
    start_logging(shape=LogShape.JSON, stream=stream)
    logging.getLogger("adapters").info(message)
    assert lines_of(stream)[0]["event"] == told


def test_a_library_that_logs_a_whole_payload_is_cut_short() -> None:
    stream = io.StringIO()
    start_logging(shape=LogShape.JSON, stream=stream)
    logging.getLogger("some_library").error("x" * 10_000)
    assert len(stream.getvalue()) < 1000


def test_what_a_forgotten_task_choked_on_stays_out() -> None:
    stream = io.StringIO()
    start_logging(shape=LogShape.JSON, stream=stream)

    async def choke() -> None:
        raise ValueError(ARTICLE)

    async def forget() -> None:
        task = asyncio.create_task(choke())
        await asyncio.wait([task])

    asyncio.run(forget())
    gc.collect()
    (line,) = lines_of(stream)
    assert line["event"] == "Task exception was never retrieved"
    assert "builtins.ValueError" in str(line["exception"])
    assert "minister" not in stream.getvalue()
