"""Clauses that "nor" joins, said straight: "nor did the firm pay" is "the firm did not pay".

Cut off from its sentence and left as it stands, such a clause would say the opposite (Quirk et al. 1985, 10.58, 18.24).
"""

from dataclasses import dataclass

from bot.analysis.clauses import Clause
from bot.analysis.syntax import AUXILIARIES, Tree

_JOINER = "nor"


@dataclass(frozen=True, slots=True, kw_only=True)
class StraightOrder:
    """Token indexes of the clause in plain order, and the one that "not" follows."""

    order: tuple[int, ...]
    negated: int


def straighten(clause: Clause, tree: Tree) -> StraightOrder | None:
    """The order of a clause that "nor" opens and that turns subject and verb round; None for every other."""
    joiner, verb = clause.first, clause.first + 1
    if clause.sentence.tokens[joiner].low != _JOINER or verb >= clause.last:
        return None
    subject = clause.subject(tree)
    turned = verb == clause.head or (tree.nodes[verb].label in AUXILIARIES and tree.nodes[verb].head == clause.head)
    if subject is None or not turned:
        return None
    under = [i for i in tree.under(subject) if i < clause.last]
    if under[0] != verb + 1 or under[-1] - under[0] + 1 != len(under):
        return None
    return StraightOrder(order=(*under, verb, *range(under[-1] + 1, clause.last)), negated=verb)
