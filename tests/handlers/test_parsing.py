"""What a message asks for."""

import pytest

from handlers.commands import CheckSources, CheckText, Puzzled, SayHelp, SayVersion
from handlers.parsing import parse_command
from handlers.request import Attachment, Request

ARTICLE = (
    "The bridge at Port Example will close for repairs in May, the city council said on Monday. "
    "Engineers found cracks in two of its pillars, according to a report that the council published."
)
LINK = "https://news.example/bridge"


@pytest.mark.parametrize("message", ["help", "Help!", " HELP ", "/help", "?", "claimcheck help"])
def test_help_is_understood_however_it_is_typed(message: str) -> None:
    assert parse_command(Request(message=message)) == SayHelp()


@pytest.mark.parametrize("message", ["version", "/version", "claimcheck version"])
def test_version_is_understood(message: str) -> None:
    assert parse_command(Request(message=message)) == SayVersion()


@pytest.mark.parametrize("message", ["", "   ", "hello", "what can you do?", "thanks a lot", "👋", "help me"])
def test_small_talk_is_no_article(message: str) -> None:
    assert parse_command(Request(message=message)) == Puzzled()


@pytest.mark.parametrize(
    "message", [LINK, f"check {LINK}", f"/claimcheck check {LINK}", f"could you look at {LINK} please"]
)
def test_a_message_that_is_a_link_asks_for_the_linked_article(message: str) -> None:
    assert parse_command(Request(message=message)) == CheckSources(files=(), links=(LINK,))


def test_several_links_are_several_documents_in_order() -> None:
    second = "https://other.example/story"
    assert parse_command(Request(message=f"{LINK}\n{second}")) == CheckSources(files=(), links=(LINK, second))


def test_a_long_text_is_the_document_and_its_links_are_only_offered() -> None:
    text = f"{ARTICLE} More at {LINK} today."
    assert parse_command(Request(message=text)) == CheckText(text=text, links=(LINK,))


@pytest.mark.parametrize("prefix", ["check ", "check: ", "Check: ", "/check ", "check\n", "/claimcheck check "])
def test_the_word_check_before_a_text_is_no_part_of_it(prefix: str) -> None:
    assert parse_command(Request(message=prefix + ARTICLE)) == CheckText(text=ARTICLE, links=())


@pytest.mark.parametrize(
    "start", ["Check your fridge, the agency said. ", "checkpoints were closed. ", "Checks found rust. "]
)
def test_an_article_that_starts_with_such_a_word_is_left_whole(start: str) -> None:
    assert parse_command(Request(message=start + ARTICLE)) == CheckText(text=start + ARTICLE, links=())


def test_a_short_text_after_the_word_check_is_still_a_text() -> None:
    assert parse_command(Request(message="check the bridge closes")) == CheckText(text="the bridge closes", links=())


def test_files_are_what_is_checked_and_the_message_beside_them_is_not() -> None:
    file = Attachment(name="a.txt", data=b"...")
    assert parse_command(Request(message="help", attachments=(file,))) == CheckSources(files=(file,), links=())
    assert parse_command(Request(message=LINK, attachments=(file,))) == CheckSources(files=(file,), links=(LINK,))


def test_a_link_named_twice_is_checked_once() -> None:
    assert parse_command(Request(message=LINK, links=(LINK,))) == CheckSources(files=(), links=(LINK,))
