"""The rubric's adjustments 1 to 4, with speakers made by hand: one test a rule, named by the rule."""

import pytest

from bot.analysis.attributions import CueClass
from bot.analysis.cast import Speaker, read_cast
from bot.analysis.chains import Provenance
from bot.analysis.grading import Graded, corroborate, grade_mention
from bot.analysis.standing import Saying, Voice
from bot.report import Grade, SourceKind
from tests.bot.analysis.flags.drafting import draft, spot

ARTICLE = draft(
    "The dam leaks, Ann Lee, a resident, told The Courier. Water Minister Omar Reyes said so too.",
    "The Water Ministry, the Tide Board, Radio Tarn, senior officials, sources, experts and a report by Delft agreed.",
)
CAST = read_cast(ARTICLE)
QUOTE = spot(ARTICLE, "The dam leaks")


def speaker(words: str, kind: SourceKind, *, title: str | None = None) -> Speaker:
    name = words.removeprefix("the ")
    return Speaker(name=name, kind=kind, title=title, span=spot(ARTICLE, words), key=name.lower())


LEE = speaker("Ann Lee", SourceKind.NAMED_PERSON, title="resident")
REYES = speaker("Omar Reyes", SourceKind.NAMED_PERSON, title="Water Minister")
MINISTRY = speaker("Water Ministry", SourceKind.NAMED_ORGANIZATION)
BOARD = speaker("Tide Board", SourceKind.NAMED_ORGANIZATION)
COURIER = speaker("The Courier", SourceKind.NEWS_OUTLET)
RADIO = speaker("Radio Tarn", SourceKind.NEWS_OUTLET)
OFFICIALS = speaker("senior officials", SourceKind.ANONYMOUS)
SOURCES = speaker("sources", SourceKind.ANONYMOUS)
EXPERTS = speaker("experts", SourceKind.UNNAMED_GROUP)
REPORT = speaker("a report by Delft", SourceKind.DOCUMENT)


def graded(*speakers: Speaker, voice: Voice = Voice.OTHERS, carried: bool = False) -> Graded:
    """The grade of what comes through the speakers, outermost first."""
    saying = Saying(cue=spot(ARTICLE, "told"), cue_class=CueClass.SAY, voice=voice, carried=carried)
    return grade_mention(ARTICLE, QUOTE, Provenance(speakers=speakers) if speakers else None, saying=saying)


def reasons(of: Graded) -> str:
    return " ".join(r.text for r in of.reasons)


def test_the_outlets_own_voice_has_no_chain_no_kind_and_grade_0() -> None:
    own = graded()
    assert (own.grade, own.kind, own.provenance) == (Grade.UNSOURCED, SourceKind.NONE, None)
    assert own.reasons[0].spans == (QUOTE,)


@pytest.mark.parametrize(
    ("chain", "grade"),
    [
        ((LEE,), Grade.ON_RECORD),
        ((COURIER, LEE), Grade.DESCRIBED),
        ((RADIO, COURIER, LEE), Grade.VAGUE),
        ((COURIER, BOARD), Grade.ON_RECORD),
        ((COURIER, REPORT), Grade.ON_RECORD),
        ((COURIER, OFFICIALS), Grade.VAGUE),
    ],
)
def test_each_relaying_outlet_takes_one_off(chain: tuple[Speaker, ...], grade: Grade) -> None:
    assert graded(*chain).grade == grade


@pytest.mark.parametrize("chain", [(COURIER, SOURCES), (RADIO, COURIER, SOURCES), (RADIO, COURIER), (COURIER, EXPERTS)])
def test_a_relay_never_takes_a_grade_below_1(chain: tuple[Speaker, ...]) -> None:
    assert graded(*chain).grade == Grade.VAGUE


def test_a_relay_is_a_reason_that_points_at_the_outlet() -> None:
    relayed = graded(COURIER, LEE)
    assert "It comes through another outlet, The Courier." in reasons(relayed)
    assert (COURIER.span,) in [r.spans for r in relayed.reasons]


def test_an_outlet_that_is_itself_the_origin_relays_nothing() -> None:
    assert "another outlet" not in reasons(graded(COURIER))


@pytest.mark.parametrize(
    ("teller", "grade"), [(OFFICIALS, Grade.DESCRIBED), (SOURCES, Grade.VAGUE), (EXPERTS, Grade.VAGUE)]
)
def test_hearsay_is_graded_on_the_innermost_teller(teller: Speaker, grade: Grade) -> None:
    told = graded(LEE, teller)
    assert (told.grade, told.kind) == (grade, teller.kind)


def test_hearsay_is_a_reason_that_points_at_both() -> None:
    told = graded(REYES, SOURCES)
    assert "Hearsay: Omar Reyes passes on what sources told." in reasons(told)
    assert (REYES.span, SOURCES.span) in [r.spans for r in told.reasons]


def test_hearsay_shows_both_in_the_chain() -> None:
    provenance = graded(LEE, SOURCES).provenance
    assert provenance is not None
    assert [h.name for h in provenance.hops] == ["Ann Lee", "sources"]


def test_passing_on_what_a_named_source_said_is_no_hearsay() -> None:
    assert "Hearsay" not in reasons(graded(LEE, BOARD))


@pytest.mark.parametrize(
    ("chain", "grade"),
    [
        ((LEE, BOARD), Grade.ON_RECORD),
        ((EXPERTS, BOARD), Grade.VAGUE),
        ((SOURCES, REYES), Grade.VAGUE),
        ((OFFICIALS, REPORT), Grade.DESCRIBED),
        ((BOARD, LEE), Grade.ON_RECORD),
    ],
)
def test_a_chain_is_no_stronger_than_its_weakest_hop(chain: tuple[Speaker, ...], grade: Grade) -> None:
    assert graded(*chain).grade == grade


def test_the_weakest_hop_is_a_reason_that_points_at_it() -> None:
    weak = graded(EXPERTS, BOARD)
    assert "A chain is no stronger than its weakest hop, experts." in reasons(weak)
    assert weak.reasons[-1].spans == (EXPERTS.span,)


def test_a_hop_that_passes_on_is_not_graded_in_the_voice_of_the_origin() -> None:
    # The board speaks of its own acts, which makes nothing first-hand of the resident who relays it.
    assert graded(LEE, BOARD, voice=Voice.DOES).grade == Grade.ON_RECORD


def test_an_outlet_that_names_its_origin_is_no_weakest_hop() -> None:
    assert graded(COURIER, BOARD).grade == Grade.ON_RECORD  # one off for the relay, not down to the outlet's own 1


def test_the_first_reason_points_at_origin_and_cue() -> None:
    assert graded(LEE).reasons[0].spans == (LEE.span, spot(ARTICLE, "told"))


def test_a_carried_attribution_says_so_and_keeps_its_grade() -> None:
    carried = graded(BOARD, carried=True)
    assert carried.grade == graded(BOARD).grade
    assert "The attribution carries over" in reasons(carried)


@pytest.mark.parametrize(
    ("first", "second", "grade"),
    [
        ((LEE,), (REYES,), Grade.DOCUMENTED),
        ((LEE,), (BOARD,), Grade.DOCUMENTED),
        ((BOARD,), (MINISTRY,), Grade.DOCUMENTED),
        ((LEE,), (COURIER, BOARD), Grade.FIRST_HAND),
        ((REPORT,), (BOARD,), Grade.DOCUMENTED),
    ],
)
def test_independent_origins_of_3_or_more_add_one(
    first: tuple[Speaker, ...], second: tuple[Speaker, ...], grade: Grade
) -> None:
    for mentions in ([graded(*first), graded(*second)], [graded(*second), graded(*first)]):
        assert corroborate(mentions, CAST).grade == grade


def test_corroboration_never_exceeds_5_and_adds_one_but_once() -> None:
    documented = Graded(provenance=Provenance(speakers=(REPORT,)), grade=Grade.DOCUMENTED, reasons=())
    assert corroborate([documented, graded(BOARD), graded(LEE)], CAST).grade == Grade.DOCUMENTED
    three = [graded(LEE), graded(COURIER, BOARD), graded(RADIO, REPORT)]
    assert [m.grade for m in three] == [Grade.ON_RECORD] * 3
    assert corroborate(three, CAST).grade == Grade.FIRST_HAND


def test_corroboration_points_at_both_origins() -> None:
    agreed = corroborate([graded(BOARD), graded(LEE)], CAST)
    assert agreed.reasons[-1].text == "Ann Lee says the same independently."
    assert agreed.reasons[-1].spans == (BOARD.span, LEE.span)
    assert agreed.kind is SourceKind.NAMED_ORGANIZATION


@pytest.mark.parametrize("weak", [(OFFICIALS,), (SOURCES,), (EXPERTS,), (COURIER,), (COURIER, LEE)])
def test_an_origin_below_3_corroborates_nothing(weak: tuple[Speaker, ...]) -> None:
    assert corroborate([graded(BOARD), graded(*weak)], CAST).grade == Grade.FIRST_HAND


def test_two_weak_origins_stay_weak() -> None:
    assert corroborate([graded(OFFICIALS), graded(SOURCES), graded(EXPERTS)], CAST).grade == Grade.DESCRIBED


def test_repeating_a_source_corroborates_nothing() -> None:
    assert corroborate([graded(LEE), graded(LEE), graded(LEE)], CAST).grade == Grade.ON_RECORD


def test_a_body_and_its_member_are_one_origin() -> None:
    spokesman = speaker("Ann Lee", SourceKind.NAMED_PERSON, title="spokeswoman for the Water Ministry")
    assert corroborate([graded(MINISTRY), graded(spokesman)], CAST).grade == Grade.FIRST_HAND
    assert corroborate([graded(spokesman), graded(MINISTRY)], CAST).grade == Grade.FIRST_HAND


def test_a_lawyer_and_the_client_are_one_origin() -> None:
    lawyer = speaker("Ann Lee", SourceKind.NAMED_PERSON, title="lawyer for Omar Reyes")
    assert corroborate([graded(REYES), graded(lawyer)], CAST).grade == Grade.FIRST_HAND


def test_parties_to_a_joint_statement_are_one_origin() -> None:
    joint = Speaker(
        name="Tide Board and Ann Lee",
        kind=SourceKind.NAMED_ORGANIZATION,
        title=None,
        span=BOARD.span,
        key="tide board+ann lee",
    )
    assert corroborate([graded(joint), graded(LEE)], CAST).grade == Grade.FIRST_HAND


def test_chained_sources_are_one_origin_whichever_comes_first() -> None:
    alone, chained = graded(LEE), graded(LEE, BOARD)
    assert chained.grade == alone.grade == Grade.ON_RECORD
    assert corroborate([alone, chained], CAST).grade == Grade.ON_RECORD
    assert corroborate([chained, alone], CAST).grade == Grade.ON_RECORD


def test_nothing_corroborates_the_outlets_own_voice() -> None:
    assert corroborate([graded(), graded()], CAST).grade == Grade.UNSOURCED
    assert corroborate([graded(), graded(LEE)], CAST).grade == Grade.ON_RECORD
