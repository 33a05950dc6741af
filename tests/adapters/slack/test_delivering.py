"""Posting to a Slack that limits, fails and hangs up: one visible reply, or a plain word to the one who asked."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.slack.bots import OneBot
from adapters.slack.thread import EVENT_TYPE, SlackPlatform, SlackThread
from adapters.slack.webapi import open_web_api
from bot.access import Place, Reach
from bot.errors import CannotPost, LookupRefused, TryLater
from handlers.reply import Notice, Reply, ReplyFile
from tests.adapters.slack.budgets import texts_in
from tests.adapters.slack.slack_server import Fault, SlackServer, serve_slack
from tests.adapters.slack.world import LINK, TEXT, World, open_world

pytestmark = pytest.mark.asyncio

FILE = ReplyFile(name="report.csv", text="a,b\n1,2\n", caption="The report.")
PLACE = Place(tenant="slack:T1", channel="C1", message="1700000000.000001", reach=Reach.PUBLIC)


def words(text: str) -> Reply:
    return Reply(parts=(Notice(text=text),))


@pytest_asyncio.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with serve_slack() as server:
        yield server
        assert server.broken == []


@pytest_asyncio.fixture
async def thread(slack: SlackServer) -> AsyncIterator[SlackThread]:
    async with open_web_api(f"{slack.url}/api") as api:
        yield SlackPlatform(bots=OneBot("xoxb-one", api=api), api=api).open_thread(PLACE)


async def ask(world: World) -> None:
    await world.slack.deliver("events_api", world.event(world.mention(LINK)))
    await world.settled()


@pytest.mark.parametrize(
    "faults",
    [
        [Fault(status=429)] * 5,
        [Fault(status=500)] * 3,
        [Fault(drop=True), Fault(drop=True)],
        [Fault(drop=True, done=True)],
        [Fault(status=500, done=True)],
        [Fault(error="internal_error"), Fault(error="ratelimited")],
    ],
)
async def test_a_post_that_fails_for_now_is_made_once(world: World, faults: list[Fault]) -> None:
    world.slack.faults["chat.postMessage"] = list(faults)
    await ask(world)
    (post,) = world.slack.posts()
    assert "claim" in "".join(texts_in(post["blocks"]))


@pytest.mark.parametrize("fault", [Fault(status=429), Fault(status=503), Fault(drop=True), Fault(drop=True, done=True)])
async def test_an_edit_that_fails_for_now_is_made_again(world: World, fault: Fault) -> None:
    world.slack.faults["chat.update"] = [fault] * 3
    await ask(world)
    (post,) = world.slack.posts()
    assert "claim" in "".join(texts_in(post["blocks"]))


async def test_every_second_post_limited_still_answers_everybody_once(world: World) -> None:
    world.slack.faults["chat.postMessage"] = [Fault(status=429), Fault(done=True)] * 10
    events = [world.event(world.mention(f"{LINK}/{number}")) for number in range(6)]
    await asyncio.gather(*(world.slack.deliver("events_api", event) for event in events))
    await world.settled()
    assert sorted(post["thread_ts"] for post in world.slack.posts()) == sorted(e["event"]["ts"] for e in events)


@pytest.mark.parametrize(
    ("error", "fix"),
    [
        ("not_in_channel", "/invite @claimcheck"),
        ("channel_not_found", "/invite @claimcheck"),
        ("is_archived", "archived"),
        ("restricted_action", "restricted"),
        ("restricted_action_read_only_channel", "read-only"),
        ("missing_scope", "install the app again"),
        ("some_new_error", "some_new_error"),
    ],
)
async def test_who_cannot_be_answered_in_public_is_told_the_fix_alone(world: World, error: str, fix: str) -> None:
    world.slack.faults["chat.postMessage"] = [Fault(error=error)] * 2
    await ask(world)
    assert world.slack.posts("C1") == []
    (whisper,) = world.slack.ephemerals
    assert fix in "".join(texts_in(whisper["blocks"]))
    assert whisper["user"] == "U1"


async def test_where_not_even_a_whisper_can_be_seen_it_is_a_direct_message(world: World) -> None:
    world.slack.faults["chat.postMessage"] = [Fault(error="not_in_channel")]
    world.slack.faults["chat.postEphemeral"] = [Fault(error="user_not_in_channel")] * 2
    await ask(world)
    (told,) = world.slack.posts("DU1")
    assert "/invite" in "".join(texts_in(told["blocks"]))


async def test_a_socket_that_drops_in_the_middle_of_a_check_loses_nothing(world: World) -> None:
    world.engine.going.clear()
    await world.slack.deliver("events_api", world.event(world.mention(LINK)))
    await world.slack.drop()
    world.engine.going.set()
    await world.settled()
    async with asyncio.timeout(20):
        await world.slack.connected.wait()
    await world.slack.deliver("events_api", world.event(world.mention(TEXT)))
    await world.settled()
    assert len(world.slack.posts()) == 2


async def test_who_dies_between_the_post_and_the_record_of_it_finds_the_post_again(tmp_path: Path) -> None:
    async with serve_slack() as slack:
        async with open_world(tmp_path, slack=slack, durable=True) as before:
            slack.faults["chat.postMessage"] = [Fault(silent=True, done=True)]
            await slack.deliver("events_api", before.event(before.mention(LINK)))
            await slack.until(slack.posts)
            delivery = await before.store.deliveries.load(f"slack:T1:C1:{slack.posts()[0]['thread_ts']}")
            assert delivery is not None
            assert delivery.message is None
        slack.connected.clear()
        async with open_world(tmp_path, slack=slack, durable=True) as after:
            await after.settled()
            (post,) = slack.posts()
            assert re.search(r"\b\d+ claims?[:.]", "".join(texts_in(post["blocks"]))), "the summary of a report"
            assert len(slack.called("chat.postMessage")) == 1


async def test_a_post_of_ours_is_found_by_its_marker_and_no_other(thread: SlackThread, slack: SlackServer) -> None:
    slack.say("C1", PLACE.message, "check this")
    assert await thread.find("m1") is None
    message = await thread.post(words("one"), marker="m1")
    other = await thread.post(words("two"), marker="m2")
    assert await thread.find("m1") == message
    assert await thread.find("m2") == other
    await thread.edit(message, words("three"))
    assert await thread.find("m1") == message


async def test_another_apps_message_with_our_marker_is_not_taken_for_ours(
    thread: SlackThread, slack: SlackServer
) -> None:
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"marker": "m1"}}
    slack.say("C1", PLACE.message, "check this")
    slack.say("C1", "2.2", "ours, they say", thread_ts=PLACE.message, bot_id="B0THER", metadata=metadata)
    assert await thread.find("m1") is None


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(status=429, retry_after=0), LookupRefused),
        (Fault(error="missing_scope"), LookupRefused),
        (Fault(error="not_allowed_token_type"), LookupRefused),
        (Fault(status=500), TryLater),
        (Fault(drop=True), TryLater),
    ],
)
async def test_a_search_that_is_refused_is_told_apart_from_one_that_failed(
    thread: SlackThread, slack: SlackServer, fault: Fault, error: type[Exception]
) -> None:
    slack.faults["conversations.replies"] = [fault] * 2
    with pytest.raises(error):
        await thread.find("m1")


async def test_only_a_rate_limit_says_that_nothing_was_done(thread: SlackThread, slack: SlackServer) -> None:
    slack.faults["chat.postMessage"] = [Fault(status=429)] * 2
    with pytest.raises(TryLater) as limited:
        await thread.post(words("one"), marker="m1")
    assert limited.value.seconds == 0
    for fault in (Fault(drop=True, done=True), Fault(status=502)):
        slack.faults["chat.postMessage"] = [fault]
        with pytest.raises(TryLater) as unknown:
            await thread.post(words("one"), marker="m1")
        assert unknown.value.seconds is None


async def test_what_is_gone_is_taken_back_already(thread: SlackThread, slack: SlackServer) -> None:
    message = await thread.post(words("one"), marker="m1")
    await thread.remove(message)
    slack.faults["chat.delete"] = [Fault(error="message_not_found")]
    await thread.remove(message)
    slack.faults["chat.delete"] = [Fault(error="cant_delete_message")]
    with pytest.raises(CannotPost):
        await thread.remove(message)


async def test_a_file_goes_along_with_an_edit_and_by_direct_message_with_a_whisper(
    thread: SlackThread, slack: SlackServer
) -> None:
    message = await thread.post(words("one"), marker="m1")
    await thread.edit(message, Reply(parts=(FILE,)))
    assert slack.messages[message]["file_ids"] == next(iter(slack.uploads))
    assert slack.shared[0].get("channel_id") is None
    await thread.whisper("U1", Reply(parts=(FILE, Notice(text="Here."))))
    assert slack.shared[1]["channel_id"] == "DU1"
    assert set(slack.uploads.values()) == {FILE.text.encode()}


async def test_a_file_that_cannot_be_put_on_a_post_does_not_have_it_posted_again(
    thread: SlackThread, slack: SlackServer
) -> None:
    slack.faults["chat.update"] = [Fault(status=429)] * 2
    message = await thread.post(Reply(parts=(FILE,)), marker="m1")
    assert [post["ts"] for post in slack.posts()] == [message]


async def test_a_whisper_in_a_thread_that_nobody_answered_in_is_seen_in_the_channel(
    thread: SlackThread, slack: SlackServer
) -> None:
    await thread.whisper("U1", words("psst"))
    assert slack.ephemerals[0].get("thread_ts") is None


async def test_a_proxy_of_the_environment_is_not_used(slack: SlackServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    async with open_web_api(f"{slack.url}/api/") as api:
        assert (await OneBot("xoxb-one", api=api).find()).user == "UBOT"
    async with open_web_api(f"{slack.url}/api/", proxy="http://127.0.0.1:9") as api:
        with pytest.raises(TryLater):
            await OneBot("xoxb-one", api=api).find()
