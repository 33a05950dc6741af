"""Documents and reports: kept once for each audience, found again, searched."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.access import Audience
from bot.errors import NotStored
from bot.report import Grade
from bot.store import Store
from bot.store.records import HistoryEntry, StoredReport
from tests.bot.store.samples import TENANT, URL, SetClock, document, keep, report_on, request, viewer
from tests.report_samples import seed_report

pytestmark = pytest.mark.asyncio

EVERYBODY = Audience(tenant=TENANT)


async def _save(
    store: Store, *, url: str | None = URL, title: str = "Harbour closed", outlet: str | None = None
) -> int:
    article = replace(document(url=url, title=title, text=f"{title}\nOlsen said so."), outlet=outlet)
    document_id = await store.articles.save_document(article, audience=EVERYBODY, public_link=True)
    return await store.articles.save_report(document_id, report_on(article))


async def test_a_report_comes_back_as_it_was_with_its_document(store: Store, clock: SetClock) -> None:
    report = seed_report()
    audience = Audience(tenant=TENANT, channel="C1", user="U1")
    document_id = await store.articles.save_document(report.document, audience=audience, public_link=False)
    report_id = await store.articles.save_report(document_id, report)
    assert await store.articles.load_document(document_id) == report.document
    assert await store.articles.load_report(report_id) == StoredReport(
        id=report_id,
        document_id=document_id,
        report=report,
        audience=audience,
        read_at=clock.now,
        checked_at=clock.now,
        public_link=False,
    )


@pytest.mark.parametrize("text", ["NUL \0 in it", "lone \ud800 surrogate", "\U0001f30a ‘wave’"])
async def test_any_text_keeps_every_code_point(store: Store, text: str) -> None:
    article = replace(document(url=f"https://news.example/{text}", title=text, text=text), outlet=text)
    document_id = await store.articles.save_document(article, audience=EVERYBODY, public_link=True)
    report_id = await store.articles.save_report(document_id, report_on(article))
    assert (await store.articles.load_report(report_id)).report == report_on(article)
    assert [entry.report_id for entry in await store.articles.search("", viewer=viewer())] == [report_id]


async def test_a_link_may_be_longer_than_an_index_admits(store: Store) -> None:
    url = "https://news.example/" + "harbour" * 2000
    report_id = await _save(store, url=url)
    found = await store.articles.latest_of_link(url, viewer=viewer())
    assert found is not None
    assert found.id == report_id
    assert found.report.document.url == url


async def test_the_same_text_read_again_is_the_same_document_renewed(store: Store, clock: SetClock) -> None:
    first = await store.articles.save_document(document(), audience=EVERYBODY, public_link=True)
    clock.move(hours=1)
    renewed = replace(document(), byline="By Mira Olsen")
    assert await store.articles.save_document(renewed, audience=EVERYBODY, public_link=True) == first
    assert (await store.articles.load_document(first)).byline == "By Mira Olsen"
    stored = await store.articles.load_report(await store.articles.save_report(first, report_on(renewed)))
    assert stored.read_at == clock.now


@pytest.mark.parametrize(
    "other",
    [
        (document(text="Harbour open\nIt is open again."), EVERYBODY),
        (document(url="https://news.example/other"), EVERYBODY),
        (document(url=None), EVERYBODY),
        (document(), Audience(tenant=TENANT, channel="C1")),
        (document(), Audience(tenant=TENANT, user="U1")),
        (document(), Audience(tenant="slack:T2")),
    ],
)
async def test_another_text_link_or_audience_is_another_document(store: Store, other: tuple[object, ...]) -> None:
    first = await store.articles.save_document(document(), audience=EVERYBODY, public_link=True)
    article, audience = other
    assert isinstance(audience, Audience)
    assert isinstance(article, type(document()))
    assert await store.articles.save_document(article, audience=audience, public_link=True) != first


async def test_the_same_document_saved_four_times_at_once_is_one(store: Store) -> None:
    saved = await asyncio.gather(
        *(store.articles.save_document(document(url=None), audience=EVERYBODY, public_link=False) for _ in range(4))
    )
    assert len(set(saved)) == 1
    checked = await asyncio.gather(*(store.articles.save_report(saved[0], report_on(document())) for _ in range(4)))
    assert len(set(checked)) == 1


async def test_a_document_has_one_report_of_each_engine_version(store: Store, clock: SetClock) -> None:
    article = document()
    document_id = await store.articles.save_document(article, audience=EVERYBODY, public_link=True)
    first = await store.articles.save_report(document_id, report_on(article, version="1.0"))
    clock.move(hours=1)
    assert await store.articles.save_report(document_id, report_on(article, version="1.0")) == first
    assert (await store.articles.load_report(first)).checked_at == clock.now
    newer = await store.articles.save_report(document_id, report_on(article, version="1.1"))
    assert newer != first
    found = await store.articles.latest_of_link(URL, viewer=viewer())
    assert found is not None
    assert found.id == newer


async def test_the_latest_of_a_link_is_the_one_read_last(store: Store, clock: SetClock) -> None:
    changed = document(text="Harbour closed\nThe harbour stays closed until Friday, said Mira Olsen.")
    first = await keep(store, request(message="1"))
    clock.move(hours=1)
    second = await keep(store, request(message="2"), article=changed)
    found = await store.articles.latest_of_link(URL, viewer=viewer())
    assert found is not None
    assert found.id == second
    clock.move(hours=1)
    await store.articles.mark_read((await store.articles.load_report(first)).document_id)
    found = await store.articles.latest_of_link(URL, viewer=viewer())
    assert found is not None
    assert found.id == first
    assert found.read_at == clock.now


async def test_a_link_read_before_the_window_is_not_found(store: Store, clock: SetClock) -> None:
    await keep(store, request())
    assert await store.articles.latest_of_link(URL, viewer=viewer(), since=clock.now) is not None
    later = clock.now + timedelta(microseconds=1)
    assert await store.articles.latest_of_link(URL, viewer=viewer(), since=later) is None
    assert await store.articles.latest_of_link("https://news.example/other", viewer=viewer()) is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [5, 4, 3, 2, 1]),
        ("HARBOUR", [1]),
        ("ærø ferry", [2]),
        ("ferry ærø", [2]),
        ("ferry train", []),
        ("news.example/b", [2]),
        ("daily", [3]),
        ("DAILY  träume", [3]),
        ("100%", [4]),
        ("%", [4]),
        ("_", [5]),
        ("\\", []),
        ("straße", [3]),
        ("\0", []),
    ],
)
async def test_a_search_looks_for_words_in_title_link_and_outlet(
    store: Store, clock: SetClock, query: str, found: list[int]
) -> None:
    saved = {}
    for number, (title, url, outlet) in enumerate(
        [
            ("Harbour closed", "https://news.example/a", None),
            ("Ferry to Ærø", "https://news.example/b", None),
            ("Träume auf der Strasse", "https://blatt.example/c", "The Daily Blatt"),
            ("Prices rise 100%", None, None),
            ("A snake_case title", None, None),
        ],
        start=1,
    ):
        saved[await _save(store, title=title, url=url, outlet=outlet)] = number
        clock.move(minutes=1)
    entries = await store.articles.search(query, viewer=viewer())
    assert [saved[entry.report_id] for entry in entries] == found


async def test_an_entry_of_the_history_says_what_was_found(store: Store, clock: SetClock) -> None:
    article = replace(document(), outlet="The Harbour News")
    document_id = await store.articles.save_document(article, audience=EVERYBODY, public_link=True)
    report_id = await store.articles.save_report(document_id, report_on(article, grade=Grade.FIRST_HAND))
    assert await store.articles.search("", viewer=viewer()) == (
        HistoryEntry(
            report_id=report_id,
            title="Harbour closed",
            url=URL,
            outlet="The Harbour News",
            checked_at=clock.now,
            grades=(1, 0, 0, 0, 1, 0),
        ),
    )


async def test_a_history_ends_at_its_limit(store: Store) -> None:
    for number in range(4):
        await _save(store, url=f"https://news.example/{number}")
    entries = await store.articles.search("", viewer=viewer(), limit=3)
    assert [entry.url for entry in entries] == [f"https://news.example/{number}" for number in (3, 2, 1)]


async def test_what_is_not_there_is_said_to_be_gone(store: Store) -> None:
    for missing in (
        store.articles.load_document(7),
        store.articles.load_report(7),
        store.articles.save_report(7, report_on(document())),
        store.articles.mark_read(7),
        store.articles.save_document(document(), audience=EVERYBODY, public_link=True, request_id="gone"),
    ):
        with pytest.raises(NotStored):
            await missing
