"""Which passages state the same proposition: headline, standfirst, captions and repeats are merged into one claim.

Two passages are alike by the share of weighted content words that they have in common; a word weighs the more, the
fewer passages of the article hold it (inverse document frequency, Spärck Jones 1972).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.analysis.assertions import Assertion
from bot.analysis.cast import Cast
from bot.analysis.checkable import lemma
from bot.analysis.lexicon import load_lexicon
from bot.analysis.syntax import Tree
from bot.document import Role, Span

_DISPLAY = frozenset({Role.HEADLINE, Role.STANDFIRST, Role.CAPTION})
_CONTENT_TAGS = ("NN", "VB", "JJ", "CD", "RB")
_REPEATS = 0.52
_DISPLAYED = 0.38
_COMMON = 12
_FIGURE = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A passage as a bag: weighted content lemmas and its figures."""

    weights: dict[str, float]
    figures: frozenset[str]

    @property
    def total(self) -> float:
        """The sum of the weights."""
        return sum(self.weights.values())


def weigh_words(assertions: Sequence[Assertion], trees: Sequence[Tree], cast: Cast) -> list[Words]:
    """The weighted content words of each assertion; `trees` go with the article's sentences."""
    return _weigh([_lemmas(a, trees[a.clause.sentence.index], cast) for a in assertions])


def merge_assertions(assertions: Sequence[Assertion], bags: Sequence[Words]) -> tuple[tuple[int, ...], ...]:
    """Groups of assertion numbers that state one proposition, in order of their first; each number in one group.

    Display text (headline, standfirst, caption) joins the body passage that it is most like; a body passage joins an
    earlier one when most of their content words agree and no figures clash.
    """
    shared = _neighbours(bags)
    leader = list(range(len(assertions)))
    for number, assertion in enumerate(assertions):
        if assertion.role in _DISPLAY:
            continue
        best = max(
            (n for n in shared[number] if n < number and assertions[n].role not in _DISPLAY and leader[n] == n),
            key=lambda n: (agreement(bags[number], bags[n]), -n),
            default=None,
        )
        if (
            best is not None
            and agreement(bags[number], bags[best]) >= _REPEATS
            and not _clash(bags[number], bags[best])
        ):
            leader[number] = best
    for number, assertion in enumerate(assertions):
        if assertion.role in _DISPLAY:
            body = [n for n in shared[number] if assertions[n].role not in _DISPLAY]
            best = max(body, key=lambda n: (inclusion(bags[number], bags[n]), -n), default=None)
            if best is not None and inclusion(bags[number], bags[best]) >= _DISPLAYED:
                leader[number] = leader[best]
                continue
            display = [n for n in shared[number] if n < number and assertions[n].role in _DISPLAY]
            best = max(display, key=lambda n: (inclusion(bags[number], bags[n]), -n), default=None)
            if best is not None and inclusion(bags[number], bags[best]) >= _REPEATS:
                leader[number] = leader[best]
    groups: dict[int, list[int]] = defaultdict(list)
    for number, first in enumerate(leader):
        groups[leader[first]].append(number)
    return tuple(tuple(group) for group in sorted(groups.values()))


def _lemmas(assertion: Assertion, tree: Tree, cast: Cast) -> Counter[str]:
    stop = load_lexicon("grammar")
    bag: Counter[str] = Counter()
    clause = assertion.clause
    for at in range(clause.first, clause.last):
        token, node = clause.sentence.tokens[at], tree.nodes[at]
        if node.tag in {"PRP", "PRP$"}:
            meant = cast.resolve(Span(start=token.start, end=token.end))
            if meant:
                bag.update(w.lower() for w in re.findall(r"\w+", meant)[-1:])
        elif (
            node.tag.startswith(_CONTENT_TAGS)
            and token.low not in stop["auxiliary"] | stop["adverb"]
            and token.text[0].isalnum()
        ):
            bag[lemma(token.text.strip("'’"), node.tag)] += 1
    return bag


def _weigh(bags: Sequence[Counter[str]]) -> list[Words]:
    frequency = Counter(word for bag in bags for word in bag)
    return [
        Words(
            weights={w: math.log(1 + len(bags) / frequency[w]) for w in bag},
            figures=frozenset(w for w in bag if _FIGURE.fullmatch(w)),
        )
        for bag in bags
    ]


def _neighbours(bags: Sequence[Words]) -> list[set[int]]:
    """For each passage those that share a word with it which is not all over the article."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, bag in enumerate(bags):
        for word in bag.weights:
            holders[word].append(number)
    near: list[set[int]] = [set() for _ in bags]
    for numbers in holders.values():
        if len(numbers) <= _COMMON:
            for number in numbers:
                near[number].update(numbers)
    return [others - {number} for number, others in enumerate(near)]


def _shared(one: Words, other: Words) -> float:
    return sum(weight for word, weight in one.weights.items() if word in other.weights)


def agreement(one: Words, other: Words) -> float:
    """Shared weight over the mean of both (Dice)."""
    total = one.total + other.total
    return 2 * _shared(one, other) / total if total else 0.0


def inclusion(one: Words, other: Words) -> float:
    """How much of the first stands in the other."""
    return _shared(one, other) / one.total if one.total else 0.0


def _clash(one: Words, other: Words) -> bool:
    return bool(one.figures and other.figures and not one.figures & other.figures)
