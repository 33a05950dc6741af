"""A claim in words that stand alone: hedges kept, pronouns and short names resolved, the attribution left out."""

import re

from bot.analysis.assertions import Assertion
from bot.analysis.cast import Cast, Speaker
from bot.analysis.parsing import Article, Token
from bot.analysis.syntax import Tree
from bot.document import Span

_QUOTES = frozenset({'"', "“", "”", "''", "``"})
_OPENERS = frozenset({"but", "and", "so", "however", "meanwhile", "also", "yet", "then", "still", "nevertheless", "that", "though", "moreover", "furthermore",
                      "additionally", "instead", "indeed", "because", "while", "although", "whereas", "or", ",", "sadly", "now", "first", "finally", "in addition"})
_FIRST_SINGULAR = {"i": "{}", "me": "{}", "my": "{}'s", "mine": "{}'s", "myself": "{}"}
_FIRST_PLURAL = {"we": "{}", "us": "{}", "our": "{}'s", "ours": "{}'s"}
_POSSESSIVE = frozenset({"his", "its", "their"})
_AGREEMENT = {"am": "is", "'m": "is", "'ve": "has", "have": "has", "are": "is", "'re": "is", "were": "were", "do": "does"}
_NO_SPACE_BEFORE = frozenset({",", ".", ";", ":", "?", "!", ")", "]", "%", "'s", "’s", "'", "’", "n't", "n’t", "'re", "'ve", "'ll", "'d", "'m", "”"})


def phrase_claim(article: Article, assertion: Assertion, tree: Tree, *, speaker: Speaker | None, cast: Cast) -> str:
    """The assertion as one sentence that needs no context. No content words are added but resolved names."""
    clause = assertion.clause
    words = _words(assertion, tree, speaker, cast)
    text = "".join(words).strip(" ,;:—–-")
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,.;:?!)\]])", r"\1", text)
    text = re.sub(r",(?=[.?!]?$)|,(?=,)", "", text)
    text = text.rstrip(" .,;:—–-") or article.same_words(clause.span)
    return text[:1].upper() + text[1:] + "."


def _words(assertion: Assertion, tree: Tree, speaker: Speaker | None, cast: Cast) -> list[str]:
    clause = assertion.clause
    tokens = clause.sentence.tokens
    first = clause.first
    while first < clause.head and (tokens[first].low in _OPENERS or tokens[first].text in _QUOTES):
        first += 1
    named: set[str] = set()
    words: list[str] = []
    relative = clause.antecedent is not None
    for at in range(first, clause.last):
        token = tokens[at]
        if token.text in _QUOTES:
            words.append(_gap(clause.sentence.tokens, at))
            continue
        said = None
        if relative and tree.nodes[at].tag in {"WDT", "WP", "WP$"}:
            said = _antecedent(assertion, tree, possessive=tree.nodes[at].tag == "WP$")
            relative = said is None
        said = said or _replacement(token, at, tree, speaker, cast, named)
        words.append((said if said is not None else token.text) + _gap(tokens, at))
    return words


def _gap(tokens: tuple[Token, ...], at: int) -> str:
    return " " if at + 1 < len(tokens) and tokens[at + 1].start > tokens[at].end else ""


def _antecedent(assertion: Assertion, tree: Tree, *, possessive: bool) -> str | None:
    """The noun phrase that a relative pronoun stands for, without its own relative clause."""
    clause = assertion.clause
    if clause.antecedent is None:
        return None
    under = [i for i in tree.under(clause.antecedent, without=frozenset({"relcl", "appos", "acl", "punct"})) if i < clause.first]
    if not under:
        return None
    tokens = clause.sentence.tokens
    span = Span(start=tokens[min(under)].start, end=tokens[max(under)].end)
    return " ".join(t.text for t in tokens[min(under) : max(under) + 1] if span.start <= t.start) + ("'s" if possessive else "")


def _replacement(token: Token, at: int, tree: Tree, speaker: Speaker | None, cast: Cast, named: set[str]) -> str | None:
    """What to say instead of the token: the full name for a pronoun or surname on its first use here."""
    tag = tree.nodes[at].tag
    if token.quoted and speaker is not None and tag in {"PRP", "PRP$"}:
        pattern = _FIRST_SINGULAR.get(token.low) or _FIRST_PLURAL.get(token.low)
        if pattern is not None:
            return _once(pattern.format(speaker.name), token, speaker.name, named)
    if tag not in {"PRP", "PRP$", "NNP"}:
        return None
    meant = cast.resolve(Span(start=token.start, end=token.end))
    if meant is None or meant.lower() == token.low or meant in named:
        if meant is not None and tag == "NNP":
            named.add(meant)
        return None
    named.add(meant)
    if tag == "PRP$":
        return f"{meant}'s"
    if tag == "NNP" and not _is_lone_surname(token, at, tree, meant):
        return None
    return meant


def _once(text: str, token: Token, name: str, named: set[str]) -> str:
    named.add(name)
    return text


def _is_lone_surname(token: Token, at: int, tree: Tree, meant: str) -> bool:
    """Whether the token alone stands for the full name: "Esper", not the last word of "Mark Esper"."""
    node = tree.nodes[at]
    if node.label == "compound":
        return False
    if any(tree.nodes[c].label == "compound" and tree.nodes[c].tag == "NNP" for c in tree.children[at]):
        return False
    return meant.split()[-1].lower() == token.low
