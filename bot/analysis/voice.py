"""Whether a source speaks of its own doing, in general terms, or of others (rubric, grades 3 and 4)."""

import re
from dataclasses import replace

from bot.analysis.assertions import Assertion
from bot.analysis.attributions import CueClass, cue_forms
from bot.analysis.cast import TELLS_OF_SELF, Cast, Speaker
from bot.analysis.clauses import Clause
from bot.analysis.parsing import Token
from bot.analysis.standing import Voice
from bot.analysis.syntax import AUXILIARIES, Tree
from bot.document import Span
from bot.report import SourceKind

_FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us"})
_THIRD_PERSON = frozenset({"he", "she", "they", "it"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "his", "her", "its", "their"})
_ACTIVE = frozenset({"nsubj"})
_SMALL = frozenset({"the", "of", "and", "for", "in", "a", "an", "on", "at"})


def judge_voice(assertion: Assertion, tree: Tree, speaker: Speaker, cast: Cast) -> Voice:
    """How the assertion stands to its speaker.

    Its own doing is what has the speaker for its active subject; what others did to the speaker is about others.
    """
    clause = _what_is_told(assertion.clause, tree)
    subject = tree.child(clause.head, _ACTIVE)
    tokens = clause.sentence.tokens
    own = any(
        t.quoted and t.low in _FIRST_PERSON and t.text != "US" and not _only_thinks(clause, tree, at)
        for at, t in enumerate(clause.tokens, start=clause.first)
    )
    if own and not _acts_of_other(clause, tree, subject):
        return Voice.DOES
    if subject is not None and _is_speaker(tokens[subject], speaker, cast):
        return Voice.DOES
    if subject is None and speaker.kind is not SourceKind.NAMED_PERSON and _names(clause.tokens, speaker):
        return Voice.DOES
    helpers = [tree.nodes[c] for c in tree.children[clause.head] if tree.nodes[c].label in AUXILIARIES]
    present = tree.nodes[clause.head].tag in {"VBZ", "VBP"} or any(n.tag in {"VBZ", "VBP", "MD"} for n in helpers)
    perfect = any(tokens[c].low in {"has", "have", "'ve"} for c in tree.children[clause.head])
    dated = any(tree.nodes[i].entity == "DATE" for i in range(clause.first, clause.last))
    if present and not perfect and not dated:
        return Voice.GENERAL
    if speaker.kind is not SourceKind.NAMED_PERSON:
        return Voice.RIVAL if subject is not None and tree.nodes[subject].tag == "NNP" else Voice.OTHERS
    lived = speaker.key in cast.narrators or _tells_of_self(assertion, cast)
    return Voice.DOES if lived and not _acts_of_other(clause, tree, subject) else Voice.OTHERS


def _what_is_told(clause: Clause, tree: Tree) -> Clause:
    """The clause seen from the verb below its own, where that one only says ("a boat which it said sank")."""
    if cue_forms().get(clause.sentence.tokens[clause.head].low) is not CueClass.SAY:
        return clause
    below = tree.child(clause.head, frozenset({"ccomp"}))
    return replace(clause, head=below) if below is not None and tree.is_finite(below) else clause


def _only_thinks(clause: Clause, tree: Tree, at: int) -> bool:
    """Whether the first person at `at` but holds a view ("many of us think", "I believe")."""
    verb = next((i for i in (at, *tree.above(at)) if tree.nodes[i].tag.startswith("VB")), None)
    return verb is not None and cue_forms().get(clause.sentence.tokens[verb].low) is CueClass.THINK


def _acts_of_other(clause: Clause, tree: Tree, subject: int | None) -> bool:
    """Whether somebody else does it: a name or a third person is the active subject ("Day told us")."""
    if subject is None:
        return False
    return tree.nodes[subject].tag == "NNP" or clause.sentence.tokens[subject].low in _THIRD_PERSON


def _tells_of_self(assertion: Assertion, cast: Cast) -> bool:
    """Whether the quotation around the assertion is told in the first person: an account of what one lived through."""
    article = cast.identifier.scene.article
    around = article.quotations_in(assertion.span)
    return any(TELLS_OF_SELF.search(article.text, q.inner.start, q.inner.end) for q in around)


def _is_speaker(token: Token, speaker: Speaker, cast: Cast) -> bool:
    if token.low in _PRONOUNS:
        meant = cast.resolve(Span(start=token.start, end=token.end))
        return meant is not None and meant.lower() == speaker.name.partition(" (")[0].lower()
    own = [w.lower() for w in re.findall(r"\w+", speaker.name) if w.lower() not in _SMALL]
    family = own[-1:] if speaker.kind is SourceKind.NAMED_PERSON else own
    return token.low in family and token.text[:1].isupper()


def _names(tokens: tuple[Token, ...], speaker: Speaker) -> bool:
    own = {w.lower() for w in re.findall(r"\w+", speaker.name)} - _SMALL
    return any(t.low in own and t.text[:1].isupper() for t in tokens)
