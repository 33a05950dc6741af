import re
from importlib.resources import files

import pytest

from bot.analysis.tagger.model import WEIGHTS, checksum, load_tagger
from tests.bot.analysis.articles import parse

_TEXT = "“The bridge is not safe,” said Dana Holt, the transport minister. She denied that money had been lost."


@pytest.mark.parametrize("name", WEIGHTS)
def test_the_weights_are_those_of_the_model_card(name: str) -> None:
    card = (files("bot.analysis.tagger") / "MODEL_CARD.md").read_text(encoding="utf-8")
    [stated] = re.findall(rf"`{re.escape(name)}`.*?([0-9a-f]{{64}})", card)
    assert checksum(name) == stated


def test_the_tagger_is_loaded_once_for_each_number_of_threads() -> None:
    assert load_tagger(threads=1) is load_tagger(threads=1)
    assert load_tagger(threads=2) is not load_tagger(threads=1)


def test_the_same_text_gives_the_same_spans_whatever_the_number_of_threads() -> None:
    article = parse(_TEXT * 8)
    once = load_tagger(threads=1).tag(article)
    assert once
    assert load_tagger(threads=1).tag(article) == once
    assert load_tagger(threads=2).tag(article) == once


def test_a_text_without_words_has_no_attributions() -> None:
    assert load_tagger().tag(parse("")) == ()


def test_speech_is_found_with_its_speaker_and_words() -> None:
    found = load_tagger().tag(parse(_TEXT))
    first = found[0]
    assert first.source is not None
    assert first.source.text_in(_TEXT).startswith("Dana Holt")
    assert first.cue.text_in(_TEXT) == "said"
    assert [c.text_in(_TEXT) for c in first.content] == ["“The bridge is not safe,”"]
