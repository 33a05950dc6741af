"""Who and what the article names: people, bodies, outlets and places, each with all its mentions.

Full names come first; surnames, given names, acronyms and short forms are then joined to them.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.analysis.callings import read_callings
from bot.analysis.lexicon import load_lexicon
from bot.analysis.name_evidence import settle_kinds
from bot.analysis.name_runs import find_names
from bot.analysis.name_words import load_name_words
from bot.analysis.names import Name, NameKind, join_words
from bot.analysis.namesakes import SUFFIXES, Bodies, People, particled
from bot.analysis.nouns import Sense, load_nouns
from bot.analysis.parsing import Article
from bot.analysis.syntax import Tree
from bot.analysis.titles import Description, head_of_title, read_description

_PLACING = frozenset({"in", "from", "to", "at", "near", "around", "for"})
_WHERE = frozenset({"in", "near", "at", "around", "outside", "across", "off", "of"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody or something with a name. `name` is the fullest form, `titles` what its mentions tell, best first.

    `sex` is 'm', 'f' or None. `mentions` stand in text order. `words` are the words that point at it, `callings` the
    nouns that the text calls it by beside the name ("union", "firm").
    """

    key: str
    name: str
    kind: NameKind
    sex: str | None
    ages: frozenset[str]
    titles: tuple[str, ...]
    affiliations: tuple[str, ...]
    title_heads: frozenset[str]
    words: frozenset[str]
    callings: frozenset[str]
    mentions: tuple[Name, ...]

    @property
    def title(self) -> str | None:
        """Role and affiliation in a few words: the first role, and what a second one or an affiliation adds."""
        told = [t for t in self.titles[:1] if " " in t or not _vagueness(t)]
        for more in (*self.titles[1:3], *self.affiliations[:1]):
            if len(told) < 2 and not _says_the_same(more, " ".join(told)):  # noqa: PLR2004 - two at most
                told.append(more)
        return ", ".join(told) or None


def _says_the_same(more: str, told: str) -> bool:
    new, known = set(more.lower().split()), set(told.lower().split())
    return len(new & known) * 2 >= len(new) or len(new) > 8  # noqa: PLR2004 - long second titles are stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """All members; `names` in text order with `owners[i]` the key of `names[i]`.

    The rest are ways to look a member's key up, in order of first mention: `short_forms` by any form of the name,
    `titled` by the head of a title, `worded` by a word of a body's name, `aged` by age.
    """

    members: dict[str, Member]
    names: tuple[Name, ...]
    owners: tuple[str, ...]
    short_forms: dict[str, tuple[str, ...]]
    titled: dict[str, tuple[str, ...]]
    worded: dict[str, tuple[str, ...]]
    aged: dict[str, tuple[str, ...]]

    def within(self, start: int, end: int) -> list[tuple[Name, Member]]:
        """The names that overlap the characters start..end, with their bearers."""
        i = max(0, bisect_right(self.names, start, key=lambda n: n.span.start) - 1)
        found = []
        while i < len(self.names) and self.names[i].span.start < end:
            if self.names[i].span.end > start:
                found.append((self.names[i], self.members[self.owners[i]]))
            i += 1
        return found

    def called(self, words: Sequence[str]) -> Member | None:
        """The one member that a run of lower-case words points at by full name or short form."""
        for phrase in (" ".join(words), words[-1] if words else ""):
            keys = self.short_forms.get(phrase, ())
            if keys:
                return self.members[keys[0]]
        return None


def read_roster(article: Article, trees: Sequence[Tree] = ()) -> Roster:
    """Find the names of the article and join those of one bearer; `trees` go with the article's sentences."""
    names = find_names(article)
    told = [read_description(article.sentences[n.sentence], n) for n in names]
    callings = [read_callings(article.sentences[n.sentence], n) for n in names]
    kinds = settle_kinds(article, names, told, callings, trees)
    people, bodies = People(), Bodies()
    owners = [""] * len(names)
    for i, name in enumerate(names):
        if len(name.words) > 1 and not particled(name):
            owners[i] = people.add(name) if kinds[i] is NameKind.PERSON else bodies.add(name)
    for i, name in enumerate(names):
        if particled(name) and not people.knows(name):
            owners[i] = people.add(name) if kinds[i] is NameKind.PERSON else bodies.add(name)
    bodies.close()
    people.part(names)
    places = _find_places(article, names, trees)
    for i, name in enumerate(names):
        if len(name.words) == 1 and name.lows[0] in places:
            owners[i], kinds[i] = name.lows[0], NameKind.PLACE
        elif not owners[i]:
            tokens = article.sentences[name.sentence].tokens
            placed = name.first > 0 and tokens[name.first - 1].low in _PLACING
            outlet = name.kind is NameKind.OUTLET and bodies.find(name.lows[-1]) is not None
            person = None if outlet and not name.title else people.find(name, placed=placed)
            if person is not None:
                owners[i], kinds[i] = person, NameKind.PERSON
            else:
                owners[i] = _lone(name, kinds, i, bodies)
    return _collect(names, [bodies.alias(o) for o in owners], told, kinds, callings)


def _find_places(article: Article, names: Sequence[Name], trees: Sequence[Tree]) -> frozenset[str]:
    """Single words, lower case, that name a place here: "Norland", beside a Norland Railways, is no railway.

    Most of their mentions are marked as places by the trees and have no title, and one at least follows "in" or so.
    """
    marked: Counter[str] = Counter()
    told: Counter[str] = Counter()
    where: set[str] = set()
    for name in names if trees else ():
        if len(name.words) == 1:
            low, tokens = name.lows[0], article.sentences[name.sentence].tokens
            told[low] += 1
            marked[low] += trees[name.sentence].nodes[name.first].entity == "PLACE" and not name.title
            if name.first > 0 and tokens[name.first - 1].low in _WHERE:
                where.add(low)
    return frozenset(low for low in where if 2 * marked[low] > told[low])


def _lone(name: Name, kinds: list[NameKind], i: int, bodies: Bodies) -> str:
    """The key of a single word that is nobody's surname: a body's short form, or somebody known by one name."""
    low = name.lows[-1]
    known = bodies.find(low)
    if known is not None and not name.title:
        kinds[i] = NameKind.BODY if kinds[i] is NameKind.PERSON else kinds[i]
        return known
    return f"{low}, {low}" if kinds[i] is NameKind.PERSON else low


def _collect(
    names: Sequence[Name],
    keys: Sequence[str],
    told: Sequence[Description],
    kinds: Sequence[NameKind],
    callings: Sequence[frozenset[str]],
) -> Roster:
    places: dict[str, list[int]] = defaultdict(list)
    for i, key in enumerate(keys):
        places[key].append(i)
    members = {
        key: _member(
            key,
            [names[i] for i in at],
            [told[i] for i in at],
            [kinds[i] for i in at],
            frozenset().union(*(callings[i] for i in at)),
        )
        for key, at in places.items()
    }
    short: dict[str, list[str]] = defaultdict(list)
    for key, member in members.items():
        for form in {join_words(n.lows) for n in member.mentions} | (
            {key.split(",")[0]} if member.kind is NameKind.PERSON else set()
        ):
            short[form].append(key)
    people = [m for m in members.values() if m.kind is NameKind.PERSON]
    return Roster(
        members=members,
        names=tuple(names),
        owners=tuple(keys),
        short_forms={f: tuple(ks) for f, ks in short.items()},
        titled=_index((head, m.key) for m in people for head in sorted(m.title_heads)),
        worded=_index((w, m.key) for m in members.values() if m.kind is NameKind.BODY for w in sorted(m.words)),
        aged=_index((age, m.key) for m in people for age in sorted(m.ages)),
    )


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word, key in pairs:
        found[word].append(key)
    return {word: tuple(keys) for word, keys in found.items()}


def _member(
    key: str,
    names: Sequence[Name],
    told: Sequence[Description],
    kinds: Sequence[NameKind],
    callings: frozenset[str],
) -> Member:
    kind = Counter(k for k in kinds if k is not NameKind.UNKNOWN).most_common(1)
    settled = kind[0][0] if kind else NameKind.BODY
    fullest = max(names, key=_fullness)
    name = fullest.text + ("." if fullest.words[-1] in {"Jr", "Sr"} else "")
    if (
        settled is NameKind.PERSON
        and len(fullest.words) == 1
        and fullest.title
        and fullest.title[-1].lower() in load_lexicon("people")["honoured"]
    ):
        name = f"{fullest.title[-1]} {name}"
    roles = [r for d in told for r in d.roles]
    return Member(
        key=key,
        name=name,
        kind=settled,
        sex=_sex(fullest, told, settled),
        ages=frozenset(d.age for d in told if d.age),
        titles=tuple(sorted(_distinct(roles), key=_vagueness)),
        affiliations=tuple(_distinct(d.affiliation for d in told if d.affiliation)),
        title_heads=frozenset(head_of_title(r) for r in roles),
        words=frozenset(w for n in names for w in n.lows),
        callings=callings,
        mentions=tuple(names),
    )


def _fullness(name: Name) -> tuple[int, bool, int]:
    """Whole words first, then a suffix such as Jr., then initials."""
    whole = sum(len(w.rstrip(".")) > 1 and w.lower() not in SUFFIXES for w in name.words)
    return whole, any(w.lower() in SUFFIXES for w in name.words), len(name.words)


def _vagueness(role: str) -> bool:
    """Whether a title only says what part somebody played ('victim', 'rival'); offices and professions come first."""
    return load_nouns().read_head([head_of_title(role)]).sense is Sense.PERSON


def has_public_role(role: str) -> bool:
    """Whether a title is an office, a rank, a profession or a spokesperson's, not a part played or a tie of kin."""
    return load_nouns().read_head([head_of_title(role)]).sense in {Sense.ROLE, Sense.SPOKESPERSON}


def _distinct(roles: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for role in roles:
        words = set(role.lower().split())
        if not any(words <= set(k.lower().split()) for k in kept):
            kept.append(role)
    return kept


def _sex(name: Name, told: Sequence[Description], kind: NameKind) -> str | None:
    if kind is not NameKind.PERSON:
        return None
    stated = next((d.sex for d in told if d.sex), None)
    return stated or load_name_words().sex_of_given(name.lows[0])
