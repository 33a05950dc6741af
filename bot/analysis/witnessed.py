"""What the outlet's own people saw, which the tagger takes for no attribution: "Our reporter counted 40 boats"."""

from collections.abc import Iterator, Sequence

from bot.analysis.attributions import CueClass, FoundAttribution
from bot.analysis.grammar import load_grammar
from bot.analysis.lexicon import load_lexicon
from bot.analysis.parsing import Article, Sentence
from bot.document import Span

_LONGEST_SUBJECT = 9  # words: "a Courier reporter who was at the scene"
_LONGEST_SETTING = 10  # words: "On the road to the old market on Monday,"
_PRESS = frozenset({"reporter", "journalist", "correspondent", "photographer"})  # a crew or a team may be anybody's
_FEWEST = 3  # words that make a content
_OUTER = frozenset(',:;.”"')


def find_witnessed(article: Article, others: Sequence[FoundAttribution]) -> Iterator[FoundAttribution]:
    """The attributions to the outlet's own eyes outside the cues of `others`, in text order (rubric, own_reporting)."""
    cues = [o.cue for o in others if o.cue is not None and o.reported]
    for sentence in article.sentences:
        subject = _find_verb(sentence)
        if subject is not None and not any(sentence.span.covers(cue) for cue in cues):
            tokens = sentence.tokens
            opening, at = subject
            first, last = at + 1, len(tokens)
            while first < last and tokens[first].low == "that":
                first += 1
            while last > first and tokens[last - 1].text in _OUTER:
                last -= 1
            if last - first >= _FEWEST:
                yield FoundAttribution(
                    source=Span(start=tokens[opening].start, end=tokens[at - 1].end),
                    cue=Span(start=tokens[at].start, end=tokens[at].end),
                    content=(Span(start=tokens[first].start, end=tokens[last - 1].end),),
                    cue_class=CueClass.SHOW,
                )


def _find_verb(sentence: Sentence) -> tuple[int, int] | None:
    """The subject's first token and that of its verb of seeing, where the subject is one of the outlet's people.

    It opens the sentence, but for a place or time ("In the village, a reporter saw").
    """
    outlets, grammar = load_lexicon("outlets"), load_grammar()
    first = _after_setting(sentence)
    tokens = sentence.tokens[first : first + _LONGEST_SUBJECT + 1]
    at = next((i for i, t in enumerate(tokens) if t.low in outlets["seen"] and not t.quoted), None)
    if not at or grammar.has_finite(tokens[:at]):
        return None
    own = next((i for i, t in enumerate(tokens[:at]) if t.low in outlets["own"]), None)
    if own is None or any(t.low in grammar.prepositions for t in tokens[:own]):
        return None
    ours = tokens[0].low == "our" or tokens[own].low.removesuffix("s") in _PRESS
    return (first, first + at) if ours else None


def _after_setting(sentence: Sentence) -> int:
    """The token behind the comma that closes a place or time at the start; the first where there is none."""
    tokens = sentence.tokens
    comma = next((i for i, t in enumerate(tokens[:_LONGEST_SETTING]) if t.text == ","), None)
    opens = tokens[0].low in load_grammar().prepositions
    return comma + 1 if opens and comma is not None else 0
