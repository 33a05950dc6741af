"""Accepting requests once, whatever the platforms deliver how often."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import NotStored
from bot.store import Store, open_store
from bot.store.records import Acceptance, RequestRecord, RequestState, StoredFile
from tests.bot.store.samples import ANN, BOB, TENANT, SetClock, request

pytestmark = pytest.mark.asyncio

FULL = replace(
    request(thread="1.0", asker=BOB, whispered=True),
    message="see \0 the \ud800 attached",
    files=(StoredFile(name="one.pdf", data=b"\0\xff"), StoredFile(name="two.txt", data=b"")),
)


async def test_an_accepted_request_comes_back_as_it_was(store: Store) -> None:
    assert await store.requests.accept(FULL, keys=frozenset({"event 1"})) == Acceptance(id=FULL.id, fresh=True)
    loaded = await store.requests.load(FULL.id)
    assert loaded == replace(FULL, message="see \ufffd the \ufffd attached")


@pytest.mark.parametrize(
    "keys", [frozenset({"event 1"}), frozenset({"event 1", "client 9"}), frozenset({"event 2", "client 1"})]
)
async def test_any_known_key_leads_to_the_first_request(store: Store, keys: frozenset[str]) -> None:
    await store.requests.accept(request(), keys=frozenset({"event 1", "client 1"}))
    again = replace(request(), id="slack:T1:C1:another name of it")
    assert await store.requests.accept(again, keys=keys) == Acceptance(id=request().id, fresh=False)
    with pytest.raises(NotStored):
        await store.requests.load(again.id)


async def test_the_id_is_a_key_and_keys_that_come_later_are_kept(store: Store) -> None:
    await store.requests.accept(request(), keys=frozenset())
    await store.requests.accept(request(), keys=frozenset({"late"}))
    other = replace(request(), id="other")
    assert await store.requests.accept(other, keys=frozenset({"late"})) == Acceptance(id=request().id, fresh=False)


async def test_the_same_event_four_times_at_once_is_one_request(store: Store) -> None:
    """Each with a key that all share and one of its own, under different ids, as a message and its mention come."""
    events = [
        store.requests.accept(replace(request(), id=f"id {n % 2}"), keys=frozenset({"shared", f"own {n}"}))
        for n in range(4)
    ]
    accepted = await asyncio.gather(*events)
    assert sum(acceptance.fresh for acceptance in accepted) == 1
    assert len({acceptance.id for acceptance in accepted}) == 1
    assert await store.requests.open_ids() == (accepted[0].id,)


async def test_keys_that_overlap_in_a_ring_end_without_deadlock(store_url: str) -> None:
    """Four processes at once, each sharing one key with the next; every one is accepted or led to another."""

    async def accept(n: int) -> Acceptance:
        async with open_store(store_url) as other:
            keys = frozenset({f"key {n}", f"key {(n + 1) % 4}"})
            return await other.requests.accept(replace(request(), id=f"id {n}"), keys=keys)

    accepted = await asyncio.gather(*map(accept, range(4)))
    fresh = {acceptance.id for acceptance in accepted if acceptance.fresh}
    assert fresh
    assert {acceptance.id for acceptance in accepted} == fresh
    async with open_store(store_url) as store:
        assert set(await store.requests.open_ids()) == fresh


async def test_forty_requests_at_once_are_all_accepted(store: Store) -> None:
    accepted = await asyncio.gather(
        *(store.requests.accept(request(message=str(n)), keys=frozenset()) for n in range(40))
    )
    assert all(acceptance.fresh for acceptance in accepted)
    assert len(await store.requests.open_ids()) == 40


async def test_attempts_are_counted(store: Store) -> None:
    await store.requests.accept(request(), keys=frozenset())
    assert [await store.requests.begin(request().id) for _ in range(3)] == [1, 2, 3]
    assert (await store.requests.load(request().id)).attempts == 3


@pytest.mark.parametrize("state", [RequestState.ANSWERED, RequestState.FAILED, RequestState.CANCELLED])
async def test_a_finished_request_holds_nothing_that_was_asked(
    store: Store, clock: SetClock, state: RequestState
) -> None:
    await store.requests.accept(FULL, keys=frozenset())
    clock.move(minutes=1)
    await store.requests.finish(FULL.id, state=state, error="timeout")
    loaded = await store.requests.load(FULL.id)
    assert loaded == replace(FULL, message="", links=(), files=(), state=state, finished_at=clock.now)
    assert await store.requests.open_ids() == ()


async def test_a_final_state_is_never_overwritten(store: Store) -> None:
    await store.requests.accept(request(), keys=frozenset({"k"}))
    await store.requests.finish(request().id, state=RequestState.ANSWERED)
    await store.requests.finish(request().id, state=RequestState.FAILED)
    assert await store.requests.cancel("k") == request().id
    assert (await store.requests.load(request().id)).state is RequestState.ANSWERED


async def test_an_open_request_is_cancelled_by_any_key(store: Store) -> None:
    await store.requests.accept(request(), keys=frozenset({"k"}))
    assert await store.requests.cancel("unknown") is None
    assert await store.requests.cancel("k") == request().id
    assert (await store.requests.load(request().id)).state is RequestState.CANCELLED


async def test_the_line_is_kept_in_the_order_of_acceptance(store: Store, clock: SetClock) -> None:
    start = clock.now
    for message, minutes in (("b", 1), ("a", 1), ("late", 2), ("early", 0)):
        at = start + timedelta(minutes=minutes)
        await store.requests.accept(request(message=message, at=at), keys=frozenset())
    line = ["early", "a", "b", "late"]
    assert await store.requests.open_ids() == tuple(request(message=message).id for message in line)
    assert [await store.requests.ahead_of(request(message=message).id) for message in line] == [0, 1, 2, 3]
    before = await store.requests.open_ids(accepted_before=start + timedelta(minutes=1))
    assert before == (request(message="early").id,)
    await store.requests.finish(request(message="early").id, state=RequestState.ANSWERED)
    assert await store.requests.ahead_of(request(message="late").id) == 2


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 3),
        ({"channel": "C1"}, 2),
        ({"user": "U1"}, 2),
        ({"channel": "C1", "user": "U2"}, 1),
        ({"channel": "C3"}, 0),
    ],
)
async def test_requests_are_counted_by_tenant_channel_and_user(
    store: Store, clock: SetClock, asked: dict[str, str], count: int
) -> None:
    hour_ago = clock.now - timedelta(hours=1)
    counted: list[RequestRecord] = [
        request(message="1", at=hour_ago),
        request(message="2", asker=BOB),
        request(message="3", channel="C2", asker=ANN),
        request(message="4", tenant="slack:T2"),
        request(message="5", at=hour_ago - timedelta(seconds=1)),
    ]
    for each in counted:
        await store.requests.accept(each, keys=frozenset())
    assert await store.requests.count_since(hour_ago, tenant=TENANT, **asked) == count


async def test_what_was_never_accepted_is_said_to_be_gone(store: Store) -> None:
    with pytest.raises(NotStored, match="Ask again"):
        await store.requests.load("nothing")
    with pytest.raises(NotStored):
        await store.requests.begin("nothing")
    await store.requests.finish("nothing", state=RequestState.ANSWERED)
    assert await store.requests.ahead_of("nothing") == 0
