"""Where a speaking noun phrase begins and ends, appositions and relative clauses included."""

from collections.abc import Sequence

from bot.analysis.grammar import Grammar
from bot.analysis.lexicon import load_lexicon
from bot.analysis.parsing import Token

_STOPS = frozenset({";", ":", "(", ")", '"', "“", "”", "—", "–", "?", "!", "''"})
_MARKS = frozenset({'"', "“", "”", "''", "'", "’", "‘"})


def phrase_before(tokens: Sequence[Token], stop: int, grammar: Grammar) -> tuple[int, int]:
    """Token range [first, last) of the subject that ends right before the verb at `stop`; empty if there is none.

    "Scissors, who consults with officials, (said)" and "Bruce Jones, one of the analysts (told)" are taken whole;
    "the plan was dropped, the company (said)" gives "the company".
    """
    last = stop
    while last > 0 and (tokens[last - 1].low in grammar.adverbs or tokens[last - 1].low in grammar.auxiliaries - {"'s"}):
        last -= 1
    comma_before = last > 0 and tokens[last - 1].text == ","
    if comma_before:
        last -= 1
        aside = last
        while aside > 0 and tokens[aside - 1].text not in {",", *_STOPS} and last - aside < 5:
            aside -= 1
        if aside > 0 and tokens[aside - 1].text == "," and _is_aside(tokens[aside:last], grammar):
            last = aside - 1
    start = last
    while start > 0 and tokens[start - 1].text not in _STOPS and not tokens[start - 1].quoted:
        start -= 1
    chunks = _chunks(tokens, start, last)
    if not chunks:
        return stop, stop
    first = _first_chunk(tokens, chunks, grammar, closing_comma=comma_before)
    return _strip_left(tokens, first, last, grammar)


def _is_aside(tokens: Sequence[Token], grammar: Grammar) -> bool:
    return bool(tokens) and all(t.low in grammar.connectives | grammar.adverbs | {"for", "his", "her", "part", "though"} for t in tokens)


def _chunks(tokens: Sequence[Token], start: int, last: int) -> list[tuple[int, int]]:
    chunks: list[tuple[int, int]] = []
    left = start
    for i in range(start, last):
        if tokens[i].text == ",":
            chunks.append((left, i))
            left = i + 1
    chunks.append((left, last))
    return [c for c in chunks if c[0] < c[1]]


def _first_chunk(tokens: Sequence[Token], chunks: list[tuple[int, int]], grammar: Grammar, *, closing_comma: bool) -> int:
    n = len(chunks) - 1
    while n > 0:
        left, right = chunks[n]
        before = chunks[n - 1]
        head = tokens[left].low
        apposed = head in {"a", "an", "the", "one", "who", "whose", "which", "of", "jr", "jr.", "sr.", "chief", "former"} or (
            closing_comma and n == len(chunks) - 1
        ) or tokens[left].text[0].isdigit() or n < len(chunks) - 1
        named = tokens[before[1] - 1].text[:1].isupper() or tokens[before[0]].low in grammar.determiners or tokens[before[1] - 1].text[0].isdigit()
        plain = not grammar.has_finite(tokens[before[0] : before[1]]) or tokens[before[0]].low in {"who", "whose", "which"}
        adverbial = tokens[before[0]].low in grammar.prepositions | grammar.connectives
        if head in {"who", "whose", "which"} or (apposed and named and plain and not adverbial and _short_name(tokens, before)):
            n -= 1
        else:
            break
    return chunks[n][0]


def _short_name(tokens: Sequence[Token], chunk: tuple[int, int]) -> bool:
    return chunk[1] - chunk[0] <= 12 and tokens[chunk[0]].low not in {"and", "but"}


def _strip_left(tokens: Sequence[Token], first: int, last: int, grammar: Grammar) -> tuple[int, int]:
    """Drop what stands before the subject: connectives, adverbials, and clauses with verbs of their own."""
    days = load_lexicon("grammar")["month_day"]
    openers = grammar.connectives | grammar.subordinators | grammar.coordinators
    relative = next((i for i in range(first + 1, last) if tokens[i].low in {"who", "whose", "which"}), last)
    for i in range(relative - 1, first - 1, -1):
        if grammar.finite(tokens, i) or (tokens[i].low in grammar.subordinators | {"but"} and i > first):
            first = i + 1
            break
    for i in range(relative - 1, first, -1):
        if tokens[i].low == "and" and tokens[i + 1].low in grammar.determiners and i + 1 < relative and i - first > 3:
            first = i + 1
            break
    while first < last and tokens[first].low in openers | {"'"} and tokens[first].low not in {"one", "both"}:
        first += 1
    if first < last and tokens[first].low in grammar.prepositions - {"like"}:
        name = next((i for i in range(last - 1, first, -1) if tokens[i].low in grammar.prepositions or tokens[i].low in days), first)
        first = min(name + 1, last)
        while first < last - 1 and not (tokens[first].text[:1].isupper() or tokens[first].low in grammar.determiners):
            first += 1
    if first < last and tokens[first].low in grammar.auxiliaries:
        return last, last
    return (first, last) if any(t.text[0].isalnum() for t in tokens[first:last]) else (last, last)


def phrase_after(tokens: Sequence[Token], start: int, grammar: Grammar) -> int:
    """Token index where the noun phrase that starts at `start` ends ("said Derek Scissors, a China scholar with ...").

    Appositions after a comma belong to it; a coordinated clause, a participle or a new sentence part do not.
    """
    i = start
    while i < len(tokens):
        token = tokens[i]
        if token.text in _STOPS or token.text in {".", "..."} or token.text in _MARKS - {"'", "’"}:
            break
        if token.text == ",":
            if not _apposition(tokens, i + 1, grammar):
                break
        elif i > start and token.low in {"that", "after", "before", "when", "while", "because", "but", "as", "during", "since", "adding", "noting", "saying"}:
            break
        elif i > start and token.low in {"who", "which", "whose"}:
            i = _relative_end(tokens, i)
            continue
        elif i > start and grammar.finite(tokens, i) and not any(t.low in {"who", "which"} for t in tokens[start:i]):
            break
        elif i > start and token.low in {"on", "in", "at"} and i + 1 < len(tokens) and _time_or_medium(tokens, i + 1):
            break
        elif i > start and token.low in load_lexicon("grammar")["month_day"] - {"may", "march", "this", "last", "week", "month", "year", "sun", "second"} and tokens[i - 1].low != "the":
            break
        i += 1
    while i > start and tokens[i - 1].text in {",", "'"}:
        i -= 1
    return i


def _time_or_medium(tokens: Sequence[Token], i: int) -> bool:
    names = load_lexicon("grammar")["month_day"] | load_lexicon("cues")["medium"]
    return any(t.low in names for t in tokens[i : i + 3])


def _relative_end(tokens: Sequence[Token], i: int) -> int:
    while i < len(tokens) and tokens[i].text not in {",", ".", ";", '"', "“"}:
        i += 1
    return i


def _apposition(tokens: Sequence[Token], i: int, grammar: Grammar) -> bool:
    if i >= len(tokens):
        return False
    low = tokens[i].low
    if low in {"who", "whose", "which"}:
        return True
    end = next((n for n in range(i, len(tokens)) if tokens[n].text in {",", ".", ";", '"', "“"}), len(tokens))
    run = tokens[i:end]
    if grammar.has_finite(run) or not run:
        return False
    return low in {"a", "an", "the", "one", "chief", "former", "head", "jr.", "director", "president", "chairman", "spokesman", "spokeswoman"} or (
        tokens[i].text[0].isdigit() or (len(run) <= 8 and run[0].text[:1].islower() and not run[0].low.endswith("ing") and low not in grammar.prepositions | grammar.coordinators)
        or (run[0].text[:1].isupper() and len(run) <= 10 and tokens[i - 2].text[:1].isupper())
    )
