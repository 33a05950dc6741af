"""How far an attribution reaches beyond its own sentence (rubric, adjustment 5, Reach)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.analysis.assertions import Assertion
from bot.analysis.attributions import CueClass, FoundAttribution
from bot.analysis.clauses import ClauseKind
from bot.analysis.lexicon import lemma
from bot.analysis.syntax import CLAUSAL_SUBJECTS, Tree
from bot.report import Directness

_CARRIED = frozenset({CueClass.SAY, CueClass.SHOW, CueClass.ACCORDING, CueClass.DENY})
_HAPPEN = frozenset({"occur", "happen"})  # their subject, with an article, is an event told of just before
_PERSONS = frozenset({"he", "she", "they"})
_DEFINITE = frozenset({"the", "this", "these", "those", "both", "its", "their", "his", "her"})


def carry_forward(
    assertions: Sequence[Assertion], trees: Sequence[Tree], found: Sequence[FoundAttribution]
) -> tuple[Assertion, ...]:
    """The assertions with attribution carried over the sentences that go on with the same account (Reach).

    A sentence goes on when it is the next of the paragraph, brings no source of its own and takes up, as its subject,
    something that the attributed sentence spoke of ("The order had been revised ..."), a person or people by a pronoun,
    or the event itself ("The theft happened on Monday.").
    """
    carried: list[Assertion] = []
    last: Assertion | None = None
    for assertion in assertions:
        here = assertion
        if assertion.attribution is None and last is not None and _goes_on(last, assertion, trees, found):
            here = replace(assertion, attribution=last.attribution, directness=Directness.PARAPHRASE, carried=True)
        if here.attribution is not None:
            last = here
        elif assertion.clause.kind is ClauseKind.MAIN:
            last = None
        carried.append(here)
    return tuple(carried)


def _goes_on(last: Assertion, here: Assertion, trees: Sequence[Tree], found: Sequence[FoundAttribution]) -> bool:
    before, sentence = last.clause.sentence, here.clause.sentence
    if sentence.paragraph != before.paragraph or sentence.index != before.index + 1 or last.attribution is None:
        return False
    if found[last.attribution].cue_class not in _CARRIED or any(t.quoted for t in here.clause.tokens):
        return False
    tree = trees[sentence.index]
    subject = tree.child(here.clause.head, CLAUSAL_SUBJECTS)
    if subject is None:
        return False
    if tree.nodes[subject].tag == "PRP":
        return sentence.tokens[subject].low in _PERSONS
    opening = sentence.tokens[min(tree.under(subject))].low
    taken_up = lemma(sentence.tokens[subject].text, tree.nodes[subject].tag)
    earlier = trees[before.index]
    spoken_of = {
        lemma(t.text, n.tag) for t, n in zip(before.tokens, earlier.nodes, strict=True) if n.tag.startswith("NN")
    }
    head = here.clause.head
    known = taken_up in spoken_of or lemma(sentence.tokens[head].text, tree.nodes[head].tag) in _HAPPEN
    return opening in _DEFINITE and tree.nodes[subject].tag in {"NN", "NNS"} and known
