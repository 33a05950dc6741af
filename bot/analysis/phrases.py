"""A speaking phrase taken apart: determiner, possessor, modifiers, head noun, and what follows the head.

"her long-time lawyer" / "the head of the police union" / "people familiar with the talks" / "Day's office".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.analysis.grammar import Grammar, load_grammar
from bot.analysis.lexicon import load_lexicon
from bot.analysis.nouns import Noun, load_nouns
from bot.analysis.parsing import Token

_POSSESSIVES = frozenset({"his", "her", "their", "its", "our", "my", "your"})
_AFTER_HEAD = frozenset(["close", "familiar", "not", "aware", "privy", "briefed", "who", "whose", "which", "that"])
_PARTITIVE = frozenset({"one", "some", "many", "all", "both", "several", "most"})
_WHEN = frozenset({"today", "yesterday", "tonight", "tomorrow", "now"})
_WHICH = frozenset({"last", "this", "next", "earlier", "late"})
_SPANS = frozenset({"week", "month", "year", "night", "fall", "autumn", "spring", "summer", "winter", "morning"})
_NEW_SUBJECT = frozenset({"@", "I", "we", "he", "she", "they", "it"})
_QUOTES = frozenset({'"', "“", "”"})
_BREAKS = frozenset({",", "(", "—", "–", ";", ":"})
_PARTICIPLES = frozenset({"seen", "made", "held", "shown", "written", "known", "sent", "given", "taken", "out"})
_LEADING = frozenset({"according", "to", "by", "from", "per", "citing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """`core` is the noun phrase without determiner and possessor, its last words the head; `rest` what follows it.

    `possessor` are the tokens before 's, or the possessive pronoun. `link` is the word that opens `rest`
    (a preposition, a comma, a relative), or None.
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
    while len(tokens) > 1 and _possessive(tokens[-1]):
        tokens = tokens[:-1]
    start = _start(tokens, grammar)
    if start == len(tokens):
        return None
    end = _core_end(tokens, start, grammar)
    opener, owned = tokens[start].low, _possessor_end(tokens, start, end)
    determiner = opener if not owned and opener in grammar.determiners and end > start + 1 else None
    possessor = tuple(t for t in tokens[start:owned] if t.low not in {"'s", "'"})
    first = max(owned, start + (determiner is not None))
    if determiner in _PARTITIVE and first + 1 < end and tokens[first].low in {"of", "the"}:
        first += 1
    while end > first + 1 and not tokens[end - 1].text[0].isalnum():
        end -= 1
    core = tuple(tokens[first:end])
    noun = _head(tuple(t.low for t in core))
    link = tokens[end].low if end < len(tokens) else None
    return Phrase(
        determiner=determiner,
        possessor=possessor,
        core=core,
        rest=tuple(tokens[end + 1 :]) if link in _BREAKS or link in grammar.prepositions else tuple(tokens[end:]),
        link=link,
        noun=replace(noun, plural=False) if opener == "one" else noun,
    )


def _start(tokens: Sequence[Token], grammar: Grammar) -> int:
    """Past what stands before the phrase: marks, 'according to', connectives."""
    start = 0
    while start < len(tokens) and (
        not tokens[start].text[0].isalnum()
        or tokens[start].low in _LEADING
        or (tokens[start].low in grammar.connectives | grammar.coordinators and start + 1 < len(tokens))
    ):
        start += 1
    return start


def _possessor_end(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where the possessor ends ('her | lawyer', 'the minister's | aide'); 0 where there is none."""
    if tokens[start].low in _POSSESSIVES and end > start + 1:
        return start + 1
    return max((i + 1 for i in range(start, end - 1) if _possessive(tokens[i])), default=0)


def _is_time(tokens: Sequence[Token], i: int) -> bool:
    """Whether a time adverbial stands behind a noun ('a poll last week', 'the report Monday')."""
    if load_nouns().listed(tokens[i - 1].low) is None:
        return False
    following = tokens[i + 1].low if i + 1 < len(tokens) else ""
    return tokens[i].low in _WHEN or tokens[i].low in _days() or (tokens[i].low in _WHICH and following in _SPANS)


@cache
def _days() -> frozenset[str]:
    return load_lexicon("places")["calendar"]


@cache
def _head(words: tuple[str, ...]) -> Noun:
    return load_nouns().read_head(words)


def _possessive(token: Token) -> bool:
    return token.low in {"'s", "'"} or (token.low.endswith("s'") and len(token.low) > 2)  # noqa: PLR2004 - a word before it


def _core_end(tokens: Sequence[Token], start: int, grammar: Grammar) -> int:
    """Where the noun phrase ends: at a preposition, mark, relative, or a participle that follows the head."""
    i = start + 1
    while i < len(tokens):
        if not _runs_on(tokens, start, i) and (_ends_phrase(tokens, i, grammar) or _follows_head(tokens, i, grammar)):
            return i
        verb = grammar.finite(tokens, i) and not _possessive(tokens[i]) and i > start + 1
        if verb and not _before_noun(tokens, i) and not _closes(tokens, i):
            return i
        i += 1
    return i


def _runs_on(tokens: Sequence[Token], start: int, i: int) -> bool:
    """Whether the phrase goes on over a mark or small word: 'an old, tired man', 'one of the men', 'A and B'."""
    token = tokens[i]
    if token.text in _QUOTES or _listed_adjective(tokens, start, i):
        return True
    if token.low in {"and", "or"}:
        return i + 1 < len(tokens) and token.text.islower()
    return i == start + 1 and token.low == "of" and tokens[start].low in _PARTITIVE


def _ends_phrase(tokens: Sequence[Token], i: int, grammar: Grammar) -> bool:
    token = tokens[i]
    if token.text in _BREAKS or token.text in _NEW_SUBJECT or _is_time(tokens, i):
        return True
    closes = token.low in _AFTER_HEAD or token.low in {"and", "or", "when", "while"}
    return (closes and token.text.islower()) or token.low in grammar.prepositions


def _follows_head(tokens: Sequence[Token], i: int, grammar: Grammar) -> bool:
    """Whether a participle at `i` says something of the head before it ('a study published in', 'men waving flags')."""
    token, before = tokens[i], tokens[i - 1].low
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    noun = load_nouns().listed(token.low) is not None and (
        following is None or following.low not in grammar.determiners
    )
    if before in grammar.determiners or "-" in token.text or noun:
        return False
    listed = load_nouns().listed(before) is not None
    if token.low.endswith("ing") and token.text.islower() and before.endswith("s") and listed:
        return True
    if token.low.endswith("ing") and following is not None and following.low == "of" and not listed:
        return False  # "the firm's recent buying of shares": a noun (Quirk et al. 1985, 15.12)
    if not (token.low in _PARTICIPLES or (token.text.islower() and token.low.endswith(("ed", "ing")))):
        return False
    closed = grammar.prepositions | grammar.determiners | grammar.adverbs
    return following is None or following.low in closed or following.text[0].isupper()


def _before_noun(tokens: Sequence[Token], i: int) -> bool:
    """Whether a form in -ed stands before a noun and so modifies it ('well-informed sources')."""
    return i + 1 < len(tokens) and tokens[i].low.endswith("ed") and load_nouns().listed(tokens[i + 1].low) is not None


def _closes(tokens: Sequence[Token], i: int) -> bool:
    """Whether what might be a verb ends the phrase and so is its noun ("Labor Department | figures")."""
    return i == len(tokens) - 1 and load_nouns().listed(tokens[i].low) is not None


def _listed_adjective(tokens: Sequence[Token], start: int, i: int) -> bool:
    """Whether the comma at `i` stands between adjectives ('an old, tired man')."""
    if tokens[i].text != "," or i - start > 2 or i + 2 >= len(tokens):  # noqa: PLR2004 - determiner and adjective
        return False
    after = tokens[i + 1]
    grammar = load_grammar()
    plain = (
        after.text.isalpha()
        and after.text.islower()
        and after.low not in grammar.determiners | grammar.prepositions | _AFTER_HEAD
    )
    return plain and tokens[i - 1].text.islower() and load_nouns().listed(tokens[i - 1].low) is None
