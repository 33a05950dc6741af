"""Places where the article speaks of somebody or something: names, pronouns, and noun phrases like "the minister".

What a pronoun or a noun phrase means is settled in `reference`; here they are found and described.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.analysis.attributions import CueClass, cue_forms
from bot.analysis.grammar import Grammar, load_grammar
from bot.analysis.lexicon import load_lexicon
from bot.analysis.names import Name, in_title_case
from bot.analysis.nouns import Noun, Sense, load_nouns
from bot.analysis.parsing import Article, Sentence, Token
from bot.analysis.roster import Roster
from bot.document import Span

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "themselves", "theirs"})
_IT = frozenset({"it", "its", "itself"})
_SPEAKING = frozenset({CueClass.SAY, CueClass.DENY, CueClass.ACCUSE, CueClass.ASK, CueClass.CALL, CueClass.THINK})
_REACH_LEFT = 6


class Shape(StrEnum):
    """How somebody is spoken of."""

    NAME = "name"
    PRONOUN = "pronoun"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place. `key` is the member's for names, else None; `noun` the head of a phrase; `word` the pronoun.

    `subject` and `speaks` tell its part in the sentence, `quoted` whether it stands inside a quotation.
    """

    span: Span
    shape: Shape
    sentence: int
    paragraph: int
    key: str | None = None
    noun: Noun | None = None
    word: str = ""
    marks: frozenset[str] = frozenset()
    definite: bool = False
    subject: bool = False
    speaks: bool = False
    quoted: bool = False
    possessive: bool = False

    @property
    def gender(self) -> str | None:
        """Of a pronoun: 'm', 'f', 'p' (they) or 'n' (it)."""
        for sex, words in (("m", _HE), ("f", _SHE), ("p", _THEY), ("n", _IT)):
            if self.word in words:
                return sex
        return None


def find_mentions(article: Article, roster: Roster) -> tuple[Mention, ...]:
    """All mentions in text order; of headings in title case none, since their capitals hide what is a name."""
    by_sentence: dict[int, list[tuple[Name, str]]] = {}
    for name, owner in zip(roster.names, roster.owners, strict=True):
        by_sentence.setdefault(name.sentence, []).append((name, owner))
    found: list[Mention] = []
    for sentence in article.sentences:
        if not in_title_case(sentence):
            found.extend(sorted(_in_sentence(sentence, by_sentence.get(sentence.index, [])), key=lambda m: m.span.start))
    return tuple(found)


def _in_sentence(sentence: Sentence, names: Sequence[tuple[Name, str]]) -> Iterator[Mention]:
    tokens, grammar = sentence.tokens, load_grammar()
    first_verb = _first_verb(tokens, grammar)
    covered: set[int] = set()
    for name, owner in names:
        covered.update(range(name.first - len(name.title), name.last))
        yield _mention(sentence, name.first - len(name.title), name.last, first_verb, shape=Shape.NAME, key=owner)
    nouns, pronouns = load_nouns(), _HE | _SHE | _THEY | _IT
    for i, token in enumerate(tokens):
        if token.low in pronouns:
            yield _mention(sentence, i, i + 1, first_verb, shape=Shape.PRONOUN, word=token.low)
        elif i not in covered and token.text.islower() and len(token.low) > 2:  # noqa: PLR2004 - no noun is shorter
            phrase = _phrase_at(tokens, i, grammar)
            if phrase is None:
                continue
            noun = nouns.read_head([t.low for t in tokens[phrase : i + 1] if t.text[0].isalpha()][-3:])
            opener = tokens[phrase].low
            if noun.sense in {Sense.UNKNOWN, Sense.GROUP} or not (noun.plural or opener in grammar.determiners or phrase < i):
                continue
            definite = opener in {"the", "this", "that", "these", "those", "his", "her", "their", "its"}
            marks = frozenset(t.low for t in tokens[phrase : i + 1] if (t.text[0].isupper() and t.low != opener) or t.text.isdigit())
            yield _mention(
                sentence, phrase, i + 1, first_verb, shape=Shape.PHRASE, noun=noun, definite=definite, marks=marks
            )


def _first_verb(tokens: Sequence[Token], grammar: Grammar) -> int:
    return next((i for i in range(1, len(tokens)) if grammar.finite(tokens, i) and tokens[i].low != "'s"), len(tokens))


def _mention(
    sentence: Sentence, first: int, last: int, first_verb: int, *, shape: Shape,
    key: str | None = None, noun: Noun | None = None, word: str = "", definite: bool = False, marks: frozenset[str] = frozenset(),
) -> Mention:  # fmt: skip
    tokens, forms, grammar = sentence.tokens, cue_forms(), load_grammar()
    after = last
    while after < len(tokens) and tokens[after].low in grammar.adverbs:
        after += 1
    next_word = tokens[after].low if after < len(tokens) else ""
    before = tokens[first - 1].low if first else ""
    inverted = forms.get(before) in _SPEAKING and first > 1 and tokens[first - 2].text in {'"', "”", ",", "'", "’", "''"}
    possessive = next_word == "'s" or word in {"his", "their", "its"} or (word == "her" and next_word.isalpha() and after == last)
    leads = last <= first_verb and before not in grammar.prepositions
    follows = after < len(tokens) and grammar.finite(tokens, after) and next_word != "'s" and before not in grammar.prepositions
    speaks = inverted or (forms.get(next_word) in _SPEAKING and not possessive) or (
        leads and first_verb < len(tokens) and forms.get(tokens[first_verb].low) in _SPEAKING
    )
    return Mention(
        span=Span(start=tokens[first].start, end=tokens[last - 1].end),
        shape=shape,
        sentence=sentence.index,
        paragraph=sentence.paragraph,
        key=key,
        noun=noun,
        word=word,
        marks=marks,
        definite=definite,
        subject=(leads or follows or inverted) and not possessive,
        speaks=speaks and not tokens[first].quoted,
        quoted=tokens[first].quoted,
        possessive=possessive,
    )


def _phrase_at(tokens: Sequence[Token], i: int, grammar: Grammar) -> int | None:
    """Where the noun phrase whose head is token `i` begins; None if the token heads none."""
    sense = load_nouns().listed(tokens[i].low)
    if sense is None:
        return None
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is not None and following.text[0].isalpha() and following.low not in _closed(grammar) and not grammar.finite(tokens, i + 1):
        if load_nouns().listed(following.low) is not None or following.text[0].isupper():
            return None
    start = i
    while start > 0 and i - start < _REACH_LEFT:
        before = tokens[start - 1]
        if before.low in grammar.determiners:
            return start - 1
        if before.text == "-" and start > 1 and tokens[start - 2].text.isdigit():
            start -= 1
            continue
        if not before.text[0].isalnum() or before.low in _closed(grammar) or before.low in grammar.past_forms:
            break
        start -= 1
    return start


def _closed(grammar: Grammar) -> frozenset[str]:
    return grammar.prepositions | grammar.subordinators | grammar.coordinators | grammar.auxiliaries | load_lexicon("grammar")["adverb"]
