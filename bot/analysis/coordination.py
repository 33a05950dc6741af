"""Where a sentence falls into coordinate clauses, as far as word forms tell."""

from collections.abc import Sequence

from bot.analysis.grammar import Grammar
from bot.analysis.parsing import Token

_JOINING = frozenset({"and", "but", "while", "though", "although", "whereas", "so", "yet"})
_LONGEST_SUBJECT = 12  # tokens
_SHORTEST_CLAUSE = 3  # tokens


def clause_around(tokens: Sequence[Token], at: int, grammar: Grammar) -> tuple[int, int]:
    """Half-open token range of the finite clause around token `at`: cut at semicolons and at coordinated clauses."""
    first, last = 0, len(tokens)
    for i in clause_breaks(tokens, grammar):
        if i <= at:
            first = i
        elif i > at + 2:
            last = min(last, i)
    return first, last


def clause_breaks(tokens: Sequence[Token], grammar: Grammar) -> list[int]:
    """Token indexes where a new coordinate clause begins: after ';', or at ', and|but|while' + subject + finite verb.

    Both sides must hold a finite verb, so that coordinated noun phrases stay whole.
    """
    breaks: list[int] = []
    start = 0
    for i, token in enumerate(tokens):
        comma = i > 0 and tokens[i - 1].text in {",", "—", "–"}
        joins = token.low in _JOINING and (comma or token.low == "but")
        if not (joins or token.text == ";") or i + 2 >= len(tokens) or i - start <= _SHORTEST_CLAUSE:
            continue
        if grammar.has_finite(tokens[start:i]) and _opens_clause(tokens[i + 1 :], grammar):
            breaks.append(i)
            start = i
    return breaks


def _opens_clause(tokens: Sequence[Token], grammar: Grammar) -> bool:
    """Whether a run of tokens starts with a subject that a finite verb follows soon."""
    if not tokens or grammar.finite(tokens, 0):
        return False
    for i in range(1, min(len(tokens), _LONGEST_SUBJECT)):
        if i == 1 and tokens[i].text in {",", ";", ":"}:
            return False
        if grammar.finite(tokens, i):
            return True
    return False
