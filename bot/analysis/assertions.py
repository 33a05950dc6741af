"""What the text asserts, clause by clause, and by which attribution.

An assertion is a clause with the attribution it stands under, or none when the outlet says it itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.analysis.attributions import CueClass, FoundAttribution
from bot.analysis.checkable import Unfit, find_unfitness
from bot.analysis.clauses import Clause, ClauseKind, Said, find_clauses
from bot.analysis.lexicon import load_lexicon
from bot.analysis.nested_sources import NestedSource
from bot.analysis.parsing import Article, Sentence, Token
from bot.analysis.syntax import CLAUSAL_SUBJECTS, Tree
from bot.document import Role, Span
from bot.report import Directness

_MOSTLY = 0.5
_WHOLLY = 0.85
_MIN_REST = 6
_LINKS = frozenset({"and", "but", "while", "as", "with", "where", "which", "that", "who", "when", "though", "although"})
_LEADS_ON = frozenset(
    {"after", "before", "since", "because", "until", "if", "unless", "by", "of", "to", "in", "on", "for"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """A clause and the number of the attribution it stands under (None: the outlet's own voice).

    `span` is the part to quote. `unfit` tells why the clause is no claim; None when it can be checked. `carried`
    marks attribution that reaches here from an earlier sentence.
    """

    clause: Clause
    span: Span
    attribution: int | None
    directness: Directness
    unfit: Unfit | None
    carried: bool = False

    @property
    def role(self) -> Role:
        """What the paragraph is in its article."""
        return self.clause.sentence.role


def find_assertions(
    article: Article, trees: Sequence[Tree], found: Sequence[FoundAttribution], *, nested: Sequence[NestedSource] = ()
) -> tuple[Assertion, ...]:
    """Every clause of the article as an assertion, in text order; `trees` go with the article's sentences.

    Where a source inside an attribution is `nested`, its content is what is asserted, not that it was told.
    """
    by_sentence = _by_sentence(article, found)
    inner = {n.outer: n for n in nested}
    assertions: list[Assertion] = []
    for sentence, tree in zip(article.sentences, trees, strict=True):
        inside = by_sentence.get(sentence.index, ())
        assertions += sorted(
            _in_sentence(article, sentence, tree, _Under(found=found, inside=inside, inner=inner)),
            key=lambda a: (a.span.start, -a.span.end),
        )
    return tuple(assertions)


def tells_threat(article: Article, found: FoundAttribution) -> bool:
    """Whether it is a threat, order or demand told without quoted words: an act, not an attribution (rubric)."""
    if found.cue is None or any(article.quotations_in(c) for c in found.content):
        return False
    lexicon, cue = load_lexicon("stance"), found.cue.text_in(article.text)
    if lexicon.pattern("threat").search(cue):
        return True
    said = " ".join(c.text_in(article.text) for c in found.content)
    return bool(lexicon.pattern("warning").search(cue) and lexicon.pattern("penalty").search(said))


def _by_sentence(article: Article, found: Sequence[FoundAttribution]) -> dict[int, list[int]]:
    """Sentence index -> numbers of the attributions with a part in it."""
    numbers: dict[int, list[int]] = {}
    for number, attribution in enumerate(found):
        parts = [s for s in (attribution.cue, *attribution.content) if s is not None]
        for index in sorted({s.index for part in parts for s in article.sentences_in(part)}):
            numbers.setdefault(index, []).append(number)
    return numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class _Under:
    """The attributions, the numbers of those with a part in one sentence, and the sources nested in them."""

    found: Sequence[FoundAttribution]
    inside: Sequence[int]
    inner: dict[FoundAttribution, NestedSource]

    def regions(self, span: Span) -> Iterator[tuple[int, Span]]:
        """The contents inside the span, those of nested sources among them, with the number of their attribution."""
        for number in self.inside:
            nested = self.inner.get(self.found[number])
            for content in (*_unbroken(self.found[number]), *(nested.content if nested else ())):
                part = _common(content, span)
                if part is not None:
                    yield number, part

    def cues(self, *, but: int | None) -> Iterator[Span]:
        """The cues inside the sentence, but for that of one attribution."""
        for number in self.inside:
            nested = self.inner.get(self.found[number])
            if nested is not None:
                yield nested.cue
            cue = self.found[number].cue
            if number != but and cue is not None:
                yield cue


def _unbroken(found: FoundAttribution) -> tuple[Span, ...]:
    """The content, in one piece where a cue with nobody behind it stands inside: "The bank is reportedly selling"."""
    first, last = found.content[0].start, found.content[-1].end
    inside = found.source is None and found.cue is not None and first < found.cue.start < last
    return (Span(start=first, end=last),) if inside else found.content


def _in_sentence(article: Article, sentence: Sentence, tree: Tree, under: _Under) -> Iterator[Assertion]:
    found = under.found
    regions = list(under.regions(sentence.span))
    taken: set[int] = set()
    for number, region in sorted(regions, key=lambda r: r[1].end - r[1].start):
        clauses = find_clauses(sentence, tree, within=region)
        told = judge_directness(article, region) is not Directness.DIRECT_QUOTE
        denied = found[number].cue_class is CueClass.DENY  # the content alone would say the opposite
        if told and (denied or not _asserts(sentence, tree, [r for n, r in regions if n == number])):
            whole = _act_of_saying(sentence, tree, found[number])
            clauses = (whole,) if whole is not None else clauses
        for clause in clauses:
            if clause.head not in taken:
                taken.add(clause.head)
                act = _holds_cue(clause, found[number])
                if act or not _is_tag(clause, under, but=number):
                    yield _attributed(article, clause, tree, (number, found[number]), whole=act)
    for clause in _outside(sentence, tree, under, [region for _, region in regions]):
        if clause.head not in taken and not _is_tag(clause, under, but=None):
            taken.add(clause.head)
            yield _own_voice(article, clause, tree)


def _asserts(sentence: Sentence, tree: Tree, content: Sequence[Span]) -> bool:
    """Whether any part of one attribution's content is a clause, so that the act of saying tells nothing beside it."""
    return any(c.is_finite(tree) for part in content for c in find_clauses(sentence, tree, within=part))


def _outside(sentence: Sentence, tree: Tree, under: _Under, regions: Sequence[Span]) -> Iterator[Clause]:
    """The clauses that no attribution covers, those in what is left of the sentence beside it among them."""
    for clause in find_clauses(sentence, tree):
        covered = sum(_covered(clause.span, region) for region in _united(regions))
        if covered < _MOSTLY and not (covered and clause.kind is ClauseKind.RELATIVE):
            yield _without_told(clause, under, regions) if covered else clause
    if not regions:
        return
    taken = [*regions, *under.cues(but=None), *(s for n in under.inside if (s := under.found[n].source) is not None)]
    for stretch in _gaps(sentence, taken):
        for clause in find_clauses(sentence, tree, within=stretch):
            subject = tree.child(clause.head, CLAUSAL_SUBJECTS)
            whole = subject is not None and clause.first <= subject < clause.last
            if clause.is_finite(tree) and whole and clause.last - clause.first >= _MIN_REST:
                yield clause


def _without_told(clause: Clause, under: _Under, regions: Sequence[Span]) -> Clause:
    """The clause without a telling at its end, which is not the outlet's own: "It is unclear why, and X says ...".

    What is left holds the verb and enough words beside it; else the clause stays whole.
    """
    parts = [s for n in under.inside for s in (under.found[n].source, under.found[n].cue) if s is not None]
    tokens, last = clause.sentence.tokens, clause.last
    told = [*regions, *parts]
    while last > clause.first and (_inside(tokens[last - 1], told) or not tokens[last - 1].text[0].isalnum()):
        last -= 1
    while last > clause.first and (tokens[last - 1].low in _LINKS or not tokens[last - 1].text[0].isalnum()):
        last -= 1
    if tokens[last - 1].low in _LEADS_ON:
        return clause
    cut = Span(start=tokens[last].start, end=tokens[clause.last - 1].end) if last < clause.last else None
    if cut is None or clause.head >= last or last - clause.first < _MIN_REST:
        return clause
    return replace(clause, last=last) if any(cut.covers(region) for region in regions) else clause


def _inside(token: Token, spans: Sequence[Span]) -> bool:
    return any(s.start <= token.start < s.end for s in spans)


def _united(regions: Sequence[Span]) -> Iterator[Span]:
    """The regions without their overlaps, in order."""
    reached = 0
    for region in sorted(regions):
        if region.end > reached:
            yield Span(start=max(region.start, reached), end=region.end)
            reached = region.end


def _gaps(sentence: Sentence, taken: Sequence[Span]) -> Iterator[Span]:
    """The stretches of the sentence between the taken spans."""
    start = sentence.span.start
    for span in sorted(s for s in taken if s.overlaps(sentence.span)):
        if span.start > start:
            yield Span(start=start, end=span.start)
        start = max(start, span.end)
    if start < sentence.span.end:
        yield Span(start=start, end=sentence.span.end)


def _common(one: Span, other: Span) -> Span | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start=start, end=end) if start < end else None


def _covered(span: Span, by: Span) -> float:
    common = _common(span, by)
    return (common.end - common.start) / (span.end - span.start) if common else 0.0


def _is_tag(clause: Clause, under: _Under, *, but: int | None) -> bool:
    """Whether the clause's own verb is a cue: "the ministry said" asserts nothing beside its content."""
    head = clause.sentence.tokens[clause.head]
    return any(cue.start <= head.start < cue.end for cue in under.cues(but=but))


def _holds_cue(clause: Clause, found: FoundAttribution) -> bool:
    return found.cue is not None and found.cue.start <= clause.sentence.tokens[clause.head].start < found.cue.end


def _act_of_saying(sentence: Sentence, tree: Tree, found: FoundAttribution) -> Clause | None:
    """The clause of the cue itself, for a content that is no clause: "announced an order of 40 trams"."""
    if found.cue is None or not sentence.span.covers(found.cue) or found.cue_class is CueClass.ACCORDING:
        return None
    whole = next((c for c in find_clauses(sentence, tree) if _holds_cue(c, found)), None)
    if whole is not None:
        return whole
    start = min(s.start for s in (found.cue, *found.content))
    stretch = Span(start=start, end=max(s.end for s in (found.cue, *found.content)))
    return next((c for c in find_clauses(sentence, tree, within=stretch) if _holds_cue(c, found)), None)


def _attributed(
    article: Article, clause: Clause, tree: Tree, under: tuple[int, FoundAttribution], *, whole: bool = False
) -> Assertion:
    number, found = under
    directness = judge_directness(article, clause.span)
    said = Said(cue_class=found.cue_class, quoted=directness is Directness.DIRECT_QUOTE, whole=whole)
    unfit = find_unfitness(clause, tree, role=clause.sentence.role, said=said)
    return Assertion(clause=clause, span=clause.span, attribution=number, directness=directness, unfit=unfit)


def _own_voice(article: Article, clause: Clause, tree: Tree) -> Assertion:
    directness = judge_directness(article, clause.span)
    said = Said(cue_class=CueClass.RUNNING, quoted=True) if directness is Directness.DIRECT_QUOTE else None
    return Assertion(
        clause=clause,
        span=clause.span,
        attribution=None,
        directness=Directness.OWN_VOICE,
        unfit=find_unfitness(clause, tree, role=clause.sentence.role, said=said),
    )


def judge_directness(article: Article, span: Span) -> Directness:
    """How much of the span stands between quotation marks."""
    inside = sum(_covered(span, q.span) for q in article.quotations_in(span))
    if inside >= _WHOLLY:
        return Directness.DIRECT_QUOTE
    return Directness.MIXED if inside > 0 else Directness.PARAPHRASE
