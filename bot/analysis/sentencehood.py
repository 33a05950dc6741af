"""Whether the words of a claim are a sentence of their own, or only a piece of one that must be quoted as it stands."""

import re
from collections.abc import Sequence

from lemminflect import getAllLemmas

from bot.analysis.grammar import load_grammar
from bot.analysis.parsing import Article, Sentence, find_tokens
from bot.analysis.syntax import CLAUSAL_SUBJECTS, Tree
from bot.document import Span
from bot.report import Claim

_WORD = re.compile(r"\w+")
_RELATIVE = frozenset({"WP", "WDT", "WP$"})


def is_sentence(article: Article, claim: Claim, trees: Sequence[Tree] = ()) -> bool:
    """Whether the claim has a finite verb with a subject of its own.

    A claim in the article's own words is judged by its sentence's tree; one that was reworded, or that comes without
    trees, by word forms.
    """
    own = _WORD.findall(claim.claim.lower()) == _WORD.findall(claim.quote.text_in(article.text).lower())
    if own and trees:
        return any(_asserts(s, trees[s.index], claim.quote) for s in article.sentences_in(claim.quote))
    return _reads_as_sentence(claim.claim)


def opens_with_name(article: Article, claim: Claim, trees: Sequence[Tree]) -> bool | None:
    """Whether the claim's first word is a proper noun where the claim stands; None where the trees do not tell."""
    first = _WORD.search(claim.claim)
    if first is None or not trees:
        return None
    for place in (claim.quote, *claim.mentions):
        for sentence in article.sentences_in(place):
            for at, token in enumerate(sentence.tokens):
                if token.start >= place.start and token.low == first.group().lower():
                    node = trees[sentence.index].nodes[at]
                    if node.entity:
                        return node.entity != "DATE"
                    joined = sentence.tokens[at + 1 : at + 2]  # "Interior Secretary ..."
                    title = any(t.text[0].isupper() for t in joined)
                    return node.tag.startswith("NNP") and (title or _is_capital(article, token.text))
    return None


def _is_capital(article: Article, word: str) -> bool:
    """Whether a word has its capital inside a sentence too, or is no word of the language without it."""
    inside = re.search(rf"[a-z,]\s{re.escape(word.capitalize())}\b", article.text) is not None
    return inside or not getAllLemmas(word.lower())


def _asserts(sentence: Sentence, tree: Tree, quote: Span) -> bool:
    inside = frozenset(i for i, t in enumerate(sentence.tokens) if quote.start <= t.start < quote.end)
    return any(tree.is_finite(i) and _stands_alone(tree, i, inside) for i in inside)


def _stands_alone(tree: Tree, verb: int, inside: frozenset[int]) -> bool:
    """Whether the verb's clause has its subject in the words `inside`, and no joiner there makes it hang on another."""
    subject = tree.child(verb, CLAUSAL_SUBJECTS)
    if subject is None or subject not in inside or tree.nodes[subject].tag in _RELATIVE:
        return False
    marks = (c for c in tree.children[verb] if tree.nodes[c].label == "mark" or tree.nodes[c].tag == "WRB")
    return not any(mark in inside for mark in marks)


def _reads_as_sentence(words: str) -> bool:
    tokens = tuple(find_tokens(words, Span(start=0, end=len(words))))
    grammar = load_grammar()
    if not tokens or not grammar.has_finite(tokens):
        return False
    return tokens[0].low not in grammar.auxiliaries and not (tokens[0].low in grammar.past_forms and len(tokens) > 1)
