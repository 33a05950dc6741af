"""Quotations that run over sentences and paragraphs, and those left without a cue: whose words are they?

Rubric, Reach: inside an unbroken quotation the attribution carries over; a paragraph that opens with a
quotation and has no tag of its own goes on with the speaker of the quotation right before it.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.analysis.attributions import CueClass, FoundAttribution
from bot.analysis.parsing import Article, Quotation
from bot.document import Role, Span

_MIN_WORDS = 4


def extend_over_quotations(article: Article, found: Sequence[FoundAttribution]) -> tuple[FoundAttribution, ...]:
    """The attributions with their quotations taken whole, and a running attribution for each quotation left over.

    Result in text order; attributions that introduced a quotation ("She said:") and got none are dropped.
    """
    attributions = sorted(found, key=lambda f: f.start)
    added: list[FoundAttribution] = []
    last: FoundAttribution | None = None  # whose quotation stands last, when the next may go on with it
    previous: Quotation | None = None
    for quotation in article.quotations:
        owner = _owner(attributions, quotation)
        if owner is not None:
            whole = _take_whole(article, owner, quotation)
            attributions[attributions.index(owner)] = whole
            last, previous = whole, quotation
            continue
        speaker = _speaker(article, attributions, quotation, previous, last)
        if speaker is None or not _substantial(article, quotation):
            continue
        run = FoundAttribution(source=speaker.source, cue=None, content=(quotation.span,), cue_class=CueClass.RUNNING)
        added.append(run)
        last, previous = run, quotation
    kept = [a for a in attributions if a.content]
    return tuple(sorted([*kept, *added], key=lambda f: (f.content[0].start, f.start)))


def _owner(attributions: Sequence[FoundAttribution], quotation: Quotation) -> FoundAttribution | None:
    owners = [a for a in attributions if any(c.overlaps(quotation.span) for c in a.content)]
    return min(owners, key=lambda a: sum(c.end - c.start for c in a.content), default=None)


def _take_whole(article: Article, owner: FoundAttribution, quotation: Quotation) -> FoundAttribution:
    sentences = article.sentences_in(quotation.span)
    if len(sentences) < 2 or quotation.single:  # noqa: PLR2004 - within one sentence there is nothing to extend
        return owner
    content = []
    for span in owner.content:
        if span.overlaps(quotation.span):
            content.append(Span(start=min(span.start, quotation.span.start), end=max(span.end, quotation.span.end)))
        else:
            content.append(span)
    return replace(owner, content=tuple(content))


def _substantial(article: Article, quotation: Quotation) -> bool:
    return not quotation.single and len(article.same_words(quotation.inner).split()) >= _MIN_WORDS


def _speaker(
    article: Article,
    attributions: Sequence[FoundAttribution],
    quotation: Quotation,
    previous: Quotation | None,
    last: FoundAttribution | None,
) -> FoundAttribution | None:
    paragraphs = article.document.paragraphs
    paragraph = paragraphs[quotation.paragraph]
    opens = quotation.span.start - paragraph.span.start <= 1
    if paragraph.role not in {Role.BODY, Role.QUOTE}:
        return None
    introduced = _introduced(article, attributions, quotation)
    if introduced is not None:
        return introduced
    if previous is None or last is None or last.source is None:
        return None
    sentence = article.sentence_at(quotation.span.start)
    opens_sentence = sentence is not None and quotation.span.start - sentence.span.start <= 1
    if previous.paragraph == quotation.paragraph:
        return last if opens_sentence else None
    near = quotation.paragraph - previous.paragraph == 1
    if not (opens and near):
        return None
    if not previous.closed:
        return last
    tail = article.text[previous.span.end : paragraphs[previous.paragraph].span.end]
    alone = len(tail.split()) <= 14 or tail.count(".") <= 1  # noqa: PLR2004 - the tag may follow the quotation, not more
    fills = paragraph.span.end - quotation.span.end <= 2  # noqa: PLR2004 - a full stop may stand outside the mark
    return last if alone and fills else None


def _introduced(
    article: Article, attributions: Sequence[FoundAttribution], quotation: Quotation
) -> FoundAttribution | None:
    """The attribution whose sentence ends in a colon (or in 'said') right before the quotation."""
    before = article.text[: quotation.span.start].rstrip()
    if not before or before[-1] not in ":,":
        return None
    sentence = article.sentence_at(len(before) - 1)
    if sentence is None:
        return None
    inside = [a for a in attributions if a.cue is not None and sentence.span.covers(a.cue)]
    return inside[-1] if inside else None
