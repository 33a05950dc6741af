"""Sources inside what a source says.

The tagger finds one layer. "Jones said he had been told by officials that ..." has two: the rubric's chain (Provenance
chain, Hearsay) needs the inner one. The patterns are general grammar, no list of names.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.analysis.attributions import CueClass, FoundAttribution
from bot.analysis.grammar import load_grammar
from bot.analysis.lexicon import load_lexicon
from bot.analysis.noun_phrases import phrase_after, phrase_before
from bot.analysis.nouns import Sense, load_nouns
from bot.analysis.parsing import Article, Token, find_tokens
from bot.document import Span

_OUTER = frozenset(",:;—–-.“”\"'‘’")
_FEWEST = 3  # words that make an inner content
_FINDERS = frozenset({Sense.RECORD, Sense.ROLE, Sense.PERSON})
_NEAR = 4  # tokens from "been" to "told"


def _words(group: str) -> frozenset[str]:
    return load_lexicon("nesting")[group]


_PLACING = frozenset({"in", "on", "at", "during", "last", "this", "earlier"})
_SETTING = 7  # words that tell when and where


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedSource:
    """A source inside an attribution: `source` (None: nobody is named, "I was told that"), its cue and its content.

    `content` is the part of `outer`'s content that comes from the inner source.
    """

    outer: FoundAttribution
    source: Span | None
    cue: Span
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inner:
    """Half-open token ranges."""

    source: tuple[int, int] | None
    cue: tuple[int, int]
    content: tuple[int, int]


def find_nested(article: Article, found: Sequence[FoundAttribution]) -> tuple[NestedSource, ...]:
    """The sources inside the contents of the attributions, and those that they cite; in text order by attribution."""
    nested: list[NestedSource] = []
    for attribution in found:
        nested.extend(_cited(article, attribution))
        for content in attribution.content:
            for sentence in article.sentences_in(content):
                stretch = Span(start=max(content.start, sentence.span.start), end=min(content.end, sentence.span.end))
                nested.extend(_inside(article, attribution, stretch))
    return tuple(nested)


def _inside(article: Article, outer: FoundAttribution, stretch: Span) -> Iterator[NestedSource]:
    # Quotation marks are set aside: inside the outer content the inner source speaks in plain words.
    tokens = [
        Token(t.start, t.end, t.text, t.low, quoted=False)
        for t in find_tokens(article.text, stretch)
        if t.text not in {"“", "”", '"'}
    ]
    after = 0
    for i in range(len(tokens)):
        if i < after:
            continue
        for pattern in _PATTERNS:
            inner = pattern(tokens, i)
            if inner is None or not _speaks(tokens, inner):
                continue
            content = _span(tokens, _after_that(tokens, *inner.content), inner.content[1])
            if content is not None:
                source = _span(tokens, *inner.source) if inner.source else None
                cue = Span(start=tokens[inner.cue[0]].start, end=tokens[inner.cue[1] - 1].end)
                yield NestedSource(outer=outer, source=source, cue=cue, content=(content,))
                after = inner.content[1] if inner.content[0] > i else i + 1
                break


def _after_that(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where the content begins behind the time and place of the telling: "told a meeting in March that ..."."""
    if tokens[first].low not in _PLACING:
        return first
    that = next((i for i in range(first, min(last, first + _SETTING)) if tokens[i].low == "that"), None)
    return that + 1 if that is not None and that + 1 < last else first


def _speaks(tokens: Sequence[Token], inner: _Inner) -> bool:
    words = [t for t in tokens[slice(*inner.content)] if t.text[0].isalnum()]
    return len(words) >= _FEWEST


def _told_by(tokens: Sequence[Token], i: int) -> _Inner | None:
    """Read “I have been told by X that ...”, “he was informed that ...”."""
    if tokens[i].low not in _words("told") or not any(
        t.low in _words("being") or t.low == "'s" for t in tokens[max(0, i - _NEAR) : i]
    ):
        return None
    following = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if following == "by":
        return _from_phrase(tokens, (i, i + 2), i + 2)
    return _Inner(source=None, cue=(i, i + 1), content=(i + 1, len(tokens))) if following == "that" else None


def _told_me(tokens: Sequence[Token], i: int) -> _Inner | None:
    """Read “A colleague told me that ...”."""
    told = tokens[i].low in _words("told") and i + 1 < len(tokens) and tokens[i + 1].low in _words("hearer")
    subject = _subject(tokens, i) if told else None
    return _Inner(source=subject, cue=(i, i + 1), content=(i + 2, len(tokens))) if subject else None


def _heard_from(tokens: Sequence[Token], i: int) -> _Inner | None:
    """Read “We heard from X that ...”, “she had learned from X that ...”."""
    if tokens[i].low not in _words("heard") or i + 1 >= len(tokens) or tokens[i + 1].low != "from":
        return None
    return _from_phrase(tokens, (i, i + 2), i + 2)


def _reports_that(tokens: Sequence[Token], i: int) -> _Inner | None:
    """Read “We have received credible reports that ...”, “there are reports that ...”."""
    if tokens[i].low not in _words("tidings") or i + 1 >= len(tokens) or tokens[i + 1].low not in {"that", "from"}:
        return None
    first = i
    while (
        first > 0
        and tokens[first - 1].text[0].isalpha()
        and tokens[first - 1].low not in _words("received") | _words("being")
    ):
        first -= 1
    received = first > 0 and tokens[first - 1].low in _words("received") | _words("being")
    if not received:
        return None
    if tokens[i + 1].low == "from":
        return _from_phrase(tokens, (i, i + 2), i + 2)
    return _Inner(source=(first, i + 1), cue=(first - 1, first), content=(i + 1, len(tokens)))


def _according_to(tokens: Sequence[Token], i: int) -> _Inner | None:
    """Read “..., according to X” and “according to X, ...”."""
    if tokens[i].low != "according" or i + 2 >= len(tokens) or tokens[i + 1].low != "to":
        return None
    end = phrase_after(tokens, i + 2, load_grammar())
    content = (0, i) if i >= _FEWEST else (end, len(tokens))
    return _Inner(source=(i + 2, end), cue=(i, i + 2), content=content) if end > i + 2 else None


def _others_said(tokens: Sequence[Token], i: int) -> _Inner | None:
    """Read “... the doctors said the wound was old”: a speaker that is no pronoun, with a clause of its own."""
    if tokens[i].low not in _words("said") or i + 1 >= len(tokens) or (i and tokens[i - 1].low in {"to", "not", "n't"}):
        return None
    subject = _subject(tokens, i)
    first = i + 1
    if tokens[i].low == "told":
        first = phrase_after(tokens, first, load_grammar())
    rest = tokens[first:]
    clause = bool(rest) and (rest[0].low == "that" or load_grammar().has_finite(rest))
    return _Inner(source=subject, cue=(i, i + 1), content=(first, len(tokens))) if subject and clause else None


def _others_found(tokens: Sequence[Token], i: int) -> _Inner | None:
    """Read “an auditor has determined that ...”, “early tests indicate it was ...”: somebody else's findings."""
    if tokens[i].low not in _words("found") or i + 1 >= len(tokens):
        return None
    verb = i
    while verb > 0 and tokens[verb - 1].low in {"not", "n't", "never"}:
        verb -= 1
    subject = _subject(tokens, verb)
    if subject is None or any(t.low in _words("ours") for t in tokens[slice(*subject)]):
        return None
    head = [t for t in tokens[slice(*subject)] if t.text[0].isalpha()][-1]
    finds = load_nouns().listed(head.low) in _FINDERS
    rest = tokens[i + 1 :]
    clause = rest[0].low == "that" or load_grammar().has_finite(rest)
    return _Inner(source=subject, cue=(i, i + 1), content=(i + 1, len(tokens))) if finds and clause else None


_PATTERNS: tuple[Callable[[Sequence[Token], int], _Inner | None], ...] = (
    _told_by,
    _told_me,
    _heard_from,
    _reports_that,
    _according_to,
    _others_said,
    _others_found,
)


def _from_phrase(tokens: Sequence[Token], cue: tuple[int, int], start: int) -> _Inner | None:
    end = phrase_after(tokens, start, load_grammar())
    return _Inner(source=(start, end), cue=cue, content=(end, len(tokens))) if end > start else None


def _subject(tokens: Sequence[Token], verb: int) -> tuple[int, int] | None:
    first, last = phrase_before(tokens, verb, load_grammar())
    if (
        first >= last
        or tokens[first].low in _words("no_other")
        or not any(t.text[0].isalpha() for t in tokens[first:last])
    ):
        return None
    return first, last


def _span(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    while first < last and (tokens[first].text in _OUTER or tokens[first].low == "that"):
        first += 1
    while last > first and tokens[last - 1].text in _OUTER:
        last -= 1
    return Span(start=tokens[first].start, end=tokens[last - 1].end) if first < last else None


def _cited(article: Article, attribution: FoundAttribution) -> Iterator[NestedSource]:
    """Read “X, citing Y, said” and “according to X, which quoted Y”: Y stands behind the content of X."""
    at = attribution.cue or attribution.source
    sentence = article.sentence_at(at.start) if at else None
    if sentence is None or attribution.cue_class in {CueClass.ACT, CueClass.RUNNING}:
        return
    tokens, citing = sentence.tokens, _words("citing")
    for i, token in enumerate(tokens[:-1]):
        if token.low not in citing:
            continue
        place = Span(start=token.start, end=token.end)
        if any(c.covers(place) for c in attribution.content):
            continue
        end = _before_showing(tokens, i + 1, phrase_after(tokens, i + 1, load_grammar()))
        source = _span(tokens, i + 1, end)
        content = tuple(rest for c in attribution.content if (rest := _behind(article.text, c, source)) is not None)
        if (
            source is not None
            and content
            and _can_speak(tokens[i + 1 : end])
            and not (attribution.source and source.overlaps(attribution.source) and i == 0)
        ):
            yield NestedSource(outer=attribution, source=source, cue=place, content=content)


def _before_showing(tokens: Sequence[Token], first: int, end: int) -> int:
    """Where the cited phrase ends, at the latest before what it shows ("a study | showing a fall")."""
    shows = load_lexicon("documents")["shows"]
    return next((i for i in range(first + 1, end) if tokens[i].low in shows), end)


def _behind(text: str, content: Span, source: Span | None) -> Span | None:
    """The content, or what is left of it behind a source that it begins with; None where nothing is."""
    if source is None or not content.overlaps(source):
        return content
    start = source.end
    while start < content.end and (text[start].isspace() or text[start] in _OUTER):
        start += 1
    leads = content.start >= source.start and start < content.end
    return Span(start=start, end=content.end) if leads else None


def _can_speak(tokens: Sequence[Token]) -> bool:
    """Whether the phrase names somebody or some record, not a ground or a feeling ("citing privacy")."""
    if any(t.text[0].isupper() for t in tokens):
        return True
    lows = [t.low for t in tokens if t.text[0].isalpha()]
    return bool(lows) and any(load_nouns().listed(low) is not None for low in lows)
