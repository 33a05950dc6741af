"""What is opinion in what a clause says: attitudes, duties, judgements, talk about nothing firm (rubric, Claim)."""

import re

from bot.analysis.attributions import CueClass
from bot.analysis.clauses import Clause, Said
from bot.analysis.lexicon import Lexicon, lemma, load_lexicon
from bot.analysis.syntax import AUXILIARIES, Tree

_FIRST_PERSON = frozenset({"i", "we", "my", "our"})
_FIGURE = re.compile(r"\d")
_SECOND_PERSON = frozenset({"you", "your", "you're", "i'd", "yourself"})
_READER = _SECOND_PERSON - {"your"}  # "your skin" is anybody's
_POSSIBILITY = frozenset({"may", "might", "could", "can", "ca"})
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


def is_opinion(clause: Clause, tree: Tree, *, said: Said | None) -> bool:
    """Whether the clause tells what somebody thinks, feels or holds right; `said` is None in the outlet's own voice.

    A figure makes most of it checkable.
    """
    lexicon = load_lexicon("stance")
    if _holds_view(clause, tree, lexicon) or _labels(clause, tree, lexicon, said):
        return True
    if any(_FIGURE.search(t.text) for t in clause.tokens):
        return False
    if clause.tokens[0].low in lexicon["comment"]:
        return True
    if said is None:
        return _is_comment(clause, tree, lexicon)
    return _is_spoken_view(clause, tree, lexicon, said)


def _holds_view(clause: Clause, tree: Tree, lexicon: Lexicon) -> bool:
    """Attitudes in the first person ("we hope"), needs and duties ("should")."""
    node, base = tree.nodes[clause.head], _base(clause, tree)
    attitude = _about(clause, tree) in _FIRST_PERSON and base in lexicon["attitude"] and node.tag != "VBD"
    needs = base == "need" and tree.child(clause.head, frozenset({"xcomp"})) is not None
    return attitude or needs or bool(_helpers(clause, tree) & lexicon["obligation"])


def _labels(clause: Clause, tree: Tree, lexicon: Lexicon, said: Said | None) -> bool:
    """A label in quoted words ('called it a "mess"'), or in them the best or worst of its kind."""
    if said is None:
        return False
    labels = said.whole and said.cue_class is CueClass.CALL and any(t.quoted for t in clause.tokens)
    return labels or (said.quoted and _exalts(clause, tree, lexicon))


def _is_comment(clause: Clause, tree: Tree, lexicon: Lexicon) -> bool:
    """In the outlet's own voice: advice to the reader, judgement, what is felt or seen so by nobody named."""
    base = _base(clause, tree)
    if any(t.low in _READER for t in clause.tokens) or _imagines(clause, tree):
        return True
    if base in lexicon["regarding"] and tree.child(clause.head, frozenset({"auxpass"})) is not None:
        return True  # "is seen as a good sign": by whom, the text does not say
    felt = clause.below(tree, frozenset({"acomp"})) if base == "be" else ()
    if any(clause.sentence.tokens[c].low in lexicon["character"] for c in felt):
        return True
    vague = not any(tree.nodes[i].entity for i in range(clause.first, clause.last))
    return vague and _judges(clause, tree, lexicon, base=base)


def _is_spoken_view(clause: Clause, tree: Tree, lexicon: Lexicon, said: Said) -> bool:
    """In somebody's mouth: what is said to a hearer, thought possible, felt or judged."""
    base, about = _base(clause, tree), _about(clause, tree)
    if any(t.low in _SECOND_PERSON for t in clause.tokens) or _judges(clause, tree, lexicon, base=base):
        return True
    if said.quoted and base == "be" and about in lexicon["standpoint"]:
        return True
    if not (said.quoted or said.cue_class is CueClass.THINK):
        return False
    return bool(_helpers(clause, tree) & _POSSIBILITY) or _says_nothing_firm(clause, tree, about=about)


def _base(clause: Clause, tree: Tree) -> str:
    return lemma(clause.sentence.tokens[clause.head].text, tree.nodes[clause.head].tag)


def _about(clause: Clause, tree: Tree) -> str:
    """The subject's head word in lower case, or nothing."""
    subject = clause.subject(tree)
    return clause.sentence.tokens[subject].low if subject is not None else ""


def _helpers(clause: Clause, tree: Tree) -> frozenset[str]:
    return frozenset(clause.sentence.tokens[c].low for c in clause.below(tree, AUXILIARIES))


def _imagines(clause: Clause, tree: Tree) -> bool:
    """Whether the clause tells what would have been."""
    return {"would", "have"} <= _helpers(clause, tree)


def _judges(clause: Clause, tree: Tree, lexicon: Lexicon, *, base: str) -> bool:
    """Whether the clause says of something that it is good, hard, important ..."""
    tokens = clause.sentence.tokens
    if base != "be" and tokens[clause.head].low not in _BE:
        return False
    complements = clause.below(tree, frozenset({"acomp", "attr"}))
    qualities = (c for top in complements for c in tree.children[top] if tree.nodes[c].label == "amod")
    verdict = any(tokens[c].low in lexicon["verdict"] | lexicon["character"] for c in (*complements, *qualities))
    return verdict or any(
        tokens[c].low in lexicon["evaluative"] for c in complements if not _compares_odds(clause, tree, c)
    )


def _compares_odds(clause: Clause, tree: Tree, at: int) -> bool:
    """Whether it tells how likely something is beside something else, as statistics do: "less likely to fall ill"."""
    tokens = clause.sentence.tokens
    compared = any(tokens[c].low in {"more", "less", "as"} for c in tree.children[at])
    return tokens[at].low in {"likely", "unlikely"} and compared


def _exalts(clause: Clause, tree: Tree, lexicon: Lexicon) -> bool:
    """Whether it says that something is the best or worst of its kind, which no figure makes a fact."""
    tokens = clause.sentence.tokens
    if tokens[clause.head].low not in _BE:
        return False
    kinds = clause.below(tree, frozenset({"attr"}))
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
