"""What can be checked, and what is opinion, prediction, question, instruction or boilerplate (rubric, Claim)."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from lemminflect import getLemma

from bot.analysis.attributions import CueClass
from bot.analysis.clauses import Clause
from bot.analysis.lexicon import Lexicon, load_lexicon
from bot.analysis.syntax import AUXILIARIES, CLAUSAL_SUBJECTS, Tree
from bot.document import Role

_FIRST_PERSON = frozenset({"i", "we", "my", "our"})
_FIGURE = re.compile(r"\d")
_WORD = re.compile(r"\w")
_WILL = frozenset({"will", "'ll", "wo"})
_POSSIBILITY = frozenset({"may", "might", "could", "can"})
_BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "'s", "'re", "'m", "am"})
_MIN_WORDS = 4
_MIN_QUOTED_WORDS = 5


class Unfit(StrEnum):
    """Why a clause is no claim."""

    QUESTION = "question"
    INSTRUCTION = "instruction"
    PREDICTION = "prediction"
    OPINION = "opinion"
    NO_ANSWER = "no_answer"
    BOILERPLATE = "boilerplate"
    FRAGMENT = "fragment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """In whose mouth a clause stands: the class of the cue, whether the source is a person, whether it is quoted."""

    cue_class: CueClass
    quoted: bool


@cache
def lemma(word: str, tag: str) -> str:
    """The base form of a verb, noun or adjective given its Penn tag; other words as they are, in lower case."""
    pos = {"V": "VERB", "N": "NOUN", "J": "ADJ", "M": "AUX"}.get(tag[:1])
    if pos is None or tag.startswith("NNP"):
        return word.lower()
    forms = getLemma(word.lower(), upos=pos)
    return str(forms[0]) if forms else word.lower()


def find_unfitness(clause: Clause, tree: Tree, *, role: Role, said: Said | None) -> Unfit | None:
    """Why the clause cannot be a claim, or None when it can be checked. `said` is None in the outlet's own voice."""
    lexicon = load_lexicon("stance")
    text = " ".join(t.low for t in clause.tokens)
    if lexicon.pattern("boilerplate").search(text):
        return Unfit.BOILERPLATE
    if clause.tokens[-1].text == "?" or _ends_in_question(clause):
        return Unfit.QUESTION
    words = sum(bool(_WORD.match(t.text)) for t in clause.tokens)
    if words < (_MIN_QUOTED_WORDS if said and said.quoted else _MIN_WORDS):
        return Unfit.FRAGMENT
    return (
        _find_mood(clause, tree, role=role, said=said)
        or _find_no_answer(clause, tree, lexicon)
        or _find_prediction(clause, tree, lexicon, said=said)
        or _find_opinion(clause, tree, lexicon, said=said)
    )


def _ends_in_question(clause: Clause) -> bool:
    tokens = clause.sentence.tokens
    return any(t.text == "?" for t in tokens[clause.last : clause.last + 2])


def _find_mood(clause: Clause, tree: Tree, *, role: Role, said: Said | None) -> Unfit | None:
    """Instructions, and stretches with no verb to assert anything."""
    node = tree.nodes[clause.head]
    finite = tree.is_finite(clause.head)
    subject = _subject(clause, tree)
    if node.tag == "VB" and subject is None and not _under(clause, tree, AUXILIARIES):
        return Unfit.INSTRUCTION
    if clause.sentence.tokens[clause.head].low == "let" and subject is None:
        return Unfit.INSTRUCTION
    if finite or role is Role.HEADLINE:
        return None
    if said is not None and said.cue_class in _NOMINAL_CONTENT:
        return None
    verbal = any(tree.nodes[i].verbal for i in range(clause.first, clause.last))
    if said is not None and verbal and not said.quoted:
        return None
    if any(tree.is_finite(i) for i in range(clause.first, clause.last) if tree.nodes[i].label not in {"relcl", "advcl"}):
        return None
    return Unfit.FRAGMENT


_NOMINAL_CONTENT = frozenset({CueClass.DENY, CueClass.ACCUSE, CueClass.UNSPECIFIED, CueClass.SHOW, CueClass.NOUN, CueClass.SAY,
                              CueClass.ACCORDING})


def _find_no_answer(clause: Clause, tree: Tree, lexicon: Lexicon) -> Unfit | None:
    text = " ".join(t.low for t in clause.tokens)
    negated = any(t.low in {"not", "n't", "declined", "refused", "no", "impossible", "unable", "declines", "yet"} for t in clause.tokens)
    if negated and lexicon.pattern("no_answer").search(text):
        return Unfit.NO_ANSWER
    return None


def _find_prediction(clause: Clause, tree: Tree, lexicon: Lexicon, *, said: Said | None) -> Unfit | None:
    if said is not None and said.cue_class in {CueClass.ASK}:
        return Unfit.INSTRUCTION
    tokens = clause.sentence.tokens
    head = tokens[clause.head]
    base = lemma(head.text, tree.nodes[clause.head].tag)
    if base in lexicon["forward"] and tree.nodes[clause.head].label != "relcl" and _takes_clause(clause, tree):
        return Unfit.PREDICTION
    modals = {tokens[c].low for c in tree.children[clause.head] if tree.nodes[c].label in AUXILIARIES}
    if "would" in modals and said is not None and said.quoted:
        return Unfit.PREDICTION
    if modals & _WILL and said is not None and said.quoted and not _FIGURE.search(" ".join(t.text for t in clause.tokens)):
        adverbs = {tokens[c].low for c in tree.children[clause.head]}
        if adverbs & {"likely", "probably", "never", "always"} or head.low in _BE or base in {"be", "have", "help", "make", "find"}:
            return Unfit.PREDICTION
    return None


def _takes_clause(clause: Clause, tree: Tree) -> bool:
    return any(
        tree.nodes[c].label in {"ccomp", "xcomp", "dobj", "prep"} and c > clause.head for c in tree.children[clause.head]
    )


def _find_opinion(clause: Clause, tree: Tree, lexicon: Lexicon, *, said: Said | None) -> Unfit | None:
    tokens = clause.sentence.tokens
    head = tokens[clause.head]
    base = lemma(head.text, tree.nodes[clause.head].tag)
    subject = _subject(clause, tree)
    first_person = subject is not None and tokens[subject].low in _FIRST_PERSON
    if first_person and base in lexicon["attitude"] and not tree.nodes[clause.head].tag == "VBD":
        return Unfit.OPINION
    if subject is not None and tokens[subject].low in {"you", "everybody", "anybody"}:
        return Unfit.OPINION
    auxiliaries = {tokens[c].low for c in tree.children[clause.head] if tree.nodes[c].label in AUXILIARIES}
    if auxiliaries & lexicon["obligation"] or base in {"need"} and said is not None:
        return Unfit.OPINION
    figures = _FIGURE.search(" ".join(t.text for t in clause.tokens)) is not None
    if said is not None and auxiliaries & _POSSIBILITY and not figures and (said.quoted or said.cue_class is CueClass.THINK):
        return Unfit.OPINION
    if any(t.low in {"you", "your", "you're", "i'd"} for t in clause.tokens) and not figures:
        return Unfit.OPINION
    if base == "be" or head.low in _BE:
        complement = _under(clause, tree, frozenset({"acomp", "attr"}))
        if complement and not figures and any(tokens[c].low in lexicon["evaluative"] for c in complement):
            return Unfit.OPINION
    return None


def _subject(clause: Clause, tree: Tree) -> int | None:
    return tree.child(clause.head, CLAUSAL_SUBJECTS)


def _under(clause: Clause, tree: Tree, labels: frozenset[str]) -> tuple[int, ...]:
    return tuple(c for c in tree.children[clause.head] if tree.nodes[c].label in labels)
