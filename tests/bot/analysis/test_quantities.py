import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.quantities import Bound, Measure, Quantity, find_quantities
from bot.document import Span


def quantities(text: str) -> tuple[Quantity, ...]:
    return find_quantities(text, Span(start=0, end=len(text)))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The firm hired 1,250 clerks.", 1250, 1250),
        ("Twenty-five clerks left.", 25, 25),
        ("Two hundred and six clerks left.", 206, 206),
        ("Half a million people marched.", 500_000, 500_000),
        ("It cost 3.5 million.", 3_500_000, 3_500_000),
        ("It cost £12.9bn.", 12_900_000_000, 12_900_000_000),
        ("Between 300 and 400 people came.", 300, 400),
        ("Some 10-15 people came.", 10, 15),
        ("Three dozen boats sank.", 36, 36),
        ("Two-thirds of voters agree.", 200 / 3, 200 / 3),
        ("One in five children fell ill.", 20, 20),
        ("Sales grew 18-fold.", 18, 18),
    ],
)
def test_a_number_is_read_with_its_value(text: str, low: float, high: float) -> None:
    (found,) = quantities(text)
    assert (found.low, found.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("text", "bound", "hedged"),
    [
        ("40 boats sank", Bound.EXACT, False),
        ("more than 40 boats sank", Bound.AT_LEAST, False),
        ("at least 40 boats sank", Bound.AT_LEAST, False),
        ("up to 40 boats sank", Bound.AT_MOST, True),
        ("as many as 40 boats sank", Bound.AT_MOST, True),
        ("almost 40 boats sank", Bound.ABOUT, True),
        ("around 40 boats sank", Bound.ABOUT, True),
        ("possibly more than 40 boats sank", Bound.AT_LEAST, True),
        ("between 30 and 40 boats sank", Bound.RANGE, False),
        ("dozens of boats sank", Bound.VAGUE, False),
        ("several hundred boats sank", Bound.VAGUE, False),
    ],
)
def test_a_bound_and_a_hedge_before_a_number_are_told_apart(text: str, bound: Bound, hedged: bool) -> None:  # noqa: FBT001 # a column of the table
    (found,) = quantities(text)
    assert (found.bound, found.hedged) == (bound, hedged)


@pytest.mark.parametrize(
    ("text", "measure", "unit"),
    [
        ("It cost $40.", Measure.MONEY, "$"),
        ("It cost US$40.", Measure.MONEY, "$"),
        ("It cost 40 Canadian dollars.", Measure.MONEY, "$"),
        ("It fell 40 per cent.", Measure.PERCENT, "%"),
        ("It fell 40%.", Measure.PERCENT, "%"),
        ("It took 40 minutes.", Measure.TIME, "minute"),
        ("It flew 40 miles.", Measure.EXTENT, "mile"),
        ("It held 40 geese.", Measure.COUNT, ""),
    ],
)
def test_what_a_number_measures_is_read_from_its_sign_or_its_noun(text: str, measure: Measure, unit: str) -> None:
    (found,) = quantities(text)
    assert (found.measure, found.unit) == (measure, unit)


@pytest.mark.parametrize(
    "text",
    [
        "It closed in 2019.",
        "It closed on 4 May.",
        "It closed on Oct. 9, 2018.",
        "It closed at 4:30 p.m.",
        "Ann Lee, 51, closed it.",
        "The 8-year-old closed it.",
        "Pupils aged 12 to 17 closed it.",
        "They called 911.",
        "She watched Channel 4 and closed it.",
        "He came 6th.",
        "One of the boats sank.",
        "the 1990s were good",
    ],
)
def test_dates_ages_names_and_ordinals_are_no_quantities(text: str) -> None:
    assert quantities(text) == ()


def test_the_noun_counted_is_kept_without_number_and_the_span_covers_all_of_it() -> None:
    text = "He saw possibly more than 20 Ruritanian envoys and agents in town."
    (found,) = quantities(text)
    assert found.noun == ("ruritanian", "envoy", "agent")
    assert found.span.text_in(text) == "possibly more than 20 Ruritanian envoys and agents"


def test_only_numbers_inside_the_span_are_found() -> None:
    text = "10 boats and 20 geese"
    assert [q.low for q in find_quantities(text, Span(start=11, end=len(text)))] == [20]


def test_quantities_stand_in_text_order() -> None:
    found = quantities("It rose 5 percent, a third of it in 3 towns, for $7.")
    assert [q.span.start for q in found] == sorted(q.span.start for q in found)
    assert len(found) == 4


@pytest.mark.parametrize(
    "text", ["and " * 20_000, "one " * 20_000, "1," * 20_000, "$" * 20_000, "9" * 5_000, "1 in 0 x"]
)
def test_hostile_text_is_read_without_an_error(text: str) -> None:
    assert isinstance(quantities(text), tuple)


@given(st.text(alphabet=st.sampled_from("0123456789 .,-%$£tenoadhur milf"), max_size=60))
def test_whatever_the_text_spans_lie_inside_it(text: str) -> None:
    for found in quantities(text):
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert found.low <= found.high
