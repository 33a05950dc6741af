import pytest

from bot.analysis.syntax import Node, grow_tree
from tests.bot.analysis.building import grow

DAM = grow(
    "The/DT/det/dam dam/NN/nsubj ,/punct/punct/dam which/WDT/nsubj/leaks leaks/VBZ/relcl/dam ,/punct/punct/dam "
    "has/VBZ/aux been/VBN/auxpass closed/VBN ."
).trees[0]


def test_what_stands_under_a_word_is_itself_and_all_below_in_order() -> None:
    assert DAM.under(1) == (0, 1, 2, 3, 4, 5)
    assert DAM.under(8) == tuple(range(10))
    assert DAM.under(0) == (0,)


def test_what_stands_under_a_word_can_leave_out_subtrees_by_label() -> None:
    assert DAM.under(1, without=frozenset({"relcl", "punct"})) == (0, 1)


def test_the_first_child_with_one_of_the_labels_is_found() -> None:
    assert DAM.child(8, frozenset({"nsubj", "nsubjpass"})) == 1
    assert DAM.child(8, frozenset({"dobj"})) is None


def test_above_a_word_stand_its_heads_up_to_the_root() -> None:
    assert list(DAM.above(3)) == [4, 1, 8]
    assert list(DAM.above(8)) == []


@pytest.mark.parametrize(("at", "finite"), [(4, True), (8, True), (7, False), (1, False)])
def test_a_clause_is_finite_by_its_verb_or_by_an_auxiliary_below_it(at: int, finite: bool) -> None:  # noqa: FBT001 # a table's column
    assert DAM.is_finite(at) is finite


@pytest.mark.parametrize(
    ("tag", "finite"), [("VBD", True), ("MD", True), ("VBZ", True), ("VBG", False), ("VB", False), ("NN", False)]
)
def test_a_tag_alone_tells_finite_verbs(tag: str, finite: bool) -> None:  # noqa: FBT001 # a table's column
    assert Node(tag, "ROOT", 0).finite is finite


def test_a_tree_of_no_words_has_no_nodes() -> None:
    assert grow_tree(()).children == ()
