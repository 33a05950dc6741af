import json
from importlib.resources import files

import pytest

from bot.analysis.tagger.vocabulary import load_wordpiece
from bot.analysis.tagger.wordpiece import WordPiece
from tests.evaluation.parts import SHARED

_TINY = {"[UNK]": 0, "un": 1, "##said": 2, "said": 3, "cafe": 4, ".": 5, "$": 6, "5": 7, "中": 8, "##s": 9}


def _cut(wordpiece: WordPiece, text: str) -> list[tuple[int, int, int]]:
    return [
        (number, places[start], places[end - 1] + 1)
        for word, places in wordpiece.words(text)
        for number, start, end in wordpiece.pieces(word)
    ]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Unsaid.", [(1, 0, 2), (2, 2, 6), (5, 6, 7)]),
        ("Café said", [(4, 0, 4), (3, 5, 9)]),
        ("Cafe\u0301", [(4, 0, 4)]),
        ("$5", [(6, 0, 1), (7, 1, 2)]),
        ("5中5", [(7, 0, 1), (8, 1, 2), (7, 2, 3)]),
        ("xyz", [(0, 0, 3)]),
        ("sa\u200bid", [(3, 0, 5)]),
        ("\t said\n", [(3, 2, 6)]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_pieces_that_keep_their_offsets(text: str, pieces: list[tuple[int, int, int]]) -> None:
    assert _cut(WordPiece(ids=_TINY), text) == pieces


def test_a_word_of_more_than_a_hundred_characters_is_unknown() -> None:
    wordpiece = WordPiece(ids={"[UNK]": 0, "a": 1, "##a": 2})
    assert [number for number, _, _ in _cut(wordpiece, "a" * 100)] == [1, *[2] * 99]
    assert _cut(wordpiece, "a" * 101) == [(0, 0, 101)]


def test_the_same_word_is_cut_the_same_way_twice() -> None:
    wordpiece = WordPiece(ids=_TINY)
    assert _cut(wordpiece, "unsaid unsaid")[:2] == _cut(wordpiece, "unsaid")


def test_pieces_equal_those_of_the_reference_tokenizer_on_the_whole_development_text() -> None:
    tokenizers = pytest.importorskip("tokenizers", reason="the reference tokenizer comes with the extra 'train'")
    corpus = SHARED / "polnear" / "dev.jsonl"
    if not corpus.is_file():
        pytest.skip("the attribution corpus does not lie beside this checkout")
    vocabulary = str(files("bot.analysis.tagger") / "vocab.txt")
    reference = tokenizers.BertWordPieceTokenizer(vocabulary, lowercase=True)
    wordpiece = load_wordpiece()
    with corpus.open(encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            expected = reference.encode(text, add_special_tokens=False)
            assert _cut(wordpiece, text) == [
                (number, *offsets) for number, offsets in zip(expected.ids, expected.offsets, strict=True)
            ]
