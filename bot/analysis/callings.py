"""What a body or an outlet is called beside its name: "the union Acme", "Acme, the firm that runs it"."""

from collections.abc import Sequence

from bot.analysis.grammar import load_grammar
from bot.analysis.names import Name
from bot.analysis.nouns import Noun, Sense, load_nouns
from bot.analysis.parsing import Sentence, Token

_CALLED = frozenset({Sense.BODY, Sense.OUTLET, Sense.GROUP})
_ARTICLES = frozenset({"a", "an", "the", "one"})
_BE = frozenset({"is", "was"})
_LONGEST = 8  # tokens of a noun phrase up to its head


def read_callings(sentence: Sentence, name: Name) -> frozenset[str]:
    """The singular nouns, lower case, that the words beside one mention call its bearer by; empty for most."""
    if name.title:
        return frozenset()
    tokens, found = sentence.tokens, list[Noun | None]()
    before = tokens[name.first - 1] if name.first else None
    if before is not None and before.text.islower() and _stands_free(tokens, name.first - 1):
        found.append(load_nouns().read_head([before.low]))
    if name.last + 2 < len(tokens) and tokens[name.last].low in {",", *_BE} and tokens[name.last + 1].low in _ARTICLES:
        found.append(_head_from(tokens, name.last + 2, closed=tokens[name.last].low == ","))
    words = [n.word for n in found if n is not None and not n.plural and n.sense in _CALLED]
    return frozenset(form for word in words for form in (word, word.rpartition(" ")[2]))


def _stands_free(tokens: Sequence[Token], i: int) -> bool:
    """Whether the noun at `i` has its own article or modifier, so that it is not the end of something else."""
    return i > 0 and tokens[i - 1].text[0].isalpha() and not load_grammar().finite(tokens, i - 1)


def _head_from(tokens: Sequence[Token], start: int, *, closed: bool) -> Noun | None:
    """The head of the noun phrase whose words begin at `start`; None where it is the subject of a further verb."""
    grammar, end = load_grammar(), start
    while end < len(tokens) and end - start < _LONGEST and _goes_on(tokens, end):
        end += 1
    if end == start or (closed and end < len(tokens) and grammar.finite(tokens, end)):
        return None  # "Acme, the company said,": no apposition
    return load_nouns().read_head([t.low for t in tokens[start:end]])


def _goes_on(tokens: Sequence[Token], i: int) -> bool:
    token, grammar = tokens[i], load_grammar()
    closed = grammar.prepositions | grammar.subordinators | grammar.coordinators | grammar.determiners
    small = token.low in closed or token.low in {"who", "which", "whose", "that"}
    return token.text[0].isalnum() and not small and not grammar.finite(tokens, i)
