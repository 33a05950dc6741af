"""What there is to check in a message, in all the ways in which Slack tells it."""

import pytest

from adapters.slack.material import ask_to_check, find_material, read_words
from handlers.commands import CheckSources, CheckText
from handlers.parsing import parse_command
from tests.adapters.slack.slack_server import BOT, Payload

LINK = "https://news.example/harbour?a=1&b=2"
LINK_TOLD = LINK.replace("&", "&amp;")


def words(message: Payload) -> str:
    return find_material(message, bot_user=BOT).words


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (f"<@{BOT}> check this", "check this"),
        (f"<{LINK_TOLD}>", LINK),
        (f"<{LINK_TOLD}|the harbour>", LINK),
        ("<@U2> and <@U3|jo> in <#C1|news>", "@U2 and @jo in #news"),
        ("<!here> <!channel|@channel> <!subteam^S1|@desk> <!date^1^x|May 3>", "@here @channel @desk May 3"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&amp;lt;!channel&amp;gt;", "&lt;!channel&gt;"),
        ("", ""),
    ],
)
def test_slacks_mark_up_is_read_as_words(told: str, read: str) -> None:
    assert read_words(told, bot_user=BOT) == read


def test_a_preview_of_a_link_that_is_said_adds_nothing() -> None:
    preview = {"from_url": LINK, "original_url": LINK, "title": "Harbour", "text": "Closed, says Mira Olsen."}
    assert words({"text": f"<{LINK_TOLD}>", "attachments": [preview]}) == LINK
    assert words({"text": "", "attachments": [preview]}) == LINK


def test_a_shared_post_counts_as_its_words() -> None:
    shared = {"channel_id": "C2", "from_url": "https://x.slack.com/archives/C2/p1", "text": f"look at <{LINK_TOLD}>"}
    assert words({"text": "", "attachments": [shared]}) == f"look at {LINK}"
    assert words({"text": "see below", "attachments": [shared]}) == f"see below\n\nlook at {LINK}"


def test_what_other_apps_post_in_attachments_and_fields_counts() -> None:
    attachment = {
        "pretext": "New story", "title": "Harbour", "title_link": LINK, "text": "Closed.",
        "fields": [{"title": "Desk", "value": "Foreign"}],
    }  # fmt: skip
    assert words({"text": "", "attachments": [attachment]}) == (
        f"New story\n\nHarbour\n\n{LINK}\n\nClosed.\n\nDesk\nForeign"
    )
    assert words({"text": "", "attachments": [{"fallback": "only this"}]}) == "only this"


def test_what_other_apps_post_in_blocks_counts() -> None:
    rich = {"type": "rich_text_section", "elements": [
        {"type": "text", "text": "5 < 6 "}, {"type": "link", "url": LINK}, {"type": "emoji", "name": "x"}]}  # fmt: skip
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "Harbour"}},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "Closed."},
            "fields": [{"type": "mrkdwn", "text": "Now"}],
        },
        {"type": "rich_text", "elements": [rich, {"type": "rich_text_list", "elements": [rich]}]},
        {"type": "context", "elements": [{"type": "plain_text", "text": "By Jo"}, {"type": "image"}]},
        {"type": "divider"},
        "nonsense",
    ]
    told = words({"blocks": blocks})
    assert [part in told for part in ("Harbour", "Closed.", "Now", "5 < 6", LINK, "By Jo")] == [True] * 6
    assert words({"attachments": [{"blocks": blocks}]}) == told
    shared = {"channel_id": "C2", "message_blocks": [{"message": {"blocks": blocks}}]}
    assert words({"attachments": [shared]}) == told


@pytest.mark.parametrize("message", [{}, {"text": None}, {"attachments": "no"}, {"files": [1]}, {"blocks": {"a": 1}}])
def test_what_is_not_as_slack_writes_it_is_empty(message: Payload) -> None:
    assert words(message) == ""


def test_a_shared_post_counts_by_its_words_and_files_and_not_by_its_address() -> None:
    permalink = "https://news.slack.com/archives/C2/p17?thread_ts=1.1&amp;cid=C2"
    shared = {"channel_id": "C2", "from_url": permalink.replace("&amp;", "&"), "text": "The harbour is closed."}
    assert words({"text": f"<{permalink}>", "attachments": [shared]}) == "The harbour is closed."
    assert words({"text": f"see <{permalink}|this>", "attachments": [shared]}) == "see\n\nThe harbour is closed."
    file = {"id": "F1", "name": "a.txt", "url_private": "u"}
    found = find_material({"text": "", "attachments": [{**shared, "files": [file]}]}, bot_user=BOT)
    assert [known.name for known in found.files] == ["a.txt"]


def test_files_are_told_apart_by_whether_they_are_read() -> None:
    files = [{"id": "F1", "name": "a.PDF", "size": 3, "url_private": "u"}, {"id": "F2", "name": "b.png"}, {"id": "F3"}]
    found = find_material({"files": files}, bot_user=BOT)
    assert [(file.id, file.url, file.size) for file in found.files] == [("F1", "u", 3)]
    assert found.unreadable == 2


@pytest.mark.parametrize(
    ("said", "kind"),
    [("forget", CheckText), ("settings emoji eyes", CheckText), (LINK, CheckSources), ("word " * 30, CheckText)],
)
def test_what_is_pointed_at_is_never_a_command(said: str, kind: type) -> None:
    command = parse_command(ask_to_check(find_material({"text": said}, bot_user=BOT), ()))
    assert isinstance(command, kind)
