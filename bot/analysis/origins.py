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
from bot.report import Claim, Hop, SourceKind

_WORD = re.compile(r"[\w@][\w’'.&-]*")
_NAMED = frozenset({SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION})
_STANDS_ALONE = frozenset({*_NAMED, SourceKind.DOCUMENT, SourceKind.OWN_REPORTING})
_NO_ORIGIN = frozenset({SourceKind.NONE, SourceKind.UNSPECIFIED})
_STEM = 6
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
    for claim in claims:
        for hop in deciding_hops(claim):
            if _key(hop) not in index:
                index[_key(hop)] = len(parties)
                parties.append(_read_party(article, hop))
    return parties, index


def _read_party(article: Article, hop: Hop) -> _Party:
    lexicon = load_lexicon("origins")
    title = hop.title or ""
    near = title + " " + hop.name
    sentence = article.sentence_at(hop.span.start)
    if hop.kind in _NAMED and sentence is not None:
        near += " " + article.text[hop.span.start : min(sentence.span.end, hop.span.end + 60)]
    authorship = lexicon.pattern("authorship").search(near) is not None and hop.kind is not SourceKind.DOCUMENT
    study = hop.kind is SourceKind.DOCUMENT and lexicon.pattern("study").search(hop.name) is not None
    own = _stems(hop.name)
    opposed = lexicon.pattern("opposed").search(title) is not None
    body = frozenset() if opposed else _stems(title) | (own if hop.kind is not SourceKind.NAMED_PERSON else frozenset())
    return _Party(hop=hop, own=own or frozenset({hop.name.lower()}), body=body, study=authorship or study)


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
    if a.study and b.study:
        return True
    if SourceKind.NAMED_PERSON in {a.hop.kind, b.hop.kind}:
        if a.hop.kind is b.hop.kind:
            return _same_person(a.hop.name, b.hop.name) or _same_body(a, b)
        person, other = (a, b) if a.hop.kind is SourceKind.NAMED_PERSON else (b, a)
        if other.hop.kind is SourceKind.UNNAMED_PERSON:
            return bool(person.own) and person.own <= other.own
        return other.hop.kind in _STANDS_ALONE and bool(other.own) and other.own <= person.body | person.own
    small, large = sorted((a.own, b.own), key=len)
    if small <= large:
        return True
    return bool(_acronyms(a.hop.name) & b.own or _acronyms(b.hop.name) & a.own)


def _same_person(a: str, b: str) -> bool:
    left, right = _WORD.findall(a.lower()), _WORD.findall(b.lower())
    return (
        bool(left and right)
        and left[-1] == right[-1]
        and (len(left) == 1 or len(right) == 1 or left[0][0] == right[0][0])
    )


def _same_body(a: _Party, b: _Party) -> bool:
    """Whether two people speak for one body: their titles name it and nothing else apart."""
    small, large = sorted((a.body, b.body), key=len)
    return bool(small) and small <= large and (len(small) > 1 or len(large) == 1)


def _collect(
    claims: Sequence[Claim], parties: Sequence[_Party], index: dict[tuple[str, str], int], groups: _Groups
) -> tuple[Origin, ...]:
    by_root: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_root[groups.root(index[_key(deciding_hops(claim)[-1])])].append(claim)
    origins = []
    for root, members in by_root.items():
        hops = tuple(p.hop for n, p in enumerate(parties) if groups.root(n) == root)
        named = [h for h in hops if h.kind in _STANDS_ALONE] or list(hops)
        name = max((h.name for h in named), key=len)
        origins.append(Origin(name=name, hops=hops, claims=tuple(members)))
    return tuple(origins)
