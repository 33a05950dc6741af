"""Labels of another parser's tokens, carried over to this project's."""

from bot.analysis.tagger.features import build_pieces
from bot.analysis.tagger.syntax_head import ENTITIES, LABELS, TAGS
from bot.analysis.tagger.vocabulary import load_wordpiece
from tests.bot.analysis.articles import parse
from training.syntax_labels import UNKNOWN, Grammar, SilverToken, label_grammar


def _carry(text: str, silver: list[SilverToken]) -> Grammar:
    article = parse(text)
    return label_grammar(article, build_pieces(text, article.document.paragraphs, load_wordpiece()), silver)


def test_a_token_of_several_takes_the_labels_of_the_one_that_heads_them() -> None:
    grammar = _carry(
        "Well-known cooks",
        [
            SilverToken(0, 4, "RB", "advmod", 2, "O"),
            SilverToken(4, 5, "HYPH", "punct", 2, "O"),
            SilverToken(5, 10, "VBN", "amod", 3, "O"),
            SilverToken(11, 16, "NNS", "ROOT", 3, "B-PERSON"),
        ],
    )

    assert [TAGS[n] for n in grammar.tags] == ["VBN", "NNS"]
    assert [LABELS[n] for n in grammar.labels] == ["amod", "ROOT"]
    assert grammar.heads.tolist() == [1, 1]
    assert [ENTITIES[n] for n in grammar.entities] == ["O", "B-PERSON"]


def test_the_further_part_of_a_split_token_hangs_on_its_first() -> None:
    grammar = _carry("In Sept. alone", [
        SilverToken(0, 2, "IN", "ROOT", 0, "O"),
        SilverToken(3, 8, "NNP", "pobj", 0, "B-DATE"),
        SilverToken(9, 14, "RB", "advmod", 1, "O"),
    ])  # fmt: skip

    assert grammar.heads.tolist() == [0, 0, 1, 1]
    assert grammar.tags[2] == UNKNOWN
    assert LABELS[grammar.labels[2]] == "punct"


def test_a_negation_is_read_at_a_piece_of_its_own() -> None:
    grammar = _carry("We didn't", [
        SilverToken(0, 2, "PRP", "nsubj", 1, "O"),
        SilverToken(3, 6, "VBD", "ROOT", 1, "O"),
        SilverToken(6, 9, "RB", "neg", 1, "O"),
    ])  # fmt: skip

    assert len(set(grammar.pieces.tolist())) == 3


def test_a_head_in_another_sentence_is_unknown() -> None:
    grammar = _carry("He left. She stayed.", [
        SilverToken(0, 2, "PRP", "nsubj", 1, "O"),
        SilverToken(3, 7, "VBD", "ROOT", 1, "O"),
        SilverToken(7, 8, ".", "punct", 1, "O"),
        SilverToken(9, 12, "PRP", "nsubj", 1, "O"),
        SilverToken(13, 19, "VBD", "conj", 1, "O"),
        SilverToken(19, 20, ".", "punct", 4, "O"),
    ])  # fmt: skip

    assert grammar.heads.tolist() == [1, 1, 1, UNKNOWN, UNKNOWN, 4]
