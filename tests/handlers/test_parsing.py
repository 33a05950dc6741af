"""What a message asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.report import Grade
from handlers.commands import (
    ChangeSetting,
    CheckAgain,
    CheckSources,
    CheckText,
    Command,
    ExplainClaim,
    Export,
    ExportFormat,
    Forget,
    OverruleClaim,
    Puzzled,
    SayHelp,
    SayVersion,
    ShowAll,
    ShowHistory,
    ShowSettings,
    ShowSources,
    Undo,
)
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


def parsed(message: str) -> Command:
    return parse_command(Request(message=message))


def hint(message: str) -> str:
    command = parsed(message)
    assert isinstance(command, Puzzled)
    return command.hint


@pytest.mark.parametrize(
    "message",
    ["why 3", "Why 3?", "why c3", "why claim 3", "WHY  #3", "/why 3", "!why 3", "claimcheck why 3", "Claimcheck: why 3",
     "claimcheck, why 3", "“why 3”", "`why 3`", "why 3 please", "please why no. 3", "explain 3", "why 03", "why 3."],
)  # fmt: skip
def test_a_claim_is_asked_about_however_it_is_typed(message: str) -> None:
    assert parsed(message) == ExplainClaim(claim="c3")


@pytest.mark.parametrize(
    ("message", "command"),
    [
        ("show all", ShowAll()),
        ("Show everything!", ShowAll()),
        ("show me all claims", ShowAll()),
        ("show 17", ShowAll(report=17)),
        ("show all of 17", ShowAll(report=17)),
        ("sources", ShowSources()),
        ("show sources", ShowSources()),
        ("source", ShowSources()),
        ("sources of report 17", ShowSources(report=17)),
        ("export md", Export(format=ExportFormat.MARKDOWN)),
        ("export as Markdown", Export(format=ExportFormat.MARKDOWN)),
        ("EXPORT JSON", Export(format=ExportFormat.JSON)),
        ("export .csv", Export(format=ExportFormat.CSV)),
        ("export csv of #17", Export(format=ExportFormat.CSV, report=17)),
        ("why 3 of 17", ExplainClaim(claim="c3", report=17)),
        ("recheck", CheckAgain()),
        ("Re-check", CheckAgain()),
        ("check again", CheckAgain()),
        ("again", CheckAgain()),
        ("recheck 17", CheckAgain(report=17)),
        ("history", ShowHistory()),
        ("show history", ShowHistory()),
        ("history bridge collapse", ShowHistory(query="bridge collapse")),
        (f"history {LINK}", ShowHistory(query=LINK)),
        ("settings", ShowSettings()),
        ("settings detail full", ChangeSetting(name="detail", value="full")),
        ("settings auto check links", ChangeSetting(name="auto check", value="links")),
        ("settings auto-check = links", ChangeSetting(name="auto-check", value="links")),
        ("settings emoji to :mag_right:", ChangeSetting(name="emoji", value=":mag_right:")),
        ("settings emoji 🔍", ChangeSetting(name="emoji", value="🔍")),
        ("undo", Undo()),
        ("undo 17", Undo(report=17)),
        ("forget", Forget()),
        ("forget me", Forget()),
        (f"forget {LINK}", Forget(url=LINK)),
        (f"forget <{LINK}?utm_source=x|the story>", Forget(url=LINK)),
    ],
)
def test_every_command_is_understood(message: str, command: Command) -> None:
    assert parsed(message) == command


@pytest.mark.parametrize(
    "message",
    ["overrule 3 4 the minutes are public", "override c3 to 4: the minutes are public",
     "Overrule claim 3 = 4 – the minutes are public", "overrule 3 4 the minutes\nare public"],
)  # fmt: skip
def test_an_overrule_has_a_claim_a_grade_and_a_reason(message: str) -> None:
    assert parsed(message) == OverruleClaim(claim="c3", grade=Grade.FIRST_HAND, reason="the minutes are public")


def test_an_overrule_may_name_its_report() -> None:
    command = OverruleClaim(claim="c3", grade=Grade.UNSOURCED, reason="nobody says so", report=17)
    assert parsed("overrule 3 of 17 0 nobody says so") == command


@pytest.mark.parametrize("message", [f"recheck {LINK}", f"check again: {LINK}", f"again {LINK}", f"Re-check {LINK}"])
def test_a_link_may_be_checked_anew(message: str) -> None:
    assert parsed(message) == CheckSources(files=(), links=(LINK,), again=True)


def test_links_named_apart_may_be_checked_anew_too() -> None:
    command = parse_command(Request(message="recheck", links=(LINK,)))
    assert command == CheckSources(files=(), links=(LINK,), again=True)


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("why", "Which claim?"),
        ("why not?", "Which claim?"),
        ("explain", "Which claim?"),
        ("show", "show all"),
        ("export", "export csv"),
        ("export pdf", "“pdf”"),
        ("overrule", "which grade from 0 to 5"),
        ("overrule the bridge one please", "which grade from 0 to 5"),
        ("overrule 3 9", "Grades run from 0 to 5, so 9"),
        ("overrule 3 9 it is in the minutes", "Grades run from 0 to 5, so 9"),
        ("overrule 3 4", "Say why, too"),
        ("overrule 3 4.", "Say why, too"),
        ("settings detail", "“settings detail VALUE”"),
        ("forget it", "“forget” and one link"),
        ("undo that now", "just “undo”"),
        ("version 2", "version"),
    ],
)
def test_a_command_with_wrong_arguments_is_told_how_it_goes(message: str, says: str) -> None:
    assert says in hint(message)


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ("hlep", "help"),
        ("histroy", "history"),
        ("histroy bridge", "history bridge"),
        ("wyh 3", "why 3"),
        ("shwo all", "show all"),
        ("show al", "show all"),
        ("exprot csv", "export csv"),
        ("export jsn", "export json"),
        ("exprot cvs", "export csv"),
        ("setings", "settings"),
        ("overule 3 4 the minutes are public", "overrule 3 4 the minutes are public"),
        ("undoo", "undo"),
        ("fogret", "forget"),
        ("chekc again", "check again"),
        ("rechek", "recheck"),
    ],
)
def test_a_slip_of_the_keyboard_is_guessed(message: str, meant: str) -> None:
    assert hint(message) == f"Did you mean “{meant}”?"


@pytest.mark.parametrize(
    "message",
    ["hello", "hope so", "who 3", "Why 3 ministers resigned", "sauce", "held", "versions of events differ", "under",
     "what can you show us", "settings that nobody can change any more", "exports rose"],
)  # fmt: skip
def test_talk_is_not_guessed_at(message: str) -> None:
    assert hint(message) == ""


@pytest.mark.parametrize(
    "start",
    ["Why 3 ministers resigned.", "History was made on Monday.", "Check your fridge.", "Forget the weather.",
     "Settings of a village fair.", "Sources said so.", "Export of grain fell.", "Show all of it, they said.",
     "Undo the damage.", "Help is on its way.", "Overrule 3 judges?", "Again the river rose.", "Recheck the facts,",
     "Version 2 of the plan is out."],
)  # fmt: skip
@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
def test_an_article_that_begins_like_a_command_is_an_article(start: str, between: str) -> None:
    text = f"{start}{between}{ARTICLE}"
    assert parsed(text) == CheckText(text=text, links=())


def test_an_article_that_is_overlong_for_a_reason_is_an_article() -> None:
    text = "overrule 3 4 " + ARTICLE * 10
    assert parsed(text) == CheckText(text=text, links=())


@pytest.mark.parametrize("character", ["“", " ", "/", "9", "please ", "show ", "\n"])
def test_a_very_long_message_of_one_kind_is_read_at_once(character: str) -> None:
    assert not isinstance(parsed(character * 200_000), ShowAll | ExplainClaim)


_WORDS = st.sampled_from(
    ["why", "3", "c3", "show", "all", "history", "export", "csv", "settings", "overrule", "4", "undo", "forget", "help",
     "recheck", "of", "17", "please", "claimcheck", "/", "“", "?", ":", LINK, "bridge", "\n", "9" * 12, "²", "٣"]
)  # fmt: skip


@given(message=st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=12).map(" ".join)))
def test_nothing_that_is_typed_breaks_it(message: str) -> None:
    command = parsed(message)
    assert parsed(message) == command
    if isinstance(command, ExplainClaim | OverruleClaim):
        assert command.claim.startswith("c")


@given(
    start=st.lists(_WORDS.filter(lambda word: word != LINK), min_size=1, max_size=4).map(" ".join),
    body=st.lists(st.sampled_from("the council said on monday that bridge will close".split()), min_size=240),  # noqa: SIM905 - a sentence
)
def test_a_long_article_is_never_a_command(start: str, body: list[str]) -> None:
    assert isinstance(parsed(f"{start} {' '.join(body)}"), CheckText)
