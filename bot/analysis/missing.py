"""What to get next: the document, response, confirmation or original report that the story lacks."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from bot.analysis.flags.accusation import find_unheard
from bot.analysis.flags.numbers import is_of_consequence
from bot.analysis.flags.tolls import find_tolls
from bot.analysis.hop_names import is_generic, own_words, with_article
from bot.analysis.origins import Origin, find_origins
from bot.analysis.parsing import Article
from bot.analysis.quantities import find_quantities
from bot.analysis.sentencehood import is_sentence
from bot.document import Role
from bot.report import Attribution, Claim, Flag, FlagKind, Grade, Hop, SourceKind

_AT_MOST = 6
_AT_LEAST = 2
_OF_A_KIND = 2
_SHORT = 14
_UNNAMED = frozenset({SourceKind.ANONYMOUS, SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP})
_NAMED = frozenset({SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION})
_FIGURES = 3
_ABOVE = {
    Role.HEADLINE: "only the headline",
    Role.STANDFIRST: "only the standfirst",
    Role.CAPTION: "only a caption",
}


def find_missing(
    article: Article, claims: Sequence[Claim], attributions: Sequence[Attribution], flags: Sequence[Flag]
) -> tuple[str, ...]:
    """Two to six things to get next, the most telling first; each names the claim, party or hop it is about.

    Fewer only where the text makes no claim.
    """
    ordered = sorted(claims, key=lambda c: (not c.key, c.quote))
    keys = [c for c in ordered if c.key] or ordered[:3]
    kinds = (
        _originals(keys),
        _bases(keys),
        _responses(article, claims, attributions),
        _tolls(article, claims),
        _figures(article, flags),
        _names(article, keys),
        _documents(article, keys),
        _sources(keys),
        _confirmations(article, find_origins(article, keys)),
    )
    found: dict[str, str] = {}
    for wanted in kinds:
        for subject, item in islice(wanted, _OF_A_KIND):
            found.setdefault(subject, item)
    for subject, item in chain(_sources(ordered), _records(ordered)):
        if len(found) >= _AT_LEAST:
            break
        found.setdefault(subject, item)
    if not found:
        return (f"A text that states something checkable: “{_cut(article.document.title or article.text)}” does not.",)
    return tuple(found.values())[:_AT_MOST]


def _cut(text: str) -> str:
    words = text.split()
    return " ".join(words).rstrip(" .") if len(words) <= _SHORT else " ".join(words[:_SHORT]).rstrip(" ,;:.") + " …"


def _originals(claims: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    """The report of each other outlet that key claims are taken from."""
    for claim in claims:
        for hop in claim.chain:
            if hop.kind is SourceKind.NEWS_OUTLET and is_generic(hop):
                yield "original", f"Which outlet reported it, and from whom: “{_cut(claim.claim)}”."
            elif hop.kind is SourceKind.NEWS_OUTLET:
                yield f"original {hop.name.lower()}", f"The original report: {hop.name}, on “{_cut(claim.claim)}”."


def _bases(claims: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    """What a named teller's account of unnamed people rests on."""
    for claim in claims:
        for teller, told in zip(claim.chain, claim.chain[1:], strict=False):
            if teller.kind in _NAMED and told.kind in _UNNAMED:
                yield (
                    f"basis {teller.name.lower()}",
                    f"{_possessive(teller.name)} basis: who is behind “{told.name}”, and how they know.",
                )


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _responses(
    article: Article, claims: Sequence[Claim], attributions: Sequence[Attribution]
) -> Iterator[tuple[str, str]]:
    """An answer from each party that is accused and not heard."""
    said = {c.quote: c.claim for c in claims}
    for unheard in find_unheard(article, claims, attributions):
        against = said.get(unheard.passages[0]) or article.same_words(unheard.passages[0])
        yield f"response {unheard.party.lower()}", f"The response of {unheard.party} to: “{_cut(against)}”."


def _tolls(article: Article, claims: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    """One count of the dead, where the text has several."""
    told = dict.fromkeys(article.same_words(t.quantity.span) for t in find_tolls(article, claims))
    if told:
        counts = " / ".join(f"“{figure}”" for figure in told)
        yield "toll", f"Which count of the dead holds, of whom and as of when: {counts}."


def _figures(article: Article, flags: Sequence[Flag]) -> Iterator[tuple[str, str]]:
    """Sources for the figures nobody is cited for, in one item."""
    for flag in flags:
        if flag.kind is FlagKind.UNSOURCED_NUMBER:
            told = (q for p in flag.passages for q in find_quantities(article.text, p))
            figures = [article.same_words(q.span) for q in told if is_of_consequence(article, q, key=True)]
            if figures:
                yield "figures", f"A source for the figures: {'; '.join(figures[:_FIGURES])}."


def _names(article: Article, claims: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    """A name or a document behind claims that rest on people who are not named, or on nobody."""
    for claim in claims:
        if claim.kind in _UNNAMED and claim.chain:
            hop = claim.chain[-1]
            yield (
                f"name {hop.name.lower()}",
                f"A named source or a document for “{_cut(claim.claim)}”, which rests on “{own_words(article, hop)}”.",
            )
        elif claim.kind is SourceKind.UNSPECIFIED:
            yield f"name {claim.id}", f"Who says so: “{_cut(claim.claim)}” has no name behind it."


def _documents(article: Article, claims: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    """The record itself, where it is cited but not shown."""
    for claim in claims:
        if claim.kind is SourceKind.DOCUMENT and claim.chain:
            record = claim.chain[-1]
            yield f"document {record.name.lower()}", f"The document itself: {_described(article, record)}."


def _described(article: Article, hop: Hop) -> str:
    name = with_article(article, hop)
    return f"{name} ({hop.title})" if hop.title else name


def _sources(claims: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    for claim in claims:
        if claim.kind is SourceKind.NONE:
            who = _ABOVE.get(claim.where, "the text")
            yield f"source {claim.id}", f"A source for “{_cut(claim.claim)}”, which {who} states citing nobody."


def _confirmations(article: Article, origins: Sequence[Origin]) -> Iterator[tuple[str, str]]:
    """A second, independent origin for what one side says."""
    for origin in origins:
        claim = next((c for c in origin.claims if is_sentence(article, c)), origin.claims[0])
        told = any(claim.quote.covers(hop.span) for hop in claim.chain)  # what they do or deny themselves
        if claim.kind in _NAMED and claim.grade < Grade.DOCUMENTED and not told:
            yield (
                f"confirmation {origin.name.lower()}",
                f"Confirmation independent of {with_article(article, claim.chain[-1])} that “{_cut(claim.claim)}”.",
            )


def _records(claims: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    for claim in claims:
        yield f"record {claim.id}", f"The record behind “{_cut(claim.claim)}”."
