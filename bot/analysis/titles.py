"""What the words beside a name tell about its bearer: role, affiliation, relation, age, sex.

"Russia analyst Bruce Jones", "Jones, one of the country's top analysts,", "the team's coach, Ann Day", "Day of the
Open Institute", "Day is a chemist": pre-modifiers, appositions on both sides, affiliations, copulas.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.analysis.grammar import Grammar, load_grammar
from bot.analysis.lexicon import load_lexicon
from bot.analysis.name_words import load_name_words
from bot.analysis.names import Name, join_words
from bot.analysis.nouns import Nouns, load_nouns
from bot.analysis.parsing import Sentence, Token

# Written-out forms of abbreviated titles (AP Stylebook, titles), so that "the governor" finds "Gov. Ann Day".
ABBREVIATED = {
    "gov.": "governor", "sen.": "senator", "rep.": "representative", "dr.": "doctor", "dr": "doctor", "prof.": "professor",
    "sgt.": "sergeant", "lt.": "lieutenant", "capt.": "captain", "col.": "colonel", "gen.": "general", "maj.": "major",
    "adm.": "admiral", "det.": "detective", "rev.": "reverend", "ceo": "executive", "congresswoman": "representative",
    "congressman": "representative", "insp.": "inspector", "supt.": "superintendent",
}  # fmt: skip
_COURTESY = frozenset("mr mr. mrs mrs. ms ms. miss dr dr. sir dame lord lady prof prof.".split())
_CLOSERS = frozenset({",", ".", ";", ":", "(", ")", "—", "–", '"', "“", "”", "?", "!"})
_AFFILIATION = frozenset({"of", "from", "at", "with"})
_RELATIVE = frozenset({"who", "whose", "which", "that"})
_BE = frozenset({"is", "was", "are", "were", "'s"})
_REACH_LEFT = 8
_REACH_RIGHT = 16
_MOST_WORDS = 14


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
    roles = [_before(tokens, left, name, grammar, nouns), _apposed_before(tokens, left, grammar, nouns)]
    right, age = _skip_age(tokens, name.last)
    affiliation = None
    if right < len(tokens):
        low = tokens[right].low
        if low == "," or low in _RELATIVE:
            roles.append(_apposed_after(tokens, right + (low == ","), grammar, nouns))
        elif low in _AFFILIATION:
            affiliation = _affiliation(tokens, right + 1, body=low in {"at", "with"})
        elif low in _BE:
            roles.append(_role_in(tokens, right + 1, grammar, nouns))
    return Description(
        roles=tuple(r for r in roles if r), affiliation=affiliation, age=age, sex=_sex(name, roles, nouns)
    )


def _before(tokens: Sequence[Token], left: int, name: Name, grammar: Grammar, nouns: Nouns) -> str | None:
    title = [w for w in name.title if w.lower() not in _COURTESY]
    start = left
    if title or (start and _role_word(tokens[start - 1], nouns)):
        while start > 0 and left - start < _REACH_LEFT and _modifier(tokens, start - 1, grammar):
            start -= 1
    words = [t.text for t in tokens[start:left]] + title
    while words and words[0] in {"'s", "’s"}:
        words.pop(0)
    return join_words(words) if words else None


def _role_word(token: Token, nouns: Nouns) -> bool:
    return token.text[0].isalpha() and not token.text[0].isupper() and nouns.is_listed_role([token.low])


def _modifier(tokens: Sequence[Token], i: int, grammar: Grammar) -> bool:
    """Whether the token can stand before a role noun in the same phrase."""
    token = tokens[i]
    if not (token.text[0].isalpha() or token.low == "'s") or token.quoted != tokens[min(i + 1, len(tokens) - 1)].quoted:
        return False
    closed = grammar.determiners | grammar.prepositions | grammar.subordinators | grammar.coordinators | grammar.auxiliaries - {"'s"}
    return not (token.low in closed or token.low in grammar.adverbs or token.low in grammar.past_forms or token.low in grammar.connectives)


def _apposed_before(tokens: Sequence[Token], left: int, grammar: Grammar, nouns: Nouns) -> str | None:
    """'the team's coach, (Ann Day)': a definite or possessive role phrase right before the comma."""
    if left < 2 or tokens[left - 1].text != ",":  # noqa: PLR2004 - a noun and a comma
        return None
    end = start = left - 1
    while start > 0 and end - start < _REACH_LEFT and _modifier(tokens, start - 1, grammar):
        start -= 1
    opened = start > 0 and tokens[start - 1].low in grammar.determiners
    possessed = any(t.low == "'s" for t in tokens[start:end])
    words = tokens[start:end]
    if not words or not (opened or possessed) or not nouns.is_role([t.low for t in words]):
        return None
    possessive = opened and tokens[start - 1].low in {"his", "her", "their", "its"}
    return join_words([t.text for t in tokens[start - possessive : end]])


def _skip_age(tokens: Sequence[Token], i: int) -> tuple[int, str | None]:
    """Past ', 34,' or ' (34)': the token index after it, and the age."""
    if i + 1 < len(tokens) and tokens[i].text in {",", "("} and tokens[i + 1].text.isdigit() and len(tokens[i + 1].text) <= 3:  # noqa: PLR2004 - nobody is 1000
        after = i + 2
        if after < len(tokens) and tokens[after].text in {",", ")", "."}:
            return after + (tokens[after].text == ")"), tokens[i + 1].text
        return i, None
    return i, None


def _apposed_after(tokens: Sequence[Token], start: int, grammar: Grammar, nouns: Nouns) -> str | None:
    if start < len(tokens) and tokens[start].low in _RELATIVE:
        if tokens[start].low == "who" and start + 1 < len(tokens) and tokens[start + 1].low in _BE:
            return _role_in(tokens, start + 2, grammar, nouns)
        return None
    return _role_in(tokens, start, grammar, nouns)


def _role_in(tokens: Sequence[Token], start: int, grammar: Grammar, nouns: Nouns) -> str | None:
    """The role phrase that starts here, up to the next mark or clause, or None if it is none."""
    end = start
    while end < len(tokens) and end - start < _REACH_RIGHT and tokens[end].text not in _CLOSERS:
        if tokens[end].low in _RELATIVE or (end > start and grammar.finite(tokens, end) and tokens[end].low != "'s"):
            break
        end += 1
    head = start
    while head < end and tokens[head].low not in grammar.prepositions and tokens[head].low != "and":
        head += 1
    if head < end and tokens[head].low == "of" and tokens[head - 1].low == "one" and head > start:
        head += 1
        while head < end and tokens[head].low not in grammar.prepositions:
            head += 1
    words = [t.low for t in tokens[start:head]]
    if words and (words[0] in grammar.past_forms or words[0] in grammar.present_forms):
        return None
    cue = end < len(tokens) and grammar.finite(tokens, end) and tokens[end].text not in _CLOSERS
    if not words or not nouns.is_role(words) or (cue and words[0] in {"his", "her"}) or words[0] in grammar.adverbs - {"once"}:
        return None
    kept = [t.text for t in tokens[start:end]][:_MOST_WORDS]
    while kept and kept[-1].lower() in grammar.prepositions | grammar.coordinators | grammar.determiners:
        kept.pop()
    return join_words(_without_article(kept)) or None


def _without_article(words: list[str]) -> list[str]:
    return words[1:] if words and words[0].lower() in {"a", "an", "the"} else words


def _affiliation(tokens: Sequence[Token], start: int, *, body: bool) -> str | None:
    first = start + (start < len(tokens) and tokens[start].low == "the")
    end = first
    while end < len(tokens) and end - first < _REACH_LEFT:
        token = tokens[end]
        joins = token.low in {"of", "and", "for", "the", "'s", "&", "in"} and end + 1 < len(tokens) and tokens[end + 1].text[0].isupper()
        if not (token.text[0].isupper() or (joins and end > first)):
            break
        end += 1
    if body and not any(t.low in load_name_words().heads for t in tokens[first:end]):
        return None
    return join_words([t.text for t in tokens[first:end]]) or None


def _sex(name: Name, roles: Sequence[str | None], nouns: Nouns) -> str | None:
    people = load_lexicon("people")
    for word in (w.lower() for w in name.title):
        if word in people["honorific_male"]:
            return "m"
        if word in people["honorific_female"]:
            return "f"
    for role in roles:
        for word in (role or "").lower().split():
            sex = nouns.sex_of([word])
            if sex is not None and f"'s {word}" not in (role or "").lower().replace("’", "'") + " ":
                return sex
            break_at = word in {"of", "for", "at", "to"}
            if break_at:
                break
    return None
