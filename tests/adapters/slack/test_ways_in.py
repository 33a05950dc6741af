"""Every way in, over Socket Mode, with the real library, service and store."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.access import Person, Reach
from bot.store.records import AnswerWhere, AutoCheck, ChannelSettings, Detail, RequestState
from tests.adapters.slack.budgets import texts_in
from tests.adapters.slack.slack_server import BOT, BOT_ID, Fault, Payload
from tests.adapters.slack.world import LINK, TEXT, World, open_world

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


def told(message: Payload) -> str:
    return "\n".join(texts_in(message["blocks"]))


async def answered(world: World) -> Payload:
    """The one post of ours, once it is the report."""
    await world.settled()
    (post,) = world.slack.posts()
    assert re.search(r"\b\d+ claims?[:.]", told(post)), "the summary of a report"
    return post


async def set_channel(world: World, *, channel: str = "C1", settings: ChannelSettings) -> None:
    await world.store.channels.save("slack:T1", channel, settings, by=Person(id="U1"))


async def test_a_mention_is_answered_in_its_thread_by_one_post(world: World) -> None:
    event = world.mention(LINK)
    await world.slack.deliver("events_api", world.event(event))
    post = await answered(world)
    assert post["thread_ts"] == event["ts"]
    assert post["metadata"]["event_type"] == "claimcheck_answer"
    assert world.engine.read == [LINK]
    await world.slack.until(lambda: world.slack.called("reactions.add"))
    assert world.slack.called("reactions.add")[0].arguments["timestamp"] == event["ts"]


async def test_a_mention_inside_a_thread_is_answered_in_that_thread(world: World) -> None:
    root = world.message("good morning")
    await world.slack.deliver("events_api", world.event(world.mention(LINK, thread_ts=root["ts"])))
    assert (await answered(world))["thread_ts"] == root["ts"]


async def test_an_empty_mention_inside_a_thread_checks_its_first_message(world: World) -> None:
    root = world.message(f"see <{LINK}|this>", user="U2")
    await world.slack.deliver("events_api", world.event(world.mention("", thread_ts=root["ts"])))
    assert (await answered(world))["thread_ts"] == root["ts"]
    assert world.engine.read == [LINK]


async def test_an_empty_mention_says_what_to_do_where_slack_hides_the_thread(world: World) -> None:
    root = world.message(LINK, user="U2")
    world.slack.faults["conversations.replies"] = [Fault(error="missing_scope")]
    await world.slack.deliver("events_api", world.event(world.mention("", thread_ts=root["ts"])))
    await world.slack.until(lambda: world.slack.ephemerals)
    assert "Mention me with the link" in told(world.slack.ephemerals[0])
    assert world.slack.posts() == []


async def test_an_empty_mention_below_our_own_answer_says_what_to_do(world: World) -> None:
    await world.slack.deliver("slash_commands", world.command(LINK))
    post = await answered(world)
    await world.slack.deliver("events_api", world.event(world.mention("", thread_ts=post["ts"])))
    await world.slack.until(lambda: world.slack.ephemerals)
    assert "began with my own answer" in told(world.slack.ephemerals[0])
    assert len(world.engine.checked) == 1


async def test_a_command_below_an_answer_to_a_slash_command_is_about_that_answer(world: World) -> None:
    await world.slack.deliver("slash_commands", world.command(LINK))
    post = await answered(world)
    await world.slack.deliver("events_api", world.event(world.mention("why 1", thread_ts=post["ts"])))
    await world.settled()
    _, why = world.slack.posts()
    assert why["thread_ts"] == post["ts"]
    assert "The harbour is closed" in told(why)


async def test_a_mention_of_one_whose_id_begins_like_ours_is_none_of_us(world: World) -> None:
    await world.slack.deliver("events_api", world.event(world.message(f"<@{BOT}2> {LINK}")))
    assert await world.store.requests.open_ids() == ()
    assert world.slack.posts() == []


async def test_a_check_is_acknowledged_without_asking_slack_who_asks(world: World) -> None:
    await world.slack.deliver("events_api", world.event(world.mention(LINK)))
    await answered(world)
    assert world.slack.called("users.info") == []


async def test_of_many_who_ask_at_once_in_a_channel_one_asks_slack_about_it(world: World) -> None:
    events = [world.event(world.mention(f"{LINK}/{number}")) for number in range(20)]
    await asyncio.gather(*(world.slack.deliver("events_api", event) for event in events))
    assert len(world.slack.called("conversations.info")) == 1
    await world.settled()


async def test_the_emoji_on_a_message_with_nothing_in_it_is_told_alone(world: World) -> None:
    message = world.message("", user="U2")
    item = {"type": "message", "channel": "C1", "ts": message["ts"]}
    reaction = {"type": "reaction_added", "user": "U1", "reaction": "mag", "item": item}
    await world.slack.deliver("events_api", world.event(reaction))
    await world.slack.until(lambda: world.slack.ephemerals)
    assert "did not find anything to check" in told(world.slack.ephemerals[0])
    assert world.slack.posts() == []


async def test_our_own_emoji_asks_for_nothing(world: World) -> None:
    await set_channel(world, settings=ChannelSettings(emoji="eyes"))
    message = world.message(LINK, user="U2")
    item = {"type": "message", "channel": "C1", "ts": message["ts"]}
    reaction = {"type": "reaction_added", "user": BOT, "reaction": "eyes", "item": item}
    await world.slack.deliver("events_api", world.event(reaction))
    assert await world.store.requests.open_ids() == ()
    assert world.slack.posts() == []


async def test_a_direct_message_is_answered(world: World) -> None:
    await world.slack.deliver("events_api", world.event(world.message(TEXT, channel="D1")))
    await answered(world)
    request = await world.store.requests.load(f"slack:T1:D1:{next(iter(world.slack.messages))}")
    assert request.place.reach is Reach.DIRECT


async def test_a_slash_command_begins_a_thread_of_its_own(world: World) -> None:
    assert await world.slack.deliver("slash_commands", world.command(LINK)) == {}
    assert (await answered(world)).get("thread_ts") is None


@pytest.mark.parametrize("words", ["help", "", "history", "settings", "shwo all"])
async def test_a_slash_command_that_checks_nothing_is_answered_to_the_asker(world: World, words: str) -> None:
    await world.slack.deliver("slash_commands", world.command(words))
    await world.slack.until(lambda: world.slack.responses)
    assert world.slack.responses[0]["response_type"] == "ephemeral"
    assert world.slack.posts() == []


async def test_help_says_what_to_do_inside_threads(world: World) -> None:
    await world.slack.deliver("slash_commands", world.command("help"))
    await world.slack.until(lambda: world.slack.responses)
    assert "no slash commands inside threads" in told(world.slack.responses[0])


async def test_the_answer_stays_private_where_the_channel_says_so(world: World) -> None:
    await set_channel(world, settings=ChannelSettings(answer=AnswerWhere.PRIVATELY))
    reading = await world.slack.deliver("slash_commands", world.command(LINK))
    assert "comes to you alone" in told(reading)
    await world.settled()
    assert world.slack.posts() == []
    assert [whisper["user"] for whisper in world.slack.ephemerals] == ["U1"]


@pytest.mark.parametrize(("detail", "whole"), [(Detail.COMPACT, False), (Detail.FULL, True)])
async def test_a_channel_says_whether_reports_are_shown_in_full(world: World, detail: Detail, *, whole: bool) -> None:
    await set_channel(world, settings=ChannelSettings(detail=detail))
    await world.slack.deliver("events_api", world.event(world.mention(LINK)))
    post = await answered(world)
    assert ("Show all 2 claims" in told(post)) is not whole


async def test_the_shortcut_checks_a_message_of_another_app(world: World) -> None:
    message = world.slack.say(
        "C1", world.ts(), "", bot_id="BNEWS", user="UNEWS",
        attachments=[{"title": "Harbour", "title_link": LINK, "text": "Closed."}],
    )  # fmt: skip
    await world.slack.deliver("interactive", world.shortcut(message))
    post = await answered(world)
    assert post["thread_ts"] == message["ts"]
    assert world.engine.read == [LINK]


async def test_the_shortcut_on_a_message_that_was_checked_says_so(world: World) -> None:
    event = world.mention(LINK)
    await world.slack.deliver("events_api", world.event(event))
    await answered(world)
    await world.slack.deliver("interactive", world.shortcut(world.slack.messages[event["ts"]]))
    await world.slack.until(lambda: world.slack.responses)
    assert "asked about this message before" in told(world.slack.responses[0])
    assert len(world.slack.posts()) == 1


async def test_what_the_shortcut_points_at_is_never_a_command(world: World) -> None:
    message = world.slack.say("C1", world.ts(), "forget", user="U2")
    await world.slack.deliver("interactive", world.shortcut(message))
    await world.settled()
    assert "Deleted" not in "".join(map(told, world.slack.posts()))


async def test_the_trigger_emoji_has_a_message_checked(world: World) -> None:
    message = world.message(LINK, user="U2")
    reaction = {"type": "reaction_added", "user": "U1", "reaction": "mag", "item_user": "U2"}
    item = {"type": "message", "channel": "C1", "ts": message["ts"]}
    await world.slack.deliver("events_api", world.event({**reaction, "item": item}))
    post = await answered(world)
    assert post["thread_ts"] == message["ts"]
    request = await world.store.requests.load(f"slack:T1:C1:{message['ts']}")
    assert request.asker.id == "U1"


@pytest.mark.parametrize(
    ("emoji", "settings"),
    [
        ("tada", ChannelSettings()),
        ("mag", ChannelSettings(emoji="eyes")),
        ("mag", ChannelSettings(auto_check=AutoCheck.MENTIONS)),
    ],
)
async def test_other_emoji_do_nothing(world: World, emoji: str, settings: ChannelSettings) -> None:
    await set_channel(world, settings=settings)
    message = world.message(LINK, user="U2")
    item = {"type": "message", "channel": "C1", "ts": message["ts"]}
    await world.slack.deliver(
        "events_api", world.event({"type": "reaction_added", "user": "U1", "reaction": emoji, "item": item})
    )
    assert await world.store.requests.open_ids() == ()
    assert world.slack.posts() == []


async def test_links_are_checked_unasked_only_where_a_channel_wants_it(world: World) -> None:
    await world.slack.deliver("events_api", world.event(world.message(f"look: <{LINK}>")))
    assert await world.store.requests.open_ids() == ()
    await set_channel(world, settings=ChannelSettings(auto_check=AutoCheck.LINKS))
    await world.slack.deliver("events_api", world.event(world.message(f"look: <{LINK}>")))
    await answered(world)
    await world.slack.deliver("events_api", world.event(world.message("no link here")))
    await world.settled()
    assert len(world.slack.posts()) == 1


@pytest.mark.parametrize("named", [{"name": "article.txt"}, {"name": "Untitled", "filetype": "text"}])
async def test_files_are_fetched_with_our_token(world: World, named: Payload) -> None:
    world.slack.files["article.txt"] = (TEXT.encode(), "text/plain")
    url = f"{world.slack.url}/files/article.txt"
    file = {"id": "F1", "size": 9, "url_private_download": url, **named}
    await world.slack.deliver("events_api", world.event(world.mention("", subtype="file_share", files=[file])))
    await answered(world)
    assert world.engine.checked == [TEXT]


async def test_a_file_of_another_organisation_is_asked_for(world: World) -> None:
    world.slack.files["F1"] = (TEXT.encode(), "text/plain")
    world.slack.file_names["F1"] = "article.txt"
    file = {"id": "F1", "mode": "hosted", "file_access": "check_file_info"}
    await world.slack.deliver("events_api", world.event(world.mention("", subtype="file_share", files=[file])))
    await answered(world)
    assert world.engine.checked == [TEXT]


async def test_a_file_of_another_organisation_that_is_not_read_is_told(world: World) -> None:
    world.slack.file_names["F1"] = "photo.png"
    file = {"id": "F1", "file_access": "check_file_info"}
    await world.slack.deliver("events_api", world.event(world.mention("", subtype="file_share", files=[file])))
    await world.slack.until(lambda: world.slack.ephemerals)
    assert "none of those is here" in told(world.slack.ephemerals[0])


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ({"name": "a.txt", "url_private": "https://files.evil.example/a.txt"}, "own servers"),
        ({"name": "a.txt", "url_private": "https://evilslack.com/a.txt"}, "own servers"),
        ({"name": "a.pdf", "size": 30_000_000}, "larger than 20 MB"),
        ({"name": "a.png"}, "none of those is here"),
    ],
)
async def test_files_that_are_not_read_are_told(world: World, file: Payload, words: str) -> None:
    complete = {"id": "F1", "size": 9, "url_private": f"{world.slack.url}/files/a", **file}
    await world.slack.deliver("events_api", world.event(world.mention("", subtype="file_share", files=[complete])))
    await world.slack.until(lambda: world.slack.ephemerals)
    assert words in told(world.slack.ephemerals[0])


async def test_one_event_delivered_three_times_and_as_message_and_mention_gives_one_reply(world: World) -> None:
    event = world.mention(LINK)
    body = world.event(event)
    both = [body, body, body, world.event({**event, "type": "message"})]
    await asyncio.gather(*(world.slack.deliver("events_api", payload) for payload in both))
    await answered(world)
    assert len(world.engine.checked) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": BOT_ID, "user": BOT},
        {"bot_id": "BOTHER", "user": "UOTHER"},
        {"subtype": "bot_message", "bot_id": "BOTHER"},
        {"subtype": "channel_join"},
    ],
)
async def test_bots_and_notices_are_not_listened_to(world: World, more: Payload) -> None:
    await world.slack.deliver("events_api", world.event({**world.message(f"<@{BOT}> {LINK}"), **more}))
    assert await world.store.requests.open_ids() == ()
    assert world.slack.posts() == []


async def test_an_edited_message_offers_to_check_it_again(world: World) -> None:
    event = world.mention(LINK)
    await world.slack.deliver("events_api", world.event(event))
    await answered(world)
    other = "https://news.example/other"
    before = world.slack.messages[event["ts"]]
    after = {**before, "text": f"<@{BOT}> {other}", "edited": {"user": "U1", "ts": "9.9"}}
    world.slack.messages[event["ts"]] = after
    changed = {
        "type": "message",
        "subtype": "message_changed",
        "channel": "C1",
        "message": after,
        "previous_message": before,
    }
    await world.slack.deliver("events_api", world.event(changed))
    await world.slack.until(lambda: world.slack.ephemerals)
    (offer,) = world.slack.ephemerals
    (button,) = offer["blocks"][-1]["elements"]
    click = world.click(button, {"ts": "8.8", "channel": "C1"}, private=True)
    await world.slack.deliver("interactive", click)
    await world.slack.until(lambda: len(world.slack.posts()) == 2)
    await world.settled()
    assert world.engine.read == [LINK, other]


DELETED: Payload = {"subtype": "message_deleted", "deleted_ts": "TS"}
# What Slack tells of a deleted message that has answers, as ours has once its placeholder stands.
TOMBSTONE: Payload = {
    "subtype": "message_changed",
    "message": {"type": "message", "subtype": "tombstone", "ts": "TS", "user": "USLACKBOT", "text": "Gone."},
    "previous_message": {"type": "message", "ts": "TS", "user": "U1", "text": LINK},
}


@pytest.mark.parametrize("how", [DELETED, TOMBSTONE])
async def test_a_deleted_message_is_cancelled_quietly(world: World, how: Payload) -> None:
    world.engine.going.clear()
    event = world.mention(LINK)
    await world.slack.deliver("events_api", world.event(event))
    await world.slack.until(world.slack.posts)
    deleted = json.loads(json.dumps(how).replace('"TS"', f'"{event["ts"]}"'))
    await world.slack.deliver("events_api", world.event({"type": "message", "channel": "C1", **deleted}))
    await world.slack.until(lambda: not world.slack.posts())
    world.engine.going.set()
    await world.settled()
    assert await world.state(f"slack:T1:C1:{event['ts']}") is RequestState.CANCELLED
    assert world.slack.posts() == []
    assert world.slack.ephemerals == []


@pytest.mark.parametrize(
    ("told_by_slack", "reach"),
    [
        ({"is_channel": True}, Reach.PUBLIC),
        ({"is_channel": True, "is_private": True}, Reach.PRIVATE),
        ({"is_channel": True, "is_ext_shared": True}, Reach.SHARED),
        ({"is_channel": True, "is_private": True, "is_ext_shared": True}, Reach.SHARED),
        ({"is_channel": True, "is_org_shared": True}, Reach.SHARED),
        ({"is_mpim": True}, Reach.DIRECT),
        ({"is_mpim": True, "is_ext_shared": True}, Reach.SHARED),
        ({}, Reach.PRIVATE),
    ],
)
async def test_who_reads_along_is_what_slack_says_of_the_channel(
    world: World, told_by_slack: Payload, reach: Reach
) -> None:
    world.slack.channels["C1"] = told_by_slack
    event = world.mention(LINK)
    await world.slack.deliver("events_api", world.event(event))
    await world.settled()
    assert (await world.store.requests.load(f"slack:T1:C1:{event['ts']}")).place.reach is reach


async def test_a_channel_that_slack_does_not_show_counts_as_one_where_strangers_read_along(world: World) -> None:
    world.slack.faults["conversations.info"] = [Fault(error="missing_scope")]
    event = world.mention(LINK)
    await world.slack.deliver("events_api", world.event(event))
    await world.settled()
    assert (await world.store.requests.load(f"slack:T1:C1:{event['ts']}")).place.reach is Reach.SHARED


async def test_every_way_in_gives_the_same_stored_report(world: World) -> None:
    await set_channel(world, settings=ChannelSettings(auto_check=AutoCheck.LINKS))
    message = world.slack.say("C1", world.ts(), LINK, user="U2")
    linked = world.slack.say("C1", world.ts(), LINK, user="U2")
    item = {"type": "message", "channel": "C1", "ts": linked["ts"]}
    await world.slack.deliver("events_api", world.event(world.mention(LINK)))
    await world.settled()
    await world.slack.deliver("events_api", world.event(world.message(f"<{LINK}>")))
    await world.slack.deliver("slash_commands", world.command(LINK))
    await world.slack.deliver("interactive", world.shortcut(message))
    await world.slack.deliver(
        "events_api", world.event({"type": "reaction_added", "user": "U1", "reaction": "mag", "item": item})
    )
    await world.settled()
    assert len(world.slack.posts()) == 5
    kept = [json.loads(line) async for line in world.store.keeping.export("slack:T1")]
    assert [row["report_id"] for row in kept if row["kind"] == "shown"] == [1] * 5
    assert world.engine.checked == [LINK]
