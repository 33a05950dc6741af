"""Attributions by “according to X” that the tagger missed: the cue whose source and content the grammar gives away."""

from collections.abc import Iterator, Sequence

from bot.analysis.attributions import CueClass, FoundAttribution
from bot.analysis.coordination import clause_around
from bot.analysis.grammar import load_grammar
from bot.analysis.noun_phrases import phrase_after
from bot.analysis.parsing import Article, Sentence, Token
from bot.analysis.span_index import SpanIndex
from bot.document import Span

_OUTER = ",:;—–-."
_FEWEST = 3  # tokens that make a content before the cue


def find_according(article: Article, others: Sequence[FoundAttribution]) -> Iterator[FoundAttribution]:
    """An attribution for each "according to" outside quotations and outside the spans of `others`, in text order."""
    taken = [s for o in others for s in (o.source, o.cue, *o.content) if s is not None]
    index = SpanIndex(enumerate(taken))
    for sentence in article.sentences:
        tokens = sentence.tokens
        near = [taken[n] for n in index.overlapping(sentence.span)]
        for i in range(len(tokens) - 2):
            if (tokens[i].low, tokens[i + 1].low) != ("according", "to") or tokens[i].quoted:
                continue
            cue = Span(start=tokens[i].start, end=tokens[i + 1].end)
            if any(t.overlaps(cue) for t in near):
                continue
            found = _read(sentence, i, cue)
            if found is not None:
                yield found


def _read(sentence: Sentence, at: int, cue: Span) -> FoundAttribution | None:
    tokens, grammar = sentence.tokens, load_grammar()
    end = phrase_after(tokens, at + 2, grammar)
    first, last = clause_around(tokens, at, grammar)
    content = _span(tokens, first, at) if at - first >= _FEWEST else _span(tokens, end, last)
    source = _span(tokens, at + 2, end)
    if content is None or source is None:
        return None
    return FoundAttribution(source=source, cue=cue, content=(content,), cue_class=CueClass.ACCORDING)


def _span(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    coordinators = load_grammar().coordinators
    while first < last and (tokens[first].text in _OUTER or tokens[first].low in coordinators):
        first += 1
    while last > first and tokens[last - 1].text in _OUTER:
        last -= 1
    return Span(start=tokens[first].start, end=tokens[last - 1].end) if first < last else None
