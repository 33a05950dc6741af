"""Replies as Slack messages: every part, every limit, and words of an article that try to be more than words."""

import json
from dataclasses import replace

import pytest

from adapters.slack.forms import feedback_form, offer_recheck, overrule_form, setting_form
from adapters.slack.places import Asking
from adapters.slack.rendering import Message, files_of, render_many, render_one, render_rest
from handlers.actions import Action, ActionKind
from handlers.reply import Notice, Reply, ReplyFile, SettingLine
from tests.adapters.chat.replies import SCRIPTS, claim, every_part, long_card, seed_card
from tests.adapters.slack.budgets import broken_by, broken_by_view, texts_in

HOSTILE = (
    "<!channel> <!here> <@U123> <#C123> <https://evil.example|bank.example> *bold* `code` ```fence``` "
    "&lt;!everyone&gt; _it_ ~gone~ :rotating_light: \u202egnp.exe\u200b @everyone http://evil.example\x00\x1b[31m"
)
ASKING = Asking(tenant="slack:T1", channel="C1", message="1.1", user="U1")


def broken(message: Message) -> list[str]:
    return broken_by(message.blocks, text=message.text)


def shown(message: Message) -> str:
    return "\n".join(texts_in(list(message.blocks)))


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("times", [1, 20, 60])
def test_every_part_in_every_script_keeps_every_limit(script: str, times: int) -> None:
    words = SCRIPTS[script] * times
    for reply in every_part(words):
        parts = [part for part in reply.parts if not isinstance(part, ReplyFile)]
        for message in (render_one(reply), *render_many(parts)):
            assert broken(message) == [], type(reply.parts[0]).__name__


def test_forty_long_claims_are_all_told_over_several_messages() -> None:
    card = replace(long_card(SCRIPTS["Arabic"] * 2, claims=40, everything=True), flags=())
    messages = render_many([card])
    told = "\n".join(map(shown, messages))
    assert 1 < len(messages) <= 8
    assert all(f"\n{number}. " in told for number in range(1, 41))
    assert "No room here" not in told


def test_what_needs_more_messages_than_are_sent_is_attached_in_full() -> None:
    card = long_card(SCRIPTS["Chinese"] * 20, everything=True)
    (file,) = render_rest([card])
    assert all(f"\n{number}. " in file.text for number in range(1, 41))
    assert "as a file" in shown(render_many([card])[-1])
    assert render_rest([seed_card()]) == ()


def test_what_has_no_room_in_one_message_is_named_with_the_button_that_has_it() -> None:
    message = render_one(Reply(parts=(long_card(SCRIPTS["Chinese"] * 12),)))
    assert "No room here for" in shown(message)
    assert "claims" in shown(message)
    assert "“Show all claims”" in shown(message)
    assert "Show all 40 claims" in json.dumps(message.blocks, ensure_ascii=False)


def test_a_report_to_be_shown_in_full_that_does_not_fit_is_shown_in_short() -> None:
    words = SCRIPTS["Chinese"]
    assert "Show all" not in json.dumps(render_one(Reply(parts=(seed_card(everything=True),))).blocks)
    long = render_one(Reply(parts=(long_card(words, everything=True),)))
    assert long == render_one(Reply(parts=(long_card(words),)))
    assert "Show all 40 claims" in shown(long)


def test_a_menu_of_fewer_claims_than_there_are_says_so() -> None:
    assert "25 of 40; “why N” for all" in json.dumps(
        render_one(Reply(parts=(long_card("words"),))).blocks, ensure_ascii=False
    )


def test_of_ten_articles_each_keeps_its_headline_and_its_buttons() -> None:
    cards = tuple(replace(long_card("long " * 20, report_id=n), headline=f"Article {n}") for n in range(10))
    message = render_one(Reply(parts=cards))
    assert all(f"Article {n}" in shown(message) for n in range(10))
    assert all(f"cc1:all:{n}" in json.dumps(message.blocks) for n in range(10))


def test_the_seed_report_reads_in_the_order_of_a_desk() -> None:
    message = render_one(Reply(parts=(seed_card(),)))
    told = shown(message)
    order = ["Putin crisis", "4 claims", "Check first", "Flags", "Safe line", "Get next", "Folded away"]
    assert [told.index(words) for words in order] == sorted(told.index(words) for words in order)
    assert "▮▯▯▯▯ 1 of 5" in told
    assert "The Mirror → Bruce Jones" in told
    assert "Putin crisis" in message.text
    assert "1 of 5" in message.text
    kinds = [action.split(":")[1] for action in _action_ids(message)]
    assert kinds == ["all", "sources", "overrule", "useless", "settings", "why", "export"]


def test_nothing_that_an_article_says_takes_effect() -> None:
    for reply in every_part(HOSTILE):
        message = render_one(reply)
        assert broken(message) == []  # which allows text and links only, no mention and no emoji
        assert "<!" not in message.text
        assert "<@" not in message.text
        assert "<http" not in message.text
        told = json.dumps([*message.blocks, message.text], ensure_ascii=False)
        assert not any(sign in told for sign in ("\u202e", "\u200b", "\\u0000", "\\u001b", "mrkdwn"))


def test_a_link_leads_where_it_says_or_nowhere() -> None:
    card = long_card("words")
    for url, clickable in {
        "https://news.example/a?b=c": True,
        "https://bank.example@evil.example/": False,
        "https://news.example/\u202egnp": False,
        "javascript:alert(1)": False,
        "https://bücher.example/": False,
    }.items():
        document = replace(card.report.document, url=url)
        message = render_one(Reply(parts=(replace(card, report=replace(card.report, document=document)),)))
        links = [part for part in _elements(list(message.blocks)) if part.get("type") == "link"]
        assert bool(links) is clickable, url
        assert all(set(link) == {"type", "url"} for link in links)


def test_files_are_not_words() -> None:
    file = ReplyFile(name="report.md", text="# all of it", caption="The report.")
    reply = Reply(parts=(file,))
    assert files_of(reply) == (file,)
    assert shown(render_one(reply)) == "The report."


def test_an_empty_notice_is_a_message_all_the_same() -> None:
    assert broken(render_one(Reply(parts=(Notice(text=""),)))) in ([], ["no elements"])


@pytest.mark.parametrize("words", [HOSTILE, *SCRIPTS.values()])
def test_forms_keep_every_limit(words: str) -> None:
    line = SettingLine(name="auto-check", value=words * 9, choices=words * 9, explained=words * 90)
    action = Action(kind=ActionKind.OVERRULE, report=10**17)
    for view in (
        *(
            overrule_form(action, ASKING, [claim(number, words * 9) for number in range(many)])
            for many in (0, 100, 101)
        ),
        feedback_form(action, ASKING),
        setting_form(action, ASKING, [line] * 9),
    ):
        assert broken_by_view(view) == []
    assert broken(offer_recheck("1700000000.000001")) == []


def _elements(value: object) -> list[dict[str, object]]:
    if isinstance(value, dict):
        return [value, *_elements(list(value.values()))]
    return [found for inner in value for found in _elements(inner)] if isinstance(value, list | tuple) else []


def _action_ids(message: Message) -> list[str]:
    ids = [str(part["action_id"]) for part in _elements(list(message.blocks)) if "action_id" in part]
    return [f"menu:{id_.split(':')[1]}" if id_.startswith("menu") else id_ for id_ in ids]
