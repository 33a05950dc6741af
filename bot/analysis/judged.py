"""Attributions that the tagger missed and the grammar gives away: "the council rates it among", "put the toll at 5".

So it does what a record shows ("videos verified by Acme show two ...") and what a body counts ("has recorded 31 ...").
"""

from collections.abc import Iterator, Sequence
from functools import cache

from bot.analysis.acts import containing_verbs
from bot.analysis.attributions import CueClass, FoundAttribution, cue_forms
from bot.analysis.grammar import load_grammar
from bot.analysis.lexicon import inflect, load_lexicon
from bot.analysis.nouns import Sense, load_nouns
from bot.analysis.parsing import Article, Sentence
from bot.analysis.syntax import Tree
from bot.document import Span

_SUBJECT = frozenset({"nsubj"})
_CLAUSE = frozenset({"ccomp"})
_OBJECT = frozenset({"dobj", "ccomp", "nsubj"})  # after its verb, what looks like a subject is an object
_TELLING = frozenset({CueClass.SAY, CueClass.SHOW})
_PROVING = frozenset({"prove", "proves", "proved"})  # mostly "turned out": "the gate proved to be shut"
_PUT = frozenset({"put", "puts"})
_OUTER = ",:;—–-."
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})


def find_judged(
    article: Article, trees: Sequence[Tree], others: Sequence[FoundAttribution]
) -> Iterator[FoundAttribution]:
    """An attribution for each verb of saying with a clause, of showing, rating or putting a number, outside `others`.

    In text order; the subject is a noun, of showing a record and of counting a body. `trees` go with the sentences.
    """
    taken = [s for o in others if o.reported for s in (o.cue, *o.content) if s is not None]
    for sentence, tree in zip(article.sentences, trees, strict=True):
        near = [t for t in taken if t.overlaps(sentence.span)]
        for at in range(len(tree.nodes)):
            token = sentence.tokens[at]
            if token.quoted or not tree.is_finite(at) or any(t.start <= token.start < t.end for t in near):
                continue
            found = _read(sentence, tree, at) or _read_aside(sentence, tree, at)
            if found is not None and not any(c.overlaps(t) for c in found.content for t in near):
                yield found


def _read(sentence: Sentence, tree: Tree, at: int) -> FoundAttribution | None:
    token, node = sentence.tokens[at], tree.nodes[at]
    subject = tree.child(at, _SUBJECT)
    if subject is None or subject > at or tree.nodes[subject].tag not in _NOUNS or not _is_told(tree, at):
        return None
    record = load_nouns().listed(sentence.tokens[subject].low) is Sense.RECORD
    below = next((c for c in tree.children[at] if c > at and tree.nodes[c].label in _OBJECT), None)
    clause = below is not None and tree.nodes[below].label in _CLAUSE
    if token.low in _PUT:
        told = _at_number(sentence, tree, at)
    elif token.low in _forms("count"):
        told = below is not None and _is_body(sentence, tree, subject) and _is_counted(tree, below)
    elif record:
        told = token.low in containing_verbs() | _showing() or (clause and node.finite and _says(token.low))
    elif node.tag in {"VBZ", "VBP"} and token.low in _forms("rate"):
        told = tree.nodes[subject].entity == "ORG"
    else:
        told = clause and node.finite and cue_forms().get(token.low) is CueClass.SAY
    if below is None or not told:
        return None
    content = _span(sentence, at + 1, max(tree.under(at)) + 1)
    source = _span(sentence, min(tree.under(subject)), _phrase_end(sentence, tree, subject, at))
    if content is None or source is None:
        return None
    return FoundAttribution(
        source=source, cue=Span(start=token.start, end=token.end), content=(content,), cue_class=CueClass.SAY
    )


def _read_aside(sentence: Sentence, tree: Tree, at: int) -> FoundAttribution | None:
    """A telling set off behind what it tells: "The dam leaks, engineers have found, and may fail"."""
    subject = tree.child(at, _SUBJECT)
    under = tree.under(at)
    first = tree.nodes[at].head
    if tree.nodes[at].label != "parataxis" or subject is None or subject > at or first > subject:
        return None
    if not _says(sentence.tokens[at].low) or tree.nodes[subject].tag not in _NOUNS:
        return None
    opening = min(tree.under(subject))
    content = _span(sentence, 0, opening)
    source = _span(sentence, opening, subject + 1)
    set_off = opening > 0 and sentence.tokens[opening - 1].text == "," and min(under) >= opening - 1
    if content is None or source is None or not set_off or not tree.is_finite(first):
        return None
    cue = Span(start=sentence.tokens[at].start, end=sentence.tokens[at].end)
    return FoundAttribution(source=source, cue=cue, content=(content,), cue_class=CueClass.SAY)


def _at_number(sentence: Sentence, tree: Tree, at: int) -> bool:
    """Whether the verb has a number after "at": "put the toll at 51"."""
    below = [c for c in tree.children[at] if tree.nodes[c].label == "prep" and sentence.tokens[c].low == "at"]
    return any(tree.nodes[n].tag == "CD" for c in below for n in tree.under(c))


def _phrase_end(sentence: Sentence, tree: Tree, subject: int, verb: int) -> int:
    """Where the subject's phrase ends: before its first mark, and before the verb ("Videos seen by Acme | show")."""
    under = set(tree.under(subject))
    end = subject + 1
    while end < verb and end in under and sentence.tokens[end].text[0].isalnum():
        end += 1
    return end


def _is_told(tree: Tree, at: int) -> bool:
    """Whether the verb tells what was, with no "would", "to" or "not" before it."""
    helpers = [tree.nodes[c] for c in tree.children[at] if c < at]
    return not any(n.tag in {"MD", "TO"} or n.label == "neg" for n in helpers)


def _is_body(sentence: Sentence, tree: Tree, subject: int) -> bool:
    """Whether the subject is a body that keeps count: by its name, or by a noun for a body."""
    named = any(tree.nodes[i].entity == "ORG" for i in tree.under(subject, without=frozenset({"relcl", "prep", "acl"})))
    return named or load_nouns().listed(sentence.tokens[subject].low) is Sense.BODY


def _is_counted(tree: Tree, below: int) -> bool:
    return any(tree.nodes[c].label == "nummod" and tree.nodes[c].tag == "CD" for c in tree.children[below])


def _says(word: str) -> bool:
    return cue_forms().get(word) in _TELLING and word not in _PROVING


@cache
def _showing() -> frozenset[str]:
    return frozenset(inflect("show", load_grammar().irregular)) | load_lexicon("documents")["shows"]


@cache
def _forms(group: str) -> frozenset[str]:
    irregular = load_grammar().irregular
    return frozenset(form for verb in load_lexicon("cues")[group] for form in inflect(verb, irregular))


def _span(sentence: Sentence, first: int, last: int) -> Span | None:
    tokens = sentence.tokens
    while first < last and (tokens[first].text in _OUTER or tokens[first].low == "that"):
        first += 1
    while last > first and tokens[last - 1].text in _OUTER:
        last -= 1
    return Span(start=tokens[first].start, end=tokens[last - 1].end) if first < last else None
