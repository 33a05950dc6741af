"""Whom a pronoun means, where a wrong answer would put words or deeds on a named person."""

import pytest

from bot.analysis.cast import read_cast
from bot.document import Span
from tests.bot.analysis.articles import parse


def meant(text: str, word: str) -> str | None:
    """What the last such word of the text stands for."""
    start = text.rindex(word)
    return read_cast(parse(text)).resolve(Span(start=start, end=start + len(word)))


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Peter Hall met Mark Wright. “He lied to us,” Wright said.", "He", "Peter Hall"),
        ("“I know the keys,” Alain Girard said.\nThe boy's lawyer said he was at school.", "he", None),
        ("Tenants were polled by the Tarn Times. They will move.", "They", None),
        ("Ann Day resigned. Day's lawyer said she was ill.", "she", "Ann Day"),
    ],
    ids=["the speaker of a quotation is I", "the boy before the lawyer", "a plural that opens its sentence", "a name"],
)
def test_a_pronoun_means_the_best_placed_earlier_mention(text: str, word: str, expected: str | None) -> None:
    assert meant(text, word) == expected
