"""The safe line: how the story can be put without saying more than its sourcing bears."""

import re
from collections.abc import Sequence

from bot.analysis.lexicon import load_lexicon
from bot.analysis.likeness import find_content
from bot.analysis.parsing import Article
from bot.analysis.patterns import word_pattern
from bot.analysis.quantities import find_quantities
from bot.document import Role, Span
from bot.report import Claim, Hop, SourceKind

_UNNAMED = frozenset({SourceKind.ANONYMOUS, SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP})
_PEOPLE = frozenset({SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION, *_UNNAMED})
_DANGLING = re.compile(r"^(?:he|she|it|they|this|that|these|those|his|her|their|its|there|who|which)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|we|me|us|my|our|I['’]m|I['’]ve|we['’]re|we['’]ve)\b", re.IGNORECASE)
_HEDGED_WORDS = 4
# How much it tells for a claim, as the one to put the story by, that somebody stands behind it.
_STANDING = {SourceKind.NONE: 0.0, SourceKind.UNSPECIFIED: 1.0}
_DETERMINED = re.compile(r"(?:the|an?|his|her|their|its|one|some|two|several)\b", re.IGNORECASE)
_ARTICLE = 4
_ARTICLE_GIVEN = re.compile(r"\bthe\s$", re.IGNORECASE)
_BODY_OF = re.compile(
    r"(?:Ministry|Department|Office|Bureau|Church|University|Institute|Board|Commission|Committee|Council|House|Court|"
    r"Association|Federation|Union|Society|Bank|Port|City|Secretary|Academy|Center|Centre|Agency|Chamber)\s(?:of|for)\b"
)
_SMALL_WORDS = (
    "determiner", "preposition", "subordinator", "pronoun_person", "pronoun_plural", "pronoun_thing", "adverb",
    "connective",
)  # fmt: skip


def write_safe_line(article: Article, claims: Sequence[Claim]) -> str:
    """One sentence on the story's main claim that names every hop of its chain and keeps its hedges.

    Where there is no claim, it says so.
    """
    main = find_main_claim(article, claims)
    if main is None:
        return "The text makes no checkable claim that could be put in one sentence."
    return _capital(f"{_attribute(article, main)}{_hedges_left_out(article, main)}.")


def find_main_claim(article: Article, claims: Sequence[Claim]) -> Claim | None:
    """The claim that the story stands on: what the headline and lead say, sourced if any of it is."""
    if not claims:
        return None
    head = [s for s in article.sentences if s.role in {Role.HEADLINE, Role.STANDFIRST}]
    words = find_content(article.document.title) | {w for s in head for w in find_content(s.span.text_in(article.text))}
    headed = {c.id for c in claims if any(m.overlaps(s.span) for m in (c.quote, *c.mentions) for s in head)}
    length = max(1, len(article.text))

    def weight(claim: Claim) -> float:
        content = find_content(claim.claim)
        like = len(words & content) / max(1, len(content))
        first = min(s.start for s in (claim.quote, *claim.mentions))
        told = 2.0 * (claim.id in headed) + 1.5 * claim.key + 2.0 * like - first / length
        return told + _STANDING.get(claim.kind, 2.5) + 0.1 * claim.grade - 2.0 * _dangles(claim.claim)

    return max(claims, key=weight)


def _dangles(text: str) -> bool:
    """Whether the sentence starts with a pronoun or speaks in the first person."""
    return _DANGLING.search(text) is not None or _FIRST_PERSON.search(text) is not None


def _attribute(article: Article, claim: Claim) -> str:
    """The claim behind its chain, every hop named, without the full stop."""
    clause = _as_clause(article, claim.claim)
    chain = claim.chain
    if not chain or claim.kind is SourceKind.NONE:
        return f"The text states, citing nobody, that {clause}"
    if claim.kind is SourceKind.UNSPECIFIED:
        return f"The text says, naming nobody (“{article.same_words(chain[-1].span)}”), that {clause}"
    outlets = [_name(article, h) for h in chain if h.kind is SourceKind.NEWS_OUTLET]
    tellers = [h for h in chain if h.kind is not SourceKind.NEWS_OUTLET]
    if not tellers:
        return _from_outlets(chain, outlets, clause)
    first, told = tellers[0], tellers[1:]
    if first.kind not in _PEOPLE:
        cited = f", as cited by {_listed(outlets)}" if outlets else ""
        passed_on = "".join(f"{_name(article, h)} {_verb(h)} that " for h in told)
        return f"According to {_name(article, first).rstrip(',')}{cited}, {passed_on}{clause}"
    said = f"told {_listed(outlets)}" if outlets else _verb(first)
    return f"{_name(article, first)} {said} {_relayed(article, first, told)}that {clause}"


def _relayed(article: Article, teller: Hop, told: Sequence[Hop]) -> str:
    """One clause for each further hop, as in: that unnamed people had told Jones."""
    parts = []
    listener = _short(teller)
    for hop in told:
        does = f"had told {listener}" if hop.kind in _PEOPLE else "shows"
        parts.append(f"that {_name(article, hop)} {does} ")
        listener = _short(hop)
    return "".join(parts)


def _from_outlets(hops: Sequence[Hop], outlets: Sequence[str], clause: str) -> str:
    cites = f"citing {_listed(outlets[1:])}" if outlets[1:] else "without an origin that is stated here"
    if hops[0].name[:1].islower():
        return f"According to {outlets[0]}, {cites}, {clause}"
    return f"{outlets[0]} reports, {cites}, that {clause}"


def _name(article: Article, hop: Hop) -> str:
    """The hop as a noun phrase: name with title; one that is not named is said to be so, in the text's own words."""
    if hop.kind in _UNNAMED:
        plural, anonymous = _is_plural(hop.name), hop.kind is SourceKind.ANONYMOUS
        who = ("unnamed sources" if anonymous else "people who are not named") if plural else (
            "an unnamed source" if anonymous else "a person who is not named"
        )  # fmt: skip
        return f"{who} (“{hop.name}”)"
    if hop.kind is SourceKind.OWN_REPORTING:
        return f"the outlet’s own reporting (“{hop.name}”)"
    if hop.kind is not SourceKind.NAMED_PERSON:
        return _with_article(article, hop)
    title = (hop.title or "").strip(" ,")
    return f"{hop.name}, {title}," if title and title.lower() not in hop.name.lower() else hop.name


def _with_article(article: Article, hop: Hop) -> str:
    """The name of a body or record with the article that the text gives it."""
    if _DETERMINED.match(hop.name):
        return (
            hop.name[0].lower() + hop.name[1:]
            if not hop.name[1:2].isupper() and hop.kind is not SourceKind.NEWS_OUTLET
            else hop.name
        )
    before = article.text[max(0, hop.span.start - _ARTICLE) : hop.span.start]
    given = _ARTICLE_GIVEN.search(before) or _DETERMINED.match(hop.span.text_in(article.text))
    small = hop.name[:1].islower() and not _is_plural(hop.name)
    if small or _BODY_OF.match(hop.name) or (given is not None and given.group().strip().lower() == "the"):
        return f"the {hop.name}"
    return hop.name


def _short(hop: Hop) -> str:
    if hop.kind is SourceKind.NAMED_PERSON:
        return hop.name.rpartition(" ")[2]
    return hop.name if hop.kind not in _UNNAMED else "them"


def _verb(hop: Hop) -> str:
    plural = _is_plural(hop.name) and (hop.kind in _UNNAMED or _head(hop.name)[:1].islower())
    return "say" if plural else "says"


def _head(name: str) -> str:
    words = re.split(r"\s+(?:of|in|at|from|with|who|that|close|familiar|on|for|to|near)\b", name)[0].split()
    return words[-1] if words else ""


def _is_plural(name: str) -> bool:
    head = _head(name).lower()
    return (head.endswith("s") and not head.endswith("ss")) or head in {"people", "police", "women", "men"}


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _as_clause(article: Article, sentence: str) -> str:
    """The sentence without its full stop, its first word in lower case unless it is a name."""
    clause = " ".join(sentence.split()).rstrip(" .")
    first, _, rest = clause.partition(" ")
    bare = re.sub(r"\W", "", first)
    written_small = bare[:1].isupper() and (bare[1:].islower() or len(bare) == 1)
    if written_small and _is_common(article, bare, name_follows=rest[:1].isupper()):
        return clause[0].lower() + clause[1:]
    return clause


def _is_common(article: Article, word: str, *, name_follows: bool) -> bool:
    """Whether the word, at the start of a sentence, is a common one by its class or as the text writes it elsewhere."""
    grammar = load_lexicon("grammar")
    low = word.lower()
    if word == "I":
        return False
    return any(low in grammar[g] for g in _SMALL_WORDS) or (
        not name_follows and re.search(rf"\b{low}\b", article.text) is not None
    )


def _hedges_left_out(article: Article, claim: Claim) -> str:
    """The source's hedged words, where the wording of the claim has lost them."""
    doubts, roundings = word_pattern("hedges", "modal", "adverb"), word_pattern("hedges", "approximator", "rounding")
    lost = []
    for hedge in claim.hedges:
        kept = doubts if doubts.search(article.same_words(hedge)) else roundings
        # Hedges outside the quotation belong to other mentions; the cue of an unspecified source is named already.
        told = not claim.quote.covers(hedge) or any(hop.span.overlaps(hedge) for hop in claim.chain)
        if not told and not kept.search(claim.claim):
            lost.append(hedge)
    if not claim.hedged or not lost:
        return ""
    return f" (hedged in the text: {_listed([f'“{_hedged_words(article, claim, h)}”' for h in lost[:2]])})"


def _hedged_words(article: Article, claim: Claim, hedge: Span) -> str:
    figure = next((q for q in find_quantities(article.text, claim.quote) if q.span.covers(hedge)), None)
    if figure is not None:
        return article.same_words(figure.span)
    tokens = [
        t for s in article.sentences_in(claim.quote) for t in s.tokens if hedge.start <= t.start < claim.quote.end
    ]
    return (
        article.same_words(Span(start=hedge.start, end=tokens[:_HEDGED_WORDS][-1].end))
        if tokens
        else article.same_words(hedge)
    )


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]
