"""What was read in one place is not seen from another: every read that takes a viewer, against every other place."""

from collections.abc import Awaitable, Callable
from itertools import product

import pytest

from bot.access import Audience, Viewer
from bot.errors import NotStored
from bot.store import Store
from tests.bot.store.samples import URL, document, keep, place, report_on, request, viewer

pytestmark = pytest.mark.asyncio

TENANTS, CHANNELS, USERS = ("slack:T1", "slack:T2"), ("C1", "C2"), ("U1", "U2")
VIEWERS = [
    Viewer(tenant=t, channel=c, user=u, outside=o) for t, c, u, o in product(TENANTS, CHANNELS, USERS, (False, True))
]
AUDIENCES = [
    Audience(tenant="slack:T1", channel=channel, user=user) for channel, user in product((None, "C1"), (None, "U1"))
]


async def _find(store: Store, report_id: int, who: Viewer) -> bool:
    try:
        found = await store.articles.find_report(report_id, viewer=who)
    except NotStored:
        return False
    return found.id == report_id


async def _search(store: Store, report_id: int, who: Viewer) -> bool:
    return report_id in [entry.report_id for entry in await store.articles.search("harbour", viewer=who)]


async def _latest_of_link(store: Store, report_id: int, who: Viewer) -> bool:
    found = await store.articles.latest_of_link(URL, viewer=who)
    return found is not None and found.id == report_id


async def _latest_reports(store: Store, report_id: int, who: Viewer) -> bool:
    """From the very thread in which it was shown: even then only for those it is for."""
    return report_id in await store.deliveries.latest_reports(place(), viewer=who)


Read = Callable[[Store, int, Viewer], Awaitable[bool]]
READS: list[Read] = [_find, _search, _latest_of_link, _latest_reports]


@pytest.mark.parametrize("read", READS, ids=lambda read: read.__name__)
@pytest.mark.parametrize("audience", AUDIENCES, ids=lambda a: f"for {a.channel or 'all'} {a.user or 'all'}")
async def test_each_read_shows_a_report_to_its_audience_and_to_nobody_else(
    store: Store, read: Read, audience: Audience
) -> None:
    report_id = await keep(store, request(), audience=audience)
    seen = {who for who in VIEWERS if await read(store, report_id, who)}
    assert seen == {who for who in VIEWERS if audience.admits(who)}
    outside = {who for who in seen if who.outside}
    assert bool(outside) == (audience.channel is not None), "strangers see what was asked in their channel, no more"
    assert seen - outside


@pytest.mark.parametrize("read", READS, ids=lambda read: read.__name__)
async def test_the_same_article_for_two_audiences_is_two_reports(store: Store, read: Read) -> None:
    public = await keep(store, request(message="1.1"))
    private = await keep(store, request(message="1.1", channel="C1", tenant="slack:T2"))
    assert public != private
    assert not await read(store, private, viewer())
    assert not await read(store, public, viewer(tenant="slack:T2"))


async def test_a_private_check_does_not_hide_an_older_public_one(store: Store) -> None:
    """Else the private one would show itself by what is missing."""
    public = await keep(store, request(message="1"))
    await keep(store, request(message="2", channel="C2"), audience=Audience(tenant="slack:T1", channel="C2"))
    found = await store.articles.latest_of_link(URL, viewer=viewer())
    assert found is not None
    assert found.id == public
    assert await store.deliveries.latest_reports(place(message="9"), viewer=viewer()) == (public,)


async def test_what_was_whispered_to_one_is_not_the_latest_of_another(store: Store) -> None:
    """Though the report is of a public link, that she asked for it is hers."""
    hers = await keep(store, request(whispered=True))
    assert await store.deliveries.latest_reports(place(), viewer=viewer(user="U1")) == (hers,)
    assert await store.deliveries.latest_reports(place(), viewer=viewer(user="U2")) == ()


async def test_a_search_finds_words_of_the_article_itself_nowhere(store: Store) -> None:
    await keep(store, request())
    assert await store.articles.search("Olsen", viewer=viewer()) == ()


async def test_absent_and_not_allowed_are_told_in_the_same_words(store: Store) -> None:
    report_id = await keep(store, request())
    with pytest.raises(NotStored) as not_there:
        await store.articles.find_report(report_id + 1, viewer=viewer())
    with pytest.raises(NotStored) as not_for_them:
        await store.articles.find_report(report_id, viewer=viewer(tenant="slack:T2"))
    assert not_there.value.message == not_for_them.value.message


@pytest.mark.parametrize("name", ["", "%", "_", "C_"])
async def test_names_are_compared_and_never_matched_as_patterns(store: Store, name: str) -> None:
    document_id = await store.articles.save_document(
        document(), audience=Audience(tenant="slack:T1", channel="C1", user="U1"), public_link=False
    )
    report_id = await store.articles.save_report(document_id, report_on(document()))
    for who in (viewer(tenant=name), viewer(channel=name), viewer(user=name)):
        assert not await _find(store, report_id, who)
