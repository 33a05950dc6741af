"""Attributions that grammar shows to be acts: "told him to leave", "were denied visas", "has known Day since 2009"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from bot.analysis.attributions import CueClass, FoundAttribution
from bot.analysis.grammar import load_grammar
from bot.analysis.lexicon import inflect, load_lexicon
from bot.analysis.nouns import Sense, load_nouns
from bot.analysis.parsing import Article, Sentence
from bot.analysis.syntax import Tree
from bot.document import Span

_HELD = frozenset({CueClass.THINK})
_TO = frozenset({"to", "not"})
_ASKING = frozenset({"whether", "if", "why", "how", "what", "who", "when", "where"})


def tell_acts(article: Article, trees: Sequence[Tree], found: Sequence[FoundAttribution]) -> Iterator[FoundAttribution]:
    """The attributions in their order, those that tell of no saying marked as acts; `trees` go with the sentences."""
    for attribution in found:
        if attribution.cue is None:
            yield attribution
        elif attribution.cue_class is CueClass.ACT:
            shows = _holds(article, attribution.source, attribution.cue)
            yield replace(attribution, cue_class=CueClass.SHOW) if shows else attribution
        else:
            act = _is_act(article, trees, attribution, attribution.cue)
            yield replace(attribution, cue_class=CueClass.ACT) if act else attribution


def _holds(article: Article, source: Span | None, cue: Span) -> bool:
    """Whether a record is said to hold something: "the plan includes"."""
    words = article.text[source.start : source.end].lower().split() if source is not None else []
    record = bool(words) and load_nouns().read_head(words[-3:]).sense is Sense.RECORD
    return record and not containing_verbs().isdisjoint(cue.text_in(article.text).lower().split())


@cache
def containing_verbs() -> frozenset[str]:
    """Every form of the verbs by which a record holds something."""
    irregular = load_grammar().irregular
    return frozenset(form for verb in load_lexicon("documents")["contains"] for form in inflect(verb, irregular))


def _is_act(article: Article, trees: Sequence[Tree], found: FoundAttribution, cue: Span) -> bool:
    sentence = article.sentence_at(cue.start)
    if sentence is None or any(article.quotations_in(c) for c in found.content):
        return found.cue_class is CueClass.CALL and found.source is None
    if found.cue_class is CueClass.CALL:
        return found.source is None  # "is called Exon": a name, which nobody gives it here
    if found.cue_class is CueClass.DENY:
        return _is_refused(sentence, trees[sentence.index], cue)
    if _is_done_to(article, trees, found, cue):
        return True
    if found.cue_class in _HELD:
        return not any(_holds_verb(article, trees, c) for c in found.content)
    return _is_order(article, found, cue)


def _is_done_to(article: Article, trees: Sequence[Tree], found: FoundAttribution, cue: Span) -> bool:
    """Whether somebody is questioned, or a work published: "are questioning a man", "published the first map"."""
    last = cue.text_in(article.text).lower().split()[-1]
    if last in _forms("questioning"):
        return not any(article.text[c.start : c.end].lower().split()[0] in _ASKING for c in found.content)
    return last in _forms("publishing") and not any(_holds_verb(article, trees, c) for c in found.content)


@cache
def _forms(group: str) -> frozenset[str]:
    irregular = load_grammar().irregular
    return frozenset(form for verb in load_lexicon("cues")[group] for form in inflect(verb, irregular))


def _is_order(article: Article, found: FoundAttribution, cue: Span) -> bool:
    """Whether somebody is told to do something: the act itself is what is claimed (rubric, Attribution)."""
    words = cue.text_in(article.text).lower().split()
    if words[-1] not in load_lexicon("nesting")["telling"]:
        return False
    return any(article.text[c.start : c.end].lower().split()[0] in _TO for c in found.content)


def _is_refused(sentence: Sentence, tree: Tree, cue: Span) -> bool:
    """Whether "denied" means not given: a passive with an object, "were denied visas"."""
    inside = [i for i, t in enumerate(sentence.tokens) if cue.start <= t.start < cue.end]
    return any(
        tree.child(i, frozenset({"auxpass", "nsubjpass"})) is not None
        and tree.child(i, frozenset({"dobj", "oprd"})) is not None
        for i in inside
    )


def _holds_verb(article: Article, trees: Sequence[Tree], content: Span) -> bool:
    return any(
        content.start <= token.start < content.end and trees[sentence.index].nodes[i].tag.startswith(("VB", "MD"))
        for sentence in article.sentences_in(content)
        for i, token in enumerate(sentence.tokens)
    )
