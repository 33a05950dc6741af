"""Whether a source speaks of what is its own to know, and how well a record is identified (rubric, Grades)."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import islice

from bot.analysis.attributions import CueClass
from bot.analysis.cast import Speaker
from bot.analysis.lexicon import load_lexicon
from bot.analysis.parsing import Article
from bot.document import Span
from bot.report import Grade, SourceKind

_DATE = re.compile(
    r"\b(?:(?:19|20)\d\d|January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_TITLED = re.compile(
    r"[“\"'‘][^”\"'’]{6,}[”\"'’]"
    r"|(?:[A-Z][\w-]+ ){2,}"
    r"(?:Act|[Cc]ensus|[Ii]ndex|[Oo]utlook|[Pp]lan|[Pp]oll|[Rr]eport|[Rr]oadmap|[Ss]tudy|[Ss]urvey)\b"
)
_COUNTED = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|\d+)\b", re.IGNORECASE)
_MOST = 40  # places where a record is spoken of, as many as are worth a look
_FEW = 2  # words, of a record that is only gestured at
_CAME_OUT = re.compile(
    rf"\b(?:out|released|published|issued|dated|posted|unveiled|filed)\s+(?:(?:on|last|this|in)\s+)?{_DATE.pattern}"
)
_NAME_WORD = re.compile(r"[A-Z][\w’'&.-]+")


_NAMED = frozenset({SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION})
_UNNAMED = frozenset({SourceKind.ANONYMOUS, SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A grade before adjustments, and the sentence that explains it."""

    grade: Grade
    why: str


@cache
def _pattern(group: str) -> re.Pattern[str]:
    return load_lexicon("standing").pattern(group)


class Voice(StrEnum):
    """How what is said stands to the one who says it: about their own doing, in general terms, or about others.

    RIVAL is about others too: somebody else, by name, does it.
    """

    DOES = "does"
    GENERAL = "general"
    OTHERS = "others"
    RIVAL = "rival"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """How something is attributed: by which cue, in what voice, and whether the attribution is carried here."""

    cue: Span | None = None
    cue_class: CueClass = CueClass.RUNNING
    voice: Voice = Voice.OTHERS
    carried: bool = False


def judge_standing(article: Article, speaker: Speaker, *, saying: Saying) -> Standing:
    """The grade that the origin alone earns for what is said this way (rubric, Grades, before adjustments)."""
    if speaker.kind in _NAMED:
        return _judge_named(article, speaker, saying=saying)
    if speaker.kind is SourceKind.DOCUMENT:
        return _judge_document(article, speaker)
    if speaker.kind in _UNNAMED:
        return _judge_unnamed(speaker)
    grade, why = _PLAIN[speaker.kind]
    return Standing(grade=grade, why=why.format(name=speaker.name))


def _judge_document(article: Article, speaker: Speaker) -> Standing:
    described = (
        f"{_without_capital(article, speaker.span)} {speaker.title or ''} {speaker.name[:1].lower()}{speaker.name[1:]}"
    )
    issued, dated = _told_elsewhere(article, speaker)
    issuer = _NAME_WORD.search(described) is not None
    if (issuer or issued) and (_TITLED.search(described) or _DATE.search(described) or dated):
        return Standing(grade=Grade.DOCUMENTED, why=f"A record that can be found: {speaker.name}.")
    if issuer or _pattern("official_record").search(described) or issued:
        why = f"A record whose issuer is known ({speaker.name}), without title, date or link."
        return Standing(grade=Grade.FIRST_HAND, why=why)
    return Standing(grade=Grade.ON_RECORD, why=f"A record is mentioned ({speaker.name}) but cannot be identified.")


def _without_capital(article: Article, span: Span) -> str:
    """The span's words, its first in lower case where it opens the sentence."""
    words = span.text_in(article.text)
    sentence = article.sentence_at(span.start)
    opens = sentence is not None and span.start - sentence.span.start <= 1
    return words[:1].lower() + words[1:] if opens else words


def _told_elsewhere(article: Article, speaker: Speaker) -> tuple[bool, bool]:
    """Whether a sentence says where a record of the same noun comes from, and whether one says when it came out.

    "The study, published in Nature, ..." and "a study out Monday": together they make it a record that can be found.
    """
    words = re.findall(r"[A-Za-z]+", speaker.span.text_in(article.text))
    records = load_lexicon("documents")["record"]
    noun = next((w for w in words if w.lower() in records), words[-1] if words else "")
    bare = len(speaker.name.split()) <= _FEW and _pattern("gestured").search(speaker.name)
    if not noun or bare:
        return False, False
    images = load_lexicon("documents")["moving_image"]
    nouns = images if noun.lower() in images else {noun}
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(nouns)))})\b", re.IGNORECASE)
    places = {s.index: s for m in islice(named.finditer(article.text), _MOST) if (s := article.sentence_at(m.start()))}
    said = [s.span.text_in(article.text) for s in places.values()]
    issued = any(_pattern("published").search(text) and _NAME_WORD.search(text[1:]) for text in said)
    return issued, any(_CAME_OUT.search(text) for text in said)


def _judge_named(article: Article, speaker: Speaker, *, saying: Saying) -> Standing:
    name, person = speaker.name, speaker.kind is SourceKind.NAMED_PERSON
    cue = saying.cue.text_in(article.text) if saying.cue else ""
    own = "their" if person else "its"
    distant = _pattern("contested").search(cue)
    if saying.cue_class is CueClass.ACCUSE:
        return Standing(grade=Grade.ON_RECORD, why=f"{name} is named and accuses somebody else.")
    if saying.voice is Voice.DOES and distant:
        return Standing(grade=Grade.ON_RECORD, why=f"{name} is named; the text keeps its distance (“{cue}”).")
    if saying.voice is Voice.DOES:
        return Standing(grade=Grade.FIRST_HAND, why=f"{name} is named and speaks of {own} own acts.")
    role = f"{speaker.title or ''} {name}".lower()
    rules = _pattern("jurisdiction").search(role) is not None
    sides = load_lexicon("standing").pattern("party", "armed").search(role) is not None
    if not person and (rules or not (sides or saying.voice is Voice.RIVAL)):
        return Standing(grade=Grade.FIRST_HAND, why=f"{name} is named and speaks of its own acts, findings or field.")
    wrote = _pattern("study_author").search(role) is not None
    outside = _pattern("outside").search(role) is not None and not wrote
    takes_sides = sides and not rules and (saying.voice is Voice.GENERAL or _pattern("armed").search(role) is not None)
    outside = outside or distant is not None or takes_sides or _is_uninvolved(article, speaker)
    learned = _pattern("learned").search(role) and saying.voice is not Voice.GENERAL
    at_large = saying.voice is Voice.GENERAL and not wrote and load_lexicon("people").pattern("profession").search(role)
    employed = _pattern("jurisdiction").search(speaker.title or "") and not at_large
    in_office = _pattern("office").search(role) or employed
    if person and not outside and (learned or in_office):
        return Standing(grade=Grade.FIRST_HAND, why=f"{name} is named and speaks in office ({speaker.title or name}).")
    return Standing(grade=Grade.ON_RECORD, why=f"{name} is named but speaks of the affairs of others.")


def _is_uninvolved(article: Article, speaker: Speaker) -> bool:
    """Whether its sentence says that the speaker had no part in the matter ("who was not involved in the study")."""
    sentence = article.sentence_at(speaker.span.start)
    return sentence is not None and _pattern("uninvolved").search(sentence.span.text_in(article.text)) is not None


def _judge_unnamed(speaker: Speaker) -> Standing:
    name = speaker.name
    described = f"{name} {speaker.title or ''}"
    if speaker.kind is SourceKind.ANONYMOUS:
        if _pattern("access").search(described):
            return Standing(grade=Grade.DESCRIBED, why=f"Unnamed, but with stated access or rank: {name}.")
        return Standing(grade=Grade.VAGUE, why=f"Unnamed, with no stated access: {name}.")
    if speaker.kind is SourceKind.UNNAMED_PERSON:
        if _pattern("present").search(described) or _pattern("office").search(described):
            return Standing(grade=Grade.DESCRIBED, why=f"An unnamed person who was there or speaks in office: {name}.")
        return Standing(grade=Grade.VAGUE, why=f"A person without a name: {name}.")
    if _COUNTED.search(name):
        return Standing(grade=Grade.DESCRIBED, why=f"People without names, but counted: {name}.")
    return Standing(grade=Grade.VAGUE, why=f"A group without names: {name}.")


_PLAIN = {
    SourceKind.OWN_REPORTING: (Grade.DOCUMENTED, "The outlet's own reporter saw it."),
    SourceKind.NEWS_OUTLET: (Grade.VAGUE, "{name} reports it and does not say from whom."),
    SourceKind.UNSPECIFIED: (Grade.VAGUE, "The text says it is reported or believed, not by whom."),
    SourceKind.NONE: (Grade.UNSOURCED, "Nobody is cited for it."),
}
