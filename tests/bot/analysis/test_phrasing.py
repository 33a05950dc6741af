"""A claim's words stand alone: names in full, hedges kept, the attribution and the connectives left out."""

from dataclasses import replace

import pytest

from bot.analysis.cast import Speaker, read_cast
from bot.analysis.clauses import ClauseKind
from bot.analysis.phrasing import phrase_claim
from bot.report import SourceKind
from tests.bot.analysis.building import Grown, filler, grow, span

LEE = Speaker(name="Ann Lee", kind=SourceKind.NAMED_PERSON, title=None, span=span(0, 0), key="ann lee")
MET = "Ann/NNP/compound/Lee Lee/NNP/nsubj came/VBD to/IN/prep Tarn/NNP/pobj/to ."


def phrase(written: str, *, speaker: Speaker | None = None, within: str | None = None, nth: int = 0) -> str:
    """The nth clause of the last sentence in words; the sentences before it tell who is who."""
    grown = grow(written)
    last = len(grown.trees) - 1
    clause = grown.clauses(within=within, sentence=last)[nth]
    assertion = replace(grown.assertion(sentence=last), clause=clause, span=clause.span)
    return phrase_claim(grown.article, assertion, grown.trees[last], speaker=speaker, cast=read_cast(grown.article))


def test_the_words_are_kept_with_their_hedges() -> None:
    written = "Possibly/RB/advmod/20 more/JJR/amod/20 than/IN/quantmod/20 20/CD/nummod/boats boats/NNS/nsubj sank/VBD ."
    assert phrase(written) == "Possibly more than 20 boats sank."


def test_a_clause_alone_is_a_sentence() -> None:
    written = (
        "Police/NNS/nsubj/said said/VBD the/DT/det/dam dam/NN/nsubj/broke broke/VBD/ccomp/said ,/punct/punct/said "
        "and/CC/cc/said left/VBD/conj/said ."
    )
    assert phrase(written, within="the dam broke,") == "The dam broke."


@pytest.mark.parametrize(
    "opener", ["But/CC/cc", "However/RB/advmod ,", "And/CC/cc so/RB/advmod", "Meanwhile/RB/advmod"]
)
def test_connectives_that_point_back_are_left_out(opener: str) -> None:
    assert phrase(f"{opener} the/DT/det/dam dam/NN/nsubj broke/VBD again/RB/advmod .") == "The dam broke again."


def test_quotation_marks_are_left_out() -> None:
    written = "“ The/DT/det/dam dam/NN/nsubj/broke broke/VBD again/RB/advmod/broke , ”"
    assert phrase(written) == "The dam broke again."


def test_a_pronoun_subject_is_named_in_full_and_only_once() -> None:
    written = (
        f"{MET}\nShe/PRP/nsubj sold/VBD a/DT/det/boat boat/NN/dobj before/IN/mark/left she/PRP/nsubj/left "
        "left/VBD/advcl/sold town/NN/dobj/left ."
    )
    assert phrase(written) == "Ann Lee sold a boat before she left town."


def test_a_possessive_subject_is_named_in_full() -> None:
    written = f"{MET}\nHer/PRP$/poss/boat old/JJ/amod/boat boat/NN/nsubj sank/VBD today/NN/npadvmod ."
    assert phrase(written) == "Ann Lee's old boat sank today."


def test_a_name_that_ends_in_s_takes_the_mark_alone() -> None:
    met = MET.replace("Lee", "Jones")
    written = f"{met}\nHer/PRP$/poss/boat old/JJ/amod/boat boat/NN/nsubj sank/VBD today/NN/npadvmod ."
    assert phrase(written) == "Ann Jones’ old boat sank today."


def test_a_surname_becomes_the_full_name() -> None:
    written = f"{MET}\nOn/IN/prep Monday/NNP/pobj/On Lee/NNP/nsubj sold/VBD her/PRP$/poss/boat boat/NN/dobj ."
    assert phrase(written) == "On Monday Ann Lee sold her boat."


def test_a_name_given_in_full_is_not_doubled() -> None:
    written = f"{MET}\nAnn/NNP/compound/Lee Lee/NNP/nsubj sold/VBD a/DT/det/boat boat/NN/dobj ."
    assert phrase(written) == "Ann Lee sold a boat."


def test_a_surname_that_is_part_of_another_name_stays() -> None:
    sold = (
        "The/DT/det/Foundation Lee/NNP/compound/Foundation Foundation/NNP/nsubj sold/VBD a/DT/det/boat boat/NN/dobj ."
    )
    written = f"{MET}\n{sold}"
    assert phrase(written) == "The Lee Foundation sold a boat."


def test_it_without_an_actor_stays() -> None:
    written = (
        "Acme/NNP/compound/Corp Corp/NNP/nsubj grew/VBD fast/RB/advmod .\n"
        "It/PRP/nsubj is/VBZ clear/JJ/acomp that/IN/mark/fell rents/NNS/nsubj/fell fell/VBD/ccomp/is ."
    )
    assert phrase(written) == "It is clear that rents fell."


def test_an_it_that_only_fills_the_place_stays() -> None:
    assert phrase("It/PRP/expl seems/VBZ that/IN/mark/fell rents/NNS/nsubj/fell fell/VBD/ccomp/seems .") == (
        "It seems that rents fell."
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("I/PRP/nsubj sold/VBD the/DT/det/boat boat/NN/dobj today/NN/npadvmod", "Ann Lee sold the boat today."),
        ("I/PRP/nsubj am/VBP in/IN/prep Tarn/NNP/pobj/in today/NN/npadvmod", "Ann Lee is in Tarn today."),
        ("I/PRP/nsubj 've/VBP/aux sold/VBN the/DT/det/boat boat/NN/dobj", "Ann Lee has sold the boat."),
        ("My/PRP$/poss/boat boat/NN/nsubj sank/VBD in/IN/prep Tarn/NNP/pobj/in", "Ann Lee's boat sank in Tarn."),
        (
            "I/PRP/nsubj sold/VBD my/PRP$/poss/boat boat/NN/dobj to/IN/prep friends/NNS/pobj/to",
            "Ann Lee sold their boat to friends.",
        ),
        ("They/PRP/nsubj sold/VBD me/PRP/dative the/DT/det/boat boat/NN/dobj", "They sold Ann Lee the boat."),
    ],
)
def test_the_first_person_of_a_quotation_is_its_speaker(said: str, expected: str) -> None:
    assert phrase(f"“ {said} .", speaker=LEE) == expected


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("did/VBD/aux n't/RB/neg leak/VB", "The dam did not leak today."),
        ("wo/MD/aux n't/RB/neg leak/VB", "The dam will not leak today."),
        ("ca/MD/aux n't/RB/neg leak/VB", "The dam can not leak today."),
        ("'ll/MD/aux leak/VB", "The dam will leak today."),
    ],
)
def test_contractions_are_written_out(verb: str, expected: str) -> None:
    assert phrase(f"The/DT/det/dam dam/NN/nsubj {verb} today/NN/npadvmod .").replace("cannot", "can not") == expected


def test_a_first_person_that_is_not_quoted_or_has_no_speaker_stays() -> None:
    sold = "I/PRP/nsubj sold/VBD the/DT/det/boat boat/NN/dobj today/NN/npadvmod"
    assert phrase(f"{sold} .", speaker=LEE) == "I sold the boat today."
    assert phrase(f"“ {sold} .") == "I sold the boat today."


FAR = "near the old gate of the small town by the sea"
OSTROW = (
    "Ostrow/NNP/nsubj/signed ,/punct/punct/Ostrow who/WP/nsubj/leads leads/VBZ/relcl/Ostrow "
    "a/DT/det/government caretaker/NN/compound/government government/NN/dobj/leads "
    f"{filler('leads')} ,/punct/punct/Ostrow signed/VBD the/DT/det/plan plan/NN/dobj/signed ."
)


def test_a_relative_clause_names_what_it_speaks_of() -> None:
    assert phrase(OSTROW, nth=1) == f"Ostrow leads a caretaker government {FAR}."


def test_whose_becomes_a_possessive() -> None:
    written = OSTROW.replace("who/WP/nsubj/leads leads/VBZ", "whose/WP$/poss/uncle uncle/NN/nsubj/leads leads/VBZ")
    assert phrase(written, nth=1) == f"Ostrow's uncle leads a caretaker government {FAR}."


def test_a_time_clause_of_its_own_leaves_its_joiner_out() -> None:
    written = (
        f"Rents/NNS/nsubj/rose rose/VBD {filler('rose')} after/IN/mark/fell 30/CD/nummod/shops shops/NNS/nsubj/fell "
        f"fell/VBD/advcl/rose {filler('fell')} ."
    )
    assert phrase(written, nth=1) == f"30 shops fell {FAR}."


def test_a_second_predicate_gets_the_subject_it_shares() -> None:
    grown: Grown = grow(
        "The/DT/det/dam old/JJ/amod/dam dam/NN/nsubj broke/VBD and/CC/cc/broke flooded/VBD/conj/broke "
        "the/DT/det/town town/NN/dobj/flooded ."
    )
    clause = replace(grown.clauses()[0], first=5, head=5, kind=ClauseKind.COORDINATE)
    assertion = replace(grown.assertion(), clause=clause, span=clause.span)
    cast = read_cast(grown.article)
    assert phrase_claim(grown.article, assertion, grown.trees[0], speaker=None, cast=cast) == (
        "The old dam flooded the town."
    )


def test_a_predicate_that_shares_no_subject_stays_as_it_is() -> None:
    grown = grow("Stop/VB the/DT/det/boat boat/NN/dobj and/CC/cc save/VB/conj the/DT/det/dog dog/NN/dobj/save .")
    clause = replace(grown.clauses()[0], first=4, head=4, kind=ClauseKind.COORDINATE)
    assertion = replace(grown.assertion(), clause=clause, span=clause.span)
    cast = read_cast(grown.article)
    assert phrase_claim(grown.article, assertion, grown.trees[0], speaker=None, cast=cast) == "Save the dog."


def test_no_mark_is_left_before_a_full_stop_or_doubled() -> None:
    written = "The/DT/det/dam dam/NN/nsubj , “ ” , broke/VBD ,"
    assert phrase(written) == "The dam, broke."


@pytest.mark.parametrize(("tag", "verb", "said"), [("MD", "win/VB", "would win"), ("VBD", "won/VBN", "had won")])
def test_a_contracted_would_or_had_is_written_out(tag: str, verb: str, said: str) -> None:
    word = verb.partition("/")[0]
    assert phrase(f"They/PRP/nsubj 'd/{tag}/aux/{word} {verb} the/DT/det/cup cup/NN/dobj .") == f"They {said} the cup."


def test_us_is_not_the_speaker_alone() -> None:
    written = "“ The/DT/det/boat boat/NN/nsubj belonged/VBD to/IN/prep all/DT/pobj/to of/IN/prep/all us/PRP/pobj/of . ”"
    assert phrase(written, speaker=LEE) == "The boat belonged to all of us."


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Ann/NNP/compound/Lee Lee/NNP/nsubj met/VBD Mary/NNP/compound/Ross Ross/NNP/dobj .", "Ann Lee left town."),
        (
            "Ann/NNP/compound/Lee Lee/NNP/nsubj said/VBD Mary/NNP/compound/Ross Ross/NNP/nsubj/fell fell/VBD/ccomp .",
            "She left town.",
        ),
        (
            "Ann/NNP/compound/Lee Lee/NNP/nsubj said/VBD the/DT/det/captain captain/NN/nsubj/fell fell/VBD/ccomp .",
            "She left town.",
        ),
    ],
    ids=["the other is no subject", "both are subjects", "the other has no name"],
)
def test_a_pronoun_is_named_only_where_nobody_else_can_be_meant(told: str, expected: str) -> None:
    assert phrase(f"{told}\nShe/PRP/nsubj left/VBD town/NN/dobj .") == expected


def test_whoever_only_an_aside_is_about_is_no_rival() -> None:
    grown = grow(
        "Ann/NNP/compound/Lee Lee/NNP/nsubj chose/VBD a/DT/det/school school/NN/dobj that/WDT/dobj/suited "
        "her/PRP$/poss/daughter daughter/NN/nsubj/suited suited/VBD/relcl/school .\n"
        "She/PRP/nsubj left/VBD town/NN/dobj ."
    )
    cast = read_cast(grown.article, grown.trees)
    said = phrase_claim(grown.article, grown.assertion(sentence=1), grown.trees[1], speaker=None, cast=cast)
    assert said == "Ann Lee left town."


@pytest.mark.parametrize(
    ("relative", "expected"),
    [
        ("The/DT/det/fee fee/NN/nsubj/fell ,/punct/punct/said", "The fee fell to ten crowns."),
        ("That/DT/nsubj/fell ,/punct/punct/said", "That fell to ten crowns."),
        ("Rents/NNS/nsubj/fell :", "Fell to ten crowns."),
    ],
    ids=["a noun", "a pronoun", "set off by a colon"],
)
def test_a_verb_cut_off_from_its_subject_by_the_tag_gets_it_back(relative: str, expected: str) -> None:
    written = (
        f"{relative} police/NNS/nsubj/said said/VBD ,/punct/punct/said fell/VBD/ccomp/said to/IN/prep/fell "
        "ten/CD/nummod/crowns crowns/NNS/pobj/to ."
    )
    assert phrase(written, within="fell to ten crowns") == expected


def test_a_relative_pronoun_cut_off_is_what_it_stands_for() -> None:
    written = (
        "They/PRP/nsubj/paid paid/VBD a/DT/det/fee fee/NN/dobj/paid which/WDT/nsubj/fell ,/punct/punct/fell "
        "police/NNS/nsubj/said said/VBD/relcl/fee ,/punct/punct/said fell/VBD/ccomp/said to/IN/prep/fell "
        "ten/CD/nummod/crowns crowns/NNS/pobj/to ."
    )
    assert phrase(written, within="fell to ten crowns") == "A fee fell to ten crowns."


def test_a_joiner_that_opens_a_clause_of_fact_is_left_out() -> None:
    written = (
        "Police/NNS/nsubj/spoke spoke/VBD ,/punct/punct/spoke as/IN/mark/fell rents/NNS/nsubj/fell "
        "fell/VBD/advcl/spoke again/RB/advmod/fell ."
    )
    assert phrase(written, within="as rents fell again") == "Rents fell again."


def test_that_as_a_subject_stays() -> None:
    assert phrase("That/DT/nsubj is/VBZ why/WRB/advmod/fell rents/NNS/nsubj/fell fell/VBD/advcl/is .") == (
        "That is why rents fell."
    )


def test_the_label_of_an_answer_is_left_out() -> None:
    assert phrase("A/NN/dep : The/DT/det/dam dam/NN/nsubj broke/VBD again/RB/advmod .") == "The dam broke again."


@pytest.mark.parametrize("mark", ["!", "?"])
def test_a_mark_that_ends_a_sentence_gets_no_full_stop(mark: str) -> None:
    assert phrase(f"The/DT/det/dam dam/NN/nsubj broke/VBD again/RB/advmod {mark}") == f"The dam broke again{mark}"


def test_the_country_in_capitals_is_not_the_speakers() -> None:
    body = replace(LEE, kind=SourceKind.NAMED_ORGANIZATION, name="Acme")
    written = (
        "“ Rebels/NNS/nsubj hit/VBD a/DT/det/helicopter US/PRP/poss/helicopter helicopter/NN/dobj today/NN/npadvmod . ”"
    )
    assert phrase(written, speaker=body) == "Rebels hit a US helicopter today."
    assert phrase(written.replace(" US/", " us/"), speaker=body) == "Rebels hit a Acme helicopter today."


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("52-year-old man", "The 52-year-old man sold the boat."),
        ("a neighbour", "A neighbour sold the boat."),
        ("two neighbours", "Two neighbours sold the boat."),
        ("Neighbour", "Neighbour sold the boat."),
    ],
)
def test_a_bare_description_gets_its_article(name: str, expected: str) -> None:
    speaker = replace(LEE, kind=SourceKind.UNNAMED_PERSON, name=name)
    assert phrase("“ I/PRP/nsubj sold/VBD the/DT/det/boat boat/NN/dobj .", speaker=speaker) == expected


def test_nobody_is_put_in_where_no_source_is_stated() -> None:
    speaker = replace(LEE, kind=SourceKind.UNSPECIFIED, name="no source stated")
    assert phrase("“ I/PRP/nsubj sold/VBD the/DT/det/boat boat/NN/dobj .", speaker=speaker) == "I sold the boat."


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("I/PRP/nsubj know/VBP the/DT/det/boat boat/NN/dobj", "Ann Lee knows the boat."),
        ("I/PRP/nsubj came/VBD and/CC/cc were/VBD/conj glad/JJ/acomp/were", "Ann Lee came and was glad."),
        (
            "I/PRP/nsubj hope/VBP they/PRP/nsubj/are are/VBP/ccomp safe/JJ/acomp/are",
            "Ann Lee hopes they are safe.",
        ),
        ("Did/VBD/aux I/PRP/nsubj/say say/VBP so/RB/advmod/say today/NN/npadvmod/say", "Did Ann Lee say so today."),
    ],
    ids=["a verb", "a second verb", "another's verb", "after an auxiliary"],
)
def test_verbs_agree_with_the_name_that_is_put_in(said: str, expected: str) -> None:
    assert phrase(f"“ {said} .", speaker=LEE) == expected


def test_what_is_ours_is_one_persons_only_where_the_person_speaks_of_it() -> None:
    written = "“ They/PRP/nsubj praised/VBD our/PRP$/poss/army army/NN/dobj today/NN/npadvmod . ”"
    body = replace(LEE, kind=SourceKind.NAMED_ORGANIZATION, name="Acme")
    assert phrase(written, speaker=LEE) == "They praised our army today."
    assert phrase(written, speaker=body) == "They praised Acme's army today."
    ours = "“ Our/PRP$/poss/study study/NN/nsubj shows/VBZ a/DT/det/link link/NN/dobj today/NN/npadvmod . ”"
    assert phrase(ours, speaker=LEE) == "Ann Lee's study shows a link today."


@pytest.mark.parametrize(
    ("turned", "straight"),
    [
        ("nor/CC/cc did/VBD/aux the/DT/det/mayor mayor/NN/nsubj call/VB them/PRP/dobj", "The mayor did not call them."),
        ("nor/CC/cc was/VBD the/DT/det/clerk clerk/NN/nsubj present/JJ/acomp", "The clerk was not present."),
    ],
)
def test_a_clause_that_nor_joins_does_not_come_to_say_the_opposite(turned: str, straight: str) -> None:
    assert phrase(f"{turned} .") == straight
