"""A proper name at one place in the text, and what its own words tell about the bearer."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.analysis.grammar import load_grammar
from bot.analysis.parsing import Sentence
from bot.document import Role, Span

_TITLE_CASE = 0.6
_LONG_HEADING = 4


class NameKind(StrEnum):
    """What a name names, as far as its own words tell."""

    PERSON = "person"
    BODY = "body"
    OUTLET = "outlet"
    PLACE = "place"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name at one place. `words` are its tokens' texts; `title` the tokens of the same run that stand before it.

    `first` and `last` are the half-open token range in the sentence with index `sentence`.
    """

    span: Span
    words: tuple[str, ...]
    kind: NameKind
    title: tuple[str, ...]
    sentence: int
    first: int
    last: int

    @property
    def text(self) -> str:
        """The name on one line."""
        return join_words(self.words)

    @property
    def lows(self) -> tuple[str, ...]:
        """The words in lower case, apostrophes straight: O’Day and O'Day are one name."""
        return tuple(w.lower().replace("’", "'") for w in self.words)


def join_words(words: Sequence[str]) -> str:
    """Tokens as running text: no gap before 's, a comma or a closing mark, none around a hyphen."""
    out = ""
    for word in words:
        tight = not out or word[0] in "'’,.;:%)]”!-" or out[-1] in "([“-"
        out += word if tight else f" {word}"
    return out


def is_compound(text: str) -> bool:
    """Whether the word is an adjective made of a name and a participle ("Norland-based", "Acme-owned"): no name."""
    first, _, last = text.rpartition("-")
    grammar = load_grammar()
    participle = last.endswith(("ed", "ing")) or last in grammar.past_forms
    return bool(first) and last.islower() and (participle or any(last in forms for forms in grammar.irregular.values()))


def in_title_case(sentence: Sentence) -> bool:
    """Whether it is a heading with most words capitalised; one that ends like prose, with all but small words so."""
    words = [t for t in sentence.tokens if t.text[0].isalpha()]
    if len(words) <= _LONG_HEADING or sum(t.text[0].isupper() for t in words) <= _TITLE_CASE * len(words):
        return False
    ended = any(t.text == "." for t in sentence.tokens[-2:]) and sentence.role is not Role.HEADLINE
    return not ended or all(t.text[0].isupper() or _small(t.low) for t in words)


def _small(low: str) -> bool:
    """Whether headings in title case write the word small."""
    grammar = load_grammar()
    closed = (
        grammar.prepositions,
        grammar.subordinators,
        grammar.coordinators,
        grammar.determiners,
        grammar.auxiliaries,
    )
    return any(low in words for words in closed)
