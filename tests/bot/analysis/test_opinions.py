"""What is opinion and what can be checked, by whose mouth it comes from."""

import pytest

from bot.analysis.attributions import CueClass
from bot.analysis.checkable import Unfit, find_unfitness
from bot.analysis.clauses import Said
from bot.document import Role
from tests.bot.analysis.building import grow

QUOTED = Said(cue_class=CueClass.SAY, quoted=True)
THOUGHT = Said(cue_class=CueClass.THINK, quoted=False)
LABEL = Said(cue_class=CueClass.CALL, quoted=False, whole=True)
DENIAL = Said(cue_class=CueClass.DENY, quoted=False, whole=True)


def unfit(written: str, *, said: Said | None = None) -> Unfit | None:
    grown = grow(written)
    return find_unfitness(grown.clauses()[0], grown.trees[0], role=Role.BODY, said=said)


HOPE = (
    "The/DT/det/danger danger/NN/nsubj is/VBZ that/IN/mark/break the/DT/det/dam dam/NN/nsubj/break "
    "can/MD/aux/break break/VB/ccomp/is ."
)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (HOPE, QUOTED),
        ("The/DT/det/dam dam/NN/nsubj may/MD/aux break/VB in/IN/prep spring/NN/pobj/in .", THOUGHT),
        (
            "Lee/NNP/nsubj called/VBD the/DT/det/dam dam/NN/dobj a/DT/det/mess “ mess/NN/oprd ” today/NN/npadvmod .",
            LABEL,
        ),
        ("The/DT/det/vote vote/NN/nsubjpass is/VBZ/auxpass seen/VBN as/IN/prep a/DT/det/test test/NN/pobj/as .", None),
        ("Sadly/RB/advmod the/DT/det/dam dam/NN/nsubj broke/VBD again/RB/advmod .", None),
        ("Lee/NNP/nsubj//PERSON is/VBZ eager/JJ/acomp to/TO/aux/win win/VB/xcomp/eager .", None),
        ("You/PRP/nsubj feel/VBP the/DT/det/wind wind/NN/dobj on/IN/prep the/DT/det/dam dam/NN/pobj/on .", None),
    ],
    ids=["standpoint", "held possible", "label", "seen as", "comment", "feeling", "to the reader"],
)
def test_a_view_is_no_claim(written: str, said: Said | None) -> None:
    assert unfit(written, said=said) is Unfit.OPINION


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("The/DT/det/dam dam/NN/nsubj broke/VBD in/IN/prep spring/NN/pobj/in .", THOUGHT),
        ("The/DT/det/man man/NN/nsubjpass was/VBD/auxpass seen/VBN at/IN/prep 9/CD/pobj/at today/NN/npadvmod .", None),
        ("Soap/NN/nsubj dries/VBZ your/PRP$/poss/skin skin/NN/dobj in/IN/prep winter/NN/pobj/in .", None),
        ("Lee/NNP/nsubj called/VBD the/DT/det/dam dam/NN/dobj a/DT/det/ruin ruin/NN/oprd today/NN/npadvmod .", LABEL),
    ],
    ids=["what is thought to have happened", "seen at", "anybody's skin", "a label in plain words"],
)
def test_a_fact_stays_one(written: str, said: Said | None) -> None:
    assert unfit(written, said=said) is None


@pytest.mark.parametrize(
    "written",
    [
        "Police/NNS/nsubj did/VBD/aux not/RB/neg say/VB why/WRB/advmod today/NN/npadvmod .",
        "The/DT/det/army army/NN/nsubj did/VBD/aux n't/RB/neg reveal/VB the/DT/det/place place/NN/dobj .",
        "It/PRP/nsubj is/VBZ unclear/JJ/acomp who/WP/nsubj/paid paid/VBD/ccomp/is .",
        "The/DT/det/mayor mayor/NN/nsubj gave/VBD no/DT/det/details details/NNS/dobj on/IN/prep costs/NNS/pobj/on .",
    ],
)
def test_what_was_left_unsaid_is_no_claim(written: str) -> None:
    assert unfit(written) is Unfit.NO_ANSWER


def test_a_denial_is_a_claim_only_where_it_tells_what_is_denied() -> None:
    bare = "The/DT/det/firm firm/NN/nsubj denied/VBD the/DT/det/claims claims/NNS/dobj on/IN/prep Monday/NNP/pobj/on ."
    told = "The/DT/det/firm firm/NN/nsubj denied/VBD the/DT/det/theft theft/NN/dobj on/IN/prep Monday/NNP/pobj/on ."
    assert unfit(bare, said=DENIAL) is Unfit.NO_ANSWER
    assert unfit(told, said=DENIAL) is None


def test_a_clause_cut_off_before_its_object_is_a_fragment() -> None:
    written = (
        "The/DT/det/tests tests/NNS/nsubj of/IN/prep/tests the/DT/det/dam dam/NN/pobj/of showed/VBD "
        "that/IN/mark/leaked it/PRP/nsubj/leaked leaked/VBD/ccomp/showed ."
    )
    grown = grow(written)
    cut = grown.clauses(within="The tests of the dam showed")[0]
    assert find_unfitness(cut, grown.trees[0], role=Role.BODY, said=None) is Unfit.FRAGMENT


def test_what_points_at_a_picture_is_boilerplate() -> None:
    assert (
        unfit("This/DT/det/graphic graphic/NN/nsubj shows/VBZ two/CD/nummod/dams dams/NNS/dobj .") is Unfit.BOILERPLATE
    )
