"""Which names mean the same: surnames and full names of people; initials, short forms and word orders of bodies."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from bot.analysis.name_words import load_name_words, sex_of_address
from bot.analysis.names import Name, NameKind

SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_SKIPPED = frozenset({"of", "the", "and", "for", "&", "'s", "'", ",", "on", "in", "de"})
_GIVEN_TOO = frozenset({"al"})  # a particle that is more often a given name
_MOST_COMPARED = 20


def particled(name: Name) -> bool:
    """Whether a name is a surname with its particles ("Von der Berg")."""
    particles = load_name_words().particles - _GIVEN_TOO
    return len(name.lows) > 1 and particles.issuperset(name.lows[:-1])


class People:
    """Joins the full names of people, and finds whom a single name means."""

    def __init__(self) -> None:
        self.firsts: dict[str, str] = {}
        self.named: Counter[str] = Counter()
        self.apart: set[str] = set()
        self.by_last: dict[str, list[str]] = defaultdict(list)
        self.by_first: dict[str, list[str]] = defaultdict(list)

    def add(self, name: Name) -> str:
        """The key of the person a full name names: surname, then given names; initials and short forms are joined."""
        whole = [w for w in name.lows if w not in SUFFIXES and w[0].isalpha()]
        lows = whole or [name.lows[0]]
        last, first = lows[-1], lows[0]
        key = next((k for k in self.by_last[last] if _same_first(self.firsts[k], first)), None)
        if key is None:
            key = f"{last}, {' '.join(lows[:-1])}"
            self.firsts[key] = first
            self.by_last[last].append(key)
            self.by_first[first].append(key)
        self.named[key] += 1
        return key

    def knows(self, name: Name) -> bool:
        """Whether somebody named in full has that surname."""
        return name.lows[-1] in self.by_last

    def part(self, names: Sequence[Name]) -> None:
        """Note the surnames whose one full name is of the other sex than a form of address tells: somebody else's."""
        for name in names:
            keys = self.by_last.get(name.lows[0], ()) if len(name.words) == 1 else ()
            if len(keys) == 1 and _contradicts(name, self.firsts[keys[0]]):
                self.apart.add(name.lows[0])

    def find(self, name: Name, *, placed: bool) -> str | None:
        """Whose surname, or else given name, the single word is: of a family, the one most often named in full.

        An outlet's name that is the surname of somebody named in full ("Ann Fox ... Fox") is that person's.
        """
        low = name.lows[-1]
        outlet = name.kind is NameKind.OUTLET and low not in self.by_last
        if not name.title and (outlet or (name.kind is NameKind.PLACE and placed)):
            return None
        for keys in (self.by_last.get(low, ()), self.by_first.get(low, ())):
            fitting = [k for k in keys if not _contradicts(name, self.firsts[k])]
            if fitting and (low not in self.apart or len(keys) > 1 or _stated_sex(name) is not None):
                return max(fitting, key=lambda k: self.named[k])
        return None


def _stated_sex(name: Name) -> str | None:
    return next((sex for sex in map(sex_of_address, name.title) if sex), None)


def _contradicts(name: Name, first: str) -> bool:
    """Whether the form of address ("Mrs.") does not fit the given name."""
    stated = _stated_sex(name)
    known = load_name_words().sex_of_given(first)
    return stated is not None and known is not None and stated != known


def _same_first(known: str, first: str) -> bool:
    known, first = known.rstrip("."), first.rstrip(".")
    return (
        known == first
        or (min(len(known), len(first)) == 1 and known[0] == first[0])
        or (
            min(len(known), len(first)) > 2 and (known.startswith(first) or first.startswith(known))  # noqa: PLR2004 - Ben, Benjamin
        )
    )


class Bodies:
    """Joins the names of bodies: word order, leading places, dropped tails, initials."""

    def __init__(self) -> None:
        self.content: dict[str, frozenset[str]] = {}
        self.joined: dict[str, str] = {}
        self.prefixes: dict[str, str] = {}
        self.initials: dict[str, str] = {}
        self.outlets: dict[str, str] = {}
        self.heads: dict[str, str] = {}

    def add(self, name: Name) -> str:
        """The key of the body a full name names; the same for every order of its words."""
        lows = [w for w in name.lows if w not in _SKIPPED and w[0].isalnum()] or [name.text.lower()]
        key = " ".join(sorted(set(lows)))
        if key not in self.content and name.kind is not NameKind.PLACE:
            self.content[key] = frozenset(lows)
            for low in lows[1:]:
                if low in load_name_words().heads:
                    self.heads.setdefault(low, key)
            if name.kind is NameKind.OUTLET:
                self.outlets[lows[-1]] = key
            for length in range(1, len(lows)):
                self.prefixes.setdefault(" ".join(lows[:length]), key)
            capitals = "".join(w[0].lower() for w in name.words if w[0].isupper())
            kept = "".join(w.lower() if w.isupper() else w[0].lower() for w in name.words if w[0].isupper())
            every = "".join(w[0].lower() for w in name.words if w[0].isalpha())
            for letters in (capitals, every, kept):  # "US Geological Survey": USGS
                if len(letters) > 1:
                    self.initials.setdefault(letters, key)
        return key

    def close(self) -> None:
        """Join a name to a fuller one that holds all its words ('Interior Ministry', 'Exland's Interior Ministry')."""
        by_word: dict[str, list[str]] = defaultdict(list)
        for key, words in self.content.items():
            for word in words:
                by_word[word].append(key)
        for key, words in self.content.items():
            rarest = min((by_word[w] for w in words), key=len, default=[])
            fuller = [
                k for k in rarest[:_MOST_COMPARED] if len(self.content[k]) > len(words) and words <= self.content[k]
            ]
            if len(fuller) == 1 and len(words) > 1:
                self.joined[key] = fuller[0]

    def alias(self, key: str) -> str:
        """The key of the fuller name that a key was joined to, or the key itself."""
        return self.joined.get(key, key)

    def find(self, low: str) -> str | None:
        """The body a single word is short for: its letters, or the word its name begins with."""
        letters = low.replace(".", "")
        words = load_name_words()
        if letters in self.initials:
            return self.initials[letters]
        if low in words.endings and low in self.outlets:
            return self.outlets[low]
        if low in self.heads:
            return self.heads[low]
        if low in words.places or low in words.demonyms or low in words.function:
            return None
        return None if "." in low and letters.isalpha() else self.prefixes.get(low)
