"""A claim in words that stand alone: hedges kept, pronouns and short names resolved, the attribution left out."""

import re
from collections.abc import Iterator

from lemminflect import getInflection

from bot.analysis.assertions import Assertion
from bot.analysis.cast import Cast, Speaker
from bot.analysis.clauses import ClauseKind
from bot.analysis.grammar import load_grammar
from bot.analysis.inversion import straighten
from bot.analysis.lexicon import lemma
from bot.analysis.parsing import Article
from bot.analysis.rivals import has_rival
from bot.analysis.syntax import AUXILIARIES, CLAUSAL_SUBJECTS, Tree
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
# What these open is told as a fact of its own; "if" and "before" open what may never have been.
_FACTUAL = frozenset({"as", "after", "when", "while", "because", "since", "although", "though"})
_LABELS = frozenset({"a", "q"})  # of answers and questions in an interview
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
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
_DESCRIBED = frozenset({SourceKind.ANONYMOUS, SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP})
_PREDICATE = frozenset({"RB", "VB", "MD", "TO"})  # how the tags begin of what may stand before a verb
_STAYING = CLAUSAL_SUBJECTS | {"det"}
_ASIDES = frozenset({"relcl", "appos", "acl", "punct"})


def phrase_claim(article: Article, assertion: Assertion, tree: Tree, *, speaker: Speaker | None, cast: Cast) -> str:
    """The assertion as one sentence that needs no context. No content words are added but resolved names."""
    phraser = _Phraser(assertion=assertion, tree=tree, speaker=speaker, cast=cast)
    text = re.sub(r"\s+", " ", phraser.subject() + "".join(phraser.words())).strip(" ,;:—–-")
    text = re.sub(r"\s+([,.;:?!)\]])", r"\1", text)
    text = re.sub(r",(?=[.?!]?$)|,(?=,)", "", text)
    text = text.rstrip(" .,;:—–-") or article.same_words(assertion.span)
    return text[:1].upper() + text[1:] + ("" if text[-1:] in {"?", "!"} else ".")


class _Phraser:
    """Goes through one assertion's tokens and says each anew; remembers which names were said."""

    def __init__(self, *, assertion: Assertion, tree: Tree, speaker: Speaker | None, cast: Cast) -> None:
        self._clause = assertion.clause
        self._tokens = assertion.clause.sentence.tokens
        self._tree = tree
        self._speaker = speaker
        self._cast = cast
        self._named: set[str] = set()
        self._singular: frozenset[int] = frozenset()

    def subject(self) -> str:
        """The subject that the clause shares with the verb it hangs on; nothing where it has its own."""
        clause, tree = self._clause, self._tree
        if clause.kind is ClauseKind.RELATIVE:
            return ""
        subject = tree.child(clause.head, CLAUSAL_SUBJECTS)
        if subject is None:
            subject = tree.shared_subject(clause.head)
        elif any(tree.nodes[i].tag[:2] not in _PREDICATE for i in self._words_before_verb()):
            return ""  # other words stand where the subject does
        if subject is None or subject >= clause.first or self._is_label(subject):
            return ""
        if tree.nodes[subject].tag in _RELATIVE:
            subject = self._meant_by(subject)
        under = tree.under(subject, without=_ASIDES) if subject is not None else ()
        return "".join(self._say(i) for i in under if self._tokens[i].text not in _QUOTES).strip() + " "

    def words(self) -> Iterator[str]:
        """The clause, word by word, each with the space after it."""
        clause, tokens = self._clause, self._tokens
        straight = straighten(clause, self._tree)
        relative = clause.antecedent is not None
        for at in straight.order if straight else range(self._opening(), clause.last):
            if tokens[at].text in _QUOTES or self._tree.nodes[at].tag in _QUOTE_TAGS:
                yield self._gap(at)
            elif relative and self._tree.nodes[at].tag in {"WDT", "WP", "WP$"}:
                relative = False
                yield self._antecedent(at) + self._gap(at)
            else:
                yield self._say(at)
            if straight is not None and at == straight.negated:
                yield "not "

    def _words_before_verb(self) -> Iterator[int]:
        return (i for i in range(self._clause.first, self._clause.head) if self._tokens[i].text[0].isalnum())

    def _is_label(self, subject: int) -> bool:
        """Whether a colon sets the words before the clause off, as a speaker's name in a heading."""
        return any(t.text == ":" for t in self._tokens[subject : self._clause.first])

    def _meant_by(self, relative: int) -> int | None:
        """The noun that a relative pronoun before the clause stands for ("a fee which, he said, was too high")."""
        nodes = self._tree.nodes
        clauses = (i for i in self._tree.above(relative) if nodes[i].label == "relcl")
        return next((nodes[i].head for i in clauses), None)

    def _opening(self) -> int:
        """Index of the first token to say: joiners, labels and what hangs on another clause come before it."""
        clause, tokens, tree = self._clause, self._tokens, self._tree
        first = clause.first
        if tokens[first].low in _LABELS and tokens[first + 1].text == ":":
            first += 2
        for mark in range(first, clause.head):
            if tokens[mark].low in _FACTUAL and tree.nodes[mark].label in {"mark", "advmod"} and self._joins(mark):
                first = mark + 1
        openers = _OPENERS | _JOINERS if clause.kind is ClauseKind.ADVERBIAL else _OPENERS
        while first < clause.head and (tokens[first].low in openers or tokens[first].text in _QUOTES):
            if tree.nodes[first].label in _STAYING:  # "That is why", not "that it broke"
                break
            first += 1
        return first

    def _joins(self, mark: int) -> bool:
        """Whether the word opens the clause: nothing that hangs on the clause's verb stands before it."""
        clause, tree = self._clause, self._tree
        verb = tree.nodes[mark].head
        return verb >= clause.head and (mark == clause.first or min(tree.under(clause.head)) >= mark)

    def _gap(self, at: int) -> str:
        tokens = self._tokens
        return " " if at + 1 < len(tokens) and tokens[at + 1].start > tokens[at].end else ""

    def _say(self, at: int) -> str:
        token = self._tokens[at]
        if at in self._singular and self._tree.nodes[at].tag in {"VBP", "VBD"}:
            if token.low in _AGREEMENT:
                return self._spaced(at, _AGREEMENT[token.low])
            if self._tree.nodes[at].tag == "VBP" and self._tree.child(at, AUXILIARIES) is None:
                return self._spaced(at, _third_person(token.low))
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
            return self._speak_for(at) if _is_first_person(token.text, node.tag) else None
        pronoun = node.tag in {"PRP", "PRP$"} and token.low not in _LEFT_AS_IS
        return self._full_name(at) if node.tag == "NNP" or (pronoun and self._in_subject(at)) else None

    def _full_name(self, at: int) -> str | None:
        """The full name that a pronoun or a surname stands for, where there is no doubt and it was not said yet."""
        token, node = self._tokens[at], self._tree.nodes[at]
        span = Span(start=token.start, end=token.end)
        meant = self._cast.resolve(span)
        if meant is None or (node.tag != "NNP" and has_rival(self._cast, span)):
            return None
        if meant.lower() == token.low or meant in self._named:
            return None
        if node.tag == "NNP" and not self._is_lone_surname(at, meant):
            self._named.add(meant)
            return None
        self._named.add(meant)
        if meant.startswith("The ") and at > 0 and self._tokens[at - 1].low == "the":
            meant = meant.removeprefix("The ")
        return _possessive(meant) if node.tag == "PRP$" else meant

    def _speak_for(self, at: int) -> str | None:
        """The speaker's name for the speaker's "I" or "we", the first time; a plain pronoun after that."""
        token, name = self._tokens[at], _told(self._speaker) if self._speaker else ""
        form = _FIRST_PERSON[token.low]
        if self._speaker is None or self._speaker.kind is SourceKind.UNSPECIFIED:
            return None
        many = token.low in _MORE_THAN_ONE or (token.low == "our" and not self._in_subject(at))
        if many and self._speaker.kind is SourceKind.NAMED_PERSON:
            return None  # "one of us" is not one of the speaker, nor is "our army" the speaker's
        if token.low == "we":
            name = self._cast.body_of(self._speaker) or name
        if name in self._named:
            return _AGAIN[form]
        self._named.add(name)
        self._singular = self._verb_of(at) if form == "subject" else frozenset()
        return _possessive(name) if form == "possessive" else name

    def _verb_of(self, at: int) -> frozenset[int]:
        """The verbs whose subject the token is, with their auxiliaries."""
        tree, verb = self._tree, self._tree.nodes[at].head
        joined = (c for c in tree.children[verb] if tree.nodes[c].label == "conj")
        verbs = [verb, *(c for c in joined if tree.child(c, CLAUSAL_SUBJECTS) is None)]
        return frozenset(verbs).union(c for v in verbs for c in tree.children[v] if tree.nodes[c].label in AUXILIARIES)

    def _in_subject(self, at: int) -> bool:
        """Whether the token belongs to the clause's subject: what comes later may mean what the clause itself names."""
        subject = self._tree.child(self._clause.head, CLAUSAL_SUBJECTS)
        return subject is not None and (at == subject or subject in self._tree.above(at))

    def _is_lone_surname(self, at: int, meant: str) -> bool:
        """Whether the token alone stands for the full name: "Reyes", not the last word of "Ann Reyes"."""
        tree = self._tree
        if tree.nodes[at].label == "compound":
            return False
        if any(tree.nodes[c].label == "compound" and tree.nodes[c].tag == "NNP" for c in tree.children[at]):
            return False
        return meant.rsplit(maxsplit=1)[-1].lower() == self._tokens[at].low


def _is_first_person(word: str, tag: str) -> bool:
    """Whether it is the pronoun: "US" is a country and the "I" of a war a number."""
    return word != "US" and not tag.startswith("NNP")


def _told(speaker: Speaker) -> str:
    """The speaker's name as a subject: a bare description of one person or body gets its article."""
    words = speaker.name.lower().split()
    bare = speaker.kind in _DESCRIBED and not speaker.name[0].isupper() and lemma(words[-1], "NN") == words[-1]
    return f"the {speaker.name}" if bare and words[0] not in load_grammar().determiners else speaker.name


def _third_person(verb: str) -> str:
    """The form that goes with a name: "knows" for "know"."""
    forms = getInflection(lemma(verb, "VBP"), tag="VBZ")
    return str(forms[0]) if forms else verb


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}'s"
