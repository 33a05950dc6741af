"""On what footing a source speaks, from the words that describe it (rubric, Source kinds)."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.analysis.anonymity import promises_protection
from bot.analysis.lexicon import Lexicon, load_lexicon
from bot.analysis.names import NameKind
from bot.analysis.nouns import Sense, load_nouns
from bot.analysis.phrases import Phrase
from bot.analysis.roster import Member
from bot.report import SourceKind

_NAMED = frozenset({SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION, SourceKind.NEWS_OUTLET})
_BODIES = frozenset({SourceKind.NAMED_ORGANIZATION, SourceKind.NEWS_OUTLET, SourceKind.OWN_REPORTING})
_GROUPS = frozenset({SourceKind.UNNAMED_GROUP, SourceKind.ANONYMOUS})
_SPEAKS_FOR_BODY = frozenset({"official", "executive"})
_COUNTS = frozenset({"one", "two", "three", "four", "five", "six", "seven", "several", "some", "many", "dozens"})
_NO_RANK = frozenset({"fire", "health", "school", "police", "election"})
_LONGEST_PLACE = 3
_NAME_WITHIN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A kind, and whether the phrase only stands for its owner ("a Pentagon spokesman": the Pentagon)."""

    kind: SourceKind
    stands_for_owner: bool = False


def kind_of_name(member: Member, outlet: str | None) -> SourceKind:
    """The kind of a source that is named; the publishing outlet itself is its own reporting."""
    if member.kind is NameKind.PERSON:
        return SourceKind.NAMED_PERSON
    if outlet is not None and member.name.lower().removeprefix("the ") == outlet.lower().removeprefix("the "):
        return SourceKind.OWN_REPORTING
    if member.kind is NameKind.OUTLET:
        return SourceKind.NEWS_OUTLET
    return SourceKind.DOCUMENT if _names_record(member) else SourceKind.NAMED_ORGANIZATION


def _names_record(member: Member) -> bool:
    """Whether a proper name is that of a record ('the Clean Rivers Act', 'the National Survey of Teachers')."""
    if member.kind is not NameKind.BODY or " " not in member.name:
        return False
    head = member.name.lower()
    if head.endswith(("geological survey", "antarctic survey", "ordnance survey")):
        return False
    for link in (" of ", " on ", " for "):
        head = head.partition(link)[0]
    word = head.split()[-1]
    if word.endswith("s") and word in load_lexicon("organizations")["head"]:
        return False  # "Norland Records" is a label, as "Norland Pictures" is a studio
    return load_nouns().listed(word) is Sense.RECORD and word not in load_lexicon("documents")["not_a_record"]


def says_own_eyes(phrase: Phrase, cue: str) -> bool:
    """Whether the outlet's own people saw it: 'our reporter', 'Agency journalists saw', 'a reporter here counted'."""
    outlets = load_lexicon("outlets")
    ours = phrase.determiner == "our" or any(t.low == "our" for t in phrase.possessor)
    if ours and phrase.core[0].low in outlets["witness"]:
        return True  # "our reporter Ann Day"
    if phrase.noun.word not in outlets["own"] and phrase.core[-1].low not in outlets["own"]:
        return False
    if phrase.noun.word not in outlets["witness"]:
        return ours
    return ours or (bool(cue) and cue.startswith(tuple(sorted(outlets["seen"]))))


def judge_phrase(phrase: Phrase, *, owner_kind: SourceKind | None, sentence: str) -> Judgement:
    """The kind of a source described by a common noun. `owner_kind` is the kind of whom the head belongs to, if known.

    `sentence` is the text of the whole sentence in lower case: protection is often granted outside the phrase.
    """
    if _protected(phrase, sentence):
        return Judgement(kind=SourceKind.ANONYMOUS)
    if phrase.noun.word in load_lexicon("people")["amount"] and phrase.link == "of" and owner_kind in _GROUPS:
        return Judgement(kind=owner_kind or SourceKind.UNNAMED_GROUP)
    if phrase.noun.sense is not Sense.SPOKESPERSON and _has_jurisdiction(phrase, owner_kind):
        spoken_for = load_lexicon("organizations")["abstract"] | _SPEAKS_FOR_BODY
        whole = owner_kind is SourceKind.NAMED_ORGANIZATION and phrase.noun.word in spoken_for
        return Judgement(kind=SourceKind.NAMED_ORGANIZATION, stands_for_owner=whole)
    bare = phrase.determiner is None and not phrase.possessor and not phrase.rest and len(phrase.core) == 1
    if bare and phrase.noun.word in load_lexicon("documents")["nobodys"]:
        return Judgement(kind=SourceKind.UNSPECIFIED)
    return _BY_SENSE[phrase.noun.sense](phrase, owner_kind)


def _protected(phrase: Phrase, sentence: str) -> bool:
    """Whether the person is described by access or rank only, or asked not to be named."""
    people = load_lexicon("people")
    if phrase.noun.sense is Sense.ANONYMOUS:
        return True
    if not (_is_human(phrase) or phrase.noun.sense is Sense.GROUP):
        return False
    rest = " ".join([phrase.link or "", *(t.low for t in phrase.rest)])
    if not phrase.possessor and people.pattern("access").search(rest):
        return True
    return promises_protection(sentence) or _by_rank(phrase, people)


def _is_human(phrase: Phrase) -> bool:
    """Whether the head names people: by its sense, or since "who" follows ("a party stalwart in Norland, who ...")."""
    openers = {t.low for i, t in enumerate(phrase.rest) if i == 0 or phrase.rest[i - 1].text == ","}
    return phrase.noun.sense.human or (phrase.noun.sense is Sense.UNKNOWN and not openers.isdisjoint({"who", "whose"}))


def _by_rank(phrase: Phrase, people: Lexicon) -> bool:
    """'a senior official', 'a U.S. diplomat', 'western officials', but 'U.S. officials' speak for their government."""
    told = set(phrase.modifiers) | {" ".join(phrase.modifiers[-2:])}
    if phrase.noun.word not in people["protected"] or told & _NO_RANK:
        return bool(told & people["nameless"])
    return bool(told & people["ranked"]) or (
        bool(told & people["seniority"]) and (not phrase.noun.plural or phrase.determiner in _COUNTS)
    )


def _has_jurisdiction(phrase: Phrase, owner_kind: SourceKind | None) -> bool:
    """Whether an authority's territory or body is clear, so that the body itself speaks."""
    people = load_lexicon("people")
    lows = [t.low for t in phrase.core]
    endings = {" ".join(lows[-n:]) for n in range(1, _LONGEST_PLACE + 1)}
    if endings & people["clear_alone"]:
        return True
    if lows[-1] in people["member"] and owner_kind is SourceKind.NAMED_ORGANIZATION:
        return True
    if lows[-1] in people["official_group"] and set(phrase.modifiers) & people["domain"]:
        return True
    if not endings & people["jurisdiction"] or phrase.determiner in _COUNTS:
        return False
    if owner_kind in _BODIES or any(t.text[0].isupper() and t.text != "I" for t in phrase.core[:-1]):
        return True
    placed = (
        phrase.noun.word != "investigator"
        and phrase.link in people["relation_of"]
        and any(t.text[0].isupper() for t in phrase.rest[:_NAME_WITHIN])
    )
    return placed or _tells_place(phrase)


def _tells_place(phrase: Phrase) -> bool:
    places = load_lexicon("places")
    groups = (places["country"], places["capital"], places["region"], places["demonym"])
    return any(word in group for word in phrase.modifiers for group in groups)


def _spokesperson(phrase: Phrase, owner_kind: SourceKind | None) -> Judgement:
    if owner_kind in _BODIES:
        return Judgement(kind=SourceKind.NAMED_ORGANIZATION, stands_for_owner=True)
    if owner_kind is SourceKind.NAMED_PERSON:
        return Judgement(kind=SourceKind.NAMED_PERSON)
    return _people(phrase, owner_kind)


def _people(phrase: Phrase, _owner_kind: SourceKind | None) -> Judgement:
    return Judgement(kind=SourceKind.UNNAMED_GROUP if phrase.noun.plural else SourceKind.UNNAMED_PERSON)


def _outlet(_phrase: Phrase, _owner_kind: SourceKind | None) -> Judgement:
    return Judgement(kind=SourceKind.NEWS_OUTLET)


def _utterance(phrase: Phrase, owner_kind: SourceKind | None) -> Judgement:
    """What somebody says in a letter, post or statement is that somebody's."""
    if owner_kind is None:
        return _people(phrase, None)
    return Judgement(kind=owner_kind, stands_for_owner=True)


def _record(phrase: Phrase, owner_kind: SourceKind | None) -> Judgement:
    outlets = load_lexicon("outlets")
    if phrase.noun.word in outlets["reports"] and owner_kind is SourceKind.NEWS_OUTLET:
        return Judgement(kind=SourceKind.NEWS_OUTLET, stands_for_owner=True)
    if phrase.noun.word in load_lexicon("documents")["personal"] and owner_kind is SourceKind.NAMED_PERSON:
        return Judgement(kind=SourceKind.NAMED_PERSON, stands_for_owner=True)
    said = {*phrase.modifiers, *([phrase.determiner] if phrase.determiner else [])}
    bare = not phrase.possessor and not phrase.rest and said <= outlets["press_modifier"]
    if phrase.noun.word == "report" and phrase.noun.plural and bare:
        return Judgement(kind=SourceKind.NEWS_OUTLET)
    return Judgement(kind=SourceKind.DOCUMENT)


def _body(phrase: Phrase, owner_kind: SourceKind | None) -> Judgement:
    introduced = phrase.determiner in {"a", "an", "another", "one"} and owner_kind not in _NAMED
    unnamed = phrase.noun.plural or introduced
    return Judgement(kind=SourceKind.UNNAMED_GROUP if unnamed else SourceKind.NAMED_ORGANIZATION)


def _unknown(phrase: Phrase, owner_kind: SourceKind | None) -> Judgement:
    """A noun of no known sense: in the plural mostly people, with a capital a body, else a thing that shows."""
    if _is_human(phrase):
        return _people(phrase, owner_kind)
    counted = phrase.determiner in {"those", "these", "both"} or (
        phrase.core[-1].text[0].isdigit() and not any(t.text[0].isupper() for t in phrase.core[-2:-1])
    )
    if phrase.noun.plural or counted or phrase.noun.word in load_lexicon("people")["amount"]:
        return Judgement(kind=SourceKind.UNNAMED_GROUP)
    capital = phrase.core[-1].text[0].isupper() and phrase.core[-1].low not in load_lexicon("grammar")["adverb"]
    return Judgement(kind=SourceKind.NAMED_ORGANIZATION if capital else SourceKind.DOCUMENT)


_BY_SENSE: dict[Sense, Callable[[Phrase, SourceKind | None], Judgement]] = {
    Sense.SPOKESPERSON: _spokesperson,
    Sense.ANONYMOUS: _people,
    Sense.KIN: _people,
    Sense.ROLE: _people,
    Sense.PERSON: _people,
    Sense.GROUP: _people,
    Sense.OUTLET: _outlet,
    Sense.UTTERANCE: _utterance,
    Sense.RECORD: _record,
    Sense.BODY: _body,
    Sense.UNKNOWN: _unknown,
}
