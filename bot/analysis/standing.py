"""Whether a source speaks of what is its own to know, and how well a record is identified (rubric, Grades)."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bot.analysis.attributions import CueClass
from bot.analysis.lexicon import load_lexicon
from bot.analysis.cast import Speaker
from bot.analysis.parsing import Article
from bot.document import Span
from bot.report import Grade, SourceKind

_DATE = re.compile(r"\b(?:(?:19|20)\d\d|January|February|March|April|May|June|July|August|September|October|November|December|"
                   r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b")
_TITLED = re.compile(r"[“\"'‘][^”\"'’]{6,}[”\"'’]|(?:[A-Z][\w-]+ ){2,}(?:[Rr]eport|[Ss]urvey|[Pp]lan|[Rr]oadmap|[Ii]ndex|[Ss]tudy|Act|[Pp]oll|[Cc]ensus|[Oo]utlook)\b")
_COUNTED = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|\d+)\b", re.IGNORECASE)
_NAME_WORD = re.compile(r"[A-Z][\w’'&.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A grade before adjustments, and the sentence that explains it."""

    grade: Grade
    why: str


@cache
def _pattern(group: str) -> re.Pattern[str]:
    return load_lexicon("standing").pattern(group)


class Voice(StrEnum):
    """How what is said stands to the one who says it: about their own doing, in general terms, or about others."""

    DOES = "does"
    GENERAL = "general"
    OTHERS = "others"


def judge_standing(
    article: Article, speaker: Speaker, *, span: Span, cue: str, cue_class: CueClass, voice: Voice
) -> Standing:
    """The grade that the origin alone earns for what stands at `span` (rubric, Grades, before adjustments)."""
    match speaker.kind:
        case SourceKind.DOCUMENT:
            return _judge_document(article, speaker)
        case SourceKind.OWN_REPORTING:
            return Standing(grade=Grade.DOCUMENTED, why="The outlet's own reporter saw it.")
        case SourceKind.NAMED_PERSON | SourceKind.NAMED_ORGANIZATION:
            return _judge_named(article, speaker, span=span, cue=cue, cue_class=cue_class, voice=voice)
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
    described = f"{_without_capital(article, speaker.span)} {speaker.title or ''} {speaker.name[:1].lower()}{speaker.name[1:]}"
    issuer = _NAME_WORD.search(described) is not None
    if issuer and (_TITLED.search(described) or _DATE.search(described)):
        return Standing(grade=Grade.DOCUMENTED, why=f"A record that can be found: {speaker.name}.")
    if issuer or _pattern("official_record").search(described) or _is_identified_elsewhere(article, speaker):
        why = f"A record whose issuer is known ({speaker.name}), without title, date or link."
        return Standing(grade=Grade.FIRST_HAND, why=why)
    return Standing(grade=Grade.ON_RECORD, why=f"A record is mentioned ({speaker.name}) but cannot be identified.")


def _without_capital(article: Article, span: Span) -> str:
    """The span's words, its first in lower case where it opens the sentence."""
    words = span.text_in(article.text)
    sentence = article.sentence_at(span.start)
    opens = sentence is not None and span.start - sentence.span.start <= 1
    return words[:1].lower() + words[1:] if opens else words


def _is_identified_elsewhere(article: Article, speaker: Speaker) -> bool:
    """Whether another sentence says where a record of the same noun comes from ("the study, published in Nature")."""
    words = re.findall(r"[A-Za-z]+", speaker.span.text_in(article.text))
    if not words or _pattern("gestured").search(speaker.name):
        return False
    noun = re.compile(rf"\b{re.escape(words[-1])}\b", re.IGNORECASE)
    return any(
        noun.search(said := sentence.span.text_in(article.text)) and _pattern("published").search(said) and _NAME_WORD.search(said[1:])
        for sentence in article.sentences
    )


def _judge_named(
    article: Article, speaker: Speaker, *, span: Span, cue: str, cue_class: CueClass, voice: Voice
) -> Standing:
    person = speaker.kind is SourceKind.NAMED_PERSON
    own = "their" if person else "its"
    role = f"{speaker.title or ''} {speaker.name}".lower()
    if cue_class is CueClass.ACCUSE:
        return Standing(grade=Grade.ON_RECORD, why=f"{speaker.name} is named and accuses somebody else.")
    if voice is Voice.DOES:
        if _pattern("contested").search(cue):
            return Standing(grade=Grade.ON_RECORD, why=f"{speaker.name} is named; the text keeps its distance (“{cue}”).")
        return Standing(grade=Grade.FIRST_HAND, why=f"{speaker.name} is named and speaks of {own} own acts or knowledge.")
    if not person:
        if _pattern("party").search(role) and not _pattern("jurisdiction").search(role):
            return Standing(grade=Grade.ON_RECORD, why=f"{speaker.name} is named but takes a side in what it says of others.")
        return Standing(grade=Grade.FIRST_HAND, why=f"{speaker.name} is named and speaks of its own acts, findings or field.")
    in_office = _pattern("office").search(role) and not _pattern("outside").search(role) and not _pattern("contested").search(cue)
    learned = _pattern("learned").search(role) and not _pattern("outside").search(role) and voice is not Voice.GENERAL
    if in_office or learned:
        return Standing(grade=Grade.FIRST_HAND, why=f"{speaker.name} is named and speaks in office ({speaker.title}).")
    return Standing(grade=Grade.ON_RECORD, why=f"{speaker.name} is named but speaks of the affairs of others.")


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
