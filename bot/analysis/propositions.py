"""Which passages state the same proposition: headline, standfirst, captions and repeats are merged into one claim.

Two passages are alike by the share of weighted content words that they have in common; a word weighs the more, the
fewer passages of the article hold it (inverse document frequency, Spärck Jones 1972).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.analysis.assertions import Assertion
from bot.analysis.cast import Cast
from bot.analysis.lexicon import lemma, load_lexicon
from bot.analysis.parsing import Article
from bot.analysis.quantities import Measure, find_quantities
from bot.analysis.syntax import Tree
from bot.document import Role, Span

_DISPLAY = frozenset({Role.HEADLINE, Role.STANDFIRST, Role.CAPTION})
_CONTENT_TAGS = ("NN", "VB", "JJ", "CD", "RB")
_REPEATS = 0.5
_DISPLAYED = 0.32
_COMMON = 12
_NEGATIONS = frozenset({"not", "n't", "never", "no", "nobody", "none", "nothing", "denied", "denies", "neither", "nor"})
_TELLING = 10  # smaller counts recur by chance
_FIGURE = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A passage as a bag of weighted lemmas, its figures, its counts with and without their noun, and its polarity."""

    weights: dict[str, float]
    figures: frozenset[str]
    counted: frozenset[float] = frozenset()
    bare: frozenset[float] = frozenset()
    denied: bool = False
    total: float = field(init=False)  # the sum of the weights

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", sum(self.weights.values()))


def weigh_words(article: Article, assertions: Sequence[Assertion], trees: Sequence[Tree], cast: Cast) -> list[Words]:
    """The weighted content words of each assertion; `trees` go with the article's sentences."""
    bags = _weigh([_lemmas(a, trees[a.clause.sentence.index], cast) for a in assertions])
    return [_with_counts(article, a, bag) for a, bag in zip(assertions, bags, strict=True)]


def _with_counts(article: Article, assertion: Assertion, bag: Words) -> Words:
    denied = any(t.low in _NEGATIONS for t in assertion.clause.tokens)
    counts = [
        q for q in find_quantities(article.text, assertion.span) if q.measure is Measure.COUNT and q.low >= _TELLING
    ]
    return replace(
        bag,
        counted=frozenset(q.low for q in counts if q.noun),
        bare=frozenset(q.low for q in counts if not q.noun),
        denied=denied,
    )


def _takes_up(one: Words, other: Words) -> bool:
    """Whether a figure without its noun ("possibly more than 20") takes up one that has it ("20 diplomats")."""
    return bool(one.bare & other.counted or other.bare & one.counted)


def merge_assertions(assertions: Sequence[Assertion], bags: Sequence[Words]) -> tuple[tuple[int, ...], ...]:
    """Groups of assertion numbers that state one proposition, in order of their first; each number in one group.

    Display text (headline, standfirst, caption) joins the body passage that it is most like; a body passage joins an
    earlier one when most of their content words agree and no figures clash.
    """
    shared = _neighbours(bags)
    display = [a.role in _DISPLAY for a in assertions]
    leader = list(range(len(assertions)))
    for number, bag in enumerate(bags):
        if not display[number]:
            sentence = assertions[number].clause.sentence.index
            earlier = (n for n in shared[number] if n < number and not display[n] and leader[n] == n)
            earlier = (n for n in earlier if assertions[n].clause.sentence.index != sentence)
            same = _find_same(bag, {n: bags[n] for n in earlier})
            leader[number] = number if same is None else same
    for number, bag in enumerate(bags):
        if display[number]:
            body = {n: bags[n] for n in shared[number] if not display[n]}
            shown = {n: bags[n] for n in shared[number] if n < number and display[n]}
            best = _find_told(bag, body, least=_DISPLAYED)
            best = best if best is not None else _find_told(bag, shown, least=_REPEATS)
            leader[number] = leader[best] if best is not None else number
    groups: dict[int, list[int]] = defaultdict(list)
    for number, first in enumerate(leader):
        groups[leader[first]].append(number)
    return tuple(tuple(group) for group in sorted(groups.values()))


def _find_same(bag: Words, others: dict[int, Words]) -> int | None:
    """The number of the passage that says the same, if one does."""
    taken_up = [n for n, other in others.items() if _takes_up(bag, other)]
    if taken_up:
        return min(taken_up)
    best = max(others, key=lambda n: (agreement(bag, others[n]), -n), default=None)
    if best is None or agreement(bag, others[best]) < _REPEATS or _clash(bag, others[best]):
        return None
    return best


def _find_told(bag: Words, others: dict[int, Words], *, least: float) -> int | None:
    """The number of the passage that tells most of what display text says, if one tells enough."""
    taken_up = [n for n, other in others.items() if _takes_up(bag, other)]
    if taken_up:
        return min(taken_up)
    best = max(others, key=lambda n: (inclusion(bag, others[n]), -n), default=None)
    return best if best is not None and inclusion(bag, others[best]) >= least else None


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
            and token.low not in stop["auxiliary"]
            and token.low not in stop["adverb"]
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
    theirs = other.weights
    return sum([weight for word, weight in one.weights.items() if word in theirs])  # a list: this is the inmost loop


def agreement(one: Words, other: Words) -> float:
    """Shared weight over the mean of both (Dice)."""
    total = one.total + other.total
    return 2 * _shared(one, other) / total if total else 0.0


def inclusion(one: Words, other: Words) -> float:
    """How much of the first stands in the other."""
    return _shared(one, other) / one.total if one.total else 0.0


def _clash(one: Words, other: Words) -> bool:
    """Whether the two differ in their figures or in polarity ("was paid", "was never paid")."""
    return one.denied != other.denied or bool(one.figures and other.figures and not one.figures & other.figures)
