"""What a second check found changed, in sentences."""

import dataclasses

from bot.report import Engine
from handlers.wording_changes import word_changes
from tests.handlers.newsroom import article, report_on

_ANIMALS = ("ant", "bee", "cow", "dog", "eel", "fox", "gnu", "hen", "ibis", "jay", "koi", "lynx", "mole", "newt")


def test_claims_that_came_changed_and_went_are_told_with_their_quotes() -> None:
    before = report_on(article("The bridge will close in May [3].", "It is old [4]."))
    after = report_on(article("The bridge will close in May [1].", "Divers found nothing broken [0]."))
    assert word_changes(before, after) == (
        "New claim c2, grade 0 (unsourced): “Divers found nothing broken”",
        "Claim c1 is now graded 1 (vague or second-hand), before 3 (on record): “The bridge will close in May”",
        "No longer there, before graded 4 (on record, first-hand): “It is old”",
    )


def test_where_no_claim_changed_nothing_is_said() -> None:
    report = report_on(article("The bridge will close in May [3]."))
    assert word_changes(report, report) == ()
    assert word_changes(report, dataclasses.replace(report, engine=Engine(name="claimcheck", version="9"))) == ()


def test_another_engine_is_named_as_a_possible_cause() -> None:
    before = report_on(article("The bridge will close [3]."))
    after = report_on(article("The bridge will close [1]."), engine=Engine(name="claimcheck", version="9"))
    assert "claimcheck itself has changed too" in word_changes(before, after)[-1]


def test_a_page_that_was_written_anew_is_not_listed_to_the_end() -> None:
    sentences = [f"The {animal} left town today [1]." for animal in _ANIMALS]
    changes = word_changes(report_on(article()), report_on(article(*sentences)))
    assert len(changes) == 13
    assert changes[-1] == "And 2 more changes of this kind."


def test_a_long_quote_is_cut() -> None:
    long = " ".join(["The council of the town said again that it"] * 10)
    (change,) = word_changes(report_on(article()), report_on(article(f"{long} [1].")))
    assert " … " in change
    assert len(change) < 230
