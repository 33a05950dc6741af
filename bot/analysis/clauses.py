"""Where one assertion ends and the next begins: the clauses of a sentence that can be checked one by one.

"Norland will invite surveyors, and the ministry will pick a winner" asserts two things; "Ostrow, who leads a
caretaker government," asserts one beside what the sentence says of him. (Quirk et al. 1985, ch. 13 on coordination,
17.22-17.25 on non-restrictive relatives.)
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from bot.analysis.attributions import CueClass, cue_forms
from bot.analysis.parsing import Sentence, Token
from bot.analysis.syntax import CLAUSAL_SUBJECTS, Tree
from bot.document import Span

_MIN_MAIN = 3
_MIN_ASIDE = 8
_LAST = 3  # tokens to the end: a mark and a closing quotation mark
_REACH_LEFT = 16  # tokens from a joiner to the verb of its clause
_MIN_TIME_CLAUSE = 6
_MIN_SPLIT = 10  # shorter coordinate clauses are one assertion to a reader
_TRIM_LEFT = frozenset({",", ";", ":", "—", "–", "-", "--", ".", ")", "”", "…"})
_TRIM_RIGHT = frozenset({",", ";", ":", "—", "–", "-", "--", "(", "“"})
_JOINERS = frozenset({"and", "but", "or", "so", "yet", "while", "nor"})
# What stands before the first sentence of an entry or a dispatch: "10:42 The bridge ...", "DERBY, Nov. 3 -- ...".
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:am|pm)?")
_DATELINE = 14  # tokens that hold one
_DASHES = frozenset({"--", "—", "–"})
_TIME_JOINERS = frozenset({"after", "when", "as", "since", "because", "before"})
_SPLIT_ADVERBIALS = frozenset({"while", "whereas", "although", "though"})


class ClauseKind(StrEnum):
    """How a clause hangs in its sentence."""

    MAIN = "main"
    COORDINATE = "coordinate"
    RELATIVE = "relative"
    ADVERBIAL = "adverbial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A stretch of one sentence: token range [first, last), its head token and how it hangs there.

    `antecedent` is the head noun of a relative clause; None elsewhere.
    """

    sentence: Sentence
    first: int
    last: int
    head: int
    kind: ClauseKind
    antecedent: int | None = None

    @property
    def span(self) -> Span:
        """The clause in the document's text."""
        tokens = self.sentence.tokens
        return Span(start=tokens[self.first].start, end=tokens[self.last - 1].end)

    def is_finite(self, tree: Tree) -> bool:
        """Whether the head of the clause is a finite verb."""
        return tree.is_finite(self.head)

    def subject(self, tree: Tree) -> int | None:
        """The token that is the subject of the head, or None."""
        return tree.child(self.head, CLAUSAL_SUBJECTS)

    def below(self, tree: Tree, labels: frozenset[str]) -> tuple[int, ...]:
        """The tokens right below the head that have one of the labels."""
        return tuple(c for c in tree.children[self.head] if tree.nodes[c].label in labels)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the clause."""
        return self.sentence.tokens[self.first : self.last]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """In whose mouth a clause stands: the class of the cue, and whether it is quoted.

    `whole` marks the whole act of saying ("announced an order of 40 trams"), where the content alone is no clause.
    """

    cue_class: CueClass
    quoted: bool
    whole: bool = False


def find_clauses(sentence: Sentence, tree: Tree, *, within: Span | None = None) -> tuple[Clause, ...]:
    """The clauses of the sentence, or of the part of it `within` a span, in text order; none where there is no word."""
    inside = _range_within(sentence, within)
    if inside is None:
        return ()
    first, last = inside
    tops = [i for i in range(first, last) if not first <= tree.nodes[i].head < last or tree.nodes[i].head == i]
    words = [i for i in tops if any(c.isalnum() for c in sentence.tokens[i].text)]
    if not words:
        return ()
    top = max(words, key=lambda i: (len([u for u in tree.under(i) if first <= u < last]), -i))
    top = _verb_told_of(tree, top, last=last)
    cuts = _coordinate_cuts(sentence.tokens, tree, top, first=first, last=last)
    edges = [first, *(at for at, _ in cuts), last]
    heads = [top, *(head for _, head in cuts)]
    found: list[Clause] = []
    for (left, right), head in zip(pairwise(edges), heads, strict=True):
        adverbial = tree.nodes[head].label == "advcl" and head != top
        kind = ClauseKind.MAIN if head == top else ClauseKind.ADVERBIAL if adverbial else ClauseKind.COORDINATE
        asides = _relatives(sentence, tree, first=left, last=right)
        trailing = [c.first for c in asides if right - c.last <= 1 and not c.first <= head < c.last]
        trailing += [at for at in _told_after(sentence.tokens, tree, head, right=right) if at - left >= _MIN_ASIDE]
        found += _clause(sentence, range(left, min([right, *trailing])), head, kind=kind)
        found += asides
    return tuple(sorted(found, key=lambda c: (c.first, -c.last)))


def _verb_told_of(tree: Tree, top: int, *, last: int) -> int:
    """The past form that a noun at the top has for its verb, where the parse takes it for a participle; else `top`.

    "An aide handed in her notice, said a colleague."
    """
    if not tree.nodes[top].tag.startswith("NN"):
        return top
    verbs = (c for c in tree.children[top] if top < c < last and tree.nodes[c].label == "acl")
    return next((c for c in verbs if tree.nodes[c].tag == "VBD"), top)


def _range_within(sentence: Sentence, within: Span | None) -> tuple[int, int] | None:
    tokens = sentence.tokens
    if within is None:
        return 0, len(tokens)
    first = bisect_left(tokens, within.start, key=lambda t: t.start)
    last = bisect_right(tokens, within.end, key=lambda t: t.end)
    return (first, last) if first < last else None


def _coordinate_cuts(tokens: Sequence[Token], tree: Tree, top: int, *, first: int, last: int) -> list[tuple[int, int]]:
    """Token indexes where a clause with a subject of its own begins, with its head, in order."""
    cuts: list[tuple[int, int]] = []
    for at in range(first, last):
        left = _beginning(tokens, tree, at, top, first=first)
        if left is None or not tree.is_finite(at):
            continue
        least = _MIN_TIME_CLAUSE if tokens[left].low in _TIME_JOINERS else _MIN_SPLIT
        while left > first + 1 and tokens[left - 1].low in _JOINERS:
            left -= 1
        since = cuts[-1][0] if cuts else first
        if left - since >= least and last - left >= least:
            cuts.append((left, at))
    return cuts


def _beginning(tokens: Sequence[Token], tree: Tree, at: int, top: int, *, first: int) -> int | None:
    """Where the clause headed by `at` begins, if it is an assertion beside that of `top`.

    Coordinate clauses are, and trailing adverbial ones that contrast ("while", "although") or tell a time or cause
    with a figure in it. The joiner is looked for by its word too, since short sentences are often parsed amiss.
    """
    node = tree.nodes[at]
    if at == top:
        return None
    if node.label in {"conj", "parataxis"}:
        joined = _hangs_on(tree, at, top) and tree.child(at, CLAUSAL_SUBJECTS) is not None
        return min(i for i in tree.under(at) if first <= i) if joined else None
    if node.label != "advcl" or node.head != top or at < top:
        return None
    for left in range(at - 1, max(top, at - _REACH_LEFT), -1):
        if tokens[left].low in _SPLIT_ADVERBIALS:
            return left
        if tokens[left].low in _TIME_JOINERS:
            end = max(tree.under(at)) + 1
            return left if any(t.text[:1].isdigit() for t in tokens[left:end]) else None
    return None


def _told_after(tokens: Sequence[Token], tree: Tree, head: int, *, right: int) -> list[int]:
    """Where a telling begins that ends the clause: "confirmed it, saying that ...", "fell and said that ..."."""
    found: list[int] = []
    cues = cue_forms()
    for at in (c for c in tree.children[head] if head < c < right and cues.get(tokens[c].low) is CueClass.SAY):
        node = tree.nodes[at]
        telling = (node.label == "advcl" and node.tag == "VBG") or (node.label == "conj" and node.finite)
        content = next((c for c in tree.children[at] if c > at and tree.nodes[c].label == "ccomp"), None)
        if telling and content is not None and tree.is_finite(content) and right - max(tree.under(at)) <= _LAST:
            found.append(min(tree.under(at)))
    return found


def _hangs_on(tree: Tree, at: int, top: int) -> bool:
    """Whether `at` is joined to `top` by coordination and subordination of clauses alone."""
    while at != top:
        if tree.nodes[at].label not in {"conj", "parataxis", "ccomp", "advcl"} or tree.nodes[at].head == at:
            return False
        at = tree.nodes[at].head
    return True


def _relatives(sentence: Sentence, tree: Tree, *, first: int, last: int) -> list[Clause]:
    """Non-restrictive relative clauses between the token indexes: set off by a comma, with a verb of their own."""
    found: list[Clause] = []
    tokens = sentence.tokens
    for at in range(first, last):
        if tree.nodes[at].label != "relcl" or not tree.is_finite(at):
            continue
        under = [i for i in tree.under(at) if first <= i < last]
        left, right = min(under), max(under) + 1
        if left <= first or right - left < _MIN_ASIDE:
            continue
        if tokens[left - 1].text not in {",", "—", "–", "("} or tokens[left].low not in {"who", "which", "whose"}:
            continue
        found += _clause(sentence, range(left, right), at, kind=ClauseKind.RELATIVE, antecedent=tree.nodes[at].head)
    return found


def _openers(kind: ClauseKind) -> frozenset[str]:
    """The words that may be cut off at the start: "nor" may not, for the clause would then say the opposite."""
    joiners = _JOINERS - {"nor"}
    return joiners | _TIME_JOINERS | _SPLIT_ADVERBIALS if kind is ClauseKind.ADVERBIAL else joiners


def _after_heading(tokens: Sequence[Token], head: int) -> int:
    """Where the sentence begins behind the time of an entry or the place and date of a dispatch; 0 without one."""
    for width in (1, 3):
        clock = "".join(t.text for t in tokens[:width])
        if width < head and _CLOCK.fullmatch(clock) and tokens[width].text[0].isupper():
            return width
    opening = [t.text for t in tokens[:2]]
    if len(opening) > 1 and len(opening[0]) > 1 and opening[0].isupper() and opening[1] in {",", "(", *_DASHES}:
        for at, token in enumerate(tokens[: min(_DATELINE, head)]):
            if token.text in _DASHES:
                return at + 1
            if token.text == "-" == tokens[at + 1].text:
                return at + 2
    return 0


def _clause(
    sentence: Sentence, reach: range, head: int, *, kind: ClauseKind, antecedent: int | None = None
) -> list[Clause]:
    """The clause without marks and joiners at its edges, as a list of one; empty when nothing is left."""
    tokens = sentence.tokens
    first, last = reach.start, reach.stop
    while first < last and (tokens[first].text in _TRIM_LEFT or (tokens[first].low in _openers(kind) and first < head)):
        first += 1
    while last > first and (tokens[last - 1].text in _TRIM_RIGHT or tokens[last - 1].low in _JOINERS):
        last -= 1
    if first == 0:
        first = _after_heading(tokens, head)
    if last - first < _MIN_MAIN:
        return []
    return [Clause(sentence=sentence, first=first, last=last, head=head, kind=kind, antecedent=antecedent)]
