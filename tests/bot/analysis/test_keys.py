"""Which claims an editor would check first."""

import pytest

from bot.analysis.keys import Candidate, choose_key_claims
from bot.analysis.parsing import Article
from bot.analysis.propositions import Words
from bot.report import SourceKind
from tests.bot.analysis.flags.drafting import draft, spot

# As long as the sentences that are compared with them, or longer, and without a word in common.
PLAIN = (
    "Crows walk near tall pines.",
    "Larks sing above wet meadows.",
    "Ducks swim across quiet ponds.",
    "Geese sleep beside old barns.",
    "Swans nest among green reeds.",
    "Herons stand inside shallow creeks.",
    "Owls look behind broken fences.",
    "Gulls land around empty piers.",
)


def candidate(article: Article, *quotes: str, kind: SourceKind = SourceKind.NONE, aside: bool = False) -> Candidate:
    words = Words(weights={w.strip(".").lower(): 1.0 for q in quotes for w in q.split()}, figures=frozenset())
    return Candidate(spans=tuple(spot(article, q) for q in quotes), kind=kind, words=words, aside=aside)


def ranked_first(article: Article, wanted: Candidate, *others: str) -> bool:
    """Whether the wanted claim, standing last, is among the three key ones."""
    candidates = [*(candidate(article, o) for o in others), wanted]
    return len(candidates) - 1 in choose_key_claims(article, candidates)


@pytest.mark.parametrize(("claims", "keys"), [(0, 0), (2, 2), (3, 3), (5, 3), (8, 4), (10, 6), (40, 6)])
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
        "Sales fell 12 percent.",
        "The mayor denied it.",
        "Smoke caused the blackout.",
        "The council approved it.",
    ],
    ids=[
        "deaths",
        "crime",
        "wrongdoing",
        "an accusation",
        "money",
        "a figure",
        "a percentage",
        "an answer",
        "a cause",
        "a decision",
    ],
)
def test_grave_matters_accusations_money_figures_and_consequences_come_first(quote: str) -> None:
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


def test_a_claim_of_the_headline_comes_first_even_in_other_words() -> None:
    article = draft("# Birds come home", *PLAIN, "Rooks return.")
    told = candidate(article, "Rooks return.")
    both = Candidate(
        spans=(*told.spans, spot(article, "Birds come home")), kind=told.kind, words=told.words, aside=False
    )
    assert ranked_first(article, both, *PLAIN[3:7])


def test_the_first_sentences_of_the_body_come_before_later_ones() -> None:
    article = draft("# Birds", *PLAIN[:2], "Rooks return.", *PLAIN[2:])
    assert ranked_first(article, candidate(article, "Rooks return."), *PLAIN[3:7])


def test_what_is_like_the_first_sentences_comes_before_what_is_not() -> None:
    article = draft("# News", "Rooks returned to Tarn.", *PLAIN, "Rooks returned again.")
    assert ranked_first(article, candidate(article, "Rooks returned again."), *PLAIN[3:7])


def test_what_somebody_is_cited_for_comes_before_the_outlets_own_words() -> None:
    article = draft(*PLAIN, "Rooks return.")
    assert ranked_first(article, candidate(article, "Rooks return.", kind=SourceKind.NAMED_PERSON), *PLAIN[3:7])


@pytest.mark.parametrize(
    "first",
    [
        "Cranes had landed there before noon.",
        "Cranes often dance over dry fields.",
        "Cranes feel safe inside dry fields.",
        "“Cranes dance over some dry fields.”",
        "who feeds cranes over dry fields.",
    ],
    ids=["what had been before", "a general truth", "a feeling", "a bare quotation", "a subordinate clause"],
)
def test_background_feelings_and_fragments_come_last(first: str) -> None:
    article = draft(*PLAIN[:3], first, *PLAIN[3:])
    others = [candidate(article, q) for q in PLAIN[4:7]]
    assert choose_key_claims(article, [candidate(article, first), *others]) == {1, 2, 3}


def test_the_rest_of_a_sentence_comes_after_its_first_claim() -> None:
    article = draft(*PLAIN[:3], "Rooks return there, rain drips here.", *PLAIN[3:])
    quotes = ["Rooks return there", "rain drips here", *PLAIN[3:5]]
    assert 1 not in choose_key_claims(article, [candidate(article, q) for q in quotes])


def test_what_is_like_a_headline_that_states_no_claim_comes_first() -> None:
    article = draft("# Where do rooks nest?", *PLAIN, "Some rooks nested.")
    assert ranked_first(article, candidate(article, "Some rooks nested."), *PLAIN[5:8])


def test_what_shares_its_words_with_the_others_comes_first() -> None:
    article = draft(*PLAIN, "Herons land.")
    quotes = [PLAIN[6], PLAIN[4], PLAIN[5], PLAIN[7]]
    candidates = [*(candidate(article, q) for q in quotes), candidate(article, "Herons land.")]
    assert choose_key_claims(article, candidates) == {2, 3, 4}


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (SourceKind.DOCUMENT, SourceKind.NAMED_PERSON),
        (SourceKind.NAMED_PERSON, SourceKind.ANONYMOUS),
        (SourceKind.ANONYMOUS, SourceKind.NONE),
    ],
)
def test_the_more_checkable_the_source_the_sooner_it_is_checked(better: SourceKind, worse: SourceKind) -> None:
    article = draft(*PLAIN)
    candidates = [candidate(article, q, kind=worse) for q in PLAIN[3:6]]
    assert 3 in choose_key_claims(article, [*candidates, candidate(article, PLAIN[6], kind=better)])


def test_a_full_sentence_comes_before_a_stub() -> None:
    article = draft(*PLAIN, "Rooks return with their young ones over the long northern mountain road every spring.")
    full = "Rooks return with their young ones over the long northern mountain road every spring"
    assert ranked_first(article, candidate(article, full), *PLAIN[3:7])


def test_an_aside_comes_last() -> None:
    article = draft(*PLAIN)
    candidates = [candidate(article, q) for q in PLAIN[4:7]]
    first = candidate(article, PLAIN[3], aside=True)
    assert choose_key_claims(article, [first, *candidates]) == {1, 2, 3}


def test_of_equals_the_earlier_one_is_key() -> None:
    article = draft(*PLAIN)
    assert choose_key_claims(article, [candidate(article, q) for q in PLAIN[3:7]]) == {0, 1, 2}
