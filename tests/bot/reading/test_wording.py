import pytest

from bot.reading.wording import WordListBroken, language_name, page_words, parse_group


def test_a_language_goes_by_its_english_name() -> None:
    assert (language_name("de"), language_name("q-x")) == ("German", "q-x")


def test_words_are_split_at_commas_and_lines_and_folded() -> None:
    raw = {"a": {"about": "test", "words": "Read  more,\nsee also"}}
    assert parse_group(raw, "a") == {"read more", "see also"}


@pytest.mark.parametrize(
    "raw",
    [{}, {"a": 1}, {"a": {"words": "x"}}, {"a": {"about": "", "words": "x"}}, {"a": {"about": "test", "words": " , "}}],
)
def test_a_group_without_words_or_description_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises(WordListBroken):
        parse_group(raw, "a")


def test_every_word_is_in_lower_case() -> None:
    assert all(word == word.lower() for word in page_words("verbs"))
