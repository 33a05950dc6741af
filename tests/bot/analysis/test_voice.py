"""Whether a source speaks of its own doing, in general terms or of others (rubric, grades 3 and 4)."""

import pytest

from bot.analysis.cast import Speaker, read_cast
from bot.analysis.standing import Voice
from bot.analysis.voice import judge_voice
from bot.report import SourceKind
from tests.bot.analysis.building import grow, span

LEE = Speaker(name="Ann Lee", kind=SourceKind.NAMED_PERSON, title=None, span=span(0, 0), key="ann lee")
POLICE = Speaker(name="Tarn Police", kind=SourceKind.NAMED_ORGANIZATION, title=None, span=span(0, 0), key="tarn police")


def voice(written: str, *, speaker: Speaker = LEE) -> Voice:
    """The voice of the last sentence; those before it tell who is who."""
    grown = grow(written)
    last = len(grown.trees) - 1
    return judge_voice(grown.assertion(sentence=last), grown.trees[last], speaker, read_cast(grown.article))


@pytest.mark.parametrize(
    "written",
    [
        "Lee/NNP/nsubj sold/VBD the/DT/det/boat boat/NN/dobj .",
        "Ann/NNP/compound/Lee Lee/NNP/nsubj sold/VBD the/DT/det/boat boat/NN/dobj .",
        "“ I/PRP/nsubj/sold sold/VBD the/DT/det/boat boat/NN/dobj/sold . ”",
        "“ My/PRP$/poss/aunt aunt/NN/nsubj/sold sold/VBD the/DT/det/boat boat/NN/dobj/sold .",
    ],
    ids=["by surname", "by full name", "as I", "as my own"],
)
def test_whoever_is_the_active_subject_speaks_of_their_own_doing(written: str) -> None:
    assert voice(written) is Voice.DOES


def test_a_pronoun_is_the_speaker_where_it_means_the_speaker() -> None:
    met = "Ann/NNP/compound/Lee Lee/NNP/nsubj came/VBD to/IN/prep Tarn/NNP/pobj/to ."
    sold = "She/PRP/nsubj sold/VBD the/DT/det/boat boat/NN/dobj ."
    assert voice(f"{met}\n{sold}") is Voice.DOES
    assert voice(f"{met}\n{sold}", speaker=POLICE) is Voice.OTHERS
    assert voice(sold) is Voice.OTHERS


def test_a_body_is_the_subject_by_any_word_of_its_name() -> None:
    written = "Police/NNS/nsubj held/VBD the/DT/det/man man/NN/dobj ."
    assert voice(written, speaker=POLICE) is Voice.DOES
    assert voice(written) is Voice.OTHERS


@pytest.mark.parametrize(
    "written",
    [
        "Lee/NNP/nsubjpass was/VBD/auxpass held/VBN by/IN/agent police/NNS/pobj/by .",
        "Police/NNS/nsubj held/VBD Lee/NNP/dobj on/IN/prep Monday/NNP/pobj/on/DATE .",
        "The/DT/det/boat boat/NN/nsubj sank/VBD near/IN/prep Tarn/NNP/pobj/near .",
        "I/PRP/nsubj sold/VBD the/DT/det/boat boat/NN/dobj .",
    ],
    ids=["done to the speaker", "the speaker is the object", "somebody else", "an I that is not quoted"],
)
def test_what_others_did_is_of_others(written: str) -> None:
    assert voice(written) is Voice.OTHERS


def test_what_another_does_by_name_is_a_rivals_to_a_body() -> None:
    assert voice("Acme/NNP/nsubj sold/VBD the/DT/det/boat boat/NN/dobj .", speaker=POLICE) is Voice.RIVAL
    assert voice("Acme/NNP/nsubj sold/VBD the/DT/det/boat boat/NN/dobj .") is Voice.OTHERS


def test_a_stretch_without_a_subject_that_names_the_body_is_its_own_doing() -> None:
    written = "New/JJ/amod/boats boats/NNS for/IN/prep/boats Tarn/NNP/compound/Police Police/NNPS/pobj/for"
    assert voice(written, speaker=POLICE) is Voice.DOES
    assert voice(written) is Voice.OTHERS


def test_what_befell_the_speaker_in_their_own_words_is_their_own_experience() -> None:
    assert voice("“ The/DT/det/boat boat/NN/nsubj hit/VBD us/PRP/dobj at/IN/prep dawn/NN/pobj/at .") is Voice.DOES


@pytest.mark.parametrize("other", ["She/PRP/nsubj", "Marin/NNP/nsubj"])
def test_what_somebody_else_did_to_the_speaker_is_of_others(other: str) -> None:
    assert voice(f"“ {other} told/VBD us/PRP/dobj a/DT/det/lie lie/NN/dobj .") is Voice.OTHERS


def test_a_quotation_in_the_first_person_tells_what_its_speaker_lived_through() -> None:
    saw = (
        "I/PRP/nsubj/ran ran/VBD/ccomp/rose home/RB/advmod/ran ;/punct/punct/rose the/DT/det/water water/NN/nsubj/rose"
    )
    rose = f"“ {saw} rose/VBD fast/RB/advmod . ”"
    grown = grow(rose)
    cast = read_cast(grown.article)
    assertion = grown.assertion(within="the water rose fast")
    assert judge_voice(assertion, grown.trees[0], LEE, cast) is Voice.DOES
    assert judge_voice(assertion, grown.trees[0], POLICE, cast) is Voice.OTHERS


@pytest.mark.parametrize(
    "written",
    [
        "Old/JJ/amod/dams dams/NNS/nsubj leak/VBP in/IN/prep winter/NN/pobj/in .",
        "Old/JJ/amod/dams dams/NNS/nsubjpass are/VBP/auxpass built/VBN of/IN/prep stone/NN/pobj/of .",
        "Old/JJ/amod/dams dams/NNS/nsubj can/MD/aux leak/VB in/IN/prep winter/NN/pobj/in .",
    ],
)
def test_the_plain_present_is_general(written: str) -> None:
    assert voice(written) is Voice.GENERAL


@pytest.mark.parametrize(
    "written",
    [
        "The/DT/det/dam dam/NN/nsubj leaks/VBZ since/IN/prep Monday/NNP/pobj/since/DATE .",
        "The/DT/det/dam dam/NN/nsubj has/VBZ/aux leaked/VBN in/IN/prep winter/NN/pobj/in .",
        "The/DT/det/dam dam/NN/nsubj leaked/VBD in/IN/prep winter/NN/pobj/in .",
    ],
    ids=["with a date", "perfect", "past"],
)
def test_what_has_its_time_is_a_case_and_not_general(written: str) -> None:
    assert voice(written) is Voice.OTHERS


def test_what_another_does_by_name_is_a_rivals_where_a_body_speaks() -> None:
    written = "Marin/NNP/nsubj sold/VBD the/DT/det/boat boat/NN/dobj ."
    assert voice(written, speaker=POLICE) is Voice.RIVAL
    assert voice(written) is Voice.OTHERS


def test_an_account_told_in_the_first_person_is_of_what_one_lived_through() -> None:
    lived = (
        "“ The/DT/det/pump pump/NN/nsubj/failed failed/VBD while/IN/mark I/PRP/nsubj/slept slept/VBD/advcl/failed . ”"
    )
    assert voice(lived) is Voice.DOES
    thought = "“ The/DT/det/pump pump/NN/nsubj/failed failed/VBD , I/PRP/nsubj/think think/VBP/parataxis/failed . ”"
    assert voice(lived, speaker=POLICE) is not Voice.OTHERS
    assert voice(thought.replace("I/PRP", "they/PRP")) is Voice.OTHERS


def test_the_country_is_not_the_first_person() -> None:
    written = "“ US/NNP/compound/boats boats/NNS/nsubj/sank sank/VBD in/IN/prep/sank fog/NN/pobj/in ."
    assert voice(written) is Voice.OTHERS


def test_who_but_thinks_so_speaks_of_others() -> None:
    thinks = (
        "“ Storms/NNS/nsubj/sank ,/punct/punct/sank I/PRP/nsubj/think think/VBP/parataxis/sank ,/punct/punct/sank "
        "sank/VBD two/CD/nummod/boats boats/NNS/dobj/sank . ”"
    )
    assert voice(thinks) is Voice.OTHERS
    assert voice(thinks.replace("I/PRP/nsubj/think think/VBP", "I/PRP/nsubj/saw saw/VBD")) is Voice.DOES


def test_saying_it_is_not_doing_it() -> None:
    written = (
        "Lee/NNP/nsubj/said said/VBD that/IN/mark/sank the/DT/det/boat boat/NN/nsubj/sank sank/VBD/ccomp/said "
        "in/IN/prep/sank fog/NN/pobj/in ."
    )
    assert voice(written) is Voice.OTHERS
