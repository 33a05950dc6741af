"""Two reports on two versions of one article: which claims appeared, vanished or changed their grade.

A claim is the same where its quote is, wherever that stands now, or where nearly all of its telling words are. Words
that stand in many claims of the article tell little. Another figure or another "not" makes another claim: an updated
toll is what a desk wants to see, not a rewording.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import log

from bot.report import Claim, Report

_SAME = 0.6  # share of the weight of telling words that two wordings of one claim have in common
_ENOUGH = 3  # telling words that are a whole claim
_LEAST_LETTERS = 4  # of a telling word; shorter ones are mostly grammar, and so are these:
_GRAMMAR = frozenset(
    {
        "also", "been", "being", "could", "does", "from", "have", "into", "more", "most", "only", "over", "said",
        "says", "should", "some", "such", "than", "that", "their", "them", "then", "there", "these", "they", "this",
        "those", "were", "what", "when", "where", "which", "while", "will", "with", "would",
    }
)  # fmt: skip
_ENDING = re.compile(r"(?<=\w{4})(?:ing|ed|es|[sde])$")
_STEM = 6  # letters by which words are compared, their endings left out: "resigned" and "resign" are one
_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+(?:['’][^\W\d_]+)?")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|neither|nor|without|den(?:y|ied|ies)|cannot)\b|n['’]t\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regraded:
    """One claim with another grade than before."""

    before: Claim
    after: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a second check found: claims of the later report, of the earlier one, and of both; in the order of texts."""

    appeared: tuple[Claim, ...]
    vanished: tuple[Claim, ...]
    regraded: tuple[Regraded, ...]

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return bool(self.appeared or self.vanished or self.regraded)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    """A claim as compared: its quote letter by letter, its telling words, its figures, and whether it denies."""

    quote: tuple[str, ...]
    words: frozenset[str]
    figures: frozenset[str]
    denies: bool


def compare(before: Report, after: Report) -> Changes:
    """The changes between two reports. Each claim is matched with at most one of the other report."""
    pairs = _match(_wordings(before), _wordings(after))
    matched_before, matched_after = set(pairs), set(pairs.values())
    return Changes(
        appeared=tuple(claim for n, claim in enumerate(after.claims) if n not in matched_after),
        vanished=tuple(claim for n, claim in enumerate(before.claims) if n not in matched_before),
        regraded=tuple(
            Regraded(before=before.claims[one], after=after.claims[other])
            for one, other in sorted(pairs.items(), key=lambda pair: pair[1])
            if before.claims[one].grade != after.claims[other].grade
        ),
    )


def _match(before: tuple[_Wording, ...], after: tuple[_Wording, ...]) -> dict[int, int]:
    """Positions of the same claims, the most alike matched first."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, one, other in sorted(_candidates(before, after), key=lambda found: (-found[0], found[1], found[2])):
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs


def _candidates(before: tuple[_Wording, ...], after: tuple[_Wording, ...]) -> Iterator[tuple[float, int, int]]:
    counts = Counter(word for wording in (*before, *after) for word in wording.words)
    total = len(before) + len(after)
    weight = {word: log(1 + total / count) for word, count in counts.items()}
    for one, earlier in enumerate(before):
        for other, later in enumerate(after):
            if earlier.quote == later.quote:
                # Of claims that share a quote, those in the same words belong together.
                yield 2.0 + _likeness(earlier, later, weight), one, other
            elif _may_be_same(earlier, later) and (likeness := _likeness(earlier, later, weight)) >= _SAME:
                yield likeness, one, other


def _may_be_same(one: _Wording, other: _Wording) -> bool:
    """Whether no figure of one is another in the other, and both affirm or both deny."""
    figures_agree = one.figures <= other.figures or other.figures <= one.figures
    return figures_agree and one.denies == other.denies


def _likeness(one: _Wording, other: _Wording, weight: dict[str, float]) -> float:
    """Dice's coefficient of the telling words by weight, 0 to 1; enough where one wording holds all of the other."""
    lesser = min(one.words, other.words, key=len)
    floor = _SAME if len(lesser) >= _ENOUGH and lesser <= one.words & other.words else 0.0
    both = sum(weight[word] for word in sorted(one.words & other.words))
    total = sum(weight[word] for word in sorted(one.words)) + sum(weight[word] for word in sorted(other.words))
    return max(floor, 2 * both / total) if total else 0.0


def _wordings(report: Report) -> tuple[_Wording, ...]:
    return tuple(_wording(claim, claim.quote.text_in(report.document.text)) for claim in report.claims)


def _wording(claim: Claim, quote: str) -> _Wording:
    words = _WORD.findall(claim.claim.casefold())
    return _Wording(
        quote=tuple(_WORD.findall(quote.casefold())),
        words=frozenset(_ENDING.sub("", word)[:_STEM] for word in words if _tells(word)),
        figures=frozenset(word for word in words if word[0].isdigit()),
        denies=bool(_NEGATION.search(claim.claim)),
    )


def _tells(word: str) -> bool:
    return word[0].isdigit() or (len(word) >= _LEAST_LETTERS and word not in _GRAMMAR)
