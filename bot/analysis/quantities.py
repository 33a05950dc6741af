"""Numbers in English prose: their value, bound and unit, what they count, and where they stand.

Which numbers are quantities is decided in `numerals`. Bounds follow Quirk et al. 1985, 6.41 and 15.17 (numerals with
"over", "at least", "up to").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from bot.analysis.lexicon import load_lexicon
from bot.analysis.numerals import Numeral, find_numerals
from bot.document import Span


class Measure(StrEnum):
    """What a number counts or measures."""

    MONEY = "money"
    PERCENT = "percent"
    TIME = "time"
    EXTENT = "extent"
    COUNT = "count"


class Bound(StrEnum):
    """How tightly a number is stated."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One number. `span` covers bound, number and unit; `low` and `high` are its values (equal but for a range).

    `unit` is the currency or unit of measure, in one spelling; `noun` holds the words counted, singular, in lower
    case ("russian", "diplomat"). `hedged` tells whether a hedge stands before it ("possibly more than 20").
    """

    span: Span
    low: float
    high: float
    bound: Bound
    measure: Measure
    unit: str
    noun: tuple[str, ...]
    hedged: bool

    def same_value(self, other: "Quantity") -> bool:
        """Whether both state one value, bounds aside."""
        return self.low == other.low and self.high == other.high


_UNITS = {
    "minute": "minute", "min": "minute", "hour": "hour", "hr": "hour", "second": "second", "day": "day",
    "week": "week", "month": "month", "year": "year", "decade": "decade",
    "mile": "mile", "km": "km", "kilometre": "km", "kilometer": "km", "metre": "metre", "meter": "metre",
    "foot": "foot", "feet": "foot", "ft": "foot", "inch": "inch", "yard": "yard",
    "acre": "acre", "hectare": "hectare",
    "mph": "mph", "kph": "kph", "ton": "tonne", "tonne": "tonne", "pound": "pound", "lb": "pound", "kg": "kg",
    "kilogram": "kg",
    "gram": "gram", "litre": "litre", "liter": "litre", "gallon": "gallon", "barrel": "barrel", "degree": "degree",
    "mw": "mw", "gw": "gw", "megawatt": "mw", "gigawatt": "gw", "kwh": "kwh", "magnitude": "magnitude",
    "dollar": "$", "euro": "€", "yen": "¥", "rupee": "rs", "yuan": "yuan", "ruble": "ruble", "rouble": "ruble",
    "cent": "cent", "percent": "%", "per cent": "%",
}  # fmt: skip
_TIME_UNITS = frozenset({"minute", "hour", "second", "day", "week", "month", "year", "decade"})
_MONEY_UNITS = frozenset({"$", "€", "¥", "rs", "yuan", "ruble", "cent"})
_WORD = re.compile(r"[A-Za-z][\w’'-]*|[.,;:!?()\"“”—–%]")
_BEFORE_NOUN = frozenset({"of", "more", "the", "new", "other", "additional"})
_NOUN_WORDS = 5
_SHORTEST_PLURAL = 3
_UNIT_WITHIN = 4  # words: "176 Hong Kong dollars"
_BEFORE = 40
_AFTER = 80
_REMEMBERED = 4096  # spans, more than the longest article has: every step of a check asks for the same ones


@cache
def _bounds() -> tuple[tuple[re.Pattern[str], Bound], ...]:
    lexicon = load_lexicon("quantities")
    return tuple(
        (
            re.compile(
                rf"(?<![\w-])(?:{_alternatives(lexicon[group.value])})\s+(?:a\s+|the\s+|some\s+|about\s+)?$",
                re.IGNORECASE,
            ),
            group,
        )
        for group in (Bound.AT_LEAST, Bound.AT_MOST, Bound.ABOUT)
    )


@cache
def _hedge_before() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_alternatives(load_lexicon('quantities')['hedge'])})\s+$", re.IGNORECASE)


@cache
def _noun_stops() -> frozenset[str]:
    return load_lexicon("quantities")["noun_stop"] | load_lexicon("grammar")["auxiliary"]


def _alternatives(words: frozenset[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))


@lru_cache(maxsize=_REMEMBERED)
def find_quantities(text: str, span: Span) -> tuple[Quantity, ...]:
    """The quantities whose number lies in the span, in order; shares told in words ("two-thirds of") among them."""
    return tuple(sorted((_read(text, span, n) for n in find_numerals(text, span)), key=lambda q: q.span))


def _read(text: str, span: Span, numeral: Numeral) -> Quantity:
    number = numeral.span
    start, bound, hedged = _bound_before(text[max(span.start, number.start - _BEFORE) : number.start], number.start)
    noun, end = _noun_after(text, number.end, span.end)
    measure, unit = _measure(numeral, noun, glued=text[number.end : number.end + 1] == "-")
    if numeral.vague:
        bound = Bound.VAGUE
    elif numeral.low != numeral.high:
        bound = Bound.RANGE
    return Quantity(
        span=Span(start=start, end=max(number.end, end)),
        low=numeral.low,
        high=numeral.high,
        bound=bound,
        measure=measure,
        unit=unit,
        noun=noun[:1] if measure in {Measure.TIME, Measure.EXTENT} else noun,
        hedged=hedged,
    )


def _bound_before(before: str, start: int) -> tuple[int, Bound, bool]:
    bound = Bound.EXACT
    for pattern, kind in _bounds():
        m = pattern.search(before)
        if m:
            start, before, bound = start - (len(before) - m.start()), before[: m.start()], kind
            break
    hedge = _hedge_before().search(before)
    if hedge:
        start -= len(before) - hedge.start()
    return start, bound, hedge is not None or bound in {Bound.ABOUT, Bound.AT_MOST}


def _noun_after(text: str, start: int, stop: int) -> tuple[tuple[str, ...], int]:
    """Up to five words counted, singular, and where the last of them ends."""
    noun: list[str] = []
    end = read = start
    named = False
    for m in _WORD.finditer(text, start, min(stop, start + _AFTER)):
        word = m.group().lower()
        gap = text[read : m.start()].strip(" -\n")
        read = m.end()
        if gap and not (gap.isdigit() and named):
            break
        if (not noun and word in _BEFORE_NOUN) or (noun and word == "and"):
            continue
        if (
            not word[0].isalpha()
            or word in _noun_stops()
            or len(noun) == _NOUN_WORDS
            or (noun and word.endswith(("ed", "ing")))
        ):
            break
        noun.append(singular(word))
        named, end = m.group()[0].isupper(), m.end()
    return tuple(noun), end


def singular(word: str) -> str:
    """The word without its plural or possessive ending, by spelling alone."""
    word = re.sub(r"['’]s?$", "", word)
    if word in {"people", "persons"}:
        return "person"
    for ending, end in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + end
    plural = len(word) > _SHORTEST_PLURAL and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word


def _measure(numeral: Numeral, noun: Sequence[str], *, glued: bool) -> tuple[Measure, str]:
    """What is measured and its unit; `glued` where a hyphen joins number and noun ("a 20-mile march")."""
    if numeral.share is not None:
        return Measure.PERCENT, numeral.share
    if numeral.currency is not None:
        return Measure.MONEY, numeral.currency
    for word in noun[:_UNIT_WITHIN]:
        unit = _UNITS.get(word)
        if unit in _MONEY_UNITS:
            return Measure.MONEY, unit
        if unit is not None and (word == noun[0] or glued):
            return (Measure.TIME if unit in _TIME_UNITS else Measure.EXTENT), unit
    return Measure.COUNT, ""
