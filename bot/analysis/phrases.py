"""A speaking phrase taken apart: determiner, possessor, modifiers, head noun, and what follows the head.

"her long-time lawyer" / "the head of the police union" / "people familiar with the talks" / "Noem's office".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.analysis.grammar import Grammar, load_grammar
from bot.analysis.lexicon import load_lexicon
from bot.analysis.nouns import Noun, load_nouns
from bot.analysis.parsing import Token

_POSSESSIVES = frozenset({"his", "her", "their", "its", "our", "my", "your"})
_AFTER_HEAD = frozenset("close familiar aware privy briefed who whose which that".split())
_BREAKS = frozenset({",", "(", "—", "–", ";", ":"})
_PARTICIPLES = frozenset({"seen", "made", "held", "shown", "written", "known", "sent", "given", "taken", "out"})
_LEADING = frozenset({"according", "to", "by", "from", "per", "citing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """`core` is the noun phrase without determiner and possessor, its last words the head; `rest` what follows it.

    `possessor` are the tokens before 's, or the possessive pronoun. `link` is the word that opens `rest` (a preposition,
    a comma, a relative), or None.
    """

    determiner: str | None
    possessor: tuple[Token, ...]
    core: tuple[Token, ...]
    rest: tuple[Token, ...]
    link: str | None
    noun: Noun

    @property
    def modifiers(self) -> tuple[str, ...]:
        """Lower-case words before the head noun."""
        return tuple(t.low for t in self.core[: len(self.core) - self.noun.width])

    @property
    def definite(self) -> bool:
        """Whether it points at something known: the, this, a possessor."""
        return self.determiner in {"the", "this", "that", "these", "those"} or bool(self.possessor)


def read_phrase(tokens: Sequence[Token]) -> Phrase | None:
    """The phrase in the tokens, or None where they hold no word."""
    grammar = load_grammar()
    start = 0
    while start < len(tokens) and (
        not tokens[start].text[0].isalnum() or tokens[start].low in _LEADING
        or (tokens[start].low in grammar.connectives | grammar.coordinators and start + 1 < len(tokens))
    ):
        start += 1
    if start == len(tokens):
        return None
    determiner = None
    end = _core_end(tokens, start, grammar)
    possessor: tuple[Token, ...] = ()
    mark = max((i for i in range(start, end - 1) if _possessive(tokens[i])), default=None)
    if tokens[start].low in _POSSESSIVES and end > start + 1:
        possessor, start = (tokens[start],), start + 1
    elif mark is not None:
        own = tokens[mark].low not in {"'s", "'"}
        possessor, start = tuple(tokens[start : mark + own]), mark + 1
    elif tokens[start].low in grammar.determiners and end > start + 1:
        determiner, start = tokens[start].low, start + 1
        if determiner in {"one", "some", "many", "all", "both", "several"} and tokens[start].low in {"of", "the"}:
            start += 1
    core = tuple(tokens[start:end])
    if not core:
        return None
    link = tokens[end].low if end < len(tokens) else None
    return Phrase(
        determiner=determiner,
        possessor=possessor,
        core=core,
        rest=tuple(tokens[end + 1 :]) if link in _BREAKS or link in grammar.prepositions else tuple(tokens[end:]),
        link=link,
        noun=_head(tuple(t.low for t in core)),
    )


@cache
def _head(words: tuple[str, ...]) -> Noun:
    return load_nouns().read_head(words)


def _possessive(token: Token) -> bool:
    return token.low in {"'s", "'"} or (token.low.endswith("s'") and len(token.low) > 2)  # noqa: PLR2004 - a word before it


def _core_end(tokens: Sequence[Token], start: int, grammar: Grammar) -> int:
    """Where the noun phrase ends: at a preposition, mark, relative, or a participle or adjective that follows the head."""
    i = start + 1
    relation = load_lexicon("people")["relation_of"]
    while i < len(tokens):
        token = tokens[i]
        if _listed_adjective(tokens, start, i) or token.text in {'"', "“", "”"}:
            i += 1
            continue
        if token.text in _BREAKS or token.low in _AFTER_HEAD or token.low in relation:
            if token.low in relation and i == start + 1 and tokens[start].low in {"one", "some", "many", "all", "both", "several", "most"}:
                i += 1
                continue
            return i
        if token.low in grammar.prepositions or token.low in {"and", "or", "when", "after", "while"}:
            if token.low in {"and", "or"} and i + 1 < len(tokens) and token.text.islower():
                i += 1
                continue
            return i
        if _participle(token) and (
            i + 1 == len(tokens) or tokens[i + 1].low in grammar.prepositions | grammar.determiners | grammar.adverbs
            or tokens[i + 1].text[0].isupper()
        ):
            return i
        if grammar.finite(tokens, i) and not _possessive(token) and i > start + 1 and not _before_noun(tokens, i):
            return i
        i += 1
    return i


def _before_noun(tokens: Sequence[Token], i: int) -> bool:
    """Whether a form in -ed stands before a noun and so modifies it ('well-informed sources')."""
    return i + 1 < len(tokens) and tokens[i].low.endswith("ed") and load_nouns().listed(tokens[i + 1].low) is not None


def _listed_adjective(tokens: Sequence[Token], start: int, i: int) -> bool:
    """Whether the comma at `i` stands between adjectives ('an independent, professional auditor')."""
    if tokens[i].text != "," or i - start > 2 or i + 2 >= len(tokens):  # noqa: PLR2004 - determiner and adjective
        return False
    after = tokens[i + 1]
    grammar = load_grammar()
    plain = after.text.isalpha() and after.text.islower() and after.low not in grammar.determiners | grammar.prepositions | _AFTER_HEAD
    return plain and tokens[i - 1].text.islower() and load_nouns().listed(tokens[i - 1].low) is None


def _participle(token: Token) -> bool:
    return token.text.islower() and token.low.endswith(("ed", "ing")) or token.low in _PARTICIPLES
