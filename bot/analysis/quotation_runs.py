"""Quotations that run over sentences and paragraphs, and those left without a cue: whose words they are.

Rubric, Reach: inside an unbroken quotation the attribution carries over; a paragraph that opens with a
quotation and has no tag of its own goes on with the speaker of the quotation right before it.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.analysis.attributions import CueClass, FoundAttribution
from bot.analysis.parsing import Article, Quotation
from bot.analysis.span_index import SpanIndex
from bot.document import Role, Span

_FEWEST_WORDS = 4
_LONGEST_TAG = 14  # words after a quotation that are still no more than its tag
_EDGE = 2  # characters, a mark and a full stop, that may stand outside a quotation that fills its paragraph


def extend_over_quotations(article: Article, found: Sequence[FoundAttribution]) -> tuple[FoundAttribution, ...]:
    """The attributions with their quotations taken whole, and a running attribution for each quotation left over.

    Result in text order; an attribution without content ("She said:") gets the quotation that it introduces, or is
    dropped.
    """
    attributions = sorted(found, key=lambda f: f.start)
    # What is given below is the quotation itself, which no later one overlaps: the places need no keeping up.
    places = SpanIndex((n, c) for n, a in enumerate(attributions) for c in a.content)
    cues = SpanIndex((n, a.cue) for n, a in enumerate(attributions) if a.cue is not None)
    last: int | None = None  # whose quotation stands last, when the next may go on with it
    previous: Quotation | None = None
    for quotation in article.quotations:
        owner = _owner(attributions, places, quotation)
        if owner is not None:
            attributions[owner] = _take_whole(article, attributions[owner], quotation)
        elif _may_run(article, quotation):
            owner = _introduced(article, attributions, cues, quotation)
            if owner is None and previous is not None and last is not None and _goes_on(article, previous, quotation):
                owner = last
            if owner is not None:
                owner = _give(attributions, owner, quotation)
        if owner is not None:
            last, previous = owner, quotation
    kept = [a for a in attributions if a.content]
    return tuple(sorted(kept, key=lambda f: (f.content[0].start, f.start)))


def _owner(attributions: Sequence[FoundAttribution], places: SpanIndex, quotation: Quotation) -> int | None:
    owners = places.overlapping(quotation.span)
    return min(owners, key=lambda n: sum(c.end - c.start for c in attributions[n].content), default=None)


def _take_whole(article: Article, owner: FoundAttribution, quotation: Quotation) -> FoundAttribution:
    if quotation.single or len(article.sentences_in(quotation.span)) == 1:
        return owner
    content: list[Span] = []
    for span in owner.content:
        if not span.overlaps(quotation.span):
            content.append(span)
            continue
        whole = Span(start=min(span.start, quotation.span.start), end=max(span.end, quotation.span.end))
        if content and content[-1].overlaps(whole):
            whole = Span(start=content.pop().start, end=whole.end)
        content.append(whole)
    return replace(owner, content=tuple(content))


def _may_run(article: Article, quotation: Quotation) -> bool:
    role = article.document.paragraphs[quotation.paragraph].role
    words = len(article.same_words(quotation.inner).split())
    return role in {Role.BODY, Role.QUOTE} and not quotation.single and words >= _FEWEST_WORDS


def _give(attributions: list[FoundAttribution], owner: int, quotation: Quotation) -> int:
    """Give the quotation to the attribution that introduced it, else add a running one; the index of what holds it."""
    speaker = attributions[owner]
    if not speaker.content:
        attributions[owner] = replace(speaker, content=(quotation.span,))
        return owner
    if speaker.source is None:
        return owner
    attributions.append(
        FoundAttribution(source=speaker.source, cue=None, content=(quotation.span,), cue_class=CueClass.RUNNING)
    )
    return len(attributions) - 1


def _goes_on(article: Article, previous: Quotation, quotation: Quotation) -> bool:
    """Whether the quotation opens its sentence and follows the one before without another's words between."""
    sentence = article.sentence_at(quotation.span.start)
    if previous.paragraph == quotation.paragraph:
        return sentence is not None and quotation.span.start - sentence.span.start <= 1
    paragraphs = article.document.paragraphs
    here, before = paragraphs[quotation.paragraph].span, paragraphs[previous.paragraph].span
    opens = quotation.span.start - here.start <= 1
    if not opens or quotation.paragraph - previous.paragraph != 1:
        return False
    tail = article.text[previous.span.end : before.end]
    tag_alone = len(tail.split()) <= _LONGEST_TAG or tail.count(".") <= 1
    return not previous.closed or (tag_alone and here.end - quotation.span.end <= _EDGE)


def _introduced(
    article: Article, attributions: Sequence[FoundAttribution], cues: SpanIndex, quotation: Quotation
) -> int | None:
    """The attribution whose sentence ends in a colon (or in 'said,') right before the quotation."""
    end = quotation.span.start
    while end and article.text[end - 1].isspace():
        end -= 1
    sentence = article.sentence_at(end - 1) if end and article.text[end - 1] in ":," else None
    if sentence is None:
        return None
    inside = [
        n
        for n in cues.overlapping(sentence.span)
        if (cue := attributions[n].cue) is not None and sentence.span.covers(cue)
    ]
    return max(inside, key=lambda n: attributions[n].start, default=None)
