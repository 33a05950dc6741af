import pytest

from bot.analysis.attributions import CueClass
from bot.analysis.quotation_runs import extend_over_quotations
from tests.bot.analysis.articles import attribution, parse


def _contents(text: str, *, source: str, cue: str, content: tuple[str, ...]) -> list[tuple[CueClass, tuple[str, ...]]]:
    found = extend_over_quotations(parse(text), [attribution(text, source=source, cue=cue, content=content)])
    return [(f.cue_class, tuple(c.text_in(text) for c in f.content)) for f in found]


def test_a_quotation_of_several_sentences_is_taken_whole() -> None:
    text = "Holt said: “The dam leaks. It will fall. Nobody listens.”"
    [(_, content)] = _contents(text, source="Holt", cue="said", content=("“The dam leaks.",))
    assert content == ("“The dam leaks. It will fall. Nobody listens.”",)


def test_contents_that_grow_together_become_one() -> None:
    text = "Holt said: “The dam leaks. It will fall.”"
    [(_, content)] = _contents(text, source="Holt", cue="said", content=("“The dam leaks.", "It will fall.”"))
    assert content == ("“The dam leaks. It will fall.”",)


@pytest.mark.parametrize(
    "text",
    [
        "“The dam leaks,” Holt said.\n“Nobody listens to us here.”",
        "“The dam leaks,” Holt said. “Nobody listens to us here.”",
        "Holt said: “The dam leaks\n“Nobody listens to us here.”",
    ],
)
def test_a_quotation_without_a_tag_goes_on_with_the_speaker_before_it(text: str) -> None:
    first, second = _contents(text, source="Holt", cue="said", content=("“The dam leaks",))
    assert first[0] is CueClass.SAY
    assert second == (CueClass.RUNNING, ("“Nobody listens to us here.”",))


def test_a_speaker_introduced_by_a_colon_gets_the_next_paragraph() -> None:
    text = "Dana Holt, who built the dam, said:\n“It was safe when we left it.”"
    [(cue_class, content)] = _contents(text, source="Dana Holt, who built the dam,", cue="said", content=())
    assert cue_class is CueClass.SAY
    assert content == ("“It was safe when we left it.”",)


@pytest.mark.parametrize(
    "text",
    [
        "“The dam leaks,” Holt said.\nThe road is shut.\n“Nobody listens to us here.”",
        "“The dam leaks,” Holt said. A sign there reads “nobody listens to us here”.",
        "“The dam leaks,” Holt said.\n“The Dam”",
    ],
)
def test_a_quotation_apart_from_the_speaker_stays_nobody_s(text: str) -> None:
    assert len(_contents(text, source="Holt", cue="said", content=("“The dam leaks,”",))) == 1


def test_a_speaker_who_introduces_nothing_is_dropped() -> None:
    text = "Holt said:\nThe road is shut."
    assert _contents(text, source="Holt", cue="said", content=()) == []
