"""Content that the tagger cuts off in the middle of a clause, whole again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.analysis.attributions import FoundAttribution
from bot.analysis.parsing import Article
from bot.analysis.syntax import CLAUSAL_SUBJECTS, Tree
from bot.document import Span


def complete_contents(
    article: Article, trees: Sequence[Tree], found: Sequence[FoundAttribution]
) -> Iterator[FoundAttribution]:
    """The attributions in their order; where a content ends with a subject, the clause of that subject belongs to it.

    "Day said the dam leaked and it | was closed at noon." `trees` go with the article's sentences.
    """
    for attribution in found:
        if not attribution.content:
            yield attribution
            continue
        *before, last = attribution.content
        end = _end_of_clause(article, trees, last)
        parts = [s for s in (attribution.source, attribution.cue) if s is not None]
        if end is None or any(last.end <= part.start < end for part in parts):
            yield attribution
        else:
            yield replace(attribution, content=(*before, Span(start=last.start, end=end)))


def _end_of_clause(article: Article, trees: Sequence[Tree], content: Span) -> int | None:
    """Where the clause ends whose subject is the content's last word; None where the content ends otherwise."""
    sentence = article.sentence_at(content.end - 1)
    if sentence is None or any(article.quotations_in(content)):
        return None
    tree = trees[sentence.index]
    at = next((i for i, t in enumerate(sentence.tokens) if t.end == content.end), None)
    if at is None or tree.nodes[at].label not in CLAUSAL_SUBJECTS or tree.nodes[at].head <= at:
        return None
    verb = tree.nodes[at].head
    opening = next((i for i, t in enumerate(sentence.tokens) if t.start >= content.start), at)
    if not opening <= verb and tree.nodes[verb].label in {"conj", "ccomp"}:
        return None
    under = [i for i in tree.under(verb) if i > at]
    last = max(under)
    while last > verb and not sentence.tokens[last].text[0].isalnum():
        last -= 1
    return sentence.tokens[last].end
