"""From assertions to claims: mentions merged, the best-sourced quoted, hedges beside the grade (rubric, 5 to 7)."""

import pytest

from bot.analysis.assertions import find_assertions
from bot.analysis.attributions import CueClass, FoundAttribution
from bot.analysis.cast import read_cast
from bot.analysis.chains import read_provenance
from bot.analysis.claims import ClaimsFound, Workbench, find_claims
from bot.analysis.reach import carry_forward
from bot.document import Role
from bot.report import Claim, Directness, Grade, SourceKind
from tests.bot.analysis.building import Grown, grow

HEADLINE = "# Old/JJ/amod/dam dam/NN/nsubj breaks/VBZ near/IN/prep Tarn/NNP/pobj/near"
BROKE = "The/DT/det/dam old/JJ/amod/dam dam/NN/nsubj broke/VBD near/IN/prep Tarn/NNP/pobj/near ."
MINISTRY = (
    "The/DT/det/dam old/JJ/amod/dam dam/NN/nsubj/broke broke/VBD/ccomp/said near/IN/prep/broke Tarn/NNP/pobj/near , "
    "the/DT/det/Ministry Water/NNP/compound/Ministry Ministry/NNP/nsubj/said said/VBD ."
)
LEE = (
    "The/DT/det/dam old/JJ/amod/dam dam/NN/nsubj/broke broke/VBD/ccomp/told near/IN/prep/broke Tarn/NNP/pobj/near , "
    "engineer/NN/compound/Lee Ann/NNP/compound/Lee Lee/NNP/nsubj/told told/VBD us/PRP/dobj ."
)
FISH = "Fish/NNS/nsubj died/VBD in/IN/prep the/DT/det/harbour harbour/NN/pobj/in ."
QUOTE = "The old dam broke near Tarn"


def claims(grown: Grown, *found: FoundAttribution) -> ClaimsFound:
    cast = read_cast(grown.article)
    tracer = read_provenance(grown.article, cast, found)
    bench = Workbench(article=grown.article, trees=grown.trees, found=found, cast=cast, tracer=tracer)
    return find_claims(bench, carry_forward(find_assertions(grown.article, grown.trees, found), grown.trees, found))


def about(grown: Grown, words: str, *found: FoundAttribution) -> Claim:
    """The one claim whose wording holds the words."""
    (claim,) = (c for c in claims(grown, *found).claims if words in c.claim)
    return claim


def ministry(grown: Grown) -> FoundAttribution:
    return grown.found(QUOTE, source="the Water Ministry", cue="said")


def at(grown: Grown, claim: Claim) -> tuple[str, ...]:
    return tuple(m.text_in(grown.article.text) for m in claim.mentions)


def test_a_headline_takes_chain_and_grade_of_its_body_mention() -> None:
    grown = grow(HEADLINE, FISH, MINISTRY)
    claim = about(grown, "broke", ministry(grown))
    assert (claim.grade, claim.kind, claim.where) == (Grade.FIRST_HAND, SourceKind.NAMED_ORGANIZATION, Role.BODY)
    assert [h.name for h in claim.chain] == ["Water Ministry"]
    assert at(grown, claim) == ("Old dam breaks near Tarn",)


@pytest.mark.parametrize("mark", ["# ", "^ ", "= "])
def test_a_headline_that_no_body_passage_tells_is_none(mark: str) -> None:
    grown = grow(mark + HEADLINE.removeprefix("# "), FISH)
    claim = about(grown, "breaks")
    assert (claim.grade, claim.kind, claim.chain) == (Grade.UNSOURCED, SourceKind.NONE, ())


def test_a_headline_that_no_body_passage_tells_is_none_even_where_it_cites_somebody() -> None:
    grown = grow("# " + MINISTRY, FISH)
    claim = about(grown, "broke", ministry(grown))
    assert (claim.grade, claim.kind, claim.chain) == (Grade.UNSOURCED, SourceKind.NONE, ())
    assert claim.directness is Directness.OWN_VOICE


def test_of_several_mentions_the_best_sourced_is_quoted() -> None:
    grown = grow(HEADLINE, BROKE, FISH, MINISTRY)
    claim = about(grown, "broke", grown.found("The old dam broke near Tarn,", source="the Water Ministry", cue="said"))
    assert claim.grade == Grade.FIRST_HAND
    assert claim.quote.start > grown.article.text.index("Fish")
    assert at(grown, claim) == ("Old dam breaks near Tarn", "The old dam broke near Tarn.")


def test_independent_mentions_corroborate_each_other() -> None:
    grown = grow(MINISTRY, FISH, LEE)
    first = ministry(grown)
    second = grown.found("The old dam broke near Tarn, e", source="Ann Lee", cue="told")
    assert about(grown, "broke", first).grade == Grade.FIRST_HAND
    both = about(grown, "broke", first, second)
    assert both.grade == Grade.DOCUMENTED
    assert both.reasons[-1].text == "Ann Lee says the same independently."


HEDGED = (
    "Perhaps/RB/advmod/20 20/CD/nummod/boats boats/NNS/nsubj/sank sank/VBD/ccomp/said near/IN/prep/sank "
    "Tarn/NNP/pobj/near , the/DT/det/Ministry Water/NNP/compound/Ministry Ministry/NNP/nsubj/said said/VBD ."
)


def test_a_hedge_sets_hedged_and_leaves_the_grade() -> None:
    grown = grow(HEDGED)
    hedged = about(grown, "20", grown.found("Perhaps 20 boats sank near Tarn", source="the Water Ministry", cue="said"))
    assert hedged.hedged
    assert [h.text_in(grown.article.text) for h in hedged.hedges] == ["Perhaps"]
    grown = grow(HEDGED.replace("Perhaps/RB/advmod/20 ", ""))
    flat = about(grown, "20", grown.found("20 boats sank near Tarn", source="the Water Ministry", cue="said"))
    assert not flat.hedged
    assert flat.grade == hedged.grade == Grade.FIRST_HAND


def test_a_hedge_in_the_cue_counts() -> None:
    grown = grow(
        "It/PRP/nsubjpass/thought is/VBZ/auxpass/thought thought/VBN that/IN/mark/broke the/DT/det/dam "
        "dam/NN/nsubj/broke broke/VBD/ccomp/thought today/NN/npadvmod/broke ."
    )
    found = grown.found("the dam broke today", cue="It is thought", cue_class=CueClass.UNSPECIFIED)
    claim = about(grown, "broke", found)
    assert (claim.grade, claim.kind, claim.hedged) == (Grade.VAGUE, SourceKind.UNSPECIFIED, True)


def test_what_stands_in_no_mans_mouth_is_the_outlets_own_voice() -> None:
    claim = about(grow(FISH), "Fish")
    assert (claim.kind, claim.directness, claim.chain) == (SourceKind.NONE, Directness.OWN_VOICE, ())
    assert claim.reasons


def test_claims_stand_in_text_order_and_are_numbered() -> None:
    grown = grow(HEADLINE, FISH, BROKE)
    found = claims(grown).claims
    assert [c.id for c in found] == ["c1", "c2"]
    assert [c.claim for c in found] == ["The old dam broke near Tarn.", "Fish died in the harbour."]


def test_each_attribution_knows_the_claims_that_rest_on_it() -> None:
    grown = grow(FISH, MINISTRY)
    found = claims(grown, ministry(grown))
    assert found.by_attribution == {0: ("c2",)}


def test_a_figure_without_its_noun_takes_the_noun_from_a_fuller_mention_and_keeps_its_hedge() -> None:
    headline = "# 40/CD/nummod/boats boats/NNS/nsubj sank/VBD off/IN/prep Tarn/NNP/pobj/off"
    body = (
        "In/IN/prep/are the/DT/det/dark dark/NN/pobj/In there/EX/expl/are are/VBP many/JJ/amod/more more/JJR/attr , "
        "possibly/RB/advmod/40 40/CD/appos/more ."
    )
    grown = grow(headline, body)
    (claim,) = claims(grown).claims
    assert claim.claim == "Possibly 40 boats sank off Tarn."
    assert claim.hedged


def test_what_cannot_be_checked_is_no_claim() -> None:
    grown = grow("Keep/VB away/RB/advmod from/IN/prep the/DT/det/dam dam/NN/pobj/from .", FISH)
    assert [c.claim for c in claims(grown).claims] == ["Fish died in the harbour."]
