"""Independent origins: which claims rest, in the end, on the same somebody (docs/grading.md, Corroboration).

Chained, repeated and plural-but-uncounted sources are one origin; so are a body and its members, a lawyer and the
client, the authors and their study, and the parties to a joint statement.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.analysis.lexicon import load_lexicon
from bot.analysis.parsing import Article
from bot.analysis.patterns import word_pattern
from bot.report import Claim, Hop, SourceKind

_WORD = re.compile(r"[\w@][\w’'.&-]*")
_NAMED = frozenset({SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION})
_STANDS_ALONE = frozenset({*_NAMED, SourceKind.DOCUMENT, SourceKind.OWN_REPORTING})
_NO_ORIGIN = frozenset({SourceKind.NONE, SourceKind.UNSPECIFIED})
_IN_BRACKETS = re.compile(r"\((?:the\s)?(?P<short>[A-Z][A-Z&]{1,7})\b")
_NAME_BEFORE = re.compile(r"(?:[\w’'&,-]+\s){2,9}\Z")
_LONGEST_NAME = 300  # characters
_UNNAMED = frozenset({SourceKind.ANONYMOUS, SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP})
_NEARNESS = {
    SourceKind.NAMED_PERSON: 0,
    SourceKind.NAMED_ORGANIZATION: 1,
    SourceKind.DOCUMENT: 2,
    SourceKind.NEWS_OUTLET: 3,
    SourceKind.OWN_REPORTING: 4,
}
_STEM = 6
_APPOSED = 60  # characters after a name in which its apposition stands
_ACRONYM = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One independent origin: its fullest name, the hops that stand for it, and the claims that rest on it."""

    name: str
    hops: tuple[Hop, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Party:
    """One name under which a source appears: its own distinctive stems, and those of the body it belongs to."""

    hop: Hop
    own: frozenset[str]
    body: frozenset[str]
    study: bool


def find_origins(article: Article, claims: Sequence[Claim]) -> tuple[Origin, ...]:
    """The independent origins of the attributed claims, in order of their first claim.

    Claims of kind `none` and `unspecified` have no origin. An outlet that passes on unnamed people is one origin
    with them; an outlet that names its origin is none.
    """
    attributed = [c for c in claims if c.kind not in _NO_ORIGIN and c.chain]
    parties, index = _find_parties(article, attributed)
    groups = _Groups(len(parties))
    for claim in attributed:
        numbers = [index[_key(hop)] for hop in deciding_hops(claim)]
        for number in numbers[1:]:
            groups.join(numbers[0], number)
    for left, right in _candidates(parties):
        if _same(parties[left], parties[right]):
            groups.join(left, right)
    return _collect(attributed, parties, index, groups)


def deciding_hops(claim: Claim) -> tuple[Hop, ...]:
    """The hops of the claim's chain that make its origin, never empty for an attributed claim."""
    if claim.chain[-1].kind in _STANDS_ALONE:
        return tuple(h for h in claim.chain if h.kind is not SourceKind.NEWS_OUTLET) or claim.chain
    return claim.chain


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """What the text tells about names: what acronyms stand for, and who made its studies."""

    spelled_out: dict[str, frozenset[str]]
    authors: frozenset[str]


class _Groups:
    """Disjoint sets of numbers (union-find with path halving)."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, a: int, b: int) -> None:
        a, b = sorted((self.root(a), self.root(b)))
        self._parent[b] = a


def _key(hop: Hop) -> tuple[str, str]:
    return (hop.name.lower(), (hop.title or "").lower())


def _find_parties(article: Article, claims: Iterable[Claim]) -> tuple[list[_Party], dict[tuple[str, str], int]]:
    parties: list[_Party] = []
    index: dict[tuple[str, str], int] = {}
    names = _Names(spelled_out=_find_acronyms(article), authors=_find_authors(article))
    for claim in claims:
        for hop in deciding_hops(claim):
            if _key(hop) not in index:
                index[_key(hop)] = len(parties)
                parties.append(_read_party(article, hop, names))
    return parties, index


def _find_acronyms(article: Article) -> dict[str, frozenset[str]]:
    """What each acronym stands for, as stems, where the text gives it in brackets after the name."""
    found: dict[str, frozenset[str]] = {}
    for m in _IN_BRACKETS.finditer(article.text):
        name = _NAME_BEFORE.search(article.text[max(0, m.start() - _LONGEST_NAME) : m.start()])
        stems = _stems(" ".join(w for w in name.group().split() if w[0].isupper())) if name else frozenset()
        if stems:
            found.setdefault(m.group("short").lower()[:_STEM], stems)
    return found


def _find_authors(article: Article) -> frozenset[str]:
    """The capitalised words of sentences that tell who made a study: its authors are among them."""
    pattern = word_pattern("origins", "leadership")
    told = (s for s in article.sentences if pattern.search(article.text, s.span.start, s.span.end))
    return frozenset(t.low for s in told for t in s.tokens if t.text[:1].isupper())


def _read_party(article: Article, hop: Hop, names: _Names) -> _Party:
    title = hop.title or ""
    named = hop.kind is SourceKind.NAMED_PERSON
    own = _stems(hop.name)
    if hop.kind is SourceKind.DOCUMENT:
        own |= _stems(" ".join(w for w in hop.span.text_in(article.text).split() if w[0].isupper()))
    if len(own) == 1:
        own = names.spelled_out.get(next(iter(own)), own)
    opposed = word_pattern("origins", "opposed").search(title) is not None
    own_body = frozenset() if named else own
    return _Party(
        hop=hop,
        own=own or frozenset({hop.name.lower()}),
        body=frozenset() if opposed else _stems(title) | own_body,
        study=_is_of_study(article, hop, names),
    )


def _is_of_study(article: Article, hop: Hop, names: _Names) -> bool:
    """Whether the hop is a study or one of its authors."""
    if hop.kind is SourceKind.DOCUMENT:
        return word_pattern("origins", "study").search(hop.name) is not None
    near = f"{hop.title or ''} {hop.name}"
    sentence = article.sentence_at(hop.span.start)
    if hop.kind in _NAMED and sentence is not None:
        near += f" {article.text[hop.span.start : min(sentence.span.end, hop.span.end + _APPOSED)]}"
    led = hop.kind is SourceKind.NAMED_PERSON and hop.name.lower().rpartition(" ")[2] in names.authors
    return led or word_pattern("origins", "authorship").search(near) is not None


def _stems(name: str) -> frozenset[str]:
    generic = load_lexicon("origins")["generic"]
    words = (re.sub(r"['’]s?$", "", w.lower()).strip(".") for w in _WORD.findall(name))
    return frozenset(w[:_STEM] for w in words if w not in generic and len(w) > 1)


def _candidates(parties: Sequence[_Party]) -> Iterable[tuple[int, int]]:
    """Pairs worth comparing: those that share a stem, an acronym, or a study."""
    by_stem: dict[str, list[int]] = defaultdict(list)
    for number, party in enumerate(parties):
        for stem in party.own | party.body | ({"(study)"} if party.study else set()) | _acronyms(party.hop.name):
            by_stem[stem].append(number)
    seen: set[tuple[int, int]] = set()
    for numbers in by_stem.values():
        for other in numbers[1:]:
            seen.add((numbers[0], other))
        seen.update(pairwise(numbers))
    return sorted(seen)


def _acronyms(name: str) -> set[str]:
    words = [w for w in _WORD.findall(name) if w[0].isupper()]
    short = "".join(w[0] for w in words).lower()
    return {short[:_STEM]} if len(short) > _ACRONYM else set()


def _same(a: _Party, b: _Party) -> bool:
    """Whether two names are one origin; the one that stands nearer to a name of its own comes first."""
    if a.study and b.study:
        return True
    a, b = sorted((a, b), key=lambda p: _NEARNESS.get(p.hop.kind, len(_NEARNESS)))
    if a.hop.kind in _UNNAMED:
        return _bare(a.hop.name) == _bare(b.hop.name)
    if b.hop.kind in _UNNAMED:
        return a.own <= b.own and (a.hop.kind is not SourceKind.NAMED_PERSON or b.hop.kind is SourceKind.UNNAMED_PERSON)
    if a.hop.kind is not SourceKind.NAMED_PERSON:
        return a.own <= b.own or b.own <= a.own or bool(_acronyms(a.hop.name) & b.own or _acronyms(b.hop.name) & a.own)
    if b.hop.kind is SourceKind.NAMED_PERSON:
        return _same_person(a, b) or _same_body(a, b)
    own_record = b.hop.kind is SourceKind.DOCUMENT and bool(a.body) and a.body <= b.own
    return own_record or b.own <= a.body | a.own


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|a|an|some|his|her|their)\s+", "", name.lower())


def _same_person(a: _Party, b: _Party) -> bool:
    """Whether the names are those of one person, or of one and of somebody who speaks for that one."""
    left, right = _WORD.findall(a.hop.name.lower()), _WORD.findall(b.hop.name.lower())
    if re.search(r"['’]s\s", f"{a.hop.name} {b.hop.name}"):
        return a.own <= b.own or b.own <= a.own
    one_name = len(left) == 1 or len(right) == 1
    return bool(left and right) and left[-1] == right[-1] and (one_name or left[0][0] == right[0][0])


def _same_body(a: _Party, b: _Party) -> bool:
    """Whether two people speak for one body: their titles name it and nothing else apart."""
    small, large = sorted((a.body, b.body), key=len)
    return bool(small) and small <= large and (len(small) > 1 or len(large) == 1)


def _collect(
    claims: Sequence[Claim], parties: Sequence[_Party], index: dict[tuple[str, str], int], groups: _Groups
) -> tuple[Origin, ...]:
    hops: dict[int, list[Hop]] = defaultdict(list)
    for number, party in enumerate(parties):
        hops[groups.root(number)].append(party.hop)
    resting: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        resting[groups.root(index[_key(deciding_hops(claim)[-1])])].append(claim)
    return tuple(
        Origin(name=_fullest(hops[root]), hops=tuple(hops[root]), claims=tuple(members))
        for root, members in resting.items()
    )


def _fullest(hops: Sequence[Hop]) -> str:
    """The longest name of those who stand for themselves, else of all."""
    named = [h for h in hops if h.kind in _STANDS_ALONE] or hops
    return max((h.name for h in named), key=len)
