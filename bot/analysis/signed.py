"""Words whose speaker stands beside them without a verb: posts signed below, and paragraphs that a colon introduces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.analysis.attributions import CueClass, FoundAttribution
from bot.analysis.parsing import Article
from bot.document import Role, Span

_SIGNATURE = re.compile(
    r"[—–-]{1,2}\s*(?P<name>[^\W\d_][^\n()@—–]{1,60}?)\s*\(@\w{1,30}\)(?:\s+[A-Z][a-z]+\.?\s+\d{1,2},\s+\d{4})?\s*$"
)
_MOST_ABOVE = 3  # paragraphs of one post above its signature
_TELLING = frozenset({CueClass.SAY, CueClass.DENY})
_LINKS = re.compile(r"(?:\s*(?:https?://\S+|pic\.\w+\.com/\S+|#\w+))+\s*$")
_FEWEST_WORDS = 4
_MARKS = "“\"‘'"


def find_signed_posts(article: Article) -> Iterator[FoundAttribution]:
    """An attribution for each post signed "— Name (@handle) date" at its end or in the paragraph below, in text order.

    A post of several paragraphs is taken whole where a signature or a colon closes the paragraph before it; else only
    the paragraph above the signature counts.
    """
    for number, paragraph in enumerate(article.document.paragraphs):
        signature = _SIGNATURE.search(article.text, paragraph.span.start, paragraph.span.end)
        if signature is None:
            continue
        source = Span(start=signature.start("name"), end=signature.end("name"))
        same = _without_links(article, Span(start=paragraph.span.start, end=signature.start()))
        content = (same,) if same is not None else tuple(_above(article, number))
        if content:
            yield FoundAttribution(source=source, cue=None, content=content, cue_class=CueClass.RUNNING)


def introduce_paragraphs(article: Article, found: Sequence[FoundAttribution]) -> list[FoundAttribution]:
    """The attributions, with the unquoted paragraph below "... denied the claims:" as the words of whoever denied them.

    A paragraph below a colon that a denial has taken in is no longer denied by it: it is what the speaker says.
    """
    kept: list[FoundAttribution] = []
    for one in found:
        below = _introduced(article, one)
        inside = tuple(c for c in one.content if below is None or not c.overlaps(below))
        covered = inside != one.content
        if below is None or (covered and one.cue_class is not CueClass.DENY):
            kept.append(one)
            continue
        if inside:
            kept.append(replace(one, content=inside))
        kept.append(FoundAttribution(source=one.source, cue=None, content=(below,), cue_class=CueClass.RUNNING))
    return kept


def _introduced(article: Article, one: FoundAttribution) -> Span | None:
    """The plain paragraph after the colon that ends the attribution's own paragraph."""
    if one.cue is None or one.source is None or one.cue_class not in _TELLING:
        return None
    paragraphs = article.document.paragraphs
    sentence = article.sentence_at(one.cue.start)
    if sentence is None or sentence.paragraph + 1 >= len(paragraphs):
        return None
    here, below = paragraphs[sentence.paragraph], paragraphs[sentence.paragraph + 1]
    closes = sentence.span.end == here.span.end and sentence.tokens[-1].text == ":"
    plain = below.role is Role.BODY and article.text[below.span.start] not in _MARKS
    long_enough = len(below.span.text_in(article.text).split()) >= _FEWEST_WORDS
    return below.span if closes and plain and long_enough else None


def _above(article: Article, number: int) -> Iterator[Span]:
    paragraphs = article.document.paragraphs
    first = number
    while first > 0 and number - first < _MOST_ABOVE and not _closes(article, paragraphs[first - 1].span):
        first -= 1
    if first == 0 or not _closes(article, paragraphs[first - 1].span):
        first = max(0, number - 1)
    for paragraph in paragraphs[first:number]:
        span = _without_links(article, paragraph.span)
        if span is not None and paragraph.role in {Role.BODY, Role.QUOTE}:
            yield span


def _closes(article: Article, span: Span) -> bool:
    """Whether the paragraph is the signature of another post or introduces one."""
    text = span.text_in(article.text).rstrip()
    return text.endswith(":") or _SIGNATURE.search(text) is not None


def _without_links(article: Article, span: Span) -> Span | None:
    text = span.text_in(article.text)
    links = _LINKS.search(text)
    words = text[: links.start()] if links else text
    kept = words.rstrip()
    return Span(start=span.start, end=span.start + len(kept)) if len(kept.split()) >= _FEWEST_WORDS else None
