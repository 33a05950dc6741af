"""Which passages state one proposition."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analysis.assertions import find_assertions
from bot.analysis.cast import read_cast
from bot.analysis.propositions import Words, agreement, inclusion, merge_assertions, weigh_words
from tests.bot.analysis.building import grow

BROKE = "The/DT/det/dam old/JJ/amod/dam dam/NN/nsubj broke/VBD near/IN/prep Tarn/NNP/pobj/near ."
BREAKS = "Old/JJ/amod/dam dam/NN/nsubj breaks/VBZ near/IN/prep Tarn/NNP/pobj/near"
FISH = "Fish/NNS/nsubj died/VBD in/IN/prep the/DT/det/harbour harbour/NN/pobj/in ."
RENTS = "Rents/NNS/nsubj rose/VBD across/IN/prep the/DT/det/region region/NN/pobj/across ."
SOLD_40 = "The/DT/det/firm firm/NN/nsubj sold/VBD 40/CD/nummod/boats boats/NNS/dobj ."
SOLD_90 = "The/DT/det/firm firm/NN/nsubj sold/VBD 90/CD/nummod/boats boats/NNS/dobj ."


def merge(*paragraphs: str) -> list[list[str]]:
    """The groups of passages, each by its words."""
    grown = grow(*paragraphs)
    assertions = find_assertions(grown.article, grown.trees, ())
    words = weigh_words(grown.article, assertions, grown.trees, read_cast(grown.article))
    return [[grown.said(assertions[n].clause) for n in group] for group in merge_assertions(assertions, words)]


def test_different_facts_stay_apart() -> None:
    assert len(merge(f"{BROKE}\n{FISH}\n{RENTS}")) == 3


def test_a_repeat_in_the_body_joins_the_first_passage_whatever_the_form_of_its_words() -> None:
    groups = merge(BROKE, FISH, f"{BREAKS} .")
    assert groups[0] == ["The old dam broke near Tarn.", "Old dam breaks near Tarn."]
    assert len(groups) == 2


@pytest.mark.parametrize("mark", ["# ", "^ ", "= "])
def test_headline_standfirst_and_caption_join_the_body_passage_they_are_most_like(mark: str) -> None:
    groups = merge(f"{mark}{BREAKS}", FISH, BROKE)
    assert ["Old dam breaks near Tarn", "The old dam broke near Tarn."] in groups


def test_display_text_that_no_body_passage_tells_stays_alone() -> None:
    assert ["Old dam breaks near Tarn"] in merge(f"# {BREAKS}", FISH, RENTS)


def test_display_texts_that_say_the_same_join_where_the_body_does_not_tell_it() -> None:
    groups = merge(f"# {BREAKS}", f"= {BREAKS}", FISH, RENTS)
    assert ["Old dam breaks near Tarn"] * 2 in groups


def test_different_figures_keep_passages_apart() -> None:
    assert len(merge(f"{SOLD_40}\n{FISH}\n{SOLD_90}")) == 3
    assert len(merge(f"{SOLD_40}\n{FISH}\n{SOLD_40}")) == 2


def test_a_fact_and_its_denial_stay_apart() -> None:
    denied = BROKE.replace("broke/VBD", "never/RB/neg broke/VBD")
    assert len(merge(f"{BROKE}\n{FISH}\n{denied}")) == 3


def test_a_figure_without_its_noun_takes_up_one_that_has_it() -> None:
    headline = "# 40/CD/nummod/boats boats/NNS/nsubj sold/VBD at/IN/prep once/RB/pcomp/at"
    body = (
        "There/EX/expl are/VBP many/JJ/amod/more more/JJR/attr ,/punct/punct/are perhaps/RB/advmod/40 40/CD/appos/more "
        "sold/VBN/acl/more ."
    )
    assert len(merge(headline, FISH, body)) == 2


def test_a_pronoun_counts_as_whom_it_means() -> None:
    came = "Ann/NNP/compound/Lee Lee/NNP/nsubj sold/VBD the/DT/det/yellow yellow/JJ/amod/boat boat/NN/dobj ."
    again = "She/PRP/nsubj sold/VBD the/DT/det/yellow yellow/JJ/amod/boat boat/NN/dobj ."
    assert len(merge(f"{came}\n{again}", FISH)) == 2


def test_every_passage_is_in_one_group() -> None:
    groups = merge(f"# {BREAKS}", f"{BROKE}\n{FISH}", f"{RENTS}\n{BREAKS} .")
    assert sum(len(g) for g in groups) == 5


_BAGS = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.1, 3), max_size=5).map(
    lambda weights: Words(weights=weights, figures=frozenset())
)


@settings(deadline=None, max_examples=50)
@given(one=_BAGS, other=_BAGS)
def test_likeness_lies_between_nothing_and_all(one: Words, other: Words) -> None:
    for share in (agreement(one, one), inclusion(one, one)):
        assert share == pytest.approx(1.0 if one.weights else 0.0)
    assert 0 <= inclusion(one, other) <= 1 + 1e-9
    if not one.weights.keys() & other.weights.keys():
        assert agreement(one, other) == inclusion(one, other) == 0
