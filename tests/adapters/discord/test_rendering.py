"""Replies as Discord messages: every part, every limit, and words of an article that try to be more than words."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from adapters.discord.drafts import Draft, draft_post, draft_private
from adapters.discord.escaping import escape, fence
from adapters.discord.layout import embeds_of, lay_out, rows_of
from adapters.discord.threads import name_thread
from handlers.reply import (
    Reply,
    ReplyFile,
)
from tests.adapters.chat.replies import SCRIPTS, every_part, long_card, seed_card
from tests.adapters.discord.limits import buttons_of, displayed, faults_of_message, walk

HOSTILE = (
    "@everyone <@123> <@&456> <#789> [bank](https://evil.example/login) ||spoiler|| **bold** `code` ```js\nx``` "
    "<t:1700000000:R> <:party:123> </check:1> <https://evil.example> # heading -# small > quote \u202egnp.exe\u200b"
)


def body_of(draft: Draft, *, embeds: bool = False) -> dict[str, Any]:
    """What goes over the wire, as far as limits are concerned."""
    silent: dict[str, Any] = {"allowed_mentions": {"parse": []}}
    if embeds:
        rows: list[Any] = rows_of(draft).to_components()
        return silent | {"embeds": [embed.to_dict() for embed in embeds_of(draft, marker="m" * 22)], "components": rows}
    components: list[Any] = lay_out(draft, marker="m" * 22).to_components()  # type: ignore[no-untyped-call]  # discord.py's
    return silent | {"flags": 1 << 15, "components": components}


def faults(draft: Draft) -> list[str]:
    files = [(file.name, file.data) for file in draft.files]
    return [
        *faults_of_message(body_of(draft), files=files),
        *faults_of_message(body_of(draft, embeds=True), files=files),
    ]


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("times", [1, 20])
def test_every_part_in_every_script_keeps_every_limit(script: str, times: int) -> None:
    words = SCRIPTS[script] * times
    for reply in every_part(words):
        for draft in (draft_post(reply), *draft_private(reply)):
            assert faults(draft) == [], type(reply.parts[0]).__name__


def test_who_asks_for_all_claims_sees_each_of_them_where_there_is_no_room_for_all_about_them() -> None:
    card = long_card(SCRIPTS["Chinese"] * 4, everything=True)
    draft = draft_post(Reply(parts=(card,)))
    shown = displayed(body_of(draft))
    assert all(f" · {number}. " in shown for number in range(1, 41))
    assert "flags" in shown.partition("No room here for ")[2], "they stand in the file"
    (file,) = draft.files
    assert "Flag 7" in file.data.decode()


@pytest.mark.parametrize("claims", [40, 200])
def test_what_has_no_room_is_told_and_attached_in_full(claims: int) -> None:
    card = long_card(SCRIPTS["Chinese"] * 12, everything=claims > 40, claims=claims)
    draft = draft_post(Reply(parts=(card,)))
    (file,) = draft.files
    text = file.data.decode()
    assert "No room here for" in displayed(body_of(draft))
    assert all(f"\n{number}. " in text for number in range(1, claims + 1))
    assert "Flag 7" in text


def test_a_report_that_is_a_little_too_long_keeps_its_claims_and_flags_shortened() -> None:
    words = "Eleven words that somebody may have said about the bridge here. "
    card = replace(long_card(words, claims=4), rest=(), changes=(), missing=(words,), notes=())
    draft = draft_post(Reply(parts=(card,)))
    shown = displayed(body_of(draft))
    assert [file.name for file in draft.files] == ["claim-check.txt"]
    assert shown.count("Shortened to fit") == 1
    assert "No room here" not in shown
    assert all(f"Flag {number}" in shown and f"{number % 4 + 1}\\. " in shown for number in range(8))


def test_a_private_answer_is_spread_over_messages_before_it_is_attached() -> None:
    card = replace(long_card(SCRIPTS["Arabic"], claims=12, everything=True), flags=())
    few = draft_private(Reply(parts=(card,)))
    assert 1 < len(few) <= 5
    assert not any(draft.files for draft in few)
    shown = "".join(displayed(body_of(draft)) for draft in few)
    assert [number for number in range(1, 13) if not re.search(rf"\b{number}\\\. ", shown)] == []
    many = draft_private(Reply(parts=(long_card(SCRIPTS["Arabic"] * 9, everything=True),)))
    assert len(many) == 5
    assert [len(draft.files) for draft in many] == [0, 0, 0, 0, 1]


def test_a_file_that_is_too_large_for_discord_is_packed() -> None:
    file = ReplyFile(name="export.json", text="据" * 4_000_000, caption="Here it is.")
    draft = draft_post(Reply(parts=(file,)))
    (packed,) = draft.files
    assert packed.name == "export.json.zip"
    assert faults(draft) == []


def test_a_report_reads_in_the_order_of_a_desk() -> None:
    shown = displayed(body_of(draft_post(Reply(parts=(seed_card(),)))))
    order = ["Putin crisis", "4 claims", "Check first", "Flags", "Safe line", "Get next", "Limits of this report"]
    assert sorted(order, key=shown.index) == order
    assert "▮▯▯▯▯ 1 of 5" in shown, "the grade can be read without seeing colours"


def test_claims_stand_in_the_colour_of_their_band() -> None:
    containers = [one for one in body_of(draft_post(Reply(parts=(seed_card(),))))["components"] if one["type"] == 17]
    assert [one["accent_color"] for one in containers] == [0xF9A825, 0xC62828]


def test_a_card_offers_everything_that_can_be_done_with_it() -> None:
    body = body_of(draft_post(Reply(parts=(seed_card(),))))
    assert set(buttons_of(body).values()) >= {"cc1:all:7", "cc1:sources:7", "cc1:overrule:7", "cc1:useless:7"}
    menus = {one["placeholder"]: one["options"] for one in walk(body["components"]) if one["type"] == 3}
    assert [option["value"] for option in menus["Export…"]] == [
        f"cc1:export:7:{form}" for form in ("md", "json", "csv")
    ]
    assert menus["Why this grade?"][0]["value"] == "cc1:why:7:c1"


def test_a_card_that_is_not_stored_offers_nothing() -> None:
    body = body_of(draft_post(Reply(parts=(seed_card(report_id=None),))))
    assert buttons_of(body) == {}


def test_the_same_report_twice_offers_its_buttons_once() -> None:
    draft = draft_post(Reply(parts=(seed_card(), seed_card())))
    assert faults(draft) == []
    assert buttons_of(body_of(draft))


def test_the_embeds_say_what_the_layout_says() -> None:
    draft = draft_post(Reply(parts=(seed_card(),)))
    plain, rich = displayed(body_of(draft, embeds=True)), displayed(body_of(draft))
    assert plain.replace("\n", "").removesuffix("m" * 22) == rich.replace("\n", "")
    assert buttons_of(body_of(draft, embeds=True)) == buttons_of(body_of(draft))


@pytest.mark.parametrize("embeds", [False, True])
def test_nothing_in_a_hostile_article_takes_effect(*, embeds: bool) -> None:
    for reply in every_part(HOSTILE):
        for draft in (draft_post(reply), *draft_private(reply)):
            shown = re.sub(r"```text\n.*?\n```", "", displayed(body_of(draft, embeds=embeds)), flags=re.DOTALL)
            shown = shown.replace("<https://news.example/a>", "")
            assert "@everyone" not in shown
            assert not re.search(r"<[@#:/ta-z]", shown), "mention, channel, emoji, command, time stamp or address"
            assert not re.search(r"(?<!\\)\[|(?<!\\)\||(?<!\\)`|(?<!\\)~", shown), "link, spoiler, code"
            assert not re.search(r"https?:", shown), "nothing to click but what the desk asked about"
            assert "\u202e" not in shown


def test_only_the_address_that_was_checked_can_be_clicked_and_shows_where_it_leads() -> None:
    report = replace(
        seed_card().report, document=replace(seed_card().report.document, url="https://news.example/a_b(c)")
    )
    shown = displayed(body_of(draft_post(Reply(parts=(replace(seed_card(), report=report),)))))
    assert "<https://news.example/a_b(c)>" in shown
    hidden = replace(report, document=replace(report.document, url="https://news.example@evil.example/"))
    shown = displayed(body_of(draft_post(Reply(parts=(replace(seed_card(), report=hidden),)))))
    assert "<https" not in shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("# Head", "\\# Head"),
        ("- item", "\\- item"),
        ("> quote", "\\> quote"),
        ("1. one", "1\\. one"),
        ("a*b_c", "a\\*b\\_c"),
        ("@here", "@\u200bhere"),
        ("<@1>", "<\u200b@\u200b1>"),
        ("a < b", "a < b"),
        ("C:\\x", "C:\\\\x"),
        ("see http://x.example", "see http\u200b://x.example"),
        ("Ratio 3:1", "Ratio 3:1"),
    ],
)
def test_escaping_shows_the_words_and_takes_their_meaning(words: str, shown: str) -> None:
    assert escape(words) == shown


def test_a_safe_line_cannot_leave_its_block() -> None:
    assert fence("a ``` b").count("```") == 2


@pytest.mark.parametrize("title", ["", "x" * 300, "據" * 200, "👩‍👩‍👧‍👦" * 60, "\n\u200b"])
def test_a_thread_is_named_within_a_hundred_characters(title: str) -> None:
    card = replace(seed_card(), headline=title)
    for cards in (1, 3):
        name = name_thread(Reply(parts=(card,) * cards))
        assert name.startswith("Claim check")
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 100


def test_everything_that_is_sent_is_plain_json() -> None:
    assert json.loads(json.dumps(body_of(draft_post(Reply(parts=(seed_card(),))))))
