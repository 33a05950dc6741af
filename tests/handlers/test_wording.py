"""What a reply says of a report: chains in words, passages side by side, nothing of a claim's truth."""

import dataclasses
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.access import Person
from bot.document import Span
from bot.errors import BadStatus
from bot.report import Claim, FlagKind, Grade, Hop, Reason, Report, SourceKind
from bot.store.records import Overrule
from handlers.commands import Puzzled
from handlers.parsing import parse_command
from handlers.reply import Card, Passage
from handlers.request import Request
from handlers.wording import HELP, word_card, word_error, word_recent, word_time, word_too_many
from tests.report_samples import find, seed_report


def card_of(report: Report | None = None, *, links_left: int = 0) -> Card:
    return word_card(report or seed_report(), given="seed", elapsed_ms=7, links_left=links_left)


def with_claim(**changes: object) -> Report:
    report = seed_report()
    claim: Claim = dataclasses.replace(report.claims[0], **changes)  # type: ignore[arg-type]  # names are the cases'
    return dataclasses.replace(report, claims=(claim,))


def test_the_card_opens_with_the_headline_and_the_summary_line() -> None:
    card = card_of()
    assert card.headline.startswith("Putin crisis: Desperate")
    assert card.summary == "4 claims: 0 strong · 0 moderate · 2 weak · 2 unsourced. 1 independent origin."


def test_key_claims_come_first_and_the_rest_is_folded_away() -> None:
    card = card_of()
    assert [line.id for line in card.key] == ["c1", "c2", "c3"]
    assert [line.id for line in card.rest] == ["c4"]


@pytest.mark.parametrize(
    ("id_", "told"),
    [
        (
            "c1",
            (
                "The Mirror → Bruce Jones, one of the UK’s top Russia analysts → "
                "“very senior and well-informed sources” (anonymous; hearsay; hedged “possibly”)"
            ),
        ),
        ("c2", "The Mirror (another news outlet; origin not stated)"),
        ("c3", "nobody is cited; hedged “around 110,000”"),
    ],
)
def test_the_chain_is_told_on_one_line_with_what_to_know_of_it(id_: str, told: str) -> None:
    assert {line.id: line.told for line in card_of().key}[id_] == told


def test_a_chain_without_a_named_person_before_the_unnamed_is_no_hearsay() -> None:
    chain = seed_report().claims[0].chain
    assert "hearsay" not in card_of(with_claim(chain=chain[2:])).key[0].told


def test_a_title_that_the_name_holds_already_is_not_said_twice() -> None:
    hop = dataclasses.replace(seed_report().claims[0].chain[1], name="Colonel Richard Kemp", title="Colonel")
    line = card_of(with_claim(chain=(hop,), kind=SourceKind.NAMED_PERSON, hedges=(), hedged=False)).key[0]
    assert line.told == "Colonel Richard Kemp (named person)"


@pytest.mark.parametrize(("grade", "bar"), [(0, "▯▯▯▯▯ 0"), (1, "▮▯▯▯▯ 1"), (5, "▮▮▮▮▮ 5")])
def test_the_bar_shows_the_grade_and_its_figure(grade: int, bar: str) -> None:
    assert dataclasses.replace(card_of().key[0], grade=grade).bar == bar


def test_a_claim_that_nobody_stands_behind_shows_the_cue_that_hides_them() -> None:
    hop = Hop(name="no source stated", kind=SourceKind.UNSPECIFIED, span=find("It is understood"))
    line = card_of(with_claim(chain=(hop,), kind=SourceKind.UNSPECIFIED, hedges=(), hedged=False)).key[0]
    assert line.told == "“It is understood” (nobody stands behind it)"


def test_every_claim_brings_its_quote_and_reasons_with_passages() -> None:
    for line in (*card_of().key, *card_of().rest):
        assert line.quote.text
        assert line.reasons
        assert all(reason.passages for reason in line.reasons)


def test_a_passage_says_when_it_stands_elsewhere_than_in_the_text() -> None:
    line = card_of().key[0]
    assert line.quote.quoted() == "“in the background there are many more, possibly more than 20”"
    assert [passage.where for passage in line.also] == ["headline", "caption"]
    assert line.also[0].quoted() == "“20 diplomats DEFECT from Moscow” (headline)"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("“Stalinist”", "“Stalinist”"),
        ("“We have no choice", "“We have no choice”"),
        ('"no choice".', "“'no choice'.”"),
        ("put “Stalinist” restrictions", "“put ‘Stalinist’ restrictions”"),
        ("“One” and “two”", "“‘One’ and ‘two’”"),
        ("“", "“”"),
        ("", "“”"),
    ],
)
def test_quotation_marks_are_never_doubled(words: str, shown: str) -> None:
    assert Passage(text=words, where="text").quoted() == shown


def test_a_claim_in_the_words_of_its_quote_is_known_as_such() -> None:
    line = card_of().key[0]
    assert not line.verbatim
    assert dataclasses.replace(line, claim="In the background, there are many more, possibly more than 20.").verbatim


def test_a_long_passage_is_cut_in_its_middle() -> None:
    passage = card_of().key[0].quote
    cut = passage.quoted(longest=40)
    assert len(cut) < 48
    assert cut.startswith("“in the background")
    assert cut.endswith("than 20”")
    assert " … " in cut


def test_flags_are_grouped_under_a_heading_and_keep_their_passages_side_by_side() -> None:
    groups = {group.heading: group.items for group in card_of().flags}
    assert list(groups) == [
        "Headline or caption overstates",
        "Wording differs in strength",
        "Quoted, but nobody says it",
    ]
    overstated = groups["Headline or caption overstates"][0]
    assert [passage.quoted() for passage in overstated.passages] == [
        "“20 diplomats DEFECT” (headline)",
        "“possibly more than 20”",
    ]
    assert [item.passages[0].text for item in groups["Quoted, but nobody says it"]] == [
        "“Stalinist”",
        "“cruel safeguards”",
    ]


@pytest.mark.parametrize("kind", FlagKind)
def test_every_kind_of_flag_has_a_heading(kind: FlagKind) -> None:
    flag = dataclasses.replace(seed_report().flags[0], kind=kind)
    (group,) = card_of(dataclasses.replace(seed_report(), flags=(flag,))).flags
    assert group.heading


def test_the_same_finding_is_shown_once() -> None:
    report = seed_report()
    assert card_of(dataclasses.replace(report, flags=report.flags * 2)).flags == card_of(report).flags


def test_a_repeated_caption_is_one_passage() -> None:
    report = seed_report()
    first = find("Around 110,000 troops have been killed in the Ukraine frontline")
    second = dataclasses.replace(first, start=first.end + 1, end=first.end + 1 + (first.end - first.start))
    claim = dataclasses.replace(report.claims[2], mentions=(first, second))
    assert len(card_of(dataclasses.replace(report, claims=(claim,))).key[0].also) == 1


def test_a_sourced_prediction_is_listed_and_not_graded() -> None:
    assert [opinion.shown for opinion in card_of().opinions] == [
        "Richard Kemp, Colonel: This development could be extremely valuable."
    ]


@pytest.mark.parametrize(("count", "said"), [(0, ""), (1, "a link"), (3, "3 links")])
def test_links_in_a_text_are_offered_and_not_opened(count: int, said: str) -> None:
    notes = card_of(links_left=count).notes
    assert notes[0] == "The page ends in the middle of a sentence."
    assert len(notes) == 1 + bool(count)
    assert said in notes[-1]


def test_an_article_without_a_title_is_named_by_its_link_or_its_input() -> None:
    report = seed_report()
    untitled = dataclasses.replace(report.document, title="")
    linked = dataclasses.replace(untitled, url="https://news.example/a")
    assert card_of(dataclasses.replace(report, document=untitled)).headline == "seed"
    assert card_of(dataclasses.replace(report, document=linked)).headline == "https://news.example/a"


def test_outlet_byline_and_date_are_told_as_far_as_known() -> None:
    report = seed_report()
    document = dataclasses.replace(report.document, outlet="The Example", published="2023-01-09")
    assert card_of(dataclasses.replace(report, document=document)).about == "The Example · 2023-01-09"


def test_an_error_is_answered_with_its_sentence_and_names_its_input() -> None:
    error = BadStatus("The page answered 404.")
    notice = word_error(error, given="https://a.example/")
    assert (notice.text, notice.given, notice.error) == ("The page answered 404.", "https://a.example/", error)


def test_links_beyond_the_limit_are_named_so_that_nothing_is_lost() -> None:
    assert "https://b.example/" in word_too_many(("https://b.example/",), limit=10).text


def test_an_unnamed_source_is_shown_with_the_article_that_the_text_gives_it() -> None:
    report = seed_report()
    words = "a stuffed tiger"
    text = f"{report.document.text}\n{words}"
    start = len(text) - len(words)
    span = Span(start=start, end=len(text))
    hop = Hop(name="stuffed tiger", kind=SourceKind.UNNAMED_PERSON, span=span)
    told = dataclasses.replace(
        with_claim(chain=(hop,), hedges=(), hedged=False), document=dataclasses.replace(report.document, text=text)
    )
    assert card_of(told).key[0].told == "“a stuffed tiger” (a person without a name)"


def test_the_quote_is_not_repeated_as_the_passage_behind_a_reason() -> None:
    claim = seed_report().claims[0]
    reason = Reason(text="Nobody is cited.", spans=(claim.quote, claim.chain[0].span))
    (line,) = card_of(with_claim(reasons=(reason,))).key[0].reasons
    assert line.passages == (Passage(text=claim.chain[0].span.text_in(seed_report().document.text), where="text"),)


def test_a_date_is_told_without_its_time() -> None:
    report = seed_report()
    dated = dataclasses.replace(report, document=dataclasses.replace(report.document, published="2024-03-05T08:00:00Z"))
    assert card_of(dated).about.endswith("2024-03-05")


def overrule(**changes: object) -> Overrule:
    made = Overrule(
        id=1,
        report_id=7,
        claim_id="c1",
        grade=Grade.FIRST_HAND,
        reason="The  minutes\nare public.",
        by=Person(id="U1", name="A. Reader"),
        at=datetime(2026, 11, 24, tzinfo=UTC),
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]  # names are the cases'


def test_a_persons_grade_stands_with_its_claim_and_no_other() -> None:
    card = word_card(seed_report(), given="seed", overrules=(overrule(),))
    assert [line.overruled for line in card.key] == [
        "A. Reader set this to 4 (was 1): The minutes are public.",
        "",
        "",
    ]
    assert card.key[0].grade == 1


def test_a_person_whose_name_is_not_known_is_somebody() -> None:
    card = word_card(seed_report(), given="seed", overrules=(overrule(by=Person(id="U1", name=" \n")),))
    assert card.key[0].overruled.startswith("Somebody set this to 4")


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 11, 24, 10, 32, tzinfo=UTC), "24 November 2026 at 10:32 UTC"),
        (datetime(2026, 3, 1, 0, 5, tzinfo=timezone(timedelta(hours=2))), "28 February 2026 at 22:05 UTC"),
    ],
)
def test_a_moment_is_told_in_words_and_in_utc(at: datetime, told: str) -> None:
    assert word_time(at) == told


@pytest.mark.parametrize(
    ("days", "told"), [(0, "today at 10:32 UTC"), (1, "yesterday at 10:32 UTC"), (2, "24 November 2026 at 10:32 UTC")]
)
def test_a_recent_day_is_told_as_such(days: int, told: str) -> None:
    at = datetime(2026, 11, 24, 10, 32, tzinfo=UTC)
    assert word_recent(at, now=at + timedelta(days=days, hours=3)) == told


@pytest.mark.parametrize("line", [line for line in HELP.splitlines() if " – " in line])
def test_every_command_in_the_help_is_understood(line: str) -> None:
    """As it stands there, with words for what is in capitals."""
    for typed in line.partition(" – ")[0].replace(" or ", ", ").split(", "):
        example = (
            typed.replace("LINK", "https://news.example/a").replace("NAME VALUE", "detail full").replace("WORDS", "x")
        )
        assert not isinstance(parse_command(Request(message=example.replace("REASON", "because"))), Puzzled), typed
