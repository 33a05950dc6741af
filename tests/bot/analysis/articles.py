"""Articles for tests: plain text to a parsed article, a paragraph a line."""

from bot.analysis.attributions import CueClass, FoundAttribution
from bot.analysis.parsing import Article, parse_article
from bot.document import Document, Paragraph, Role, Span
from bot.sentences import find_sentences


def parse(text: str) -> Article:
    """The text with a body paragraph for every line that is not blank."""
    paragraphs = []
    at = 0
    for line in text.splitlines(keepends=True):
        start, end = at, at + len(line.rstrip())
        at += len(line)
        if start < end:
            sentences = find_sentences(text, start, end)
            paragraphs.append(Paragraph(span=Span(start=start, end=end), role=Role.BODY, sentences=sentences))
    return parse_article(Document(text=text, paragraphs=tuple(paragraphs)))


def span_of(text: str, part: str) -> Span:
    """Where the part first stands in the text."""
    start = text.index(part)
    return Span(start=start, end=start + len(part))


def attribution(
    text: str, *, source: str | None, cue: str | None, content: tuple[str, ...], cue_class: CueClass = CueClass.SAY
) -> FoundAttribution:
    """An attribution whose parts are given by their words."""
    return FoundAttribution(
        source=span_of(text, source) if source else None,
        cue=span_of(text, cue) if cue else None,
        content=tuple(span_of(text, part) for part in content),
        cue_class=cue_class,
    )
