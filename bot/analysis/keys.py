"""Which claims an editor would check first: what headline and lead assert, accusations, deaths, money, figures.

The weights were fitted by logistic regression on general features (place, likeness to headline and lead, centrality as
in LexRank, Erkan & Radev 2004, the kind of source, grave words) over annotated news articles and then rounded; they
name no topic.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from bot.analysis.lexicon import lemma, load_lexicon
from bot.analysis.parsing import Article, Sentence
from bot.analysis.propositions import Words, agreement
from bot.analysis.quantities import Measure, find_quantities
from bot.document import Role, Span
from bot.report import SourceKind

_FEWEST, _MOST, _SHARE = 3, 6, 0.55
_LEAD = 2  # sentences of the body that tell what the article is about
_FIRST = 3  # sentences of the body in which news comes first
_LONGEST = 25  # words; beyond them length tells no more
_MOST_COMPARED = 60
_QUOTED_WHOLE = 0.8
_LOWEST, _HIGHEST = -2.0, 2.5  # standard deviations; a small article must not be ruled by one outlier
_EVEN = 1e-9  # a spread below this is rounding
_BRIEF = 8
_READINGS = ("NN", "VBD", "VBG")
_BEFORE_THAT = re.compile(r"\bhad (?:been|\w+(?:ed|en|n))\b", re.IGNORECASE)
_SUBORDINATE = re.compile(r"(?:who|which|that|where|whose|when|as|while|once|if|although)\b", re.IGNORECASE)
_CHARGES = ("wrongdoing", "accusing", "answer", "charged")
_CONSEQUENCES = ("caused", "changed", "decided", "planned")
_CITED = {
    SourceKind.DOCUMENT: 1.0,
    SourceKind.NEWS_OUTLET: 1.0,
    SourceKind.UNNAMED_GROUP: 1.0,
    SourceKind.NAMED_ORGANIZATION: 0.5,
    SourceKind.NAMED_PERSON: 0.5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What is known of a claim when the key ones are chosen. `spans` are its quote and mentions."""

    spans: tuple[Span, ...]
    kind: SourceKind
    words: Words
    aside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """How a candidate looks to an editor. Most features are 0 or 1; `main` is in standard deviations of the article.

    `main`: likeness to headline and lead, and centrality. `cited` grows with how checkable the kind of source is.
    `background`: what had been before, what is so in general, what somebody feels. `fragment`: part of a sentence.
    """

    headline: float
    first: float
    main: float
    attributed: float
    cited: float
    figures: float
    grave: float
    consequence: float
    background: float
    fragment: float
    quotation: float
    length: float


_WEIGHTS = _Look(
    headline=0.9,
    first=0.4,
    main=0.5,
    attributed=0.45,
    cited=0.45,
    figures=0.7,
    grave=0.3,
    consequence=0.25,
    background=-0.6,
    fragment=-0.45,
    quotation=-0.6,
    length=0.8,
)
_FEATURES = tuple(f.name for f in fields(_Look))


def choose_key_claims(article: Article, candidates: Sequence[Candidate]) -> frozenset[int]:
    """Numbers of the 3 to 6 candidates to check first (all of them where there are fewer)."""
    wanted = min(_MOST, max(_FEWEST, round(len(candidates) * _SHARE)))
    weights = [_weigh(look) for look in _look_at(article, candidates)]
    ranked = sorted(range(len(candidates)), key=lambda n: (-weights[n], candidates[n].spans[0].start))
    return frozenset(ranked[:wanted])


def _weigh(look: _Look) -> float:
    return math.fsum(getattr(_WEIGHTS, name) * getattr(look, name) for name in _FEATURES)


def _look_at(article: Article, candidates: Sequence[Candidate]) -> list[_Look]:
    body = [s for s in article.sentences if s.role is Role.BODY]
    early = {s.index for s in body[:_FIRST]}
    opened: dict[int, int] = {}  # where the first claim of each sentence starts
    for candidate in candidates:
        start = candidate.spans[0].start
        for sentence in article.sentences_in(candidate.spans[0]):
            opened[sentence.index] = min(start, opened.get(sentence.index, start))
    return [
        _look(article, candidate, main=main, early=early, opened=opened)
        for candidate, main in zip(candidates, _find_main_line(article, candidates, body), strict=True)
    ]


def _look(article: Article, candidate: Candidate, *, main: float, early: set[int], opened: dict[int, int]) -> _Look:
    quote = candidate.spans[0]
    said, inside = quote.text_in(article.text), article.sentences_in(quote)
    told = [s for span in candidate.spans for s in article.sentences_in(span)]
    accusation, gravity = load_lexicon("accusation"), load_lexicon("gravity")
    measures = {q.measure for q in find_quantities(article.text, quote)}
    long = len(said.split())
    second = any(opened[s.index] < quote.start for s in inside)
    return _Look(
        headline=any(s.role is Role.HEADLINE for s in told),
        first=any(s.index in early for s in told),
        main=main,
        attributed=candidate.kind is not SourceKind.NONE,
        cited=_CITED.get(candidate.kind, 0.0),
        figures=min(2.0, (Measure.MONEY in measures) + (Measure.PERCENT in measures) + (Measure.COUNT in measures) / 2),
        grave=_count(said, gravity.pattern("grave"), *(accusation.pattern(g) for g in _CHARGES)),
        consequence=min(2, _count(said, *(gravity.pattern(g) for g in _CONSEQUENCES))),
        background=_count(said, _BEFORE_THAT, gravity.pattern("general"), gravity.pattern("felt")),
        fragment=bool(_SUBORDINATE.match(said)) + candidate.aside + (long < _BRIEF) / 2 + second / 2,
        quotation=_quoted_share(article, quote) > _QUOTED_WHOLE,
        length=min(_LONGEST, long) / _LONGEST,
    )


def _count(said: str, *patterns: re.Pattern[str]) -> int:
    """How many of the patterns the words hold."""
    return sum(p.search(said) is not None for p in patterns)


def _quoted_share(article: Article, span: Span) -> float:
    """How much of the span stands inside quotation marks."""
    inside = (min(q.inner.end, span.end) - max(q.inner.start, span.start) for q in article.quotations_in(span))
    return sum(max(0, n) for n in inside) / max(1, span.end - span.start)


def _find_main_line(article: Article, candidates: Sequence[Candidate], body: Sequence[Sentence]) -> list[float]:
    """For each candidate how much it tells of what the article is about, against the article's other candidates."""
    weights = {w: weight for c in candidates for w, weight in c.words.weights.items()}
    columns = [[_centrality(c, candidates[:_MOST_COMPARED]) for c in candidates]]
    for sentences in ([s for s in article.sentences if s.role is Role.HEADLINE], body[:_LEAD]):
        told = _read_words(sentences) & weights.keys()
        total = sum(weights[w] for w in told)
        shared = [sum(weight for w, weight in c.words.weights.items() if w in told) for c in candidates]
        columns.append([s / total if total else 0.0 for s in shared])
        columns.append([s / c.words.total if c.words.total else 0.0 for s, c in zip(shared, candidates, strict=True)])
    return [sum(row) / len(row) for row in zip(*(_standardise(c) for c in columns), strict=True)]


def _centrality(candidate: Candidate, others: Sequence[Candidate]) -> float:
    """How much the candidate shares with the others on average."""
    apart = [o for o in others if o is not candidate]
    return sum(agreement(candidate.words, o.words) for o in apart) / max(1, len(apart))


def _standardise(values: Sequence[float]) -> list[float]:
    if not values:
        return []
    mean = math.fsum(values) / len(values)
    spread = math.sqrt(math.fsum((v - mean) ** 2 for v in values) / len(values))
    return [min(_HIGHEST, max(_LOWEST, (v - mean) / spread)) if spread > _EVEN else 0.0 for v in values]


def _read_words(sentences: Iterable[Sentence]) -> set[str]:
    """The words of the sentences as they stand and in every base form that they may have."""
    words = (t.text.strip("'’") for s in sentences for t in s.tokens if t.text[0].isalnum())
    return {form for w in words for form in (w.lower(), *(lemma(w, tag) for tag in _READINGS))}
