"""Which claims an editor would check first."""

import pytest

from bot.analysis.keys import Candidate, choose_key_claims
from bot.analysis.parsing import Article
from bot.analysis.propositions import Words
from bot.report import SourceKind
from tests.bot.analysis.flags.drafting import draft, spot

PLAIN = (
    "Crows walk.",
    "Larks sing.",
    "Ducks swim.",
    "Geese sleep.",
    "Swans nest.",
    "Herons stand.",
    "Owls look.",
    "Gulls land.",
)


def candidate(article: Article, *quotes: str, kind: SourceKind = SourceKind.NONE, aside: bool = False) -> Candidate:
    words = Words(weights={w.strip(".").lower(): 1.0 for q in quotes for w in q.split()}, figures=frozenset())
    return Candidate(spans=tuple(spot(article, q) for q in quotes), kind=kind, words=words, aside=aside)


def ranked_first(article: Article, wanted: Candidate, *others: str) -> bool:
    """Whether the wanted claim, standing last, is among the three key ones."""
    candidates = [*(candidate(article, o) for o in others), wanted]
    return len(candidates) - 1 in choose_key_claims(article, candidates)


@pytest.mark.parametrize(("claims", "keys"), [(0, 0), (2, 2), (3, 3), (5, 3), (8, 4), (40, 6)])
def test_between_3_and_6_are_key_and_all_of_them_where_there_are_fewer(claims: int, keys: int) -> None:
    quotes = [f"Bird {n} sings." for n in range(claims)]
    article = draft(" ".join(quotes) or "Nothing.")
    assert len(choose_key_claims(article, [candidate(article, q) for q in quotes])) == keys


@pytest.mark.parametrize(
    "quote",
    [
        "Nine people were killed.",
        "Police arrested Bob Ray.",
        "He stole a swan there.",
        "They accused him openly.",
        "Tarn lost $3 million.",
        "About 4,000 birds left.",
    ],
    ids=["deaths", "crime", "wrongdoing", "an accusation", "money", "a figure"],
)
def test_grave_matters_accusations_money_and_figures_come_first(quote: str) -> None:
    article = draft(" ".join(PLAIN[:6]), quote)
    assert ranked_first(article, candidate(article, quote), *PLAIN[3:6])


def test_what_the_headline_says_comes_first() -> None:
    article = draft("# Rooks return", *PLAIN, "The rooks return.")
    assert ranked_first(article, candidate(article, "The rooks return.", "Rooks return"), *PLAIN[3:7])


def test_what_is_like_the_headline_comes_before_what_is_not() -> None:
    article = draft("# Rooks return", *PLAIN, "Some rooks return.")
    shown = candidate(article, "Rooks return")
    candidates = [shown, *(candidate(article, q) for q in PLAIN[3:6]), candidate(article, "Some rooks return.")]
    assert 4 in choose_key_claims(article, candidates)


def test_the_first_sentences_of_the_body_come_before_later_ones() -> None:
    article = draft("# Birds", *PLAIN)
    assert choose_key_claims(article, [candidate(article, q) for q in reversed(PLAIN[:6])]) == {3, 4, 5}


def test_what_is_repeated_comes_before_what_is_said_once() -> None:
    article = draft(*PLAIN, "Rooks return.", "Rooks return.")
    again = spot(article, "Rooks return.", nth=1)
    once = candidate(article, "Rooks return.")
    twice = Candidate(spans=(*once.spans, again), kind=once.kind, words=once.words, aside=False)
    assert ranked_first(article, twice, *PLAIN[3:7])


def test_what_somebody_is_cited_for_comes_before_the_outlets_own_words() -> None:
    article = draft(*PLAIN, "Rooks return.")
    assert ranked_first(article, candidate(article, "Rooks return.", kind=SourceKind.NAMED_PERSON), *PLAIN[3:7])


def test_an_aside_comes_last() -> None:
    article = draft(*PLAIN)
    candidates = [candidate(article, q) for q in PLAIN[4:7]]
    first = candidate(article, PLAIN[3], aside=True)
    assert choose_key_claims(article, [first, *candidates]) == {1, 2, 3}


def test_of_equals_the_earlier_one_is_key() -> None:
    article = draft(*PLAIN)
    assert choose_key_claims(article, [candidate(article, q) for q in PLAIN[3:7]]) == {0, 1, 2}
