"""Which attributions grammar shows to be acts, and which acts of a record are tellings."""

import pytest

from bot.analysis.acts import tell_acts
from bot.analysis.attributions import CueClass
from tests.bot.analysis.building import Grown, grow

DENIED = (
    "The/DT/det/crew crew/NN/nsubjpass/denied was/VBD/auxpass/denied denied/VBN visas/NNS/dobj/denied twice/RB/advmod ."
)
DENIES = "The/DT/det/crew crew/NN/nsubj/denied denied/VBD theft/NN/dobj/denied ."
TOLD = "Lee/NNP/nsubj told/VBD him/PRP/dobj to/TO/aux/leave leave/VB/xcomp/told the/DT/det/town town/NN/dobj/leave ."
KNOWN = "Lee/NNP/nsubj/known has/VBZ/aux/known known/VBN Brook/NNP/dobj/known for/IN/prep/known years/NNS/pobj/for ."
KNOWS = "Lee/NNP/nsubj knows/VBZ the/DT/det/dam dam/NN/nsubj/leaks leaks/VBZ/ccomp/knows ."
CALLED = "The/DT/det/dam dam/NN/nsubjpass/called is/VBZ/auxpass/called called/VBN Old/NNP/compound/Wall Wall/NNP/oprd ."
ASKED = "Police/NNS/nsubj questioned/VBD a/DT/det/man man/NN/dobj/questioned ."
MAPPED = "Lee/NNP/nsubj published/VBD the/DT/det/map map/NN/dobj/published ."
PLAN = "The/DT/det/plan plan/NN/nsubj includes/VBZ two/CD/nummod/bridges bridges/NNS/dobj/includes ."
SCANT = (
    "The/DT/det/plan plan/NN/nsubj does/VBZ/aux not/RB/neg include/VB two/CD/nummod/bridges bridges/NNS/dobj/include ."
)
CREW = "The/DT/det/crew crew/NN/nsubj includes/VBZ two/CD/nummod/cooks cooks/NNS/dobj/includes ."


def retold(grown: Grown, content: str, *, cue: str, cue_class: CueClass, source: str | None) -> CueClass:
    """The class of the one attribution, once the grammar is looked at."""
    found = grown.found(content, source=source, cue=cue, cue_class=cue_class)
    (told,) = tell_acts(grown.article, grown.trees, [found])
    return told.cue_class


@pytest.mark.parametrize(
    ("written", "content", "cue", "cue_class", "source"),
    [
        (DENIED, "visas", "was denied", CueClass.DENY, "The crew"),
        (TOLD, "to leave the town", "told", CueClass.SAY, "Lee"),
        (KNOWN, "Brook", "has known", CueClass.THINK, "Lee"),
        (CALLED, "Old Wall", "is called", CueClass.CALL, None),
        (ASKED, "a man", "questioned", CueClass.SAY, "Police"),
        (MAPPED, "the map", "published", CueClass.SAY, "Lee"),
    ],
    ids=["not given", "an order", "acquaintance", "a name", "an interrogation", "a publication"],
)
def test_what_tells_of_no_saying_is_an_act(
    written: str, content: str, cue: str, cue_class: CueClass, source: str | None
) -> None:
    assert retold(grow(written), content, cue=cue, cue_class=cue_class, source=source) is CueClass.ACT


@pytest.mark.parametrize(
    ("written", "content", "cue", "cue_class", "source"),
    [
        (DENIES, "theft", "denied", CueClass.DENY, "The crew"),
        (KNOWS, "the dam leaks", "knows", CueClass.THINK, "Lee"),
        (CALLED, "Old Wall", "is called", CueClass.CALL, "The dam"),
    ],
    ids=["a denial", "knowledge", "a label that somebody gives"],
)
def test_what_tells_of_a_saying_keeps_its_class(
    written: str, content: str, cue: str, cue_class: CueClass, source: str
) -> None:
    assert retold(grow(written), content, cue=cue, cue_class=cue_class, source=source) is cue_class


def test_what_a_record_holds_is_told_on_its_word() -> None:
    assert retold(grow(PLAN), "two bridges", cue="includes", cue_class=CueClass.ACT, source="The plan") is CueClass.SHOW
    scant = retold(grow(SCANT), "two bridges", cue="does not include", cue_class=CueClass.ACT, source="The plan")
    assert scant is CueClass.SHOW
    assert retold(grow(CREW), "two cooks", cue="includes", cue_class=CueClass.ACT, source="The crew") is CueClass.ACT
