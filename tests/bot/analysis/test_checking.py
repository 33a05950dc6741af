"""The whole analysis with the shipped tagger, on invented articles: what a reader would point at."""

from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.analysis import check
from bot.analysis.attributions import CueClass
from bot.analysis.checking import build_report
from bot.contract import render_json
from bot.document import Document, Role, Span
from bot.errors import InputError
from bot.reading import read_text
from bot.report import Attribution, Claim, Directness, Grade, Report, SourceKind
from tests.bot.analysis.building import grow
from tests.bot.analysis.stories import FERRIES, FLOOD, LAKE, LOAN, RATES, STORIES, THEFT


@cache
def report(story: str) -> Report:
    return check(read_text(story))


def claim(story: str, words: str) -> Claim:
    """The one claim whose wording holds the words."""
    (found,) = (c for c in report(story).claims if words in c.claim)
    return found


def attributions(story: str, name: str) -> list[Attribution]:
    return [a for a in report(story).attributions if a.name == name]


def names(found: Claim) -> list[str]:
    return [h.name for h in found.chain]


def spans(found: Report) -> list[Span]:
    """Every span of a report."""
    kept: list[Span | None] = []
    for c in found.claims:
        kept += [c.quote, *c.mentions, *c.hedges, *(h.span for h in c.chain), *(s for r in c.reasons for s in r.spans)]
    for a in found.attributions:
        kept += [a.statement, a.source, a.cue, *a.content]
    kept += [p for f in found.flags for p in f.passages]
    return [s for s in kept if s is not None]


@pytest.mark.parametrize("story", STORIES)
def test_everything_points_into_the_text(story: str) -> None:
    for span in spans(report(story)):
        assert span.text_in(story).strip()
        assert span.end <= len(story)


@pytest.mark.parametrize("story", STORIES)
def test_a_chain_ends_in_the_kind_and_only_the_outlets_own_voice_has_none(story: str) -> None:
    for c in report(story).claims:
        assert c.kind is (c.chain[-1].kind if c.chain else SourceKind.NONE)
        assert (c.grade == Grade.UNSOURCED) == (not c.chain)
        assert (c.directness is Directness.OWN_VOICE) == (not c.chain)


@pytest.mark.parametrize("story", STORIES)
def test_every_grade_has_its_reasons_with_passages(story: str) -> None:
    for c in report(story).claims:
        assert c.reasons
        assert all(r.spans and r.text.endswith(".") for r in c.reasons)


@pytest.mark.parametrize("story", STORIES)
def test_claims_are_numbered_and_attributions_point_at_them(story: str) -> None:
    ids = [c.id for c in report(story).claims]
    assert ids == [f"c{n + 1}" for n in range(len(ids))]
    for a in report(story).attributions:
        assert set(a.claim_ids) <= set(ids)
        assert all(a.statement.covers(s) for s in (a.source, a.cue, *a.content) if s is not None)


@pytest.mark.parametrize("story", STORIES)
def test_between_3_and_6_claims_are_key(story: str) -> None:
    assert 3 <= sum(c.key for c in report(story).claims) <= 6


@pytest.mark.parametrize("story", STORIES)
def test_the_same_text_gives_the_same_report(story: str) -> None:
    assert render_json(check(read_text(story)), elapsed_ms=0) == render_json(report(story), elapsed_ms=0)


@pytest.mark.parametrize(
    ("story", "words", "chain", "kind", "grade"),
    [
        (FERRIES, "will cut 120 jobs", ["Northlink Ferries"], SourceKind.NAMED_ORGANIZATION, 4),
        (FERRIES, "lost £4 million", ["Maria Donnelly"], SourceKind.NAMED_PERSON, 4),
        (FERRIES, "hiding its accounts", ["Portside"], SourceKind.NAMED_ORGANIZATION, 3),
        (FERRIES, "planned since January", ["Two former managers"], SourceKind.ANONYMOUS, 2),
        (LAKE, "dried out within three centuries", ["Ines Faro"], SourceKind.NAMED_PERSON, 4),
        (LAKE, "come from the sea", ["Paul Adeyemi"], SourceKind.NAMED_PERSON, 3),
        (LAKE, "much smaller", ["Other experts"], SourceKind.UNNAMED_GROUP, 1),
        (LAKE, "2,000 farmers", [], SourceKind.NONE, 0),
        (LOAN, "resigned on Friday", [], SourceKind.NONE, 0),
        (LOAN, "every penny", ["Peter Hall"], SourceKind.NAMED_PERSON, 4),
        (LOAN, "met Peter Hall", ["no source stated"], SourceKind.UNSPECIFIED, 1),
        (FLOOD, "nine people died", ["local police"], SourceKind.NAMED_ORGANIZATION, 4),
        (FLOOD, "within minutes", ["Witnesses"], SourceKind.UNNAMED_GROUP, 1),
        (FLOOD, "cars float", ["Elena Marin"], SourceKind.NAMED_PERSON, 4),
        (FLOOD, "cracked days earlier", ["no source stated"], SourceKind.UNSPECIFIED, 1),
        (FLOOD, "without power", [], SourceKind.NONE, 0),
        (THEFT, "arrested a 17-year-old boy", ["prosecutors"], SourceKind.NAMED_ORGANIZATION, 4),
        (THEFT, "as an intern", ["Alain Girard"], SourceKind.NAMED_PERSON, 4),
        (THEFT, "left the country", ["State television", "police source"], SourceKind.ANONYMOUS, 1),
        (THEFT, "poor for years", ["Visitors"], SourceKind.UNNAMED_GROUP, 1),
        (THEFT, "switched off", [], SourceKind.NONE, 0),
        (RATES, "at 4.5 percent", [], SourceKind.NONE, 0),
        (RATES, "clear evidence", ["Lena Ostrova"], SourceKind.NAMED_PERSON, 4),
        (RATES, "tax cut", ["senior official at the ministry"], SourceKind.ANONYMOUS, 2),
        (RATES, "young buyers", ["Studies"], SourceKind.DOCUMENT, 3),
    ],
)
def test_who_says_it_on_what_footing(story: str, words: str, chain: list[str], kind: SourceKind, grade: int) -> None:
    found = claim(story, words)
    assert (names(found), found.kind, found.grade) == (chain, kind, grade)


def test_a_report_with_issuer_and_date_is_documented() -> None:
    found = claim(FERRIES, "fell by 14 percent")
    assert (found.kind, found.grade, found.directness) == (SourceKind.DOCUMENT, Grade.DOCUMENTED, Directness.PARAPHRASE)
    assert "Harbour Commission" in names(found)[0]


def test_a_study_with_its_journal_is_documented_and_its_claim_is_the_headlines_too() -> None:
    found = claim(LAKE, "as large as Malta")
    assert (found.kind, found.grade, found.where) == (SourceKind.DOCUMENT, Grade.DOCUMENTED, Role.BODY)
    assert [m.text_in(LAKE) for m in found.mentions] == ["Orro plain was once a lake as large as Malta"]
    assert found.hedged


@pytest.mark.parametrize(
    ("story", "words"), [(FERRIES, "will cut 120 jobs"), (LOAN, "resigned on Friday"), (FLOOD, "nine people died")]
)
def test_the_headline_is_a_mention_of_what_the_body_says(story: str, words: str) -> None:
    title_end = story.index("\n")
    assert any(m.end <= title_end for m in claim(story, words).mentions)
    assert claim(story, words).key


def test_speech_in_the_sources_own_words_is_a_direct_quote() -> None:
    assert claim(FERRIES, "lost £4 million").directness is Directness.DIRECT_QUOTE
    assert claim(FERRIES, "two oldest ships").directness is Directness.PARAPHRASE


def test_attribution_carries_on_over_the_same_account() -> None:
    found = claim(FERRIES, "300,000 passengers")
    assert names(found) == ["Maria Donnelly"]
    assert any("carries over" in r.text for r in found.reasons)


def test_the_roles_of_sources_are_kept() -> None:
    assert {a.title for a in attributions(FERRIES, "Maria Donnelly")} == {"chief executive"}
    assert "geologist" in (attributions(LAKE, "Ines Faro")[0].title or "")


@pytest.mark.parametrize(("story", "name"), [(FERRIES, "Tom Brady"), (LAKE, "Ines Faro")])
def test_an_opinion_stays_an_attribution_and_is_no_claim(story: str, name: str) -> None:
    opinion = attributions(story, name)[0]
    assert opinion.claim_ids == ()
    assert not any(c.quote.overlaps(opinion.content[0]) for c in report(story).claims)


@pytest.mark.parametrize(
    ("story", "words"),
    [
        (FERRIES, "How many ships"),
        (FERRIES, "did not respond"),
        (LAKE, "Visit the museum"),
        (LOAN, "declined to comment"),
        (LOAN, "must never hold"),
        (THEFT, "did not return calls"),
        (THEFT, "could not independently verify"),
        (RATES, "not immediately clear"),
    ],
)
def test_questions_instructions_duties_and_no_comment_are_no_claims(story: str, words: str) -> None:
    at = story.index(words)
    assert not any(c.quote.start <= at < c.quote.end for c in report(story).claims)


def test_pronouns_and_short_names_are_written_out() -> None:
    assert claim(LOAN, "every penny").claim == "Peter Hall repaid every penny in March."
    assert claim(LOAN, "hid the loan").claim == "Peter Hall hid the loan from the House."


def test_nobody_is_named_in_the_place_of_a_pronoun_that_means_another() -> None:
    assert claim(THEFT, "any involvement").claim == "He denied any involvement."
    assert claim(THEFT, "where the keys were").claim == "He knew where the keys were."


def test_court_documents_are_a_record_of_known_issuer() -> None:
    found = claim(THEFT, "for sale online")
    assert (found.kind, found.grade) == (SourceKind.DOCUMENT, Grade.FIRST_HAND)


def test_a_denial_is_not_told_as_what_it_denies() -> None:
    assert "denied" in claim(LOAN, "ministerial code").claim


def test_what_a_source_told_another_outlet_comes_through_it_and_is_one_lower() -> None:
    found = claim(LOAN, "misled parliament")
    assert names(found)[-1] == "Joan Wright"
    assert "Daily Gazette" in names(found)[0]
    assert (found.kind, found.grade) == (SourceKind.NAMED_PERSON, Grade.DESCRIBED)


def test_a_rival_who_is_named_is_never_above_3() -> None:
    found = claim(LOAN, "hid the loan")
    assert (names(found)[-1], found.kind) == ("Joan Wright", SourceKind.NAMED_PERSON)
    assert Grade.DESCRIBED <= found.grade <= Grade.ON_RECORD


def test_an_outlet_that_cites_unnamed_people_is_a_relay_to_them() -> None:
    found = claim(LOAN, "Greyfield Homes")
    assert [h.kind for h in found.chain] == [SourceKind.NEWS_OUTLET, SourceKind.ANONYMOUS]
    assert found.grade == Grade.VAGUE


@pytest.mark.parametrize("words", ["never inspected", "warned the ministry"])
def test_hearsay_goes_to_the_tellers_also_in_the_next_paragraph_of_the_quotation(words: str) -> None:
    found = claim(FLOOD, words)
    assert names(found) == ["Ion Petrescu", "senior engineers"]
    assert found.grade <= Grade.DESCRIBED
    assert any("Hearsay" in r.text for r in found.reasons)


@pytest.mark.parametrize(
    ("words", "hedge"), [("400 homes", "around"), ("without power", "As many as"), ("cracked", "reportedly")]
)
def test_hedges_are_kept_and_shown(words: str, hedge: str) -> None:
    found = claim(FLOOD, words)
    assert found.hedged
    assert hedge in [h.text_in(FLOOD) for h in found.hedges]
    assert hedge in found.claim


@pytest.mark.parametrize(
    ("cue", "content", "cue_class", "voiced"),
    [
        ("is thought to", "The bank is thought to have closed", CueClass.UNSPECIFIED, True),
        ("have closed", "The bank is thought to have closed", CueClass.ACT, False),
        ("was ordered", "The mill was ordered to pay", CueClass.UNSPECIFIED, False),
        ("ordered", "The mill was ordered to pay", CueClass.SAY, False),
        (None, "“We paid it all,”", CueClass.UNSPECIFIED, True),
    ],
)
def test_acts_threats_and_cues_that_say_nothing_of_a_rumour_are_no_attributions(
    cue: str | None,
    content: str,
    cue_class: CueClass,
    voiced: bool,  # noqa: FBT001 # a table's column
) -> None:
    grown = grow(
        "The/DT/det/bank bank/NN/nsubjpass is/VBZ/auxpass thought/VBN to/TO/aux/closed have/VB/aux/closed "
        "closed/VBN/xcomp .",
        "The/DT/det/mill mill/NN/nsubjpass was/VBD/auxpass ordered/VBN to/TO/aux/pay pay/VB/xcomp .",
        "“ We/PRP/nsubj paid/VBD it/PRP/dobj all/DT/appos/it , ”",
    )
    found = grown.found(content, cue=cue, cue_class=cue_class)
    assert len(build_report(grown.article, grown.trees, [found]).attributions) == voiced


def test_what_limits_the_text_is_passed_on() -> None:
    long = FLOOD + "The river rose again on Monday, police said. " * 2600
    document = read_text(long)
    assert document.notes
    assert report(FLOOD).notes == ()


_MARKS = ("“", "”", '"', "'", ",", ".", "?", "\n", "\n\n")
_CUES = ("said", "according to", "It is thought that", "denied", "reportedly", "told The Times", "told by")
_WORDS = ("He", "Police", "the", "was", "who", "and", "20", "£3m", "may")
_PIECES = st.lists(st.one_of(st.sampled_from((*_MARKS, *_CUES, *_WORDS)), st.text(max_size=8)), min_size=1, max_size=60)


def read_or_refuse(text: str) -> Document | None:
    """The text read, or None where it is refused with a sentence (not English, say)."""
    try:
        return read_text(text)
    except InputError as refused:
        return None if refused.message else pytest.fail("refused without a word")


@settings(deadline=None, max_examples=40)
@given(pieces=_PIECES, first=st.booleans())
def test_whatever_the_text_it_gets_a_report_or_a_plain_sentence(pieces: list[str], first: bool) -> None:  # noqa: FBT001 # hypothesis gives it by name
    said, plain = " ".join(pieces), LAKE[:300]
    document = read_or_refuse(f"{said}\n{plain}" if first else f"{plain}\n{said}")
    if document is not None:
        assert all(span.end <= len(document.text) for span in spans(check(document)))


_FURNITURE = (
    *("VPC", "AP", "LONDON (AP) --", "10:42 p.m.", "Q:", "A:", "Photo: Reuters", "—", "…", "No.", "Who?", "(CNN)"),
    *("IN TEXAS:", "* * *", "1.", "“Yes.”", "...", "WASHINGTON", "By Ann Lee", "MORE:", "Nor.", "$5", "he said.", "-"),
)
_WORDS_OF_STORIES = tuple(word for story in STORIES for word in story.split())
_CUT_ANYHOW = st.builds(
    lambda start, length: " ".join(_WORDS_OF_STORIES[start : start + length]),
    st.integers(min_value=0, max_value=len(_WORDS_OF_STORIES) - 1),
    st.integers(min_value=1, max_value=25),
)


_LINES = st.lists(st.one_of(st.sampled_from(_FURNITURE), _CUT_ANYHOW), min_size=1, max_size=5).map(" ".join)


@settings(deadline=None, max_examples=80)
@given(lines=st.lists(_LINES, min_size=1, max_size=8))
@example(lines=["The ferry sank off Tarn on Monday, police said. VPC"])
def test_page_furniture_and_broken_sentences_are_survived(lines: list[str]) -> None:
    document = read_or_refuse("\n\n".join([*lines, LAKE[:300]]))
    if document is not None:
        assert all(span.end <= len(document.text) for span in spans(check(document)))
