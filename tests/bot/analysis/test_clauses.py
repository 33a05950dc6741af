import pytest

from bot.analysis.clauses import ClauseKind
from tests.bot.analysis.building import Grown, filler, grow

FAR = "near the old gate of the small town by the sea"
CITY_PAYS = (
    f"Norland/NNP/nsubj/invite will/MD/aux/invite invite/VB surveyors/NNS/dobj/invite {filler('invite')} , "
    "and/CC/cc/invite the/DT/det/ministry ministry/NN/nsubj/pick will/MD/aux/pick pick/VB/conj/invite "
    f"a/DT/det/winner winner/NN/dobj/pick {filler('pick')} ."
)


def shown(grown: Grown, *, within: str | None = None) -> list[tuple[str, ClauseKind]]:
    return [(grown.said(c), c.kind) for c in grown.clauses(within=within)]


def test_two_main_clauses_are_two_assertions() -> None:
    assert shown(grow(CITY_PAYS)) == [
        (f"Norland will invite surveyors {FAR}", ClauseKind.MAIN),
        (f"the ministry will pick a winner {FAR}.", ClauseKind.COORDINATE),
    ]


def test_a_second_verb_of_the_same_subject_makes_no_second_clause() -> None:
    grown = grow(
        "Police/NNS/nsubj closed/VBD the/DT/det/road road/NN/dobj/closed and/CC/cc/closed left/VBD/conj/closed ."
    )
    assert shown(grown) == [("Police closed the road and left.", ClauseKind.MAIN)]


def test_a_second_clause_without_a_finite_verb_is_not_cut_off() -> None:
    grown = grow(
        "The/DT/det/dam dam/NN/nsubj broke/VBD ,/punct/punct/broke and/CC/cc/broke water/NN/nsubj/flooding "
        "flooding/VBG/conj/broke the/DT/det/town town/NN/dobj/flooding ."
    )
    assert [kind for _, kind in shown(grown)] == [ClauseKind.MAIN]


def rents(opener: str) -> str:
    return (
        f"Rents/NNS/nsubj/rose rose/VBD {filler('rose')} {opener}/IN/mark/fell wages/NNS/nsubj/fell "
        f"fell/VBD/advcl/rose {filler('fell')} ."
    )


@pytest.mark.parametrize("word", ["while", "although", "whereas"])
def test_a_contrast_sets_two_assertions_side_by_side(word: str) -> None:
    first, second = shown(grow(rents(word)))
    assert first == (f"Rents rose {FAR}", ClauseKind.MAIN)
    assert second[0].endswith(f"wages fell {FAR}.")


@pytest.mark.parametrize("mark", ["because", "if", "after"])
def test_a_reason_or_a_condition_stays_with_its_clause(mark: str) -> None:
    assert len(shown(grow(rents(mark)))) == 1


def test_a_time_or_a_reason_that_tells_a_figure_is_an_assertion_of_its_own() -> None:
    figure = rents("after").replace("the/DT/det/sea", "30/CD/nummod/sea")
    assert shown(grow(figure))[1] == (
        f"wages fell {FAR.replace('the sea', '30 sea')}.",
        ClauseKind.ADVERBIAL,
    )


def test_short_clauses_are_one_assertion_to_a_reader() -> None:
    grown = grow("Rents/NNS/nsubj rose/VBD ,/punct/punct and/CC/cc wages/NNS/nsubj/fell fell/VBD/conj/rose .")
    assert len(shown(grown)) == 1


def test_a_contrast_that_opens_the_sentence_stays_with_its_clause() -> None:
    grown = grow(
        "While/IN/mark/fell wages/NNS/nsubj/fell fell/VBD/advcl/rose again/RB/advmod/fell ,/punct/punct/rose "
        "rents/NNS/nsubj/rose rose/VBD sharply/RB/advmod/rose ."
    )
    assert len(shown(grown)) == 1


RELATIVE = (
    "Ostrow/NNP/nsubj/signed ,/punct/punct/Ostrow who/WP/nsubj/leads leads/VBZ/relcl/Ostrow "
    "a/DT/det/government caretaker/NN/compound/government government/NN/dobj/leads "
    f"{filler('leads')} ,/punct/punct/Ostrow signed/VBD the/DT/det/plan plan/NN/dobj/signed ."
)


def test_a_relative_clause_between_commas_asserts_something_beside_its_sentence() -> None:
    grown = grow(RELATIVE)
    whole, aside = grown.clauses()
    assert whole.kind is ClauseKind.MAIN
    assert grown.said(aside) == f"who leads a caretaker government {FAR}"
    assert aside.kind is ClauseKind.RELATIVE
    assert aside.antecedent == 0


def test_a_relative_clause_that_ends_the_sentence_is_cut_from_it() -> None:
    grown = grow(
        "Tarn/NNP/nsubj chose/VBD Ostrow/NNP/dobj ,/punct/punct/Ostrow who/WP/nsubj/leads leads/VBZ/relcl/Ostrow "
        f"a/DT/det/party party/NN/dobj/leads {filler('leads')} ."
    )
    assert [s for s, _ in shown(grown)] == ["Tarn chose Ostrow", f"who leads a party {FAR}"]


@pytest.mark.parametrize(
    "written",
    [
        RELATIVE.replace(",/punct/punct/Ostrow who", "who"),
        RELATIVE.replace("who/WP/nsubj", "where/WRB/advmod"),
        RELATIVE.replace(f"{filler('leads')} ", ""),
    ],
    ids=["it tells which one", "it tells where", "it is short"],
)
def test_a_relative_clause_that_only_tells_which_or_where_or_hardly_anything_is_none(written: str) -> None:
    assert [c.kind for c in grow(written).clauses()] == [ClauseKind.MAIN]


def test_a_part_of_a_sentence_has_its_own_clauses() -> None:
    grown = grow(
        "Police/NNS/nsubj/said said/VBD the/DT/det/dam dam/NN/nsubj/broke broke/VBD/ccomp/said "
        "on/IN/prep/broke Monday/NNP/pobj/on ."
    )
    assert shown(grown, within="the dam broke on Monday") == [("the dam broke on Monday", ClauseKind.MAIN)]
    assert grown.clauses(within="the dam broke on Monday")[0].head == 4


def test_marks_and_joiners_at_the_edges_are_no_part_of_a_clause() -> None:
    grown = grow("But/CC/cc/broke the/DT/det/dam dam/NN/nsubj broke/VBD ,/punct/punct/broke")
    assert shown(grown) == [("the dam broke", ClauseKind.MAIN)]


@pytest.mark.parametrize("within", ["”", "in", "!”"])
def test_where_there_are_no_words_to_speak_of_there_is_no_clause(within: str) -> None:
    grown = grow("“ Come/VB in/RP/prt/Come !/punct/punct/Come ”")
    assert shown(grown, within=within) == []


def test_a_part_that_cuts_through_every_word_holds_no_clause() -> None:
    grown = grow("The/DT/det/dam dam/NN/nsubj broke/VBD .")
    assert shown(grown, within="ro") == []


def test_a_clause_is_finite_by_its_own_verbs_and_not_by_those_of_its_asides() -> None:
    grown = grow("An/DT/det/order order/NN of/IN/prep/order jets/NNS/pobj/of that/WDT/nsubj/fly fly/VBP/relcl/jets")
    assert not grown.clauses()[0].is_finite(grown.trees[0])
    assert grow(CITY_PAYS).clauses()[0].is_finite(grow(CITY_PAYS).trees[0])


@pytest.mark.parametrize(
    ("verb", "telling", "expected"),
    [
        ("closed", "saying/VBG/advcl/closed that/IN/mark/broke", f"Police closed the road {FAR}"),
        ("closed", "and/CC/cc/closed said/VBD/conj/closed", f"Police closed the road {FAR}"),
        ("closed", "knowing/VBG/advcl/closed that/IN/mark/broke", ""),
    ],
    ids=["saying that", "and said", "knowing that"],
)
def test_what_is_told_at_the_end_is_no_part_of_the_clause(verb: str, telling: str, expected: str) -> None:
    told = telling.replace("/mark/broke", "/mark/fell")
    word = told.removeprefix("and/CC/cc/closed ").partition("/")[0]
    written = (
        f"Police/NNS/nsubj/{verb} {verb}/VBD the/DT/det/road road/NN/dobj/{verb} {filler(verb)} ,/punct/punct/{verb} "
        f"{told} a/DT/det/tree tree/NN/nsubj/fell fell/VBD/ccomp/{word} ."
    )
    [(said, _)] = shown(grow(written))
    assert said == expected or (not expected and said.endswith("a tree fell."))


def test_a_telling_after_a_few_words_stays() -> None:
    written = (
        "Police/NNS/nsubj/came came/VBD and/CC/cc/came said/VBD/conj/came rents/NNS/nsubj/fell fell/VBD/ccomp/said ."
    )
    assert [said for said, _ in shown(grow(written))] == ["Police came and said rents fell."]


@pytest.mark.parametrize("opening", ["10 : 42", "DERBY , May 3 - -", "DERBY ( Agency ) —"])
def test_the_time_or_place_that_opens_an_entry_is_no_part_of_its_claim(opening: str) -> None:
    grown = grow(f"{opening} Police/NNS/nsubj/closed closed/VBD the/DT/det/road road/NN/dobj/closed .")
    assert [said for said, _ in shown(grown)] == ["Police closed the road."]


def test_a_past_form_taken_for_a_participle_is_the_verb_of_its_clause() -> None:
    grown = grow(
        "An/DT/det/aide aide/NN handed/VBD/acl/aide in/RP/prt/handed her/PRP$/poss/notice notice/NN/dobj/handed ."
    )
    (clause,) = grown.clauses()
    assert grown.article.sentences[0].tokens[clause.head].text == "handed"
