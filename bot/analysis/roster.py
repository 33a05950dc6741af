"""Who and what the article names: people, bodies, outlets and places, each with all its mentions.

Full names come first; surnames, given names, acronyms and short forms are then joined to them.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lemminflect import getAllLemmas

from bot.analysis.attributions import CueClass, cue_forms
from bot.analysis.name_words import load_name_words
from bot.analysis.names import Name, NameKind, find_names
from bot.analysis.nouns import Sense, load_nouns
from bot.analysis.parsing import Article
from bot.analysis.titles import Description, read_description

_SKIPPED = frozenset("of the and for & 's ' , on in de".split())
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_HONOURED = frozenset("king queen prince princess pope sheikh lord lady sir dame st. saint emperor sultan".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody or something with a name. `name` is the fullest form, `titles` what its mentions tell, best first.

    `sex` is 'm', 'f' or None. `mentions` stand in text order. `words` are the words that point at it.
    """

    key: str
    name: str
    kind: NameKind
    sex: str | None
    ages: frozenset[str]
    titles: tuple[str, ...]
    affiliations: tuple[str, ...]
    words: frozenset[str]
    mentions: tuple[Name, ...]

    @property
    def title(self) -> str | None:
        """Role and affiliation in a few words: the first role, and what a second one or an affiliation adds."""
        told = list(self.titles[:1])
        for more in (*self.titles[1:3], *self.affiliations[:1]):
            if len(told) < 2 and not _says_the_same(more, " ".join(told)):  # noqa: PLR2004 - two at most
                told.append(more)
        return ", ".join(told) or None


def _says_the_same(more: str, told: str) -> bool:
    new, known = set(more.lower().split()), set(told.lower().split())
    return len(new & known) * 2 >= len(new) or len(new) > 8  # noqa: PLR2004 - long second titles are stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """All members; `names` in text order with `owners[i]` the key of `names[i]`."""

    members: dict[str, Member]
    names: tuple[Name, ...]
    owners: tuple[str, ...]
    short_forms: dict[str, tuple[str, ...]]

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


def read_roster(article: Article) -> Roster:
    """Find the names of the article and join those of one bearer."""
    names = find_names(article)
    told = [read_description(article.sentences[n.sentence], n) for n in names]
    singles = frozenset(n.words[0].lower() for n in names if len(n.words) == 1)
    stems = {" ".join(w.lower() for w in n.words[:2]) for n in names if n.kind is NameKind.BODY and len(n.words) > 2}  # noqa: PLR2004 - more than the stem
    kinds = [_settle(article, n, d, singles, stems) for n, d in zip(names, told, strict=True)]
    people = _People()
    bodies = _Bodies()
    owners: list[str | None] = [None] * len(names)
    for i, name in enumerate(names):
        if len(name.words) > 1:
            owners[i] = people.add(name) if kinds[i] is NameKind.PERSON else bodies.add(name)
    bodies.close()
    for i, name in enumerate(names):
        if len(name.words) == 1:
            tokens = article.sentences[name.sentence].tokens
            placed = name.first > 0 and tokens[name.first - 1].low in {"in", "from", "to", "at", "near", "around", "for"}
            owners[i] = people.find(name, i, owners, placed=placed)
            if owners[i] is not None:
                kinds[i] = NameKind.PERSON
            owners[i] = owners[i] or _single(article, name, told[i], kinds, i, bodies)
    keys = tuple(bodies.alias(o or "") for o in owners)
    return _collect(names, keys, told, kinds)


def _single(
    article: Article, name: Name, told: Description, kinds: list[NameKind], i: int, bodies: "_Bodies"
) -> str:
    """The key of a lone word that no full name in the article explains."""
    low, words = name.words[0].lower(), load_name_words()
    known = bodies.find(low)
    if known and not name.title:
        kinds[i] = NameKind.BODY if kinds[i] is NameKind.UNKNOWN else kinds[i]
        return known
    if kinds[i] is NameKind.UNKNOWN:
        person = told.tells_person or bool(name.title) or low in words.given or low in words.surnames
        kinds[i] = NameKind.PERSON if person else NameKind.BODY
    return low if kinds[i] is not NameKind.PERSON else f"{low}, {low}"


def _settle(article: Article, name: Name, told: Description, singles: frozenset[str], stems: set[str]) -> NameKind:
    """What a run of two or more words names when its own words do not tell."""
    if name.kind is not NameKind.UNKNOWN or len(name.words) == 1:
        return name.kind
    lows = [w.lower() for w in name.words]
    if " ".join(lows) in stems:
        return NameKind.BODY
    tokens, words = article.sentences[name.sentence].tokens, load_name_words()
    before = tokens[name.first - 1].low if name.first else ""
    after = tokens[name.last].low if name.last < len(tokens) else ""
    if lows[-1] in words.surnames or told.tells_person or (lows[-1] in singles and lows[0] not in singles):
        return NameKind.PERSON
    nouns = load_nouns()
    things = {Sense.BODY, Sense.RECORD, Sense.OUTLET, Sense.UTTERANCE, Sense.GROUP}
    if nouns.listed(before) is Sense.BODY or any(nouns.listed(low) in things for low in lows[-2:]):
        return NameKind.BODY
    if lows[0].isalpha() and name.words[0].isupper() and len(lows[0]) > 1:
        return NameKind.BODY
    if before in {"the", "a", "an", "this"} or len(lows) > 4 or lows[0] in words.places or lows[0] in words.demonyms:  # noqa: PLR2004 - no person has five
        return NameKind.BODY
    if all(getAllLemmas(low) for low in lows) and after != "'s" and not name.title:
        return NameKind.BODY  # everyday words only: a brand, a band, a campaign
    says = cue_forms().get(after) is CueClass.SAY or cue_forms().get(before) is CueClass.SAY
    return NameKind.PERSON if says or not any(c in name.text for c in "&0123456789") else NameKind.BODY


class _People:
    """Joins the full names of people, and finds whom a single name means."""

    def __init__(self) -> None:
        self.firsts: dict[str, str] = {}
        self.by_last: dict[str, list[str]] = defaultdict(list)
        self.by_first: dict[str, list[str]] = defaultdict(list)

    def add(self, name: Name) -> str:
        lows = [w.lower() for w in name.words if w.lower() not in _SUFFIXES and w[0].isalpha()] or [name.words[0].lower()]
        last, first = lows[-1], lows[0]
        key = next((k for k in self.by_last[last] if _same_first(self.firsts[k], first)), None)
        if key is None:
            key = f"{last}, {' '.join(lows[:-1])}"
            self.firsts[key] = first
            self.by_last[last].append(key)
            self.by_first[first].append(key)
        return key

    def find(self, name: Name, at: int, owners: Sequence[str | None], *, placed: bool) -> str | None:
        """Whose surname, or else given name, the single word is: the one named last before, else the first at all."""
        low = name.words[0].lower()
        if not name.title and (name.kind is NameKind.OUTLET or (name.kind is NameKind.PLACE and placed)):
            return None
        for keys in (self.by_last.get(low, ()), self.by_first.get(low, ())):
            if len(keys) == 1:
                return keys[0]
            if keys:
                nearest = next((o for o in reversed(owners[:at]) if o in keys), None)
                return nearest or keys[0]
        return None


def _same_first(known: str, first: str) -> bool:
    known, first = known.rstrip("."), first.rstrip(".")
    return known == first or (min(len(known), len(first)) == 1 and known[0] == first[0]) or (
        min(len(known), len(first)) > 2 and (known.startswith(first) or first.startswith(known))  # noqa: PLR2004 - Ben, Benjamin
    )


class _Bodies:
    """Joins the names of bodies: word order, leading places, dropped tails, initials."""

    def __init__(self) -> None:
        self.content: dict[str, frozenset[str]] = {}
        self.joined: dict[str, str] = {}
        self.prefixes: dict[str, str] = {}
        self.initials: dict[str, str] = {}

    def add(self, name: Name) -> str:
        lows = [w.lower() for w in name.words if w.lower() not in _SKIPPED and w.isascii() or w.isalpha()]
        key = " ".join(sorted(set(lows))) or name.text.lower()
        if key not in self.content and name.kind is not NameKind.PLACE:
            self.content[key] = frozenset(lows)
            for length in range(1, len(lows)):
                self.prefixes.setdefault(" ".join(lows[:length]), key)
            capitals = "".join(w[0].lower() for w in name.words if w[0].isupper())
            every = "".join(w[0].lower() for w in name.words if w[0].isalpha())
            for letters in (capitals, every):
                if len(letters) > 1:
                    self.initials.setdefault(letters, key)
        return key

    def close(self) -> None:
        """Join a name to a fuller one that holds all its words ('Interior Ministry', 'Austria's Interior Ministry')."""
        by_word: dict[str, list[str]] = defaultdict(list)
        for key, words in self.content.items():
            for word in words:
                by_word[word].append(key)
        for key, words in self.content.items():
            rarest = min((by_word[w] for w in words), key=len, default=[])
            fuller = [k for k in rarest[:20] if len(self.content[k]) > len(words) and words <= self.content[k]]
            if len(fuller) == 1 and len(words) > 1:
                self.joined[key] = fuller[0]

    def alias(self, key: str) -> str:
        return self.joined.get(key, key)

    def find(self, low: str) -> str | None:
        """The body a single word is short for: its letters, or the word its name begins with."""
        letters = low.replace(".", "")
        words = load_name_words()
        if letters in self.initials:
            return self.initials[letters]
        if low in words.places or low in words.demonyms or low in words.function:
            return None
        return self.prefixes.get(low)


def _collect(
    names: Sequence[Name], keys: Sequence[str], told: Sequence[Description], kinds: Sequence[NameKind]
) -> Roster:
    places: dict[str, list[int]] = defaultdict(list)
    for i, key in enumerate(keys):
        places[key].append(i)
    members = {
        key: _member(key, [names[i] for i in at], [told[i] for i in at], [kinds[i] for i in at])
        for key, at in places.items()
    }
    short: dict[str, list[str]] = defaultdict(list)
    for key, member in members.items():
        for form in {n.text.lower() for n in member.mentions} | (
            {key.split(",")[0]} if member.kind is NameKind.PERSON else set()
        ):
            short[form].append(key)
    forms = {f: tuple(ks) for f, ks in short.items()}
    return Roster(members=members, names=tuple(names), owners=tuple(keys), short_forms=forms)


def _member(key: str, names: Sequence[Name], told: Sequence[Description], kinds: Sequence[NameKind]) -> Member:
    kind = Counter(k for k in kinds if k is not NameKind.UNKNOWN).most_common(1)
    settled = kind[0][0] if kind else NameKind.BODY
    fullest = max(names, key=_fullness)
    name = fullest.text
    if settled is NameKind.PERSON and len(fullest.words) == 1 and fullest.title and fullest.title[-1].lower() in _HONOURED:
        name = f"{fullest.title[-1]} {name}"
    roles = [r for d in told for r in d.roles]
    return Member(
        key=key,
        name=name,
        kind=settled,
        sex=_sex(fullest, told, settled),
        ages=frozenset(d.age for d in told if d.age),
        titles=tuple(_distinct(roles)),
        affiliations=tuple(_distinct(d.affiliation for d in told if d.affiliation)),
        words=frozenset(w.lower() for n in names for w in n.words),
        mentions=tuple(names),
    )


def _fullness(name: Name) -> tuple[int, bool, int]:
    """Whole words first, then a suffix such as Jr., then initials."""
    whole = sum(len(w.rstrip(".")) > 1 and w.lower() not in _SUFFIXES for w in name.words)
    return whole, any(w.lower() in _SUFFIXES for w in name.words), len(name.words)


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
    return stated or load_name_words().sex_of_given(name.words[0].lower())
