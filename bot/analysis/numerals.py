"""Numerals in English prose, in digits and in words, and which of them count or measure something.

Dates, years, clock times, ages, ordinals and the numbers in names ("Boeing 787", "Channel 4") do not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.document import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number and its value, bare of bounds and nouns; `low` and `high` differ in a range.

    `vague` marks round plurals ("dozens", "a few thousand"), whose value is only an order of magnitude. `currency` is
    the sign before it, `share` what a number without a noun is a part of: "%", or "fold" for a multiple.
    """

    span: Span
    low: float
    high: float
    vague: bool = False
    currency: str | None = None
    share: str | None = None


_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: float(n) for n, word in enumerate(_ONES)} | {word: 10.0 * n for n, word in enumerate(_TENS, start=2)}
_SCALE = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9,
    "trillion": 1e12, "tn": 1e12, "lakh": 1e5, "crore": 1e7, "dozen": 12.0,
}  # fmt: skip
_PLURAL = {"dozens": 24.0, "scores": 40.0, "hundreds": 200.0, "thousands": 2e3, "millions": 2e6, "billions": 2e9}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_CURRENCIES = {"us$": "$", "usd": "$", "eur": "€", "gbp": "£", "inr": "rs", "₹": "rs"}

_WORD = "|".join(_VALUES)
_BIG = "hundred|thousand|million|billion|trillion"
_CURRENCY = r"(?:US|HK|AU?|CA?|NZ|S)?\$|[£€¥₹]|(?:Rs|INR|USD|EUR|GBP)\.?(?=\s?\d)"
_DIGITS = r"(?:\d+(?:,\d{2,3})*(?:\.\d+)?|\.\d+)"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
# Runs of number words are bounded, so that a hostile "and and and ..." costs no more than any other text.
_NUMBER = re.compile(
    rf"""
    (?<![\w.,@\#/&-])
    (?:
      (?P<money>{_CURRENCY})\s?(?P<digits>{_DIGITS})
      (?:\s?(?:-|–|to)\s?(?:{_CURRENCY})?\s?(?P<top>{_DIGITS}))?
      (?:[\s-]?(?P<scale>{_BIG}|lakh|crore|mn|bn|tn|[kmb])(?![a-z]))?
    | (?P<between>between\s)?(?P<plain>{_DIGITS})
      (?:(?(between)\sand\s|(?:\s?[-–]\s?|\sto\s))(?P<plaintop>{_DIGITS}))?
      (?:\s?(?P<short>k|mn|bn|m|b|tn)(?![a-z])|[\s-](?P<long>{_BIG}|dozen|lakh|crore)(?![a-z]))?
    | (?P<words>(?!and\b)(?:(?:an?|half\sa|several|(?:a\s)?few|{_WORD})[\s-])?
        (?:(?:{_WORD}|{_BIG}|and)[\s-]){{0,6}}(?:{_WORD}|{_BIG}|dozen)(?:\s(?:and\s)?(?:{_BIG})){{0,3}})
    | (?P<plural>(?:(?:ten|hundred)s\sof\s)?(?:dozens|scores|(?:{_BIG})s)(?=\s+(?:of|more)\b|\s+[a-z]))
    )
    (?!\w|[.,:]\d|[’']\d|/\d)(?P<percent>\s?%|\s?(?:per\s?cent|percent)\b(?:age\spoints?)?)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SHARE = re.compile(
    rf"""(?<![\w-])(?:
      (?:(?P<many>an?|{_WORD})[\s-](?P<part>third|quarter|fifth|sixth|eighth|tenth)s?|half)(?=\s+of\s)
    | (?P<of>{_WORD}|\d{{1,6}})\s(?:in|out\sof)(?:\severy)?\s(?P<out>{_WORD}|\d{{1,3}})\b
      (?!\s(?:{_MONTH}|days|years|months|weeks))
    | (?P<fold>{_WORD}|\d{{1,6}})-?fold\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\.?\s+(?:the\s+)?$", re.IGNORECASE)
_TIME_AFTER = re.compile(
    rf"\s+(?:of\s+)?{_MONTH}\b|\s?(?:a\.?m\b|p\.?m\b|o['’]clock|[:.]\d\d\b|hrs\b|GMT\b|ET\b)"
    r"|[\s-](?:years?|months?|weeks?|days?)(?:[\s-]olds?\b|\s+of\s+age\b)|\s+(?:and\s+)?(?:older|younger)\b",
    re.IGNORECASE,
)
_AGED_BEFORE = re.compile(r"\b(?:aged?|ages|aged\s+between|the\s+age\s+of)\s+$", re.IGNORECASE)
_OVER_BEFORE = re.compile(r"\b(?:under|over)\s+$", re.IGNORECASE)
_APPOSED_AGE = re.compile(r"(?<=[\w’'\"”.]),\s+$")
# "the Boeing 787 jets", "Star Trek 4": a name runs on into the number; "In Syria 300 people": it does not.
_NAME_BEFORE = re.compile(
    r"(?:(?<!^)(?<![.!?:;]\s)(?<!\b[Ii]n\s)(?<!\b[Oo]f\s)(?<!\b[Oo]n\s)(?<!\b[Aa]t\s)\b[A-Z][\w’'&-]*\.?"
    r"|\b[Nn]o\.|\b[Cc]hapter|\b[Pp]age|\b[Ss]ection|\b[Aa]rticle|\b[Pp]art|\b[Cc]hannel|\b[Rr]oute)\s+$"
)
_NO_NAME = re.compile(r"\b(?:[A-Z][a-z]+day|Over|Nearly|About|Almost|Around|Some|The|And|With|Up|To|Than|Least)\s+$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|of|since|from|until|by|the|and|to|between|during|early|late|mid)[\s-]|,\s)$", re.IGNORECASE
)
_COUNTED_AFTER = re.compile(r"\s+(?:[a-z]+\s)?(?:[a-z]+s|people)\b")
_MEASURED_AFTER = re.compile(r"-(?:mile|member|percent|point|foot|metre|meter|ton|page|day|hour|minute)")
_PICKED_AFTER = re.compile(r"\s+of\s+(?:the|them|those|these|its|his|her|my|our|their)\b|-[a-z]")
_IS_BIG = re.compile(rf"{_BIG}|dozen", re.IGNORECASE)
_AGE_DIGITS = 2
_EMERGENCY_CALLS = frozenset({"911", "999", "112", "000"})
_BEFORE, _AFTER = 30, 20  # characters that decide what a number is


def find_numerals(text: str, span: Span) -> Iterator[Numeral]:
    """The numerals of the span that count or measure, in no set order, none overlapping."""
    taken = []
    for m in _SHARE.finditer(text, span.start, span.end):
        taken.append(m.span())
        yield _read_share(m)
    for m in _NUMBER.finditer(text, span.start, span.end):
        if not any(m.start() < end and start < m.end() for start, end in taken):
            numeral = _read_number(m)
            if numeral is not None and not _is_label(text, span, m):
                yield numeral


def _read_share(m: re.Match[str]) -> Numeral:
    if m.group("fold"):
        value, share = _word_or_digits(m.group("fold")), "fold"
    elif m.group("out"):
        value, share = 100 * _word_or_digits(m.group("of")) / max(1.0, _word_or_digits(m.group("out"))), "%"
    else:
        many, part = m.group("many") or "one", (m.group("part") or "half").lower()
        value, share = 100 * max(1.0, _word_or_digits(many)) / _PARTS[part], "%"
    return Numeral(span=Span(start=m.start(), end=m.end()), low=value, high=value, share=share)


def _word_or_digits(word: str) -> float:
    low = word.lower()
    return _VALUES[low] if low in _VALUES else float(low) if low.isdecimal() else 1.0


def _read_number(m: re.Match[str]) -> Numeral | None:
    span = Span(start=m.start(), end=m.end())
    share = "%" if m.group("percent") else None
    if m.group("plural"):
        many, _, plural = m.group("plural").lower().rpartition(" of ")
        value = _PLURAL.get(plural, 2e12) * (10.0 if many else 1.0)
        return Numeral(span=span, low=value, high=value, vague=True)
    if m.group("words"):
        value, vague = _read_words(m.group("words").lower())
        is_pronoun = m.group("words").lower() == "one" and share is None
        return None if is_pronoun or not value else Numeral(span=span, low=value, high=value, vague=vague, share=share)
    digits = m.group("digits") or m.group("plain")
    top = m.group("top") or m.group("plaintop") or digits
    scale = (m.group("scale") or m.group("short") or m.group("long") or "").lower()
    low, high = (float(d.replace(",", "")) * _SCALE.get(scale, 1.0) for d in (digits, top))
    sign = (m.group("money") or "").lower().strip(".")
    return Numeral(span=span, low=low, high=max(low, high), currency=_CURRENCIES.get(sign, sign) or None, share=share)


def _read_words(phrase: str) -> tuple[float, bool]:
    """The value of number words, and whether it is vague ("several hundred")."""
    vague, total, group = False, 0.0, 0.0
    for word in re.split(r"[\s-]+", phrase):
        if word in {"several", "few"}:
            vague, group = True, 3.0
        elif word == "half":
            group = 0.5
        elif word in _VALUES:
            group += _VALUES[word]
        elif word in {"hundred", "dozen"}:
            group = (group or 1.0) * _SCALE[word]
        elif word in _SCALE:
            total, group = total + (group or 1.0) * _SCALE[word], 0.0
    return total + group, vague


def _is_label(text: str, span: Span, m: re.Match[str]) -> bool:
    """Whether the number dates, names or ages something instead of counting it."""
    if m.group("money") or m.group("percent") or m.group("plural"):
        return False
    before, after = text[max(span.start, m.start() - _BEFORE) : m.start()], text[m.end() : m.end() + _AFTER]
    if _MONTH_BEFORE.search(before) or _TIME_AFTER.match(after):
        return True
    if m.group("words"):
        return (
            _PICKED_AFTER.match(after) is not None
            and re.search(rf"{_BIG}|dozen", m.group("words"), re.IGNORECASE) is None
        )
    if m.group("short") or m.group("long"):
        return False
    return _is_year_or_age(m.group("plain"), before, after) or _is_name(m.group("plain"), before, after)


def _is_year_or_age(digits: str, before: str, after: str) -> bool:
    if _YEAR.fullmatch(digits) and not (_COUNTED_AFTER.match(after) and not _YEAR_BEFORE.search(before)):
        return True
    if len(digits) > _AGE_DIGITS:
        return False
    if _AGED_BEFORE.search(before):
        return True
    if re.match(r"\s+[a-z]", after):
        return False
    return bool(_OVER_BEFORE.search(before) or (_APPOSED_AGE.search(before) and re.match(r"\s*(?:[,.)]|$)", after)))


def _is_name(digits: str, before: str, after: str) -> bool:
    if digits in _EMERGENCY_CALLS and not re.match(r"\s+[a-z]", after):
        return True
    if re.match(r"-[a-z]", after) and not _MEASURED_AFTER.match(after):
        return True
    return "," not in digits and bool(_NAME_BEFORE.search(before)) and not _NO_NAME.search(before)
