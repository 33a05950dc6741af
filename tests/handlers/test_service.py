"""The durable flow, on both databases, with a real queue and a chat server on loopback."""

import asyncio
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from bot.access import Reach
from bot.errors import NotNow, NotStored, StoreUnavailable
from bot.store.records import AnswerWhere, ChannelSettings, RequestRecord, RequestState
from handlers.commands import SayVersion
from handlers.events import RequestFinished
from handlers.persistence import Pace
from handlers.posting import WHISPERED, marker_of
from handlers.request import Incoming, Request
from handlers.service import ServiceTerms
from tests.chat_server import ChatServer, open_chat_server
from tests.handlers.service_room import ANN, TENANT, QuickEngine, incoming, open_newsroom, until

Condition = Callable[[], Awaitable[bool]]

LINK = "https://news.example/harbour"
TEXT = "The harbour is closed until Monday, said Mira Olsen, the harbour master, in a call with this newspaper. " * 3


@pytest.mark.asyncio
async def test_an_accepted_link_is_answered_by_one_post_that_is_edited_into_the_report(empty_url: str) -> None:
    async with open_newsroom(empty_url) as room:
        accepted = await room.service.accept(incoming(LINK))
        assert accepted.fresh
        assert await room.settled(accepted.id) == [RequestState.ANSWERED]
        (post,) = room.chat.posts
        assert post.texts == ["Reading…", f"REPORT {LINK}: 0 claims"]
        assert post.marker == marker_of(accepted.id)
        delivery = await room.store.deliveries.load(accepted.id)
        assert delivery is not None
        assert delivery.message == post.id
        assert len(delivery.report_ids) == 1


@pytest.mark.asyncio
async def test_the_same_event_four_times_at_once_is_one_report(empty_url: str) -> None:
    async with open_newsroom(empty_url) as room:
        found = await asyncio.gather(*(room.service.accept(incoming(LINK)) for _ in range(4)))
        assert sorted(acceptance.fresh for acceptance in found) == [False, False, False, True]
        await room.settled(found[0].id)
        await room.service.accept(incoming(LINK))  # once more when all is over
        await asyncio.sleep(0.5)
        assert len(room.chat.posts) == 1
        assert len(room.engine.checked) == 1


@pytest.mark.asyncio
async def test_a_message_and_its_mention_under_another_name_are_one_report(empty_url: str) -> None:
    async with open_newsroom(empty_url) as room:
        pair = (incoming(LINK, keys=("client-7",)), incoming(f"<@bot> {LINK}", number="1.1b", keys=("client-7",)))
        found = await asyncio.gather(*map(room.service.accept, pair))
        assert len({acceptance.id for acceptance in found}) == 1
        await room.settled(found[0].id)
        assert len(room.chat.posts) == 1


@pytest.mark.asyncio
async def test_several_sources_are_answered_in_one_post_and_one_that_fails_does_not_stop_the_others(
    empty_url: str,
) -> None:
    async with open_newsroom(empty_url) as room:
        accepted = await room.service.accept(incoming(f"{LINK} https://news.example/missing {LINK}/2"))
        assert await room.settled(accepted.id) == [RequestState.ANSWERED]
        (post,) = room.chat.posts
        good, bad, other = post.text.split(" | ")
        assert good.startswith("REPORT https://news.example/harbour:")
        assert "404" in bad
        assert other.startswith("REPORT https://news.example/harbour/2")


@pytest.mark.asyncio
async def test_a_request_of_which_nothing_could_be_checked_has_failed_and_says_why(empty_url: str) -> None:
    async with open_newsroom(empty_url) as room:
        accepted = await room.service.accept(incoming("https://news.example/missing"))
        assert await room.settled(accepted.id) == [RequestState.FAILED]
        assert "404" in room.chat.posts[0].text
        codes = [event.code for event in room.events if isinstance(event, RequestFinished)]
        assert codes == ["bad_status"]


@pytest.mark.asyncio
async def test_poison_is_told_plainly_and_does_not_stop_the_others(empty_url: str) -> None:
    async with open_newsroom(empty_url) as room:
        poison = await room.service.accept(incoming(f"poison {TEXT}", number="1.1"))
        good = await room.service.accept(incoming(TEXT, number="1.2"))
        assert await room.settled(poison.id, good.id) == [RequestState.FAILED, RequestState.ANSWERED]
        said = {post.thread: post.text for post in room.chat.posts}
        assert said["1.1"] == "The analysis of this text broke off."
        assert said["1.2"].startswith("REPORT")


@pytest.mark.asyncio
async def test_a_command_is_answered_by_one_post(empty_url: str) -> None:
    async with open_newsroom(empty_url) as room:
        first = await room.service.accept(incoming(LINK))
        await room.settled(first.id)
        second = await room.service.accept(incoming("sources", number="1.2", thread="1.1"))
        await room.settled(second.id)
        assert [post.texts for post in room.chat.posts[1:]] == [["SourceList"]]
        reply = await room.service.act(SayVersion(), place=incoming("").place, asker=ANN)
        assert "claimcheck" in str(reply.parts[0])


@pytest.mark.asyncio
async def test_a_command_on_nothing_is_answered_with_a_sentence(empty_url: str) -> None:
    async with open_newsroom(empty_url) as room:
        accepted = await room.service.accept(incoming("sources"))
        assert await room.settled(accepted.id) == [RequestState.FAILED]
        assert "Send me the link" in room.chat.posts[0].text


@pytest.mark.asyncio
async def test_recheck_fetches_again_what_was_checked_in_the_thread(empty_url: str) -> None:
    async with open_newsroom(empty_url) as room:
        first = await room.service.accept(incoming(LINK))
        await room.settled(first.id)
        again = await room.service.accept(incoming("recheck", number="1.2", thread="1.1"))
        assert await room.settled(again.id) == [RequestState.ANSWERED]
        assert room.engine.read == [LINK, LINK]
        assert room.chat.posts[1].text.startswith("REPORT")


@pytest.mark.asyncio
async def test_a_link_read_a_short_while_ago_is_answered_from_the_store(empty_url: str) -> None:
    async with open_newsroom(empty_url) as room:
        for number in ("1.1", "1.2"):
            accepted = await room.service.accept(incoming(LINK, number=number))
            await room.settled(accepted.id)
        assert room.engine.read == [LINK]
        assert "(" in room.chat.posts[1].text


@pytest.mark.asyncio
async def test_whispered_requests_leave_no_post(empty_url: str) -> None:
    async with open_newsroom(empty_url) as room:
        accepted = await room.service.accept(incoming(LINK, whispered=True))
        await room.settled(accepted.id)
        assert room.chat.posts == []
        (whisper,) = room.chat.whispers
        assert whisper.user == "U1"
        assert whisper.text.startswith("REPORT")
        delivery = await room.store.deliveries.load(accepted.id)
        assert delivery is not None
        assert delivery.message == WHISPERED


@pytest.mark.asyncio
async def test_a_channel_that_wants_answers_privately_gets_them_so(empty_url: str) -> None:
    async with open_newsroom(empty_url) as room:
        settings = ChannelSettings(answer=AnswerWhere.PRIVATELY)
        await room.store.channels.save(TENANT, "C1", settings, by=ANN)
        accepted = await room.service.accept(incoming(LINK))
        await room.settled(accepted.id)
        assert (len(room.chat.posts), len(room.chat.whispers)) == (0, 1)


@pytest.mark.asyncio
async def test_a_person_is_refused_beyond_the_hourly_limit_but_a_redelivery_never_is(empty_url: str) -> None:
    async with open_newsroom(empty_url, terms=ServiceTerms(user_hourly=2)) as room:
        for number in ("1.1", "1.2"):
            await room.service.accept(incoming(LINK, number=number))
        with pytest.raises(NotNow, match=r"You have asked me for 2 things within the hour.*in an hour"):
            await room.service.accept(incoming(LINK, number="1.3"))
        assert not (await room.service.accept(incoming(LINK, number="1.2"))).fresh
        assert (await room.service.accept(incoming(LINK, number="1.3", user="U2"))).fresh


@pytest.mark.asyncio
async def test_requests_that_arrive_together_count_and_their_redeliveries_do_not(empty_url: str) -> None:
    async with open_newsroom(empty_url, terms=ServiceTerms(user_hourly=2)) as room:
        arriving = [incoming(TEXT, number=number) for number in ("1.1", "1.1", "1.2", "1.2", "1.3", "1.1")]
        found = await asyncio.gather(*map(room.service.accept, arriving), return_exceptions=True)
        assert [isinstance(one, NotNow) for one in found] == [False, False, False, False, True, False]


@pytest.mark.asyncio
async def test_a_request_that_cannot_be_stored_does_not_keep_others_out(tmp_path: Path) -> None:
    async with open_newsroom(f"sqlite:///{tmp_path / 'claimcheck.db'}") as room:
        broken = replace(incoming(TEXT, number="1.2"), request=Request(message=cast("str", object())))
        arriving = [incoming(TEXT), broken, incoming(TEXT, number="1.3")]
        found = await asyncio.gather(*map(room.service.accept, arriving), return_exceptions=True)
        assert [isinstance(one, Exception) for one in found] == [False, True, False]
        await room.settled(arriving[0].id, arriving[2].id)


@pytest.mark.asyncio
async def test_a_channel_is_refused_beyond_its_cap(empty_url: str) -> None:
    async with open_newsroom(empty_url) as room:
        await room.store.channels.save(TENANT, "C1", ChannelSettings(hourly_cap=1), by=ANN)
        await room.service.accept(incoming(LINK))
        with pytest.raises(NotNow, match="This channel"):
            await room.service.accept(incoming(LINK, number="1.2", user="U2"))
        assert (await room.service.accept(incoming(LINK, number="1.3", channel="C2"))).fresh


@pytest.mark.asyncio
async def test_who_must_wait_is_told_how_many_are_ahead(empty_url: str) -> None:
    async with open_newsroom(empty_url, terms=ServiceTerms(documents_at_once=1)) as room:
        room.engine.going.clear()
        ids = []
        for number in ("1.1", "1.2", "1.3"):
            ids.append((await room.service.accept(incoming(f"{LINK}/{number}", number=number))).id)
            await until(_stand(room.chat, len(ids)))
        said = [post.text for post in room.chat.posts]
        assert said == [
            "Reading…",
            "Queued, 1 ahead of this. The answer will appear here.",
            "Queued, 2 ahead of this. The answer will appear here.",
        ]
        room.engine.going.set()
        assert set(await room.settled(*ids)) == {RequestState.ANSWERED}


@pytest.mark.asyncio
async def test_who_waits_is_told_that_the_text_is_read_and_being_checked(empty_url: str) -> None:
    quick = Pace(now=lambda: 1000 * time.monotonic(), sleep=lambda seconds: asyncio.sleep(min(seconds, 0.1)))
    async with open_newsroom(empty_url, pace=quick) as room:
        room.engine.going.clear()
        accepted = await room.service.accept(incoming(LINK))
        await until(_stand(room.chat, 1))
        await asyncio.sleep(0.05)
        room.engine.going.set()
        await room.settled(accepted.id)
        (post,) = room.chat.posts
        assert post.texts[:2] == ["Reading…", "Checking 2 sentences for claims, and who stands behind each…"]


@pytest.mark.asyncio
async def test_a_request_whose_message_is_deleted_loses_its_placeholder_and_gets_no_report(empty_url: str) -> None:
    async with open_newsroom(empty_url) as room:
        room.engine.going.clear()
        accepted = await room.service.accept(incoming(LINK, keys=("event-1",)))
        await until(_stand(room.chat, 1))
        await room.service.cancel("event-1")
        assert room.chat.standing() == []
        room.engine.going.set()
        assert await room.settled(accepted.id) == [RequestState.CANCELLED]
        await asyncio.sleep(0.5)
        assert room.chat.standing() == []
        assert room.chat.whispers == []


@pytest.mark.asyncio
async def test_an_answer_that_is_out_stays_when_the_question_is_deleted(empty_url: str) -> None:
    async with open_newsroom(empty_url) as room:
        accepted = await room.service.accept(incoming(LINK))
        await room.settled(accepted.id)
        await room.service.cancel(accepted.id)
        await room.service.cancel("never heard of")
        assert len(room.chat.standing()) == 1


@pytest.mark.asyncio
async def test_a_channel_that_may_not_be_written_in_is_told_to_the_asker_alone(empty_url: str) -> None:
    async with open_newsroom(empty_url) as room:
        room.chat.faults["post"] = ["forbidden"]
        accepted = await room.service.accept(incoming(LINK))
        assert await room.settled(accepted.id) == [RequestState.FAILED]
        assert [whisper.text for whisper in room.chat.whispers] == ["I may not write in this channel. Invite me first."]
        assert room.chat.posts == []


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "faults",
    [
        {"post": ["busy", "busy"], "edit": ["busy"]},
        {"post": ["broken"], "edit": ["broken"]},
        {"post": ["drop"], "edit": ["drop"]},
        {"post": ["taken"], "edit": ["taken"]},
        {"post": ["taken"], "find": ["busy"]},
        {"post": ["drop"], "find": ["taken"]},
    ],
    ids=str,
)
async def test_whatever_the_chat_does_there_is_one_post_in_the_end(
    empty_url: str, faults: dict[str, list[str]]
) -> None:
    async with open_newsroom(empty_url) as room:
        room.chat.faults = faults
        accepted = await room.service.accept(incoming(LINK))
        assert await room.settled(accepted.id) == [RequestState.ANSWERED]
        (post,) = room.chat.standing()
        assert post.text.startswith("REPORT")
        assert not any(room.chat.faults.values())


@pytest.mark.asyncio
async def test_a_defect_is_met_three_times_and_then_told_without_a_word_of_the_article(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"sqlite:///{tmp_path / 'claimcheck.db'}"
    engine = QuickEngine(defects=99)
    async with open_newsroom(url, engine=engine, terms=ServiceTerms(sweep_seconds=0.3)) as room:
        accepted = await room.service.accept(incoming(TEXT))
        assert await room.settled(accepted.id) == [RequestState.FAILED]
        (post,) = room.chat.posts
        assert post.text.startswith("I tried three times")
        assert len(engine.checked) == 3
    assert "Olsen" not in caplog.text
    assert "ZeroDivisionError at service_room.py" in caplog.text


@pytest.mark.asyncio
async def test_no_word_of_an_article_is_written_to_the_queue(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'claimcheck.db'}"
    async with open_newsroom(url, engine=QuickEngine(defects=1), terms=ServiceTerms(sweep_seconds=0.3)) as room:
        asked = [incoming(TEXT), incoming(f"poison {TEXT}", number="1.2"), incoming(LINK, number="1.3")]
        ids = [(await room.service.accept(one)).id for one in asked]
        await room.settled(*ids)
    kept = _bytes_of_queue(tmp_path)
    assert b"answer_request" in kept
    assert b"Olsen" not in kept
    assert b"harbour" not in kept
    with closing(sqlite3.connect(tmp_path / "claimcheck.queue.db")) as queue:
        (steps,) = queue.execute("SELECT count(*) FROM operation_outputs").fetchone()
    assert steps >= 4


@pytest.mark.asyncio
async def test_a_second_process_on_the_same_file_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'claimcheck.db'}"
    async with open_newsroom(url):
        with pytest.raises(StoreUnavailable, match="Another claimcheck process is at work on"):
            async with open_newsroom(url):
                pass
    async with open_newsroom(url) as room:  # and may start once the first has ended
        await room.settled((await room.service.accept(incoming(LINK))).id)


@pytest.mark.asyncio
async def test_a_database_in_memory_is_no_place_for_a_service() -> None:
    with pytest.raises(StoreUnavailable, match="outlives"):
        async with open_newsroom("sqlite://"):
            pass


@pytest.mark.asyncio
async def test_what_was_accepted_and_not_begun_is_answered_by_the_next_process(empty_url: str) -> None:
    async with open_chat_server() as chat:
        engine = QuickEngine()
        engine.going.clear()
        async with open_newsroom(empty_url, chat=chat, engine=engine) as room:
            accepted = await room.service.accept(incoming(LINK))
            await until(_stand(chat, 1))
        engine.going.set()
        async with open_newsroom(empty_url, chat=chat, engine=engine) as room:
            assert await room.settled(accepted.id) == [RequestState.ANSWERED]
        (post,) = chat.posts
        assert post.text.startswith("REPORT")


@pytest.mark.asyncio
@pytest.mark.parametrize("begun", [False, True])
async def test_an_upgrade_strands_no_request(empty_url: str, *, begun: bool) -> None:
    """`begun`: whether the old version was at work on it, or had it waiting."""
    async with open_chat_server() as chat:
        engine = QuickEngine()
        engine.going.clear()
        terms = ServiceTerms(requests_at_once=1)
        async with open_newsroom(empty_url, chat=chat, engine=engine, terms=terms, flow_version="0") as room:
            ids = [(await room.service.accept(incoming(LINK, number=number))).id for number in ("1.1", "1.2")]
            await until(_stand(chat, 1))
            await asyncio.sleep(0.5)  # the other one waits in the queue
        engine.going.set()
        async with open_newsroom(empty_url, chat=chat, engine=engine, flow_version="1") as room:
            assert await room.settled(ids[not begun]) == [RequestState.ANSWERED]
            await room.settled(*ids)
        assert [post.text[:6] for post in chat.posts] == ["REPORT", "REPORT"]


@pytest.mark.asyncio
async def test_a_request_that_never_reached_the_queue_is_found_in_the_store(empty_url: str) -> None:
    async with open_newsroom(empty_url, terms=ServiceTerms(sweep_seconds=0.2)) as room:
        request = incoming(LINK)
        await room.store.requests.accept(_record(request), keys=request.keys)
        assert await room.settled(request.id) == [RequestState.ANSWERED]


@pytest.mark.asyncio
async def test_requests_of_a_platform_that_is_not_connected_stay_open_and_disturb_nobody(empty_url: str) -> None:
    async with open_newsroom(empty_url, terms=ServiceTerms(sweep_seconds=0.2)) as room:
        other = replace(
            _record(incoming(LINK)), id="other:T1:C1:1", place=replace(incoming(LINK).place, tenant="other:T1")
        )
        await room.store.requests.accept(other, keys=frozenset({other.id}))
        accepted = await room.service.accept(incoming(LINK, number="1.2"))
        await room.settled(accepted.id)
        assert (await room.store.requests.load(other.id)).state is RequestState.ACCEPTED


@pytest.mark.asyncio
async def test_a_forgotten_request_leaves_nothing_behind(empty_url: str) -> None:
    async with open_newsroom(empty_url) as room:
        room.engine.going.clear()
        await room.service.accept(incoming(LINK))
        await until(_stand(room.chat, 1))
        await room.store.keeping.forget(tenant=TENANT, user="U1")
        room.engine.going.set()
        await until(_stand(room.chat, 0))


@pytest.mark.asyncio
async def test_what_is_older_than_it_may_be_kept_is_deleted_from_store_and_queue(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'claimcheck.db'}"
    async with open_newsroom(url) as room:
        accepted = await room.service.accept(incoming(LINK, reach=Reach.PRIVATE))
        await room.settled(accepted.id)
    later = Pace(clock=lambda: datetime.now(UTC) + timedelta(days=31))
    async with open_newsroom(url, pace=later, terms=ServiceTerms(keeping_seconds=0.1)) as room:
        with closing(sqlite3.connect(tmp_path / "claimcheck.queue.db")) as queue:

            async def are_gone() -> bool:
                (runs,) = queue.execute("SELECT count(*) FROM workflow_status").fetchone()
                return bool(runs == 0)

            await until(are_gone)
        with pytest.raises(NotStored):
            await room.store.requests.load(accepted.id)


@pytest.mark.asyncio
async def test_while_the_database_is_locked_nothing_is_acknowledged_and_nothing_accepted_is_lost(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'claimcheck.db'}"
    async with open_newsroom(url, patience=1.0) as room:
        room.engine.going.clear()
        accepted = await room.service.accept(incoming(LINK))
        await until(_stand(room.chat, 1))
        file = tmp_path / "claimcheck.db"
        with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
            # In a thread: a transaction of the service's that is open needs the loop to end, and the lock with it.
            await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
            room.engine.going.set()
            with pytest.raises(StoreUnavailable):
                await room.service.accept(incoming(f"{LINK}/2", number="1.2"))
            await asyncio.sleep(2)
            other.execute("ROLLBACK")
        again = await room.service.accept(incoming(f"{LINK}/2", number="1.2"))
        assert await room.settled(accepted.id, again.id) == [RequestState.ANSWERED, RequestState.ANSWERED]
        assert len(room.chat.posts) == 2


@pytest.mark.asyncio
async def test_nobody_else_on_the_machine_can_read_what_a_service_keeps(tmp_path: Path) -> None:
    async with open_newsroom(f"sqlite:///{tmp_path}/store.db") as room:
        accepted = await room.service.accept(incoming(LINK))
        await room.settled(accepted.id)
        kept = await asyncio.to_thread(_open_to_others, tmp_path)
    assert {"store.db", "store.queue.db", "store.queue.db-wal"} <= set(kept)
    assert not any(kept.values()), kept


def test_an_old_sqlite_under_a_new_python_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 12, 0))
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    with pytest.raises(StoreUnavailable, match=r"3\.42 or later"):
        asyncio.run(_open(f"sqlite:///{tmp_path}/unused.db"))


async def _open(url: str) -> None:
    async with open_newsroom(url):
        pass


def _open_to_others(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o077 for path in folder.iterdir()}


def _bytes_of_queue(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if ".queue." in path.name)


def _stand(chat: ChatServer, number: int) -> Condition:
    async def so_many_stand() -> bool:
        return len(chat.standing()) == number

    return so_many_stand


def _record(asked: Incoming) -> RequestRecord:
    return RequestRecord(
        id=asked.id, place=asked.place, asker=asked.asker, message=asked.request.message, accepted_at=datetime.now(UTC)
    )
