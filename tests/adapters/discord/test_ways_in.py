import pytest

from bot.access import Reach
from tests.adapters.discord.conftest import MENTION, Desk
from tests.adapters.discord.limits import displayed

LINK = "https://news.example/story"


@pytest.mark.asyncio
async def test_a_mention_is_answered_in_a_thread_on_the_message(desk: Desk) -> None:
    async with desk.connected():
        asked = await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        await desk.answered()
    (incoming,) = desk.clerk.requests.values()
    assert incoming.request.message == LINK
    assert incoming.place.tenant == desk.tenant
    assert incoming.place.channel == str(desk.channel.id)
    assert incoming.place.reach is Reach.PUBLIC
    assert incoming.asker.id == desk.ada["id"]
    thread = desk.server.thread_on(asked)
    assert thread is not None
    assert thread.data["name"].startswith("Claim check: Putin crisis")
    assert len(thread.data["name"]) <= 100
    (report,) = desk.server.own(thread)
    assert "4 claims" in displayed(report)
    assert "Safe line" in displayed(report)
    assert desk.server.own(desk.channel) == []
