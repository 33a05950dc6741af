"""What the grammar of the sentence tells of who speaks: subjects, appositions, entities, sources cut wrongly."""

import pytest

from bot.analysis.cast import read_cast
from bot.document import Span
from bot.report import SourceKind
from tests.bot.analysis.articles import parse, span_of
from tests.bot.analysis.building import grow
from tests.bot.analysis.flags.drafting import spot


def name_of(text: str, words: str, *, cue: str | None = None) -> str:
    article = parse(text)
    return read_cast(article).identify(span_of(text, words), cue=span_of(text, cue) if cue else None).name


def kind_of(text: str, words: str, *, cue: str | None = None) -> SourceKind:
    article = parse(text)
    return read_cast(article).identify(span_of(text, words), cue=span_of(text, cue) if cue else None).kind


def test_a_source_that_is_only_a_predicate_stands_for_its_subject() -> None:
    grown = grow(
        "Exland/NNP/nsubj is/VBZ one/CD/attr of/IN/prep/one the/DT/det/region region/NN/poss/critics "
        "’s/POS/case/region critics/NNS/pobj/of and/CC/cc has/VBZ/aux/accused accused/VBN/conj Wyland/NNP/dobj ."
    )
    source = spot(grown.article, "one of the region’s")
    assert read_cast(grown.article, grown.trees).identify(source).name == "Exland"


def test_a_name_before_a_noun_is_no_subject_of_the_sentence() -> None:
    first = "Volta/NNP/compound/Motors/ORG Motors/NNP/nsubj//ORG grew/VBD ."
    second = (
        "Besides/IN/prep its/PRP$/poss/order order/NN/pobj/Besides of/IN/prep/order thirty/CD/nummod/buses "
        "Tarnco/NNP/compound/buses/ORG buses/NNS/pobj/of , it/PRP/nsubj said/VBD so/RB/advmod ."
    )
    grown = grow(f"{first}\n{second}")
    assert read_cast(grown.article, grown.trees).resolve(spot(grown.article, "it said")) == "Volta Motors"


@pytest.mark.parametrize(
    ("entity", "kind"), [("PERSON", SourceKind.NAMED_PERSON), ("ORG", SourceKind.NAMED_ORGANIZATION)]
)
def test_a_lone_name_is_what_the_marked_entities_say(entity: str, kind: SourceKind) -> None:
    grown = grow(f"On/IN/prep Monday/NNP/pobj/On/DATE Quorv/NNP/nsubj//{entity} said/VBD so/RB/advmod .")
    assert read_cast(grown.article, grown.trees).identify(spot(grown.article, "Quorv")).kind is kind


def test_the_subject_behind_an_opening_phrase_is_no_title_of_the_name_in_it() -> None:
    text = "Ann Lee wrote a book. According to Ann Lee, a detective for the coast guard was given the tapes."
    assert read_cast(parse(text)).identify(span_of(text, "Ann Lee")).title is None
    text = "According to Ann Lee, a detective for the coast guard, the tapes were lost."
    assert read_cast(parse(text)).identify(span_of(text, "Ann Lee")).title == "detective for the coast guard"


def test_what_others_claim_somebody_is_is_no_title() -> None:
    claimed = "Ann Lee left. They also claimed Ann Lee was a volunteer."
    assert read_cast(parse(claimed)).identify(span_of(claimed, "Ann Lee")).title is None
    told = "Ann Lee left. Ann Lee was a volunteer."
    assert read_cast(parse(told)).identify(span_of(told, "Ann Lee")).title == "volunteer"


@pytest.mark.parametrize("words", ["Many of whom", "Not everyone", "Each", "Most"])
def test_a_bare_quantity_is_a_group(words: str) -> None:
    assert kind_of(f"{words} said the dam leaks.", words, cue="said") is SourceKind.UNNAMED_GROUP


def test_a_counted_plural_with_a_capital_is_a_group() -> None:
    assert kind_of("Many Tarn Islanders said the dam leaks.", "Many Tarn Islanders") is SourceKind.UNNAMED_GROUP


def test_a_post_by_a_person_named_before_it_is_that_person() -> None:
    text = "Ann Lee is mayor. An Ann Lee tweet called the dam old."
    assert name_of(text, "An Ann Lee tweet") == "Ann Lee"
    assert kind_of("A Facebook post called the dam old.", "A Facebook post") is SourceKind.UNNAMED_PERSON


def test_an_acronym_is_not_short_for_a_longer_name_that_it_opens() -> None:
    assert kind_of("The U.N. Charter is old. The U.N. met.", "The U.N. met") is SourceKind.NAMED_ORGANIZATION


def test_which_is_no_person() -> None:
    text = "Ann Lee brought her lamp, which showed the crack."
    assert kind_of(text, "which") is SourceKind.DOCUMENT


def test_a_team_that_noted_something_is_not_our_own_reporter() -> None:
    assert kind_of("The team noted the crack.", "The team", cue="noted") is not SourceKind.OWN_REPORTING
    assert kind_of("Our team noted the crack.", "Our team", cue="noted") is SourceKind.OWN_REPORTING


def test_a_source_that_holds_its_own_cue_ends_before_it() -> None:
    text = "Officials of the port announced Monday at noon that it leaks."
    assert (
        name_of(text, "Officials of the port announced Monday at noon", cue="announced Monday")
        == "Officials of the port"
    )


def test_a_source_that_ends_in_a_preposition_takes_the_name_after_it() -> None:
    text = "The dam leaks, according to a new report by Reuters."
    assert name_of(text, "a new report by", cue="according to") == "Reuters"


def test_a_study_that_leads_the_article_is_the_one_that_it_names_later() -> None:
    named = "The study, published in Tide Letters, took a year."
    text = f"Quays sink, according to a new study. {named}"
    assert name_of(text, "a new study") == "study in Tide Letters"
    other = f"Quays sink, according to another study. {named}"
    assert "Tide Letters" not in name_of(other, "another study")
    two = f"{text} A paper in Harbour Notes disagreed."
    assert name_of(two, "a new study") == "new study"


def test_the_footage_is_the_video() -> None:
    text = "Officers released a video from a body camera. The footage shows the crack."
    assert name_of(text, "The footage").startswith("video")


def test_they_are_who_was_joined_before_them() -> None:
    text = "Ann Lee and port leaders met the crew. They said the dam leaks."
    speaker = read_cast(parse(text)).identify(span_of(text, "They"), cue=span_of(text, "said"))
    assert (speaker.name, speaker.kind) == ("Ann Lee and port leaders", SourceKind.NAMED_PERSON)


def test_a_statement_spoken_of_again_is_whose_it_was_at_first() -> None:
    text = (
        "On Monday, Volta Motors issued a statement. The statement, it seems, was late: Tarn Trains had a deal. "
        "“Buses run,” the statement continued."
    )
    assert name_of(text, "the statement continued".removesuffix(" continued"), cue="continued") == "Volta Motors"


def test_a_capital_that_speaks_is_its_government() -> None:
    assert name_of("Seoul plans a dam, Seoul said.", "Seoul") == "Seoul (South Korean government)"


@pytest.mark.parametrize(
    ("quote", "title", "tells"),
    [
        ("“I was unable to walk,” {} said.", "", True),
        ("“I think it will rain,” {} said.", "", False),
        ("“I was unable to walk,” {} said.", "Governor ", False),
    ],
)
def test_private_people_who_quote_what_they_lived_through_are_narrators(quote: str, title: str, tells: bool) -> None:  # noqa: FBT001 - a table's column
    text = f"{title}Ann Lee came home. {quote.format('Ann Lee')}"
    assert bool(read_cast(parse(text)).narrators) is tells


def test_a_record_that_somebody_puts_out_speaks_for_itself() -> None:
    text = "Tarn Police released grainy footage showing the crack."
    article = parse(text)
    speaker = read_cast(article).identify(
        span_of(text, "Tarn Police"), cue=span_of(text, "released grainy footage showing")
    )
    assert (speaker.name, speaker.kind) == ("grainy footage from Tarn Police", SourceKind.DOCUMENT)
    said = "Tarn Police released a statement saying it leaks."
    assert name_of(said, "Tarn Police", cue="released a statement saying") == "Tarn Police"


def test_the_nominee_of_a_party_is_the_person_the_article_is_about() -> None:
    text = "Ann Lee arrived. Ann Lee spoke. Ann Lee ate. Ann Lee slept. Crowds came.\nThe Tory nominee said it leaks."
    assert name_of(text, "The Tory nominee") == "Ann Lee"


@pytest.mark.parametrize(
    "first",
    [
        "Lee/NNP/nsubj//PERSON , a/DT/det/chemist chemist/NN/appos/Lee , met/VBD a/DT/det/captain captain/NN/dobj .",
        "Lee/NNP/nsubj//PERSON is/VBZ a/DT/det/chemist chemist/NN/attr .",
    ],
    ids=["apposition", "predicate"],
)
def test_an_apposition_or_a_predicate_is_the_person_it_is_said_of(first: str) -> None:
    grown = grow("Ann/NNP/compound/Lee/PERSON Lee/NNP/nsubj//PERSON came/VBD .", first)
    references = read_cast(grown.article, grown.trees).identifier.scene.references
    at = references.at(*_bounds(spot(grown.article, "a chemist")))
    assert at is not None
    assert references.roots[at] == "lee, ann"


def test_what_somebody_is_not_is_nobody_named() -> None:
    grown = grow(
        "Ann/NNP/compound/Lee/PERSON Lee/NNP/nsubj//PERSON came/VBD .",
        "Lee/NNP/nsubj//PERSON is/VBZ not/RB/neg a/DT/det/chemist chemist/NN/attr .",
    )
    references = read_cast(grown.article, grown.trees).identifier.scene.references
    at = references.at(*_bounds(spot(grown.article, "a chemist")))
    assert at is not None
    assert references.roots[at] != "lee, ann"


def test_a_noun_that_only_qualifies_another_is_nobody() -> None:
    grown = grow("They/PRP/nsubj met/VBD a/DT/det/segments voter/NN/compound/segments segments/NNS/dobj .")
    references = read_cast(grown.article, grown.trees).identifier.scene.references
    assert not [m for m in references.mentions if m.noun is not None and m.noun.word == "voter"]


def test_your_child_is_nobody_that_he_could_mean() -> None:
    assert name_of("Ask your child. He said it leaks.", "He said") == "He said"


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end
