"""From assertions to claims: checkable content, its mentions merged, each with chain, grade and reasons."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.analysis.assertions import Assertion
from bot.analysis.attributions import FoundAttribution
from bot.analysis.cast import Cast
from bot.analysis.chains import Tracer
from bot.analysis.clauses import ClauseKind
from bot.analysis.grading import Graded, corroborate, grade_mention, grade_unmatched
from bot.analysis.hedges import find_hedges
from bot.analysis.keys import Candidate, choose_key_claims
from bot.analysis.parsing import Article
from bot.analysis.phrasing import phrase_claim
from bot.analysis.propositions import Words, merge_assertions, weigh_words
from bot.analysis.quantities import Measure, find_quantities
from bot.analysis.standing import Saying
from bot.analysis.syntax import Tree
from bot.analysis.voice import judge_voice
from bot.document import Role, Span
from bot.report import Claim, Directness

_FIGURE = re.compile(r"^.*?[\d,.]*\d")
_DISPLAY = frozenset({Role.HEADLINE, Role.STANDFIRST, Role.CAPTION})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsFound:
    """The claims, and for each attribution the ids of the claims that rest on it."""

    claims: tuple[Claim, ...]
    by_attribution: dict[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """What claims are made from: the parsed article with its trees, attributions, cast and provenance."""

    article: Article
    trees: tuple[Tree, ...]
    found: tuple[FoundAttribution, ...]
    cast: Cast
    tracer: Tracer


def find_claims(bench: Workbench, assertions: Sequence[Assertion]) -> ClaimsFound:
    """The checkable assertions as claims in text order of their first mention, numbered c1, c2 ..."""
    checkable = [a for a in assertions if a.unfit is None]
    graded = [_grade(bench, a) for a in checkable]
    words = weigh_words(bench.article, checkable, bench.trees, bench.cast)
    groups = merge_assertions(checkable, words)
    drafts = [_draft(bench, [checkable[n] for n in group], [graded[n] for n in group]) for group in groups]
    candidates = [
        Candidate(
            spans=(draft.quote, *draft.mentions),
            kind=draft.graded.kind,
            words=_joined([words[n] for n in group]),
            aside=draft.aside,
        )
        for draft, group in zip(drafts, groups, strict=True)
    ]
    key = choose_key_claims(bench.article, candidates)
    claims = tuple(_claim(bench, d, number, key=number in key) for number, d in enumerate(drafts))
    by_attribution: dict[int, list[str]] = {}
    for claim, draft in zip(claims, drafts, strict=True):
        for number in draft.attributions:
            by_attribution.setdefault(number, []).append(claim.id)
    return ClaimsFound(claims=claims, by_attribution={n: tuple(ids) for n, ids in by_attribution.items()})


def _joined(bags: Sequence[Words]) -> Words:
    return Words(
        weights={w: weight for bag in bags for w, weight in bag.weights.items()},
        figures=frozenset(f for bag in bags for f in bag.figures),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    quote: Span
    mentions: tuple[Span, ...]
    where: Role
    text: str
    graded: Graded
    directness: Directness
    attributions: tuple[int, ...]
    cue: Span | None
    aside: bool


def _grade(bench: Workbench, assertion: Assertion) -> Graded:
    number = assertion.attribution
    provenance = bench.tracer.trace(number, assertion.span) if number is not None else None
    if number is None or provenance is None:
        return grade_mention(bench.article, assertion.span, None, saying=Saying())
    saying = Saying(
        cue=bench.found[number].cue,
        cue_class=bench.found[number].cue_class,
        voice=judge_voice(assertion, bench.trees[assertion.clause.sentence.index], provenance.origin, bench.cast),
        carried=assertion.carried,
    )
    return grade_mention(bench.article, assertion.span, provenance, saying=saying)


def _draft(bench: Workbench, assertions: Sequence[Assertion], graded: Sequence[Graded]) -> _Draft:
    """One claim from its mentions: quoted from the best-sourced in the body, worded from that one."""
    body = [n for n, a in enumerate(assertions) if a.role not in _DISPLAY]
    if not body:
        body, graded = (
            list(range(len(assertions))),
            [grade_unmatched(g, a.span) for g, a in zip(graded, assertions, strict=True)],
        )
    best = max(body, key=lambda n: (graded[n].grade, _length(graded[n]), -n))
    chosen = assertions[best]
    judged = corroborate([graded[best], *(graded[n] for n in body if n != best)], bench.cast)
    return _Draft(
        quote=chosen.span,
        mentions=tuple(a.span for n, a in enumerate(assertions) if n != best),
        where=chosen.role,
        text=_word(bench, chosen, [a for n, a in enumerate(assertions) if n != best]),
        graded=judged,
        directness=chosen.directness if judged.provenance else Directness.OWN_VOICE,
        attributions=tuple(dict.fromkeys(a.attribution for a in assertions if a.attribution is not None)),
        cue=bench.found[chosen.attribution].cue if chosen.attribution is not None else None,
        aside=chosen.clause.kind is ClauseKind.RELATIVE,
    )


def _word(bench: Workbench, chosen: Assertion, others: Sequence[Assertion]) -> str:
    """The claim's wording: the chosen mention's, or where that gives a figure without its noun, a fuller mention's.

    The chosen mention's figure is kept, with its hedge ("possibly more than 20").
    """
    text = bench.article.text
    for bare in (q for q in find_quantities(text, chosen.span) if q.measure is Measure.COUNT and not q.noun):
        # The shortest says least beside the figure.
        for other in sorted(others, key=lambda a: a.span.end - a.span.start):
            same = [q for q in find_quantities(text, other.span) if q.noun and q.same_value(bare)]
            if same:
                near = find_hedges(bench.article, chosen.span)
                hedge = [h for h in near if 0 <= bare.span.start - h.end <= 1]
                figure = text[min([bare.span.start, *(h.start for h in hedge)]) : bare.span.end]
                return _put_figure(_phrase(bench, other), same[0].span.text_in(text), figure)
    return _phrase(bench, chosen)


def _put_figure(worded: str, counted: str, figure: str) -> str:
    """The wording with `figure` in the place of the number in the phrase `counted`."""
    put = _FIGURE.sub(lambda _: figure, counted, count=1)
    worded = re.sub(re.escape(counted), lambda _: put, worded, count=1, flags=re.IGNORECASE)
    return worded[:1].upper() + worded[1:]


def _phrase(bench: Workbench, assertion: Assertion) -> str:
    number = assertion.attribution
    found = bench.found[number] if number is not None else None
    speaker = bench.cast.identify(found.source, cue=found.cue) if found is not None else None
    tree = bench.trees[assertion.clause.sentence.index]
    return phrase_claim(bench.article, assertion, tree, speaker=speaker, cast=bench.cast)


def _length(graded: Graded) -> int:
    """How many hops the mention shows: of two equal grades, the one that names more says more."""
    return len(graded.provenance.speakers) if graded.provenance else 0


def _claim(bench: Workbench, draft: _Draft, number: int, *, key: bool) -> Claim:
    hedges = find_hedges(bench.article, draft.quote)
    if draft.cue is not None and draft.graded.provenance is not None:
        hedges = tuple(sorted({*hedges, *find_hedges(bench.article, draft.cue)}))
    return Claim(
        id=f"c{number + 1}",
        claim=draft.text,
        quote=draft.quote,
        mentions=draft.mentions,
        key=key,
        where=draft.where,
        chain=draft.graded.provenance.hops if draft.graded.provenance else (),
        kind=draft.graded.kind,
        directness=draft.directness,
        hedges=hedges,
        hedged=bool(hedges),
        grade=draft.graded.grade,
        reasons=draft.graded.reasons,
    )
