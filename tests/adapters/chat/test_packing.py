"""Making replies fit: nothing is lost, no sign is cut in two, and what is left out is named."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.chat.blocks import Block, Line, Rank, Run, block_of, line_of
from adapters.chat.packing import Budget, Cost, cut, fit, split, spread, units

FAMILY = "👩‍👩‍👧‍👦"
SIGNS = {"family": FAMILY, "skin tone": "👍🏽", "flag": "🇺🇦", "England": "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "accent": "é", "Hangul": "한"}


def cost(block: Block) -> Cost:
    return Cost(blocks=1, characters=sum(units(line.text) for line in block.lines))


BUDGET = Budget(blocks=6, characters=300, longest=100, cost=cost)


def words_of(blocks: tuple[Block, ...]) -> str:
    return "".join(line.text for block in blocks for line in block.lines)


@given(st.text(max_size=400), st.integers(min_value=2, max_value=60))
def test_pieces_joined_are_the_text_and_none_is_too_long(text: str, longest: int) -> None:
    pieces = list(split(text, longest=longest))
    assert "".join(pieces) == text
    assert all(units(piece) <= longest for piece in pieces)


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_no_sign_is_cut_in_two(sign: str) -> None:
    pieces = list(split(sign * 40, longest=30))
    assert "".join(pieces) == sign * 40
    assert all(piece == sign * piece.count(sign) for piece in pieces)


def test_a_text_is_split_after_a_space_where_there_is_one() -> None:
    assert list(split("one two three four", longest=10)) == ["one two ", "three four"]


def test_endless_accents_are_cut_somewhere() -> None:
    pieces = list(split("a" + "\u0301" * 500, longest=100))
    assert all(units(piece) <= 100 for piece in pieces)
    assert all(unicodedata.category(char).startswith(("M", "L")) for piece in pieces for char in piece)


@given(st.text(max_size=200), st.integers(min_value=3, max_value=50))
def test_what_is_cut_fits_and_says_so(text: str, longest: int) -> None:
    shown = cut(text, longest=longest)
    assert units(shown) <= longest
    assert shown == text or shown.endswith("…")


def test_lengths_are_those_of_utf_16() -> None:
    assert [units(text) for text in ("a", "é", "字", "👍", FAMILY)] == [1, 1, 1, 2, 11]


def test_blocks_are_spread_in_order_and_nothing_is_lost() -> None:
    blocks = [block_of(line_of(f"{number}: " + "word " * 30)) for number in range(9)]
    messages = spread(blocks, budget=BUDGET)
    assert len(messages) > 1
    assert "".join(map(words_of, messages)) == words_of(tuple(blocks))
    for message in messages:
        assert len(message) <= BUDGET.blocks
        assert sum(cost(block).characters for block in message) <= BUDGET.characters


def test_what_fits_is_left_as_it_is() -> None:
    parts = [[block_of(line_of("one"))], [block_of(line_of("two"))]]
    assert fit(parts, budget=BUDGET, elsewhere="Elsewhere.") == (parts[0][0], parts[1][0])


def test_what_is_left_out_is_counted_by_name_and_each_part_keeps_what_ranks_first() -> None:
    part = [block_of(line_of("title"), rank=Rank.KEPT), *[block_of(line_of("x" * 90), counts="claim")] * 5]
    part += [block_of(line_of("flag"), counts="flag"), block_of(line_of("safe"), rank=Rank.WANTED)]
    shown = fit([part, part], budget=BUDGET, elsewhere="It is elsewhere.")
    told = words_of(shown)
    assert told.count("title") == 2
    assert told.count("safe") == 2
    assert "No room here for " in told
    assert "claims" in told
    assert "flag" in told
    assert told.endswith("It is elsewhere.")
    assert sum(cost(block).characters for block in shown) <= BUDGET.characters
    assert len(shown) <= BUDGET.blocks


def test_half_an_address_is_no_link() -> None:
    line = Line(runs=(Run(text="see "), Run(text="https://news.example/" + "a" * 300, link=True)))
    (message, *_) = spread([block_of(line)], budget=BUDGET)
    assert not any(run.link for block in message for part in block.lines for run in part.runs)
