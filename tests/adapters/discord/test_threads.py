"""What the service does on Discord: post, edit, find, whisper, take back; and how it fails."""

from dataclasses import replace

import pytest

from adapters.discord.adapter import DiscordAdapter
from bot.access import Place, Reach
from bot.errors import CannotPost, LookupRefused, TryLater
from handlers.reply import Notice, Reply, ReplyFile
from handlers.thread import Thread
from tests.adapters.chat.replies import seed_card
from tests.adapters.discord.clerk import PLACEHOLDER, marker_of
from tests.adapters.discord.conftest import Desk
from tests.adapters.discord.limits import buttons_of, displayed
from tests.adapters.discord.world import Json

MARKER = marker_of("discord:1:2:3")
REPORT = Reply(parts=(seed_card(),))
VIEW, SEND, ATTACH, HISTORY, OPEN, IN_THREADS = (1 << bit for bit in (10, 11, 15, 16, 35, 38))


async def ask(desk: Desk, adapter: DiscordAdapter) -> tuple[Json, Thread]:
    """A message in the channel, and the thread in which it is answered."""
    asked = await desk.server.say(desk.channel, desk.ada, "hello", quietly=True)
    return asked, adapter.platform.open_thread(place_of(desk, asked))


def place_of(desk: Desk, asked: Json, *, thread: int | None = None) -> Place:
    return Place(
        tenant=desk.tenant, channel=str(desk.channel.id), message=asked["id"], reach=Reach.PUBLIC,
        thread=str(thread) if thread else None,
    )  # fmt: skip


@pytest.mark.asyncio
async def test_posting_twice_with_one_marker_leaves_one_message(desk: Desk) -> None:
    async with desk.connected() as adapter:
        asked, thread = await ask(desk, adapter)
        first = await thread.post(PLACEHOLDER, marker=MARKER)
        second = await thread.post(PLACEHOLDER, marker=MARKER)
    opened = desk.server.thread_on(asked)
    assert opened is not None
    assert first == second == f"{opened.id}/{next(iter(opened.messages))}"


@pytest.mark.asyncio
async def test_a_post_is_found_by_its_marker_long_after_discord_forgot_the_nonce(desk: Desk) -> None:
    async with desk.connected() as adapter:
        asked, thread = await ask(desk, adapter)
        assert await thread.find(MARKER) is None
        posted = await thread.post(PLACEHOLDER, marker=MARKER)
    desk.server.nonces.clear()
    async with desk.connected() as adapter:
        again = adapter.platform.open_thread(place_of(desk, asked))
        assert await again.find(MARKER) == posted
        assert await again.find(marker_of("another request")) is None


@pytest.mark.asyncio
async def test_without_the_right_to_open_threads_it_replies_to_the_message(desk: Desk) -> None:
    desk.channel.bot_may &= ~OPEN
    async with desk.connected() as adapter:
        asked, thread = await ask(desk, adapter)
        posted = await thread.post(PLACEHOLDER, marker=MARKER)
        assert await thread.find(MARKER) == posted
        await thread.edit(posted, REPORT)
    (report,) = desk.server.own(desk.channel)
    assert str(report["message_reference"]["message_id"]) == asked["id"]
    assert "4 claims" in displayed(report)


@pytest.mark.asyncio
async def test_a_thread_that_is_there_already_is_used(desk: Desk) -> None:
    async with desk.connected() as adapter:
        asked, thread = await ask(desk, adapter)
        opened = desk.server.add_thread(desk.channel, "Talk", id_=int(asked["id"]))
        await thread.post(PLACEHOLDER, marker=MARKER)
        await thread.edit(f"{opened.id}/{next(iter(opened.messages))}", REPORT)
    assert len(desk.server.own(opened)) == 1
    assert opened.data["name"] == "Talk", "a thread that others named keeps its name"


@pytest.mark.asyncio
async def test_the_same_edit_twice_is_the_same_as_once_files_too(desk: Desk) -> None:
    file = ReplyFile(name="report.md", text="# Report", caption="Here it is.")
    async with desk.connected() as adapter:
        asked, thread = await ask(desk, adapter)
        posted = await thread.post(PLACEHOLDER, marker=MARKER)
        for _ in range(2):
            await thread.edit(posted, Reply(parts=(file,)))
    opened = desk.server.thread_on(asked)
    assert opened is not None
    (message,) = desk.server.own(opened)
    assert [one["filename"] for one in message["attachments"]] == ["report.md"]
    assert "Reading" not in displayed(message)


@pytest.mark.asyncio
async def test_an_archived_thread_is_opened_again_for_an_edit(desk: Desk) -> None:
    async with desk.connected() as adapter:
        asked, thread = await ask(desk, adapter)
        posted = await thread.post(PLACEHOLDER, marker=MARKER)
        opened = desk.server.thread_on(asked)
        assert opened is not None
        opened.data["thread_metadata"]["archived"] = True
        await thread.edit(posted, REPORT)
    assert "4 claims" in displayed(desk.server.own(opened)[0])


@pytest.mark.asyncio
async def test_a_locked_thread_is_told_with_its_fix(desk: Desk) -> None:
    async with desk.connected() as adapter:
        asked, thread = await ask(desk, adapter)
        posted = await thread.post(PLACEHOLDER, marker=MARKER)
        opened = desk.server.thread_on(asked)
        assert opened is not None
        opened.data["thread_metadata"] |= {"archived": True, "locked": True}
        with pytest.raises(CannotPost, match="unlock"):
            await thread.edit(posted, REPORT)


@pytest.mark.parametrize(
    ("missing", "fix"),
    [(VIEW, "View Channel"), (SEND | OPEN, "Send Messages"), (IN_THREADS, "Send Messages in Threads")],
)
@pytest.mark.asyncio
async def test_a_missing_permission_is_told_by_name(desk: Desk, missing: int, fix: str) -> None:
    desk.channel.bot_may &= ~missing
    async with desk.connected() as adapter:
        _, thread = await ask(desk, adapter)
        with pytest.raises(CannotPost, match=fix):
            await thread.post(PLACEHOLDER, marker=MARKER)


@pytest.mark.asyncio
async def test_a_message_that_was_deleted_is_not_answered_in_the_channel(desk: Desk) -> None:
    async with desk.connected() as adapter:
        asked, thread = await ask(desk, adapter)
        await desk.server.delete(desk.channel, asked)
        with pytest.raises(CannotPost, match="deleted"):
            await thread.post(PLACEHOLDER, marker=MARKER)
    assert desk.channel.messages == {}


@pytest.mark.asyncio
async def test_a_server_that_sent_it_away_is_told_as_such(desk: Desk) -> None:
    async with desk.connected() as adapter:
        asked, _ = await ask(desk, adapter)
        elsewhere = adapter.platform.open_thread(replace(place_of(desk, asked), tenant="discord:12345"))
        with pytest.raises(CannotPost, match="no longer a member"):
            await elsewhere.post(PLACEHOLDER, marker=MARKER)


@pytest.mark.asyncio
async def test_our_own_message_that_was_deleted_cannot_be_edited(desk: Desk) -> None:
    async with desk.connected() as adapter:
        asked, thread = await ask(desk, adapter)
        posted = await thread.post(PLACEHOLDER, marker=MARKER)
        opened = desk.server.thread_on(asked)
        assert opened is not None
        opened.messages.clear()
        with pytest.raises(CannotPost, match="gone"):
            await thread.edit(posted, REPORT)


@pytest.mark.asyncio
async def test_taking_back_what_is_gone_is_no_error(desk: Desk) -> None:
    async with desk.connected() as adapter:
        asked, thread = await ask(desk, adapter)
        posted = await thread.post(PLACEHOLDER, marker=MARKER)
        await thread.remove(posted)
        await thread.remove(posted)
    opened = desk.server.thread_on(asked)
    assert opened is not None
    assert opened.messages == {}


@pytest.mark.asyncio
async def test_a_search_without_the_right_to_read_back_is_refused(desk: Desk) -> None:
    desk.channel.bot_may &= ~HISTORY
    async with desk.connected() as adapter:
        _, thread = await ask(desk, adapter)
        with pytest.raises(LookupRefused):
            await thread.find(MARKER)


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        ({"status": 503}, None),
        ({"status": 429, "headers": {"Via": "1.1"}, "body": {"retry_after": 90.0, "global": False}}, 90.0),
        ({"status": 429}, None),
        ({"drop": True}, None),
    ],
)
@pytest.mark.asyncio
async def test_what_may_pass_is_asked_for_later(desk: Desk, fault: dict[str, object], seconds: float | None) -> None:
    desk.server.rest.fail_next("POST", r"/messages$", **fault)
    async with desk.connected() as adapter:
        asked, thread = await ask(desk, adapter)
        with pytest.raises(TryLater) as raised:
            await thread.post(PLACEHOLDER, marker=MARKER)
        assert raised.value.seconds == seconds
        await thread.post(PLACEHOLDER, marker=MARKER)
    opened = desk.server.thread_on(asked)
    assert opened is not None
    assert len(opened.messages) == 1


@pytest.mark.parametrize("status", [500, 502])
@pytest.mark.asyncio
async def test_a_fault_after_the_message_was_taken_does_not_double_it(desk: Desk, status: int) -> None:
    desk.server.rest.fail_next("POST", r"/messages$", status=status, after=True)
    async with desk.connected() as adapter:
        asked, thread = await ask(desk, adapter)
        await thread.post(PLACEHOLDER, marker=MARKER)
    opened = desk.server.thread_on(asked)
    assert opened is not None
    assert len(opened.messages) == 1


@pytest.mark.asyncio
async def test_a_short_pause_that_discord_asks_for_is_kept(desk: Desk) -> None:
    pause = {"status": 429, "headers": {"Via": "1.1"}, "body": {"retry_after": 0.05, "global": False}}
    desk.server.rest.fail_next("PATCH", r"/messages/", **pause)
    async with desk.connected() as adapter:
        asked, thread = await ask(desk, adapter)
        posted = await thread.post(PLACEHOLDER, marker=MARKER)
        await thread.edit(posted, REPORT)
    opened = desk.server.thread_on(asked)
    assert opened is not None
    assert "4 claims" in displayed(desk.server.own(opened)[0])


@pytest.mark.asyncio
async def test_where_the_new_layout_is_refused_embeds_say_the_same(desk: Desk) -> None:
    desk.server.rest.fail_next("POST", r"/messages$", status=400, body={"code": 50035, "message": "Invalid Form Body"})
    async with desk.connected() as adapter:
        asked, thread = await ask(desk, adapter)
        posted = await thread.post(REPORT, marker=MARKER)
        assert await thread.find(MARKER) == posted
        for _ in range(2):  # in full, and plainly
            desk.server.rest.fail_next(
                "PATCH", r"/messages/", status=400, body={"code": 50035, "message": "Invalid Form Body"}
            )
        await thread.edit(posted, REPORT)
    opened = desk.server.thread_on(asked)
    assert opened is not None
    (message,) = desk.server.own(opened)
    assert message["embeds"]
    assert "4 claims" in displayed(message)


@pytest.mark.asyncio
async def test_where_an_edit_is_refused_in_full_the_words_replace_the_placeholder(desk: Desk) -> None:
    async with desk.connected() as adapter:
        asked, thread = await ask(desk, adapter)
        posted = await thread.post(PLACEHOLDER, marker=MARKER)
        desk.server.rest.fail_next(
            "PATCH", r"/messages/", status=400, body={"code": 50035, "message": "Invalid Form Body"}
        )
        await thread.edit(posted, REPORT)
    opened = desk.server.thread_on(asked)
    assert opened is not None
    (message,) = desk.server.own(opened)
    assert "4 claims" in displayed(message)
    assert "Show all 4 claims" in buttons_of(message)
    assert "Reading" not in displayed(message)


@pytest.mark.asyncio
async def test_a_whisper_goes_to_the_person_and_is_not_said_twice(desk: Desk) -> None:
    direct = desk.server.add_direct(desk.ada)
    async with desk.connected() as adapter:
        _, thread = await ask(desk, adapter)
        word = Reply(parts=(Notice(text="For you alone."),))
        await thread.whisper(desk.ada["id"], word)
        await thread.whisper(desk.ada["id"], word)
        await thread.whisper(desk.ada["id"], Reply(parts=(Notice(text="Something else."),)))
    assert [displayed(one) for one in desk.server.own(direct)] == ["For you alone.", "Something else."]
    assert desk.server.own(desk.channel) == []


@pytest.mark.asyncio
async def test_a_person_who_takes_no_direct_messages_is_a_reason_in_words(desk: Desk) -> None:
    desk.server.add_direct(desk.ada)
    desk.server.rest.fail_next("POST", r"/messages$", status=403, body={"code": 50007, "message": "Cannot send"})
    async with desk.connected() as adapter:
        _, thread = await ask(desk, adapter)
        with pytest.raises(CannotPost, match="direct messages"):
            await thread.whisper(desk.ada["id"], PLACEHOLDER)


@pytest.mark.asyncio
async def test_a_thread_keeps_its_name_where_discord_does_not_let_it_be_changed(desk: Desk) -> None:
    desk.server.rest.fail_next("PATCH", r"/channels/\d+$", status=403, body={"code": 50013, "message": "no"})
    async with desk.connected() as adapter:
        asked, thread = await ask(desk, adapter)
        posted = await thread.post(PLACEHOLDER, marker=MARKER)
        await thread.edit(posted, REPORT)
    opened = desk.server.thread_on(asked)
    assert opened is not None
    assert "4 claims" in displayed(desk.server.own(opened)[0])


@pytest.mark.asyncio
async def test_a_long_report_is_attached_rather_than_cut(desk: Desk) -> None:
    card = seed_card()
    line = replace(card.key[0], claim="word " * 300)
    long = replace(card, key=tuple(replace(line, id=f"c{number}") for number in range(1, 30)))
    async with desk.connected() as adapter:
        asked, thread = await ask(desk, adapter)
        posted = await thread.post(PLACEHOLDER, marker=MARKER)
        await thread.edit(posted, Reply(parts=(long,)))
    opened = desk.server.thread_on(asked)
    assert opened is not None
    (message,) = desk.server.own(opened)
    (file,) = message["attachments"]
    text = desk.server.cdn[file["url"].removeprefix(desk.server.base)].decode()
    assert text.count("word word") >= 29
