"""Who is protected by the reporter, however the promise is worded."""

import pytest

from bot.analysis.cast import read_cast
from bot.report import SourceKind
from tests.bot.analysis.articles import parse, span_of

ANONYMOUS, ONE, RECORD = SourceKind.ANONYMOUS, SourceKind.UNNAMED_PERSON, SourceKind.DOCUMENT


@pytest.mark.parametrize(
    "words",
    [
        "A nurse who works there and didn't want to give her name",
        "A nurse who declined to be identified",
        "A nurse, who asked that her name not be used,",
        "A nurse, who was not cleared to speak publicly,",
        "A nurse, whose name has been changed,",
        "A party stalwart in Norland, who spoke on condition of anonymity,",
    ],
)
def test_a_promise_of_protection_makes_a_source_anonymous(words: str) -> None:
    text = f"It rained at the clinic on Monday. {words} said the roof leaked."
    assert read_cast(parse(text)).identify(span_of(text, words.rstrip(","))).kind is ANONYMOUS


def test_an_official_whom_another_outlet_did_not_name_is_anonymous() -> None:
    text = "The Daily Herald cited a rescue official it did not name as saying that it rained."
    assert read_cast(parse(text)).identify(span_of(text, "a rescue official it did not name")).kind is ANONYMOUS


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("A nurse said police did not name the driver.", "A nurse", ONE),
        ("A party stalwart who spoke to the Herald said so.", "A party stalwart who spoke to the Herald", ONE),
        ("According to property records, it was sold.", "property records", RECORD),
        ("Election Board records show it.", "Election Board records", RECORD),
    ],
)
def test_nobody_else_is_protected(text: str, words: str, kind: SourceKind) -> None:
    assert read_cast(parse(text)).identify(span_of(text, words)).kind is kind
