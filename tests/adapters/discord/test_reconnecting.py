"""Connections that drop, resume, begin anew and come back after a while; several shards; a token that is refused."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import create_autospec

import discord
import pytest

from adapters.discord import adapter as adapter_module
from adapters.discord.adapter import TokenRefused
from adapters.discord.catching_up import Seen
from adapters.discord.doors import Doors
from tests.adapters.discord.conftest import MENTION, Desk, ended
from tests.adapters.discord.limits import displayed
from tests.adapters.discord.world import BOT

LINK = "https://news.example/story"


@pytest.mark.parametrize("resumable", [True, False])
@pytest.mark.asyncio
async def test_a_connection_that_drops_mid_check_costs_nothing_and_doubles_nothing(
    desk: Desk, *, resumable: bool
) -> None:
    desk.clerk.gate.clear()
    desk.server.gateway.resumable = resumable
    async with desk.connected():
        asked = await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        await desk.server.until(lambda: desk.server.own(thread) if (thread := desk.server.thread_on(asked)) else None)
        await desk.server.gateway.drop()
        missed = await desk.server.say(desk.channel, desk.bob, f"{MENTION} {LINK}/2", quietly=not resumable)
        desk.clerk.gate.set()
        await desk.answered(2)
    for message in (asked, missed):
        thread = desk.server.thread_on(message)
        assert thread is not None
        (report,) = desk.server.own(thread)
        assert "4 claims" in displayed(report)
    assert desk.server.gateway.resumed == int(resumable)


@pytest.mark.asyncio
async def test_what_was_asked_while_the_process_was_away_is_answered_once(desk: Desk) -> None:
    thread = desk.server.add_thread(desk.channel, "Elections")
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}/1")
        await desk.answered()
    await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}/2", quietly=True)
    await desk.server.say(thread, desk.bob, f"{MENTION} {LINK}/3", quietly=True)
    await desk.server.say(desk.channel, desk.bob, f"no mention {LINK}", quietly=True)
    for _ in range(2):
        async with desk.connected():
            await desk.answered(3)
    assert sorted(one.request.message[-1] for one in desk.clerk.requests.values()) == ["1", "2", "3"]
    assert json.loads(desk.seen_file.read_text())


@pytest.mark.asyncio
async def test_what_somebody_known_wrote_to_it_alone_while_it_was_away_is_answered_once(desk: Desk) -> None:
    direct, channel = desk.server.add_direct(desk.ada), desk.server.add_direct(desk.bob)
    async with desk.connected():
        await desk.server.say(direct, desk.ada, f"{LINK}/1")
        await desk.answered()
    await desk.server.say(direct, desk.ada, f"{LINK}/2", quietly=True)
    await desk.server.say(channel, desk.bob, f"{LINK}/3", quietly=True)  # of whom it cannot know
    for _ in range(2):
        async with desk.connected():
            await desk.answered(2)
    assert [one.request.message[-1] for one in desk.clerk.requests.values()] == ["1", "2"]
    assert {one.place.tenant for one in desk.clerk.requests.values()} == {f"discord:@me-{desk.ada['id']}"}


@pytest.mark.asyncio
async def test_a_process_that_ends_while_it_catches_up_looks_again_from_where_it_began(desk: Desk) -> None:
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}/1")
        await desk.answered()
    await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}/2", quietly=True)
    holding = desk.server.rest.hold("GET", r"/messages$")
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}/3")
        await desk.answered(2)
    holding.set()
    async with desk.connected():
        await desk.answered(3)
    assert sorted(one.request.message[-1] for one in desk.clerk.requests.values()) == ["1", "2", "3"]


@pytest.mark.asyncio
async def test_at_the_very_first_start_nothing_old_is_dug_up(desk: Desk) -> None:
    await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}/old", quietly=True)
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}/new")
        await desk.answered()
    assert [one.request.message for one in desk.clerk.requests.values()] == [f"{LINK}/new"]


@pytest.mark.asyncio
async def test_catching_up_is_bounded_to_a_hundred_messages_of_a_channel(desk: Desk) -> None:
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}/0")
        await desk.answered()
    for number in range(120):
        await desk.server.say(desk.channel, desk.ada, f"{number}", quietly=True)
    await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}/121", quietly=True)
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}/122")
        await desk.answered(2)
    assert [one.request.message[-4:] for one in desk.clerk.requests.values()] == ["ry/0", "/122"]


@pytest.mark.asyncio
async def test_two_shards_hear_two_servers(desk: Desk) -> None:
    desk.server.shards = 2
    other = desk.server.add_guild("Daily Bugle", bot_may=-1, id_=desk.guild + (1001 << 22))  # odd: the other shard
    channel = desk.server.add_channel(other, "desk")
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        await desk.server.say(channel, desk.bob, f"{MENTION} {LINK}")
        await desk.answered(2)
    assert {one.place.tenant for one in desk.clerk.requests.values()} == {desk.tenant, f"discord:{other}"}
    assert len(desk.server.gateway.identified) == 2


@pytest.mark.parametrize("resumable", [True, False])
@pytest.mark.asyncio
async def test_a_connection_that_is_being_made_anew_is_trouble_until_it_is_there(
    desk: Desk, *, resumable: bool
) -> None:
    gateway = desk.server.gateway
    gateway.resumable = resumable
    async with desk.connected() as adapter:
        assert adapter.trouble == ""
        gateway.willing.clear()
        await gateway.drop()
        await desk.server.until(lambda: gateway.knocking)
        assert adapter.trouble == "There is no connection to Discord at the moment."
        gateway.willing.set()
        await desk.server.until(lambda: adapter.trouble == "")
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        await desk.answered()


@pytest.mark.asyncio
async def test_asked_to_end_while_it_connects_anew_it_ends(desk: Desk) -> None:
    gateway = desk.server.gateway
    async with desk.connected():
        gateway.willing.clear()
        gateway.mute = True
        await gateway.drop()
        await desk.server.until(lambda: gateway.knocking)


@pytest.mark.asyncio
async def test_an_adapter_that_is_not_connected_yet_or_no_more_is_in_trouble(desk: Desk) -> None:
    gateway = desk.server.gateway
    gateway.willing.clear()
    adapter = desk.open_adapter(desk.book)
    assert adapter.trouble
    serving = asyncio.create_task(adapter.serve(desk.clerk))
    await desk.server.until(lambda: gateway.knocking)
    assert adapter.trouble
    gateway.willing.set()
    await desk.server.until(lambda: adapter.trouble == "")
    await ended(serving)
    assert adapter.trouble


@pytest.mark.asyncio
async def test_one_shard_of_two_that_is_away_is_trouble_too(desk: Desk) -> None:
    desk.server.shards = 2
    gateway = desk.server.gateway
    other = 1 - (desk.guild >> 22) % 2  # not the shard of the channel below
    async with desk.connected() as adapter:
        gateway.willing.clear()
        await gateway.drop(shard=other)
        await desk.server.until(lambda: gateway.knocking)
        assert adapter.trouble == "Connections to Discord that are lost at the moment: 1 of 2."
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        await desk.answered()
        gateway.willing.set()
        await desk.server.until(lambda: adapter.trouble == "")


@pytest.mark.asyncio
async def test_a_token_that_discord_refuses_ends_it_in_words(desk: Desk) -> None:
    desk.server.rest.fail_next("GET", r"/users/@me", status=401, body={"code": 0, "message": "401: Unauthorized"})
    with pytest.raises(TokenRefused, match="DISCORD_BOT_TOKEN"):
        async with desk.connected():
            pass


@pytest.mark.asyncio
async def test_a_token_that_is_withdrawn_ends_it_in_words(desk: Desk) -> None:
    adapter = desk.open_adapter(desk.book)
    serving = asyncio.create_task(adapter.serve(desk.clerk))
    await adapter.platform.line.client()
    await desk.server.gateway.drop(code=4004)
    with pytest.raises(TokenRefused):
        async with asyncio.timeout(20):
            await serving


@pytest.mark.asyncio
async def test_a_discord_that_does_not_take_leave_is_left(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[discord.AutoShardedClient] = []

    async def never(client: discord.AutoShardedClient) -> None:
        left.append(client)
        await asyncio.Event().wait()

    with monkeypatch.context() as patched:
        patched.setattr(adapter_module, "_CLOSE_WITHIN", 0.05)
        async with desk.connected():
            patched.setattr(discord.AutoShardedClient, "close", never)
    (client,) = left
    await client.close()


@pytest.mark.asyncio
async def test_a_discord_that_is_down_at_the_start_is_waited_for(desk: Desk) -> None:
    desk.server.rest.fail_next("GET", r"/users/@me", status=503)
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        await desk.answered()


def test_an_interaction_can_be_answered_for_fourteen_minutes() -> None:
    now = [0.0]
    doors = Doors(now=lambda: now[0])
    interaction = create_autospec(discord.Interaction, instance=True)
    doors.keep("1", interaction, awaited=True)
    now[0] = 839.0
    assert doors.find("1") is not None
    now[0] = 841.0
    assert doors.find("1") is None


def test_only_the_newest_thousand_interactions_are_kept() -> None:
    doors = Doors()
    interaction = create_autospec(discord.Interaction, instance=True)
    for number in range(1001):
        doors.keep(str(number), interaction, awaited=True)
    assert doors.find("0") is None
    assert doors.find("1000") is not None


@pytest.mark.asyncio
async def test_commands_are_registered_only_when_they_changed(desk: Desk) -> None:
    for _ in range(2):
        async with desk.connected():
            pass
    assert registrations(desk) == 1
    assert {command["name"] for command in desk.server.commands} == {
        "check", "sources", "history", "settings", "help", "Check claims",
    }  # fmt: skip
    assert all(command["integration_types"] == [0, 1] for command in desk.server.commands)
    assert all(command["contexts"] == [0, 1, 2] for command in desk.server.commands)
    desk.server.commands[0]["description"] = "something else"
    async with desk.connected():
        pass
    assert registrations(desk) == 2


@pytest.mark.asyncio
async def test_commands_that_cannot_be_registered_do_not_keep_it_from_serving(desk: Desk) -> None:
    desk.server.rest.fail_next("PUT", r"/commands$", status=403, body={"code": 50001, "message": "Missing Access"})
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        await desk.answered()


@pytest.mark.parametrize("content", ["", "[]", "{", '{"0": "x"}', '{"direct": 5}', '{"0": null}'])
def test_a_broken_note_of_the_last_message_is_as_good_as_none(desk_file: Seen, content: str) -> None:
    assert desk_file.file is not None
    desk_file.file.write_text(content)
    desk_file.load()
    assert desk_file.since(0) is None


def test_where_people_write_to_it_alone_is_remembered_the_newest_hundred(desk_file: Seen) -> None:
    desk_file.note(0, 50)
    for channel in (*range(101), 1):
        desk_file.note_direct(channel)
    desk_file.save()
    again = Seen(file=desk_file.file)
    again.load()
    assert again.direct == (1, *range(100, 1, -1))
    assert again.since(0) == 50


def test_of_two_processes_that_share_the_note_the_one_that_saw_less_takes_nothing_back(desk_file: Seen) -> None:
    other = Seen(file=desk_file.file)
    for seen, message in ((desk_file, 10), (other, 10)):
        seen.note(0, message)
        seen.save()
    desk_file.note(0, 50)
    desk_file.note_direct(7)
    desk_file.save()
    other.note_direct(8)
    other.save()
    again = Seen(file=desk_file.file)
    again.load()
    assert again.since(0) == 50
    assert set(again.direct) == {7, 8}


def test_a_note_that_several_write_side_by_side_is_never_torn(desk_file: Seen) -> None:
    assert desk_file.file is not None

    def write(shard: int) -> None:
        seen = Seen(file=desk_file.file)
        for message in range(1, 100):
            seen.note(shard, message * 10**shard)
            seen.save()

    desk_file.note(0, 1)
    desk_file.save()
    with ThreadPoolExecutor() as writers:
        writing = [writers.submit(write, shard) for shard in range(0, 18, 6)]
        while not all(one.done() for one in writing):
            assert json.loads(desk_file.file.read_text())["0"] >= 1
        for one in writing:
            one.result()
    assert [path.name for path in desk_file.file.parent.iterdir()] == [desk_file.file.name]


def test_a_shard_that_is_new_looks_back_as_far_as_the_one_that_saw_least(desk_file: Seen) -> None:
    desk_file.note(0, 50)
    desk_file.note(1, 20)
    desk_file.note(1, 10)
    assert (desk_file.since(0), desk_file.since(1), desk_file.since(2)) == (50, 20, 20)


def registrations(desk: Desk) -> int:
    return sum(call.method == "PUT" and call.path == f"/applications/{BOT}/commands" for call in desk.server.calls)
