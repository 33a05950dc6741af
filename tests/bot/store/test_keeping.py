"""Forgetting deletes what was asked to be forgotten, all of it, and nothing else."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.access import Audience
from bot.errors import NotStored
from bot.report import Grade
from bot.store import Store, open_store
from bot.store.records import ChannelSettings, Forgotten, Installation, RequestState, StoredFile, TenantSettings
from tests.bot.store.samples import (
    ANN,
    BOB,
    TENANT,
    URL,
    SetClock,
    document,
    keep,
    read_files,
    report_on,
    request,
    viewer,
)

pytestmark = pytest.mark.asyncio

OTHER = document(url="https://news.example/ferry", text="Ferry late\nThe ferry is late, said Mira Olsen.")
EVERYTHING = Forgotten(requests=1, documents=1, reports=1, deliveries=1)


async def _reports(store: Store, ids: list[int]) -> list[int]:
    left = []
    for id_ in ids:
        try:
            left.append((await store.articles.load_report(id_)).id)
        except NotStored:
            continue
    return left


async def test_a_link_is_forgotten_in_its_tenant_with_every_check_and_review_of_it(store: Store) -> None:
    public = await keep(store, request(message="1"))
    private = await keep(store, request(message="2", channel="C2"), audience=Audience(tenant=TENANT, channel="C2"))
    abroad = await keep(store, request(message="3", tenant="slack:T2"))
    other = await keep(store, request(message="4"), article=OTHER)
    await store.reviews.overrule(public, claim_id="c1", grade=Grade.VAGUE, reason="one", by=ANN)
    await store.reviews.undo(public, by=ANN)
    await store.reviews.feedback(private, reason="no use", by=ANN)
    assert await store.keeping.forget(tenant=TENANT, url=URL) == Forgotten(documents=2, reports=2, reviews=3)
    assert await _reports(store, [public, private, abroad, other]) == [abroad, other]
    delivery = await store.deliveries.load(request(message="1").id)
    assert delivery is not None
    assert delivery.report_ids == ()


async def test_a_channel_is_forgotten_with_its_requests_answers_and_settings(store: Store) -> None:
    shared = await keep(store, request(message="1"))
    await keep(store, request(message="1", channel="C2"))
    only_here = await keep(store, request(message="2"), article=OTHER)
    pasted = await keep(
        store,
        request(message="3"),
        article=document(url=None),
        audience=Audience(tenant=TENANT, channel="C1"),
        public_link=False,
    )
    await store.channels.save(TENANT, "C1", ChannelSettings(emoji="eyes"), by=ANN)
    await store.channels.save(TENANT, "C2", ChannelSettings(emoji="eyes"), by=ANN)
    forgotten = await store.keeping.forget(tenant=TENANT, channel="C1")
    assert forgotten == Forgotten(requests=3, documents=2, reports=2, deliveries=3, settings=1)
    assert await _reports(store, [shared, only_here, pasted]) == [shared]
    assert await store.channels.settings(TENANT, "C1") == ChannelSettings()
    assert await store.channels.settings(TENANT, "C2") == ChannelSettings(emoji="eyes")
    assert await store.requests.open_ids() == (request(channel="C2", message="1").id,)


async def test_a_document_in_a_channel_goes_with_it_though_nobody_knows_who_asked(store: Store) -> None:
    document_id = await store.articles.save_document(
        document(), audience=Audience(tenant=TENANT, channel="C1"), public_link=False
    )
    assert await store.keeping.forget(tenant=TENANT, channel="C1") == Forgotten(documents=1)
    with pytest.raises(NotStored):
        await store.articles.load_document(document_id)


async def test_a_user_is_forgotten_with_what_they_alone_asked_for_and_what_they_said(store: Store) -> None:
    theirs = await keep(store, request(message="1", asker=ANN))
    whispered = await keep(
        store,
        request(message="2", asker=ANN, whispered=True),
        audience=Audience(tenant=TENANT, channel="C1", user=ANN.id),
    )
    both = await keep(store, request(message="3", asker=ANN), article=OTHER)
    await keep(store, request(message="4", asker=BOB), article=OTHER)
    abroad = await keep(store, request(message="5", asker=ANN, tenant="slack:T2"))
    await store.reviews.overrule(both, claim_id="c1", grade=Grade.VAGUE, reason="one", by=ANN)
    kept = await store.reviews.overrule(both, claim_id="c1", grade=Grade.DESCRIBED, reason="two", by=BOB)
    await store.reviews.overrule(abroad, claim_id="c1", grade=Grade.VAGUE, reason="three", by=ANN)
    await store.channels.save(TENANT, "C1", ChannelSettings(emoji="eyes"), by=ANN)
    forgotten = await store.keeping.forget(tenant=TENANT, user=ANN.id)
    assert forgotten == Forgotten(requests=3, documents=2, reports=2, deliveries=3, reviews=1)
    assert await _reports(store, [theirs, whispered, both, abroad]) == [both, abroad]
    assert await store.reviews.overrules(both) == (kept,)
    assert len(await store.reviews.overrules(abroad)) == 1
    assert await store.channels.settings(TENANT, "C1") == ChannelSettings(emoji="eyes")
    exported = [line async for line in store.keeping.export(TENANT)]
    assert not [line for line in exported if "Ann" in line or '"U1"' in line]


async def test_a_report_shown_to_somebody_else_from_the_store_stays_theirs(store: Store) -> None:
    """Bob's request read nothing: it was answered with the report on what Ann's had read."""
    report_id = await keep(store, request(message="1", asker=ANN))
    answered = request(message="2", asker=BOB)
    await store.requests.accept(answered, keys=frozenset())
    await store.deliveries.begin(answered.id, marker="m" * 22, place=answered.place)
    await store.deliveries.revised(answered.id, report_ids=(report_id,))
    assert await store.keeping.forget(tenant=TENANT, user=ANN.id) == Forgotten(requests=1, deliveries=1)
    assert await _reports(store, [report_id]) == [report_id]
    assert await store.keeping.forget(tenant=TENANT, user=BOB.id) == EVERYTHING


@pytest.mark.parametrize(
    ("asked", "forgotten"),
    [
        ({"channel": "C1", "user": "U1"}, EVERYTHING),
        ({"channel": "C1", "user": "U1", "url": URL}, Forgotten(documents=1, reports=1)),
        ({"channel": "C2", "user": "U1", "url": URL}, Forgotten()),
        ({"channel": "C1", "user": "U2", "url": URL}, Forgotten()),
        ({"channel": "C1", "url": OTHER.url}, Forgotten()),
        ({"user": "U2", "url": OTHER.url}, Forgotten(documents=1, reports=1)),
        ({"channel": ""}, Forgotten()),
        ({"user": ""}, Forgotten()),
    ],
)
async def test_what_is_given_narrows_down_together(store: Store, asked: dict[str, str], forgotten: Forgotten) -> None:
    await keep(store, request(message="1", asker=ANN))
    await keep(store, request(message="1", asker=BOB, channel="C2"), article=OTHER)
    await store.channels.save(TENANT, "C1", ChannelSettings(emoji="eyes"), by=ANN)
    assert await store.keeping.forget(tenant=TENANT, **asked) == forgotten
    assert await store.channels.settings(TENANT, "C1") == ChannelSettings(emoji="eyes")


async def test_a_tenant_is_forgotten_with_everything(store: Store) -> None:
    for tenant in (TENANT, "slack:T2"):
        await keep(store, request(tenant=tenant))
        await store.channels.save(tenant, "C1", ChannelSettings(emoji="eyes"), by=ANN)
        await store.channels.save_tenant(tenant, TenantSettings(), by=ANN)
        await store.installations.save(Installation(tenant=tenant, data="{}", installed_at=SetClock().now))
    assert await store.keeping.forget(tenant=TENANT) == replace(EVERYTHING, settings=2, installations=1)
    assert [line async for line in store.keeping.export(TENANT)] == []
    assert (await store.keeping.forget(tenant=TENANT)).total == 0
    assert (await store.keeping.forget(tenant="slack:T2")).total == 7


async def test_what_is_older_than_a_moment_goes_and_settings_and_installations_stay(
    store: Store, clock: SetClock
) -> None:
    old = await keep(store, request(message="1", at=clock.now))
    renewed = await keep(store, request(message="2", at=clock.now), article=OTHER)
    await store.reviews.feedback(old, reason="no use", by=ANN)
    await store.channels.save(TENANT, "C1", ChannelSettings(emoji="eyes"), by=ANN)
    await store.installations.save(Installation(tenant=TENANT, data="{}", installed_at=clock.now))
    clock.move(days=30)
    boundary = clock.now
    new = await keep(store, request(message="3", at=clock.now), article=OTHER)
    assert new == renewed
    newer = await store.articles.save_report(
        (await store.articles.load_report(new)).document_id, report_on(OTHER, version="1.1")
    )
    assert await store.keeping.forget_older(boundary - timedelta(days=30)) == Forgotten()
    forgotten = await store.keeping.forget_older(boundary)
    assert forgotten == Forgotten(requests=2, documents=1, reports=1, deliveries=2, reviews=1)
    assert await _reports(store, [old, new, newer]) == [new, newer]
    assert await store.channels.settings(TENANT, "C1") == ChannelSettings(emoji="eyes")
    assert await store.installations.tenants("slack") == (TENANT,)


async def test_what_is_old_is_deleted_of_one_tenant_where_one_is_named(store: Store, clock: SetClock) -> None:
    mine = await keep(store, request(message="1", at=clock.now))
    other = await keep(store, request(message="1", tenant="slack:T2", at=clock.now), article=OTHER)
    clock.move(days=30)
    forgotten = await store.keeping.forget_older(clock.now, tenant=TENANT)
    assert forgotten == Forgotten(requests=1, documents=1, reports=1, deliveries=1)
    assert await _reports(store, [mine, other]) == [other]
    assert (await store.requests.load(request(message="1", tenant="slack:T2").id)).place.tenant == "slack:T2"


async def test_the_report_of_an_older_engine_goes_when_it_is_old(store: Store, clock: SetClock) -> None:
    old = await keep(store, request())
    clock.move(days=30)
    stored = await store.articles.load_report(old)
    await store.articles.mark_read(stored.document_id)
    new = await store.articles.save_report(stored.document_id, report_on(document(), version="1.1"))
    assert (await store.keeping.forget_older(clock.now)).reports == 1
    assert await _reports(store, [old, new]) == [new]


async def test_more_than_one_batch_is_forgotten(store: Store) -> None:
    for number in range(450):
        await store.requests.accept(request(message=str(number)), keys=frozenset())
    assert await store.keeping.forget(tenant=TENANT) == Forgotten(requests=450)


async def test_a_forgotten_request_may_be_asked_again_and_no_number_is_used_twice(store: Store) -> None:
    first = await keep(store, request())
    await store.keeping.forget(tenant=TENANT)
    second = await keep(store, request())
    assert second > first
    with pytest.raises(NotStored):
        await store.articles.find_report(first, viewer=viewer())


async def test_nothing_of_what_was_forgotten_is_left_in_the_files(tmp_path: Path) -> None:
    """Text of an article long enough to lie on pages of its own, a pasted message, a file, a reason, a name."""
    secrets = [b"quaystone", b"bollardine", b"tidewrack", b"slipwayed", b"Harbourson"]
    article = document(text="Harbour\n" + "The quaystone was late, said Mira Olsen. " * 2000)
    asker = replace(ANN, name="Harbourson")
    asked = replace(
        request(asker=asker), message="bollardine " * 900, files=(StoredFile(name="a", data=b"tidewrack" * 2000),)
    )

    async with open_store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        report_id = await keep(store, asked, article=article)
        await store.reviews.overrule(report_id, claim_id="c1", grade=Grade.VAGUE, reason="slipwayed", by=asker)
        assert [secret for secret in secrets if secret not in read_files(tmp_path)] == []
        await store.keeping.forget(tenant=TENANT, user=ANN.id)
        assert [secret for secret in secrets if secret in read_files(tmp_path)] == []


async def test_what_came_with_a_finished_request_leaves_the_files_too(tmp_path: Path) -> None:
    asked = replace(request(), message="bollardine " * 900)
    async with open_store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        await store.requests.accept(asked, keys=frozenset())
        await store.requests.finish(asked.id, state=RequestState.ANSWERED)
    assert b"bollardine" not in read_files(tmp_path)
