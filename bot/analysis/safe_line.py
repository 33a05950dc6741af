"""The safe line: how the story can be put without saying more than its sourcing bears."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.analysis.hop_names import UNNAMED, is_generic, is_joint, listed, name_hop, short_name, verb_of
from bot.analysis.lexicon import load_lexicon
from bot.analysis.likeness import find_content
from bot.analysis.parsing import Article
from bot.analysis.patterns import word_pattern
from bot.analysis.quantities import find_quantities
from bot.analysis.sentencehood import is_sentence, opens_with_name
from bot.analysis.syntax import Tree
from bot.document import Role, Span
from bot.report import Claim, Hop, SourceKind

_PEOPLE = frozenset({SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION, *UNNAMED})
# A pronoun at the head, or after an adverbial that opens the sentence ("On Friday it will close").
_DANGLING = re.compile(
    r"^(?:(?:in|on|at|by|after|before|since|during|later|then|now|but|and|so|yet)\b[^,.;]{0,24}?,?\s)?"
    r"(?:he|she|it|they|this|that|these|those|his|her|their|its|who|which)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|we|me|us|my|our|I['’]m|I['’]ve|we['’]re|we['’]ve)\b", re.IGNORECASE)
_HEDGED_WORDS = 4
# How much it tells for a claim, as the one to put the story by, that somebody stands behind it.
_STANDING = {SourceKind.NONE: 0.0, SourceKind.UNSPECIFIED: 1.0}
_ABOVE = frozenset({Role.HEADLINE, Role.STANDFIRST, Role.CAPTION})
_STATED = {
    Role.HEADLINE: "The headline states",
    Role.STANDFIRST: "The standfirst states",
    Role.CAPTION: "A caption states",
}
_SINGULAR = frozenset(
    {"will", "would", "has", "had", "is", "was", "plans", "expects", "can", "could", "may", "does", "did"}
)
_PLURAL = frozenset({"are", "have", "were", "plan", "expect"})
_DOUBLE_MARK = re.compile('[“”"]')
_SINGLE = {"“": "‘", "”": "’", '"': "'"}
_SMALL_WORDS = (
    "determiner", "preposition", "subordinator", "pronoun_person", "pronoun_plural", "pronoun_thing", "adverb",
    "connective",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What is told: as a clause after "that", or `quoted` where its words are no sentence that can be made one."""

    words: str
    quoted: bool

    @property
    def that(self) -> str:
        """The words after a verb of saying."""
        return f": “{self.words}”" if self.quoted else f" that {self.words}"

    @property
    def that_after_aside(self) -> str:
        """The words after a verb of saying and something said aside, which closes with a comma."""
        return f"{'' if self.quoted else ','}{self.that}"

    def after(self, passed_on: str) -> str:
        """The words after "According to ..."; `passed_on` are clauses that end in "that "."""
        if self.quoted:
            return f"{', ' if passed_on else ''}{passed_on.removesuffix(' that ')}: “{self.words}”"
        return f", {passed_on}{self.words}"


def write_safe_line(article: Article, claims: Sequence[Claim], trees: Sequence[Tree] = ()) -> str:
    """One sentence on the story's main claim that names every hop of its chain and keeps its hedges.

    A claim whose words are no sentence of their own is quoted. `trees` are those of the article's sentences; without
    them word forms alone tell. Where there is no claim, it says so.
    """
    main = find_main_claim(article, claims, trees)
    if main is None:
        return "The text makes no checkable claim that could be put in one sentence."
    return _capital(f"{_attribute(article, main, trees)}{_hedges_left_out(article, main)}.")


def find_main_claim(article: Article, claims: Sequence[Claim], trees: Sequence[Tree] = ()) -> Claim | None:
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
        # An attribution inside the words would be told twice.
        twice = any(claim.quote.covers(hop.span) for hop in claim.chain)
        unfit = 1.5 * twice + 2.0 * _dangles(claim.claim) + 2.0 * (not is_sentence(article, claim, trees))
        return told + _STANDING.get(claim.kind, 2.5) + 0.1 * claim.grade - unfit - 2.0 * (claim.where in _ABOVE)

    return max(claims, key=weight)


def _dangles(text: str) -> bool:
    """Whether the sentence starts with a pronoun or speaks in the first person."""
    return _DANGLING.search(text) is not None or _FIRST_PERSON.search(text) is not None


def _attribute(article: Article, claim: Claim, trees: Sequence[Tree]) -> str:
    """The claim behind its chain, every hop named, without the full stop."""
    told = _tell(article, claim, trees)
    chain = claim.chain
    if not chain or claim.kind is SourceKind.NONE:
        who = _STATED.get(claim.where, "The text states")
        return f"{who}, citing nobody{told.that_after_aside}"
    if claim.kind is SourceKind.UNSPECIFIED:
        return f"The text says, naming nobody (“{article.same_words(chain[-1].span)}”){told.that_after_aside}"
    if len(chain) == 1 and not told.quoted and claim.quote.covers(chain[0].span) and chain[0].name in claim.claim:
        return f"The text says that {told.words}"  # the clause names its source, which does or says it itself
    outlets = [name_hop(article, h) for h in chain if h.kind is SourceKind.NEWS_OUTLET]
    tellers = [h for h in chain if h.kind is not SourceKind.NEWS_OUTLET]
    if not tellers:
        return _from_outlets(chain, outlets, told)
    first, further = tellers[0], tellers[1:]
    if first.kind not in _PEOPLE:
        cited = f", as cited by {listed(outlets)}" if outlets else ""
        passed_on = "".join(f"{name_hop(article, h)} {verb_of(h)} that " for h in further)
        return f"According to {name_hop(article, first).rstrip(',')}{cited}{told.after(passed_on)}"
    said = f"told {listed(outlets)}" if outlets else verb_of(first)
    if not further and first.kind is SourceKind.NAMED_ORGANIZATION:
        told = _Told(words=_say_it(told.words, first.name), quoted=told.quoted)
    return f"{name_hop(article, first)} {said}{_relayed(article, first, further)}{told.that}"


def _say_it(words: str, name: str) -> str:
    """The clause with "it" or "they" for the speaker's own name at its head: "Acme says that it will close"."""
    verb = words.removeprefix(f"{name} ").partition(" ")[0]
    if not words.startswith(f"{name} ") or verb not in _SINGULAR | _PLURAL:
        return words
    return f"{'they' if verb in _PLURAL else 'it'}{words.removeprefix(name)}"


def _relayed(article: Article, teller: Hop, told: Sequence[Hop]) -> str:
    """One clause for each further hop, as in: that unnamed people had told Jones."""
    parts = []
    listener = short_name(teller)
    for hop in told:
        does = f"had told {listener}" if hop.kind in _PEOPLE else "shows"
        parts.append(f" that {name_hop(article, hop)} {does}")
        listener = short_name(hop)
    return "".join(parts)


def _from_outlets(hops: Sequence[Hop], outlets: Sequence[str], told: _Told) -> str:
    cites = f"citing {listed(outlets[1:])}" if outlets[1:] else "without an origin that is stated here"
    if is_generic(hops[0]):
        return f"According to {outlets[0]}, {cites}{told.after('')}"
    return f"{outlets[0]} {'report' if is_joint(hops[0]) else 'reports'}, {cites}{told.that_after_aside}"


def _tell(article: Article, claim: Claim, trees: Sequence[Tree]) -> _Told:
    """The claim as a clause, or quoted: what stands only above the text, is no sentence, or speaks of "I" or "it"."""
    words = " ".join(claim.claim.split()).rstrip(" .")
    if claim.where in _ABOVE or _dangles(words) or not is_sentence(article, claim, trees):
        return _Told(words=_DOUBLE_MARK.sub(lambda m: _SINGLE[m.group()], words), quoted=True)
    return _Told(words=_as_clause(article, claim, words, trees), quoted=False)


def _as_clause(article: Article, claim: Claim, clause: str, trees: Sequence[Tree]) -> str:
    """The clause with its first word in lower case unless it is a name."""
    first, _, rest = clause.partition(" ")
    bare = re.sub(r"\W", "", first)
    written_small = bare[:1].isupper() and (bare[1:].islower() or len(bare) == 1)
    named = opens_with_name(article, claim, trees)
    common = not named if named is not None else _is_common(article, bare, name_follows=rest[:1].isupper())
    if written_small and bare != "I" and common:
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
    return f" (hedged in the text: {listed([f'“{_hedged_words(article, claim, h)}”' for h in lost[:2]])})"


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
