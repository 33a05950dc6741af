"""Counts that the text itself tells to be in dispute."""

import pytest

from bot.analysis.flags.crowds import find_disputes
from tests.bot.analysis.articles import parse

MARCHED = "More than 20,000 people marched on Sunday, organisers said. "


@pytest.mark.parametrize(
    "said",
    ["Police put the number at 8,000.", "Police put the crowd at around 8,000.", "The city put the total at 8,000."],
)
def test_another_figure_for_the_count_before_is_a_dispute(said: str) -> None:
    article = parse(MARCHED + said)
    [dispute] = find_disputes(article)
    assert [q.low for q in dispute.figures] == [20_000, 8_000]
    assert [p.text_in(article.text) for p in dispute.passages] == [MARCHED.strip(), said]


@pytest.mark.parametrize(
    "said", ["Police put the number at 20,000.", "Police put the car in a shed.", "It rained at 8."]
)
def test_the_same_figure_or_another_matter_is_none(said: str) -> None:
    assert list(find_disputes(parse(MARCHED + said))) == []


def test_a_count_told_long_before_is_another() -> None:
    between = "The sun shone. A band played. Rain fell later. "
    assert list(find_disputes(parse(MARCHED + between + "Police put the number at 8,000."))) == []
