"""Content words by their stems."""

import pytest

from bot.analysis.likeness import find_content


@pytest.mark.parametrize(
    ("one", "other"),
    [("The dams failed", "a failing dam"), ("Investigations", "the investigation"), ("the mayor's", "Mayor")],
)
def test_inflection_and_capitals_make_no_difference(one: str, other: str) -> None:
    assert find_content(one) == find_content(other)


@pytest.mark.parametrize("text", ["EE", "Eee", "EE's"])
def test_a_name_that_is_all_ending_still_has_a_stem(text: str) -> None:
    assert all(find_content(text))
    assert find_content(text)


def test_grammatical_words_carry_no_content() -> None:
    assert find_content("It's what they would have had been with") == frozenset()
