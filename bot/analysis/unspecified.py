"""Attributions with nobody behind them: "it is understood that", "reportedly", "is thought to have".

The tagger knows some of them; this finds the rest by the lexicon.
"""

from collections.abc import Iterator, Sequence

from bot.analysis.attributions import CueClass, FoundAttribution, inside_any
from bot.analysis.coordination import clause_around
from bot.analysis.grammar import load_grammar
from bot.analysis.lexicon import load_lexicon
from bot.analysis.parsing import Article, Sentence, Token
from bot.analysis.span_index import SpanIndex
from bot.document import Span

_OUTER = ",:;—–-."


def find_unspecified(article: Article, others: Sequence[FoundAttribution]) -> Iterator[FoundAttribution]:
    """The unspecified attributions outside the spans of `others`, in text order; their content holds the cue."""
    taken = [s for o in others for s in (o.source, o.cue, *o.content) if s is not None]
    index = SpanIndex(enumerate(taken))
    for sentence in article.sentences:
        near = [taken[n] for n in index.overlapping(sentence.span)]
        for cue, at in _find_cues(article, sentence):
            if not sentence.tokens[at].quoted and not any(t.overlaps(cue) for t in near):
                content = _clause(sentence.tokens, at, cue)
                if content is not None and not inside_any(content, near):
                    near.append(cue)
                    yield FoundAttribution(source=None, cue=cue, content=(content,), cue_class=CueClass.UNSPECIFIED)


def _find_cues(article: Article, sentence: Sentence) -> Iterator[tuple[Span, int]]:
    pattern = load_lexicon("cues").pattern("unspecified")
    for m in pattern.finditer(article.text, sentence.span.start, sentence.span.end):
        at = next(i for i, t in enumerate(sentence.tokens) if t.end > m.start())
        yield Span(start=m.start(), end=m.end()), at


def _clause(tokens: Sequence[Token], at: int, cue: Span) -> Span | None:
    """The clause around the cue, less the cue and what joins the clause, where it opens it ("It is thought that")."""
    first, last = clause_around(tokens, at, load_grammar())
    while first < at and (tokens[first].text in _OUTER or tokens[first].low in load_grammar().coordinators):
        first += 1
    if first == at and tokens[at].low in {"it", "rumour", "rumor", "rumours", "rumors", "sources", "estimates"}:
        while first < last and tokens[first].start < cue.end:
            first += 1
    while first < last and (tokens[first].text in _OUTER or (tokens[first].low == "that" and first > at)):
        first += 1
    while last > first and tokens[last - 1].text in _OUTER:
        last -= 1
    return Span(start=tokens[first].start, end=tokens[last - 1].end) if first < last else None
