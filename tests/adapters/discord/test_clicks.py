"""Buttons, menus and forms: stateless, re-checked at every click, answered to one person."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.errors import NotAllowed, NotStored
from bot.report import Grade
from handlers.commands import (
    ChangeSetting,
    ExplainClaim,
    Export,
    ExportFormat,
    OverruleClaim,
    SendFeedback,
    ShowAll,
    ShowSettings,
    ShowSources,
    StoredCommand,
)
from handlers.reply import Notice, Reply, ReplyFile, SettingsSheet
from tests.adapters.chat.replies import seed_card
from tests.adapters.discord.clerk import settings_reply
from tests.adapters.discord.conftest import MENTION, Desk
from tests.adapters.discord.limits import buttons_of, displayed
from tests.adapters.discord.world import Channel, Json

if TYPE_CHECKING:
    from collections.abc import Callable

EPHEMERAL = 64


async def checked(desk: Desk) -> tuple[Channel, Json]:
    """A report in its thread; the connection that made it is gone."""
    async with desk.connected():
        asked = await desk.server.say(desk.channel, desk.ada, f"{MENTION} https://news.example/story")
        await desk.answered()
    thread = desk.server.thread_on(asked)
    assert thread is not None
    return thread, desk.server.own(thread)[0]


def of_link() -> Reply:
    """A report that can be checked again."""
    card = seed_card()
    report = replace(card.report, document=replace(card.report.document, url="https://news.example/story"))
    return Reply(parts=(replace(card, report=report),))


async def told(desk: Desk, known: Json, words: str = "") -> Json:
    answers: list[Json] = await desk.server.until(
        lambda: [one for one in known["answers"] if displayed(one) and words in displayed(one)]
    )
    return answers[0]


@pytest.mark.parametrize(
    ("custom_id", "command"),
    [("cc1:all:7", ShowAll(report=7)), ("cc1:sources:7", ShowSources(report=7)), ("cc1:settings:7", ShowSettings())],
)
@pytest.mark.asyncio
async def test_a_button_works_after_a_restart_and_answers_one_person(
    desk: Desk, custom_id: str, command: StoredCommand
) -> None:
    thread, report = await checked(desk)
    assert custom_id in buttons_of(report).values()
    async with desk.connected():
        known = await desk.server.click(thread, desk.bob, custom_id, on=report, manages=True)
        await told(desk, known, "Done.")
    ((acted, place, asker),) = desk.clerk.acted
    assert acted == command
    assert (place.tenant, place.channel, place.thread) == (desk.tenant, str(desk.channel.id), str(thread.id))
    assert (asker.id, asker.admin) == (desk.bob["id"], True)
    assert known["callback"]["data"]["flags"] == EPHEMERAL
    assert len(desk.server.own(thread)) == 1


@pytest.mark.parametrize(
    ("menu", "chosen", "command"),
    [
        ("menu:why:7", "cc1:why:7:c2", ExplainClaim(claim="c2", report=7)),
        ("menu:export:7", "cc1:export:7:csv", Export(format=ExportFormat.CSV, report=7)),
    ],
)
@pytest.mark.asyncio
async def test_a_menu_does_what_is_chosen(desk: Desk, menu: str, chosen: str, command: StoredCommand) -> None:
    file = ReplyFile(name="report.csv", text="a,b", caption="The report.")
    desk.clerk.act_reply = lambda _: Reply(parts=(file,))
    thread, report = await checked(desk)
    async with desk.connected():
        data = {"custom_id": menu, "component_type": 3, "values": [chosen]}
        known = await desk.server.interact(thread, desk.bob, kind=3, data=data, on=report)
        answer = await told(desk, known, "The report.")
    assert desk.clerk.acted[0][0] == command
    assert [one["filename"] for one in answer["attachments"]] == ["report.csv"]


@pytest.mark.asyncio
async def test_checking_again_is_a_request_of_the_clicks_own(desk: Desk) -> None:
    desk.clerk.reply = of_link()
    thread, report = await checked(desk)
    async with desk.connected():
        for _ in range(2):
            known = await desk.server.click(thread, desk.bob, "cc1:again:7", on=report)
            await told(desk, known, "comes below")
        await desk.answered(3)
    _, first, second = desk.clerk.requests.values()
    assert first.id != second.id
    assert first.request.message == "recheck 7"
    assert first.place.thread == str(thread.id)
    assert len(desk.server.own(thread)) == 3


@pytest.mark.asyncio
async def test_checking_again_what_only_one_person_sees_stays_with_that_person(desk: Desk) -> None:
    desk.clerk.reply = of_link()
    thread, report = await checked(desk)
    async with desk.connected():
        known = await desk.server.click(
            thread, desk.bob, "cc1:again:7", on=report | {"flags": report["flags"] | EPHEMERAL}
        )
        await told(desk, known, "4 claims")
    assert list(desk.clerk.requests.values())[-1].whispered
    assert len(desk.server.own(thread)) == 1


@pytest.mark.asyncio
async def test_a_grade_is_overruled_through_a_form(desk: Desk) -> None:
    thread, report = await checked(desk)
    async with desk.connected():
        known = await desk.server.click(thread, desk.bob, "cc1:overrule:7", on=report)
        form = (await desk.server.until(lambda: known["callback"]))["data"]
    async with desk.connected():  # the form outlives a restart too
        values = {"claim": "3", "grade": "4", "reason": "The minutes are\npublic."}
        sent = await desk.server.submit(thread, desk.bob, form, values)
        await told(desk, sent, "Done.")
    assert desk.clerk.acted[0][0] == OverruleClaim(
        claim="c3", grade=Grade.FIRST_HAND, reason="The minutes are public.", report=7
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"claim": "three", "grade": "4", "reason": "x"}, "no claim's number"),
        ({"claim": "3", "grade": "", "reason": "x"}, "from 0 to 5"),
        ({"claim": "3", "grade": "4", "reason": "  "}, "Say why"),
    ],
)
@pytest.mark.asyncio
async def test_a_form_that_cannot_be_used_says_which_field(desk: Desk, values: dict[str, str], words: str) -> None:
    thread, report = await checked(desk)
    async with desk.connected():
        known = await desk.server.click(thread, desk.bob, "cc1:overrule:7", on=report)
        form = (await desk.server.until(lambda: known["callback"]))["data"]
        sent = await desk.server.submit(thread, desk.bob, form, values)
        await told(desk, sent, words)
    assert desk.clerk.acted == []


@pytest.mark.asyncio
async def test_what_was_not_useful_is_said_in_a_form(desk: Desk) -> None:
    thread, report = await checked(desk)
    async with desk.connected():
        known = await desk.server.click(thread, desk.bob, "cc1:useless:7", on=report)
        form = (await desk.server.until(lambda: known["callback"]))["data"]
        sent = await desk.server.submit(thread, desk.bob, form, {"reason": "Missed the main claim."})
        await told(desk, sent, "Done.")
    assert desk.clerk.acted[0][0] == SendFeedback(report=7, reason="Missed the main claim.")


@pytest.mark.asyncio
async def test_a_setting_is_changed_through_a_form(desk: Desk) -> None:
    desk.clerk.act_reply = settings_reply
    thread, report = await checked(desk)
    async with desk.connected():
        known = await desk.server.click(thread, desk.bob, "cc1:settings:7", on=report, manages=True)
        sheet = await told(desk, known, "How I behave")
        change = buttons_of(sheet)["Change a setting…"]
        opened = await desk.server.click(thread, desk.bob, change, on=sheet, manages=True)
        form = (await desk.server.until(lambda: opened["callback"]))["data"]
        sent = await desk.server.submit(thread, desk.bob, form, {"name": "auto-check", "value": "links"})
        await told(desk, sent, "is now “links”")
    assert desk.clerk.acted[-1][0] == ChangeSetting(name="auto-check", value="links")


@pytest.mark.asyncio
async def test_who_may_not_change_settings_gets_no_form(desk: Desk) -> None:
    desk.clerk.act_reply = lambda _: Reply(parts=(SettingsSheet(lines=(), may_change=False),))
    thread, report = await checked(desk)
    button = {"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "cc1:settings:0:change"}]}
    async with desk.connected():
        known = await desk.server.click(thread, desk.bob, "cc1:settings:0:change", on=report | {"components": [button]})
        await told(desk, known, "You may not change")


@pytest.mark.parametrize("custom_id", ["cc0:all:7", "cc1:vanished:7", "cc2:all:7:x:y", "cc1:all:notanumber"])
@pytest.mark.asyncio
async def test_a_button_that_is_no_longer_understood_is_explained_privately(desk: Desk, custom_id: str) -> None:
    thread, report = await checked(desk)
    old = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Old", "custom_id": custom_id}]}
    async with desk.connected():
        known = await desk.server.click(thread, desk.bob, custom_id, on=report | {"components": [old]})
        await told(desk, known, "older version")
    assert known["callback"]["data"]["flags"] == EPHEMERAL
    assert desk.clerk.acted == []


@pytest.mark.parametrize(
    "error", [NotAllowed("Here only admins may do that."), NotStored("That report is no longer stored.")]
)
@pytest.mark.asyncio
async def test_what_the_service_refuses_is_told_to_the_person_who_clicked(desk: Desk, error: NotAllowed) -> None:
    thread, report = await checked(desk)
    desk.clerk.failures = [error]
    async with desk.connected():
        known = await desk.server.click(thread, desk.bob, "cc1:all:7", on=report)
        await told(desk, known, error.message)
    assert len(desk.server.own(thread)) == 1


@pytest.mark.asyncio
async def test_a_defect_is_told_as_ours_and_costs_one_click(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    thread, report = await checked(desk)

    def break_down(_: object) -> Reply:
        raise ZeroDivisionError

    works: Callable[[object], Reply] = lambda _: Reply(parts=(Notice(text="Done."),))  # noqa: E731 - two of a kind
    async with desk.connected():
        desk.clerk.act_reply = break_down
        known = await desk.server.click(thread, desk.bob, "cc1:all:7", on=report)
        await told(desk, known, "our mistake")
        desk.clerk.act_reply = works
        known = await desk.server.click(thread, desk.bob, "cc1:all:7", on=report)
        await told(desk, known, "Done.")
    assert "a defect met an interaction" in caplog.text


@pytest.mark.asyncio
async def test_a_long_private_answer_comes_in_several_messages(desk: Desk) -> None:
    card = seed_card(everything=True)
    desk.clerk.act_reply = lambda _: Reply(parts=(card,) * 3)
    thread, report = await checked(desk)
    async with desk.connected():
        known = await desk.server.click(thread, desk.bob, "cc1:all:7", on=report)
        await desk.server.until(lambda: len(known["answers"]) == 3)
    assert all(one["flags"] & EPHEMERAL for one in known["answers"])
