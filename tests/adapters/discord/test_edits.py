"""Messages that say something else after they were answered: an offer, once, and the check of the new version."""

import pytest

from handlers.posting import WHISPERED
from tests.adapters.discord.conftest import MENTION, Desk
from tests.adapters.discord.limits import displayed
from tests.adapters.discord.world import Channel, Json

LINK = "https://news.example/story"


async def answered_in(desk: Desk, channel: Channel, *, words: str = f"{MENTION} {LINK}") -> tuple[Json, Channel]:
    """A message that was answered, and where."""
    asked = await desk.server.say(channel, desk.ada, words)
    await desk.answered()
    return asked, desk.server.thread_on(asked) or channel


def offer_in(desk: Desk, where: Channel) -> Json | None:
    """The offer to check again, once it stands there."""
    return next((one for one in desk.server.own(where) if "something else now" in one["content"]), None)


def button_of(offer: Json) -> str:
    ((button,),) = [row["components"] for row in offer["components"]]
    assert button["label"] == "Check the new version"
    return str(button["custom_id"])


async def click(desk: Desk, place: Channel, offer: Json) -> str:
    """Take the offer up; what the person who does is told."""
    told = await desk.server.click(place, desk.ada, button_of(offer), on=offer)
    words: str = await desk.server.until(lambda: told["answers"] and displayed(told["answers"][0]))
    return words


@pytest.mark.parametrize("where", ["a channel", "a thread", "a forum post", "alone"])
@pytest.mark.asyncio
async def test_the_new_version_is_offered_below_the_answer_and_checked_once(desk: Desk, where: str) -> None:
    forum = desk.server.add_channel(desk.guild, "tips", kind=15)
    channel = {
        "a channel": desk.channel,
        "a thread": desk.server.add_thread(desk.channel, "Elections"),
        "a forum post": desk.server.add_thread(forum, "A tip"),
        "alone": desk.server.add_direct(desk.ada),
    }[where]
    async with desk.connected():
        asked, place = await answered_in(desk, channel)
        await desk.server.edit(channel, asked, f"{MENTION} {LINK}/2")
        offer = await desk.server.until(lambda: offer_in(desk, place))
    assert offer is not None
    async with desk.connected():  # a process that knows nothing of the offer
        said = [await click(desk, place, offer) for _ in range(2)]
        await desk.answered(2)
    first, second = desk.clerk.requests.values()
    assert first.request.message == LINK
    assert second.request.message == f"Check: {LINK}/2"
    assert (second.place.tenant, second.place.channel) == (first.place.tenant, first.place.channel)
    assert ["already" in words for words in said] == [False, True]


@pytest.mark.asyncio
async def test_what_discord_adds_to_a_message_is_no_edit_and_one_edit_makes_one_offer(desk: Desk) -> None:
    async with desk.connected():
        asked, place = await answered_in(desk, desk.channel)
        event = desk.server.event_of(desk.channel, asked)
        await desk.server.gateway.tell("MESSAGE_UPDATE", event)  # a preview of the link
        await desk.server.edit(desk.channel, asked, f"{MENTION} {LINK}/2", seconds_ago=3600)  # a thread, long after
        for _ in range(2):
            await desk.server.gateway.tell("MESSAGE_UPDATE", desk.server.event_of(desk.channel, asked))
        await desk.server.edit(desk.channel, asked, f"{MENTION} {LINK}/2")
        await desk.server.gateway.tell("MESSAGE_UPDATE", desk.server.event_of(desk.channel, asked))
        await desk.server.until(lambda: offer_in(desk, place))
        await desk.server.say(desk.channel, desk.bob, f"{MENTION} {LINK}/3")
        await desk.answered(2)
    assert len(desk.server.own(place)) == 2


@pytest.mark.asyncio
async def test_nothing_is_offered_where_nothing_was_answered_or_one_person_alone(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    async with desk.connected():
        talk = await desk.server.say(desk.channel, desk.bob, "hello")
        await desk.server.edit(desk.channel, talk, f"hello, {MENTION}")
        asked, _ = await answered_in(desk, desk.channel)
        desk.clerk.done = dict.fromkeys(desk.clerk.done, WHISPERED)
        await desk.server.edit(desk.channel, asked, f"{MENTION} {LINK}/2")
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}/3")
        await desk.answered(2)
    assert [call for call in desk.server.calls if "something else now" in str(call.body)] == []
    assert "a defect" not in caplog.text


@pytest.mark.asyncio
async def test_a_message_that_cannot_be_seen_any_more_is_told_to_who_clicked(desk: Desk) -> None:
    async with desk.connected():
        asked, place = await answered_in(desk, desk.channel)
        await desk.server.edit(desk.channel, asked, f"{MENTION} {LINK}/2")
        offer = await desk.server.until(lambda: offer_in(desk, place))
        assert offer is not None
        del desk.channel.messages[int(asked["id"])]
        said = await click(desk, place, offer)
    assert "gone" in said
    assert len(desk.clerk.requests) == 1
