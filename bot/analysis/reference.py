"""Whom a pronoun or a phrase like "the minister" means: the best-placed earlier mention that agrees with it.

Salience ranks the candidates: nearness, subjecthood, speaking, agreement of sex and number (after Lappin & Leass 1994,
"An Algorithm for Pronominal Anaphora Resolution", with weights for news prose).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.analysis.mentions import Mention, Shape
from bot.analysis.names import NameKind
from bot.analysis.nouns import Sense, load_nouns
from bot.analysis.lexicon import load_lexicon
from bot.analysis.roster import Member, Roster
from bot.analysis.titles import ABBREVIATED

_LOOK_BACK = 40
_SENTENCES_BACK = 8
_FAR = 60
_THINGS = frozenset({Sense.BODY, Sense.RECORD, Sense.OUTLET, Sense.UTTERANCE})
_COMPANIES = frozenset(
    "company firm business giant manufacturer retailer automaker carmaker maker developer operator provider carrier airline corporation "
    "startup start-up brand chain label studio lender brewer insurer drugmaker planemaker chipmaker conglomerate utility publisher "
    "supplier contractor producer platform".split()
)
_STATE = frozenset("department ministry government court police senate house congress parliament commission awards".split())
_BODIES = frozenset("organization organisation group body agency institution charity nonprofit non-profit watchdog network service".split())


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
        i = bisect_left(self.starts, start) - 1
        while i >= 0 and bisect_left(self.starts, start) - i <= _FAR:
            yield i
            i -= 1

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


def link_mentions(mentions: Sequence[Mention], roster: Roster) -> References:
    """Settle every mention in text order, so that each may stand on the ones before it."""
    roots: list[str] = []
    sexes: dict[str, str] = {m.key: m.sex for m in roster.members.values() if m.sex}
    for i, mention in enumerate(mentions):
        if mention.key is not None:
            roots.append(mention.key)
        elif mention.shape is Shape.PRONOUN:
            root = _antecedent(mentions, roots, i, roster, sexes)
            if root and mention.gender in {"m", "f"}:
                sexes.setdefault(root, mention.gender)
            roots.append(root or f"#{i}")
        else:
            roots.append(_described(mentions, roots, i, roster) or f"#{i}")
            sex = load_nouns().sex_of([mention.noun.word]) if mention.noun else None
            if sex:
                sexes.setdefault(roots[-1], sex)
    places: dict[str, list[int]] = {}
    for i, root in enumerate(roots):
        places.setdefault(root, []).append(i)
    return References(
        mentions=tuple(mentions),
        roots=tuple(roots),
        starts=tuple(m.span.start for m in mentions),
        ends={m.span.end: i for i, m in enumerate(mentions) if m.shape is not Shape.NAME},
        places={root: tuple(at) for root, at in places.items()},
    )


def _antecedent(
    mentions: Sequence[Mention], roots: Sequence[str], at: int, roster: Roster, sexes: dict[str, str]
) -> str | None:
    pronoun = mentions[at]
    best: tuple[float, str] | None = None
    seen: dict[str, int] = {}
    for i in range(at - 1, max(-1, at - 1 - _LOOK_BACK), -1):
        candidate = mentions[i]
        if pronoun.sentence - candidate.sentence > _SENTENCES_BACK:
            break
        root = roots[i]
        fit = _agreement(pronoun, root, mentions, roster, sexes)
        if fit is None:
            continue
        seen[root] = seen.get(root, 0) + 1
        score = fit + _salience(pronoun, candidate) + min(0.6, 0.2 * (seen[root] - 1))
        if best is None or score > best[0]:
            best = (score, root)
    return best[1] if best else None


def _agreement(
    pronoun: Mention, root: str, mentions: Sequence[Mention], roster: Roster, sexes: dict[str, str]
) -> float | None:
    """How well number, sex and humanity agree; None where they do not."""
    member = roster.members.get(root)
    phrase = mentions[int(root[1:])] if root.startswith("#") else None
    noun = phrase.noun if phrase else None
    if phrase is not None and noun is None:
        return None
    person = (member is not None and member.kind is NameKind.PERSON) or (
        noun is not None and noun.sense.human and not noun.plural
    )
    if pronoun.gender in {"m", "f"}:
        sex = sexes.get(root)
        if not person or (sex is not None and sex != pronoun.gender):
            return None
        return (0.7 if sex else 0.0) - (0.8 if phrase else 0.0)
    body = member is not None and member.kind in {NameKind.BODY, NameKind.OUTLET, NameKind.PLACE}
    if pronoun.gender == "p":
        if noun is not None:
            return 1.0 if noun.plural and (noun.sense.human or noun.sense is Sense.BODY) else None
        return (-0.8 if member is not None and member.kind is NameKind.PLACE else 0.3) if body else (-3.0 if person else None)
    if person or (noun is not None and (noun.plural or noun.sense not in _THINGS)):
        return None
    return 0.3 if body and member is not None and member.kind is not NameKind.PLACE else 0.0


def _salience(pronoun: Mention, candidate: Mention) -> float:
    distance = pronoun.sentence - candidate.sentence
    score = 4.0 - 0.8 * distance - (0.4 if pronoun.paragraph != candidate.paragraph else 0.0)
    if candidate.subject:
        score += 1.5
        if distance == 0 and not pronoun.subject and not pronoun.possessive and pronoun.gender in {"m", "f"}:
            score -= 2.5  # "Day told him": the subject is somebody else
    if candidate.speaks and (pronoun.speaks or pronoun.subject):
        score += 1.5
    if candidate.speaks and pronoun.quoted and distance == 0:
        score -= 3.0  # speakers call themselves I
    if candidate.quoted and not pronoun.quoted:
        score -= 2.0
    return score - (0.7 if candidate.possessive else 0.0)


def _described(mentions: Sequence[Mention], roots: Sequence[str], at: int, roster: Roster) -> str | None:
    """What a definite singular phrase points back (or, for a title, ahead) at."""
    phrase = mentions[at]
    noun = phrase.noun
    if noun is None or not phrase.definite:
        return None
    study = load_lexicon("documents")["study"]
    akin: str | None = None
    for i in range(at - 1, max(-1, at - 1 - _FAR), -1):
        other = mentions[i]
        member = roster.members.get(roots[i])
        if member is not None and not noun.plural and _fits(member, noun.word, noun.sense):
            return roots[i]
        if other.noun is None or other.noun.plural != noun.plural or not phrase.marks <= other.marks:
            continue
        if other.noun.word == noun.word:
            return roots[i]
        if akin is None and noun.word in study and other.noun.word in study:
            akin = roots[i]
    if akin or noun.plural:
        return akin
    if noun.sense is Sense.BODY:
        return _latest_body(mentions, roots, phrase, roster)
    if noun.sense is Sense.OUTLET:
        return next((r for r in reversed(roots) if r in roster.members and roster.members[r].kind is NameKind.OUTLET), None)
    if noun.word == "year-old":
        aged = next((m.key for m in roster.members.values() if m.ages & phrase.marks), None)
        return aged or _last_subject(mentions, roots, at, roster)
    ahead = [m.key for m in roster.members.values() if _fits(m, noun.word, noun.sense)]
    if len(ahead) == 1:
        return ahead[0]
    return _last_subject(mentions, roots, at, roster) if noun.sense is Sense.ROLE else None


def _last_subject(mentions: Sequence[Mention], roots: Sequence[str], at: int, roster: Roster) -> str | None:
    """The person just spoken of, of whom no title was told yet: a role noun right after tells it."""
    for i in range(at - 1, max(-1, at - 1 - _LOOK_BACK), -1):
        if mentions[at].sentence - mentions[i].sentence > 1:
            return None
        member = roster.members.get(roots[i])
        if mentions[i].subject and not mentions[i].quoted and mentions[i].sentence < mentions[at].sentence:
            untitled = member is not None and member.kind is NameKind.PERSON and not member.titles
            return roots[i] if untitled else None
    return None


def _fits(member: Member, word: str, sense: Sense) -> bool:
    """Whether a member is what a head noun says: a person by title, a body or outlet by a word of the name."""
    if sense.human:
        return member.kind is NameKind.PERSON and any(_heads(word, title) for title in member.titles)
    if sense in {Sense.BODY, Sense.RECORD}:
        return member.kind is NameKind.BODY and word in member.words
    return False


def _heads(word: str, title: str) -> bool:
    """Whether the title's head is the word: 'interior minister' for minister, but not 'minister's aide'."""
    before = title.lower().replace("’s", "'s").split(" of ")[0].split(" for ")[0].split(" at ")[0].split(",")[0]
    last = before.split()[-1:]
    return [ABBREVIATED.get(w, w) for w in last] == word.split()[-1:]


def _latest_body(mentions: Sequence[Mention], roots: Sequence[str], phrase: Mention, roster: Roster) -> str | None:
    """The body that 'the company', 'the organization' means: one that speaks or acts, named last before."""
    word = phrase.noun.word if phrase.noun else ""
    if word not in _COMPANIES | _BODIES:
        return None
    last: str | None = None
    for i in range(len(roots) - 1, max(-1, len(roots) - 1 - _FAR), -1):
        member = roster.members.get(roots[i])
        if member is None or member.kind is not NameKind.BODY or not _can_be(member, word):
            continue
        if mentions[i].subject or mentions[i].speaks:
            return roots[i]
        last = last or roots[i]
    return last


def _can_be(member: Member, word: str) -> bool:
    nouns = load_nouns()
    last = member.name.split()[-1].lower()
    return not (word in _COMPANIES and (last in _STATE or nouns.listed(last) is Sense.PERSON)) and len(member.mentions) > 1
