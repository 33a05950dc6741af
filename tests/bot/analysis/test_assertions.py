"""Which clause stands under which attribution, and how far an attribution reaches (rubric, adjustment 5)."""

import pytest

from bot.analysis.assertions import Assertion, find_assertions, judge_directness, tells_threat
from bot.analysis.attributions import CueClass, FoundAttribution
from bot.analysis.checkable import Unfit
from bot.analysis.clauses import ClauseKind
from bot.analysis.reach import carry_forward
from bot.report import Directness
from tests.bot.analysis.building import Grown, filler, grow
from tests.bot.analysis.flags.drafting import draft, spot

PAID = (
    "The/DT/det/city city/NN/nsubj/paid paid/VBD/ccomp/said for/IN/prep/paid the/DT/det/order order/NN/pobj/for "
    ",/punct/punct/said police/NNS/nsubj/said said/VBD ."
)
REVISED = "The/DT/det/order order/NN/nsubjpass was/VBD/auxpass revised/VBN on/IN/prep Monday/NNP/pobj/on/DATE ."


def assert_all(grown: Grown, *found: FoundAttribution) -> tuple[Assertion, ...]:
    return find_assertions(grown.article, grown.trees, found)


def carried(grown: Grown, *found: FoundAttribution) -> list[tuple[str, int | None]]:
    reach = carry_forward(assert_all(grown, *found), grown.trees, found)
    return [(grown.said(a.clause), a.attribution) for a in reach]


def police_on_the_order(grown: Grown, *, cue_class: CueClass = CueClass.SAY) -> FoundAttribution:
    return grown.found("The city paid for the order", source="police", cue="said", cue_class=cue_class)


def test_the_content_of_an_attribution_stands_under_it_and_the_tag_asserts_nothing() -> None:
    grown = grow(PAID)
    assert carried(grown, police_on_the_order(grown)) == [("The city paid for the order", 0)]


def test_a_sentence_without_attribution_is_the_outlets_own_voice() -> None:
    (own,) = assert_all(grow(REVISED))
    assert (own.attribution, own.directness, own.unfit) == (None, Directness.OWN_VOICE, None)


def test_a_clause_beside_the_attributed_one_is_the_outlets_own() -> None:
    grown = grow(
        f"The/DT/det/gate gate/NN/nsubj/froze froze/VBD {filler('froze')} , and/CC/cc/froze police/NNS/nsubj/said "
        f"said/VBD/conj/froze the/DT/det/dam dam/NN/nsubj/broke broke/VBD/ccomp/said {filler('broke')} ."
    )
    found = grown.found("the dam broke near the old gate of the small town by the sea", source="police", cue="said")
    assert [(words.split(" near")[0], number) for words, number in carried(grown, found)] == [
        ("The gate froze", None),
        ("the dam broke", 0),
    ]


def test_of_two_attributions_of_one_clause_the_narrower_counts() -> None:
    grown = grow(PAID)
    wide = grown.found("The city paid for the order, police said", cue_class=CueClass.UNSPECIFIED)
    assert carried(grown, wide, police_on_the_order(grown)) == [("The city paid for the order", 1)]


def test_an_announcement_whose_content_is_no_clause_is_taken_whole() -> None:
    grown = grow(
        "Acme/NNP/nsubj announced/VBD an/DT/det/order order/NN/dobj of/IN/prep/order 40/CD/nummod/trams "
        "trams/NNS/pobj/of ."
    )
    (whole,) = assert_all(grown, grown.found("an order of 40 trams", source="Acme", cue="announced"))
    assert grown.said(whole.clause) == "Acme announced an order of 40 trams."
    assert (whole.attribution, whole.unfit) == (0, None)


def test_what_is_according_to_somebody_is_not_taken_whole() -> None:
    grown = grow(
        "It/PRP/nsubj is/VBZ an/DT/det/order order/NN/attr of/IN/prep/order 40/CD/nummod/trams trams/NNS/pobj/of "
        ",/punct/punct/is according/VBG/prep/is to/IN/prep/according Acme/NNP/pobj/to ."
    )
    found = grown.found("an order of 40 trams", source="Acme", cue="according to", cue_class=CueClass.ACCORDING)
    (part, *_rest) = [a for a in assert_all(grown, found) if a.attribution == 0]
    assert (grown.said(part.clause), part.unfit) == ("an order of 40 trams", Unfit.FRAGMENT)


def test_a_content_without_a_verb_in_another_sentence_than_its_cue_is_a_fragment() -> None:
    grown = grow(
        "Police/NNS/nsubj said/VBD this/DT/dobj .\n"
        "Very/RB/advmod/weak weak/JJ/amod/walls walls/NNS in/IN/prep Tarn/NNP/pobj/in ."
    )
    found = grown.found("Very weak walls in Tarn", source="Police", cue="said")
    assert [(grown.said(a.clause), a.unfit) for a in assert_all(grown, found) if a.attribution == 0] == [
        ("Very weak walls in Tarn", Unfit.FRAGMENT)
    ]


def test_a_content_broken_by_its_own_cue_is_one_assertion_where_nobody_stands_behind_it() -> None:
    grown = grow(
        "The/DT/det/bank old/JJ/amod/bank bank/NN/nsubj/selling is/VBZ/aux/selling reportedly/RB/advmod/selling "
        "selling/VBG its/PRP$/poss/boats boats/NNS/dobj today/NN/npadvmod ."
    )
    found = grown.found("The old bank is", "selling its boats today", cue="reportedly", cue_class=CueClass.UNSPECIFIED)
    assert [(grown.said(a.clause), a.attribution, a.unfit) for a in assert_all(grown, found)] == [
        ("The old bank is reportedly selling its boats today", 0, None)
    ]


def test_an_aside_inside_the_content_stands_under_the_attribution() -> None:
    grown = grow(
        "The/DT/det/dam dam/NN/nsubj/broke ,/punct/punct/dam which/WDT/nsubj/served served/VBD/relcl/dam "
        f"Tarn/NNP/dobj/served {filler('served')} ,/punct/punct/dam broke/VBD/ccomp/said today/NN/npadvmod/broke , "
        "police/NNS/nsubj/said said/VBD ."
    )
    content = "The dam, which served Tarn near the old gate of the small town by the sea, broke today"
    kinds = {a.clause.kind: a.attribution for a in assert_all(grown, grown.found(content, source="police", cue="said"))}
    assert kinds == {ClauseKind.MAIN: 0, ClauseKind.RELATIVE: 0}


def test_a_source_may_say_what_another_said_but_both_tags_assert_nothing() -> None:
    grown = grow(
        "Lee/NNP/nsubj/said said/VBD police/NNS/nsubj/found found/VBD/ccomp/said the/DT/det/old old/JJ/amod/boat "
        "boat/NN/dobj/found yesterday/NN/npadvmod/found ."
    )
    outer = grown.found("police found the old boat yesterday", source="Lee", cue="said")
    assert [a.attribution for a in assert_all(grown, outer)] == [0]
    inner = grown.found("the old boat yesterday", source="police", cue="found", cue_class=CueClass.SHOW)
    assert [a.attribution for a in assert_all(grown, outer, inner)] == [1]


def test_questions_and_instructions_keep_their_attribution_and_tell_why_they_are_no_claim() -> None:
    grown = grow(
        "“ Keep/VB/ccomp/said away/RB/advmod/Keep from/IN/prep/Keep the/DT/det/dam dam/NN/pobj/from ,/punct/punct/said "
        "”/punct/punct/said police/NNS/nsubj/said said/VBD ."
    )
    (kept,) = assert_all(grown, grown.found("“Keep away from the dam,”", source="police", cue="said"))
    assert (kept.attribution, kept.unfit) == (0, Unfit.INSTRUCTION)


@pytest.mark.parametrize(
    ("sentence", "cue", "content", "threat"),
    [
        ("Acme threatened to close the mill.", "threatened", "to close the mill", True),
        ("The judge ordered Acme to pay.", "ordered", "Acme to pay", True),
        ("Union leaders demanded that Acme pay.", "demanded", "that Acme pay", True),
        ("The king warned that rebels could be jailed.", "warned", "rebels could be jailed", True),
        ("Engineers warned that the dam leaks.", "warned", "the dam leaks", False),
        ("The king warned: “Rebels will be jailed.”", "warned", "“Rebels will be jailed.”", False),
        ("Police said that Acme must pay.", "said", "Acme must pay", False),
    ],
)
def test_a_threat_order_or_demand_told_without_quoted_words_is_an_act_and_a_warning_of_facts_is_none(
    sentence: str,
    cue: str,
    content: str,
    threat: bool,  # noqa: FBT001 # a table's column
) -> None:
    article = draft(sentence)
    found = FoundAttribution(
        source=None, cue=spot(article, cue), content=(spot(article, content),), cue_class=CueClass.SAY
    )
    assert tells_threat(article, found) is threat


def test_an_attribution_without_a_cue_tells_no_threat() -> None:
    article = draft("“Rebels will be jailed.”")
    found = FoundAttribution(source=None, cue=None, content=(spot(article, "Rebels"),), cue_class=CueClass.RUNNING)
    assert not tells_threat(article, found)


def test_quoted_words_without_attribution_are_weighed_as_quoted_ones() -> None:
    grown = grow(
        "“/punct/punct/break It/PRP/nsubj/break would/MD/aux/break break/VB every/DT/det/dam dam/NN/dobj/break "
        "here/RB/advmod/break ./punct/punct/break ”/punct/punct/break"
    )
    (orphan,) = assert_all(grown)
    assert (orphan.directness, orphan.unfit) == (Directness.OWN_VOICE, Unfit.PREDICTION)


@pytest.mark.parametrize(
    ("sentence", "part", "directness"),
    [
        ("“The dam broke,” she said.", "“The dam broke,”", Directness.DIRECT_QUOTE),
        ("“The dam broke,” she said.", "The dam broke", Directness.DIRECT_QUOTE),
        ("She said the dam “simply broke” on Monday.", "the dam “simply broke” on Monday", Directness.MIXED),
        ("She said the dam broke.", "the dam broke", Directness.PARAPHRASE),
    ],
)
def test_directness_is_how_much_stands_between_quotation_marks(
    sentence: str, part: str, directness: Directness
) -> None:
    article = draft(sentence)
    assert judge_directness(article, spot(article, part)) is directness


def test_attribution_carries_forward_to_the_next_sentence_of_the_same_account() -> None:
    grown = grow(f"{PAID}\n{REVISED}")
    assert carried(grown, police_on_the_order(grown)) == [
        ("The city paid for the order", 0),
        ("The order was revised on Monday.", 0),
    ]


@pytest.mark.parametrize(
    ("following", "number"),
    [
        ("They/PRP/nsubj waited/VBD for/IN/prep months/NNS/pobj/for .", 0),
        ("She/PRP/nsubj waited/VBD for/IN/prep months/NNS/pobj/for .", 0),
        ("It/PRP/nsubj snowed/VBD for/IN/prep months/NNS/pobj/for .", None),
        ("The/DT/det/theft theft/NN/nsubj occurred/VBD on/IN/prep Monday/NNP/pobj/on/DATE .", 0),
        ("The/DT/det/theft theft/NN/nsubj happened/VBD on/IN/prep Monday/NNP/pobj/on/DATE .", 0),
        ("A/DT/det/theft theft/NN/nsubj happened/VBD on/IN/prep Monday/NNP/pobj/on/DATE .", None),
    ],
)
def test_attribution_carries_to_people_taken_up_by_a_pronoun_and_to_the_event_itself(
    following: str, number: int | None
) -> None:
    grown = grow(f"{PAID}\n{following}")
    assert [n for _, n in carried(grown, police_on_the_order(grown))] == [0, number]


def test_what_is_carried_is_marked_and_is_a_paraphrase() -> None:
    grown = grow(f"{PAID}\n{REVISED}")
    found = (police_on_the_order(grown),)
    first, second = carry_forward(assert_all(grown, *found), grown.trees, found)
    assert (first.carried, second.carried, second.directness) == (False, True, Directness.PARAPHRASE)


def test_attribution_carries_on_over_several_sentences() -> None:
    again = REVISED.replace("Monday", "Friday")
    grown = grow(f"{PAID}\n{REVISED}\n{again}")
    assert [n for _, n in carried(grown, police_on_the_order(grown))] == [0, 0, 0]


def test_a_trailing_tag_never_reaches_back() -> None:
    grown = grow(f"{REVISED}\n{PAID}")
    assert [n for _, n in carried(grown, police_on_the_order(grown))] == [None, 0]


def test_attribution_never_crosses_into_the_next_paragraph() -> None:
    grown = grow(PAID, REVISED)
    assert [n for _, n in carried(grown, police_on_the_order(grown))] == [0, None]


def test_attribution_stops_at_a_sentence_of_another_account() -> None:
    other = "The/DT/det/bridge bridge/NN/nsubj opened/VBD on/IN/prep Monday/NNP/pobj/on/DATE ."
    grown = grow(f"{PAID}\n{other}\n{REVISED}")
    assert [n for _, n in carried(grown, police_on_the_order(grown))] == [0, None, None]


def test_attribution_stops_at_a_sentence_that_says_nothing() -> None:
    grown = grow(f"{PAID}\nReally/RB .\n{REVISED}")
    assert [n for _, n in carried(grown, police_on_the_order(grown))] == [0, None]


def test_attribution_stops_at_a_source_of_the_next_sentence() -> None:
    mine = (
        "The/DT/det/order order/NN/nsubj/vanished vanished/VBD/ccomp/told on/IN/prep/vanished Monday/NNP/pobj/on/DATE "
        ",/punct/punct/told Lee/NNP/nsubj/told told/VBD us/PRP/dobj/told ."
    )
    grown = grow(f"{PAID}\n{mine}")
    lee = grown.found("The order vanished on Monday", source="Lee", cue="told")
    assert [n for _, n in carried(grown, police_on_the_order(grown), lee)] == [0, 1]


def test_attribution_does_not_carry_over_quoted_words() -> None:
    quoted = REVISED.replace("Monday/", "“ Monday/").replace(" .", " ” .")
    grown = grow(f"{PAID}\n{quoted}")
    assert [n for _, n in carried(grown, police_on_the_order(grown))] == [0, None]


@pytest.mark.parametrize(
    ("cue_class", "reaches"),
    [
        (CueClass.SAY, 0),
        (CueClass.SHOW, 0),
        (CueClass.ACCORDING, 0),
        (CueClass.DENY, 0),
        (CueClass.UNSPECIFIED, None),
        (CueClass.THINK, None),
        (CueClass.ACCUSE, None),
    ],
)
def test_only_an_account_that_somebody_gives_carries_forward(cue_class: CueClass, reaches: int | None) -> None:
    grown = grow(f"{PAID}\n{REVISED}")
    assert carried(grown, police_on_the_order(grown, cue_class=cue_class))[-1][1] == reaches


@pytest.mark.parametrize(
    "second",
    [
        REVISED.replace("The/DT/det/order", "Another/DT/det/order"),
        "Orders/NNS/nsubjpass were/VBD/auxpass revised/VBN on/IN/prep Monday/NNP/pobj/on/DATE .",
        "Revised/VBN on/IN/prep Monday/NNP/pobj/on/DATE again/RB/advmod .",
    ],
    ids=["not the same one", "no one in particular", "no subject"],
)
def test_the_same_account_takes_up_what_was_spoken_of_as_something_known(second: str) -> None:
    grown = grow(f"{PAID}\n{second}")
    assert carried(grown, police_on_the_order(grown))[-1][1] is None


def test_an_act_of_saying_is_not_told_beside_the_clause_that_was_said() -> None:
    grown = grow(
        "The/DT/det/dam dam/NN/nsubj/broke broke/VBD/ccomp/said on/IN/prep/broke Monday/NNP/pobj/on/DATE "
        ",/punct/punct/said police/NNS/nsubj/said said/VBD ,/punct/punct/said the/DT/det/sign latest/JJS/amod/sign "
        "sign/NN/dobj/said of/IN/prep/sign decay/NN/pobj/of ."
    )
    found = grown.found("The dam broke on Monday", "the latest sign of decay", source="police", cue="said")
    claims = [a for a in assert_all(grown, found) if a.unfit is None]
    assert [grown.said(a.clause) for a in claims] == ["The dam broke on Monday"]


def test_the_outlets_own_words_end_where_a_telling_begins() -> None:
    grown = grow(
        f"The/DT/det/gate gate/NN/nsubj/froze froze/VBD {filler('froze')} ,/punct/punct/froze "
        "where/WRB/advmod/claimed police/NNS/nsubj/claimed claimed/VBD/advcl/froze it/PRP/nsubj/broke "
        "broke/VBD/ccomp/claimed ."
    )
    found = grown.found("it broke", source="police", cue="claimed")
    own = [a for a in assert_all(grown, found) if a.attribution is None]
    assert [grown.said(a.clause) for a in own] == ["The gate froze near the old gate of the small town by the sea"]


def test_a_short_remainder_keeps_its_telling() -> None:
    grown = grow(
        "The/DT/det/gate gate/NN/nsubj/froze froze/VBD where/WRB/advmod/claimed police/NNS/nsubj/claimed "
        "claimed/VBD/advcl/froze it/PRP/nsubj/broke broke/VBD/ccomp/claimed ."
    )
    found = grown.found("it broke", source="police", cue="claimed")
    own = [a for a in assert_all(grown, found) if a.attribution is None]
    assert [grown.said(a.clause) for a in own] == ["The gate froze where police claimed it broke."]
