"""The one door to span-finding: whatever finds the spans, the rest of the analysis enters here."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from bot.analysis.according import find_according
from bot.analysis.acts import tell_acts
from bot.analysis.attributions import CueClass, FoundAttribution, classify_cue
from bot.analysis.contents import complete_contents
from bot.analysis.grammar import load_grammar
from bot.analysis.judged import find_judged
from bot.analysis.lexicon import inflect, load_lexicon
from bot.analysis.parsing import Article, Token, find_tokens
from bot.analysis.quotation_runs import extend_over_quotations
from bot.analysis.signed import find_signed_posts, introduce_paragraphs
from bot.analysis.syntax import Tree
from bot.analysis.tagger.model import Tagging
from bot.analysis.tagger.spans import TaggedSpans
from bot.analysis.unspecified import find_unspecified
from bot.analysis.witnessed import find_witnessed
from bot.document import Span

_PASSIVE = frozenset({CueClass.SAY, CueClass.THINK, CueClass.ACCUSE, CueClass.SHOW, CueClass.NOUN})
_THAT = re.compile(r"that\s+(?=\S)", re.IGNORECASE)
_ANSWERS = frozenset({"no", "yes"})
_AS_EXPECTED = re.compile(r"\bas\s+$", re.IGNORECASE)  # "as expected", "as planned": said of the event, by nobody
_AS = re.compile(r"\bas\b", re.IGNORECASE)  # "referred to it as a mistake": a label, not a meaning
_PLACED = (["in"], ["at"], ["across"], ["near"])
_NEXT_WORD = 12  # characters that hold the next word, as far as it matters: "to", "of", "at"
_CLOSING_MARKS = 2  # characters
_QUOTED_WORDS = 4  # a shorter quotation may be a title or a scare quote


def find_attributions(article: Article, tagging: Tagging) -> tuple[FoundAttribution, ...]:
    """Every attribution of the article as spans, in text order; of facts, opinions and predictions alike.

    Acts and attitudes are among them, marked by `FoundAttribution.reported` being false.
    """
    return complete_tagged(article, tagging.spans, trees=tagging.trees)


def complete_tagged(
    article: Article, tagged: Sequence[TaggedSpans], *, trees: Sequence[Tree] = ()
) -> tuple[FoundAttribution, ...]:
    """What the tagger found, classified, with unspecified attributions and running quotations added, in text order.

    With the `trees` of the article's sentences, what only grammar gives away is added too.
    """
    spoken = [s for s in tagged if not _has_passive_subject(article, s) and not _is_rumoured(article, s)]
    spoken = [s for s in spoken if not _is_answer(article, s)]
    found = [_found(article, replace(spans, content=_own_content(article, spans, spoken))) for spans in spoken]
    found.extend(find_according(article, [f for f in found if f.content]))
    found.extend(find_witnessed(article, found))
    found.extend(find_unspecified(article, found))
    if trees:
        found.extend(find_judged(article, trees, found))
        found = list(complete_contents(article, trees, list(tell_acts(article, trees, found))))
    found.extend(find_signed_posts(article))
    return extend_over_quotations(article, introduce_paragraphs(article, found))


def _has_passive_subject(article: Article, spans: TaggedSpans) -> bool:
    """Whether what looks like the source is talked about: "She is thought to have left". The lexicon does these."""
    if spans.source is None or spans.source.end > spans.cue.start:
        return False
    cue = " ".join(spans.cue.text_in(article.text).lower().split())
    after = article.text[spans.cue.end : spans.cue.end + _NEXT_WORD].split()
    phrases = {cue, *(f"{cue} {word.lower()}" for word in after[:1])}
    return not phrases.isdisjoint(load_lexicon("cues")["unspecified"])


def _is_answer(article: Article, spans: TaggedSpans) -> bool:
    """Whether what looks like the source is the answer before it: "No. I think ..."."""
    return spans.source is not None and spans.source.text_in(article.text).lower().strip(". ,") in _ANSWERS


def _is_rumoured(article: Article, spans: TaggedSpans) -> bool:
    """Whether the cue is told as hearsay ("allegedly promised"): the lexicon finds that, with nobody behind it."""
    words = spans.cue.text_in(article.text).lower().split()
    return any(w.endswith("ly") and w in load_lexicon("cues")["unspecified"] for w in words)


def _found(article: Article, spans: TaggedSpans) -> FoundAttribution:
    content = tuple(_without_that(article, c) for c in _in_reach(article, spans))
    cue_class = _classify(article, spans)
    if spans.cue.text_in(article.text).lower().split()[-1] in load_lexicon("nesting")["citing"]:
        rest = tuple(c for c in content if c.start - spans.cue.end not in {0, 1})
        if rest:
            content = rest
        elif not _shows_what(article, content):
            cue_class = CueClass.ACT
    source, cue = _without_marks(article, spans.source), spans.cue
    if source is not None and _is_heard(article, spans):
        cue = Span(start=min(source.start, cue.start), end=max(source.end, cue.end))
        source = None
    return FoundAttribution(source=source, cue=cue, content=content, cue_class=cue_class)


def _shows_what(article: Article, content: Sequence[Span]) -> bool:
    """Whether what is cited is said to show something: "cited a study showing that the dam leaks"."""
    shows = load_lexicon("documents")["shows"]
    return any(t.low in shows for c in content for t in _words(article, c))


def _in_reach(article: Article, spans: TaggedSpans) -> tuple[Span, ...]:
    """The content without what a trailing tag does not reach: plain words of sentences before it (rubric, Reach)."""
    here = article.sentence_at(spans.cue.start)
    if here is None:
        return spans.content
    return tuple(c for c in spans.content if c.end > here.span.start or article.quotations_in(c)) or spans.content


def _own_content(article: Article, spans: TaggedSpans, others: Sequence[TaggedSpans]) -> tuple[Span, ...]:
    """The content without what stands in another sentence and is not this speaker's; all of it where nothing is left.

    That is plain words of another paragraph, plain words that break off inside a later sentence, and what another
    cue in its own sentence tells.
    """
    here = article.sentence_at(spans.cue.start)
    if here is None:
        return spans.content
    kept = tuple(c for c in spans.content if c.overlaps(here.span) or _is_reached(article, spans, c, others))
    return kept or spans.content


def _is_reached(article: Article, spans: TaggedSpans, content: Span, others: Sequence[TaggedSpans]) -> bool:
    here, there = article.sentence_at(spans.cue.start), article.sentence_at(content.start)
    if here is None or there is None:
        return True
    if there.paragraph != here.paragraph and any(
        o.cue != spans.cue and there.span.covers(o.cue) and any(c.overlaps(content) for c in o.content) for o in others
    ):
        return False
    if article.quotations_in(content) or there.index < here.index:
        return True
    last = article.sentence_at(content.end - 1) or there
    return there.paragraph == here.paragraph and last.span.end - content.end <= _CLOSING_MARKS


def _without_marks(article: Article, source: Span | None) -> Span | None:
    """The source without the comma or dash that closes it: "Two managers, who asked not to be named, said"."""
    words = source.text_in(article.text).rstrip(" ,;:—–-") if source is not None else ""
    return Span(start=source.start, end=source.start + len(words)) if source is not None and words else source


def _without_that(article: Article, content: Span) -> Span:
    opening = _THAT.match(article.text, content.start, content.end)
    return Span(start=opening.end(), end=content.end) if opening else content


def _classify(article: Article, spans: TaggedSpans) -> CueClass:
    cue = spans.cue.text_in(article.text)
    cue_class = classify_cue(cue)
    if spans.source is None and _AS_EXPECTED.search(article.text[: spans.cue.start][-_NEXT_WORD:]):
        return CueClass.ACT
    if spans.source is None and cue_class in _PASSIVE and _is_passive(cue):
        return CueClass.UNSPECIFIED
    if _is_heard(article, spans):
        return CueClass.SAY
    if _is_done(article, spans):
        return CueClass.ACT
    if cue_class is CueClass.ACT and _mostly_quoted(article, spans.content):
        return CueClass.SAY
    return cue_class


def _is_heard(article: Article, spans: TaggedSpans) -> bool:
    """Whether it is what was said before a court, nobody knows by whom: "the inquest heard that"."""
    words = spans.cue.text_in(article.text).lower().split()
    if spans.source is None or not (words[-1] in {"heard", "hears"} or words[-2:] == ["was", "told"]):
        return False
    return spans.source.text_in(article.text).lower().split()[-1] in load_lexicon("cues")["hearing"]


def _is_done(article: Article, spans: TaggedSpans) -> bool:
    """Whether the cue tells of no saying: "sang “...”", "had read", "refers to", "has been reported in the north"."""
    words = spans.cue.text_in(article.text).lower().split()
    source = spans.source
    if words[-1] in _forms("performed") or " ".join(words[-2:]) in _forms("meaning"):
        return not any(_AS.search(article.text, c.start, c.end) for c in spans.content)
    if source is not None and words[-1] == "read" and words[:-1] and words[0] in {"had", "has", "have"}:
        return not _mostly_quoted(article, spans.content)
    if source is None or source.start < spans.cue.end or not _is_passive(" ".join(words)):
        return False
    between = article.text[spans.cue.end : source.start].lower().split()
    last = source.text_in(article.text).lower().split()[-1].strip(",.")
    places = load_lexicon("places")
    named = any(last in group for group in (load_lexicon("cues")["area"], places["country"], places["region"]))
    return between in _PLACED and named


@cache
def _forms(group: str) -> frozenset[str]:
    irregular = load_grammar().irregular
    return frozenset(form for verb in load_lexicon("cues")[group] for form in inflect(verb, irregular))


def _is_passive(cue: str) -> bool:
    """Whether the cue holds a form of "be" and a participle: "it is thought", "was reported"."""
    words = cue.lower().replace("’", "'").split()
    being = load_lexicon("nesting")["being"]
    participles = load_grammar().past_forms
    return any(w in being or w.endswith("'s") for w in words) and any(
        w.endswith("ed") or w in participles or w in {"known", "seen", "shown"} for w in words
    )


def _mostly_quoted(article: Article, content: tuple[Span, ...]) -> bool:
    words = [t for c in content for t in _words(article, c)]
    quoted = sum(t.quoted for t in words)
    return quoted >= _QUOTED_WORDS and 2 * quoted >= len(words)


def _words(article: Article, span: Span) -> list[Token]:
    return [t for t in find_tokens(article.text, span, article.quotations_in(span)) if t.text[0].isalnum()]
