"""People named together and taken up as one speaker."""

import pytest

from bot.analysis.cast import read_cast
from bot.report import SourceKind
from tests.bot.analysis.articles import parse, span_of

FOUND = "Ann Day and Ben Hall were found on Monday. "


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("They said the cave was dry.", "They"),
        ("The couple said the cave was dry.", "The couple"),
        ("The pair told reporters that a dog barked.", "The pair"),
    ],
)
def test_two_people_named_together_speak_as_one(said: str, words: str) -> None:
    text = FOUND + said
    speaker = read_cast(parse(text)).identify(span_of(text, words))
    assert (speaker.name, speaker.kind) == ("Ann Day and Ben Hall", SourceKind.NAMED_PERSON)


def test_they_means_both_in_what_is_claimed_too() -> None:
    text = FOUND + "They had eaten snow."
    assert read_cast(parse(text)).resolve(span_of(text, "They")) == "Ann Day and Ben Hall"


def test_three_people_in_a_list_are_one_speaker() -> None:
    text = "Ann Day, Ben Hall and Cleo Moss were found on Monday. They said the cave was dry."
    assert read_cast(parse(text)).identify(span_of(text, "They")).name == "Ann Day, Ben Hall and Cleo Moss"


def test_a_couple_that_nobody_is_named_for_stays_unnamed() -> None:
    text = "Ann Day was found on Monday. Ben Hall was found on Friday. The couple said the cave was dry."
    assert read_cast(parse(text)).identify(span_of(text, "The couple")).kind is SourceKind.UNNAMED_GROUP


def test_a_couple_is_not_looked_for_far_away() -> None:
    text = FOUND + "Rain fell. Snow fell. Hail fell. Sleet fell. The couple said the cave was dry."
    assert read_cast(parse(text)).identify(span_of(text, "The couple")).kind is SourceKind.UNNAMED_GROUP
