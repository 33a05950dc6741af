"""Whether a source speaks of what is its own to know, and how well a record is identified (rubric, Grades)."""

import re
from dataclasses import dataclass
from functools import cache

from bot.analysis.attributions import CueClass
from bot.analysis.lexicon import load_lexicon
from bot.analysis.cast import Cast, Speaker
from bot.analysis.parsing import Article, find_tokens
from bot.document import Span
from bot.report import Grade, SourceKind

_FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us", "mine", "ours", "i've", "i'm", "we've", "we're", "myself", "ourselves"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "his", "her", "its", "their", "him", "them", "himself", "herself", "itself"})
_DATE = re.compile(r"\b(?:(?:19|20)\d\d|January|February|March|April|May|June|July|August|September|October|November|December|"
                   r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b")
_TITLE = re.compile(r"[“\"'‘][^”\"'’]{6,}[”\"'’]|\bpublished (?:in|by|on)\b|\bjournal\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|\d+)\b", re.IGNORECASE)
_NAME_WORD = re.compile(r"[A-Z][\w’'&.-]+")
_SMALL = frozenset({"the", "of", "and", "for", "in", "a", "an", "on", "at"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A grade before adjustments, and the sentence that explains it."""

    grade: Grade
    why: str


@cache
def _pattern(group: str) -> re.Pattern[str]:
    return load_lexicon("standing").pattern(group)


def judge_standing(article: Article, speaker: Speaker, *, span: Span, cue_class: CueClass, cast: Cast) -> Standing:
    """The grade that the origin alone earns for what stands at `span` (rubric, Grades, before adjustments)."""
    match speaker.kind:
        case SourceKind.DOCUMENT:
            return _judge_document(article, speaker)
        case SourceKind.OWN_REPORTING:
            return Standing(grade=Grade.DOCUMENTED, why="The outlet's own reporter saw it.")
        case SourceKind.NAMED_PERSON | SourceKind.NAMED_ORGANIZATION:
            return _judge_named(article, speaker, span=span, cue_class=cue_class, cast=cast)
        case SourceKind.ANONYMOUS:
            return _judge_anonymous(speaker)
        case SourceKind.UNNAMED_PERSON:
            return _judge_unnamed(speaker)
        case SourceKind.UNNAMED_GROUP:
            return _judge_group(speaker)
        case SourceKind.NEWS_OUTLET:
            return Standing(grade=Grade.VAGUE, why=f"{speaker.name} reports it and does not say from whom.")
        case SourceKind.UNSPECIFIED:
            return Standing(grade=Grade.VAGUE, why="The text says it is reported or believed, not by whom.")
        case SourceKind.NONE:
            return Standing(grade=Grade.UNSOURCED, why="Nobody is cited for it.")


def _judge_document(article: Article, speaker: Speaker) -> Standing:
    text = article.text
    sentence = article.sentence_at(speaker.span.start)
    around = sentence.span.text_in(text) if sentence else speaker.name
    words = f"{speaker.name} {speaker.title or ''} {speaker.span.text_in(text)}"
    issuer = any(m.group() not in {"The", "A", "An"} for m in _NAME_WORD.finditer(words))
    if issuer and (_TITLE.search(words) or _TITLE.search(around) or _DATE.search(words)):
        return Standing(grade=Grade.DOCUMENTED, why=f"A record that can be found: {speaker.name}.")
    if issuer:
        return Standing(grade=Grade.FIRST_HAND, why=f"A record whose issuer is named ({speaker.name}), without title, date or link.")
    if _pattern("gestured").search(speaker.name):
        return Standing(grade=Grade.ON_RECORD, why=f"Records are mentioned ({speaker.name}) but cannot be identified.")
    return Standing(grade=Grade.FIRST_HAND, why=f"A record speaks: {speaker.name}.")


def _judge_named(article: Article, speaker: Speaker, *, span: Span, cue_class: CueClass, cast: Cast) -> Standing:
    person = speaker.kind is SourceKind.NAMED_PERSON
    if cue_class is CueClass.ACCUSE:
        return Standing(grade=Grade.ON_RECORD, why=f"{speaker.name} is named and accuses somebody else.")
    if speaks_of_itself(article, speaker, span, cast):
        return Standing(grade=Grade.FIRST_HAND, why=f"{speaker.name} is named and speaks of {'their' if person else 'its'} own acts or knowledge.")
    role = f"{speaker.title or ''} {speaker.name}".lower()
    if person:
        if _pattern("outside").search(role) or not _pattern("office").search(role):
            return Standing(grade=Grade.ON_RECORD, why=f"{speaker.name} is named but speaks of the affairs of others.")
        return Standing(grade=Grade.FIRST_HAND, why=f"{speaker.name} is named and speaks in office ({speaker.title}).")
    if _pattern("party").search(role) and not _pattern("jurisdiction").search(role):
        return Standing(grade=Grade.ON_RECORD, why=f"{speaker.name} is named but takes a side in what it says of others.")
    return Standing(grade=Grade.FIRST_HAND, why=f"{speaker.name} is named and speaks of its own acts, findings or field.")


def speaks_of_itself(article: Article, speaker: Speaker, span: Span, cast: Cast) -> bool:
    """Whether what stands at the span is about the speaker: first person, its name, or a pronoun that means it."""
    own = {w.lower() for w in re.findall(r"\w+", speaker.name)} - _SMALL
    family = re.findall(r"\w+", speaker.name.lower())[-1:] if speaker.kind is SourceKind.NAMED_PERSON else own
    for token in find_tokens(article.text, span, article.quotations_in(span)):
        if token.quoted and token.low in _FIRST_PERSON:
            return True
        if token.low in family and token.text[:1].isupper():
            return True
        if token.low in _PRONOUNS:
            meant = cast.resolve(Span(start=token.start, end=token.end))
            if meant is not None and meant.lower() == speaker.name.lower():
                return True
    return False


def _judge_anonymous(speaker: Speaker) -> Standing:
    words = f"{speaker.name} {speaker.title or ''}"
    if _pattern("access").search(words):
        return Standing(grade=Grade.DESCRIBED, why=f"Unnamed, but with stated access or rank: {speaker.name}.")
    return Standing(grade=Grade.VAGUE, why=f"Unnamed, with no stated access: {speaker.name}.")


def _judge_unnamed(speaker: Speaker) -> Standing:
    words = f"{speaker.name} {speaker.title or ''}"
    if _pattern("present").search(words):
        return Standing(grade=Grade.DESCRIBED, why=f"A person without a name who was there or speaks in office: {speaker.name}.")
    return Standing(grade=Grade.VAGUE, why=f"A person without a name: {speaker.name}.")


def _judge_group(speaker: Speaker) -> Standing:
    if _COUNTED.search(speaker.name):
        return Standing(grade=Grade.DESCRIBED, why=f"People without names, but counted: {speaker.name}.")
    return Standing(grade=Grade.VAGUE, why=f"A group without names: {speaker.name}.")
