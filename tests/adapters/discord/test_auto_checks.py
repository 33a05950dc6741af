"""Checking links unasked, which needs Discord's permission to read: asked for when wanted, and told when refused."""

import pytest

from bot.store.records import AutoCheck
from tests.adapters.discord.clerk import settings_reply
from tests.adapters.discord.conftest import MENTION, Desk
from tests.adapters.discord.limits import displayed
from tests.adapters.discord.test_clicks import told

HINT = "Message Content Intent"


@pytest.mark.asyncio
async def test_turning_auto_check_on_connects_anew_with_the_content_of_messages(desk: Desk) -> None:
    desk.server.content_allowed = True
    desk.clerk.act_reply = settings_reply
    content = 1 << 15
    async with desk.connected():
        assert not desk.server.gateway.identified[-1] & content, "it is asked for only when some channel wants it"
        desk.book.set(desk.tenant, str(desk.channel.id), auto_check=AutoCheck.LINKS)
        await desk.server.command(desk.channel, desk.ada, "settings")
        await desk.server.until(lambda: desk.server.gateway.identified[-1] & content)
        await desk.server.until(lambda: desk.server.gateway.sessions)
        await desk.server.say(desk.channel, desk.bob, "https://news.example/story")
        await desk.answered()


@pytest.mark.asyncio
async def test_where_the_intent_is_missing_the_settings_say_so(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.clerk.act_reply = settings_reply
    desk.book.set(desk.tenant, str(desk.channel.id), auto_check=AutoCheck.LINKS)
    async with desk.connected():
        known = await desk.server.command(desk.channel, desk.ada, "settings")
        await told(desk, known, "Message Content Intent")
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} https://news.example/story")
        await desk.answered()
    assert "Message Content Intent" in caplog.text


@pytest.mark.asyncio
async def test_who_turns_auto_check_on_hears_at_once_that_the_intent_is_missing(desk: Desk) -> None:
    desk.clerk.act_reply = settings_reply
    async with desk.connected():
        desk.book.set(desk.tenant, str(desk.channel.id), auto_check=AutoCheck.LINKS)
        known = await desk.server.command(desk.channel, desk.ada, "settings", name="auto-check", value="links")
        await told(desk, known, HINT)
        await desk.server.until(lambda: len(desk.server.gateway.identified) > 1)  # it tried, and does without
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} https://news.example/story")
        await desk.answered()
    assert desk.server.own(desk.channel) == [], "who asked was told; nobody else needs to be"


@pytest.mark.asyncio
async def test_a_channel_that_wants_it_by_a_message_is_told_there_once(desk: Desk) -> None:
    before = desk.server.add_channel(desk.guild, "archive")
    desk.book.set(desk.tenant, str(before.id), auto_check=AutoCheck.LINKS)
    async with desk.connected(look_every=0.05):
        desk.book.set(desk.tenant, str(desk.channel.id), auto_check=AutoCheck.LINKS)
        await desk.server.until(lambda: desk.server.own(desk.channel))
        desk.book.set(desk.tenant, str(before.id), auto_check=AutoCheck.OFF)
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} https://news.example/story")
        await desk.answered()
    (word,) = desk.server.own(desk.channel)
    assert HINT in displayed(word)
    assert desk.server.own(before) == []


@pytest.mark.asyncio
async def test_the_answer_to_a_setting_goes_out_before_the_connection_is_made_anew(desk: Desk) -> None:
    desk.server.content_allowed = True
    desk.clerk.act_reply = settings_reply
    async with desk.connected():
        desk.book.set(desk.tenant, str(desk.channel.id), auto_check=AutoCheck.LINKS)
        holding = desk.server.rest.hold("PATCH", r"/messages/@original$")
        known = await desk.server.command(desk.channel, desk.ada, "settings")
        await desk.server.until(lambda: desk.server.rest.waiting)
        assert len(desk.server.gateway.identified) == 1
        holding.set()
        await told(desk, known)
        await desk.server.until(lambda: len(desk.server.gateway.identified) == 2)
