import pytest

from bot.analysis.origins import find_origins
from bot.report import SourceKind
from tests.bot.analysis.flags.drafting import Source, anonymous, body, claim, draft, outlet, person

TEXT = draft(
    "# Dam closed",
    "The dam leaks, Water Minister Ada Poole said. The dam will close, the Water Ministry said.",
    "The valley is safe, Poole said. The pumps failed, engineer Omar Reyes said.",
    "The gates froze, Reyes told The Courier.",
    "Turbines broke, sources told The Courier. Staff fled, The Courier reported. Fish died, the Angling Society said.",
    "Birds left, reportedly. Frogs stayed.",
)


def origins(*claims: tuple[str, tuple[Source, ...]]) -> list[list[str]]:
    found = find_origins(TEXT, [claim(TEXT, quote, *sources) for quote, sources in claims])
    return [[c.quote.text_in(TEXT.text) for c in o.claims] for o in found]


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ((person("Ada Poole"),), (person("Poole"),), "a surname is its full name"),
        ((person("Ada Poole", title="Water Minister"),), (body("the Water Ministry"),), "a minister and the ministry"),
        ((person("Omar Reyes"),), (outlet("The Courier"), person("Reyes")), "an outlet that names its origin"),
        ((outlet("The Courier"), anonymous("sources")), (outlet("The Courier"),), "an outlet and its unnamed sources"),
    ],
)
def test_these_are_one_origin(first: tuple[Source, ...], second: tuple[Source, ...], why: str) -> None:
    assert len(origins(("The dam leaks", first), ("The pumps failed", second))) == 1, why


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ((person("Ada Poole"),), (person("Omar Reyes"),), "two people"),
        ((body("the Water Ministry"),), (body("the Angling Society"),), "two bodies"),
        ((person("Omar Reyes", title="former Water Ministry engineer"),), (body("the Water Ministry"),), "who left it"),
        (
            (outlet("The Courier"), person("Ada Poole")),
            (outlet("The Courier"), person("Omar Reyes")),
            "two people who spoke to one outlet",
        ),
    ],
)
def test_these_are_two_origins(first: tuple[Source, ...], second: tuple[Source, ...], why: str) -> None:
    assert len(origins(("The dam leaks", first), ("The pumps failed", second))) == 2, why


def test_authors_and_their_study_are_one_origin() -> None:
    text = draft("# Bees", "Bees doze, a study in Insect Letters found. Bees snore, study co-author Lena Fox said.")
    study = Source(words="a study in Insect Letters", kind=SourceKind.DOCUMENT)
    claims = [
        claim(text, "Bees doze", study),
        claim(text, "Bees snore", person("Lena Fox", title="study co-author")),
    ]
    assert len(find_origins(text, claims)) == 1


def test_a_spokesperson_without_a_name_speaks_for_the_person_named() -> None:
    text = draft("# Row", "He paid, Ian Moss said. He paid twice, Ian Moss's spokesman said.")
    aide = Source(words="Ian Moss's spokesman", kind=SourceKind.UNNAMED_PERSON)
    claims = [claim(text, "He paid", person("Ian Moss")), claim(text, "He paid twice", aide)]
    assert len(find_origins(text, claims)) == 1


def test_what_nobody_is_cited_for_has_no_origin() -> None:
    unspecified = Source(words="reportedly", kind=SourceKind.UNSPECIFIED)
    assert origins(("Birds left", (unspecified,)), ("Frogs stayed", ())) == []


def test_origins_stand_in_order_of_their_first_claim_and_name_their_fullest_name() -> None:
    claims = [
        claim(TEXT, "The valley is safe", person("Poole")),
        claim(TEXT, "Fish died", body("the Angling Society")),
        claim(TEXT, "The dam leaks", person("Ada Poole")),
    ]
    assert [o.name for o in find_origins(TEXT, claims)] == ["Ada Poole", "Angling Society"]
