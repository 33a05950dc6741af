"""What a name names, as told by the nouns and small words around it and inside it."""

import pytest

from bot.analysis.cast import read_cast
from bot.report import SourceKind
from tests.bot.analysis.articles import parse, span_of

BODY, OUTLET = SourceKind.NAMED_ORGANIZATION, SourceKind.NEWS_OUTLET


@pytest.mark.parametrize(
    ("text", "words", "name", "kind"),
    [
        ("The Norland daily Ekho Dnya reported a strike.", "The Norland daily Ekho Dnya", "Ekho Dnya", OUTLET),
        ("Lakeside Online, a local news website, cited a driver.", "Lakeside Online", "Lakeside Online", OUTLET),
        ("Larkin Labs, the firm said, will grow.", "Larkin Labs", "Larkin Labs", BODY),
        ("The group Parents for Safe Roads said it rained.", "The group Parents for Safe Roads", None, BODY),
        ("The Coalition to Save Lake Orrin said so.", "The Coalition to Save Lake Orrin", None, BODY),
        ("The Alliance for Clean Water said so.", "The Alliance for Clean Water", None, BODY),
        ("Larkin Bank and Norland Bank said so.", "Larkin Bank and Norland Bank", "Larkin Bank and Norland Bank", BODY),
        ("Big Lake Records said so.", "Big Lake Records", "Big Lake Records", BODY),
    ],
)
def test_a_name_is_read_whole_and_for_what_it_names(text: str, words: str, name: str | None, kind: SourceKind) -> None:
    speaker = read_cast(parse(text)).identify(span_of(text, words))
    assert (speaker.name, speaker.kind) == (name or words.removeprefix("The ").removeprefix("group "), kind)


def test_two_banks_are_two_bodies() -> None:
    text = "Larkin Bank and Norland Bank said so. Norland Bank closed a branch."
    cast = read_cast(parse(text))
    assert cast.resolve(span_of(text, "Larkin Bank")) == "Larkin Bank"


@pytest.mark.parametrize("words", ["The Harborview-based company", "the company"])
def test_the_company_is_the_one_that_is_called_so_and_no_union(words: str) -> None:
    text = (
        "Larkin Foods is cutting jobs. The Harborview-based company said on Monday that it would close a plant. "
        "The union Werkbund said it had learned of the cuts from the radio. Sales fell, the company said."
    )
    assert read_cast(parse(text)).identify(span_of(text, words)).name == "Larkin Foods"
