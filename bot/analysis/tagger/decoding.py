"""From the model's probabilities to attributions: which words are cue, source and content, and whose is what."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.analysis.parsing import Quotation
from bot.analysis.tagger.continuation import continue_quotations
from bot.analysis.tagger.features import Integers, Pieces
from bot.analysis.tagger.labels import CONTENT, CUE, SOURCE, Bio, Floats
from bot.analysis.tagger.layers import keep_one_layer
from bot.analysis.tagger.reading import CueReading, Reading, runs
from bot.analysis.tagger.spans import TaggedSpans
from bot.document import Span

_CONTENT_LABELS = (Bio.begin(CONTENT), Bio.inside(CONTENT))

_BARRED = -1e9

WordRange = tuple[int, int]  # half-open, in word numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodeLimits:
    """Tuned on the corpus's development part, less the third that is held aside."""

    outside_bias: float = -1.0  # added to the log probability of "no part"
    quotation_share: float = 0.5  # of a quotation's words that make it content as a whole
    source: float = 0.15  # mean pair probability of a BIO source span
    run: float = 0.5  # pair probability of each word where the pair head alone decides
    gap: int = 2  # words between two such runs that are taken for one
    content_share: float = 0.6  # of a BIO content span's words that the pair head gives to the cue


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """Word numbers: the first piece of each, its offsets and its sentence."""

    first: Integers
    starts: Integers
    ends: Integers
    sentences: Integers

    def span(self, first: int, last: int) -> Span:
        return Span(start=int(self.starts[first]), end=int(self.ends[last - 1]))

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The words that begin inside the offsets, as a half-open range."""
        return int(np.searchsorted(self.starts, start)), int(np.searchsorted(self.starts, end))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Labelled:
    """The words with the spans that the BIO labels alone make of them."""

    pieces: Pieces
    words: _Words
    sources: list[WordRange]
    contents: list[WordRange]
    limits: DecodeLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    """What one cue makes of the words of its window, which begin at word `low`: one probability a word."""

    low: int
    source: Floats
    content: Floats

    @classmethod
    def around(cls, text: _Labelled, cue: CueReading) -> "_Near":
        """The window of the cue, its probabilities read at the first piece of every word."""
        low, high = (int(n) for n in np.searchsorted(text.words.first, [cue.window.start, cue.window.stop]))
        parts = cue.parts[text.words.first[low:high] - cue.window.start]
        return cls(low=low, source=parts[:, SOURCE].copy(), content=parts[:, CONTENT].copy())

    def among(self, spans: Sequence[WordRange]) -> Sequence[WordRange]:
        """Those of the spans, which stand in order, that share a word with the window."""
        first = bisect_right(spans, self.low, key=lambda s: s[1])
        return spans[first : bisect_left(spans, self.low + len(self.source), key=lambda s: s[0])]

    def mean(self, values: Floats, span: WordRange) -> float:
        """The mean over the whole span of what is known for the words in the window."""
        known = values[max(0, span[0] - self.low) : span[1] - self.low]
        return float(known.sum()) / (span[1] - span[0])


def decode(
    pieces: Pieces, reading: Reading, *, quotations: Sequence[Quotation], limits: DecodeLimits
) -> tuple[TaggedSpans, ...]:
    """The attributions in the order of their cues.

    `content` may be empty where there is a source: what it introduces ("She said:") may stand beyond the window.
    """
    words = _find_words(pieces)
    if not len(words.first):
        return ()
    labels = _best_labels(np.log(reading.bio[words.first] + 1e-9), limits.outside_bias)
    _fill_quotations(labels, [words.within(q.span.start, q.span.end) for q in quotations], limits.quotation_share)
    text = _Labelled(
        pieces=pieces,
        words=words,
        sources=_label_spans(labels, SOURCE),
        contents=_label_spans(labels, CONTENT),
        limits=limits,
    )
    found: dict[tuple[object, ...], TaggedSpans] = {}
    for cue in reading.cues:
        spans = _decode_cue(text, cue)
        if spans is None:
            continue
        key = (spans.source, spans.content or spans.cue)
        if key not in found or found[key].certainty < spans.certainty:
            found[key] = spans
    tagged = sorted(found.values(), key=lambda s: s.cue)
    return continue_quotations(keep_one_layer(tagged), [q for q in quotations if not q.single])


def _find_words(pieces: Pieces) -> _Words:
    real = np.flatnonzero(pieces.words >= 0)
    numbers, at, counts = np.unique(pieces.words[real], return_index=True, return_counts=True)
    first = real[at] if len(numbers) else real
    return _Words(
        first=first,
        starts=pieces.starts[first],
        ends=pieces.ends[first + counts - 1],
        sentences=pieces.sentences[first],
    )


def _best_labels(scores: Floats, bias: float) -> Integers:
    """Viterbi over words: an inside label only after the same kind's beginning or inside."""
    scores = scores.copy()
    scores[:, Bio.OUTSIDE] += bias
    first, *rest = scores.tolist()  # plain numbers: seven at a time are too few for arrays to pay
    pairs = [(Bio.begin(kind), Bio.inside(kind)) for kind in (SOURCE, CONTENT, CUE)]
    best = [score + _BARRED * any(n == inside for _, inside in pairs) for n, score in enumerate(first)]
    came: list[list[int]] = []
    for row in rest:
        top = max(best)
        before = [best.index(top)] * Bio.COUNT
        reached = [top + score for score in row]
        for begin, inside in pairs:
            before[inside] = begin if best[begin] >= best[inside] else inside
            reached[inside] = best[before[inside]] + row[inside]
        came.append(before)
        best = reached
    labels = [best.index(max(best))]
    for before in reversed(came):
        labels.append(before[labels[-1]])
    return np.array(labels[::-1], dtype=np.int64)


def _fill_quotations(labels: Integers, quotations: Sequence[WordRange], share: float) -> None:
    """Make each quotation that is content for its greater part content throughout, joined to what comes before."""
    for first, last in quotations:
        inside = np.isin(labels[first:last], _CONTENT_LABELS)
        if last - first < 2 or inside.mean() < share:  # noqa: PLR2004 - one word has nothing to fill
            continue
        opens = labels[first] == Bio.begin(CONTENT) or first == 0 or labels[first - 1] not in _CONTENT_LABELS
        labels[first:last] = Bio.inside(CONTENT)
        if opens:
            labels[first] = Bio.begin(CONTENT)


def _label_spans(labels: Integers, kind: int) -> list[WordRange]:
    spans: list[WordRange] = []
    for first, last in runs(np.isin(labels, (Bio.begin(kind), Bio.inside(kind)))):
        begins = [first, *(n for n in range(first + 1, last) if labels[n] == Bio.begin(kind))]
        spans.extend(zip(begins, [*begins[1:], last], strict=True))
    return spans


def _decode_cue(text: _Labelled, cue: CueReading) -> TaggedSpans | None:
    numbers = text.pieces.words[cue.pieces.start : cue.pieces.stop]
    numbers = numbers[numbers >= 0]
    if not len(numbers):
        return None
    words = text.words
    first, last = int(numbers[0]), int(numbers[-1]) + 1
    near = _Near.around(text, cue)
    near.source[first - near.low : last - near.low] = near.content[first - near.low : last - near.low] = 0
    source = _choose_source(text, near, int(words.sentences[first]))
    if source is not None:
        near.content[max(0, source[0] - near.low) : source[1] - near.low] = 0
    content = [c for c in _choose_content(text, near) if not _share(c, source)]
    if not content and source is None:
        return None
    return TaggedSpans(
        source=words.span(*source) if source else None,
        cue=words.span(first, last),
        content=tuple(words.span(*c) for c in content),
        certainty=cue.certainty,
    )


def _share(one: WordRange, other: WordRange | None) -> bool:
    return other is not None and one[0] < other[1] and other[0] < one[1]


def _choose_source(text: _Labelled, near: _Near, sentence: int) -> WordRange | None:
    """The BIO source span of the cue's sentence that the pair head likes best, else the pair head's own best run."""
    spans = [s for s in near.among(text.sources) if text.words.sentences[s[0]] == sentence]
    best = max(spans, key=lambda s: near.mean(near.source, s), default=None)
    if best is not None and near.mean(near.source, best) > text.limits.source:
        return best
    return max(
        _pair_runs(text, near, near.source), key=lambda s: near.mean(near.source, s) * (s[1] - s[0]), default=None
    )


def _choose_content(text: _Labelled, near: _Near) -> list[WordRange]:
    """The BIO content spans that the pair head gives to the cue, else the pair head's own runs."""
    sure = (near.content > text.limits.run).astype(np.float32)
    chosen = [c for c in near.among(text.contents) if near.mean(sure, c) >= text.limits.content_share]
    return chosen or _pair_runs(text, near, near.content)


def _pair_runs(text: _Labelled, near: _Near, pair: Floats) -> list[WordRange]:
    """Runs of words that the pair head is sure of; gaps of a word or two inside a sentence are closed."""
    joined: list[WordRange] = []
    for start, end in runs(pair > text.limits.run):
        first, last = near.low + start, near.low + end
        before = joined[-1] if joined else None
        if before and first - before[1] <= text.limits.gap and _one_sentence(text.words, before[0], first):
            joined[-1] = (before[0], last)
        else:
            joined.append((first, last))
    return joined


def _one_sentence(words: _Words, first: int, last: int) -> bool:
    return bool(words.sentences[first] == words.sentences[last])
