"""A report in the terminal, as Markdown and as annotated text: complete, in order, readable without colour."""

import dataclasses
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from adapters.operations.findings import Finding, State
from adapters.terminal.annotated import render_annotated
from adapters.terminal.lists import render_findings, render_history, render_settings, render_sources
from adapters.terminal.rendering import render_card, render_notice
from bot.document import Span
from bot.errors import BadStatus
from bot.report import Report
from handlers.markdown import render_markdown
from handlers.reply import Card, HistoryLine, HistoryList, SettingLine, SettingsSheet, SourceLine, SourceList
from handlers.wording import word_card, word_error
from tests.report_samples import find, seed_report, text_document

HOSTILE = "\x1b[2J<!channel> @everyone [x](javascript:alert(1)) [red]markup[/red] :smile:"


def shown(renderable: RenderableType, *, width: int = 100) -> str:
    out = io.StringIO()
    Console(file=out, width=width, highlight=False, markup=False, emoji=False).print(renderable)
    return out.getvalue()


def card_of(report: Report | None = None) -> Card:
    return word_card(report or seed_report(), given="seed", elapsed_ms=1)


def hostile_card() -> Card:
    card = card_of()
    line = dataclasses.replace(card.key[0], claim=HOSTILE, quote=dataclasses.replace(card.key[0].quote, text=HOSTILE))
    return dataclasses.replace(
        card, headline=HOSTILE, about=HOSTILE, key=(line,), missing=(HOSTILE,), safe_line=HOSTILE
    )


def test_the_report_is_read_in_the_order_of_the_desk() -> None:
    text = shown(render_card(card_of(), everything=False))
    marks = [
        "Putin crisis",
        "4 claims:",
        "CHECK FIRST",
        "FLAGS",
        "SAFE LINE",
        "GET NEXT",
        "LIMITS OF THIS REPORT",
        "--all",
    ]
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)


def test_a_claim_shows_bar_label_chain_quote_and_reasons_without_colour() -> None:
    text = " ".join(shown(render_card(card_of(), everything=False)).split())
    assert "▮▯▯▯▯ 1 c1 Possibly more than 20 Russian diplomats" in text
    assert "Vague or second-hand: The Mirror → Bruce Jones, one of the UK’s top Russia analysts → “very senior" in text
    assert "“in the background there are many more, possibly more than 20”" in text
    assert "Why: Bruce Jones passes on what unnamed people told him." in text
    assert "▯▯▯▯▯ 0 c3 There are around 110,000 troop losses" in text
    assert "Unsourced: nobody is cited" in text


def test_flags_show_their_passages_side_by_side() -> None:
    text = shown(render_card(card_of(), everything=False))
    assert "“20 diplomats DEFECT” (headline) | “possibly more than 20”" in text
    assert "“losses” in the text, “killed” in a caption." in text


def test_a_flag_that_lists_passages_shows_some_and_counts_the_rest_until_all_are_asked_for() -> None:
    report = seed_report()
    words = ("Stalinist", "crumbling", "cruel safeguards", "a number of defections", "the west", "across Asia")
    flag = dataclasses.replace(report.flags[1], passages=tuple(map(find, words)))
    card = card_of(dataclasses.replace(report, flags=(flag,)))
    folded = shown(render_card(card, everything=False), width=200)
    assert "“cruel safeguards” · “a number of defections” · 2 more" in folded
    assert "“across Asia”" in shown(render_card(card, everything=True), width=200)


def test_a_claim_in_the_words_of_the_article_is_shown_once_and_in_quotation_marks() -> None:
    text = shown(render_card(card_of(), everything=True))
    assert text.count("ne Ukrainian strike killed as many as 500 troops") == 2
    line = dataclasses.replace(
        card_of().key[0], claim="“In the background there are many more, possibly more than 20.”"
    )
    text = shown(render_card(dataclasses.replace(card_of(), key=(line,)), everything=False))
    assert "▮▯▯▯▯ 1  c1  “in the background there are many more, possibly more than 20”" in text
    assert text.count("in the background") == 1


def test_many_findings_under_one_heading_are_cut_short_until_all_are_asked_for() -> None:
    report = seed_report()
    flags = tuple(dataclasses.replace(report.flags[0], note=f"finding {number}") for number in range(5))
    card = card_of(dataclasses.replace(report, flags=flags))
    assert "and 2 more" in shown(render_card(card, everything=False))
    assert "finding 4" in shown(render_card(card, everything=True))


def test_what_is_not_key_is_folded_away_until_asked_for() -> None:
    folded = shown(render_card(card_of(), everything=False))
    assert "as many as 500" not in folded
    assert "Folded away: 1 more claim and 1 opinion or prediction. Show them with --all." in folded
    unfolded = shown(render_card(card_of(), everything=True))
    assert "One Ukrainian strike killed as many as 500 troops" in unfolded
    assert "Richard Kemp, Colonel: This development could be extremely valuable." in unfolded
    assert "Also: “20 diplomats DEFECT from Moscow” (headline)" in unfolded
    assert "Folded away" not in unfolded


def test_a_report_whose_claims_are_none_key_says_how_to_see_them() -> None:
    card = card_of()
    text = shown(render_card(dataclasses.replace(card, key=(), rest=card.key), everything=False))
    assert "No claim stands out; --all lists every one." in text


def test_a_report_without_claims_flags_or_advice_shows_no_empty_headings() -> None:
    card = dataclasses.replace(
        card_of(), key=(), rest=(), flags=(), safe_line="", missing=(), notes=(), opinions=(), about=""
    )
    assert len(shown(render_card(card, everything=False)).strip().splitlines()) == 2
    assert "#" not in render_markdown(card, everything=True).removeprefix("##")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = shown(render_card(card_of(), everything=True), width=width).splitlines()
    assert max(map(len, lines)) <= width


def test_markup_and_escapes_in_an_article_are_shown_as_words_in_the_terminal() -> None:
    text = shown(render_card(hostile_card(), everything=True), width=200)
    assert "\x1b" not in text
    assert text.count("␛[2J<!channel> @everyone [x](javascript:alert(1)) [red]markup[/red] :smile:") >= 4


def test_markup_in_an_article_is_shown_as_words_in_markdown() -> None:
    text = render_markdown(hostile_card(), everything=True)
    assert not re.search(r"\x1b|<!channel|@everyone|(?<!\\)\[x|javascript:", text)
    assert "everyone" in text


@given(st.text(min_size=1, max_size=60), st.integers(min_value=20, max_value=140))
def test_any_words_of_an_article_can_be_shown_at_any_width(words: str, width: int) -> None:
    report = seed_report()
    document = dataclasses.replace(text_document(words), title=words, outlet=words)
    whole = Span(start=0, end=len(words))
    claim = dataclasses.replace(
        report.claims[0], claim=words, quote=whole, mentions=(), chain=(), hedges=(whole,), reasons=()
    )
    odd = dataclasses.replace(
        report, document=document, claims=(claim,), attributions=(), flags=(), summary=report.summary, notes=(words,)
    )
    text = shown(render_card(card_of(odd), everything=True), width=width)
    marked = render_annotated(odd, brackets=True).plain
    for printed in (text, marked, render_markdown(card_of(odd), everything=True)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", printed)


def test_markdown_holds_everything_that_the_terminal_shows() -> None:
    text = render_markdown(card_of(), everything=True)
    for part in (
        "## Putin crisis",
        "### Check first",
        "- ▮▯▯▯▯ 1 · c1: **Possibly more than 20",
        "“20 diplomats DEFECT” \\(headline\\) | “possibly more than 20” — The headline drops",
        "**Safe line:** Bruce Jones told",
        "- who told Bruce Jones",
        "### Other claims",
        "Richard Kemp, Colonel",
        "### Limits of this report",
    ):
        assert part in text
    assert "### Other claims" not in render_markdown(card_of(), everything=False)


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("https://news.example/a?b=c", "<https://news.example/a?b=c>"),
        ("https://a.example/<x>", "https\u200b://a.example/&lt;x&gt;"),
    ],
)
def test_the_link_of_the_article_can_be_followed_unless_it_is_odd(url: str, line: str) -> None:
    report = seed_report()
    linked = dataclasses.replace(report, document=dataclasses.replace(report.document, url=url))
    assert line in render_markdown(card_of(linked), everything=False).splitlines()
    assert url in shown(render_card(card_of(linked), everything=False))


def test_annotated_text_marks_every_quote_and_mention_and_keeps_the_words() -> None:
    text = render_annotated(seed_report(), brackets=True).plain
    assert "as [20 diplomats DEFECT from Moscow] [c1 ▮1]" in text
    assert "[there is around 110,000 troop losses in Ukraine's frontline] [c3 ▮0]." in text
    unmarked = re.sub(r" \[c\d ▮\d\]|[\[\]]", "", text)
    assert unmarked == seed_report().document.text


def test_annotated_text_underlines_where_it_can() -> None:
    annotated = render_annotated(seed_report(), brackets=False)
    underlined = [annotated.plain[span.start : span.end] for span in annotated.spans if span.style == "underline"]
    assert "20 diplomats DEFECT from Moscow" in underlined
    assert "[20" not in annotated.plain


def test_claims_that_overlap_are_marked_each_with_its_own_end() -> None:
    report = seed_report()
    inner = dataclasses.replace(report.claims[3], id="c9", quote=find("killed as many as 500 troops"))
    text = render_annotated(dataclasses.replace(report, claims=(report.claims[3], inner)), brackets=True).plain
    assert "[one Ukrainian strike [killed as many as 500 troops] [c4 ▮0]] [c9 ▮0] after" in text


def test_a_failure_names_its_input() -> None:
    notice = word_error(BadStatus("The page answered 404."), given="https://a.example/")
    assert shown(render_notice(notice)).strip() == "https://a.example/: The page answered 404."


def test_settings_show_their_value_what_they_may_be_and_what_they_do() -> None:
    line = SettingLine(name="detail", value="full", choices="compact, full", explained=HOSTILE)
    text = shown(render_settings(SettingsSheet(lines=(line,), may_change=True)), width=200)
    assert "detail full" in text
    assert "may be: compact, full" in text
    assert "\x1b" not in text


def test_hostile_names_and_titles_are_shown_as_words_in_lists() -> None:
    source = SourceLine(name=HOSTILE, footing="named person", title=HOSTILE, claims=("c1",))
    entry = HistoryLine(when="today", title=HOSTILE, url=f"https://a.example/{HOSTILE}", grades="1 claim", report_id=1)
    for printed in (
        shown(render_sources(SourceList(headline=HOSTILE, lines=(source,), report_id=1)), width=300),
        shown(render_history(HistoryList(heading="The latest checks", lines=(entry,))), width=300),
        shown(render_findings((Finding(about="clock", state=State.OK, said=HOSTILE),)), width=300),
    ):
        assert "\x1b" not in printed
        assert "␛[2J<!channel> @everyone" in printed
