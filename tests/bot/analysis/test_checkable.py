"""What is a claim and what is none (rubric, Claim): a test for each reason why not."""

from dataclasses import replace

import pytest

from bot.analysis.attributions import CueClass
from bot.analysis.checkable import Unfit, find_unfitness
from bot.analysis.clauses import ClauseKind, Said
from bot.analysis.lexicon import lemma
from bot.document import Role
from tests.bot.analysis.building import grow

SAID = Said(cue_class=CueClass.SAY, quoted=False)
QUOTED = Said(cue_class=CueClass.SAY, quoted=True)


def unfit(written: str, *, said: Said | None = None, role: Role = Role.BODY, within: str | None = None) -> Unfit | None:
    grown = grow(written)
    return find_unfitness(grown.clauses(within=within)[0], grown.trees[0], role=role, said=said)


FACT = "The/DT/det/dam dam/NN/nsubj broke/VBD on/IN/prep Monday/NNP/pobj/on/DATE ."


@pytest.mark.parametrize("said", [None, SAID, QUOTED])
def test_a_past_event_can_be_checked_whoever_says_it(said: Said | None) -> None:
    assert unfit(FACT, said=said) is None


@pytest.mark.parametrize(
    "written",
    [
        "Reporting/VBG by/IN/prep Ann/NNP/compound/Lee Lee/NNP/pobj/by , editing/VBG/conj too/RB/advmod",
        "You/PRP/nsubj can/MD/aux sign/VB up/RP/prt here/RB/advmod today/NN/npadvmod",
        "This/DT/det/story story/NN/nsubjpass has/VBZ/aux been/VBN/auxpass updated/VBN twice/RB/advmod .",
    ],
)
def test_what_pages_add_to_articles_is_boilerplate(written: str) -> None:
    assert unfit(written) is Unfit.BOILERPLATE


def test_a_question_is_no_claim() -> None:
    written = "Did/VBD/aux/break the/DT/det/dam dam/NN/nsubj/break really/RB/advmod/break break/VB ?/punct/punct/break"
    assert unfit(written) is Unfit.QUESTION
    assert unfit(written, within="the dam really break") is Unfit.QUESTION


@pytest.mark.parametrize(
    "written",
    [
        "Keep/VB away/RB/advmod from/IN/prep the/DT/det/dam dam/NN/pobj/from .",
        "Let/VB us/PRP/nsubj/keep keep/VB/ccomp/Let away/RB/advmod/keep from/IN/prep/keep it/PRP/pobj/from .",
    ],
)
@pytest.mark.parametrize("said", [None, SAID])
def test_an_instruction_is_no_claim(written: str, said: Said | None) -> None:
    assert unfit(written, said=said) is Unfit.INSTRUCTION


def test_let_with_a_tag_of_the_past_is_an_instruction_too() -> None:
    assert unfit("Let/VBD the/DT/det/water water/NN/dobj run/VB/ccomp today/NN/npadvmod/run .") is Unfit.INSTRUCTION


def test_what_somebody_was_asked_to_do_is_an_instruction() -> None:
    assert unfit(FACT, said=Said(cue_class=CueClass.ASK, quoted=False)) is Unfit.INSTRUCTION


@pytest.mark.parametrize(
    "written",
    [
        "The/DT/det/ministry ministry/NN/nsubj did/VBD/aux not/RB/neg respond/VB to/IN/prep questions/NNS/pobj/to .",
        "The/DT/det/company company/NN/nsubj declined/VBD to/TO/aux/comment comment/VB/xcomp today/NN/npadvmod .",
    ],
)
@pytest.mark.parametrize("said", [None, SAID])
def test_that_somebody_gave_no_answer_is_no_claim(written: str, said: Said | None) -> None:
    assert unfit(written, said=said) is Unfit.NO_ANSWER


def test_that_somebody_did_answer_can_be_checked() -> None:
    assert unfit("The/DT/det/navy navy/NN/nsubj responded/VBD with/IN/prep gunfire/NN/pobj/with .") is None


@pytest.mark.parametrize("verb", ["asked", "urged", "demanded", "called"])
@pytest.mark.parametrize("said", [None, SAID])
def test_that_somebody_asked_for_something_can_be_checked(verb: str, said: Said | None) -> None:
    written = f"The/DT/det/bank bank/NN/nsubj {verb}/VBD for/IN/prep lower/JJR/amod/rents rents/NNS/pobj/for ."
    assert unfit(written, said=said) is None


@pytest.mark.parametrize("verb", ["expects", "hopes", "predicts", "fears", "urges", "seeks", "expected", "hoped"])
def test_what_somebody_expects_or_wishes_is_a_prediction(verb: str) -> None:
    written = f"The/DT/det/bank bank/NN/nsubj {verb}/VBZ a/DT/det/fall fall/NN/dobj in/IN/prep/fall rents/NNS/pobj/in ."
    assert unfit(written) is Unfit.PREDICTION
    assert unfit(written, said=SAID) is Unfit.PREDICTION


def test_a_word_of_wishing_that_takes_nothing_holds_no_prediction() -> None:
    assert unfit("The/DT/det/long long/JJ/amod/call call/NN/nsubj/asked never/RB/neg/asked asked/VBD .") is None


@pytest.mark.parametrize(
    "written",
    [
        "It/PRP/nsubj would/MD/aux break/VB every/DT/det/dam dam/NN/dobj we/PRP/nsubj/have have/VBP/relcl/dam .",
        "The/DT/det/dam dam/NN/nsubj will/MD/aux probably/RB/advmod break/VB in/IN/prep spring/NN/pobj/in .",
        "The/DT/det/dam dam/NN/nsubj will/MD/aux make/VB a/DT/det/splash splash/NN/dobj somewhere/RB/advmod .",
    ],
)
def test_a_forecast_in_quoted_words_is_a_prediction(written: str) -> None:
    assert unfit(written, said=QUOTED) is Unfit.PREDICTION


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("The/DT/det/dam dam/NN/nsubj will/MD/aux close/VB in/IN/prep spring/NN/pobj/in .", QUOTED),
        ("The/DT/det/dam dam/NN/nsubj will/MD/aux close/VB in/IN/prep spring/NN/pobj/in .", SAID),
        ("The/DT/det/dam dam/NN/nsubj will/MD/aux close/VB in/IN/prep spring/NN/pobj/in .", None),
        ("The/DT/det/dam dam/NN/nsubj will/MD/aux be/VB shut/JJ/acomp in/IN/prep 2031/CD/pobj/in .", QUOTED),
    ],
    ids=["quoted", "told", "the outlet's own", "with a figure"],
)
def test_an_announced_plan_can_be_checked(written: str, said: Said | None) -> None:
    assert unfit(written, said=said) is None


@pytest.mark.parametrize("modal", ["should", "must", "ought"])
@pytest.mark.parametrize("said", [None, SAID, QUOTED])
def test_a_duty_is_opinion(modal: str, said: Said | None) -> None:
    assert unfit(f"The/DT/det/dam dam/NN/nsubj {modal}/MD/aux close/VB for/IN/prep good/NN/pobj/for .", said=said) is (
        Unfit.OPINION
    )


def test_an_attitude_in_the_first_person_is_opinion() -> None:
    assert unfit("We/PRP/nsubj love/VBP the/DT/det/dam old/JJ/amod/dam dam/NN/dobj here/RB/advmod .", said=QUOTED) is (
        Unfit.OPINION
    )


def test_what_the_first_person_did_can_be_checked() -> None:
    assert unfit("We/PRP/nsubj closed/VBD the/DT/det/dam old/JJ/amod/dam dam/NN/dobj .", said=QUOTED) is None


@pytest.mark.parametrize("said", [None, SAID])
def test_what_is_said_to_the_reader_is_opinion(said: Said | None) -> None:
    assert unfit("You/PRP/nsubj know/VBP the/DT/det/town town/NN/dobj by/IN/prep night/NN/pobj/by .", said=said) is (
        Unfit.OPINION
    )


@pytest.mark.parametrize("word", ["good", "dangerous", "important", "unacceptable"])
@pytest.mark.parametrize("said", [SAID, QUOTED])
def test_a_sourced_judgement_is_opinion(word: str, said: Said) -> None:
    written = f"The/DT/det/dam dam/NN/nsubj is/VBZ {word}/JJ/acomp for/IN/prep the/DT/det/town town/NN/pobj/for ."
    assert unfit(written, said=said) is Unfit.OPINION


def test_a_judgement_with_a_figure_can_be_checked() -> None:
    written = "It/PRP/nsubj is/VBZ good/JJ/acomp for/IN/prep 300/CD/nummod/boats boats/NNS/pobj/for ."
    assert unfit(written, said=QUOTED) is None


@pytest.mark.parametrize(
    "written",
    [
        "It/PRP/nsubj may/MD/aux rain/VB on/IN/prep the/DT/det/town town/NN/pobj/on .",
        "They/PRP/nsubj run/VBP around/RB/advmod in/IN/prep circles/NNS/pobj/in .",
        "This/DT/nsubj is/VBZ a/DT/det/town really/RB/advmod/big big/JJ/amod/town town/NN/attr .",
    ],
    ids=["a possibility", "about a pronoun", "with an intensifier"],
)
def test_quoted_words_that_say_nothing_firm_are_opinion(written: str) -> None:
    assert unfit(written, said=QUOTED) is Unfit.OPINION


def test_quoted_words_about_a_pronoun_that_name_somebody_can_be_checked() -> None:
    written = "They/PRP/nsubj run/VBP around/RB/advmod in/IN/prep Tarn/NNP/pobj/in/PLACE ."
    assert unfit(written, said=QUOTED) is None


def test_a_stretch_without_a_finite_verb_is_a_fragment_but_not_in_a_headline() -> None:
    written = "Twenty/CD/nummod/boats boats/NNS lost/VBN/acl/boats in/IN/prep/lost the/DT/det/storm storm/NN/pobj/in"
    assert unfit(written) is Unfit.FRAGMENT
    assert unfit(written, role=Role.HEADLINE) is None


def test_an_act_of_saying_taken_whole_needs_a_finite_verb() -> None:
    whole = Said(cue_class=CueClass.SAY, quoted=False, whole=True)
    announced = "Today/NN/npadvmod announced/VBD of/IN/prep 50/CD/nummod/trams trams/NNS/pobj/of"
    assert unfit(announced, said=whole) is None
    assert unfit("An/DT/det/order order/NN of/IN/prep 9/CD/nummod/cars cars/NNS/pobj/of", said=whole) is Unfit.FRAGMENT


def test_a_predicate_without_a_subject_is_a_fragment_unless_it_shares_one() -> None:
    assert unfit("Quickly/RB/advmod sold/VBD of/IN/prep late/RB/advmod") is Unfit.FRAGMENT
    grown = grow(
        "The/DT/det/firm firm/NN/nsubj grew/VBD and/CC/cc sold/VBD/conj 50/CD/nummod/trams "
        "trams/NNS/dobj/sold abroad/RB/advmod/sold"
    )
    clause = replace(grown.clauses()[0], first=4, head=4, kind=ClauseKind.COORDINATE)
    assert find_unfitness(clause, grown.trees[0], role=Role.BODY, said=None) is None


def test_a_question_told_is_no_claim() -> None:
    told = "why/WRB/advmod/broke the/DT/det/dam dam/NN/nsubj/broke broke/VBD/ccomp/asked"
    written = f"Police/NNS/nsubj/asked asked/VBD {told} ./punct"
    assert unfit(written.replace("./punct", "."), within="why the dam broke") is Unfit.QUESTION


def test_when_and_where_open_no_question() -> None:
    told = "when/WRB/advmod/broke the/DT/det/dam dam/NN/nsubj/broke broke/VBD/ccomp/rose"
    assert unfit(f"Rents/NNS/nsubj/rose rose/VBD {told} .", within="when the dam broke") is None


def test_what_would_have_been_is_opinion() -> None:
    written = "The/DT/det/dam dam/NN/nsubj would/MD/aux have/VB/aux broken/VBN in/IN/prep spring/NN/pobj/in ."
    assert unfit(written) is Unfit.OPINION


def test_what_somebody_needs_to_do_is_opinion_and_what_a_thing_needs_is_none() -> None:
    town = "The/DT/det/town town/NN/nsubj needs/VBZ"
    assert unfit(f"{town} to/TO/aux/act act/VB/xcomp soon/RB/advmod/act .") is Unfit.OPINION
    assert unfit(f"{town} 50/CD/nummod/pumps new/JJ/amod/pumps pumps/NNS/dobj .") is None


def test_a_judgement_of_nobody_in_particular_is_opinion_in_the_outlets_own_voice_too() -> None:
    written = "The/DT/det/dam dam/NN/nsubj is/VBZ dangerous/JJ/acomp for/IN/prep towns/NNS/pobj/for ."
    assert unfit(written) is Unfit.OPINION
    assert unfit(written.replace("towns/NNS/pobj/for", "Tarn/NNP/pobj/for/PLACE")) is None


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("The/DT/det/dam dam/NN/nsubj broke/VBD .", None),
        ("The/DT/det/dam dam/NN/nsubj broke/VBD again/RB/advmod .", QUOTED),
    ],
)
def test_a_few_words_are_a_fragment(written: str, said: Said | None) -> None:
    assert unfit(written, said=said) is Unfit.FRAGMENT


@pytest.mark.parametrize(
    ("word", "tag", "expected"),
    [("Broke", "VBD", "break"), ("dams", "NNS", "dam"), ("worse", "JJR", "bad"), ("Tarns", "NNPS", "tarns")],
)
def test_words_are_compared_by_their_base_form_and_names_as_they_are(word: str, tag: str, expected: str) -> None:
    assert lemma(word, tag) == expected


@pytest.mark.parametrize(
    ("mark", "verb", "expected"),
    [
        ("if/IN/mark", "fell/VBD", Unfit.FRAGMENT),
        ("before/IN/mark", "fell/VBD", Unfit.FRAGMENT),
        ("when/WRB/advmod", "fall/VBP", Unfit.FRAGMENT),
        ("when/WRB/advmod", "fell/VBD", None),
        ("as/IN/mark", "fell/VBD", None),
    ],
)
def test_a_condition_cut_off_from_its_sentence_is_a_fragment(mark: str, verb: str, expected: Unfit | None) -> None:
    word = verb.partition("/")[0]
    written = (
        f"Police/NNS/nsubj/spoke spoke/VBD ,/punct/punct/spoke {mark}/{word} rents/NNS/nsubj/{word} "
        f"{verb}/advcl/spoke again/RB/advmod/{word} ."
    )
    assert unfit(written, within=f"{mark.partition('/')[0]} rents {word} again") is expected


@pytest.mark.parametrize("said", [None, QUOTED])
def test_a_verdict_that_only_describes_is_opinion_too(said: Said | None) -> None:
    written = (
        "This/DT/nsubj was/VBD a/DT/det/attack cowardly/JJ/amod/attack attack/NN/attr on/IN/prep men/NNS/pobj/on ."
    )
    assert unfit(written, said=said) is Unfit.OPINION
    assert unfit(written.replace("cowardly", "second"), said=said) is None
    luxury = "Libraries/NNS/nsubj are/VBP not/RB/neg a/DT/det/luxury luxury/NN/attr ."
    assert unfit(luxury, said=said) is Unfit.OPINION


def test_a_speakers_superlative_is_opinion_whatever_figure_follows_and_the_outlets_a_record() -> None:
    written = (
        "It/PRP/nsubj is/VBZ the/DT/det/storm worst/JJS/amod/storm storm/NN/attr in/IN/prep 20/CD/nummod/years "
        "years/NNS/pobj/in ."
    )
    assert unfit(written, said=QUOTED) is Unfit.OPINION
    assert unfit(written.replace("worst/JJS", "third/JJ"), said=QUOTED) is None
    assert unfit(written) is None
    assert unfit("He/PRP/nsubj bought/VBD the/DT/det/5 best/JJS/amod/5 5/CD/dobj boats/NNS/dep .", said=QUOTED) is None
