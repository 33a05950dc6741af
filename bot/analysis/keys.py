"""Which claims an editor would check first: what the headline and the lead assert, accusations, deaths, money, figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.analysis.lexicon import load_lexicon
from bot.analysis.parsing import Article
from bot.analysis.quantities import Measure, find_quantities
from bot.document import Role, Span
from bot.report import SourceKind

_FEWEST, _MOST = 3, 6
_HEADLINE, _STANDFIRST, _LEAD, _EARLY = 3.0, 1.5, 2.0, 1.0
_FIGURE, _MONEY, _GRAVE, _ACCUSING, _REPEATED, _ATTRIBUTED = 0.7, 0.4, 0.9, 0.8, 0.5, 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What is known of a claim when the key ones are chosen. `spans` are its quote and mentions."""

    spans: tuple[Span, ...]
    kind: SourceKind
    text: str


def choose_key_claims(article: Article, candidates: Sequence[Candidate]) -> frozenset[int]:
    """Numbers of the 3 to 6 candidates to check first (all of them where there are fewer)."""
    wanted = min(_MOST, max(_FEWEST, round(len(candidates) * 0.45)))
    ranked = sorted(range(len(candidates)), key=lambda n: (-_weigh(article, candidates[n]), candidates[n].spans[0].start))
    return frozenset(ranked[:wanted])


def _weigh(article: Article, candidate: Candidate) -> float:
    first = min(_body_rank(article, span) for span in candidate.spans)
    roles = {article.document.paragraphs[s.paragraph].role for span in candidate.spans for s in article.sentences_in(span)}
    weight = _HEADLINE * (Role.HEADLINE in roles) + _STANDFIRST * bool(roles & {Role.STANDFIRST, Role.CAPTION})
    weight += _LEAD if first == 0 else _EARLY / (1 + first / 4)
    weight += _REPEATED * (len(candidate.spans) > 1) + _ATTRIBUTED * (candidate.kind is not SourceKind.NONE)
    measures = {q.measure for span in candidate.spans[:1] for q in find_quantities(article.text, span)}
    weight += _FIGURE * bool(measures) + _MONEY * (Measure.MONEY in measures)
    words = " ".join(span.text_in(article.text) for span in candidate.spans)
    weight += _GRAVE * bool(load_lexicon("grave").pattern("grave").search(words))
    return weight + _ACCUSING * bool(load_lexicon("accusation").pattern("accusing").search(words))


def _body_rank(article: Article, span: Span) -> int:
    """How many body paragraphs stand before the span's own."""
    sentence = article.sentence_at(span.start)
    if sentence is None:
        return len(article.sentences)
    before = article.document.paragraphs[: sentence.paragraph]
    return sum(p.role is Role.BODY for p in before)
