"""Who speaks, in kinds of articles that were seldom read while the rules were made."""

import pytest

from bot.analysis.cast import read_cast
from bot.document import Span
from bot.report import SourceKind
from tests.bot.analysis.articles import parse, span_of

BODY, OUTLET, PERSON = SourceKind.NAMED_ORGANIZATION, SourceKind.NEWS_OUTLET, SourceKind.NAMED_PERSON


@pytest.mark.parametrize(
    ("text", "words", "name", "kind"),
    [
        ("Larkin Foods will close a plant. The union said workers wept.", "The union", "union", BODY),
        (
            "Patients at St Anne's Hospital fell ill. The health board said so.",
            "The health board",
            "health board",
            BODY,
        ),
        ("Larkin Foods will close a plant. The company said so.", "The company", "Larkin Foods", BODY),
        (
            "The interior ministry met on Monday. The ministry said it rained.",
            "The ministry",
            "interior ministry",
            BODY,
        ),
        ("The ministry may sell a park. A ministry spokesman said no.", "A ministry spokesman", "ministry", BODY),
        ("Daniel Fox, 29, was jailed. Fox admitted the theft.", "Fox", "Daniel Fox", PERSON),
        ("The sale is near, the Daily Courier said. The paper reported a fee.", "The paper", "Daily Courier", OUTLET),
        ("It rained. Rovers manager Steve Brand said the pitch was wet.", "Steve Brand", "Steve Brand", PERSON),
    ],
)
def test_a_source_is_the_one_that_the_words_mean(text: str, words: str, name: str, kind: SourceKind) -> None:
    at = text.rindex(words)
    speaker = read_cast(parse(text)).identify(Span(start=at, end=at + len(words)))
    assert (speaker.name, speaker.kind) == (name, kind)


def test_an_outlet_that_the_text_has_in_full_keeps_its_short_name() -> None:
    text = "Jane Fox spoke to Fox News. Fox said it would show the talk."
    assert read_cast(parse(text)).identify(span_of(text, "Jane Fox")).kind is PERSON


def test_our_own_reporter_by_name_saw_it() -> None:
    text = "Our reporter Ann Day says the wall has been breached."
    assert read_cast(parse(text)).identify(span_of(text, "Our reporter Ann Day")).kind is SourceKind.OWN_REPORTING


def test_somebody_known_as_he_is_not_put_in_the_place_of_they() -> None:
    text = "The firm hired Hector Silva. He left in May. They cut the budget."
    assert read_cast(parse(text)).resolve(span_of(text, "They")) != "Hector Silva"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Acme Energy grew. Ann Day, president of Acme Energy, said so.", "Acme Energy"),
        ("Acme Energy grew. Ann Day, a baker, said so.", None),
    ],
)
def test_we_in_the_mouth_of_an_officer_is_the_body(text: str, body: str | None) -> None:
    cast = read_cast(parse(text))
    assert cast.body_of(cast.identify(span_of(text, "Ann Day"))) == body
