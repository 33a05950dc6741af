"""The one visible answer: begun once, adopted after a crash, found again from its thread."""

import asyncio

import pytest

from bot.errors import NotStored
from bot.store import Store
from bot.store.records import Delivery
from tests.bot.store.samples import SetClock, document, keep, place, request, viewer

pytestmark = pytest.mark.asyncio

MARKER = "m" * 22
OTHER = document(text="Ferry late\nThe ferry is late, said Mira Olsen.")


async def test_a_delivery_begins_once_and_keeps_its_first_marker(store: Store) -> None:
    await store.requests.accept(request(), keys=frozenset())
    assert await store.deliveries.load(request().id) is None
    begun, fresh = await store.deliveries.begin(request().id, marker=MARKER, place=place(thread="1.0"))
    assert fresh
    assert begun == Delivery(
        request_id=request().id, marker=MARKER, place=place(thread="1.0"), message=None, revision=0, report_ids=()
    )
    assert await store.deliveries.begin(request().id, marker="n" * 22, place=place()) == (begun, False)


async def test_of_two_workers_that_begin_at_once_one_is_first(store: Store) -> None:
    await store.requests.accept(request(), keys=frozenset())
    begun = await asyncio.gather(
        *(store.deliveries.begin(request().id, marker=str(n) * 22, place=place()) for n in range(4))
    )
    assert sorted(fresh for _, fresh in begun) == [False, False, False, True]
    assert len({delivery.marker for delivery, _ in begun}) == 1


async def test_a_delivery_tells_its_post_its_revision_and_its_reports(store: Store) -> None:
    first = await keep(store, request(message="1"))
    second = await keep(store, request(message="2", tenant="slack:T2"))
    id_ = request(message="1").id
    assert await store.deliveries.revised(id_, report_ids=(second, first)) == 2
    delivery = await store.deliveries.load(id_)
    assert delivery is not None
    assert (delivery.message, delivery.revision, delivery.report_ids) == ("answer to 1", 2, (second, first))
    assert await store.deliveries.revised(id_, report_ids=()) == 3


@pytest.mark.parametrize(
    ("message", "thread", "expected"),
    [
        ("9", "1", "first"),  # a reply in the thread under the asking message
        ("9", "2", "second"),
        ("9", "answer to 1", "first"),  # a thread opened on our answer
        ("1", None, "first"),  # the asking message itself
        ("9", None, "second"),  # elsewhere in the channel: the latest there
        ("9", "8", "second"),
    ],
)
async def test_the_latest_reports_are_those_of_the_thread_else_of_the_channel(
    store: Store, clock: SetClock, message: str, thread: str | None, expected: str
) -> None:
    reports = {"first": await keep(store, request(message="1"))}
    clock.move(minutes=1)
    reports["second"] = await keep(store, request(message="2"), article=OTHER)
    found = await store.deliveries.latest_reports(place(message=message, thread=thread), viewer=viewer())
    assert found == (reports[expected],)


async def test_reports_of_an_answer_come_in_the_order_shown(store: Store) -> None:
    one = await keep(store, request(message="1"))
    two = await keep(store, request(message="2"), article=OTHER)
    await store.deliveries.revised(request(message="1").id, report_ids=(two, one, two))
    assert await store.deliveries.latest_reports(place(message="9", thread="1"), viewer=viewer()) == (two, one)


async def test_where_nothing_was_shown_there_is_nothing(store: Store) -> None:
    await keep(store, request(channel="C2"))
    assert await store.deliveries.latest_reports(place(), viewer=viewer()) == ()


async def test_a_request_forgotten_meanwhile_is_said_to_be_gone(store: Store) -> None:
    await store.requests.accept(request(), keys=frozenset())
    for gone in (
        store.deliveries.begin("gone", marker=MARKER, place=place()),
        store.deliveries.posted("gone", message="1"),
        store.deliveries.revised("gone", report_ids=()),
        store.deliveries.posted(request().id, message="1"),
    ):
        with pytest.raises(NotStored):
            await gone
    await store.deliveries.begin(request().id, marker=MARKER, place=place())
    with pytest.raises(NotStored):
        await store.deliveries.revised(request().id, report_ids=(7,))
    delivery = await store.deliveries.load(request().id)
    assert delivery is not None
    assert delivery.revision == 0
