"""The slash command and the shortcut where something is in the way: whoever asks is told, and nobody else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.adapters.slack.budgets import texts_in
from tests.adapters.slack.slack_server import BOT, BOT_ID, Fault, Payload
from tests.adapters.slack.world import LINK, TEXT, World, open_world

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


def told(message: Payload) -> str:
    return "\n".join(texts_in(message.get("blocks", [])))


async def response(world: World) -> str:
    await world.slack.until(lambda: world.slack.responses)
    return told(world.slack.responses[0])


async def test_the_shortcut_on_our_own_answer_says_so(world: World) -> None:
    for more in ({"user": BOT}, {"user": "U5", "bot_id": BOT_ID}):
        message = world.slack.say("C1", world.ts(), TEXT)
        await world.slack.deliver("interactive", world.shortcut({**message, **more}))
        assert "my own answer" in await response(world)
        world.slack.responses.clear()
    assert await world.store.requests.open_ids() == ()


@pytest.mark.parametrize(
    ("message", "words"),
    [({"text": ""}, "did not find anything to check"), ({"text": "", "files": [{"name": "a.png"}]}, "none of those")],
)
async def test_the_shortcut_on_nothing_says_so(world: World, message: Payload, words: str) -> None:
    complete = {"type": "message", "channel": "C1", "ts": "1700000000.000009", "user": "U2", **message}
    await world.slack.deliver("interactive", world.shortcut(complete))
    await world.slack.until(lambda: world.slack.ephemerals)
    assert words in told(world.slack.ephemerals[0])


async def test_a_command_in_a_conversation_of_two_others_is_answered_by_direct_message(world: World) -> None:
    world.slack.faults["chat.postMessage"] = [Fault(error="channel_not_found")]
    await world.slack.deliver("slash_commands", world.command(LINK, channel="D9", channel_name="directmessage"))
    await world.settled()
    (post,) = world.slack.posts()
    assert post["channel"] == "DU1"


async def test_a_command_in_a_channel_without_us_tells_how_to_invite_us(world: World) -> None:
    world.slack.faults["chat.postMessage"] = [Fault(error="not_in_channel")]
    world.slack.faults["chat.postEphemeral"] = [Fault(error="not_in_channel")]
    await world.slack.deliver("slash_commands", world.command(LINK))
    await world.settled()
    (post,) = world.slack.posts("DU1")
    assert "/invite @claimcheck" in told(post)


async def test_an_export_by_command_comes_as_a_direct_message(world: World) -> None:
    await world.slack.deliver("slash_commands", world.command(LINK))
    await world.settled()
    await world.slack.deliver("slash_commands", world.command("export csv"))
    await world.slack.until(lambda: world.slack.shared)
    assert world.slack.shared[0]["channel_id"] == "DU1"


async def test_a_command_that_cannot_be_done_says_why(world: World) -> None:
    await world.slack.deliver("slash_commands", world.command("why 3"))
    assert await response(world)
    assert world.slack.posts() == []
