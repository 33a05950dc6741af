"""Overrules and feedback: added, taken back by a second entry, never changed."""

import asyncio

import pytest

from bot.errors import NotStored
from bot.report import Grade
from bot.store import Store
from bot.store.records import Overrule
from tests.bot.store.samples import ANN, BOB, SetClock, keep, request

pytestmark = pytest.mark.asyncio


async def test_an_overrule_says_who_when_and_why(store: Store, clock: SetClock) -> None:
    report_id = await keep(store, request())
    made = await store.reviews.overrule(
        report_id, claim_id="c1", grade=Grade.VAGUE, reason="The name is made up.", by=BOB
    )
    assert made == Overrule(
        id=made.id,
        report_id=report_id,
        claim_id="c1",
        grade=Grade.VAGUE,
        reason="The name is made up.",
        by=BOB,
        at=clock.now,
    )
    assert await store.reviews.overrules(report_id) == (made,)
    assert (await store.articles.load_report(report_id)).overrules == (made,)


async def test_undoing_is_an_entry_of_its_own_and_brings_back_the_one_before(store: Store, clock: SetClock) -> None:
    report_id = await keep(store, request())
    first = await store.reviews.overrule(report_id, claim_id="c1", grade=Grade.VAGUE, reason="one", by=BOB)
    clock.move(minutes=1)
    second = await store.reviews.overrule(report_id, claim_id="c1", grade=Grade.DESCRIBED, reason="two", by=ANN)
    other = await store.reviews.overrule(report_id, claim_id="c2", grade=Grade.VAGUE, reason="three", by=BOB)
    assert (await store.articles.load_report(report_id)).overrules == (second, other)
    clock.move(minutes=1)
    undone = await store.reviews.undo(report_id, by=ANN)
    assert (undone.id, undone.undone_by, undone.undone_at) == (second.id, ANN, clock.now)
    assert await store.reviews.overrules(report_id) == (first, undone, other)
    assert (await store.articles.load_report(report_id)).overrules == (first, other)


async def test_a_person_undoes_their_own_from_the_latest_on(store: Store) -> None:
    report_id = await keep(store, request())
    first = await store.reviews.overrule(report_id, claim_id="c1", grade=Grade.VAGUE, reason="one", by=ANN)
    second = await store.reviews.overrule(report_id, claim_id="c2", grade=Grade.VAGUE, reason="two", by=ANN)
    await store.reviews.overrule(report_id, claim_id="c2", grade=Grade.VAGUE, reason="three", by=BOB)
    assert [(await store.reviews.undo(report_id, by=ANN)).id for _ in range(2)] == [second.id, first.id]
    with pytest.raises(NotStored, match="nothing of yours to undo"):
        await store.reviews.undo(report_id, by=ANN)


async def test_one_undo_coming_four_times_at_once_takes_back_one_overrule(store: Store) -> None:
    report_id = await keep(store, request())
    await store.reviews.overrule(report_id, claim_id="c1", grade=Grade.VAGUE, reason="one", by=ANN)
    undone = await asyncio.gather(*(store.reviews.undo(report_id, by=ANN) for _ in range(4)), return_exceptions=True)
    assert sum(isinstance(each, Overrule) for each in undone) == 1
    assert sum(isinstance(each, NotStored) for each in undone) == 3


async def test_reviews_of_a_report_that_is_gone_are_refused(store: Store) -> None:
    with pytest.raises(NotStored):
        await store.reviews.overrule(7, claim_id="c1", grade=Grade.VAGUE, reason="one", by=ANN)
    with pytest.raises(NotStored):
        await store.reviews.feedback(7, reason="no use", by=ANN)
    assert await store.reviews.overrules(7) == ()
