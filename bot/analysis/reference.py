"""Whom a pronoun means: the best-placed earlier mention that agrees with it; phrases are settled in `descriptions`.

Salience ranks the candidates: nearness, subjecthood, speaking, agreement of sex and number (after Lappin & Leass 1994,
"An Algorithm for Pronominal Anaphora Resolution", with weights for news prose).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.analysis.descriptions import Story, find_described
from bot.analysis.lexicon import load_lexicon
from bot.analysis.mentions import Mention, Shape
from bot.analysis.names import NameKind
from bot.analysis.nouns import Sense, load_nouns
from bot.analysis.roster import Roster

_LOOK_BACK = 40
_SENTENCES_BACK = 8
_FAR = 60
_THINGS = frozenset({Sense.BODY, Sense.RECORD, Sense.OUTLET, Sense.UTTERANCE})
_ANYBODYS = frozenset({"your", "any", "every", "each", "no", "either"})
_SEXED = frozenset({"m", "f"})


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """`mentions` in text order; `roots[i]` is what `mentions[i]` means: a member's key, or '#n' for the phrase n."""

    mentions: tuple[Mention, ...]
    roots: tuple[str, ...]
    starts: tuple[int, ...]
    ends: dict[int, int]
    places: dict[str, tuple[int, ...]]

    def at(self, start: int, end: int) -> int | None:
        """Index of the first mention that begins in the characters start..end."""
        i = bisect_left(self.starts, start)
        return i if i < len(self.starts) and self.starts[i] < end else None

    def before(self, start: int) -> Iterator[int]:
        """Indexes of the mentions before an offset, nearest first, at most as many as are worth a look."""
        first = bisect_left(self.starts, start) - 1
        return iter(range(first, max(-1, first - _FAR), -1))

    def within(self, start: int, end: int) -> range:
        """Indexes of the mentions that begin in the characters start..end."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def ending_at(self, end: int) -> int | None:
        """Index of the phrase or pronoun that ends at the offset."""
        return self.ends.get(end)

    def mentions_of(self, root: str) -> tuple[int, ...]:
        """Indexes of all mentions that mean the same."""
        return self.places.get(root, ())

    def phrase_of(self, root: str) -> Mention | None:
        """The phrase that a root '#n' stands for."""
        return self.mentions[int(root[1:])] if root.startswith("#") else None


def link_mentions(mentions: Sequence[Mention], roster: Roster, *, outlet: str | None = None) -> References:
    """Settle every mention in text order, so that each may stand on the ones before it.

    `outlet` is the publishing one: "the outlet" in its own article means another.
    """
    sexes: dict[str, str] = {m.key: m.sex for m in roster.members.values() if m.sex}
    story = Story(mentions, roster, outlet=outlet)
    for i, mention in enumerate(mentions):
        if mention.key is not None:
            root, sex = mention.key, None
        elif mention.shape is Shape.PRONOUN:
            found = _antecedent(story, i, sexes)
            root, sex = found or f"#{i}", mention.gender if found and mention.gender in _SEXED else None
        else:
            root = _bearer(story, i) or find_described(story, i) or f"#{i}"
            sex = load_nouns().sex_of([mention.noun.word]) if mention.noun else None
        story.settle(root)
        if sex is not None:
            sexes.setdefault(root, sex)
    places: dict[str, list[int]] = {}
    for i, root in enumerate(story.roots):
        places.setdefault(root, []).append(i)
    return References(
        mentions=tuple(mentions),
        roots=tuple(story.roots),
        starts=tuple(m.span.start for m in mentions),
        ends={m.span.end: i for i, m in enumerate(mentions) if m.shape is not Shape.NAME},
        places={root: tuple(at) for root, at in places.items()},
    )


def _bearer(story: Story, at: int) -> str | None:
    """Whom an apposition or a predicate is said of, where that one is a person by name ("Day, a doctor, ... He")."""
    phrase = story.mentions[at]
    if phrase.said_of is None or phrase.noun is None or not phrase.noun.sense.human:
        return None
    for i in range(at - 1, max(-1, at - 1 - _LOOK_BACK), -1):
        other = story.mentions[i]
        if other.sentence != phrase.sentence:
            return None
        if other.span.start <= phrase.said_of < other.span.end:
            return story.roots[i] if _is_person(story, story.roots[i]) else None
    return None


def _antecedent(story: Story, at: int, sexes: dict[str, str]) -> str | None:
    pronoun = story.mentions[at]
    speakers = _speakers_around(story, at)
    best: tuple[float, str] | None = None
    seen: dict[str, int] = {}
    for i in range(at - 1, max(-1, at - 1 - _LOOK_BACK), -1):
        candidate = story.mentions[i]
        if pronoun.sentence - candidate.sentence > _SENTENCES_BACK:
            break
        root = story.roots[i]
        fit = _agreement(pronoun, root, story, sexes)
        if fit is None or root in speakers:
            continue
        seen[root] = seen.get(root, 0) + 1
        score = fit + _salience(pronoun, candidate) + min(0.5, 0.2 * (seen[root] - 1))
        if best is None or score > best[0]:
            best = (score, root)
    return best[1] if best else None


def _speakers_around(story: Story, at: int) -> frozenset[str]:
    """Who, by name, speaks the quotation that holds the pronoun, in a tag beside it: speakers call themselves I."""
    pronoun, keys = story.mentions[at], set()
    if pronoun.quoted and pronoun.gender in _SEXED:
        before = reversed(story.mentions[max(0, at - _LOOK_BACK) : at])
        for beside in (before, story.mentions[at + 1 : at + 1 + _LOOK_BACK]):
            for mention in beside:
                if mention.sentence != pronoun.sentence:
                    break
                if mention.speaks and mention.key is not None:
                    keys.add(mention.key)
    return frozenset(keys)


def _agreement(pronoun: Mention, root: str, story: Story, sexes: dict[str, str]) -> float | None:
    """How well number, sex and humanity agree; None where they do not."""
    member = story.roster.members.get(root)
    phrase = story.mentions[int(root[1:])] if root.startswith("#") else None
    if phrase is not None and phrase.noun is None:
        return None
    if pronoun.gender in _SEXED:
        return _agrees_in_sex(pronoun, sexes.get(root), named=_is_person(story, root), told=phrase)
    if member is not None:
        return None if member.key in load_lexicon("places")["demonym"] else _agrees_as_body(pronoun, member.kind)
    noun = phrase.noun if phrase is not None else None
    if noun is None:
        return None
    if pronoun.gender == "p":
        return 0.6 if noun.plural and (noun.sense.human or noun.sense is Sense.BODY) else None
    return 0.0 if not noun.plural and noun.sense in _THINGS else None


def _is_person(story: Story, root: str) -> bool:
    member = story.roster.members.get(root)
    return member is not None and member.kind is NameKind.PERSON


def _agrees_in_sex(pronoun: Mention, sex: str | None, *, named: bool, told: Mention | None) -> float | None:
    noun = told.noun if told is not None else None
    anybody = told is not None and told.opener in _ANYBODYS
    person = named or (noun is not None and noun.sense.human and not noun.plural and not anybody)
    if not person or (sex is not None and sex != pronoun.gender):
        return None
    return (0.7 if sex else 0.0) - (0.8 if told is not None else 0.0)


def _agrees_as_body(pronoun: Mention, kind: NameKind) -> float | None:
    """'it' and 'they' for a named body; 'they' for one person only where nothing else is in sight."""
    if kind is NameKind.PERSON:
        return -3.0 if pronoun.gender == "p" else None
    if pronoun.gender == "p":
        return -0.8 if kind is NameKind.PLACE else 0.4
    return 0.0 if kind is NameKind.PLACE else 0.3


def _salience(pronoun: Mention, candidate: Mention) -> float:
    distance = pronoun.sentence - candidate.sentence
    score = 4.0 - 0.9 * distance - (0.4 if pronoun.paragraph != candidate.paragraph else 0.0)
    if candidate.subject:
        score += 1.9 if distance == 1 else 1.5
        if distance == 0 and not pronoun.subject and not pronoun.possessive and pronoun.gender in _SEXED:
            score -= 2.5  # "Day told him": the subject is somebody else
    if candidate.speaks and (pronoun.speaks or pronoun.subject):
        score += 1.5 if distance <= 1 else 0.8
    if candidate.speaks and pronoun.quoted and distance == 0:
        score -= 3.0  # speakers call themselves I
    if candidate.quoted and not pronoun.quoted:
        score -= 2.0
    if candidate.attributive:
        score -= 1.0
    if candidate.possessive:
        human = candidate.shape is Shape.NAME or (candidate.noun is not None and candidate.noun.sense.human)
        score += 2.5 if distance == 0 and human else -0.7  # "Day's lawyer said he ...", "the boy's lawyer said he ..."
    return score
