"""Counts that are disputed in so many words: "police put the number at 8,000", where the organisers said 20,000."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.analysis.parsing import Article, Sentence
from bot.analysis.quantities import Bound, Measure, Quantity, find_quantities
from bot.document import Span

_PUT = re.compile(
    r"\b(?:put|puts|putting|estimated|estimates|gave|counted)\s+(?:the|that|their|its)\s+(?:\w+\s+)?"
    r"(?:number|figure|total|turnout|crowd|count|attendance|tally)s?\s+(?:of\s+\w+\s+)?(?:\w+\s+)?(?:at|as)\s+",
    re.IGNORECASE,
)
_BACK = 2  # sentences
_LEAST = 10.0  # smaller counts are seldom those of a crowd


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One count told by two: the figures, and the sentences that tell them, in text order."""

    figures: tuple[Quantity, Quantity]
    passages: tuple[Span, Span]


def find_disputes(article: Article) -> Iterator[Dispute]:
    """Each count that is put at another figure than a sentence shortly before gives."""
    for sentence in article.sentences:
        m = _PUT.search(article.text, sentence.span.start, sentence.span.end)
        told = find_quantities(article.text, Span(start=m.end(), end=sentence.span.end)) if m is not None else ()
        if not told:
            continue
        earlier = _count_before(article, sentence)
        if earlier is not None and not earlier[0].same_value(told[0]):
            yield Dispute(figures=(earlier[0], told[0]), passages=(earlier[1], sentence.span))


def _count_before(article: Article, sentence: Sentence) -> tuple[Quantity, Span] | None:
    """The last count of the sentences shortly before, and its sentence."""
    for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _BACK), -1):
        before = article.sentences[index]
        counts = [
            q
            for q in find_quantities(article.text, before.span)
            if q.measure is Measure.COUNT and q.bound is not Bound.VAGUE and q.low >= _LEAST and q.noun
        ]
        if counts:
            return counts[0], before.span
    return None
