"""Who stands behind a source: the fullest name, the title, the same key for the same source."""

from dataclasses import replace

import pytest

from bot.analysis.cast import NO_SOURCE, Cast, Speaker, read_cast
from bot.document import Span
from bot.report import SourceKind
from tests.bot.analysis.articles import parse
from tests.bot.analysis.building import grow
from tests.bot.analysis.flags.drafting import spot


def cast_of(text: str, *, outlet: str | None = None) -> Cast:
    """The cast of an article whose paragraphs are the lines of `text`."""
    article = parse(text)
    return read_cast(replace(article, document=replace(article.document, outlet=outlet)))


def place(text: str, words: str, *, occurrence: int = 0) -> Span:
    """Where the words stand in the text for the n-th time (from 0)."""
    at = -1
    for _ in range(occurrence + 1):
        at = text.index(words, at + 1)
    return Span(start=at, end=at + len(words))


def who(text: str, words: str, *, occurrence: int = 0) -> Speaker:
    """The speaker behind the n-th occurrence of the words."""
    return cast_of(text).identify(place(text, words, occurrence=occurrence))


COURT = (
    "Health Minister Ines Okafor resigned on Friday.\n"
    "Okafor, 52, a former surgeon, told reporters that she was tired. The minister said the budget had failed her. "
    "The 52-year-old added that talks were over. Her deputy, Paul Lind, said so. He promised to stay."
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Okafor, 52", "Ines Okafor"),
        ("she", "Ines Okafor"),
        ("The minister", "Ines Okafor"),
        ("The 52-year-old", "Ines Okafor"),
        ("Her deputy", "Paul Lind"),
        ("Her deputy, Paul Lind", "Paul Lind"),
        ("He promised", "Paul Lind"),
    ],
)
def test_short_forms_of_a_person_give_the_full_name(words: str, name: str) -> None:
    at = place(COURT, words)
    found = cast_of(COURT).identify(Span(start=at.start, end=at.start + len(words.removesuffix(" promised"))))
    assert (found.name, found.kind) == (name, SourceKind.NAMED_PERSON)


def test_the_title_is_gathered_over_all_mentions() -> None:
    assert who(COURT, "she").title == "Health Minister, former surgeon"


@pytest.mark.parametrize(
    ("sentence", "name", "title"),
    [
        ("Energy analyst Bo Stern said prices fell.", "Bo Stern", "Energy analyst"),
        ("Bo Stern, one of the country's top analysts, said so.", "Bo Stern", "one of the country's top analysts"),
        ("The team's coach, Bo Stern, said so.", "Bo Stern", "team's coach"),
        ("Bo Stern of the Open Sea Institute said so.", "Bo Stern", "Open Sea Institute"),
        ("Bo Stern, 41, a nurse at the clinic, said so.", "Bo Stern", "nurse at the clinic"),
        ("Gov. Bo Stern said so.", "Bo Stern", "Gov."),
        ("The head of the port council in Tarn, Bo Stern, said so.", "Bo Stern", "head of the port council in Tarn"),
        ("The plan that the head of the council drew, Bo Stern, said so.", "Bo Stern", ""),
        ("Bo Stern, managing editor of Tide Letters, said so.", "Bo Stern", "managing editor of Tide Letters"),
        ("Cllr Bo Stern said so.", "Bo Stern", "Cllr"),
        ("It is ready, Tidewell CIO Bo Stern said.", "Bo Stern", "Tidewell CIO"),
        ("Rep. Bo W. Stern (D-N.Y.), chairman of the water panel, said so.", "Bo W. Stern", "Rep."),
    ],
)
def test_titles_stand_on_either_side_of_a_name(sentence: str, name: str, title: str) -> None:
    found = who(sentence, "Stern")
    assert found.name == name
    assert (found.title or "").startswith(title)
    assert bool(found.title) == bool(title)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Mayor Ann O’Lee said so. O'Lee left.", "O'Lee", "Ann O’Lee"),
        ("It leaks, said Mayor Anna van der Brook. Van der Brook left.", "Van der Brook", "Anna van der Brook"),
        ("It leaks, said Mayor Anna de Brook. De Brook left.", "De Brook", "Anna de Brook"),
        ("It leaks, said Mayor Anna Brook. Al Brook left.", "Al Brook", "Al Brook"),
    ],
)
def test_a_surname_with_its_particles_or_another_apostrophe_finds_its_bearer(text: str, words: str, name: str) -> None:
    assert who(text, words).name == name


def test_a_man_and_a_woman_are_told_apart_by_their_pronouns() -> None:
    text = "Anna Weiss met Karl Brandt in Bonn. She said the plan was dead. He said it was not."
    assert [who(text, word).name for word in ("She", "He")] == ["Anna Weiss", "Karl Brandt"]


def test_a_pronoun_goes_to_the_subject_of_the_sentence_before() -> None:
    text = "Anna Weiss criticised Maria Kern. She said the plan was dead."
    assert who(text, "She").name == "Anna Weiss"


def test_i_inside_a_quotation_is_its_speaker() -> None:
    text = "“I saw the wave myself,” said Tom Ahlers, a fisherman. He moved away."
    assert cast_of(text).resolve(place(text, "I")) == "Tom Ahlers"


def test_mr_and_mrs_of_one_name_are_two_people() -> None:
    text = "Helen Marsh spoke first. Mr. Marsh said nothing. Mrs. Marsh said more."
    assert who(text, "Mr. Marsh").key != who(text, "Mrs. Marsh").key
    assert who(text, "Mrs. Marsh").name == "Helen Marsh"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The World Fish Organization met. WFO said stocks fell.", "WFO", "World Fish Organization"),
        ("The Ministry of Energy met. Later the Energy Ministry said no.", "Energy Ministry", "Ministry of Energy"),
        ("Exland's Interior Ministry met. The ministry said no.", "The ministry", "Exland's Interior Ministry"),
        ("German carmaker Ruhl will cut jobs, the company said.", "the company", "Ruhl"),
        ("The Oakdale Police Department acted. The department said so.", "The department", "Oakdale Police Department"),
        ("Nordbank fell. It said losses grew.", "It", "Nordbank"),
        (
            "A spokesman for the Clean Rivers Trust said so.",
            "A spokesman for the Clean Rivers Trust",
            "Clean Rivers Trust",
        ),
        ("The Clean Rivers Trust met. A spokeswoman said so.", "A spokeswoman", "Clean Rivers Trust"),
    ],
)
def test_short_forms_of_a_body_give_its_name(text: str, words: str, name: str) -> None:
    found = who(text, words)
    assert (found.name, found.kind) == (name, SourceKind.NAMED_ORGANIZATION)


def test_a_record_is_named_by_its_fullest_mention() -> None:
    text = "A study published in the journal Sea Results counted seals. The study said they were few."
    assert who(text, "The study").name == "study in Sea Results"


def test_a_statement_is_its_authors() -> None:
    text = "In a statement, the Clean Rivers Trust said the dam leaks. The statement said repairs had begun."
    assert who(text, "The statement").name == "Clean Rivers Trust"


def test_two_joined_names_are_one_source_with_both_names() -> None:
    text = "Anna Weiss and Karl Brandt said in a joint letter that the plan was dead."
    assert who(text, "Anna Weiss and Karl Brandt").name == "Anna Weiss and Karl Brandt"


def test_no_source_is_unspecified_at_the_cue() -> None:
    text = "It is understood that the minister left."
    cue = place(text, "It is understood")
    found = cast_of(text).identify(None, cue=cue)
    assert (found.name, found.kind, found.span) == (NO_SOURCE, SourceKind.UNSPECIFIED, cue)


def test_resolve_is_none_where_nobody_named_is_meant() -> None:
    text = "Residents said they heard a bang."
    assert cast_of(text).resolve(place(text, "they")) is None


@pytest.mark.parametrize(
    ("text", "words", "name", "kind"),
    [
        ("Acme Foods won. Its rival's chief, Ann Day, said no.", "Its rival's chief", "Ann Day", "named_person"),
        ("Secretary of State Ann Day said no.", "Secretary of State Ann Day", "Ann Day", "named_person"),
        (
            "An envoy to the United States Bo Noor left.",
            "An envoy to the United States Bo Noor",
            "Bo Noor",
            "named_person",
        ),
        (
            "A former aide to Gov. Bo Noor said no.",
            "A former aide to Gov. Bo Noor",
            "former aide to Gov. Bo Noor",
            "unnamed_person",
        ),
        ("Police came. “No,” said one of them, Dr. Amy Lo.", "one of them, Dr. Amy Lo", "Amy Lo", "named_person"),
        (
            "The semi-official Exnews news agency said no.",
            "The semi-official Exnews news agency",
            "Exnews news agency",
            "news_outlet",
        ),
        (
            "The Exland Bird Observatory said no. The Observatory said more.",
            "The Observatory",
            "Exland Bird Observatory",
            "named_organization",
        ),
        ("Ann Day is ill. Day's attorneys said no.", "Day's attorneys", "Ann Day's attorneys", "unnamed_group"),
        (
            "Day's attorneys, Ole Ruud and Kim Holt, said no.",
            "Day's attorneys, Ole Ruud and Kim Holt",
            "Ole Ruud and Kim Holt",
            "named_person",
        ),
        ("Many Mexicans said no.", "Many Mexicans", "Many Mexicans", "unnamed_group"),
        (
            "Dell Arts is new. The firm that runs it, Dell Arts, said no.",
            "The firm that runs it, Dell Arts,",
            "Dell Arts",
            "named_organization",
        ),
        ("The Grain Board met. The agency said no.", "The agency", "Grain Board", "named_organization"),
        ("The Evening Gazette has it. The newspaper said no.", "The newspaper", "Evening Gazette", "news_outlet"),
        ("A report by the Evening Gazette is out. The report said no.", "The report", "Evening Gazette", "news_outlet"),
        ("Singer Zara Lind fell ill. The star said no.", "The star", "Zara Lind", "named_person"),
        ("Zara Lind's manager said she was ill.", "she", "Zara Lind", "named_person"),
        (
            "The Food and Drug Administration met. The FDA said no.",
            "FDA",
            "Food and Drug Administration",
            "named_organization",
        ),
        ("No 10 said no.", "No 10", "No 10", "named_organization"),
        ("Ann Day and other leaders left.", "Ann Day and other leaders", "Ann Day and other leaders", "named_person"),
        ("Rumours say he left.", "Rumours", "Rumours", "unspecified"),
        ("Ann Day, who left, and Bo Lund, who stayed, said no.", "who stayed", "Bo Lund", "named_person"),
    ],
)
def test_titles_appositions_and_short_forms_lead_to_the_name(text: str, words: str, name: str, kind: str) -> None:
    at = place(text, words)
    found = cast_of(text).identify(Span(start=at.start, end=at.start + len(words.removesuffix(" stayed"))))
    assert (found.name, found.kind.value) == (name, kind)


@pytest.mark.parametrize(
    ("text", "source", "cue", "name"),
    [
        ("According to a Fidonet posting, the site is down.", "Fidonet", "According to", "Fidonet posting"),
        ("The Grain Board met. The statement said no.", "The statement", "said", "Grain Board"),
        ("Exland's news agency Express reported losses.", "Exland", "reported", "Express"),
        ("Day said no.", "Day", "said", "Day"),
    ],
)
def test_a_source_cut_short_is_taken_whole(text: str, source: str, cue: str, name: str) -> None:
    span = place(text, source)
    found = cast_of(text).identify(span, cue=place(text, cue))
    assert found.name == name
    assert span.covers(found.span)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("The Clean Rivers Trust", "Bo Stern", True),
        ("Ann Day", "Her lawyer, Ole Ruud", True),
        ("The Clean Rivers Trust", "Ann Day", False),
    ],
)
def test_a_body_and_its_member_or_a_client_and_the_lawyer_are_one_origin(
    first: str, second: str, *, same: bool
) -> None:
    text = (
        "The Clean Rivers Trust said the dam leaks. Bo Stern, director of the Clean Rivers Trust, said it was old. "
        "Ann Day sued. Ann Day's lawyer, Ole Ruud, said she lost her house."
    )
    cast = cast_of(text)
    words = "Ole Ruud" if "Ole Ruud" in second else second
    one, other = cast.identify(place(text, first)), cast.identify(place(text, words))
    assert cast.same_origin(one, other) is same


def test_any_text_and_any_span_give_a_speaker() -> None:
    text = "“…”\n\n12 % — 's 's\nThe\n@ I we\nAnd."
    cast = cast_of(text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            assert cast.identify(Span(start=start, end=end)).span is not None


def test_a_place_is_no_short_name_of_a_body_that_bears_its_name() -> None:
    grown = grow(
        "Trains/NNS/nsubj in/IN/prep/Trains Norland/NNP/pobj/in/PLACE stopped/VBD .",
        "Norland/NNP/compound/Railways/ORG Railways/NNPS/nsubj/said/ORG said/VBD so/RB/advmod/said .",
    )
    resolve = read_cast(grown.article, grown.trees).resolve
    assert resolve(spot(grown.article, "Norland")) in {None, "Norland"}
    assert resolve(spot(grown.article, "Norland Railways")) == "Norland Railways"


@pytest.mark.parametrize("name", ["Radio Kolba", "the Kolba Echo", "the Evening Star", "the Kolba Morning Mail"])
def test_stations_and_editions_of_newspapers_are_outlets(name: str) -> None:
    told = who(f"A survivor told {name} that the ship sank.", name)
    assert told.kind is SourceKind.NEWS_OUTLET
    assert told.name.lower().removeprefix("the ") == name.lower().removeprefix("the ")


def test_he_inside_a_quotation_is_not_its_speaker() -> None:
    text = (
        "Ben Hall has signed.\nThe fee is secret. It rained. The ground was wet.\n"
        "Coach Tom Marl told reporters: “He is the best we have had in years.”"
    )
    assert cast_of(text).resolve(place(text, "He")) == "Ben Hall"
