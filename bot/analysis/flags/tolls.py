"""Death tolls: one count of the dead, told with different figures by different sources or at different times."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.analysis.likeness import find_places
from bot.analysis.parsing import Article
from bot.analysis.quantities import Measure, Quantity, find_quantities
from bot.document import Span
from bot.report import Claim

# The whole count of the dead, of no group among them ("43 people had died", "38 bodies", "put the death toll at 51").
_AFTER = re.compile(
    r"\s*(?:(?:people|persons|victims|passengers|others)\s+)?(?:(?:had|have|has|were|was|are|is)\s+)?(?:been\s+|now\s+)?"
    r"(?:confirmed\s+)?(?:dead\b|killed\b|died\b|drowned\b|bodies\b|deaths\b|fatalities\b|lives\b)"
)
_BEFORE = re.compile(
    r"(?:\bdeath\s+toll\b[^.;]{0,30}\b(?:at|to|of|is|was)\s+|\bbodies\s+of\s+|\bkill(?:ed|ing)\s+)(?:at\s+least\s+|more\s+than\s+)?$"
)
# Another disaster, or the toll of a longer time.
_ELSEWHERE = re.compile(r"\b(?:1[89]|20)\d\d\b|\b(?:since|last year|previous|earlier disaster|so far this year)\b")
_NEAR = 60  # characters on either side of a figure
_LEAST = 3  # fewer dead are counted right, or are some of those that died elsewhere
_APART = 2.0  # tolls further apart than this are of different events, as far as one can tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """One figure for the dead and the passage that tells it."""

    quantity: Quantity
    passage: Span


def find_tolls(article: Article, claims: Sequence[Claim]) -> tuple[Toll, ...]:
    """The tolls of one event that differ, in text order; empty where all say the same."""
    places = sorted({p for c in claims for p in find_places(article, c)})
    tolls = [Toll(quantity=q, passage=p) for p in places for q in _counts(article, p)]
    if not tolls:
        return ()
    main = tolls[0].quantity.low
    alike = [t for t in tolls if main / _APART <= t.quantity.low <= main * _APART]
    return tuple(alike) if len({t.quantity.low for t in alike}) > 1 else ()


def _counts(article: Article, passage: Span) -> Iterator[Quantity]:
    if _ELSEWHERE.search(article.text, passage.start, passage.end):
        return
    for quantity in find_quantities(article.text, passage):
        if quantity.measure is not Measure.COUNT or quantity.low < _LEAST:
            continue
        figure = re.search(r"\d[\d,]*", quantity.span.text_in(article.text))
        end = quantity.span.start + figure.end() if figure is not None else quantity.span.end
        before = article.text[max(0, quantity.span.start - _NEAR) : quantity.span.start]
        if _AFTER.match(article.text, end) or _BEFORE.search(before):
            yield quantity
