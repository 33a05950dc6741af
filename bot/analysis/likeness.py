"""How far two passages speak of the same thing, by the content words they share."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from math import log

from bot.analysis.lexicon import load_lexicon
from bot.analysis.parsing import Article
from bot.analysis.quantities import singular
from bot.document import Span
from bot.report import Claim

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]+|\d[\d,.]*\d|\d")
_ENDINGS = re.compile(r"(?:ations?|ations|ing|ings|ed|ion|ions|ment|ments|ly|er|ers|al)$")
_STEM = 4
_SHARED = 2
_REMEMBERED = 50_000  # words


@cache
def _empty() -> frozenset[str]:
    grammar = load_lexicon("grammar")
    groups = ("pronoun_person", "pronoun_plural", "pronoun_thing", "pronoun_first", "determiner", "preposition",
              "subordinator", "coordinator", "auxiliary", "month_day", "connective", "adverb")  # fmt: skip
    return frozenset({w for g in groups for w in grammar[g]} | {"been", "being", "be", "not", "who", "which", "what"})


@lru_cache(maxsize=_REMEMBERED)
def _stem(word: str) -> str:
    """The stem of a word as it stands in the text, or nothing where the word carries no content."""
    word = word.lower().replace("’", "'")
    if word.removesuffix("'s") in _empty():
        return ""
    word = singular(word)
    short = _ENDINGS.sub("", word)
    return (short if len(short) >= _STEM else word).rstrip("e") or word


def find_content(text: str) -> frozenset[str]:
    """The stems of the words that carry content, numbers included; grammatical words are left out."""
    return frozenset(stem for word in _WORD.findall(text) if (stem := _stem(word)))


def find_places(article: Article, claim: Claim) -> tuple[Span, ...]:
    """The quote of the claim, and those mentions that share words with it: a mention merged in error shows nothing."""
    told = find_content(f"{claim.claim} {claim.quote.text_in(article.text)}")
    alike = (m for m in claim.mentions if len(told & find_content(m.text_in(article.text))) >= _SHARED)
    return (claim.quote, *alike)


class Weights:
    """How much each stem tells in one text: rare ones more, names that stand everywhere less."""

    def __init__(self, passages: Iterable[frozenset[str]]) -> None:
        """Count in how many of the passages each stem stands."""
        self._counts: Counter[str] = Counter()
        self._size = 0
        for passage in passages:
            self._counts.update(passage)
            self._size += 1

    def of(self, stems: Iterable[str]) -> float:
        """The summed weight of the stems; 0.0 for none."""
        return sum(log(1 + self._size / (1 + self._counts[s])) for s in sorted(stems))

    def likeness(self, a: frozenset[str], b: frozenset[str]) -> float:
        """Share of the lighter passage's weight that both hold, 0 to 1."""
        lighter = min(self.of(a), self.of(b))
        return self.of(a & b) / lighter if lighter else 0.0
