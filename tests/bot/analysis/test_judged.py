"""Attributions that only the grammar gives away."""

import pytest

from bot.analysis.judged import find_judged
from tests.bot.analysis.building import grow

SAID = "Engineers/NNS/nsubj{subject} argue/VBP the/DT/det/dam dam/NN/nsubj/leaks leaks/VBZ/ccomp ."


@pytest.mark.parametrize(
    ("sentence", "source", "cue", "content"),
    [
        (SAID.format(subject=""), "Engineers", "argue", "the dam leaks"),
        (
            "Ofgem/NNP/nsubj/rates/ORG rates/VBZ the/DT/det/dam dam/NN/dobj as/IN/prep bad/JJ/amod/as .",
            "Ofgem",
            "rates",
            "the dam as bad",
        ),
        (
            "Most/JJ/amod/media media/NNS/nsubj put/VBD the/DT/det/toll toll/NN/dobj at/IN/prep 12/CD/pobj/at .",
            "Most media",
            "put",
            "the toll at 12",
        ),
        (
            "The/DT/det/board board/NN/nsubj has/VBZ/aux/counted counted/VBN 31/CD/nummod/leaks leaks/NNS/dobj .",
            "The board",
            "counted",
            "31 leaks",
        ),
        (
            "Videos/NNS/nsubj seen/VBN/acl/Videos here/RB/advmod/seen show/VBP two/CD/nummod/leaks leaks/NNS/dobj .",
            "Videos seen here",
            "show",
            "two leaks",
        ),
    ],
)
def test_saying_rating_and_putting_a_number_are_attributions(
    sentence: str, source: str, cue: str, content: str
) -> None:
    grown = grow(sentence)
    [found] = find_judged(grown.article, grown.trees, ())
    spans = (found.source, found.cue, *found.content)
    assert tuple(s.text_in(grown.article.text) for s in spans if s is not None) == (source, cue, content)


@pytest.mark.parametrize(
    "sentence",
    [
        "She/PRP/nsubj argues/VBZ the/DT/det/dam dam/NN/nsubj/leaks leaks/VBZ/ccomp .",
        "Hikers/NNS/nsubj rate/VBP the/DT/det/trail trail/NN/dobj .",
        "The/DT/det/Council Council/NNP/nsubj/listed/ORG listed/VBD the/DT/det/dam dam/NN/dobj .",
        "Hikers/NNS/nsubj counted/VBD 31/CD/nummod/leaks leaks/NNS/dobj .",
        "The/DT/det/board board/NN/nsubj counted/VBD the/DT/det/leaks leaks/NNS/dobj .",
        "The/DT/det/board board/NN/nsubj will/MD/aux/count count/VB 31/CD/nummod/leaks leaks/NNS/dobj .",
        "The/DT/det/record record/NN/nsubj proved/VBD to/TO/aux/leak leak/VB/ccomp .",
        "Crews/NNS/nsubj put/VBD the/DT/det/pump pump/NN/dobj at/IN/prep sea/NN/pobj/at .",
    ],
)
def test_pronouns_and_acts_are_left_to_the_tagger(sentence: str) -> None:
    grown = grow(sentence)
    assert list(find_judged(grown.article, grown.trees, ())) == []


def test_what_an_attribution_already_covers_is_not_found_again() -> None:
    grown = grow(SAID.format(subject=""))
    covered = grown.found("the dam leaks", source="Engineers", cue="argue")
    assert list(find_judged(grown.article, grown.trees, [covered])) == []
