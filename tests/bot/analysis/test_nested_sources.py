import pytest

from bot.analysis.attributions import CueClass
from bot.analysis.nested_sources import find_nested
from bot.analysis.told_outlets import find_outlet_told
from tests.bot.analysis.articles import attribution, parse


@pytest.mark.parametrize(
    ("text", "content", "source", "inner"),
    [
        (
            "Brook said: “I have been told by very senior officers that the fleet has left.”",
            "“I have been told by very senior officers that the fleet has left.”",
            "very senior officers",
            "the fleet has left",
        ),
        (
            "Brook said he was informed that the dam was unsafe.",
            "he was informed that the dam was unsafe",
            None,
            "the dam was unsafe",
        ),
        (
            "Brook said witnesses told them the car was blue.",
            "witnesses told them the car was blue",
            "witnesses",
            "the car was blue",
        ),
        (
            "Brook said: “We have received credible reports that the pumps have failed.”",
            "“We have received credible reports that the pumps have failed.”",
            "credible reports",
            "the pumps have failed",
        ),
        (
            "Brook said an independent auditor has determined that the fund owes rent.",
            "an independent auditor has determined that the fund owes rent",
            "an independent auditor",
            "the fund owes rent",
        ),
        (
            "Brook said she had heard from a neighbour that the house was empty.",
            "she had heard from a neighbour that the house was empty",
            "a neighbour",
            "the house was empty",
        ),
        (
            "Brook said the house was empty, according to two neighbours.",
            "the house was empty, according to two neighbours",
            "two neighbours",
            "the house was empty",
        ),
        (
            "Brook said that the doctors said the water was clean.",
            "the doctors said the water was clean",
            "the doctors",
            "the water was clean",
        ),
    ],
)
def test_a_source_inside_what_is_said_is_found(text: str, content: str, source: str | None, inner: str) -> None:
    outer = attribution(text, source="Brook", cue="said", content=(content,))
    [nested] = find_nested(parse(text), [outer])
    assert nested.outer is outer
    assert (nested.source.text_in(text) if nested.source else None) == source
    assert [c.text_in(text) for c in nested.content] == [inner]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "inner"),
    [
        (
            "The Courier, citing two port workers, said the fleet had left.",
            "The Courier",
            "said",
            "the fleet had left",
            "two port workers",
        ),
        (
            "According to a report by The Gazette, which quoted a former minister, the vote was off.",
            "a report by The Gazette",
            "According to",
            "the vote was off",
            "a former minister",
        ),
    ],
)
def test_whom_an_outlet_cites_stands_behind_what_it_says(
    text: str, source: str, cue: str, content: str, inner: str
) -> None:
    outer = attribution(text, source=source, cue=cue, content=(content,))
    [nested] = find_nested(parse(text), [outer])
    assert nested.source is not None
    assert nested.source.text_in(text) == inner
    assert nested.content == outer.content


@pytest.mark.parametrize(
    "content",
    [
        "the dam leaks and the road is shut",
        "I told him that the dam leaks",
        "he said the dam leaks",
        "the reports were published in May",
        "they told us",
    ],
)
def test_words_without_a_teller_of_their_own_have_no_inner_source(content: str) -> None:
    text = f"Brook said {content}."
    assert find_nested(parse(text), [attribution(text, source="Brook", cue="said", content=(content,))]) == ()


def test_acts_cite_nobody() -> None:
    text = "The army, citing the law, imposed a curfew."
    outer = attribution(text, source="The army", cue="imposed", content=("a curfew",), cue_class=CueClass.ACT)
    assert find_nested(parse(text), [outer]) == ()


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Brook told The Mirror the dam leaks.", "The Mirror"),
        ("Brook told Reuters on Monday the dam leaks.", "Reuters"),
        ("Brook said in an interview with the BBC the dam leaks.", "the BBC"),
        ("Speaking to Radio Free Europe, Brook said the dam leaks.", "Radio Free Europe"),
        ("Brook told the Exampleville Courier the dam leaks.", "the Exampleville Courier"),
        ("Brook told reporters the dam leaks.", None),
        ("Brook told Parliament the dam leaks.", None),
        ("Brook told her sister the dam leaks.", None),
        ("Brook said in a statement the dam leaks.", None),
    ],
)
def test_a_named_outlet_that_was_spoken_to_is_found(text: str, outlet: str | None) -> None:
    cue = "told" if "told" in text else "said"
    found = find_outlet_told(parse(text), attribution(text, source="Brook", cue=cue, content=("the dam leaks",)))
    assert (found.text_in(text) if found else None) == outlet


def test_an_outlet_named_in_what_is_said_was_not_spoken_to() -> None:
    text = "Brook said he told The Mirror nothing."
    outer = attribution(text, source="Brook", cue="said", content=("he told The Mirror nothing",))
    assert find_outlet_told(parse(text), outer) is None


def test_what_ones_own_records_show_has_no_other_source() -> None:
    text = "Brook said our tests show that the dam leaks."
    outer = attribution(text, source="Brook", cue="said", content=("our tests show that the dam leaks",))
    assert find_nested(parse(text), [outer]) == ()


def test_a_ground_that_is_cited_is_no_source() -> None:
    text = "Citing privacy, Brook said the dam leaks."
    outer = attribution(text, source="Brook", cue="said", content=("the dam leaks",))
    assert find_nested(parse(text), [outer]) == ()


def test_an_agency_that_quotes_another_passes_on_what_follows_it() -> None:
    text = "According to Yonhap, quoting the Tarn Agency, the dam leaks badly."
    outer = attribution(
        text, source="Yonhap", cue="According to", content=("the Tarn Agency, the dam leaks badly",),
        cue_class=CueClass.ACCORDING,
    )  # fmt: skip
    (inner,) = find_nested(parse(text), [outer])
    assert [c.text_in(text) for c in inner.content] == ["the dam leaks badly"]


def test_a_survey_that_is_cited_stands_behind_what_it_shows() -> None:
    text = "Lee has cited a survey showing the harbour as a danger."
    content = "a survey showing the harbour as a danger"
    found = attribution(text, source="Lee", cue="has cited", content=(content,))
    (inner,) = find_nested(parse(text), [found])
    assert inner.source is not None
    assert inner.source.text_in(text) == "a survey"
    assert inner.content[0].text_in(text) == "showing the harbour as a danger"
