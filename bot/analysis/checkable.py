"""What can be checked, and what is opinion, prediction, question, instruction or boilerplate (rubric, Claim)."""

import re
from enum import StrEnum

from bot.analysis.attributions import CueClass
from bot.analysis.clauses import Clause, ClauseKind, Said
from bot.analysis.lexicon import Lexicon, lemma, load_lexicon
from bot.analysis.opinions import is_opinion
from bot.analysis.syntax import AUXILIARIES, CLAUSAL_SUBJECTS, Tree
from bot.document import Role

_FIGURE = re.compile(r"\d")
_WORD = re.compile(r"\w")
_WILL = frozenset({"will", "'ll", "wo"})
_QUESTION_TAGS = frozenset({"WP", "WRB", "WDT", "WP$"})
_TIME_WORDS = frozenset({"when", "while", "where", "which"})
_COMPLEMENTS = frozenset({"dobj", "ccomp", "xcomp", "attr", "acomp", "oprd"})
_SUPPOSING = frozenset({"if", "unless", "until", "before", "whether", "lest"})
_HELD_TRUE = frozenset({"believe", "fear"})  # in a passive with nobody behind it: "is believed to have begun"
_MIN_WORDS = 4
_FEWEST_NAMED = 3  # "Ferri had left"
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


def find_unfitness(clause: Clause, tree: Tree, *, role: Role, said: Said | None) -> Unfit | None:
    """Why the clause cannot be a claim, or None when it can be checked. `said` is None in the outlet's own voice."""
    lexicon = load_lexicon("stance")
    text = " ".join(t.low for t in clause.tokens)
    if lexicon.pattern("boilerplate").search(text):
        return Unfit.BOILERPLATE
    if clause.tokens[-1].text == "?" or _ends_in_question(clause):
        return Unfit.QUESTION
    words = sum(bool(_WORD.match(t.text)) for t in clause.tokens)
    if words < _least_words(clause, tree, said) or _supposes(clause, tree) or _breaks_off(clause, tree):
        return Unfit.FRAGMENT
    return (
        _find_mood(clause, tree, role=role, said=said)
        or _find_no_answer(clause, lexicon)
        or (Unfit.NO_ANSWER if _only_denies(clause, tree, lexicon, said) else None)
        or _find_prediction(clause, tree, lexicon, said=said)
        or (Unfit.OPINION if is_opinion(clause, tree, said=said) else None)
    )


def _least_words(clause: Clause, tree: Tree, said: Said | None) -> int:
    """How many words make a claim: fewer where somebody says of a name what it did, more in quotation marks."""
    if said is not None and said.quoted:
        return _MIN_QUOTED_WORDS
    subject = clause.subject(tree)
    named = said is not None and subject is not None and tree.nodes[subject].tag == "NNP"
    return _FEWEST_NAMED if named and clause.is_finite(tree) else _MIN_WORDS


def _ends_in_question(clause: Clause) -> bool:
    tokens = clause.sentence.tokens
    return any(t.text == "?" for t in tokens[clause.last : clause.last + 2])


def _find_mood(clause: Clause, tree: Tree, *, role: Role, said: Said | None) -> Unfit | None:
    """Instructions, questions told, and stretches that assert nothing by themselves."""
    node = tree.nodes[clause.head]
    subject = clause.subject(tree)
    if subject is None and clause.sentence.tokens[clause.head].low == "let":
        return Unfit.INSTRUCTION
    if subject is None and node.tag == "VB" and not clause.below(tree, AUXILIARIES):
        return Unfit.INSTRUCTION
    if clause.kind is not ClauseKind.RELATIVE and tree.nodes[clause.first].tag in _QUESTION_TAGS:
        return Unfit.QUESTION if clause.tokens[0].low not in _TIME_WORDS else None
    if role is Role.HEADLINE:
        return None
    asserts = tree.is_finite(clause.head) and clause.tokens[0].text[0] not in "'’"
    shared = clause.kind is ClauseKind.RELATIVE or tree.shared_subject(clause.head) is not None
    whole = said is not None and said.whole
    if not asserts or (subject is None and not shared and not whole and not _has_subject(clause, tree)):
        return Unfit.FRAGMENT
    return None


def _breaks_off(clause: Clause, tree: Tree) -> bool:
    """Whether the clause ends with its verb, whose object or content stands behind it ("the tests show | that ...")."""
    words = [i for i in range(clause.first, clause.last) if _WORD.match(clause.sentence.tokens[i].text)]
    if not words or words[-1] != clause.head:
        return False
    return any(c >= clause.last for c in clause.below(tree, _COMPLEMENTS))


def _supposes(clause: Clause, tree: Tree) -> bool:
    """Whether the clause is but the condition or time of another that stands outside it ("If, as I have said")."""
    tokens = clause.sentence.tokens
    if tree.nodes[clause.head].label != "advcl":
        return False
    helpers = clause.below(tree, AUXILIARIES)
    past = any(tree.nodes[i].tag == "VBD" for i in (clause.head, *helpers))
    supposing = _SUPPOSING if past else _SUPPOSING | {"when"}  # "when it is cold" is a condition too
    return any(tokens[i].low in supposing for i in tree.children[clause.head] if clause.first <= i < clause.head)


_REFUSALS = frozenset(
    {
        "not",
        "n't",
        "declined",
        "refused",
        "no",
        "impossible",
        "unable",
        "declines",
        "yet",
        "contacted",
        "asked",
        "condition",
    }
)
_NOT_FACT = {CueClass.ASK: Unfit.INSTRUCTION}


def _has_subject(clause: Clause, tree: Tree) -> bool:
    """Whether anything before the verb can be its subject: the parse is not always right about which."""
    before = (tree.nodes[i] for i in range(clause.first, clause.head))
    return any(n.label in CLAUSAL_SUBJECTS or n.tag.startswith("NN") or n.tag in {"PRP", "EX", "DT"} for n in before)


def _only_denies(clause: Clause, tree: Tree, lexicon: Lexicon, said: Said | None) -> bool:
    """Whether it tells that something was denied which it does not repeat: "denied the allegations"."""
    if said is None or not said.whole or said.cue_class is not CueClass.DENY:
        return False
    denied = clause.below(tree, frozenset({"dobj"}))
    return any(lemma(clause.sentence.tokens[i].text, tree.nodes[i].tag) in lexicon["charge_noun"] for i in denied)


def _find_no_answer(clause: Clause, lexicon: Lexicon) -> Unfit | None:
    text = " ".join(t.low for t in clause.tokens)
    negated = any(t.low in _REFUSALS for t in clause.tokens)
    if negated and lexicon.pattern("no_answer").search(text):
        return Unfit.NO_ANSWER
    plain = text.replace("’", "'").replace(" n't", "n't")
    return Unfit.NO_ANSWER if lexicon.pattern("untold").search(plain) else None


def _find_prediction(clause: Clause, tree: Tree, lexicon: Lexicon, *, said: Said | None) -> Unfit | None:
    if said is not None and said.cue_class in _NOT_FACT:
        return _NOT_FACT[said.cue_class]
    tokens = clause.sentence.tokens
    head = tokens[clause.head]
    base = lemma(head.text, tree.nodes[clause.head].tag)
    figures = any(_FIGURE.search(t.text) for t in clause.tokens)
    past = tree.nodes[clause.head].tag in {"VBD", "VBN"}
    held = said is not None and said.cue_class is CueClass.UNSPECIFIED and base in _HELD_TRUE
    forward = (base in lexicon["forward"] and not held) or (base in lexicon["request"] and not past)
    if forward and not figures and tree.nodes[clause.head].label != "relcl" and _takes_clause(clause, tree):
        return Unfit.PREDICTION
    modals = {tokens[c].low for c in tree.children[clause.head] if tree.nodes[c].label in AUXILIARIES}
    if "would" in modals and said is not None and said.quoted:
        return Unfit.PREDICTION
    if (
        modals & _WILL
        and said is not None
        and said.quoted
        and not _FIGURE.search(" ".join(t.text for t in clause.tokens))
    ):
        adverbs = {tokens[c].low for c in tree.children[clause.head]}
        if adverbs & {"likely", "probably", "never", "always"} or base in {
            "be",
            "have",
            "help",
            "make",
            "find",
            "receive",
            "see",
            "become",
        }:
            return Unfit.PREDICTION
    return None


def _takes_clause(clause: Clause, tree: Tree) -> bool:
    return any(
        tree.nodes[c].label in {"ccomp", "xcomp", "dobj", "prep"} and c > clause.head
        for c in tree.children[clause.head]
    )
