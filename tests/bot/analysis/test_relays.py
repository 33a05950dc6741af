"""Which outlet stands between the reader and a source (rubric, adjustment 1)."""

import pytest

from bot.analysis.attributions import CueClass, FoundAttribution
from bot.analysis.cast import read_cast
from bot.analysis.chains import read_provenance
from bot.analysis.parsing import Article
from bot.analysis.relays import find_relays
from tests.bot.analysis.articles import attribution, parse, span_of

TOLD = "Ann Lee told Reuters that the dam leaks."


def said(article: Article, *found: tuple[str, str, str]) -> list[FoundAttribution]:
    """Attributions as (source, cue, content)."""
    return [attribution(article.text, source=s, cue=cue, content=(content,)) for s, cue, content in found]


def relays(article: Article, *found: tuple[str, str, str]) -> dict[int, str]:
    """The relaying outlet's name by the number of the attribution."""
    made = find_relays(article, read_cast(article), said(article, *found))
    return {number: speaker.name for number, speaker in made.by_number.items()}


LEAK = ("Ann Lee", "told", "the dam leaks")


@pytest.mark.parametrize(
    "shown",
    [
        "The mayor did not answer the BBC's request for comment.",
        "The mayor did not respond to multiple BBC requests.",
        "The BBC has learned that a gate froze.",
        "The BBC has contacted the mayor.",
        "As the BBC previously reported, a gate froze.",
        "© 2024 BBC",
    ],
)
def test_a_text_that_shows_its_own_outlet_makes_every_other_one_a_relay(shown: str) -> None:
    assert relays(parse(f"{TOLD}\n{shown}"), LEAK) == {0: "Reuters"}
    assert relays(parse(f"{TOLD}\n{shown.replace('BBC', 'Reuters')}"), LEAK) == {}


def test_an_outlet_that_is_only_named_shows_no_publisher() -> None:
    assert relays(parse(f"{TOLD}\nThe BBC building is near the dam."), LEAK) == {}


def test_of_several_outlets_told_the_one_told_most_is_ours() -> None:
    article = parse(f"{TOLD}\nPaul Orr told the BBC that it holds. Jo Finn told the BBC that it is old.")
    found = (
        LEAK,
        ("Paul Orr", "told the BBC that it h", "it holds"),
        ("Jo Finn", "told the BBC that it is", "it is old"),
    )
    assert relays(article, *found) == {0: "Reuters"}


def test_what_a_source_goes_on_to_say_beside_comes_through_the_same_outlet() -> None:
    far = "\nLee said the town is dry."
    article = parse(f"Lee was angry, Reuters reported. {TOLD} Lee said a gate froze.\nShops closed.\nTrams ran.{far}")
    found = (
        ("Reuters", "reported", "Lee was angry"),
        ("Ann Lee", "told", "the dam leaks"),
        ("Lee", "said", "a gate froze"),
        ("Lee", "said", "the town is dry"),
    )
    made = said(article, *found[:2])
    made += [
        attribution(article.text, source="Ann Lee", cue="said a gate", content=("a gate froze",)),
        attribution(article.text, source="Ann Lee", cue="said the town", content=("the town is dry",)),
    ]
    outlets = find_relays(article, read_cast(article), made).by_number
    assert sorted(outlets) == [1, 2, 3]
    assert {o.name for o in outlets.values()} == {"Reuters"}


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("Ann Lee told the outlet that the dam leaks.", "told"),
        ("Ann Lee stated to the magazine that the dam leaks.", "stated"),
        ("Ann Lee, in a letter obtained by Reuters, said the dam leaks.", "said"),
    ],
)
def test_an_outlet_is_told_by_its_noun_and_by_what_it_obtained(sentence: str, cue: str) -> None:
    article = parse(f"A gate froze, Reuters reported. {sentence}")
    assert relays(article, ("Reuters", "reported", "A gate froze"), ("Ann Lee", cue, "the dam leaks")) == {1: "Reuters"}


def test_what_we_read_is_no_hop_where_it_has_learned_it_from_somebody() -> None:
    article = parse("The BBC has learned that according to Ann Lee, the dam leaks.")
    found = attribution(
        article.text,
        source="The BBC",
        cue="has learned",
        content=("according to Ann Lee, the dam leaks",),
        cue_class=CueClass.SAY,
    )
    tracer = read_provenance(article, read_cast(article), [found])
    assert [h.name for h in tracer.trace(0, span_of(article.text, "the dam leaks")).hops] == ["Ann Lee"]
