"""Short articles, claims and attributions for tests, pointed at by their words."""

from dataclasses import dataclass

from bot.analysis.hedges import find_hedges
from bot.analysis.parsing import Article, parse_article
from bot.document import Document, Paragraph, Role, Span
from bot.report import Attribution, Claim, Directness, Grade, Hop, SourceKind
from bot.sentences import find_sentences

_ROLES = {"#": Role.HEADLINE, "^": Role.STANDFIRST, "=": Role.CAPTION}
_GRADES = {
    SourceKind.NONE: Grade.UNSOURCED,
    SourceKind.UNSPECIFIED: Grade.VAGUE,
    SourceKind.ANONYMOUS: Grade.VAGUE,
    SourceKind.NEWS_OUTLET: Grade.VAGUE,
    SourceKind.UNNAMED_GROUP: Grade.VAGUE,
    SourceKind.UNNAMED_PERSON: Grade.DESCRIBED,
    SourceKind.NAMED_PERSON: Grade.ON_RECORD,
    SourceKind.NAMED_ORGANIZATION: Grade.FIRST_HAND,
    SourceKind.DOCUMENT: Grade.DOCUMENTED,
    SourceKind.OWN_REPORTING: Grade.DOCUMENTED,
}


def draft(*lines: str) -> Article:
    """An article of one paragraph a line; "# ", "^ " and "= " open a headline, a standfirst and a caption."""
    text, paragraphs = "", []
    for line in lines:
        role = _ROLES.get(line[:1], Role.BODY)
        words = line[2:] if role is not Role.BODY else line
        start = len(text)
        text += f"{words}\n\n"
        span = Span(start=start, end=start + len(words))
        paragraphs.append(Paragraph(span=span, role=role, sentences=find_sentences(text, span.start, span.end)))
    title = next((p.span.text_in(text) for p in paragraphs if p.role is Role.HEADLINE), "")
    return parse_article(Document(text=text, paragraphs=tuple(paragraphs), title=title))


def spot(article: Article, words: str, *, nth: int = 0) -> Span:
    """The nth place where the words stand."""
    start = -1
    for _ in range(nth + 1):
        start = article.text.index(words, start + 1)
    return Span(start=start, end=start + len(words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A hop to be: its words in the text, its kind, and the fuller name and title where they differ."""

    words: str
    kind: SourceKind
    name: str = ""
    title: str | None = None


def person(words: str, *, title: str | None = None) -> Source:
    """A named person."""
    return Source(words=words, kind=SourceKind.NAMED_PERSON, title=title)


def body(words: str) -> Source:
    """A named organisation."""
    return Source(words=words, kind=SourceKind.NAMED_ORGANIZATION)


def outlet(words: str) -> Source:
    """Another news outlet."""
    return Source(words=words, kind=SourceKind.NEWS_OUTLET)


def anonymous(words: str) -> Source:
    """Somebody the reporter protects."""
    return Source(words=words, kind=SourceKind.ANONYMOUS)


def claim(  # noqa: PLR0913 # a claim has that many parts, and a test names only those that matter to it
    article: Article,
    quote: str,
    *sources: Source,
    says: str = "",
    also: tuple[str, ...] = (),
    key: bool = True,
    grade: Grade | None = None,
) -> Claim:
    """A claim quoted by its words, with its chain outermost first; hedges are found in its quote."""
    at = spot(article, quote)
    hops = tuple(
        Hop(name=s.name or s.words.removeprefix("the "), kind=s.kind, span=spot(article, s.words), title=s.title)
        for s in sources
    )
    kind = sources[-1].kind if sources else SourceKind.NONE
    sentence = article.sentence_at(at.start)
    hedges = find_hedges(article, at)
    return Claim(
        id=f"c{at.start}",
        claim=says or f"{quote[0].upper()}{quote[1:].rstrip('.')}.",
        quote=at,
        mentions=tuple(spot(article, m) for m in also),
        key=key,
        where=sentence.role if sentence is not None else Role.BODY,
        chain=hops,
        kind=kind,
        directness=Directness.PARAPHRASE if hops else Directness.OWN_VOICE,
        hedges=hedges,
        hedged=bool(hedges),
        grade=_GRADES[kind] if grade is None else grade,
        reasons=(),
    )


def attribution(article: Article, content: str, source: Source | None, cue: str | None) -> Attribution:
    """Who says what, in the sentence of the content."""
    at = spot(article, content)
    sentence = article.sentence_at(at.start)
    return Attribution(
        statement=sentence.span if sentence is not None else at,
        source=spot(article, source.words) if source is not None else None,
        cue=spot(article, cue) if cue is not None else None,
        content=(at,),
        kind=source.kind if source is not None else SourceKind.UNSPECIFIED,
        name=(source.name or source.words) if source is not None else "",
        title=source.title if source is not None else None,
        directness=Directness.PARAPHRASE,
        claim_ids=(),
    )
