"""Places where the article speaks of somebody or something: names, pronouns, and noun phrases like "the minister".

What a pronoun or a noun phrase means is settled in `reference`; here they are found and described.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from bot.analysis.attributions import CueClass, cue_forms
from bot.analysis.grammar import Grammar, load_grammar
from bot.analysis.lexicon import load_lexicon
from bot.analysis.names import Name, in_title_case, is_compound
from bot.analysis.nouns import Noun, Sense, load_nouns
from bot.analysis.parsing import Article, Sentence, Token
from bot.analysis.roster import Roster
from bot.analysis.syntax import Tree
from bot.document import Span

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "themselves", "theirs"})
_IT = frozenset({"it", "its", "itself"})
_PRONOUNS = _HE | _SHE | _THEY | _IT
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "their", "its"})
_CLOSERS = frozenset({'"', "”", ",", "'", "’", "''"})
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

    `attributive` is a name that only qualifies the noun after it ("a Netflix series"); `subject` and `speaks` tell
    its part in the sentence, `quoted` whether it stands inside a quotation. `said_of` is the offset of the word that a
    phrase is an apposition or a predicate of ("Day, a doctor", "Day is a doctor").
    """

    span: Span
    shape: Shape
    sentence: int
    paragraph: int
    key: str | None = None
    noun: Noun | None = None
    word: str = ""
    marks: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    opener: str = ""
    definite: bool = False
    subject: bool = False
    speaks: bool = False
    quoted: bool = False
    possessive: bool = False
    attributive: bool = False
    said_of: int | None = None

    @property
    def gender(self) -> str | None:
        """Of a pronoun: 'm', 'f', 'p' (they) or 'n' (it)."""
        for sex, words in (("m", _HE), ("f", _SHE), ("p", _THEY), ("n", _IT)):
            if self.word in words:
                return sex
        return None


def find_mentions(article: Article, roster: Roster, trees: Sequence[Tree] = ()) -> tuple[Mention, ...]:
    """All mentions in text order; of headings in title case none, since their capitals hide what is a name.

    `trees`, where given, go with the article's sentences and tell the subjects better than word order does.
    """
    by_sentence: dict[int, list[tuple[Name, str]]] = {}
    for name, owner in zip(roster.names, roster.owners, strict=True):
        by_sentence.setdefault(name.sentence, []).append((name, owner))
    found: list[Mention] = []
    for sentence in article.sentences:
        if not in_title_case(sentence):
            found.extend(
                sorted(
                    _in_sentence(
                        sentence, by_sentence.get(sentence.index, []), trees[sentence.index] if trees else None
                    ),
                    key=lambda m: m.span.start,
                )
            )
    return tuple(found)


def _in_sentence(sentence: Sentence, names: Sequence[tuple[Name, str]], tree: Tree | None = None) -> Iterator[Mention]:
    clause = _Clause.of(sentence, tree)
    covered: set[int] = set()
    for name, owner in names:
        first = name.first - len(name.title)
        covered.update(range(first, name.last))
        qualifies = name.last < len(sentence.tokens) and _goes_on(sentence.tokens, name.last, clause.grammar)
        qualifies = qualifies or (tree is not None and _is_modifier(tree, name.last))
        yield replace(clause.mention(first, name.last), shape=Shape.NAME, key=owner, attributive=qualifies)
    for i, token in enumerate(sentence.tokens):
        if token.low in _PRONOUNS:
            yield clause.mention(i, i + 1, word=token.low)
        elif i not in covered and _may_head(sentence.tokens, i) and len(token.low) > 2:  # noqa: PLR2004 - no noun is shorter
            found = _phrase_mention(clause, i)
            if found is not None:
                yield found


def _may_head(tokens: Sequence[Token], i: int) -> bool:
    """Whether the word may be a common noun: in small letters, or with a capital only because it opens the sentence."""
    opens = i == 0 or (i == 1 and not tokens[0].text[0].isalnum())
    return tokens[i].text.islower() or (opens and tokens[i].text.istitle())


def _phrase_mention(clause: "_Clause", i: int) -> Mention | None:
    """The mention by a noun phrase whose head is token `i`; None where it heads none that can speak."""
    tokens = clause.sentence.tokens
    first = _phrase_at(tokens, i, clause.grammar)
    if first is None:
        return None
    noun = load_nouns().read_head([t.low for t in tokens[first : i + 1] if t.text[0].isalpha()][-3:])
    opener = tokens[first].low
    introduced = noun.plural or opener in clause.grammar.determiners or first < i
    tree = clause.tree
    if noun.sense in {Sense.UNKNOWN, Sense.GROUP} or not introduced or (tree and _is_modifier(tree, i + 1)):
        return None
    told = _find_bearer(tree, i) if tree and not noun.plural else None
    run = tokens[first : i + 1]
    return replace(
        clause.mention(first, i + 1),
        shape=Shape.PHRASE,
        noun=noun,
        opener=opener,
        definite=opener in _DEFINITE,
        marks=frozenset(t.low for t in run if _marks(t, opener)),
        modifiers=frozenset(t.low for t in run[:-1]),
        said_of=tokens[told].start if told is not None else None,
    )


def _marks(token: Token, opener: str) -> bool:
    """Whether a word of a phrase is a name or a number, so that it tells of whom the phrase can be said."""
    named = token.text[0].isupper() and token.low != opener and not is_compound(token.text)
    return named or token.text.isdigit()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    """A sentence with its first finite verb: tells the part that a run of tokens plays."""

    sentence: Sentence
    grammar: Grammar
    verb: int
    tree: Tree | None = None

    @classmethod
    def of(cls, sentence: Sentence, tree: Tree | None = None) -> "_Clause":
        """The sentence's clause; with its tree, subjects are read off that."""
        tokens, grammar = sentence.tokens, load_grammar()
        finite = (i for i in range(1, len(tokens)) if tokens[i].low != "'s" and grammar.finite(tokens, i))
        return cls(sentence=sentence, grammar=grammar, verb=next(finite, len(tokens)), tree=tree)

    def mention(self, first: int, last: int, *, word: str = "") -> Mention:
        """The mention by tokens first..last, as a pronoun unless its shape is set."""
        tokens = self.sentence.tokens
        possessive = self._possesses(last, word)
        inverted = self._inverted(first)
        quoted = tokens[first].quoted
        return Mention(
            span=Span(start=tokens[first].start, end=tokens[last - 1].end),
            shape=Shape.PRONOUN,
            sentence=self.sentence.index,
            paragraph=self.sentence.paragraph,
            word=word,
            subject=(inverted or self._subject(first, last)) and not possessive,
            speaks=(inverted or self._says(first, last, possessive=possessive)) and not quoted,
            quoted=quoted,
            possessive=possessive,
        )

    def _low(self, i: int) -> str:
        return self.sentence.tokens[i].low if 0 <= i < len(self.sentence.tokens) else ""

    def _skip(self, i: int, passed: frozenset[str]) -> int:
        while self._low(i) in passed and self._low(i):
            i += 1
        return i

    def _possesses(self, last: int, word: str) -> bool:
        following = self._low(last)
        return following == "'s" or word in {"his", "their", "its"} or (word == "her" and following.isalpha())

    def _follows_preposition(self, first: int) -> bool:
        """Whether a preposition stands before the run, an article between them aside: "polled by the | Daily News"."""
        before = first - 2 if self._low(first - 1) in {"the", "a", "an"} else first - 1
        return self._low(before) in self.grammar.prepositions

    def _inverted(self, first: int) -> bool:
        """'..., said Day': the verb before, a comma or a closing mark before that."""
        says = cue_forms().get(self._low(first - 1)) in _SPEAKING
        return says and first > 1 and self.sentence.tokens[first - 2].text in _CLOSERS

    def _subject(self, first: int, last: int) -> bool:
        if self.tree is not None:
            return _is_subject(self.tree, last - 1)
        if self._follows_preposition(first):
            return False
        after = self._skip(last, self.grammar.adverbs)
        tokens = self.sentence.tokens
        return last <= self.verb or (
            after < len(tokens) and tokens[after].low != "'s" and self.grammar.finite(tokens, after)
        )

    def _says(self, first: int, last: int, *, possessive: bool) -> bool:
        """Whether a verb of saying follows, auxiliaries and adverbs aside, or heads a sentence that the run leads."""
        forms = cue_forms()
        said = self._low(self._skip(last, _before_verb()))
        if self._low(first - 1) == "to" and self._low(first - 2) == "according":
            return True
        leads = last <= self.verb and not self._follows_preposition(first)
        direct = forms.get(said) in _SPEAKING and not possessive
        return direct or (leads and forms.get(self._low(self.verb)) in _SPEAKING)


def _is_modifier(tree: Tree, last: int) -> bool:
    """Whether the name that ends before token `last` hangs on a noun behind it ("a Netflix series")."""
    node = tree.nodes[last - 1]
    return node.label in {"compound", "nmod", "amod"} and node.head >= last


def _find_bearer(tree: Tree, at: int) -> int | None:
    """The token that a noun is an apposition or the predicate of, in front of it."""
    node = tree.nodes[at]
    bearer = node.head if node.label == "appos" else None
    if node.label == "attr":
        denied = tree.child(node.head, frozenset({"neg"})) is not None
        bearer = None if denied else tree.child(node.head, frozenset({"nsubj"}))
    return bearer if bearer is not None and bearer < at else None


def _is_subject(tree: Tree, at: int) -> bool:
    """Whether the token is the subject of a verb, or joined to one that is."""
    node = tree.nodes[at]
    while node.label in {"conj", "appos"} and node.head < at:
        at = node.head
        node = tree.nodes[at]
    return node.label in {"nsubj", "nsubjpass"}


def _phrase_at(tokens: Sequence[Token], i: int, grammar: Grammar) -> int | None:
    """Where the noun phrase whose head is token `i` begins; None if the token heads none."""
    sense = load_nouns().listed(tokens[i].low)
    if sense is None:
        return None
    if i + 1 < len(tokens) and _goes_on(tokens, i + 1, grammar):
        return None
    start = i
    while start > 0 and i - start < _REACH_LEFT:
        before = tokens[start - 1]
        if before.low in grammar.determiners:
            return start - 1
        if before.text == "-" and start > 1 and tokens[start - 2].text.isdigit():
            start -= 1
            continue
        if not before.text[0].isalnum() or before.low in _closed_words() or grammar.finite(tokens, start - 1):
            break
        start -= 1
    return start


def _goes_on(tokens: Sequence[Token], i: int, grammar: Grammar) -> bool:
    """Whether the noun phrase goes on at token `i` with a further noun or a name."""
    token = tokens[i]
    if not token.text[0].isalpha() or token.low in _closed_words() or grammar.finite(tokens, i):
        return False
    return load_nouns().listed(token.low) is not None or token.text[0].isupper()


@cache
def _closed_words() -> frozenset[str]:
    """Words that end a noun phrase on either side."""
    grammar = load_grammar()
    joining = grammar.prepositions | grammar.subordinators | grammar.coordinators
    return joining | grammar.auxiliaries | load_lexicon("grammar")["adverb"]


@cache
def _before_verb() -> frozenset[str]:
    """Words that may stand between a subject and its main verb."""
    grammar = load_grammar()
    return grammar.adverbs | grammar.auxiliaries - {"'s"} | {"twice"}
