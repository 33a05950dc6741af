"""The trees that come with a reading: what they say of plain sentences, and that they are trees whatever the text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analysis.parsing import Article, parse_article
from bot.analysis.syntax import Node, Tree
from bot.analysis.tagger.model import load_tagger
from bot.analysis.tagger.syntax_head import LABEL, LABELS, SYNTAX_WIDTH, SyntaxHead, choose_heads
from bot.document import Document, Paragraph, Role, Span
from bot.sentences import find_sentences


def _article(text: str) -> Article:
    paragraphs, at = [], 0
    for line in text.splitlines(keepends=True):
        start, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        at += len(line)
        if start < end:
            sentences = find_sentences(text, start, end)
            paragraphs.append(Paragraph(span=Span(start=start, end=end), role=Role.BODY, sentences=sentences))
    return parse_article(Document(text=text, paragraphs=tuple(paragraphs)))


def _read(text: str) -> dict[str, tuple[Node, str]]:
    """The node of each word of a one-sentence text, and the word that heads it."""
    article = _article(text)
    (sentence,), (tree,) = article.sentences, load_tagger().read(article).trees
    words = [token.low for token in sentence.tokens]
    return {word: (node, words[node.head]) for word, node in zip(words, tree.nodes, strict=True)}


def _is_well_formed(tree: Tree) -> bool:
    roots = [at for at, node in enumerate(tree.nodes) if node.head == at]
    return len(roots) == 1 and tree.under(roots[0]) == tuple(range(len(tree.nodes)))


@pytest.mark.parametrize(
    ("text", "word", "label", "head"),
    [
        ("The minister opened the new bridge on Monday.", "minister", "nsubj", "opened"),
        ("The minister opened the new bridge on Monday.", "bridge", "dobj", "opened"),
        ("The minister opened the new bridge on Monday.", "new", "amod", "bridge"),
        ("The bridge was opened by the minister.", "bridge", "nsubjpass", "opened"),
        ("The bridge was opened by the minister.", "was", "auxpass", "opened"),
        ("The nurse who treated him left the ward at noon.", "treated", "relcl", "nurse"),
        ("The company, which employs 300 people, will close its plant.", "employs", "relcl", "company"),
        ("The company, which employs 300 people, will close its plant.", "company", "nsubj", "close"),
        ("The finance minister, Anna Lund, told the press nothing.", "lund", "appos", "minister"),
        ("The firm cut prices and hired two engineers.", "hired", "conj", "cut"),
        ("The spokesman said the plant would close in June.", "close", "ccomp", "said"),
        ("The spokesman said the plant would close in June.", "plant", "nsubj", "close"),
        ("The council did not approve the budget.", "not", "neg", "approve"),
        ("The council didn't approve the budget.", "n't", "neg", "approve"),
    ],
)
def test_a_plain_sentence_is_parsed_as_a_grammar_book_would(text: str, word: str, label: str, head: str) -> None:
    node, above = _read(text)[word]

    assert (node.label, above) == (label, head)


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("The bridge was opened by the minister.", "opened", "VBN"),
        ("The minister opened the bridge.", "opened", "VBD"),
        ("She will leave on Friday.", "will", "MD"),
        ("She has a strong will.", "will", "NN"),
    ],
)
def test_tags_tell_forms_that_look_alike(text: str, word: str, tag: str) -> None:
    assert _read(text)[word][0].tag == tag


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("Maria Petrova told reporters that the talks had failed.", ("maria", "petrova"), "PERSON"),
        ("The World Health Organization published the figures in Geneva.", ("world", "health", "organization"), "ORG"),
        ("The World Health Organization published the figures in Geneva.", ("geneva",), "PLACE"),
    ],
)
def test_named_things_are_marked_from_their_first_word(text: str, words: tuple[str, ...], entity: str) -> None:
    nodes = [_read(text)[word][0] for word in words]

    assert [node.entity for node in nodes] == [entity] * len(words)
    assert not any(node.begins for node in nodes[1:])


def test_sentences_and_trees_go_together() -> None:
    article = _article("The mayor resigned. Nobody asked why.\n\nHis deputy, Tom Hale, took over on Sunday.")

    trees = load_tagger().read(article).trees

    assert [len(tree.nodes) for tree in trees] == [len(sentence.tokens) for sentence in article.sentences]


def test_one_reading_gives_the_same_spans_as_tagging_alone() -> None:
    article = _article("The plant will close in June, according to the union.")
    tagger = load_tagger()

    assert tagger.read(article).spans == tagger.tag(article)
    assert tagger.read(article).spans


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_gets_one_well_formed_tree_a_sentence(text: str) -> None:
    article = _article(text)

    trees = load_tagger().read(article).trees

    assert [len(tree.nodes) for tree in trees] == [len(sentence.tokens) for sentence in article.sentences]
    assert all(_is_well_formed(tree) for tree in trees)


def test_a_list_without_end_is_one_tree() -> None:
    article = _article(", ".join(f"item{n}" for n in range(700)))

    trees = load_tagger().read(article).trees

    assert len(trees[0].nodes) == 1399
    assert all(_is_well_formed(tree) for tree in trees)


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_whatever_the_scores_heads_lead_to_one_root(size: int, seed: int) -> None:
    arcs = np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32)

    heads = choose_heads(arcs).tolist()

    assert sum(head == at for at, head in enumerate(heads)) == 1
    for at in range(size):
        trail = at
        for _ in range(size):
            trail = heads[trail]
        assert heads[trail] == trail


def test_a_cycle_opens_where_the_loss_is_least() -> None:
    # 0 is the root; 1 and 2 want each other, and 2 nearly as much the root.
    arcs = np.array([[9, 0, 0], [1, 0, 5], [4, 5, 0]], dtype=np.float32)

    assert choose_heads(arcs).tolist() == [0, 2, 0]


def test_a_label_depends_on_the_head_and_only_the_root_is_called_root() -> None:
    out = np.zeros((LABEL, len(LABELS)), dtype=np.float32)
    out[0, LABELS.index("nsubj")] = 1
    bias = np.zeros(len(LABELS), dtype=np.float32)
    bias[LABELS.index("ROOT")] = 99
    rows = np.zeros((2, SYNTAX_WIDTH), dtype=np.float32)
    rows[:, -LABEL] = 5  # as head, in the first hidden column

    tree = SyntaxHead(out=out, bias=bias).parse(rows)

    assert sorted(node.label for node in tree.nodes) == ["ROOT", "nsubj"]
