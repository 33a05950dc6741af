import pytest

from bot.analysis.hedges import find_hedges
from bot.document import Span
from tests.bot.analysis.flags.drafting import draft


def hedges(sentence: str) -> list[str]:
    article = draft(sentence)
    return [h.text_in(article.text) for h in find_hedges(article, article.sentences[0].span)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The dam may leak.", ["may"]),
        ("It is possibly the worst flood.", ["possibly"]),
        ("The deal was reportedly signed.", ["reportedly"]),
        ("The town appears to have fallen.", ["appears to"]),
        ("The crew could still land.", ["could"]),
        ("Around 300 boats sank.", ["Around"]),
        ("Nearly a million people fled.", ["Nearly"]),
        ("As many as 500 soldiers died.", ["As many as"]),
        ("It cost up to $3 million.", ["up to"]),
        ("Some 40 houses burned.", ["Some"]),
        ("Fish may have died and perhaps 20 birds, or so.", ["may", "perhaps", "or so"]),
    ],
)
def test_words_that_weaken_a_claim_or_round_its_figures_are_hedges(sentence: str, expected: list[str]) -> None:
    assert hedges(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "More than 20 boats sank.",
        "At least 20 boats sank.",
        "Fewer than 20 boats sank.",
        "The mayor spoke about the flood.",
        "Some boats sank around the harbour.",
        "The talks began in May.",
        "They walked up to the gate.",
        "Mayors met.",
        "Names were held back until kin could be told.",
        "The bank is set to open a branch.",
        "He could no longer walk.",
        "The suspect fled.",
        "The crew could not land.",
        "She saved so that they could leave.",
    ],
)
def test_plain_bounds_and_the_same_words_in_another_sense_are_none(sentence: str) -> None:
    assert hedges(sentence) == []


def test_a_figure_outside_the_span_makes_no_hedge_in_it() -> None:
    article = draft("The cost was about 30 million.")
    assert find_hedges(article, Span(start=0, end=article.text.index(" 30"))) == ()


def test_of_hedges_that_overlap_the_longest_counts() -> None:
    assert hedges("The bank is thought to be an estimated 20 million short.") == ["is thought", "an estimated"]
