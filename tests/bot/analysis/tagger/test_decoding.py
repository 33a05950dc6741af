"""Decoding from probabilities made by hand: a label a word, and for each cue the words it takes."""

import numpy as np

from bot.analysis.tagger.decoding import DecodeLimits, decode
from bot.analysis.tagger.features import build_pieces
from bot.analysis.tagger.labels import CONTENT, CUE, SOURCE, Bio, Floats
from bot.analysis.tagger.reading import CueReading, Reading
from bot.analysis.tagger.spans import TaggedSpans
from bot.analysis.tagger.vocabulary import load_wordpiece
from bot.document import Span
from tests.bot.analysis.articles import parse, span_of

_SURE = 0.9


def _decode(text: str, labels: dict[str, int], cues: dict[str, dict[str, int]]) -> tuple[TaggedSpans, ...]:
    article = parse(text)
    pieces = build_pieces(text, article.document.paragraphs, load_wordpiece())

    def inside(part: str) -> list[int]:
        span = span_of(text, part)
        return np.flatnonzero((pieces.starts < span.end) & (pieces.ends > span.start)).tolist()

    bio: Floats = np.full((len(pieces), Bio.COUNT), 0.01, dtype=np.float32)
    bio[:, Bio.OUTSIDE] = 0.94
    for part, kind in labels.items():
        places = inside(part)
        bio[places, Bio.OUTSIDE] = 0.05
        bio[places, Bio.inside(kind)] = _SURE
        bio[places[0], [Bio.begin(kind), Bio.inside(kind)]] = [_SURE, 0.01]
    readings = []
    for cue, takes in cues.items():
        parts: Floats = np.tile(np.array([_SURE, 0.05, 0.05], dtype=np.float32), (len(pieces), 1))
        for part, kind in takes.items():
            parts[inside(part)] = 0.05
            parts[inside(part), kind] = _SURE
        at = inside(cue)
        pieces_of_cue = range(at[0], at[-1] + 1)
        readings.append(CueReading(pieces=pieces_of_cue, certainty=0.8, window=range(len(pieces)), parts=parts))
    reading = Reading(bio=bio, cues=tuple(readings))
    return decode(pieces, reading, quotations=article.quotations, limits=DecodeLimits())


def _words(text: str, span: Span | None) -> str:
    return span.text_in(text) if span else ""


def test_source_cue_and_content_come_back_as_whole_words() -> None:
    text = "Holt said the unsalvageable dam leaks."
    [found] = _decode(
        text,
        {"Holt": SOURCE, "said": CUE, "the unsalvageable dam leaks": CONTENT},
        {"said": {"Holt": SOURCE, "the unsalvageable dam leaks": CONTENT}},
    )
    assert _words(text, found.source) == "Holt"
    assert _words(text, found.cue) == "said"
    assert [_words(text, c) for c in found.content] == ["the unsalvageable dam leaks"]


def test_two_cues_of_a_sentence_take_their_own_contents() -> None:
    text = "Holt said the dam leaks and Lund denied it fell."
    first, second = _decode(
        text,
        {"Holt": SOURCE, "the dam leaks": CONTENT, "Lund": SOURCE, "it fell": CONTENT},
        {
            "said": {"Holt": SOURCE, "the dam leaks": CONTENT},
            "denied": {"Lund": SOURCE, "it fell": CONTENT},
        },
    )
    assert (_words(text, first.source), _words(text, first.content[0])) == ("Holt", "the dam leaks")
    assert (_words(text, second.source), _words(text, second.content[0])) == ("Lund", "it fell")


def test_a_quotation_that_is_mostly_content_is_content_as_a_whole() -> None:
    text = "“The dam leaks every single day,” Holt said."
    [found] = _decode(
        text,
        {"The dam leaks every single": CONTENT, "Holt": SOURCE},
        {"said": {"Holt": SOURCE, "“The dam leaks every single day,”": CONTENT}},
    )
    assert [_words(text, c) for c in found.content] == ["“The dam leaks every single day,”"]


def test_where_the_labels_see_no_span_the_cue_s_own_words_are_taken() -> None:
    text = "Holt said the dam leaks."
    [found] = _decode(text, {}, {"said": {"Holt": SOURCE, "the dam leaks": CONTENT}})
    assert _words(text, found.source) == "Holt"
    assert [_words(text, c) for c in found.content] == ["the dam leaks"]


def test_a_cue_without_source_and_content_is_dropped_and_one_without_content_only_is_kept() -> None:
    assert _decode("It is said.", {}, {"said": {}}) == ()
    [found] = _decode("Holt said:", {"Holt": SOURCE}, {"said": {"Holt": SOURCE}})
    assert found.content == ()


def test_two_cues_with_the_same_spans_make_one_attribution() -> None:
    text = "Holt said and wrote the dam leaks."
    takes = {"Holt": SOURCE, "the dam leaks": CONTENT}
    assert len(_decode(text, {"Holt": SOURCE, "the dam leaks": CONTENT}, {"said": takes, "wrote": takes})) == 1


def test_a_quotation_goes_on_after_its_tag_and_over_paragraphs_until_it_closes() -> None:
    text = "“The dam leaks,” Holt said. “It will fall soon.\n“Nobody listens to us.”\n“I was never there,” read a sign."
    [found] = _decode(
        text,
        {"“The dam leaks,”": CONTENT, "Holt": SOURCE},
        {"said": {"Holt": SOURCE, "“The dam leaks,”": CONTENT}},
    )
    assert [_words(text, c) for c in found.content] == [
        "“The dam leaks,”",
        "“It will fall soon.",
        "“Nobody listens to us.”",
    ]


def test_no_words_make_no_attributions() -> None:
    assert _decode("", {}, {}) == ()


def test_a_cue_inside_another_s_content_makes_no_attribution_beside_it() -> None:
    text = "Holt said Lund denied it fell."
    found = _decode(
        text,
        {"Holt": SOURCE, "Lund denied it fell": CONTENT},
        {
            "said": {"Holt": SOURCE, "Lund denied it fell": CONTENT},
            "denied": {"Lund": SOURCE, "it fell": CONTENT},
        },
    )
    assert [_words(text, f.cue) for f in found] == ["said"]


def test_a_passage_goes_to_the_cue_that_has_no_other() -> None:
    text = "“The dam leaks,” said Holt. “It fell,” said Lund."
    first, second = _decode(
        text,
        {"“The dam leaks,”": CONTENT, "“It fell,”": CONTENT, "Holt": SOURCE, "Lund": SOURCE},
        {
            "said Holt": {"“The dam leaks,”": CONTENT, "“It fell,”": CONTENT},
            "said Lund": {"Lund": SOURCE, "“It fell,”": CONTENT},
        },
    )
    assert [_words(text, c) for c in first.content] == ["“The dam leaks,”"]
    assert [_words(text, c) for c in second.content] == ["“It fell,”"]
