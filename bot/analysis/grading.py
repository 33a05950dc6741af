"""How strongly a claim is sourced: the rubric's grades and adjustments, with the reasons that a reader can check."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.analysis.cast import Cast, Speaker
from bot.analysis.chains import Provenance
from bot.analysis.parsing import Article
from bot.analysis.standing import Saying, Voice, judge_standing
from bot.document import Span
from bot.report import Grade, Reason, SourceKind

_UNNAMED = frozenset(
    {SourceKind.ANONYMOUS, SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP, SourceKind.UNSPECIFIED}
)
_NAMED = frozenset({SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """One mention's sourcing: its chain (None in the outlet's own voice), the grade it earns, and why."""

    provenance: Provenance | None
    grade: Grade
    reasons: tuple[Reason, ...]

    @property
    def kind(self) -> SourceKind:
        """The kind of the origin."""
        return self.provenance.origin.kind if self.provenance else SourceKind.NONE


def grade_mention(article: Article, span: Span, provenance: Provenance | None, *, saying: Saying) -> Graded:
    """Grade what stands at `span` by its chain (rubric, Grades and adjustments 1 to 3, 5)."""
    if provenance is None:
        why = Reason(text="The outlet says it in its own voice; nobody is cited.", spans=(span,))
        return Graded(provenance=None, grade=Grade.UNSOURCED, reasons=(why,))
    origin = provenance.origin
    standing = judge_standing(article, origin, saying=saying)
    grade = standing.grade
    shown = tuple(dict.fromkeys(s for s in (origin.span, saying.cue) if s is not None))
    reasons = [Reason(text=standing.why[:1].upper() + standing.why[1:], spans=shown)]
    grade, more = _weigh_hops(article, provenance, grade, saying=saying)
    reasons += more
    if saying.carried:
        reasons.append(Reason(text="The attribution carries over from the sentence before.", spans=(origin.span,)))
    return Graded(provenance=provenance, grade=grade, reasons=tuple(reasons))


def grade_unmatched(graded: Graded, span: Span) -> Graded:
    """The grade of what only a headline, standfirst or caption says: none, whoever it cites (rubric, adjustment 5)."""
    if graded.provenance is None:
        return graded
    why = Reason(text="It stands outside the body only; no passage of the body bears it out.", spans=(span,))
    return Graded(provenance=None, grade=Grade.UNSOURCED, reasons=(why,))


def _weigh_hops(
    article: Article, provenance: Provenance, grade: Grade, *, saying: Saying
) -> tuple[Grade, list[Reason]]:
    """Adjustments 1 to 3: relays, hearsay and the weakest hop."""
    *before, origin = provenance.speakers
    reasons: list[Reason] = []
    passed_on = replace(saying, voice=Voice.OTHERS)  # the voice is the origin's; a hop before it speaks of others
    for hop in before:
        if hop.kind is SourceKind.NEWS_OUTLET:
            if grade > Grade.VAGUE:
                grade = Grade(grade - 1)
            reasons.append(Reason(text=f"It comes through another outlet, {hop.name}.", spans=(hop.span,)))
            continue
        if hop.kind in _NAMED and origin.kind in _UNNAMED:
            reasons.append(
                Reason(text=f"Hearsay: {hop.name} passes on what {origin.name} told.", spans=(hop.span, origin.span))
            )
        alone = judge_standing(article, hop, saying=passed_on)
        if alone.grade < grade:
            grade = alone.grade
            reasons.append(Reason(text=f"A chain is no stronger than its weakest hop, {hop.name}.", spans=(hop.span,)))
    return grade, reasons


def corroborate(mentions: Sequence[Graded], cast: Cast) -> Graded:
    """The best-sourced of the mentions of one claim, raised by one where independent origins agree (adjustment 4)."""
    best = max(mentions, key=lambda m: m.grade)
    if best.provenance is None or best.grade >= Grade.DOCUMENTED:
        return best
    for other in mentions:
        if other.provenance is None or other.grade < Grade.ON_RECORD or best.grade < Grade.ON_RECORD:
            continue
        mine, theirs = best.provenance.origin, other.provenance.origin
        if (
            mine.key
            and theirs.key
            and not cast.same_origin(mine, theirs)
            and _unlinked(best.provenance.speakers, theirs)
            and _unlinked(other.provenance.speakers, mine)
        ):
            why = Reason(text=f"{theirs.name} says the same independently.", spans=(mine.span, theirs.span))
            return Graded(provenance=best.provenance, grade=Grade(best.grade + 1), reasons=(*best.reasons, why))
    return best


def _unlinked(chain: Sequence[Speaker], other: Speaker) -> bool:
    return all(s.key != other.key for s in chain)
