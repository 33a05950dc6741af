"""Accusations against a named party that is neither heard nor said to have been asked."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.analysis.flags.quotes import is_speech
from bot.analysis.lexicon import load_lexicon
from bot.analysis.parsing import Article
from bot.analysis.patterns import word_pattern
from bot.document import Role, Span
from bot.report import Attribution, Claim, Flag, FlagKind, Hop, SourceKind

_NAME = re.compile(r"(?:[A-Z][\w.&-]*(?:[’'](?!s\b)\w+)?)(?:\s+(?:(?:of|the|de|al|bin|van|von|and)\s+)?[A-Z][\w.&-]*)*")
_ABOVE = frozenset({Role.HEADLINE, Role.STANDFIRST, Role.CAPTION})
_ACCUSES = re.compile(
    rf"\b(?:accus(?:es|ed|ing|e)|blam(?:es|ed|ing|e)|su(?:es|ed|ing)|denounc(?:es|ed|ing|e)|condemn(?:s|ed|ing)?)\s+"
    rf"(?:(?:the|its|his|her|their|a|an)\s+)?(?:[a-z][\w-]+\s+){{0,3}}?(?P<party>{_NAME.pattern})(?:['’]s)?\s"
)
_OPENER = re.compile(r"^(?:The|A|An|One|Two|Some|Many|All|His|Her|Their|Its|In|On|At|After|Before|When)\s+")
_BY = re.compile(r"\bby\s+(?:the\s+)?$")
_COMPOUND = re.compile(r"-[a-z]+$")  # "the Acme-owned mill": the name of something else
_PLACED = re.compile(r"\b(?:in|at|from|near|outside|across)\s+(?:the\s+)?$")
_SUFFERS = re.compile(r"\b(?:is|are|was|were|be|been|being|got|gets|get)\s+(?:\w+ly\s+|also\s+|not\s+|twice\s+)*\w?\Z")
_PARTICIPLE = re.compile(r"\w+(?:ed|en)\b|beat\b")
_PROSECUTES = re.compile(r"\b(?:prosecut(?:or|ors|ion|ing)|indictment|lawsuit|suit|plaintiffs?)\b", re.IGNORECASE)
_TRIAL = re.compile(
    r"\b(?:on trial|trial continues|court heard|jury|jurors|charged with|accuses|defendants?|sued|lawsuit)\b"
)
_NAMED = frozenset({SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION})
_SHOWN = 6
_SHORT_WORD = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Charge:
    """A passage that says something grave of a named party. `words` are the party's distinctive words, lower case."""

    passage: Span
    party: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """A named party of whom grave things are said, the passages that say them, and no answer anywhere."""

    party: str
    passages: tuple[Span, ...]


def find_accusation_flags(
    article: Article, claims: Sequence[Claim], attributions: Sequence[Attribution]
) -> Iterator[Flag]:
    """accused_not_heard: one flag for each party, with the passages against it."""
    for unheard in find_unheard(article, claims, attributions):
        yield Flag(
            kind=FlagKind.ACCUSED_NOT_HEARD,
            passages=unheard.passages,
            note=f"Grave things are said of {unheard.party}; the text gives no answer, nor says that one was sought.",
        )


def find_unheard(article: Article, claims: Sequence[Claim], attributions: Sequence[Attribution]) -> tuple[Unheard, ...]:
    """The named parties that are accused, and neither heard nor said to have been asked."""
    charges = [charge for c in claims if (charge := _read_charge(article, c)) is not None]
    told = {s.index for charge in charges for s in article.sentences_in(charge.passage)}
    charges += _find_accusations(article, told)
    heard = _find_heard(article, claims, attributions) if charges else {}
    by_party: dict[frozenset[str], list[_Charge]] = {}
    for charge in charges:
        if not _is_heard(article, charge, heard):
            words = next((known for known in by_party if known & charge.words), charge.words)
            by_party.setdefault(words, []).append(charge)
    return tuple(
        Unheard(
            party=max((c.party for c in against), key=len),
            passages=tuple(dict.fromkeys(c.passage for c in against))[:_SHOWN],
        )
        for against in by_party.values()
    )


def _read_charge(article: Article, claim: Claim) -> _Charge | None:
    wrong = word_pattern("accusation", "wrongdoing").search(claim.claim)
    statement = " ".join(s.span.text_in(article.text) for s in article.sentences_in(claim.quote))
    accusing = word_pattern("accusation", "accusing").search(statement) is not None
    charged = word_pattern("accusation", "charged").search(claim.claim) is not None
    voiced = (claim.key and claim.kind is not SourceKind.NONE) or (accusing and claim.kind in _NAMED)
    prosecuted = _is_prosecuted(article, claim)
    if not (charged or prosecuted) and (wrong is None or not voiced):
        return None
    party = _accused(article, claim, wrong.start() if wrong is not None else len(claim.claim))
    return _Charge(passage=claim.quote, party=party, words=_distinctive(party)) if party else None


def _is_prosecuted(article: Article, claim: Claim) -> bool:
    """Whether prosecutors or plaintiffs tell what a named party did, in a story of a trial or lawsuit."""
    told = " ".join(f"{hop.name} {hop.title or ''}" for hop in claim.chain)
    subject = _NAME.match(claim.claim)
    if subject is None or not _PROSECUTES.search(told) or not _is_proper(article, subject):
        return False
    return _TRIAL.search(article.text) is not None


def _find_accusations(article: Article, told: Collection[int]) -> Iterator[_Charge]:
    """Other body sentences that name whom they accuse: "accused Acme of", "blamed the Acme Corporation for"."""
    for sentence in article.sentences:
        if sentence.role in _ABOVE or sentence.index in told:
            continue
        m = _ACCUSES.search(article.text, sentence.span.start, sentence.span.end)
        if m is not None and _distinctive(m.group("party")) and not _COMPOUND.search(m.group("party")):
            yield _Charge(passage=sentence.span, party=m.group("party"), words=_distinctive(m.group("party")))


def _accused(article: Article, claim: Claim, at: int) -> str:
    """The named party of whom the claim speaks: whom it accuses, the one after "by", else the first before the word.

    One that is against the grave thing ("Norland opposes intimidation"), that suffers it ("Lee was threatened"), or
    only where it happens, is not accused.
    """
    named = _ACCUSES.search(claim.claim)
    if named is not None and _distinctive(named.group("party")) and not _COMPOUND.search(named.group("party")):
        return named.group("party")
    accusers = {w for hop in claim.chain for w in _distinctive(hop.name)}
    names = [m for m in _NAME.finditer(claim.claim) if _distinctive(m.group()) - accusers and _is_proper(article, m)]
    agents = [m for m in names if m.start() > at and _BY.search(claim.claim[: m.start()])]
    suffered = _SUFFERS.search(claim.claim[: at + 1]) is not None and _PARTICIPLE.match(claim.claim, at) is not None
    before = [] if suffered else [m for m in names if m.end() <= at and not _PLACED.search(claim.claim[: m.start()])]
    found = next(iter(agents or before), None)
    if found is None or word_pattern("accusation", "opposing").search(claim.claim, found.end(), max(at, found.end())):
        return ""
    return _OPENER.sub("", found.group())


def _is_proper(article: Article, m: re.Match[str]) -> bool:
    """Whether the name is one, rather than a common word with which the sentence begins."""
    word = m.group().lower()
    if m.start() > 0 or " " in word:
        return True
    grammar = load_lexicon("grammar")
    closed = word.endswith("ly") or any(
        word in grammar[g] for g in ("determiner", "preposition", "subordinator", "adverb")
    )
    return not closed and re.search(rf"\b{re.escape(word)}\b", article.text) is None


def _distinctive(name: str) -> frozenset[str]:
    generic = load_lexicon("origins")["generic"] | load_lexicon("grammar")["month_day"]
    words = (re.sub(r"['’]s?$", "", w.lower()).strip(".") for w in re.findall(r"[\w’'.&-]+", name))
    return frozenset(w for w in words if w not in generic and len(w) > _SHORT_WORD)


def _speaking(claim: Claim) -> Iterator[Hop]:
    """The hops that speak in the text: outlets and the first behind them, not those whom that one passes on."""
    for hop in claim.chain:
        yield hop
        if hop.kind is not SourceKind.NEWS_OUTLET:
            return


def _find_heard(
    article: Article, claims: Sequence[Claim], attributions: Sequence[Attribution]
) -> dict[str, list[Span]]:
    """Where each name speaks, or stands in a sentence that tells of an answer or of a request for one."""
    heard: dict[str, list[Span]] = {}
    places = [(f"{hop.name} {hop.title or ''}", c.quote) for c in claims for hop in _speaking(c)]
    places += [
        (f"{a.name} {a.title or ''}", a.statement)
        for a in attributions
        if a.source is not None and is_speech(article, a)
    ]
    answer = word_pattern("accusation", "answer")
    for sentence in article.sentences:
        if answer.search(article.text, sentence.span.start, sentence.span.end):
            places.append((sentence.span.text_in(article.text), Span(start=0, end=0)))
    for name, place in places:
        for word in {w for m in _NAME.finditer(name) for w in _distinctive(m.group())}:
            heard.setdefault(word, []).append(place)
    return heard


def _is_heard(article: Article, charge: _Charge, heard: dict[str, list[Span]]) -> bool:
    """Whether the party speaks, or is asked, anywhere but in the charge itself."""
    own = [s.span for s in article.sentences_in(charge.passage)]
    return any(not any(place.overlaps(s) for s in own) for word in charge.words for place in heard.get(word, ()))
