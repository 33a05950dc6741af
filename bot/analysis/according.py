"""Attributions that word forms give away where the tagger missed them.

“According to X, ...”, “..., per X” and a telling at the end of its sentence: “..., a copy of the contract shows.”
"""

from collections.abc import Iterator, Sequence

from bot.analysis.attributions import CueClass, FoundAttribution, cue_forms
from bot.analysis.coordination import clause_around
from bot.analysis.grammar import load_grammar
from bot.analysis.noun_phrases import phrase_after
from bot.analysis.nouns import Sense, load_nouns
from bot.analysis.parsing import Article, Sentence, Token
from bot.analysis.span_index import SpanIndex
from bot.document import Span

_OUTER = ",:;—–-."
_FEWEST = 3  # tokens that make a content before the cue
_LONGEST_TAG = 14  # tokens
_RELATIVES = frozenset({"who", "which", "that", "what", "i", "we", "you", "he", "she", "it", "they"})


def find_according(article: Article, others: Sequence[FoundAttribution]) -> Iterator[FoundAttribution]:
    """An attribution for each such cue outside quotations and outside the spans of `others`, in text order."""
    taken = [s for o in others for s in (o.source, o.cue, *o.content) if s is not None]
    index = SpanIndex(enumerate(taken))
    for sentence in article.sentences:
        tokens = sentence.tokens
        near = [taken[n] for n in index.overlapping(sentence.span)]
        for i in range(len(tokens) - 2):
            width = _cue_width(tokens, i)
            if width and not any(t.overlaps(Span(start=tokens[i].start, end=tokens[i].end)) for t in near):
                found = _read(sentence, i, i + width)
                if found is not None:
                    yield found
        tag = _read_tag(sentence)
        if tag is not None and not any(t.overlaps(s) for t in near for s in (tag.cue, *tag.content) if s is not None):
            yield tag


def _cue_width(tokens: Sequence[Token], i: int) -> int:
    """How many tokens from `i` on are a cue: "according to", or "per" behind a comma."""
    if tokens[i].quoted:
        return 0
    if tokens[i].low == "according":
        return 2 * (tokens[i + 1].low == "to")
    return int(tokens[i].low == "per" and i > 0 and tokens[i - 1].text == ",")


def _read(sentence: Sentence, at: int, after: int) -> FoundAttribution | None:
    """The attribution whose cue is the tokens from `at` up to `after`."""
    tokens, grammar = sentence.tokens, load_grammar()
    end = phrase_after(tokens, after, grammar)
    if end + 1 < len(tokens) and tokens[end + 1].text in _OUTER and load_nouns().listed(tokens[end].low) is not None:
        end += 1  # "per property | records": a plural that could be a verb elsewhere
    first, last = clause_around(tokens, at, grammar)
    content = _span(tokens, first, at) if at - first >= _FEWEST else _span(tokens, end, last)
    source, cue = _span(tokens, after, end), Span(start=tokens[at].start, end=tokens[after - 1].end)
    if content is None or source is None:
        return None
    return FoundAttribution(source=source, cue=cue, content=(content,), cue_class=CueClass.ACCORDING)


def _read_tag(sentence: Sentence) -> FoundAttribution | None:
    """The telling behind the last comma of the sentence whose subject is a record: "..., the figures show."."""
    tokens = sentence.tokens
    last = len(tokens) - 1
    while last > 0 and tokens[last].text in _OUTER:
        last -= 1
    comma = max((i for i in range(last) if tokens[i].text == ","), default=0)
    first = comma + 1 + (tokens[comma + 1].low == "as") if comma + 1 < last else last
    if not 0 < last - first <= _LONGEST_TAG or any(t.quoted for t in tokens[first:]) or not _tells(tokens[last].low):
        return None
    record = any(load_nouns().listed(t.low) is Sense.RECORD for t in _head_phrase(tokens[first:last]))
    content, source = _span(tokens, 0, comma), _span(tokens, first, last)
    if not record or content is None or source is None or not load_grammar().has_finite(tokens[:comma]):
        return None
    cue = Span(start=tokens[last].start, end=tokens[last].end)
    return FoundAttribution(source=source, cue=cue, content=(content,), cue_class=CueClass.SHOW)


def _tells(word: str) -> bool:
    return not word.endswith("ing") and cue_forms().get(word) in {CueClass.SAY, CueClass.SHOW}


def _head_phrase(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words up to what is said of their noun: "council figures | released to the Courier"; none in a clause."""
    grammar = load_grammar()
    closed = grammar.subordinators | grammar.coordinators | grammar.auxiliaries
    if any(t.low in closed or t.low in _RELATIVES for t in tokens):
        return ()
    end = next((i for i, t in enumerate(tokens) if t.low in grammar.prepositions), len(tokens))
    return tokens[:end]


def _span(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    coordinators = load_grammar().coordinators
    while first < last and (tokens[first].text in _OUTER or tokens[first].low in coordinators):
        first += 1
    while last > first and tokens[last - 1].text in _OUTER:
        last -= 1
    return Span(start=tokens[first].start, end=tokens[last - 1].end) if first < last else None
