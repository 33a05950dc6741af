"""Sources cut short: the rest of the noun phrase that a span-finder left out ('Fidonet' of 'a Fidonet posting')."""

from bisect import bisect_left
from collections.abc import Sequence

from bot.analysis.grammar import load_grammar
from bot.analysis.nouns import Sense, load_nouns
from bot.analysis.parsing import Article, Token
from bot.document import Span

_MOST_ADDED = 5
_LEADS_ON = frozenset({"by", "from", "of", "for", "at"})
_NO_HEAD = frozenset({Sense.GROUP, Sense.UNKNOWN})


def complete_source(article: Article, source: Span, cue: Span | None) -> Span:
    """The source up to the head of its noun phrase: over a noun that follows it, over 's and what is owned.

    A determiner alone takes the noun after it even where that was taken for the cue ("The | statement").
    """
    sentence = article.sentence_at(source.start)
    if sentence is None:
        return source
    if cue is not None and source.start < cue.start < source.end:
        source = Span(start=source.start, end=cue.start)  # "officials announced Wednesday at" holds its own cue
    tokens = sentence.tokens
    first, end = (bisect_left(tokens, at, key=lambda t: t.start) for at in (source.start, source.end))
    last = end - 1
    if last < first:
        return source
    if cue is None and last + 1 < len(tokens) and tokens[last + 1].low == "'s":
        return source
    if last > first and tokens[last].low in _LEADS_ON:
        named = _capital_run(tokens, last + 1)
        return source if named is None else Span(start=source.start, end=tokens[named].end)
    bare = first == last and tokens[last].low in load_grammar().determiners
    head = _head_after(tokens, last + 1, cue if not bare else None)
    return source if head is None else Span(start=source.start, end=max(source.end, tokens[head].end))


def _capital_run(tokens: Sequence[Token], i: int) -> int | None:
    """Index of the last of the capitalised words from `i` on, an article aside ("by | the Daily Example")."""
    start = i + (i < len(tokens) and tokens[i].low == "the")
    end = start
    while end < len(tokens) and (tokens[end].text[0].isupper() or (end > start and _joins(tokens, end))):
        end += 1
    return end - 1 if end > start else None


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Whether a mark or small word joins two words of one name ("News!" aside, "Board of Trade")."""
    return tokens[at].low in {"!", "of", "&"} and at + 1 < len(tokens) and tokens[at + 1].text[0].isupper()


def _head_after(tokens: Sequence[Token], i: int, cue: Span | None) -> int | None:
    """Index of the head noun that the phrase before `i` still lacks, or None."""
    if i < len(tokens) and tokens[i].low == "'s":
        i += 1
    head: int | None = None
    for n in range(i, min(len(tokens), i + _MOST_ADDED)):
        token = tokens[n]
        inside_cue = cue is not None and cue.start <= token.start < cue.end
        if inside_cue or not _inside_phrase(tokens, n):
            break
        sense = load_nouns().listed(token.low)
        if sense is not None and sense not in _NO_HEAD:
            head = n
    while head is not None and head + 1 < len(tokens) and tokens[head + 1].text[0].isupper():
        head += 1  # "the news agency | Example Press"
    return head


def _inside_phrase(tokens: Sequence[Token], n: int) -> bool:
    token, grammar = tokens[n], load_grammar()
    if not token.text[0].isalpha() or token.quoted != tokens[n - 1].quoted:
        return False
    closed = (
        grammar.determiners, grammar.prepositions, grammar.subordinators, grammar.coordinators, grammar.auxiliaries,
        grammar.adverbs, grammar.connectives,
    )  # fmt: skip
    return not any(token.low in words for words in closed) and not grammar.finite(tokens, n)
