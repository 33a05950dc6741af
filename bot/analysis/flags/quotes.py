"""Quoted words that nobody in the text speaks."""

import re
from collections.abc import Collection, Iterator, Sequence

from bot.analysis.attributions import CueClass, cue_forms
from bot.analysis.lexicon import load_lexicon
from bot.analysis.parsing import Article, Quotation
from bot.analysis.patterns import word_pattern
from bot.document import Role, Span
from bot.report import Attribution, Flag, FlagKind

_SPEECH = frozenset({CueClass.SAY, CueClass.CALL, CueClass.ASK, CueClass.DENY, CueClass.ACCUSE})
_WORDS = re.compile(r"[^\W_][\w’'-]*")
_UTTERANCE = re.compile(r"[!?]|[.,;]\s+\w|^[A-Z].*[.,]$", re.DOTALL)
_LONG = 6
_LONG_WORD = 3
_BEFORE = 40
_AFTER = 16
_DESCRIBES = re.compile(r"\w{3,}(?:ed|ing|ive|ous|ful|less|ish|able|ible|ist|ic|al)")  # Quirk et al. 1985, I.38-I.43
_TERM = 2  # spaces: fewer are between the words of a term
_SHOWN = 8
_ABOVE = frozenset({Role.HEADLINE, Role.STANDFIRST, Role.CAPTION})


def find_orphan_quotes(article: Article, attributions: Sequence[Attribution]) -> Iterator[Flag]:
    """orphan_quote: one flag for what stands quoted in the headline, one for the rest of the text.

    A headline quotes the text below it: words that do not stand there are nobody's, whomever the headline names. In
    the body a word or two in quotation marks are mostly a term (Quirk et al. 1985, appendix III.21), and no quotation.
    """
    speeches = [a for a in attributions if a.source is not None and is_speech(article, a)]
    spoken = _spoken_words(article, speeches)
    spoken_in = {s.index for a in speeches for s in article.sentences_in(a.statement)}
    below = _words_below(article)
    headlined: dict[str, list[Quotation]] = {}
    others: dict[str, list[Quotation]] = {}
    for words, quotations in _by_words(article).items():
        unspoken = f" {words} " not in spoken and not any(_is_explained(article, q, spoken_in) for q in quotations)
        if any(_role(article, q) is Role.HEADLINE for q in quotations):
            if unspoken or f" {words} " not in below:
                headlined[words] = quotations
        elif unspoken and (_is_worded(words) or any(_role(article, q) in _ABOVE for q in quotations)):
            others[words] = quotations
    for orphans in (headlined, others):
        if orphans:
            spans = [_shown(article, q) for quotations in orphans.values() for q in quotations]
            first = [quotations[0] for quotations in orphans.values()]
            listed = ", ".join(f"“{article.same_words(q.inner)}”" for q in first[:_SHOWN])
            yield Flag(
                kind=FlagKind.ORPHAN_QUOTE,
                passages=tuple(dict.fromkeys(spans))[:_SHOWN],
                note=f"Nobody in the text says {listed}.",
            )


def _by_words(article: Article) -> dict[str, list[Quotation]]:
    """Short quotations that are no whole utterance and no title, by their words in lower case."""
    found: dict[str, list[Quotation]] = {}
    for quotation in article.quotations:
        inner = quotation.inner.text_in(article.text)
        if quotation.closed and _WORDS.search(inner) and not _UTTERANCE.search(inner) and not _is_name(inner):
            found.setdefault(_words(inner), []).append(quotation)
    return found


def _is_worded(words: str) -> bool:
    """Whether the words say something, rather than name it: three words or more, or one that describes."""
    return words.count(" ") >= _TERM or _DESCRIBES.fullmatch(words) is not None


def _words_below(article: Article) -> str:
    """The words of the body, as `_spoken_words` gives those of the speakers."""
    return f" {_words(' '.join(s.span.text_in(article.text) for s in article.sentences if s.role not in _ABOVE))} "


def _words(text: str) -> str:
    return " ".join(w.strip("'") for w in re.findall(r"[\w'-]+", text.lower().replace("’", "'")))


def _spoken_words(article: Article, speeches: Sequence[Attribution]) -> str:
    """All that somebody says, in lower case, one space between words and before the first."""
    parts = [_words(content.text_in(article.text)) for speech in speeches for content in speech.content]
    return f" {' | '.join(parts)} "


def is_speech(article: Article, attribution: Attribution) -> bool:
    """Whether the cue is one of speech or labelling, rather than a verb that may also mean something else."""
    if attribution.cue is None:
        return True
    return word_pattern("opinion", "no_speech").search(attribution.cue.text_in(article.text)) is None


def _is_explained(article: Article, quotation: Quotation, spoken_in: Collection[int]) -> bool:
    """Whether somebody speaks in the sentence (`spoken_in` holds their indexes), or the marks only name something."""
    sentence = article.sentence_at(quotation.span.start)
    if sentence is None or sentence.index in spoken_in:
        return True
    naming = word_pattern("opinion", "naming")
    before = article.text[max(sentence.span.start, quotation.span.start - _BEFORE) : quotation.span.start]
    after = article.text[quotation.span.end : min(sentence.span.end, quotation.span.end + _AFTER)]
    if naming.search(before) or naming.search(after) or before.rstrip().endswith((" as", " by")):
        return True
    return any(
        not t.quoted and t.text[0].islower() and cue_forms().get(t.low) in _SPEECH and not _means_act(t.low)
        for t in sentence.tokens
    )


def _means_act(word: str) -> bool:
    return word in load_lexicon("opinion")["no_speech"]


def _is_name(inner: str) -> bool:
    """Titles of works, nicknames and slogans: two words or more, every long one with a capital or a figure first."""
    words = _WORDS.findall(inner)
    long = [w for w in words if len(w) > _LONG_WORD] or words
    return len(words) > _LONG or (len(words) > 1 and all(w[0].isupper() or w[0].isdigit() for w in long))


def _role(article: Article, quotation: Quotation) -> Role:
    return article.document.paragraphs[quotation.paragraph].role


def _shown(article: Article, quotation: Quotation) -> Span:
    """The quotation with up to three words on either side."""
    sentence = article.sentence_at(quotation.span.start)
    if sentence is None:
        return quotation.span
    words = [t for t in sentence.tokens if t.text[0].isalnum()]
    before = [t for t in words if t.end <= quotation.span.start][-3:]
    after = [t for t in words if t.start >= quotation.span.end][:3]
    return Span(
        start=before[0].start if before else quotation.span.start,
        end=after[-1].end if after else quotation.span.end,
    )
