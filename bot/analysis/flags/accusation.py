"""Accusations against a named party that is neither heard nor said to have been asked."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.analysis.flags.patterns import word_pattern
from bot.analysis.flags.quotes import is_speech
from bot.analysis.lexicon import load_lexicon
from bot.analysis.parsing import Article
from bot.document import Role, Span
from bot.report import Attribution, Claim, Flag, FlagKind, SourceKind

_NAME = re.compile(r"(?:[A-Z][\w.&-]*(?:[’'](?!s\b)\w+)?)(?:\s+(?:(?:of|the|de|al|bin|van|von|and)\s+)?[A-Z][\w.&-]*)*")
_ABOVE = frozenset({Role.HEADLINE, Role.STANDFIRST, Role.CAPTION})
_ACCUSES = re.compile(
    rf"\b(?:accus(?:es|ed|ing|e)|blam(?:es|ed|ing|e)|su(?:es|ed|ing)|denounc(?:es|ed|ing|e)|condemn(?:s|ed|ing)?)\s+"
    rf"(?:the\s+)?(?P<party>{_NAME.pattern})(?:['’]s)?\s"
)
_OPENER = re.compile(r"^(?:The|A|An|One|Two|Some|Many|All|His|Her|Their|Its|In|On|At|After|Before|When)\s+")
_BY = re.compile(r"\bby\s+(?:the\s+)?$")
_NAMED = frozenset({SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION})
_SHOWN = 6
_SHORT_WORD = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Charge:
    """A passage that says something grave of a named party. `words` are the party's distinctive words, lower case."""

    passage: Span
    party: str
    words: frozenset[str]


def find_accusation_flags(
    article: Article, claims: Sequence[Claim], attributions: Sequence[Attribution]
) -> Iterator[Flag]:
    """accused_not_heard: one flag for each party, with the claims against it."""
    charges = [charge for c in claims if (charge := _read_charge(article, c)) is not None]
    told = {s.index for charge in charges for s in article.sentences_in(charge.passage)}
    charges += _find_accusations(article, told)
    if not charges:
        return
    heard = _find_heard(article, claims, attributions)
    by_party: dict[frozenset[str], list[_Charge]] = {}
    for charge in charges:
        if not _is_heard(article, charge, heard):
            words = next((known for known in by_party if known & charge.words), charge.words)
            by_party.setdefault(words, []).append(charge)
    for against in by_party.values():
        party = max((c.party for c in against), key=len)
        yield Flag(
            kind=FlagKind.ACCUSED_NOT_HEARD,
            passages=tuple(dict.fromkeys(c.passage for c in against))[:_SHOWN],
            note=f"Grave things are said of {party}; the text gives no answer and does not say that one was sought.",
        )


def _read_charge(article: Article, claim: Claim) -> _Charge | None:
    wrong = word_pattern("accusation", "wrongdoing").search(claim.claim)
    statement = " ".join(s.span.text_in(article.text) for s in article.sentences_in(claim.quote))
    accusing = word_pattern("accusation", "accusing").search(statement) is not None
    charged = word_pattern("accusation", "charged").search(claim.claim) is not None
    if not charged and (wrong is None or not (claim.key or (accusing and claim.kind in _NAMED))):
        return None
    party = _accused(article, claim, wrong.start() if wrong is not None else len(claim.claim))
    return _Charge(passage=claim.quote, party=party, words=_distinctive(party)) if party else None


def _find_accusations(article: Article, told: Collection[int]) -> Iterator[_Charge]:
    """Other body sentences that name whom they accuse: "accused Acme of", "blamed the Acme Corporation for"."""
    for sentence in article.sentences:
        if sentence.role in _ABOVE or sentence.index in told:
            continue
        m = _ACCUSES.search(article.text, sentence.span.start, sentence.span.end)
        if m is not None and _distinctive(m.group("party")) and not re.search(r"-[a-z]+$", m.group("party")):
            yield _Charge(passage=sentence.span, party=m.group("party"), words=_distinctive(m.group("party")))


def _accused(article: Article, claim: Claim, at: int) -> str:
    """The named party of whom the claim speaks: the one after "by", else the first one named before the grave word."""
    accusers = {w for hop in claim.chain for w in _distinctive(hop.name)}
    names = [m for m in _NAME.finditer(claim.claim) if _distinctive(m.group()) - accusers and _is_proper(article, m)]
    agents = [m for m in names if m.start() > at and _BY.search(claim.claim[: m.start()])]
    before = [m for m in names if m.end() <= at]
    return next((_OPENER.sub("", m.group()) for m in agents or before), "")


def _is_proper(article: Article, m: re.Match[str]) -> bool:
    """Whether the name is one, rather than a common word with which the sentence begins."""
    return m.start() > 0 or " " in m.group() or re.search(rf"\b{re.escape(m.group().lower())}\b", article.text) is None


def _distinctive(name: str) -> frozenset[str]:
    generic = load_lexicon("origins")["generic"]
    words = (re.sub(r"['’]s?$", "", w.lower()).strip(".") for w in re.findall(r"[\w’'.&-]+", name))
    return frozenset(w for w in words if w not in generic and len(w) > _SHORT_WORD)


def _find_heard(
    article: Article, claims: Sequence[Claim], attributions: Sequence[Attribution]
) -> dict[str, list[Span]]:
    """Where each name speaks, or stands in a sentence that tells of an answer or of a request for one."""
    heard: dict[str, list[Span]] = {}
    places = [(f"{hop.name} {hop.title or ''}", c.quote) for c in claims for hop in c.chain]
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
