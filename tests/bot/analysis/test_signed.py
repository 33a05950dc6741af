"""Whose words stand beside a name without a verb: signed posts, and paragraphs that a colon introduces."""

import pytest

from bot.analysis.attributions import CueClass
from bot.analysis.signed import find_signed_posts, introduce_paragraphs
from tests.bot.analysis.articles import attribution, parse


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The dam broke at noon today.\n— Dam Watch (@damwatch) May 3, 2019", ("The dam broke at noon today.",)),
        ("The dam broke at noon today. — Dam Watch (@damwatch) May 3, 2019", ("The dam broke at noon today.",)),
        (
            "The dam broke at noon today. https://t.co/x1 #dam\n– Dam Watch (@damwatch)",
            ("The dam broke at noon today.",),
        ),
        ("Holt left for the coast.\nThe dam broke at noon.\n— Dam Watch (@damwatch)", ("The dam broke at noon.",)),
        (
            "See the post:\nThe dam broke at noon.\nTwo farms are gone.\n— Dam Watch (@damwatch)",
            ("The dam broke at noon.", "Two farms are gone."),
        ),
    ],
)
def test_a_signed_post_is_the_words_of_whoever_signed_it(text: str, content: tuple[str, ...]) -> None:
    [found] = find_signed_posts(parse(text))
    assert found.source is not None
    assert found.source.text_in(text) == "Dam Watch"
    assert tuple(c.text_in(text) for c in found.content) == content


@pytest.mark.parametrize(
    "text",
    [
        "The dam broke at noon today.\nDam Watch (@damwatch) wrote to us.",
        "The dam – built by Holt (@holt) in May – broke at noon.",
        "— Dam Watch (@damwatch) May 3, 2019",
    ],
)
def test_a_handle_in_running_text_and_a_signature_alone_sign_nothing(text: str) -> None:
    assert list(find_signed_posts(parse(text))) == []


def test_each_of_several_posts_has_its_own_paragraph() -> None:
    text = "The dam broke at noon.\n— Dam Watch (@damwatch)\nTwo farms are gone now.\n— Lee Farms (@leefarms)"
    assert [[c.text_in(text) for c in f.content] for f in find_signed_posts(parse(text))] == [
        ["The dam broke at noon."],
        ["Two farms are gone now."],
    ]


@pytest.mark.parametrize("taken", [("these claims",), ("these claims", "Nobody was ever made to work at night")])
def test_an_unquoted_paragraph_below_a_colon_is_said_by_whoever_denies_the_rest(taken: tuple[str, ...]) -> None:
    text = "The firm denied these claims:\nNobody was ever made to work at night."
    denial = attribution(text, source="The firm", cue="denied", content=taken, cue_class=CueClass.DENY)
    found = introduce_paragraphs(parse(text), [denial])
    assert [(f.cue_class, *(c.text_in(text) for c in f.content)) for f in found] == [
        (CueClass.DENY, "these claims"),
        (CueClass.RUNNING, "Nobody was ever made to work at night."),
    ]


@pytest.mark.parametrize(
    ("text", "cue_class"),
    [
        ("The firm denied these claims:\n“Nobody was ever made to work at night.”", CueClass.DENY),
        ("The firm denied these claims.\nNobody was ever made to work at night.", CueClass.DENY),
        ("The firm denied these claims: none is true.\nNobody was ever made to work at night.", CueClass.DENY),
        ("The firm denied these claims:", CueClass.DENY),
        ("The firm denied these claims:\nNobody was ever made to work at night.", CueClass.ACT),
    ],
)
def test_without_a_colon_and_plain_words_below_nothing_is_introduced(text: str, cue_class: CueClass) -> None:
    other = attribution(text, source="The firm", cue="denied", content=("these claims",), cue_class=cue_class)
    assert introduce_paragraphs(parse(text), [other]) == [other]
