"""The way of one document through a store: when it is fetched, when it is checked, who may have it."""

import dataclasses
from datetime import timedelta

import pytest

from bot.access import Audience, Person, Place, Reach
from bot.document import Document
from bot.errors import BadStatus, InputError, NotStored
from bot.report import Engine
from bot.store import Store
from handlers.checking import (
    MOST_LINKS,
    ReadOutcome,
    Source,
    Terms,
    audience_for,
    check_stored,
    find_again,
    find_sources,
    read_source,
    word_left_out,
    word_stored,
)
from handlers.commands import CheckAgain, CheckSources, CheckText
from handlers.reply import Card
from handlers.request import Attachment
from tests.handlers.newsroom import ANN, BOB, LINK, TENANT, Clock, Site, article, place, show, with_version

pytestmark = pytest.mark.asyncio

FRESH = timedelta(hours=24)
EVERYBODY = Audience(tenant=TENANT)
BRIDGE = article("The bridge will close in May [3].", "It is old [4].")
CHANGED = article("The bridge will close in May [1].", "It will cost 12 million dollars [0].")
OLD_ENGINE = Engine(name="claimcheck", version="0.0.1")


async def read(  # noqa: PLR0913 - one for each thing that tests vary
    site: Site,
    store: Store,
    *,
    source: Source | None = None,
    audience: Audience = EVERYBODY,
    channel: str = "C9",
    again: bool = False,
    request_id: str | None = None,
) -> ReadOutcome:
    return await read_source(
        source or Source(given=LINK, link=LINK),
        desk=site.desk(),
        store=store,
        terms=Terms(
            audience=audience,
            channel=audience.channel or channel,
            fresh_for=FRESH,
            again=again,
            request_id=request_id,
        ),
        now=store.articles.clock(),
    )


async def check(site: Site, store: Store, *, again: bool = False, audience: Audience = EVERYBODY) -> Card:
    """Read the link, check it where that is due, and word it."""
    outcome = await read(site, store, again=again, audience=audience)
    report_id = outcome.report_id or await check_stored(outcome.document_id, store=store, check=site.check)
    return await word_stored(report_id, store=store, source=Source(given=LINK, link=LINK), outcome=outcome)


def site_with(document: Document = BRIDGE) -> Site:
    return Site(pages={LINK: document})


async def test_a_link_is_fetched_checked_and_kept(store: Store) -> None:
    site = site_with()
    card = await check(site, store)
    assert (card.headline, card.stored, card.changes, card.given) == ("Bridge to close", "", (), LINK)
    assert card.report_id is not None
    assert (await store.articles.load_report(card.report_id)).report == card.report


async def test_a_link_that_was_checked_a_short_while_ago_is_answered_from_the_store(store: Store, clock: Clock) -> None:
    site = site_with()
    first = await check(site, store)
    clock.move(hours=23)
    second = await check(site, store)
    assert (site.fetched, len(site.checked)) == ([LINK], 1)
    assert second.report_id == first.report_id
    assert second.stored == "Checked on 24 November 2026 at 10:32 UTC; “check again” fetches it anew."


async def test_after_that_while_the_link_is_asked_for_again(store: Store, clock: Clock) -> None:
    site = site_with()
    await check(site, store)
    clock.move(hours=25)
    await check(site, store)
    assert site.fetched == [LINK, LINK]


async def test_asked_for_again_it_is_fetched_at_once_and_the_site_is_told_what_is_known(store: Store) -> None:
    site = site_with(with_version(BRIDGE, '"1"'))
    await check(site, store)
    card = await check(site, store, again=True)
    assert site.known == [None, with_version(BRIDGE, '"1"')]
    assert len(site.checked) == 1
    assert card.stored == "The page has not changed since it was checked on 24 November 2026 at 10:32 UTC."


async def test_a_page_that_was_fetched_anew_and_is_the_same_is_not_checked_twice(store: Store, clock: Clock) -> None:
    site = site_with()
    await check(site, store)
    clock.move(hours=30)
    card = await check(site, store)
    assert (len(site.fetched), len(site.checked)) == (2, 1)
    assert "has not changed" in card.stored
    clock.move(hours=20)
    assert "Checked on 25 November 2026" in (await check(site, store)).stored  # read again then, so still fresh


async def test_an_unchanged_page_counts_as_read_just_now(store: Store, clock: Clock) -> None:
    site = site_with(with_version(BRIDGE, '"1"'))
    await check(site, store)
    clock.move(hours=30)
    await check(site, store)
    clock.move(hours=20)
    await check(site, store)
    assert len(site.fetched) == 2


async def test_a_page_that_changed_is_checked_and_its_changes_are_told(store: Store, clock: Clock) -> None:
    site = site_with()
    await check(site, store)
    site.pages[LINK] = CHANGED
    clock.move(hours=1)
    card = await check(site, store, again=True)
    assert card.stored == "The page has changed since it was checked on 24 November 2026 at 10:32 UTC."
    assert card.changes == (
        "New claim c2, grade 0 (unsourced): “It will cost 12 million dollars”",
        "Claim c1 is now graded 1 (vague or second-hand), before 3 (on record): “The bridge will close in May”",
        "No longer there, before graded 4 (on record, first-hand): “It is old”",
    )


async def test_a_page_that_changed_in_no_claim_says_so(store: Store) -> None:
    site = site_with()
    await check(site, store)
    site.pages[LINK] = dataclasses.replace(BRIDGE, text=f"{BRIDGE.text}\nA new last line.")
    card = await check(site, store, again=True)
    assert card.stored.endswith("but its claims and their grades have not.")
    assert card.changes == ()


async def test_a_version_that_was_forgotten_meanwhile_costs_only_the_comparison(store: Store) -> None:
    site = site_with()
    await check(site, store)
    site.pages[LINK] = CHANGED
    outcome = await read(site, store, again=True)
    report_id = await check_stored(outcome.document_id, store=store, check=site.check)
    gone = dataclasses.replace(outcome, before=999)
    card = await word_stored(report_id, store=store, source=Source(given=LINK, link=LINK), outcome=gone)
    assert (card.stored, card.changes) == ("", ())


async def test_another_engines_report_is_made_anew_without_fetching(store: Store) -> None:
    await show(store, BRIDGE, engine=OLD_ENGINE)
    site = site_with()
    card = await check(site, store)
    assert (site.fetched, len(site.checked)) == ([], 1)
    assert card.report.engine != OLD_ENGINE


async def test_a_reading_by_another_engine_is_not_taken_for_known(store: Store) -> None:
    await show(store, with_version(BRIDGE, '"1"'), engine=OLD_ENGINE)
    site = site_with(with_version(BRIDGE, '"1"'))
    await read(site, store, again=True)
    assert site.known == [None]


async def test_a_link_that_leads_elsewhere_is_known_by_where_it_leads(store: Store) -> None:
    short = "https://short.example/b"
    site = Site(pages={LINK: BRIDGE, short: BRIDGE})
    await check(site, store)
    outcome = await read(site, store, source=Source(given=short, link=short))
    assert site.fetched == [LINK, short]
    assert outcome.unchanged
    assert outcome.report_id is not None


async def test_a_link_that_fails_raises_its_error_and_keeps_what_was_known(store: Store) -> None:
    site = site_with()
    card = await check(site, store)
    del site.pages[LINK]
    with pytest.raises(BadStatus):
        await read(site, store, again=True)
    assert card.report_id is not None
    await store.articles.load_report(card.report_id)


@pytest.mark.parametrize(
    "source",
    [
        Source(given="text", text="The bridge will close [3]."),
        Source(given="a.txt", file=Attachment(name="a.txt", data=b"Closed [2].")),
    ],
)
async def test_a_text_or_a_file_is_read_checked_and_kept(store: Store, source: Source) -> None:
    site = Site()
    outcome = await read(site, store, source=source, audience=Audience(tenant=TENANT, channel="C1"))
    report_id = await check_stored(outcome.document_id, store=store, check=site.check)
    card = await word_stored(report_id, store=store, source=source, outcome=outcome)
    assert (card.given, len(card.key), card.stored) == (source.given, 1, "")
    assert not (await store.articles.load_report(report_id)).public_link


class TestWhoMayHaveIt:
    """A stored report answers only where everybody who sees the answer may see it."""

    PUBLIC = EVERYBODY
    CHANNEL = Audience(tenant=TENANT, channel="C1")
    ANNS = Audience(tenant=TENANT, channel="C1", user="U1")

    @pytest.mark.parametrize(
        ("kept_for", "asked_for", "is_shared"),
        [
            (PUBLIC, PUBLIC, True),
            (PUBLIC, CHANNEL, True),
            (PUBLIC, ANNS, True),
            (CHANNEL, CHANNEL, True),
            (CHANNEL, ANNS, True),
            (CHANNEL, PUBLIC, False),
            (CHANNEL, Audience(tenant=TENANT, channel="C2"), False),
            (ANNS, ANNS, True),
            (ANNS, CHANNEL, False),
            (ANNS, PUBLIC, False),
            (ANNS, Audience(tenant=TENANT, channel="C1", user="U2"), False),
            (ANNS, Audience(tenant=TENANT, channel="C2", user="U1"), False),
            (PUBLIC, Audience(tenant="slack:T2"), False),
        ],
    )
    async def test_the_store_answers_within_the_audience(
        self, store: Store, kept_for: Audience, asked_for: Audience, *, is_shared: bool
    ) -> None:
        site = site_with(with_version(BRIDGE, '"1"'))
        await check(site, store, audience=kept_for)
        card = await check(site, store, audience=asked_for)
        assert (len(site.fetched) == 1) is is_shared
        assert bool(card.stored) is is_shared
        if not is_shared:
            assert site.known == [None, None]

    @pytest.mark.parametrize(
        ("source", "reach", "whispered", "audience"),
        [
            (Source(given=LINK, link=LINK), Reach.PUBLIC, False, PUBLIC),
            (Source(given=LINK, link=LINK), Reach.PUBLIC, True, ANNS),
            (Source(given=LINK, link=LINK), Reach.PRIVATE, False, CHANNEL),
            (Source(given=LINK, link=LINK), Reach.DIRECT, False, CHANNEL),
            (Source(given="text", text="..."), Reach.PUBLIC, False, CHANNEL),
            (Source(given="text", text="..."), Reach.PUBLIC, True, ANNS),
            (Source(given="a", file=Attachment(name="a", data=b"")), Reach.PUBLIC, False, CHANNEL),
        ],
    )
    async def test_only_public_links_in_public_channels_are_for_everybody(
        self, source: Source, reach: Reach, *, whispered: bool, audience: Audience
    ) -> None:
        asked = audience_for(source, place=place("C1", reach=reach), asker=ANN, whispered=whispered)
        assert asked == audience

    async def test_a_page_from_inside_the_newsroom_stays_in_the_channel_that_asked(self, store: Store) -> None:
        site = site_with(dataclasses.replace(BRIDGE, internal=True))
        outcome = await read(site, store, channel="C1")
        found = await store.articles.load_report(await check_stored(outcome.document_id, store=store, check=site.check))
        assert (found.audience, found.public_link) == (self.CHANNEL, False)
        assert (await read(site, store, channel="C1")).stored
        assert not (await read(site, store, channel="C2")).stored

    async def test_what_was_read_is_forgotten_with_whoever_asked(self, store: Store) -> None:
        (id_,) = await show(store, article("It rained [1].", url="https://news.example/rain"))
        found = await store.articles.load_report(id_)
        site = site_with()
        await read(site, store, request_id=f"{TENANT}:C1:1.1")
        gone = await store.keeping.forget(tenant=TENANT, user=ANN.id)
        assert gone.documents == 2
        with pytest.raises(NotStored):
            await store.articles.load_document(found.document_id)


class TestAgain:
    async def find(
        self,
        store: Store,
        command: CheckAgain,
        *,
        at: Place | None = None,
        asker: Person = ANN,
        privately: bool = False,
    ) -> CheckSources:
        at = at or place(message="2.2")
        return await find_again(command, store=store, place=at, asker=asker, privately=privately)

    async def test_the_links_last_checked_here_are_checked_again(self, store: Store) -> None:
        await show(store, BRIDGE, article("It rained [1].", url="https://news.example/rain"))
        assert await self.find(store, CheckAgain()) == CheckSources(
            files=(), links=(LINK, "https://news.example/rain"), again=True
        )

    async def test_a_named_report_is_checked_again(self, store: Store) -> None:
        (id_,) = await show(store, BRIDGE)
        assert (await self.find(store, CheckAgain(report=id_), at=place("C2"))).links == (LINK,)

    async def test_a_pasted_text_cannot_be_fetched(self, store: Store) -> None:
        await show(store, dataclasses.replace(BRIDGE, url=None))
        with pytest.raises(InputError, match="pasted text"):
            await self.find(store, CheckAgain())

    async def test_nothing_checked_here_is_said(self, store: Store) -> None:
        with pytest.raises(NotStored, match="no check here"):
            await self.find(store, CheckAgain())

    async def test_what_was_whispered_is_checked_again_for_the_asker_alone(self, store: Store) -> None:
        await show(store, BRIDGE, whispered=True)
        with pytest.raises(NotStored):
            await self.find(store, CheckAgain())
        with pytest.raises(NotStored):
            await self.find(store, CheckAgain(), asker=BOB, privately=True)
        assert (await self.find(store, CheckAgain(), privately=True)).links == (LINK,)


async def test_files_come_before_links_and_links_beyond_the_most_are_named() -> None:
    file = Attachment(name="a.txt", data=b"...")
    links = tuple(f"https://news.example/{number}" for number in range(MOST_LINKS + 1))
    command = CheckSources(files=(file,), links=links)
    sources = find_sources(command)
    assert [source.given for source in sources] == ["a.txt", *links[:MOST_LINKS]]
    (notice,) = word_left_out(command)
    assert links[-1] in notice.text


async def test_links_in_a_text_are_counted_and_not_opened() -> None:
    command = CheckText(text="A long text.", links=(LINK,))
    assert find_sources(command) == (Source(given="text", text="A long text.", links_left=1),)
    assert word_left_out(command) == ()
