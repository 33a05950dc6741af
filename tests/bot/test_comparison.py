"""Two reports on two versions of one article: which claims are the same, and what became of the others."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.comparison import Changes, compare
from bot.document import Role, Span
from bot.report import Claim, Directness, Engine, Grade, Report, SourceKind, Summary
from tests.report_samples import seed_report, text_document


def report_of(*claims: tuple[str, int], before: str = "") -> Report:
    """A report on a text of these sentences, each a claim with a grade; `before` stands in front and moves them."""
    text, found = before, []
    for number, (sentence, grade) in enumerate(claims, start=1):
        start = len(text)
        text += sentence + " "
        found.append(claim(f"c{number}", sentence, Span(start=start, end=start + len(sentence)), grade))
    summary = Summary(line="", claims=len(found), bands=(), origins=0, safe_line="", missing=())
    return Report(
        document=text_document(text),
        summary=summary,
        claims=tuple(found),
        attributions=(),
        flags=(),
        notes=(),
        engine=Engine(name="sample", version="0"),
    )


def claim(id_: str, words: str, quote: Span, grade: int) -> Claim:
    return Claim(
        id=id_,
        claim=words,
        quote=quote,
        mentions=(),
        key=True,
        where=Role.BODY,
        chain=(),
        kind=SourceKind.NONE,
        directness=Directness.OWN_VOICE,
        hedges=(),
        hedged=False,
        grade=Grade(grade),
        reasons=(),
    )


def told(changes: Changes) -> tuple[list[str], list[str], list[tuple[str, int, int]]]:
    return (
        [claim.claim for claim in changes.appeared],
        [claim.claim for claim in changes.vanished],
        [(one.after.claim, int(one.before.grade), int(one.after.grade)) for one in changes.regraded],
    )


CLOSE = "The old bridge will close for repairs in May."
CRACKS = "Engineers found cracks in two of its pillars."
COST = "The repairs will cost 12 million dollars."


def test_the_same_report_has_no_changes() -> None:
    changes = compare(seed_report(), seed_report())
    assert told(changes) == ([], [], [])
    assert not changes.any


def test_a_claim_that_only_moved_is_the_same() -> None:
    moved = report_of((CRACKS, 2), (CLOSE, 3), before="A new first paragraph. ")
    assert not compare(report_of((CLOSE, 3), (CRACKS, 2)), moved).any


def test_claims_that_came_and_went_are_told_apart() -> None:
    changes = compare(report_of((CLOSE, 3), (CRACKS, 2)), report_of((CLOSE, 3), (COST, 0)))
    assert told(changes) == ([COST], [CRACKS], [])
    assert changes.any


def test_a_claim_with_another_grade_is_regraded_and_no_new_one() -> None:
    changes = compare(report_of((CLOSE, 1), (CRACKS, 2)), report_of((CLOSE, 4), (CRACKS, 2)))
    assert told(changes) == ([], [], [(CLOSE, 1, 4)])


@pytest.mark.parametrize(
    "reworded",
    [
        "The old bridge will be closed for repairs in May.",
        "The old bridge is going to close for repairs in May, officials said.",
        "the old bridge will close for repair in May",
        "The bridge, an old one, will close for repairs in May.",
    ],
)
def test_a_small_rewording_leaves_a_claim_the_same(reworded: str) -> None:
    before = report_of((CLOSE, 3), (CRACKS, 2), (COST, 1))
    assert not compare(before, report_of((reworded, 3), (CRACKS, 2), (COST, 1))).any


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (COST, "The repairs will cost 15 million dollars."),
        (CLOSE, "The old bridge will not close for repairs in May."),
        (CLOSE, "The old bridge won’t close for repairs in May."),
        (CRACKS, "Engineers found no cracks in any of its pillars."),
        (CLOSE, "The old town hall was sold to a bank."),
    ],
)
def test_another_figure_or_another_sense_is_another_claim(earlier: str, later: str) -> None:
    assert told(compare(report_of((earlier, 3)), report_of((later, 3)))) == ([later], [earlier], [])


def test_a_figure_that_is_added_or_left_out_is_no_other_claim() -> None:
    longer = "The repairs will cost 12 million dollars over 3 years."
    assert not compare(report_of((COST, 3)), report_of((longer, 3))).any


def test_each_claim_is_matched_once_and_the_most_alike_first() -> None:
    before = report_of(("The mayor resigned on Monday.", 3), ("The mayor resigned on Monday after the vote.", 1))
    after = report_of(("The mayor resigned on Monday after the vote.", 1))
    assert told(compare(before, after)) == ([], ["The mayor resigned on Monday."], [])


def test_claims_that_share_a_quote_are_matched_by_their_words() -> None:
    quote = Span(start=0, end=len(CLOSE))
    one, other = claim("c1", "The bridge will close.", quote, 3), claim("c2", "Repairs begin in May.", quote, 1)
    base = report_of((CLOSE, 3))
    before = dataclasses.replace(base, claims=(one, other))
    after = dataclasses.replace(base, claims=(dataclasses.replace(other, id="c1"), dataclasses.replace(one, id="c2")))
    assert not compare(before, after).any


def test_changes_come_in_the_order_of_the_text() -> None:
    changes = compare(report_of(), report_of((CLOSE, 3), (CRACKS, 2), (COST, 0)))
    assert told(changes)[0] == [CLOSE, CRACKS, COST]


_SENTENCES = st.lists(st.tuples(st.text(max_size=40), st.integers(min_value=0, max_value=5)), max_size=6)


@given(before=_SENTENCES, after=_SENTENCES)
def test_every_claim_is_accounted_for_whatever_the_texts(
    before: list[tuple[str, int]], after: list[tuple[str, int]]
) -> None:
    one, other = report_of(*before), report_of(*after)
    changes = compare(one, other)
    assert changes == compare(one, other)
    matched = len(one.claims) - len(changes.vanished)
    assert matched == len(other.claims) - len(changes.appeared)
    assert len(changes.regraded) <= matched
    assert not compare(one, one).any
