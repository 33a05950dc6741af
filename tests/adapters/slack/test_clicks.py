"""Buttons, menus and forms, over Socket Mode, with the real service: they need nothing but what Slack sends."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.access import Person
from bot.store.records import AnswerWhere, ChannelSettings
from tests.adapters.slack.budgets import texts_in
from tests.adapters.slack.slack_server import Payload
from tests.adapters.slack.world import LINK, World, open_world

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        await opened.slack.deliver("events_api", opened.event(opened.mention(LINK)))
        await opened.settled()
        yield opened


def report(world: World) -> Payload:
    return world.slack.posts()[0]


def button(post: Payload, kind: str) -> Payload:
    """The button or the entry of a menu, as Slack tells of a click on it."""
    for block in post["blocks"]:
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            if element.get("value", "").startswith(f"cc1:{kind}:"):
                return {"action_id": element["action_id"], "value": element["value"]}
            for option in element.get("options", []):
                if option["value"].startswith(f"cc1:{kind}:"):
                    return {"type": "static_select", "action_id": element["action_id"], "selected_option": option}
    pytest.fail(f"no {kind} in {post['blocks']}")


async def click(world: World, kind: str, **more: object) -> None:
    post = report(world)
    private = bool(more.get("private"))
    user = str(more.get("user", "U1"))
    await world.slack.deliver("interactive", world.click(button(post, kind), post, private=private, user=user))


async def submit(world: World, values: dict[str, str], *, user: str = "U1") -> Payload:
    view = world.slack.views[-1]
    state = {"values": {name: {"field": {"value": value}} for name, value in values.items()}}
    payload = {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": user}, "view": {**view, "state": state}}
    return await world.slack.deliver("interactive", payload)


def whispered(world: World) -> str:
    return "\n".join("\n".join(texts_in(whisper["blocks"])) for whisper in world.slack.ephemerals)


@pytest.mark.parametrize(
    ("kind", "words"),
    [("all", "The harbour is closed"), ("sources", "Who stands behind the claims"), ("why", "Mira Olsen")],
)
async def test_a_click_is_answered_to_the_one_who_clicks(world: World, kind: str, words: str) -> None:
    await click(world, kind, user="U7")
    await world.slack.until(lambda: world.slack.ephemerals)
    assert words in whispered(world)
    assert {whisper["user"] for whisper in world.slack.ephemerals} == {"U7"}
    assert len(world.slack.posts()) == 1


async def test_an_export_is_a_file_in_the_thread(world: World) -> None:
    await click(world, "export")
    await world.slack.until(lambda: world.slack.shared)
    (shared,) = world.slack.shared
    assert (shared["channel_id"], shared["thread_ts"]) == ("C1", report(world)["thread_ts"])
    assert b"harbour" in next(iter(world.slack.uploads.values()))


async def test_an_export_from_a_private_answer_is_a_direct_message(world: World) -> None:
    await click(world, "export", private=True)
    await world.slack.until(lambda: world.slack.shared)
    assert world.slack.shared[0]["channel_id"] == "DU1"


async def test_check_again_is_a_new_check_in_the_same_thread(world: World) -> None:
    await click(world, "again")
    await world.slack.until(lambda: len(world.slack.posts()) == 2)
    await world.settled()
    first, second = world.slack.posts()
    assert second["thread_ts"] == first["thread_ts"]
    assert world.engine.read == [LINK, LINK]


async def test_overruling_takes_a_form_and_keeps_who_and_why(world: World) -> None:
    await click(world, "overrule")
    await world.slack.until(lambda: world.slack.views)
    chosen = world.slack.views[0]["blocks"][0]["element"]["options"][0]
    assert "The harbour is closed" in chosen["text"]["text"]
    assert await submit(world, {"claim": chosen["value"], "grade": "4", "reason": "the minutes are public"}) == {}
    await world.slack.until(lambda: world.slack.ephemerals)
    assert "Your grade for claim" in whispered(world)
    (overrule,) = await world.store.reviews.overrules(1)
    assert (overrule.by.id, int(overrule.grade), overrule.reason) == ("U1", 4, "the minutes are public")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"claim": "one", "grade": "4", "reason": "why"}, "claim"),
        ({"claim": "1", "grade": "4", "reason": "  "}, "reason"),
    ],
)
async def test_a_form_that_cannot_be_used_stays_open_and_says_why(
    world: World, values: dict[str, str], field: str
) -> None:
    await click(world, "overrule")
    await world.slack.until(lambda: world.slack.views)
    answer = await submit(world, values)
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == [field]


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        ("overrule", {"claim": "99", "grade": "4", "reason": "why"}, "claim"),
        ("settings", {"setting": "hourly-cap", "value": "many"}, "value"),
    ],
)
async def test_what_cannot_be_done_is_said_in_the_form(
    world: World, kind: str, values: dict[str, str], field: str
) -> None:
    world.slack.users["U9"] = {"is_admin": True}
    await click(world, kind, user="U9")
    await world.slack.until(lambda: world.slack.views)
    answer = await submit(world, values, user="U9")
    assert (answer["response_action"], list(answer["errors"])) == ("errors", [field])
    assert world.slack.ephemerals == []


async def test_whether_a_setting_may_be_changed_is_decided_when_the_form_comes_back(world: World) -> None:
    world.slack.users["U9"] = {"is_admin": True}
    await click(world, "settings", user="U9")
    await world.slack.until(lambda: world.slack.views)
    answer = await submit(world, {"setting": "answer", "value": "privately"}, user="U2")
    assert "admin" in answer["errors"]["value"]
    assert (await world.store.channels.settings("slack:T1", "C1")).answer is AnswerWhere.THREAD


async def test_who_may_not_see_the_report_gets_no_form_for_it(world: World) -> None:
    forged = {"action_id": "cc1:overrule:1", "value": "cc1:overrule:1"}
    await world.slack.deliver("interactive", world.click(forged, {"ts": "5.5", "channel": "C2"}, team="T2", user="U8"))
    await world.slack.until(lambda: world.slack.ephemerals)
    assert world.slack.views == []


async def test_not_useful_is_kept_with_its_reason(world: World) -> None:
    await click(world, "useless")
    await world.slack.until(lambda: world.slack.views)
    await submit(world, {"reason": "it missed the point"})
    await world.slack.until(lambda: world.slack.ephemerals)
    assert "Thank you" in whispered(world)


async def test_an_admin_changes_settings_in_a_form_and_others_only_see_them(world: World) -> None:
    await click(world, "settings", user="U2")
    await world.slack.until(lambda: world.slack.ephemerals)
    assert "You may not change these here" in whispered(world)
    assert world.slack.views == []
    world.slack.users["U9"] = {"is_admin": True}
    await click(world, "settings", user="U9")
    await world.slack.until(lambda: world.slack.views)
    await submit(world, {"setting": "answer", "value": "privately"}, user="U9")
    await world.slack.until(lambda: len(world.slack.ephemerals) == 2)
    assert (await world.store.channels.settings("slack:T1", "C1")).answer is AnswerWhere.PRIVATELY


async def test_an_admin_of_another_organisation_is_none_here(world: World) -> None:
    world.slack.users["U9"] = {"is_admin": True, "team_id": "TOTHER"}
    await click(world, "settings", user="U9")
    await world.slack.until(lambda: world.slack.ephemerals)
    assert "You may not change these here" in whispered(world)


@pytest.mark.parametrize("value", ["cc0:all:1", "cc1:dance:1", "cc1:why:1", "", "something else"])
async def test_a_stale_button_is_explained_privately(world: World, value: str) -> None:
    await world.slack.deliver("interactive", world.click({"action_id": value or "x", "value": value}, report(world)))
    await world.slack.until(lambda: world.slack.ephemerals)
    assert "Ask for the check again" in whispered(world)


async def test_a_report_of_another_place_is_not_shown_by_a_forged_button(world: World) -> None:
    await world.store.channels.save("slack:T1", "C1", ChannelSettings(), by=Person(id="U1"))
    forged = {"action_id": "cc1:all:1", "value": "cc1:all:1"}
    post = {"ts": "5.5", "channel": "C2"}
    await world.slack.deliver("interactive", world.click(forged, post, team="T2", user="U8"))
    await world.slack.until(lambda: world.slack.ephemerals)
    assert "harbour" not in whispered(world)


async def test_buttons_work_after_a_restart(tmp_path: Path) -> None:
    async with open_world(tmp_path) as before:
        await before.slack.deliver("events_api", before.event(before.mention(LINK)))
        await before.settled()
        post = json.loads(json.dumps(report(before)))
    async with open_world(tmp_path) as after:
        await after.slack.deliver("interactive", after.click(button(post, "all"), post))
        await after.slack.until(lambda: after.slack.ephemerals)
        assert "The harbour is closed" in whispered(after)
