"""A claim in words that stand alone: hedges kept, pronouns and short names resolved, the attribution left out."""

import re
from collections.abc import Iterator

from bot.analysis.assertions import Assertion
from bot.analysis.cast import Cast, Speaker
from bot.analysis.clauses import ClauseKind
from bot.analysis.parsing import Article
from bot.analysis.syntax import CLAUSAL_SUBJECTS, Tree
from bot.document import Span
from bot.report import SourceKind

_QUOTE_TAGS = frozenset({"``", "''"})
_QUOTES = frozenset({'"', "“", "”", "''", "``"})
_OPENERS = frozenset(
    {
        "but",
        "and",
        "so",
        "however",
        "meanwhile",
        "also",
        "yet",
        "then",
        "still",
        "nevertheless",
        "that",
        "though",
        "moreover",
        "furthermore",
        "additionally",
        "instead",
        "indeed",
        "because",
        "while",
        "although",
        "whereas",
        "or",
        ",",
        "sadly",
        "now",
        "first",
        "finally",
        "in addition",
    }
)
_JOINERS = frozenset({"after", "when", "as", "since", "before"})
_FIRST_PERSON = {
    "i": "subject",
    "we": "subject",
    "me": "object",
    "us": "object",
    "my": "possessive",
    "our": "possessive",
    "myself": "object",
    "ourselves": "object",
    "mine": "possessive",
    "ours": "possessive",
}
_MORE_THAN_ONE = frozenset({"us", "ours", "ourselves"})
_AGAIN = {"subject": "they", "object": "them", "possessive": "their"}
_CONTRACTED = {"n't": "not", "'ve": "have", "'re": "are", "'ll": "will", "ca": "can", "wo": "will"}
_AGREEMENT = {
    "am": "is",
    "'m": "is",
    "'ve": "has",
    "have": "has",
    "are": "is",
    "'re": "is",
    "were": "was",
    "do": "does",
}
# "It" too often stands for a clause or nothing to put a name in its place; the first person is the speaker's alone.
_LEFT_AS_IS = frozenset({"it", "itself", *_FIRST_PERSON})
_ASIDES = frozenset({"relcl", "appos", "acl", "punct"})


def phrase_claim(article: Article, assertion: Assertion, tree: Tree, *, speaker: Speaker | None, cast: Cast) -> str:
    """The assertion as one sentence that needs no context. No content words are added but resolved names."""
    phraser = _Phraser(assertion=assertion, tree=tree, speaker=speaker, cast=cast)
    text = re.sub(r"\s+", " ", phraser.subject() + "".join(phraser.words())).strip(" ,;:—–-")
    text = re.sub(r"\s+([,.;:?!)\]])", r"\1", text)
    text = re.sub(r",(?=[.?!]?$)|,(?=,)", "", text)
    text = text.rstrip(" .,;:—–-") or article.same_words(assertion.span)
    return text[:1].upper() + text[1:] + "."


class _Phraser:
    """Goes through one assertion's tokens and says each anew; remembers which names were said."""

    def __init__(self, *, assertion: Assertion, tree: Tree, speaker: Speaker | None, cast: Cast) -> None:
        self._clause = assertion.clause
        self._tokens = assertion.clause.sentence.tokens
        self._tree = tree
        self._speaker = speaker
        self._cast = cast
        self._named: set[str] = set()
        self._singular = False

    def subject(self) -> str:
        """The subject that the clause shares with the verb it hangs on; nothing where it has its own."""
        clause, tree = self._clause, self._tree
        if clause.kind is ClauseKind.RELATIVE or tree.child(clause.head, CLAUSAL_SUBJECTS) is not None:
            return ""
        subject = tree.shared_subject(clause.head)
        if subject is None or subject >= clause.first:
            return ""
        under = tree.under(subject, without=_ASIDES)
        return "".join(self._say(i) for i in under if self._tokens[i].text not in _QUOTES).strip() + " "

    def words(self) -> Iterator[str]:
        """The clause, word by word, each with the space after it."""
        clause, tokens = self._clause, self._tokens
        first = clause.first
        openers = _OPENERS | _JOINERS if clause.kind is ClauseKind.ADVERBIAL else _OPENERS
        while first < clause.head and (tokens[first].low in openers or tokens[first].text in _QUOTES):
            first += 1
        relative = clause.antecedent is not None
        for at in range(first, clause.last):
            if tokens[at].text in _QUOTES or self._tree.nodes[at].tag in _QUOTE_TAGS:
                yield self._gap(at)
            elif relative and self._tree.nodes[at].tag in {"WDT", "WP", "WP$"}:
                relative = False
                yield self._antecedent(at) + self._gap(at)
            else:
                yield self._say(at)

    def _gap(self, at: int) -> str:
        tokens = self._tokens
        return " " if at + 1 < len(tokens) and tokens[at + 1].start > tokens[at].end else ""

    def _say(self, at: int) -> str:
        token = self._tokens[at]
        if self._singular and token.low in _AGREEMENT and self._tree.nodes[at].tag in {"VBP", "VBD"}:
            self._singular = False
            return self._spaced(at, _AGREEMENT[token.low])
        if token.low in _CONTRACTED:
            return self._spaced(at, _CONTRACTED[token.low])
        if token.low == "'d":
            return self._spaced(at, "would" if self._tree.nodes[at].tag == "MD" else "had")
        said = self._replacement(at)
        return (token.text if said is None else said) + self._gap(at)

    def _spaced(self, at: int, word: str) -> str:
        """The word in the place of a contraction ("n't"), which clings to the token before it."""
        clings = at > 0 and self._tokens[at - 1].end == self._tokens[at].start
        return (" " if clings else "") + word + self._gap(at)

    def _antecedent(self, at: int) -> str:
        """What a relative pronoun stands for, without its own relative clause."""
        clause, tokens = self._clause, self._tokens
        antecedent = clause.antecedent if clause.antecedent is not None else clause.head
        under = [i for i in self._tree.under(antecedent, without=_ASIDES) if i < clause.first]
        if not under or self._tokens[at].low in {"where", "when"}:
            return tokens[at].text
        words = "".join(self._say(i) for i in range(min(under), max(under) + 1)).strip()
        return words + "'s" if self._tree.nodes[at].tag == "WP$" else words

    def _replacement(self, at: int) -> str | None:
        """What to say instead of the token: the full name for a pronoun or surname on its first use here."""
        token, node = self._tokens[at], self._tree.nodes[at]
        if token.quoted and self._speaker is not None and token.low in _FIRST_PERSON:
            return self._speak_for(at)
        if node.tag not in {"PRP", "PRP$", "NNP"} or token.low in _LEFT_AS_IS:
            return None
        if node.tag != "NNP" and not self._in_subject(at):
            return None
        meant = self._cast.resolve(Span(start=token.start, end=token.end))
        if meant is None or meant.lower() == token.low or meant in self._named:
            return None
        if node.tag == "NNP" and not self._is_lone_surname(at, meant):
            self._named.add(meant)
            return None
        self._named.add(meant)
        return _possessive(meant) if node.tag == "PRP$" else meant

    def _speak_for(self, at: int) -> str | None:
        """The speaker's name for the speaker's "I" or "we", the first time; a plain pronoun after that."""
        token, name = self._tokens[at], self._speaker.name if self._speaker else ""
        form = _FIRST_PERSON[token.low]
        if token.low in _MORE_THAN_ONE and self._speaker is not None and self._speaker.kind is SourceKind.NAMED_PERSON:
            return None  # "one of us" is not one of the speaker
        if name in self._named:
            return _AGAIN[form]
        self._named.add(name)
        self._singular = form == "subject"
        return _possessive(name) if form == "possessive" else name

    def _in_subject(self, at: int) -> bool:
        """Whether the token belongs to the clause's subject: what comes later may mean what the clause itself names."""
        subject = self._tree.child(self._clause.head, CLAUSAL_SUBJECTS)
        return subject is not None and (at == subject or subject in self._tree.above(at))

    def _is_lone_surname(self, at: int, meant: str) -> bool:
        """Whether the token alone stands for the full name: "Esper", not the last word of "Mark Esper"."""
        tree = self._tree
        if tree.nodes[at].label == "compound":
            return False
        if any(tree.nodes[c].label == "compound" and tree.nodes[c].tag == "NNP" for c in tree.children[at]):
            return False
        return meant.rsplit(maxsplit=1)[-1].lower() == self._tokens[at].low


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}'s"
