"""On what footing a source speaks, from the words that describe it (rubric, Source kinds)."""

from dataclasses import dataclass

from bot.analysis.lexicon import load_lexicon
from bot.analysis.names import NameKind
from bot.analysis.nouns import Sense, load_nouns
from bot.analysis.phrases import Phrase
from bot.analysis.roster import Member
from bot.report import SourceKind

_NAMED = frozenset({SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION, SourceKind.NEWS_OUTLET})
_PUBLIC_DOMAINS = frozenset(
    "health fire school election city county state federal local police park prison transport customs tax court military hospital university "
    "law enforcement public emergency navy army defense defence justice immigration border church company airline airport".split()
)
_NOT_RECORDS = frozenset({"program", "programme", "investigation", "research", "trial", "plan", "list", "model", "site"}) - {"plan"}
_SEEN = ("saw", "witness", "seen", "counted", "observed", "heard", "watched", "visited", "noted")
_RANKED = frozenset("senior top high-ranking high-level ranking high-placed well-placed unnamed unidentified anonymous".split())
_VIEWED_FROM_AFAR = frozenset("western intelligence administration diplomatic".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A kind, and whether the phrase only stands for its owner ("a Pentagon spokesman": the Pentagon)."""

    kind: SourceKind
    stands_for_owner: bool = False
    title: str | None = None


def kind_of_name(member: Member, outlet: str | None) -> SourceKind:
    """The kind of a source that is named; the publishing outlet itself is its own reporting."""
    if member.kind is NameKind.PERSON:
        return SourceKind.NAMED_PERSON
    if outlet is not None and member.name.lower().removeprefix("the ") == outlet.lower().removeprefix("the "):
        return SourceKind.OWN_REPORTING
    if member.kind is NameKind.OUTLET:
        return SourceKind.NEWS_OUTLET
    head = member.name.lower().split(" of ")[0].split(" on ")[0].split()[-1]
    record = load_nouns().listed(head) is Sense.RECORD and member.kind is NameKind.BODY and len(member.name.split()) > 1
    return SourceKind.DOCUMENT if record and head not in _NOT_RECORDS else SourceKind.NAMED_ORGANIZATION


def says_own_eyes(phrase: Phrase, cue: str) -> bool:
    """Whether the outlet's own people saw it: 'our reporter', 'Agency journalists saw', 'a reporter at the scene counted'."""
    own = load_lexicon("outlets")["own"]
    if phrase.noun.word not in own and " ".join(t.low for t in phrase.core[-1:]) not in own:
        return False
    seen = cue.startswith(_SEEN) if cue else False
    return seen or phrase.determiner in {"our"} or any(t.low == "our" for t in phrase.possessor)


def judge_phrase(phrase: Phrase, *, owner_kind: SourceKind | None, sentence: str) -> Judgement:
    """The kind of a source described by a common noun. `owner_kind` is the kind of whom the head belongs to, if known.

    `sentence` is the text of the whole sentence in lower case: protection is often granted outside the phrase.
    """
    sense, noun = phrase.noun.sense, phrase.noun
    if _protected(phrase, sentence):
        return Judgement(kind=SourceKind.ANONYMOUS)
    if sense is Sense.SPOKESPERSON:
        return _spokesperson(phrase, owner_kind)
    if _jurisdiction(phrase, owner_kind):
        whole = owner_kind is SourceKind.NAMED_ORGANIZATION and noun.word in load_lexicon("organizations")["abstract"] | {"official", "executive"}
        return Judgement(kind=SourceKind.NAMED_ORGANIZATION, stands_for_owner=whole)
    if sense.human or sense is Sense.GROUP:
        return Judgement(kind=SourceKind.UNNAMED_GROUP if noun.plural else SourceKind.UNNAMED_PERSON)
    if sense is Sense.OUTLET:
        return Judgement(kind=SourceKind.NEWS_OUTLET)
    if sense is Sense.UTTERANCE:
        return _utterance(phrase, owner_kind)
    if sense is Sense.RECORD:
        return _record(phrase, owner_kind)
    if sense is Sense.BODY:
        unnamed = noun.plural or (phrase.determiner in {"a", "an", "another", "one"} and owner_kind is None)
        return Judgement(kind=SourceKind.UNNAMED_GROUP if unnamed else SourceKind.NAMED_ORGANIZATION)
    if noun.plural:
        return Judgement(kind=SourceKind.UNNAMED_GROUP)
    capital = phrase.core[-1].text[0].isupper()
    return Judgement(kind=SourceKind.NAMED_ORGANIZATION if capital else SourceKind.DOCUMENT)


def _protected(phrase: Phrase, sentence: str) -> bool:
    """Whether the person is described by access or rank only, or asked not to be named."""
    people = load_lexicon("people")
    if phrase.noun.sense is Sense.ANONYMOUS:
        return True
    if not (phrase.noun.sense.human or phrase.noun.sense is Sense.GROUP):
        return False
    rest = " ".join([phrase.link or "", *(t.low for t in phrase.rest)])
    if phrase.possessor == () and people.pattern("access").search(rest):
        return True
    if "anonym" in sentence or "not authorized to" in sentence or "not authorised to" in sentence or "not to be named" in sentence:
        return True
    ranked = set(phrase.modifiers) & _RANKED
    if phrase.noun.word not in people["protected"]:
        return bool(ranked & {"unnamed", "unidentified", "anonymous"})
    if ranked or set(phrase.modifiers) & _VIEWED_FROM_AFAR:
        return True
    by_rank = set(phrase.modifiers) & people["seniority"] and phrase.noun.word in {"official", "diplomat", "aide", "adviser", "advisor"}
    return bool(by_rank) and not phrase.noun.plural


def _spokesperson(phrase: Phrase, owner_kind: SourceKind | None) -> Judgement:
    if owner_kind in {SourceKind.NAMED_ORGANIZATION, SourceKind.NEWS_OUTLET, SourceKind.OWN_REPORTING}:
        return Judgement(kind=SourceKind.NAMED_ORGANIZATION, stands_for_owner=True)
    if owner_kind is SourceKind.NAMED_PERSON:
        return Judgement(kind=SourceKind.NAMED_PERSON)
    return Judgement(kind=SourceKind.UNNAMED_GROUP if phrase.noun.plural else SourceKind.UNNAMED_PERSON)


def _jurisdiction(phrase: Phrase, owner_kind: SourceKind | None) -> bool:
    """Whether an authority's territory or body is clear, so that the body itself speaks."""
    people, places = load_lexicon("people"), load_lexicon("places")
    lows = [t.low for t in phrase.core]
    whole = " ".join(lows)
    if whole in people["clear_alone"] or any(" ".join(lows[-n:]) in people["clear_alone"] for n in (2, 3)) or lows[-1] == "police":
        return True
    head = " ".join(lows[-phrase.noun.width :])
    if head not in people["jurisdiction"] and lows[-1] not in people["jurisdiction"]:
        return False
    placed = places["country"] | places["capital"] | places["region"] | places["demonym"]
    located = any(w in placed for w in phrase.modifiers) or any(
        " ".join(lows[i : i + n]) in placed for n in (2, 3) for i in range(len(lows) - n)
    )
    capital = any(t.text[0].isupper() for t in phrase.core[:-1])
    possessed = owner_kind in {SourceKind.NAMED_ORGANIZATION, SourceKind.NEWS_OUTLET}
    domain = bool(set(phrase.modifiers) & _PUBLIC_DOMAINS)
    rest_named = phrase.link in {"in", "of", "at", "for", "with", "from"} and any(t.text[0].isupper() for t in phrase.rest[:4])
    return located or capital or possessed or (domain and rest_named) or (rest_named and phrase.noun.word != "investigator")


def _utterance(phrase: Phrase, owner_kind: SourceKind | None) -> Judgement:
    if owner_kind is None:
        return Judgement(kind=SourceKind.UNNAMED_GROUP if phrase.noun.plural else SourceKind.UNNAMED_PERSON)
    return Judgement(kind=owner_kind, stands_for_owner=True)


def _record(phrase: Phrase, owner_kind: SourceKind | None) -> Judgement:
    reports = load_lexicon("outlets")["reports"]
    if phrase.noun.word in reports and owner_kind is SourceKind.NEWS_OUTLET:
        return Judgement(kind=SourceKind.NEWS_OUTLET, stands_for_owner=True)
    bare = phrase.determiner in {None, "some", "several", "many"} and not phrase.possessor and not phrase.rest
    press = set(phrase.modifiers) <= {"media", "news", "press", "newspaper", "recent", "local", "earlier", "online", "multiple", "other"}
    if phrase.noun.word == "report" and phrase.noun.plural and bare and press:
        return Judgement(kind=SourceKind.NEWS_OUTLET)
    return Judgement(kind=SourceKind.DOCUMENT)
