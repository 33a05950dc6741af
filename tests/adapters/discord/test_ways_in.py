"""Every way to ask on Discord, over the real library; what is asked, where, by whom, and that it is asked once."""

import pytest

from bot.access import Reach
from bot.errors import NotNow, StoreUnavailable
from bot.store.records import AnswerWhere, AutoCheck
from handlers.commands import ChangeSetting, SayHelp, ShowHistory, ShowSources
from handlers.request import Incoming
from tests.adapters.discord.conftest import MENTION, Desk
from tests.adapters.discord.limits import displayed
from tests.adapters.discord.world import Json

LINK = "https://news.example/story"


def only(desk: Desk) -> Incoming:
    (incoming,) = desk.clerk.requests.values()
    return incoming


@pytest.mark.asyncio
async def test_a_mention_is_answered_in_a_thread_on_the_message(desk: Desk) -> None:
    async with desk.connected():
        asked = await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        await desk.answered()
    incoming = only(desk)
    assert incoming.request.message == LINK
    assert incoming.place.tenant == desk.tenant
    assert incoming.place.channel == str(desk.channel.id)
    assert incoming.place.reach is Reach.PUBLIC
    assert incoming.asker.id == desk.ada["id"]
    thread = desk.server.thread_on(asked)
    assert thread is not None
    assert thread.data["name"].startswith("Claim check: Putin crisis")
    (report,) = desk.server.own(thread)
    assert "4 claims" in displayed(report)
    assert "Safe line" in displayed(report)
    assert desk.server.own(desk.channel) == []


@pytest.mark.asyncio
async def test_a_mention_inside_a_thread_is_answered_there(desk: Desk) -> None:
    thread = desk.server.add_thread(desk.channel, "Elections")
    async with desk.connected():
        asked = await desk.server.say(thread, desk.ada, f"{MENTION} why 1")
        await desk.answered()
    assert only(desk).place.thread == str(thread.id)
    assert only(desk).place.channel == str(desk.channel.id)
    (report,) = desk.server.own(thread)
    assert str(report["message_reference"]["message_id"]) == asked["id"]


@pytest.mark.asyncio
async def test_a_mention_in_a_forum_post_is_answered_in_the_post(desk: Desk) -> None:
    forum = desk.server.add_channel(desk.guild, "tips", kind=15)
    post = desk.server.add_thread(forum, "A tip")
    async with desk.connected():
        await desk.server.say(post, desk.ada, f"{MENTION} {LINK}")
        await desk.answered()
    assert only(desk).place.channel == str(forum.id)
    assert len(desk.server.own(post)) == 1


@pytest.mark.asyncio
async def test_an_empty_mention_in_a_thread_checks_the_message_the_thread_began_with(desk: Desk) -> None:
    desk.server.content_allowed = True
    start = await desk.server.say(desk.channel, desk.bob, f"Look at {LINK}", quietly=True)
    thread = desk.server.add_thread(desk.channel, "Look", id_=int(start["id"]))
    async with desk.connected():
        await desk.server.say(thread, desk.ada, MENTION)
        await desk.answered()
    assert only(desk).request.message == f"Check: Look at {LINK}"


@pytest.mark.asyncio
async def test_an_empty_mention_in_a_reply_checks_the_message_replied_to(desk: Desk) -> None:
    desk.server.content_allowed = True
    pointed = await desk.server.say(desk.channel, desk.bob, f"forget {LINK}", quietly=True)
    reference = {"message_id": pointed["id"], "channel_id": str(desk.channel.id), "guild_id": str(desk.guild)}
    hidden = pointed | {"content": ""}  # the gateway hides what REST shows
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, MENTION, message_reference=reference, referenced_message=hidden)
        await desk.answered()
    assert only(desk).request.message == f"Check: forget {LINK}", "what others say is never a command of the asker's"


@pytest.mark.asyncio
async def test_where_discord_hides_the_message_pointed_at_the_asker_hears_what_to_do(desk: Desk) -> None:
    pointed = await desk.server.say(desk.channel, desk.bob, LINK, quietly=True)
    reference = {"message_id": pointed["id"], "channel_id": str(desk.channel.id), "guild_id": str(desk.guild)}
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, MENTION, message_reference=reference)
        (refusal,) = await desk.server.until(lambda: desk.server.own(desk.channel))
    assert "Apps → Check claims" in displayed(refusal)
    assert desk.clerk.offered == []


@pytest.mark.asyncio
async def test_a_reply_to_the_bot_without_naming_it_is_talk(desk: Desk) -> None:
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, "thanks, very useful", mentions=[desk.server.me])
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        await desk.answered()
    assert len(desk.clerk.offered) == 1


@pytest.mark.asyncio
async def test_an_empty_mention_elsewhere_is_answered_with_help(desk: Desk) -> None:
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, MENTION)
        await desk.answered()
    assert only(desk).request.message == "help"


@pytest.mark.asyncio
async def test_the_role_that_discord_made_for_the_bot_counts_as_its_name(desk: Desk) -> None:
    role = desk.server.guilds[desk.guild]["roles"][1]["id"]
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, f"<@&{role}> {LINK}", mentions=[desk.server.me])
        await desk.answered()
    assert only(desk).request.message == LINK


@pytest.mark.asyncio
async def test_a_direct_message_is_answered_as_a_reply_in_a_tenant_of_its_own(desk: Desk) -> None:
    direct = desk.server.add_direct(desk.ada)
    async with desk.connected():
        asked = await desk.server.say(direct, desk.ada, LINK)
        await desk.answered()
    incoming = only(desk)
    assert incoming.place.tenant == f"discord:@me-{desk.ada['id']}"
    assert incoming.place.reach is Reach.DIRECT
    assert incoming.asker.admin, "alone with the bot everybody sets it up for themselves"
    (report,) = desk.server.own(direct)
    assert str(report["message_reference"]["message_id"]) == asked["id"]


@pytest.mark.asyncio
async def test_bots_and_webhooks_are_not_listened_to(desk: Desk) -> None:
    feed = desk.server.add_person("Feed") | {"bot": True}
    async with desk.connected():
        await desk.server.say(desk.channel, feed, f"{MENTION} {LINK}")
        await desk.server.say(desk.channel, desk.bob, f"{MENTION} {LINK}", webhook_id="5")
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        await desk.answered()
    assert only(desk).asker.id == desk.ada["id"]


@pytest.mark.asyncio
async def test_the_context_menu_checks_any_message_embeds_included(desk: Desk) -> None:
    feed = desk.server.add_person("Feed") | {"bot": True}
    embed = {"type": "rich", "title": "Story", "url": LINK, "description": "Words"}
    pointed = await desk.server.say(desk.channel, feed, "", embeds=[embed], quietly=True)
    async with desk.connected():
        told = await check_claims(desk, pointed)
        await desk.answered()
        await desk.server.until(lambda: told["answers"] and displayed(told["answers"][0]))
    assert only(desk).request.links == (LINK,)
    assert told["callback"]["data"]["flags"] == 64
    assert "in the thread on that message" in displayed(told["answers"][0])
    thread = desk.server.thread_on(pointed)
    assert thread is not None
    assert len(desk.server.own(thread)) == 1


@pytest.mark.asyncio
async def test_a_forwarded_message_is_read(desk: Desk) -> None:
    told = {"content": f"Read {LINK}", "embeds": [], "attachments": [], "timestamp": "2026-01-01T00:00:00+00:00"}
    kept: Json = {
        "edited_timestamp": None,
        "type": 0,
        "flags": 0,
        "mentions": [],
        "mention_roles": [],
        "components": [],
    }
    snapshot = {"message": told | kept}
    pointed = await desk.server.say(desk.channel, desk.bob, "", message_snapshots=[snapshot], quietly=True)
    async with desk.connected():
        await check_claims(desk, pointed)
        await desk.answered()
    assert only(desk).request.message == f"Check: Read {LINK}"


@pytest.mark.asyncio
async def test_mention_emoji_and_context_menu_on_one_message_make_one_request(desk: Desk) -> None:
    async with desk.connected():
        asked = await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        await desk.server.gateway.tell("MESSAGE_CREATE", desk.server.event_of(desk.channel, asked))
        await desk.server.react(desk.channel, asked, desk.bob, "🔍")
        told = await check_claims(desk, asked)
        await desk.server.until(lambda: len(desk.clerk.offered) == 4)
        await desk.server.until(lambda: told["answers"] and displayed(told["answers"][0]))
        await desk.answered()
    assert len(desk.clerk.requests) == 1
    assert "checked already" in displayed(told["answers"][0])
    thread = desk.server.thread_on(asked)
    assert thread is not None
    assert len(desk.server.own(thread)) == 1


@pytest.mark.asyncio
async def test_the_trigger_emoji_has_a_message_checked_and_others_do_not(desk: Desk) -> None:
    desk.book.set(desk.tenant, str(desk.channel.id), emoji="eyes")
    asked = await desk.server.say(desk.channel, desk.bob, f"{MENTION} {LINK}", quietly=True)
    async with desk.connected():
        await desk.server.react(desk.channel, asked, desk.ada, "🔍")
        await desk.server.react(desk.channel, asked, desk.ada, "👀")
        await desk.answered()
    assert only(desk).asker.id == desk.ada["id"]
    assert only(desk).request.message == f"Check: {LINK}"


@pytest.mark.asyncio
async def test_where_only_mentions_count_the_emoji_does_nothing(desk: Desk) -> None:
    desk.book.set(desk.tenant, str(desk.channel.id), auto_check=AutoCheck.MENTIONS)
    asked = await desk.server.say(desk.channel, desk.bob, f"{MENTION} {LINK}", quietly=True)
    async with desk.connected():
        await desk.server.react(desk.channel, asked, desk.ada, "🔍")
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        await desk.answered()
    assert len(desk.clerk.offered) == 1


@pytest.mark.asyncio
async def test_the_emoji_on_a_message_that_is_hidden_tells_the_person_alone(desk: Desk) -> None:
    hidden = await desk.server.say(desk.channel, desk.bob, LINK, quietly=True)
    direct = desk.server.add_direct(desk.ada)
    async with desk.connected():
        await desk.server.react(desk.channel, hidden, desk.ada, "🔍")
        (word,) = await desk.server.until(lambda: desk.server.own(direct))
    assert "cannot see" in displayed(word)
    assert desk.server.own(desk.channel) == []


@pytest.mark.asyncio
async def test_links_are_checked_unasked_only_where_a_channel_wants_it(desk: Desk) -> None:
    desk.server.content_allowed = True
    other = desk.server.add_channel(desk.guild, "lounge")
    desk.book.set(desk.tenant, str(desk.channel.id), auto_check=AutoCheck.LINKS)
    async with desk.connected():
        await desk.server.say(other, desk.bob, LINK)
        await desk.server.say(desk.channel, desk.bob, "no link here")
        await desk.server.say(desk.channel, desk.bob, f"forget {LINK}")
        await desk.answered()
    assert only(desk).request.links == (LINK,)
    assert only(desk).request.message == ""
    assert only(desk).place.channel == str(desk.channel.id)


@pytest.mark.asyncio
async def test_a_slash_command_is_answered_in_a_thread_on_its_response(desk: Desk) -> None:
    async with desk.connected():
        told = await desk.server.command(desk.channel, desk.ada, "check", link_or_text=LINK)
        await desk.answered()
    assert told["callback"]["type"] == 5, "deferred at once"
    response = told["original"]
    assert LINK.removeprefix("https") in displayed(response)
    thread = desk.server.thread_on(response)
    assert thread is not None
    assert "4 claims" in displayed(desk.server.own(thread)[0])
    assert only(desk).request.message == f"Check: {LINK}"


@pytest.mark.asyncio
async def test_a_slash_command_with_a_file_checks_the_file(desk: Desk) -> None:
    file = desk.server.add_file("minutes.txt", b"The council met.")
    async with desk.connected():
        await desk.server.command(
            desk.channel, desk.ada, "check", file=file["id"], resolved={"attachments": {file["id"]: file}}
        )
        await desk.answered()
    (attached,) = only(desk).request.attachments
    assert (attached.name, attached.data) == ("minutes.txt", b"The council met.")


@pytest.mark.asyncio
async def test_a_slash_command_where_answers_are_private_stays_with_the_asker(desk: Desk) -> None:
    desk.book.set(desk.tenant, str(desk.channel.id), answer=AnswerWhere.PRIVATELY)
    async with desk.connected():
        told = await desk.server.command(desk.channel, desk.ada, "check", link_or_text=LINK)
        await desk.answered()
    assert only(desk).whispered
    assert told["callback"]["data"]["flags"] == 64
    assert "4 claims" in displayed(told["answers"][0])
    assert desk.channel.messages == {}
    assert not any(channel.is_thread for channel in desk.server.channels.values())


@pytest.mark.asyncio
async def test_a_slash_command_with_nothing_to_check_says_what_to_give(desk: Desk) -> None:
    async with desk.connected():
        told = await desk.server.command(desk.channel, desk.ada, "check")
        await desk.server.until(lambda: told["answers"] and displayed(told["answers"][0]))
    assert "Give me a link" in displayed(told["answers"][0])
    assert desk.clerk.offered == []


@pytest.mark.asyncio
async def test_a_slash_command_in_a_direct_message_is_answered_there(desk: Desk) -> None:
    direct = desk.server.add_direct(desk.ada)
    async with desk.connected():
        await desk.server.command(direct, desk.ada, "check", link_or_text=LINK)
        await desk.answered()
    assert only(desk).place.reach is Reach.DIRECT
    assert "4 claims" in displayed(desk.server.own(direct)[-1])


@pytest.mark.parametrize("where", ["a server it is not in", "a channel it may not write in"])
@pytest.mark.asyncio
async def test_installed_by_a_person_alone_it_answers_by_the_interaction_and_says_so(desk: Desk, where: str) -> None:
    channel = desk.channel
    if where == "a channel it may not write in":
        channel.bot_may = 1 << 10
    desk.clerk.gate.clear()
    async with desk.connected():
        told = await desk.server.command(
            channel, desk.ada, "check", link_or_text=LINK, installed=where != "a server it is not in"
        )
        await desk.server.until(lambda: desk.clerk.requests)
        assert "only you see this" in displayed(told["answers"][0])
        desk.clerk.gate.set()
        await desk.answered()
    incoming = only(desk)
    assert incoming.whispered
    assert incoming.place.tenant == f"discord:@me-{desk.ada['id']}"
    assert "4 claims" in displayed(told["answers"][0])
    assert told["callback"]["data"]["flags"] == 64


@pytest.mark.asyncio
async def test_an_answer_slower_than_the_interaction_comes_as_a_direct_message(desk: Desk) -> None:
    direct = desk.server.add_direct(desk.ada)
    desk.clerk.gate.clear()
    async with desk.connected():
        told = await desk.server.command(desk.channel, desk.ada, "check", link_or_text=LINK, installed=False)
        await desk.server.until(lambda: desk.clerk.requests)
        told["expired"] = True
        desk.server.interactions[told["event"]["token"]]["expired"] = True
        desk.clerk.gate.set()
        await desk.answered()
    assert "4 claims" in displayed(desk.server.own(direct)[0])


@pytest.mark.parametrize(("minutes", "directly"), [(13, False), (15, True), (600, True)])
@pytest.mark.asyncio
async def test_a_slow_job_still_delivers_where_the_clock_says_it_can(
    desk: Desk, *, minutes: int, directly: bool
) -> None:
    direct = desk.server.add_direct(desk.ada)
    clock = [0.0]
    desk.clerk.gate.clear()
    async with desk.connected(now=lambda: clock[0]):
        told = await desk.server.command(desk.channel, desk.ada, "check", link_or_text=LINK, installed=False)
        await desk.server.until(lambda: desk.clerk.requests)
        clock[0] += 60 * minutes
        desk.clerk.gate.set()
        await desk.answered()
    assert [("4 claims" in displayed(one)) for one in desk.server.own(direct)] == [True] * directly
    assert ("4 claims" in displayed(told["answers"][0])) is not directly


@pytest.mark.asyncio
async def test_an_answer_in_a_thread_does_not_depend_on_the_interaction(desk: Desk) -> None:
    desk.clerk.gate.clear()
    async with desk.connected():
        told = await desk.server.command(desk.channel, desk.ada, "check", link_or_text=LINK)
        await desk.server.until(lambda: desk.clerk.requests)
        desk.server.interactions[told["event"]["token"]]["expired"] = True
        desk.clerk.gate.set()
        await desk.answered()
    thread = desk.server.thread_on(told["original"])
    assert thread is not None
    assert "4 claims" in displayed(desk.server.own(thread)[0])


@pytest.mark.parametrize(
    ("name", "options", "command"),
    [
        ("sources", {}, ShowSources()),
        ("history", {"query": "mirror"}, ShowHistory(query="mirror")),
        ("history", {}, ShowHistory()),
        ("settings", {"name": "detail", "value": "full"}, ChangeSetting(name="detail", value="full")),
        ("help", {}, SayHelp()),
    ],
)
@pytest.mark.asyncio
async def test_the_other_commands_are_answered_to_the_asker_alone(
    desk: Desk, name: str, options: dict[str, str], command: object
) -> None:
    async with desk.connected():
        told = await desk.server.command(desk.channel, desk.ada, name, **options, manages=True)
        await desk.server.until(lambda: told["answers"] and displayed(told["answers"][0]))
    ((acted, place, asker),) = desk.clerk.acted
    assert acted == command
    assert place.channel == str(desk.channel.id)
    assert asker.admin
    assert told["callback"]["data"]["flags"] == 64


@pytest.mark.asyncio
async def test_who_cannot_manage_the_server_is_no_admin(desk: Desk) -> None:
    async with desk.connected():
        told = await desk.server.command(desk.channel, desk.ada, "settings")
        await desk.server.until(lambda: told["answers"] and displayed(told["answers"][0]))
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} settings detail full")
        await desk.answered()
    assert not desk.clerk.acted[0][2].admin
    assert not only(desk).asker.admin


@pytest.mark.parametrize(
    ("hidden", "kind", "reach"),
    [(False, 11, Reach.PUBLIC), (True, 11, Reach.PRIVATE), (False, 12, Reach.PRIVATE)],
)
@pytest.mark.asyncio
async def test_reach_is_that_of_the_channel_and_private_for_private_threads(
    desk: Desk, *, hidden: bool, kind: int, reach: Reach
) -> None:
    channel = desk.server.add_channel(desk.guild, "investigations", hidden=hidden)
    thread = desk.server.add_thread(channel, "Leads", kind=kind)
    async with desk.connected():
        await desk.server.say(thread, desk.ada, f"{MENTION} {LINK}")
        await desk.answered()
    place = only(desk).place
    assert place.reach is reach
    assert place.channel == (str(thread.id) if kind == 12 else str(channel.id)), "a private thread shares with nobody"


@pytest.mark.asyncio
async def test_files_come_from_discord_and_from_nowhere_else(desk: Desk) -> None:
    own = desk.server.add_file("story.md", b"# Story")
    picture = desk.server.add_file("photo.png", b"\x89PNG")
    foreign = own | {"id": "77", "url": "https://elsewhere.example/story.md"}
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, MENTION, attachments=[own, picture])
        await desk.answered()
        await desk.server.say(desk.channel, desk.ada, MENTION, attachments=[foreign])
        (refusal,) = await desk.server.until(lambda: desk.server.own(desk.channel))
    (attached,) = only(desk).request.attachments
    assert attached.data == b"# Story"
    assert "does not lie on the chat's own servers" in displayed(refusal)


@pytest.mark.asyncio
async def test_files_of_other_kinds_are_told_to_be_none_that_are_read(desk: Desk) -> None:
    picture = desk.server.add_file("photo.png", b"\x89PNG")
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, MENTION, attachments=[picture])
        (refusal,) = await desk.server.until(lambda: desk.server.own(desk.channel))
        pointed = await desk.server.say(desk.channel, desk.bob, "", attachments=[picture], quietly=True)
        told = await check_claims(desk, pointed)
        await desk.server.until(lambda: told["answers"] and displayed(told["answers"][0]))
    assert ".pdf" in displayed(refusal)
    assert ".pdf" in displayed(told["answers"][0])


@pytest.mark.parametrize("code", [40060, 10062])
@pytest.mark.asyncio
async def test_an_interaction_that_another_process_took_up_is_left_to_it(desk: Desk, code: int) -> None:
    for _ in range(3):
        desk.server.rest.fail_next("POST", r"/callback$", status=400, body={"code": code, "message": "no"})
    async with desk.connected():
        await desk.server.command(desk.channel, desk.ada, "check", link_or_text=LINK)
        await desk.server.command(desk.channel, desk.ada, "history")
        pointed = await desk.server.say(desk.channel, desk.bob, LINK, quietly=True)
        await check_claims(desk, pointed)
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        await desk.answered()
    assert len(desk.clerk.offered) == 1
    assert desk.clerk.acted == []


@pytest.mark.asyncio
async def test_an_embed_without_a_link_is_read_word_by_word(desk: Desk) -> None:
    feed = desk.server.add_person("Feed") | {"bot": True}
    fields = [{"name": "Who", "value": "The mayor", "inline": False}]
    embed = {"type": "rich", "title": "Bridge closes", "description": "On Monday.", "fields": fields}
    pointed = await desk.server.say(desk.channel, feed, "", embeds=[embed], quietly=True)
    async with desk.connected():
        await check_claims(desk, pointed)
        await desk.answered()
    assert only(desk).request.message == "Check: Bridge closes\n\nOn Monday.\n\nWho\nThe mayor"


@pytest.mark.parametrize(("said_size", "size"), [(30_000_000, 10), (10, 20_000_001)])
@pytest.mark.asyncio
async def test_a_file_that_is_too_large_is_refused_whatever_it_claims(desk: Desk, said_size: int, size: int) -> None:
    file = desk.server.add_file("big.txt", b"x" * size, said_size=said_size)
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, MENTION, attachments=[file])
        (refusal,) = await desk.server.until(lambda: desk.server.own(desk.channel))
    assert "20 MB" in displayed(refusal)
    assert desk.clerk.offered == []


@pytest.mark.asyncio
async def test_a_cap_is_told_once_below_the_message(desk: Desk) -> None:
    desk.clerk.failures = [NotNow("60 is the most. Try again later.")]
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        (word,) = await desk.server.until(lambda: desk.server.own(desk.channel))
    assert "60 is the most" in displayed(word)


@pytest.mark.asyncio
async def test_a_store_that_is_locked_for_a_moment_costs_nothing(desk: Desk) -> None:
    desk.clerk.failures = [StoreUnavailable("The database is busy.")]
    async with desk.connected():
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        await desk.answered()
    assert len(desk.clerk.offered) == 2


@pytest.mark.asyncio
async def test_a_message_that_is_deleted_is_cancelled(desk: Desk) -> None:
    async with desk.connected():
        asked = await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        await desk.answered()
        await desk.server.delete(desk.channel, asked)
        await desk.server.until(lambda: desk.clerk.cancelled)
    assert set(desk.clerk.cancelled) <= only(desk).keys


@pytest.mark.asyncio
async def test_messages_that_a_moderator_removes_together_are_cancelled(desk: Desk) -> None:
    async with desk.connected():
        asked = [await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}/{number}") for number in range(2)]
        await desk.answered(2)
        removed = {"ids": [one["id"] for one in asked], "channel_id": str(desk.channel.id), "guild_id": str(desk.guild)}
        await desk.server.gateway.tell("MESSAGE_DELETE_BULK", removed)
        await desk.server.until(lambda: len(desk.clerk.cancelled) == 2)
    assert set(desk.clerk.cancelled) == {f"discord:message:{one['id']}" for one in asked}


async def check_claims(desk: Desk, message: Json) -> Json:
    """Apps → Check claims on a message, by Ada."""
    data = {"id": "2", "name": "Check claims", "type": 3, "target_id": message["id"],
            "resolved": {"messages": {message["id"]: message}}}  # fmt: skip
    return await desk.server.interact(desk.channel, desk.ada, kind=2, data=data)
