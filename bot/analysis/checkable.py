"""What can be checked, and what is opinion, prediction, question, instruction or boilerplate (rubric, Claim)."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from lemminflect import getLemma

from bot.analysis.attributions import CueClass
from bot.analysis.clauses import Clause, ClauseKind
from bot.analysis.lexicon import Lexicon, load_lexicon
from bot.analysis.syntax import AUXILIARIES, CLAUSAL_SUBJECTS, Tree
from bot.document import Role

_FIRST_PERSON = frozenset({"i", "we", "my", "our"})
_FIGURE = re.compile(r"\d")
_WORD = re.compile(r"\w")
_WILL = frozenset({"will", "'ll", "wo"})
_SECOND_PERSON = frozenset({"you", "your", "you're", "i'd", "yourself"})
_POSSIBILITY = frozenset({"may", "might", "could", "can", "ca"})
_QUESTION_TAGS = frozenset({"WP", "WRB", "WDT", "WP$"})
_TIME_WORDS = frozenset({"when", "while", "where", "which"})
_SUPPOSING = frozenset({"if", "unless", "until", "before", "whether", "lest"})
_PERFECT = frozenset({"has", "have", "had", "'ve"})
_VAGUE_SUBJECTS = frozenset(
    {"i", "we", "they", "it", "that", "this", "he", "she", "there", "people", "everyone", "everybody", "nobody", "what"}
)
_INTENSIFIERS = frozenset(
    {
        "really",
        "so",
        "very",
        "pretty",
        "such",
        "truly",
        "absolutely",
        "totally",
        "completely",
        "incredibly",
        "extremely",
        "too",
        "quite",
    }
)
_BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "'s", "'re", "'m", "am"})
_MIN_WORDS = 4
_MIN_QUOTED_WORDS = 5
_REMEMBERED = 50_000  # words with their tags


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
    """In whose mouth a clause stands: the class of the cue, and whether it is quoted.

    `whole` marks the whole act of saying ("announced an order of 40 trams"), where the content alone is no clause.
    """

    cue_class: CueClass
    quoted: bool
    whole: bool = False


@lru_cache(maxsize=_REMEMBERED)
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
    if words < (_MIN_QUOTED_WORDS if said and said.quoted else _MIN_WORDS) or _supposes(clause, tree):
        return Unfit.FRAGMENT
    return (
        _find_mood(clause, tree, role=role, said=said)
        or _find_no_answer(clause, lexicon)
        or _find_prediction(clause, tree, lexicon, said=said)
        or _find_opinion(clause, tree, lexicon, said=said)
    )


def _ends_in_question(clause: Clause) -> bool:
    tokens = clause.sentence.tokens
    return any(t.text == "?" for t in tokens[clause.last : clause.last + 2])


def _find_mood(clause: Clause, tree: Tree, *, role: Role, said: Said | None) -> Unfit | None:
    """Instructions, questions told, and stretches that assert nothing by themselves."""
    node = tree.nodes[clause.head]
    subject = _subject(clause, tree)
    if subject is None and clause.sentence.tokens[clause.head].low == "let":
        return Unfit.INSTRUCTION
    if subject is None and node.tag == "VB" and not _under(clause, tree, AUXILIARIES):
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


def _supposes(clause: Clause, tree: Tree) -> bool:
    """Whether the clause is but the condition or time of another that stands outside it ("If, as I have said")."""
    tokens = clause.sentence.tokens
    if tree.nodes[clause.head].label != "advcl":
        return False
    helpers = _under(clause, tree, AUXILIARIES)
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


def _find_no_answer(clause: Clause, lexicon: Lexicon) -> Unfit | None:
    text = " ".join(t.low for t in clause.tokens)
    negated = any(t.low in _REFUSALS for t in clause.tokens)
    if negated and lexicon.pattern("no_answer").search(text):
        return Unfit.NO_ANSWER
    return None


def _find_prediction(clause: Clause, tree: Tree, lexicon: Lexicon, *, said: Said | None) -> Unfit | None:
    if said is not None and said.cue_class in _NOT_FACT:
        return _NOT_FACT[said.cue_class]
    tokens = clause.sentence.tokens
    head = tokens[clause.head]
    base = lemma(head.text, tree.nodes[clause.head].tag)
    figures = any(_FIGURE.search(t.text) for t in clause.tokens)
    past = tree.nodes[clause.head].tag in {"VBD", "VBN"}
    forward = base in lexicon["forward"] or (base in lexicon["request"] and not past)
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


def _find_opinion(clause: Clause, tree: Tree, lexicon: Lexicon, *, said: Said | None) -> Unfit | None:
    """Attitudes, duties, judgements, and talk about nobody and nothing in particular (rubric: opinion, wish)."""
    tokens = clause.sentence.tokens
    node, head = tree.nodes[clause.head], tokens[clause.head]
    base = lemma(head.text, node.tag)
    subject = _subject(clause, tree)
    about = tokens[subject].low if subject is not None else ""
    auxiliaries = {tokens[c].low for c in tree.children[clause.head] if tree.nodes[c].label in AUXILIARIES}
    attitude = about in _FIRST_PERSON and base in lexicon["attitude"] and node.tag != "VBD"
    needs = base == "need" and tree.child(clause.head, frozenset({"xcomp"})) is not None
    if attitude or needs or auxiliaries & lexicon["obligation"]:
        return Unfit.OPINION
    if said is not None and said.quoted and _exalts(clause, tree, lexicon):
        return Unfit.OPINION
    if any(_FIGURE.search(t.text) for t in clause.tokens):
        return None
    to_reader = any(t.low in _SECOND_PERSON for t in clause.tokens)
    if said is None:
        vague = not any(tree.nodes[i].entity for i in range(clause.first, clause.last))
        judged = vague and _judges(clause, tree, lexicon, base=base)
        return Unfit.OPINION if to_reader or judged or _imagines(clause, tree) else None
    loose = said.quoted and (auxiliaries & _POSSIBILITY or _says_nothing_firm(clause, tree, about=about))
    return Unfit.OPINION if to_reader or loose or _judges(clause, tree, lexicon, base=base) else None


def _imagines(clause: Clause, tree: Tree) -> bool:
    """Whether the clause tells what would have been."""
    helpers = {clause.sentence.tokens[c].low for c in tree.children[clause.head] if tree.nodes[c].label in AUXILIARIES}
    return "would" in helpers and "have" in helpers


def _judges(clause: Clause, tree: Tree, lexicon: Lexicon, *, base: str) -> bool:
    """Whether the clause says of something that it is good, hard, important ..."""
    tokens = clause.sentence.tokens
    if base != "be" and tokens[clause.head].low not in _BE:
        return False
    complements = _under(clause, tree, frozenset({"acomp", "attr"}))
    qualities = (c for top in complements for c in tree.children[top] if tree.nodes[c].label == "amod")
    verdict = any(tokens[c].low in lexicon["verdict"] for c in (*complements, *qualities))
    return verdict or any(tokens[c].low in lexicon["evaluative"] for c in complements)


def _exalts(clause: Clause, tree: Tree, lexicon: Lexicon) -> bool:
    """Whether it says that something is the best or worst of its kind, which no figure makes a fact."""
    tokens = clause.sentence.tokens
    if tokens[clause.head].low not in _BE:
        return False
    kinds = _under(clause, tree, frozenset({"attr"}))
    said = (c for top in kinds for c in tree.children[top] if tree.nodes[c].tag == "JJS")
    return any(lemma(tokens[c].text, "JJS") in lexicon["evaluative"] for c in said)


def _says_nothing_firm(clause: Clause, tree: Tree, *, about: str) -> bool:
    """Whether a quoted clause about a pronoun names nobody, counts nothing and tells of nothing that happened."""
    nodes = [tree.nodes[i] for i in range(clause.first, clause.last)]
    copular = clause.sentence.tokens[clause.head].low in _BE and about in {"this", "that", "it"}
    if copular and any(t.low in _INTENSIFIERS for t in clause.tokens):
        return True
    if any(n.entity for n in nodes) or (about and about not in _VAGUE_SUBJECTS):
        return False
    helpers = [tree.nodes[c] for c in tree.children[clause.head] if tree.nodes[c].label in AUXILIARIES]
    has = any(clause.sentence.tokens[c].low in _PERFECT for c in tree.children[clause.head])
    passive = tree.child(clause.head, frozenset({"nsubjpass", "auxpass"})) is not None
    return not (has or passive or tree.nodes[clause.head].tag == "VBD" or any(n.tag == "VBD" for n in helpers))


def _subject(clause: Clause, tree: Tree) -> int | None:
    return tree.child(clause.head, CLAUSAL_SUBJECTS)


def _under(clause: Clause, tree: Tree, labels: frozenset[str]) -> tuple[int, ...]:
    return tuple(c for c in tree.children[clause.head] if tree.nodes[c].label in labels)
