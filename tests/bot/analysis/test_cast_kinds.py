"""The kind of a source follows the rubric's table."""

import pytest

from bot.report import SourceKind
from tests.bot.analysis.test_cast import cast_of, place, who

_PERSON, _BODY = SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION
_RECORD, _OUTLET = SourceKind.DOCUMENT, SourceKind.NEWS_OUTLET
_ANONYMOUS, _ONE, _GROUP = SourceKind.ANONYMOUS, SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Bruno Keller", _PERSON),
        ("Defense Secretary Bruno Keller", _PERSON),
        ("Keller's spokesman", _PERSON),
        ("NASA", _BODY),
        ("police", _BODY),
        ("State police", _BODY),
        ("a Pentagon spokesman", _BODY),
        ("the White House", _BODY),
        ("the Defense Department", _BODY),
        ("prosecutors in Kent County", _BODY),
        ("county health officials", _BODY),
        ("Michigan authorities", _BODY),
        ("Sweden", _BODY),
        ("Citizens for Clean Air", _BODY),
        ("the indictment", _RECORD),
        ("a paper in Nature Astronomy", _RECORD),
        ("Labor Department figures", _RECORD),
        ("the footage", _RECORD),
        ("an opinion poll", _RECORD),
        ("the Clean Air Act", _RECORD),
        ("the Daily Herald", _OUTLET),
        ("state media", _OUTLET),
        ("Reuters", _OUTLET),
        ("a report by the Daily Herald", _OUTLET),
        ("recent reports", _OUTLET),
        ("a source", _ANONYMOUS),
        ("people familiar with the matter", _ANONYMOUS),
        ("a senior official", _ANONYMOUS),
        ("a U.S. official", _ANONYMOUS),
        ("western diplomats", _ANONYMOUS),
        ("very well-informed insiders", _ANONYMOUS),
        ("an official who asked not to be named", _ANONYMOUS),
        ("a witness", _ONE),
        ("a police officer", _ONE),
        ("his mother", _ONE),
        ("an independent, retired judge", _ONE),
        ("one of the mayor's aides", _ONE),
        ("experts", _GROUP),
        ("residents", _GROUP),
        ("officials", _GROUP),
        ("investigators", _GROUP),
        ("a group of doctors", _GROUP),
        ("12 percent of voters", _GROUP),
    ],
)
def test_the_words_of_a_source_tell_its_kind(source: str, kind: SourceKind) -> None:
    text = f"Much has happened. On Friday, {source} said the bridge was closed."
    assert cast_of(text).identify(place(text, source)).kind is kind


@pytest.mark.parametrize(
    ("text", "source", "kind"),
    [
        ("Ann Day wrote a letter. Ann Day's letter said the dam leaks.", "Ann Day's letter", _PERSON),
        ("The Trust met. A letter from Ann Day said the dam leaks.", "A letter from Ann Day", _PERSON),
        ("Norway's Oil Ministry met. The ministry's statement said no.", "The ministry's statement", _BODY),
        ("A paper in Sea Results counted seals. The authors said they were few.", "The authors", _RECORD),
        ("Researchers met in Oslo. The researchers said seals were few.", "The researchers", _GROUP),
        ("An aide left, who spoke on condition of anonymity.", "An aide", _ANONYMOUS),
    ],
)
def test_what_stands_around_a_source_tells_its_kind(text: str, source: str, kind: SourceKind) -> None:
    assert cast_of(text).identify(place(text, source)).kind is kind


def test_the_outlets_own_people_who_saw_it_are_own_reporting() -> None:
    text = "At noon, AFP journalists saw two tanks on the bridge."
    speaker = cast_of(text).identify(place(text, "AFP journalists"), cue=place(text, "saw"))
    assert speaker.kind is SourceKind.OWN_REPORTING


def test_the_publishing_outlet_is_own_reporting_and_another_is_an_outlet() -> None:
    text = "The Daily Herald has seen the contract, and the Evening Gazette reported its price."
    cast = cast_of(text, outlet="Daily Herald")
    kinds = [cast.identify(place(text, name)).kind for name in ("The Daily Herald", "the Evening Gazette")]
    assert kinds == [SourceKind.OWN_REPORTING, _OUTLET]


def test_the_source_is_the_insider_spoken_of_before() -> None:
    text = "A bank insider called on Monday. The source said the vault was empty."
    assert who(text, "The source").name == "bank insider"


def test_a_form_in_ing_with_of_behind_it_is_the_noun_of_its_phrase() -> None:
    text = "The dam leaks, according to the firm's recent counting of cars."
    assert who(text, "the firm's recent counting of cars").name == "firm's recent counting"
