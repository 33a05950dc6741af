"""Which claims an editor would check first: what headline and lead assert, accusations, deaths, money, figures.

The weights were fitted by logistic regression on general features (place, repetition, centrality as in LexRank, Erkan &
Radev 2004) over annotated news articles and then rounded; they name no topic.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.analysis.lexicon import load_lexicon
from bot.analysis.parsing import Article
from bot.analysis.propositions import Words, inclusion
from bot.analysis.quantities import Measure, find_quantities
from bot.document import Role, Span
from bot.report import SourceKind

_FEWEST, _MOST, _SHARE = 3, 6, 0.45
_DISPLAY = frozenset({Role.HEADLINE, Role.STANDFIRST})
_CENTRAL, _REPEATED, _ATTRIBUTED, _LIKE_HEADLINE, _IN_HEADLINE, _FIRST = 6.0, 1.1, 0.9, 1.5, 0.6, 0.6
_GRAVE, _WRONG, _ACCUSING, _PLANNED, _FIGURE, _MONEY = 0.6, 0.6, 0.4, 0.3, 0.4, 0.3
_LENGTH, _QUOTED, _ASIDE = 0.03, -0.4, -0.6
_LONGEST = 25
_FIRST_SENTENCES = 3
_MOST_COMPARED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What is known of a claim when the key ones are chosen. `spans` are its quote and mentions."""

    spans: tuple[Span, ...]
    kind: SourceKind
    words: Words
    aside: bool


def choose_key_claims(article: Article, candidates: Sequence[Candidate]) -> frozenset[int]:
    """Numbers of the 3 to 6 candidates to check first (all of them where there are fewer)."""
    wanted = min(_MOST, max(_FEWEST, round(len(candidates) * _SHARE)))
    shown = [c for c in candidates if _roles(article, c) & _DISPLAY]
    weights = [_weigh(article, c, _place(c, candidates[:_MOST_COMPARED], shown)) for c in candidates]
    ranked = sorted(range(len(candidates)), key=lambda n: (-weights[n], candidates[n].spans[0].start))
    return frozenset(ranked[:wanted])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """How much of a candidate stands in the others on average, and in the claims of the headline."""

    central: float
    like_headline: float


def _place(candidate: Candidate, others: Sequence[Candidate], shown: Sequence[Candidate]) -> _Place:
    apart = [o for o in others if o is not candidate]
    central = sum(inclusion(candidate.words, o.words) for o in apart) / max(1, len(apart))
    like = max((inclusion(o.words, candidate.words) for o in shown), default=0.0)
    return _Place(central=central, like_headline=like)


def _roles(article: Article, candidate: Candidate) -> frozenset[Role]:
    return frozenset(s.role for span in candidate.spans for s in article.sentences_in(span))


def _weigh(article: Article, candidate: Candidate, place: _Place) -> float:
    quote = candidate.spans[0]
    said = quote.text_in(article.text)
    weight = _CENTRAL * place.central + _LIKE_HEADLINE * place.like_headline
    weight += _IN_HEADLINE * (Role.HEADLINE in _roles(article, candidate))
    weight += _FIRST * _is_early(article, candidate)
    weight += _REPEATED * (len(candidate.spans) > 1) + _ATTRIBUTED * (candidate.kind is not SourceKind.NONE)
    weight += (
        _LENGTH * min(_LONGEST, len(said.split()))
        + _QUOTED * bool(article.quotations_in(quote))
        + _ASIDE * candidate.aside
    )
    measures = {q.measure for q in find_quantities(article.text, quote)}
    weight += _FIGURE * bool(measures) + _MONEY * (Measure.MONEY in measures)
    accusation, gravity = load_lexicon("accusation"), load_lexicon("gravity")
    weight += _GRAVE * bool(gravity.pattern("grave").search(said)) + _PLANNED * bool(
        gravity.pattern("planned").search(said)
    )
    weight += _WRONG * bool(accusation.pattern("wrongdoing").search(said))
    return weight + _ACCUSING * bool(accusation.pattern("accusing").search(said))


def _is_early(article: Article, candidate: Candidate) -> bool:
    """Whether it stands among the first sentences of the body."""
    body = (s.index for s in article.sentences if s.role is Role.BODY)
    first = next(body, 0)
    return any(s.index < first + _FIRST_SENTENCES for span in candidate.spans for s in article.sentences_in(span))
