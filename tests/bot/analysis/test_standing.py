"""The rubric's grades before adjustments: one test a rule, named by the rule."""

import pytest

from bot.analysis.attributions import CueClass
from bot.analysis.cast import Speaker
from bot.analysis.parsing import Article
from bot.analysis.standing import Saying, Standing, Voice, judge_standing
from bot.report import Grade, SourceKind
from tests.bot.analysis.flags.drafting import draft, spot

PLAIN = draft("The dam leaks, somebody said on a bridge.")


def speaker(article: Article, words: str, kind: SourceKind, *, name: str = "", title: str | None = None) -> Speaker:
    """A speaker that stands at the words, and is called by them where no fuller name is given."""
    called = name or words
    return Speaker(name=called, kind=kind, title=title, span=spot(article, words), key=called.lower())


def judge(
    name: str,
    kind: SourceKind,
    *,
    title: str | None = None,
    voice: Voice = Voice.OTHERS,
    cue_class: CueClass = CueClass.SAY,
) -> Standing:
    """What a speaker of this name earns, cued by "said"."""
    who = speaker(PLAIN, "somebody", kind, name=name, title=title)
    return judge_standing(PLAIN, who, saying=Saying(cue=spot(PLAIN, "said"), cue_class=cue_class, voice=voice))


def record(sentence: str, words: str, *, more: str = "", name: str = "") -> Grade:
    """What a record at the words of a sentence earns, in an article that says `more`."""
    article = draft(f"{sentence} {more}")
    return judge_standing(article, speaker(article, words, SourceKind.DOCUMENT, name=name), saying=Saying()).grade


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The Tide Board's report of 3 May says it leaks.", "The Tide Board's report of 3 May"),
        ("In 2019 a survey by the Tide Board in 2018 found it.", "a survey by the Tide Board in 2018"),
        ("It leaks, says the Harbour Safety Act.", "the Harbour Safety Act"),
        ("It leaks, a paper in Tide Letters, “Why quays sink”, says.", "a paper in Tide Letters, “Why quays sink”"),
    ],
)
def test_an_identifiable_document_is_5(sentence: str, words: str) -> None:
    assert record(sentence, words) == Grade.DOCUMENTED


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("A report by the Tide Board says it leaks.", "A report by the Tide Board"),
        ("Tide Board figures show it leaks.", "Tide Board figures"),
        ("It leaks, the indictment says.", "the indictment"),
        ("It leaks, court documents show.", "court documents"),
    ],
)
def test_a_document_whose_issuer_alone_is_known_is_4(sentence: str, words: str) -> None:
    assert record(sentence, words) == Grade.FIRST_HAND


@pytest.mark.parametrize("words", ["Studies", "Figures", "Research", "Leaked emails", "Footage"])
def test_a_document_only_gestured_at_is_3(words: str) -> None:
    assert record(f"{words} show it leaks.", words) == Grade.ON_RECORD


def test_a_gesture_is_no_issuer_though_a_record_of_that_noun_is_published_elsewhere() -> None:
    assert record("Studies show it leaks.", "Studies", more="One was published by Delft.") == Grade.ON_RECORD


def test_a_document_named_in_full_elsewhere_has_its_issuer_known_there() -> None:
    assert record("The paper says it leaks.", "The paper") == Grade.ON_RECORD
    more = "The paper was published in Tide Letters."
    assert record("The paper says it leaks.", "The paper", more=more) == Grade.FIRST_HAND


def test_a_capital_that_only_opens_the_sentence_names_no_issuer() -> None:
    assert record("Surveys show it leaks.", "Surveys") == Grade.ON_RECORD


def test_own_reporting_is_5() -> None:
    assert judge("a Courier reporter", SourceKind.OWN_REPORTING).grade == Grade.DOCUMENTED


@pytest.mark.parametrize("title", [None, "analyst", "plumber", "farmer"])
def test_a_named_person_on_their_own_acts_is_4(title: str | None) -> None:
    assert judge("Ann Lee", SourceKind.NAMED_PERSON, title=title, voice=Voice.DOES).grade == Grade.FIRST_HAND


@pytest.mark.parametrize("title", ["Water Minister", "police spokeswoman", "mayor of Tarn", "Sheriff", "judge"])
@pytest.mark.parametrize("voice", Voice)
def test_a_named_person_who_speaks_in_office_is_4(title: str, voice: Voice) -> None:
    assert judge("Ann Lee", SourceKind.NAMED_PERSON, title=title, voice=voice).grade == Grade.FIRST_HAND


@pytest.mark.parametrize("title", ["study co-author", "surgeon", "engineer"])
def test_a_named_person_on_their_own_findings_is_4(title: str) -> None:
    assert judge("Ann Lee", SourceKind.NAMED_PERSON, title=title).grade == Grade.FIRST_HAND


@pytest.mark.parametrize("title", ["surgeon", "engineer"])
def test_a_named_expert_on_the_world_at_large_is_3(title: str) -> None:
    judged = judge("Ann Lee", SourceKind.NAMED_PERSON, title=title, voice=Voice.GENERAL)
    assert judged.grade == Grade.ON_RECORD


@pytest.mark.parametrize("title", [None, "analyst", "professor at Tarn", "opposition leader", "activist", "lawyer"])
@pytest.mark.parametrize("voice", [Voice.OTHERS, Voice.GENERAL])
def test_a_named_person_on_the_affairs_of_others_is_3(title: str | None, voice: Voice) -> None:
    assert judge("Ann Lee", SourceKind.NAMED_PERSON, title=title, voice=voice).grade == Grade.ON_RECORD


@pytest.mark.parametrize("title", ["former minister", "ex-police chief", "lawyer for the mayor"])
def test_who_left_the_office_or_only_stands_by_it_does_not_speak_in_it(title: str) -> None:
    assert judge("Ann Lee", SourceKind.NAMED_PERSON, title=title).grade == Grade.ON_RECORD


@pytest.mark.parametrize("kind", [SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION])
@pytest.mark.parametrize("voice", Voice)
def test_an_accuser_is_3(kind: SourceKind, voice: Voice) -> None:
    judged = judge("Tide Ministry", kind, title="minister", voice=voice, cue_class=CueClass.ACCUSE)
    assert judged.grade == Grade.ON_RECORD


@pytest.mark.parametrize("name", ["Tarn Police", "Tide Ministry", "Quay Holdings plc", "Tarn Hospital", "Acme"])
@pytest.mark.parametrize("voice", [Voice.DOES, Voice.GENERAL, Voice.OTHERS])
def test_an_organization_on_its_own_acts_and_field_is_4(name: str, voice: Voice) -> None:
    assert judge(name, SourceKind.NAMED_ORGANIZATION, voice=voice).grade == Grade.FIRST_HAND


def test_an_organization_on_a_rival_by_name_is_3_and_one_with_jurisdiction_over_it_is_4() -> None:
    assert judge("Acme", SourceKind.NAMED_ORGANIZATION, voice=Voice.RIVAL).grade == Grade.ON_RECORD
    assert judge("Tarn Police", SourceKind.NAMED_ORGANIZATION, voice=Voice.RIVAL).grade == Grade.FIRST_HAND


def test_who_wrote_the_study_is_first_hand_on_it_whatever_else_they_are() -> None:
    author = judge("Ann Lee", SourceKind.NAMED_PERSON, title="professor at Tarn and lead author of the study")
    assert author.grade == Grade.FIRST_HAND
    assert judge("Ann Lee", SourceKind.NAMED_PERSON, title="professor at Tarn").grade == Grade.ON_RECORD


def test_an_expert_who_had_no_part_in_the_matter_is_3() -> None:
    article = draft("The salt is old, said Ann Lee, who was not involved in the study. It is clean, said Omar Reyes.")
    grades = [
        judge_standing(article, speaker(article, name, SourceKind.NAMED_PERSON, title="scientist"), saying=Saying())
        for name in ("Ann Lee", "Omar Reyes")
    ]
    assert [g.grade for g in grades] == [Grade.ON_RECORD, Grade.FIRST_HAND]


@pytest.mark.parametrize("name", ["Reform Party", "Dockers' Union", "Free Tarn Movement", "Tide Watchdog"])
def test_an_organization_that_takes_sides_is_3_on_others(name: str) -> None:
    assert judge(name, SourceKind.NAMED_ORGANIZATION).grade == Grade.ON_RECORD
    assert judge(name, SourceKind.NAMED_ORGANIZATION, voice=Voice.DOES).grade == Grade.FIRST_HAND


@pytest.mark.parametrize("title", ["president of the Dockers' Association", "Reform Party spokeswoman"])
def test_who_speaks_for_a_side_is_first_hand_on_its_affairs_but_not_on_the_world_at_large(title: str) -> None:
    assert judge("Ann Lee", SourceKind.NAMED_PERSON, title=title).grade == Grade.FIRST_HAND
    general = judge("Ann Lee", SourceKind.NAMED_PERSON, title=title, voice=Voice.GENERAL)
    assert general.grade == Grade.ON_RECORD


def test_who_speaks_for_an_armed_group_takes_sides() -> None:
    assert judge("Ann Lee", SourceKind.NAMED_PERSON, title="Tarn militia spokeswoman").grade == Grade.ON_RECORD


@pytest.mark.parametrize("title", ["Det Con", "Tidewell CIO", "Senior planner", "DCP"])
def test_an_office_may_be_abbreviated(title: str) -> None:
    assert judge("Ann Lee", SourceKind.NAMED_PERSON, title=title).grade == Grade.FIRST_HAND


def test_a_source_from_which_the_text_keeps_its_distance_gets_the_lower_grade() -> None:
    article = draft("The mayor, Ann Lee, claimed that she paid.")
    who = speaker(article, "Ann Lee", SourceKind.NAMED_PERSON, title="mayor")
    for voice in Voice:
        saying = Saying(cue=spot(article, "claimed"), cue_class=CueClass.SAY, voice=voice)
        assert judge_standing(article, who, saying=saying).grade == Grade.ON_RECORD


@pytest.mark.parametrize(
    "name", ["a senior official", "people familiar with the talks", "a top aide", "sources close to the minister"]
)
def test_an_anonymous_source_with_stated_access_or_rank_is_2(name: str) -> None:
    assert judge(name, SourceKind.ANONYMOUS).grade == Grade.DESCRIBED


@pytest.mark.parametrize("name", ["sources", "a source", "insiders", "well-informed sources"])
def test_a_bare_anonymous_source_is_1(name: str) -> None:
    assert judge(name, SourceKind.ANONYMOUS).grade == Grade.VAGUE


@pytest.mark.parametrize("name", ["an auditor", "a witness", "a police officer", "his mother", "a judge"])
def test_an_unnamed_person_who_was_there_or_speaks_in_office_is_2(name: str) -> None:
    assert judge(name, SourceKind.UNNAMED_PERSON).grade == Grade.DESCRIBED


@pytest.mark.parametrize("name", ["a commentator", "an analyst", "one fan", "somebody"])
def test_another_unnamed_person_is_1(name: str) -> None:
    assert judge(name, SourceKind.UNNAMED_PERSON).grade == Grade.VAGUE


@pytest.mark.parametrize("name", ["six current employees", "two doctors at the hospital", "12 residents"])
def test_a_counted_group_is_2(name: str) -> None:
    assert judge(name, SourceKind.UNNAMED_GROUP).grade == Grade.DESCRIBED


@pytest.mark.parametrize("name", ["experts", "critics", "residents", "investigators", "officials"])
def test_a_bare_group_is_1(name: str) -> None:
    assert judge(name, SourceKind.UNNAMED_GROUP).grade == Grade.VAGUE


def test_a_news_outlet_with_no_origin_stated_is_1() -> None:
    assert judge("The Courier", SourceKind.NEWS_OUTLET).grade == Grade.VAGUE


def test_an_attribution_with_nobody_behind_it_is_1() -> None:
    assert judge("no source stated", SourceKind.UNSPECIFIED).grade == Grade.VAGUE


def test_the_outlets_own_voice_is_0() -> None:
    assert judge("", SourceKind.NONE).grade == Grade.UNSOURCED


@pytest.mark.parametrize("kind", SourceKind)
def test_every_standing_is_explained_in_one_sentence(kind: SourceKind) -> None:
    why = judge("Ann Lee", kind, title="mayor").why
    assert why.endswith(".")
    assert "\n" not in why
    assert "{" not in why


@pytest.mark.parametrize("name", ["Clean Rivers Association", "Hamas", "Boko Haram"])
def test_an_association_or_an_armed_group_takes_sides(name: str) -> None:
    assert judge(name, SourceKind.NAMED_ORGANIZATION).grade is Grade.ON_RECORD


def test_a_study_without_issuer_is_only_gestured_at() -> None:
    assert record("The dam leaks, a study showed.", "a study") is Grade.ON_RECORD
    assert record("The dam leaks, a study from Tarn showed.", "a study from Tarn") is Grade.FIRST_HAND
