from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sentences import find_sentences


def split(text: str) -> list[str]:
    return [span.text_in(text) for span in find_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "sentence",
    [
        "He met the U.S. President and Dr. A. B. Holt at 5 p.m. Tuesday.",
        "Sen. Ines Holt (D-Minn.) and Reps. Tom Reed and Ada Lind voted no.",
        "Acme Inc. paid $12.9bn, up 2.5 percent, to J.P. Morgan & Co. in New York.",
        "“Will it hold?” Jones asked.",
        "“Will it hold? ” she wrote in her letter.",
        "“It will not!” the engineer, who had measured it, said.",
        "The “Stop. Think first.” campaign has failed.",
        "'It Moved!': Video Shows Old Bridge",
        "That was reported by E! News on Monday.",
        "The case follows Roe vs. Wade, the court said.",
        "It will close (see No. 3) on Jan. 5, 2024, at the latest.",
        "See the post https://t.co/abcdef",
    ],
)
def test_one_sentence_stays_whole(sentence: str) -> None:
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentences",
    [
        ["He lives in the U.S.", "She does not."],
        ["“It moved,” Reed said.", "“We saw it.”"],
        ["“It moved.”", "“We saw it,” Reed said."],
        ["He wrote.", '" The course went on."'],
        ["It met with applause.", "Reed got up."],
        ["Who saw it?", "Nobody did."],
        ["He asked, “Where is it?”", "The chair did not know."],
        ["She said so to Mr. Reed.", "Mrs. Holt did not."],
        ["It costs $5.", "That is 2.5 percent more."],
    ],
)
def test_sentences_are_told_apart(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_a_line_break_inside_a_paragraph_is_a_space() -> None:
    assert split("The bridge over the\nriver moved. It will\r\nclose.") == [
        "The bridge over the\nriver moved.",
        "It will\r\nclose.",
    ]


def test_offsets_count_from_the_start_of_the_text() -> None:
    text = "Headline\n\nIt moved. We saw it.\n\nMore."
    assert [span.text_in(text) for span in find_sentences(text, 10, 30)] == ["It moved.", "We saw it."]


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert split(text) == []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*"aB.?!,:;”“\"'’ ()\n", "Mr. ", "said ", "U.S. ", "https://a.b "])).map("".join))
def test_sentences_lie_in_order_and_lose_no_word(text: str) -> None:
    spans = find_sentences(text, 0, len(text))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    left = "".join(c for i, c in enumerate(text) if not any(s.start <= i < s.end for s in spans))
    assert not any(c.isalnum() for c in left)
