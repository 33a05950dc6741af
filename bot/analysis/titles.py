"""What the words beside a name tell about its bearer: role, affiliation, relation, age, sex.

"Russia analyst Bruce Jones", "Jones, one of the country's top analysts,", "the team's coach, Ann Day", "Day of the
Open Institute", "Day is a chemist": pre-modifiers, appositions on both sides, affiliations, copulas.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.analysis.attributions import cue_forms
from bot.analysis.grammar import Grammar, load_grammar
from bot.analysis.lexicon import load_lexicon
from bot.analysis.name_words import load_name_words, sex_of_address
from bot.analysis.names import Name, join_words
from bot.analysis.nouns import Nouns, load_nouns
from bot.analysis.parsing import Sentence, Token

_CLOSERS = frozenset({",", ".", ";", ":", "(", ")", "—", "–", '"', "“", "”", "?", "!"})
_AFFILIATION = frozenset({"of", "from", "at", "with"})
_RELATIVE = frozenset({"who", "whose", "which", "that"})
_ARTICLES = frozenset({"a", "an", "the"})
_BE = frozenset({"is", "was", "are", "were"})
_HIS = frozenset({"his", "her", "their", "its", "my", "our"})
_CLAUSE_SUBJECTS = frozenset({"he", "she", "they", "we", "i", "it"})
_INTRODUCES = frozenset({"to", "for", "by", "with", "from", "like", "unlike", "per"})
_LONGEST_HEAD = 9
_REACH_LEFT = 8
_REACH_RIGHT = 16
_MOST_WORDS = 14
_OLDEST = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What one mention tells. `roles` end in or hold a role noun; `age` is the number as written."""

    roles: tuple[str, ...] = ()
    affiliation: str | None = None
    age: str | None = None
    sex: str | None = None

    @property
    def tells_person(self) -> bool:
        """Whether only a person is described so."""
        return bool(self.roles or self.age or self.sex)


def read_description(sentence: Sentence, name: Name) -> Description:
    """Role, affiliation, age and sex told by the words around one mention of a name."""
    tokens, grammar, nouns = sentence.tokens, load_grammar(), load_nouns()
    left = name.first - len(name.title)
    roles = [_before(tokens, left, name, grammar, nouns)]
    if left > 1 and tokens[left - 1].text == ",":
        apposed = _apposed_before(tokens, left, grammar, nouns)
        roles.append(apposed or _office_of(tokens, left, name.last, grammar, nouns))
    right, age = _skip_age(tokens, name.last)
    affiliation = _possessor(tokens, left)
    if right < len(tokens):
        low = tokens[right].low
        if low == "," or low in _RELATIVE:
            leads = low == "," and _opens_sentence(tokens, left, grammar)
            if not (leads and _starts_clause(tokens, right + 1, grammar)):
                roles.append(_apposed_after(tokens, right + (low == ","), grammar, nouns))
        elif low in _AFFILIATION:
            affiliation = affiliation or _affiliation(tokens, right + 1, body=low in {"at", "with"})
        elif low in _BE and not _is_cue_before(tokens, left):
            roles.append(_role_in(tokens, right + 1, grammar, nouns))
    return Description(
        roles=tuple(r for r in roles if r), affiliation=affiliation, age=age, sex=_sex(name, roles, nouns)
    )


def _before(tokens: Sequence[Token], left: int, name: Name, grammar: Grammar, nouns: Nouns) -> str | None:
    title = [w for w in name.title if w.lower() not in load_lexicon("people")["courtesy"]]
    start = left
    if title or (start and _role_word(tokens[start - 1], nouns)):
        while start > 0 and left - start < _REACH_LEFT and _modifier(tokens, start - 1, grammar):
            start -= 1
    words = [t.text for t in tokens[start:left]] + title
    while words and (
        words[0] in {"'s", "’s"}
        or (words[0].endswith("ing") and words[0] not in load_lexicon("people")["participle_title"])
    ):
        words.pop(0)
    if words and nouns.read_head([w.lower() for w in words]).plural:
        return None
    return join_words(words) if words else None


def _role_word(token: Token, nouns: Nouns) -> bool:
    return token.text[0].isalpha() and not token.text[0].isupper() and nouns.is_listed_role([token.low])


def _modifier(tokens: Sequence[Token], i: int, grammar: Grammar) -> bool:
    """Whether the token can stand before a role noun in the same phrase."""
    token = tokens[i]
    if i and tokens[i - 1].low == "to":  # an infinitive
        return False
    if not (token.text[0].isalpha() or token.low == "'s") or token.quoted != tokens[min(i + 1, len(tokens) - 1)].quoted:
        return False
    if token.low == "'s":
        return True
    small = token.low in load_name_words().function or token.low in _RELATIVE
    return not small and token.low not in grammar.past_forms and token.low not in grammar.connectives


def _apposed_before(tokens: Sequence[Token], left: int, grammar: Grammar, nouns: Nouns) -> str | None:
    """'the team's coach, (Ann Day)': a definite or possessive role phrase right before the comma."""
    end = start = left - 1
    while start > 0 and end - start < _REACH_LEFT and _modifier(tokens, start - 1, grammar):
        start -= 1
    opened = start > 0 and tokens[start - 1].low in grammar.determiners
    possessed = any(t.low == "'s" for t in tokens[start:end])
    words = tokens[start:end]
    if (
        not words
        or not (opened or possessed)
        or nouns.read_head([t.low for t in words]).plural
        or not nouns.is_role([t.low for t in words])
    ):
        return None
    return join_words([t.text for t in words])


def _office_of(tokens: Sequence[Token], left: int, right: int, grammar: Grammar, nouns: Nouns) -> str | None:
    """'The head of the council in Exland, (Ann Day), ...': a role with what it is the role of, set off."""
    if right < len(tokens) and tokens[right].text not in _CLOSERS:
        return None
    start = end = left - 1
    while start > 0 and end - start < _MOST_WORDS and tokens[start - 1].text not in _CLOSERS:
        start -= 1
    start = next((i for i in range(start, end) if tokens[i].low in grammar.determiners), end)
    clause = any(
        tokens[i].low in _RELATIVE | grammar.subordinators or (tokens[i].low != "'s" and grammar.finite(tokens, i))
        for i in range(start, end)
    )
    words = [t.low for t in tokens[start + 1 : _head_end(tokens, start + 1, end, grammar)]]
    if clause or not words or nouns.read_head(words).plural or not nouns.is_listed_role(words):
        return None
    return join_words([t.text for t in tokens[start + 1 : end]])


def _skip_age(tokens: Sequence[Token], i: int) -> tuple[int, str | None]:
    """Past ', 34,' or ' (34)': the token index after it, and the age."""
    if i + 2 >= len(tokens) or tokens[i].text not in {",", "("} or tokens[i + 2].text not in {",", ")", "."}:
        return i, None
    age = tokens[i + 1].text
    if not age.isdigit() or int(age) > _OLDEST:
        return i, None
    return i + 2 + (tokens[i + 2].text == ")"), age


def _apposed_after(tokens: Sequence[Token], start: int, grammar: Grammar, nouns: Nouns) -> str | None:
    if start < len(tokens) and tokens[start].low in _RELATIVE:
        if tokens[start].low == "who" and start + 1 < len(tokens) and tokens[start + 1].low in _BE:
            return _role_in(tokens, start + 2, grammar, nouns)
        return None
    return _role_in(tokens, start, grammar, nouns)


def _role_in(tokens: Sequence[Token], start: int, grammar: Grammar, nouns: Nouns) -> str | None:
    """The role phrase that starts here, up to the next mark or clause, or None if it is none."""
    end = _clause_end(tokens, start, grammar)
    words = [t.low for t in tokens[start : _head_end(tokens, start, end, grammar)]]
    if not _can_head(words, grammar) or not nouns.is_listed_role(words):
        return None
    if nouns.read_head(words).plural and words[0] not in {"one", "both"}:
        return None
    kept = [t.text for t in tokens[start:end]][:_MOST_WORDS]
    while kept and kept[-1].lower() in grammar.prepositions | grammar.coordinators | grammar.determiners:
        kept.pop()
    return join_words(kept[1:] if kept[:1] and kept[0].lower() in _ARTICLES else kept) or None


def _clause_end(tokens: Sequence[Token], start: int, grammar: Grammar) -> int:
    end = start
    while end < len(tokens) and end - start < _REACH_RIGHT and tokens[end].text not in _CLOSERS:
        token = tokens[end]
        clause = token.low in grammar.subordinators or token.low == "during"
        verb = token.low != "'s" and grammar.finite(tokens, end)
        if token.low in _CLAUSE_SUBJECTS and token.text != "IT":
            return next((i for i in range(end - 1, start, -1) if tokens[i].low in grammar.coordinators), end)
        if token.low in _RELATIVE or (end > start and (clause or verb)):
            break
        end += 1
    return end


def _is_cue_before(tokens: Sequence[Token], left: int) -> bool:
    """Whether somebody says of the name what follows it ("they claimed Day was a volunteer"): that is no role."""
    before = tokens[left - 1].low if left else ""
    return cue_forms().get(tokens[left - 2].low if before == "that" and left > 1 else before) is not None


def _opens_sentence(tokens: Sequence[Token], left: int, grammar: Grammar) -> bool:
    """Whether the name stands in a phrase that leads its sentence ("According to Day, ...", "For Day, ...")."""
    before = tokens[:left]
    return (
        bool(before)
        and before[-1].low in _INTRODUCES
        and not any(t.text in _CLOSERS or grammar.finite(tokens, i) for i, t in enumerate(before))
    )


def _starts_clause(tokens: Sequence[Token], start: int, grammar: Grammar) -> bool:
    """Whether what follows the comma is the subject of the sentence: a finite verb comes before any closing comma."""
    for i in range(start, min(len(tokens), start + _REACH_RIGHT)):
        if tokens[i].text in _CLOSERS or tokens[i].low in _RELATIVE:
            return False
        if i > start and tokens[i].low != "'s" and grammar.finite(tokens, i):
            return True
    return False


def _head_end(tokens: Sequence[Token], start: int, end: int, grammar: Grammar) -> int:
    """Where the head of the phrase ends: at its first preposition, but behind 'one of the country's top analysts'."""
    head = start
    while head < end and tokens[head].low not in grammar.prepositions and tokens[head].low != "and":
        head += 1
    if start < head < end and tokens[head].low == "of" and tokens[head - 1].low == "one":
        head += 1
        while head < end and tokens[head].low not in grammar.prepositions:
            head += 1
    return head


def _can_head(words: Sequence[str], grammar: Grammar) -> bool:
    """Whether the words can be a noun phrase: not too long, not opened by a verb, an adverb or 'his'."""
    if not words or len(words) > _LONGEST_HEAD or words[0] in _HIS:
        return False
    if words[0].endswith("ing") and words[0] not in load_lexicon("people")["participle_title"]:
        return False
    if words[0] in grammar.adverbs - {"once"}:
        return False
    if words[0] in grammar.past_forms or words[0] in grammar.present_forms:
        return False
    return not any(w in grammar.subordinators for w in words[:-1])


def _possessor(tokens: Sequence[Token], left: int) -> str | None:
    """'the Open Institute's Ann Day': the body right before the name."""
    if left < 2 or tokens[left - 1].low != "'s" or not tokens[left - 2].text[0].isupper():  # noqa: PLR2004 - a name and 's
        return None
    start = left - 1
    while start > 0 and tokens[start - 1].text[0].isupper():
        start -= 1
    return join_words([t.text for t in tokens[start : left - 1]])


def _affiliation(tokens: Sequence[Token], start: int, *, body: bool) -> str | None:
    first = start + (start < len(tokens) and tokens[start].low == "the")
    end = first
    while end < len(tokens) and end - first < _REACH_LEFT:
        token = tokens[end]
        joins = (
            token.low in {"of", "and", "for", "the", "'s", "&", "in"}
            and end + 1 < len(tokens)
            and tokens[end + 1].text[0].isupper()
        )
        if not (token.text[0].isupper() or (joins and end > first)):
            break
        end += 1
    if body and not any(t.low in load_name_words().heads for t in tokens[first:end]):
        return None
    return join_words([t.text for t in tokens[first:end]]) or None


@cache
def written_out() -> dict[str, str]:
    """Abbreviated titles with the word they stand for, so that "the governor" finds "Gov. Ann Day"."""
    return dict(entry.split("/") for entry in load_lexicon("people")["abbreviated"])


def head_of_title(title: str) -> str:
    """The last word of a title's noun phrase, written out: 'minister' of 'interior minister of Exland'."""
    before = title.lower().replace("’s", "'s")
    for link in (" of ", " for ", " at ", " with ", " in ", ","):
        before = before.partition(link)[0]
    last = (before.split() or [""])[-1]
    return written_out().get(last, last)


def _sex(name: Name, roles: Sequence[str | None], nouns: Nouns) -> str | None:
    stated = next((sex for sex in map(sex_of_address, name.title) if sex), None)
    if stated is not None:
        return stated
    for role in roles:
        for word in (role or "").lower().split():
            sex = nouns.sex_of([word])
            if sex is not None and f"'s {word}" not in (role or "").lower().replace("’", "'") + " ":
                return sex
            break_at = word in {"of", "for", "at", "to"}
            if break_at:
                break
    return None
