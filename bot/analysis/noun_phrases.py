"""Where a noun phrase that speaks begins and ends, inside one clause, as far as word forms tell."""

from collections.abc import Sequence

from bot.analysis.grammar import Grammar
from bot.analysis.lexicon import load_lexicon
from bot.analysis.parsing import Token

_ENDS = frozenset({";", ":", "(", ")", '"', "“", "”", "—", "–", "?", "!", "''", ".", "...", ","})
_CONNECTS = frozenset(
    {"that", "after", "before", "when", "while", "because", "but", "as", "during", "since", "who", "which"}
)


def phrase_before(tokens: Sequence[Token], stop: int, grammar: Grammar) -> tuple[int, int]:
    """Token range [first, last) of the subject that ends right before the verb at `stop`; empty if there is none.

    "that two of the doctors (said)" gives "two of the doctors".
    """
    last = stop
    while last > 0 and tokens[last - 1].low in grammar.adverbs | grammar.auxiliaries - {"'s"}:
        last -= 1
    first = last
    while first > 0 and not _bars(tokens, first - 1, grammar):
        first -= 1
    while first < last and tokens[first].low in grammar.connectives | grammar.subordinators | grammar.coordinators:
        first += 1
    return (first, last) if first < last else (stop, stop)


def phrase_after(tokens: Sequence[Token], start: int, grammar: Grammar) -> int:
    """Token index where the noun phrase that starts at `start` ends ("by (a scholar at the institute) that ...").

    An apposition after a comma is no part of it; nor are a day, a month or the verb that follows.
    """
    end = start
    while end < len(tokens) and not (end > start and _bars(tokens, end, grammar)) and tokens[end].text not in _ENDS:
        end += 1
    days = load_lexicon("grammar")["month_day"]
    while end > start + 1 and (tokens[end - 1].low in days or tokens[end - 1].low in grammar.prepositions):
        end -= 1
    return end


def _bars(tokens: Sequence[Token], i: int, grammar: Grammar) -> bool:
    """Whether token `i` cannot stand inside a noun phrase."""
    return tokens[i].text in _ENDS or tokens[i].low in _CONNECTS or grammar.finite(tokens, i)
