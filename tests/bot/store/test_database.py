"""The databases themselves: how SQLite is set up, and what is said when a database cannot be used."""

import asyncio
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from traceback import format_exception

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.access import Audience
from bot.errors import StoreUnavailable
from bot.store import Store, open_store
from tests.bot.store.samples import TENANT, SetClock, document, keep, request, viewer
from tests.databases import Cluster

pytestmark = pytest.mark.asyncio

PATIENCE = 0.2


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def _make_unusable(path: Path, how: str) -> None:
    if how == "a folder":
        path.mkdir()
    elif how == "no database":
        path.write_text("This is no database, but a text of some length. " * 100)
    elif how == "in a file":
        path.parent.rmdir()
        path.parent.write_text("")


async def test_sqlite_is_set_up_to_lose_nothing(tmp_path: Path) -> None:
    async with open_store(f"sqlite:///{tmp_path / 'a.db'}", patience=12) as store:
        for engine in (store.database.reader, store.database.writer):
            async with engine.connect() as connection:
                found = {
                    name: (await connection.execute(text(f"PRAGMA {name}"))).scalar()
                    for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "secure_delete")
                }
            assert found == {
                "journal_mode": "wal",
                "synchronous": 2,
                "busy_timeout": 12_000,
                "foreign_keys": 1,
                "secure_delete": 1,
            }


async def test_a_new_file_and_its_folder_are_their_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.db"
    async with open_store(f"sqlite:///{path}") as store:
        await keep(store, request())
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in await asyncio.to_thread(_files, path.parent)}
    assert modes.keys() >= {"a.db", "a.db-wal"}
    assert set(modes.values()) == {0o600}


def _files(folder: Path) -> list[Path]:
    return [folder / file.name for file in folder.iterdir()]


async def test_a_store_in_memory_serves_many_at_once() -> None:
    async with open_store("sqlite://") as store:
        report_id = await keep(store, request())
        found = await asyncio.gather(*(store.articles.find_report(report_id, viewer=viewer()) for _ in range(20)))
        assert {each.id for each in found} == {report_id}


async def test_writers_wait_for_each_other_and_readers_for_nobody(store: Store) -> None:
    await keep(store, request())
    async with store.database.write() as connection:
        await connection.execute(text("UPDATE requests SET attempts = 7"))
        waiting = asyncio.create_task(store.requests.begin(request().id))
        assert (await store.requests.load(request().id)).attempts == 0
        await asyncio.sleep(0.05)
        assert not waiting.done()
    assert await waiting == 8


async def test_what_fails_half_way_leaves_nothing(store: Store) -> None:
    async def fail() -> None:
        async with store.database.write() as connection:
            await connection.execute(text("DELETE FROM requests"))
            raise RuntimeError

    await store.requests.accept(request(), keys=frozenset())
    with pytest.raises(RuntimeError):
        await fail()
    assert await store.requests.open_ids() == (request().id,)


async def test_a_locked_database_is_said_to_be_locked_and_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    async with open_store(f"sqlite:///{path}", patience=PATIENCE) as store:
        await store.requests.accept(request(), keys=frozenset())
        with _locked(path):
            with pytest.raises(StoreUnavailable, match="locked by another process"):
                await store.requests.begin(request().id)
            assert (await store.requests.load(request().id)).attempts == 0
            await store.ping()
        assert await store.requests.begin(request().id) == 1


async def test_a_full_disk_is_said_to_be_full(tmp_path: Path) -> None:
    async with open_store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        async with store.database.writer.connect() as connection:
            pages = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
            await connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        article = document(text="The harbour. " * 10_000)
        with pytest.raises(StoreUnavailable, match="disk that holds the database is full"):
            await store.articles.save_document(article, audience=Audience(tenant=TENANT), public_link=True)
        await store.ping()


@pytest.mark.parametrize(
    ("how", "words"),
    [("a folder", "cannot be opened"), ("in a file", "cannot be opened"), ("no database", "is not a database")],
)
async def test_a_file_that_cannot_be_one_is_named_in_plain_words(tmp_path: Path, how: str, words: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    _make_unusable(folder / "a.db", how)
    with pytest.raises(StoreUnavailable, match=words):
        async with open_store(f"sqlite:///{folder / 'a.db'}", patience=PATIENCE):
            pass


@pytest.mark.parametrize(
    "url",
    ["", "claimcheck.db", "mysql://reader:hunter2@host/name", "postgresql+asyncpg://host/name", "sqlite:claimcheck"],
)
async def test_another_kind_of_url_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(StoreUnavailable, match="DATABASE_URL should be like") as refused:
        async with open_store(url):
            pass
    assert "hunter2" not in refused.value.message


async def test_a_defect_in_a_query_is_no_unavailable_database(store: Store) -> None:
    with pytest.raises(Exception, match="no_such_table") as raised:
        async with store.database.read() as connection:
            await connection.execute(text("SELECT * FROM no_such_table"))
    assert not isinstance(raised.value, StoreUnavailable)


async def test_no_text_of_an_article_stands_in_an_error(store: Store) -> None:
    secret = "enidrallob"[::-1]  # backwards: a traceback repeats the lines of this file
    with pytest.raises(IntegrityError) as raised:
        async with store.database.write() as connection:
            await connection.execute(text("INSERT INTO requests (id) VALUES (:id)"), {"id": secret})
    assert "requests" in str(raised.value)
    assert secret not in "".join(format_exception(raised.value))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://claimcheck@/no_such_database?host={folder}", "does not exist"),
        ("postgresql://nobody@/postgres?host={folder}", "does not exist"),
        ("postgresql://claimcheck:hunter2@127.0.0.1:9/postgres", "does not answer"),
    ],
)
async def test_a_postgres_that_cannot_be_used_is_told_in_plain_words(postgres: Cluster, url: str, words: str) -> None:
    with pytest.raises(StoreUnavailable, match=words) as refused:
        async with open_store(url.format(folder=postgres.folder), patience=PATIENCE):
            pass
    assert "hunter2" not in refused.value.message


async def test_connections_that_were_cut_are_replaced(postgres: Cluster, migrated_postgres: str) -> None:
    name = postgres.create(template=migrated_postgres)

    async def cut_in_the_middle(store: Store) -> None:
        async with store.database.write() as connection:
            await connection.execute(text("UPDATE requests SET attempts = 7"))
            postgres.disconnect(name)
            await connection.execute(text("SELECT 1"))

    async with open_store(postgres.url(name)) as store:
        await store.requests.accept(request(), keys=frozenset())
        postgres.disconnect(name)
        assert await store.requests.begin(request().id) == 1
        with pytest.raises(StoreUnavailable, match="does not answer"):
            await cut_in_the_middle(store)
        assert (await store.requests.load(request().id)).attempts == 1
    postgres.drop(name)


async def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    naive = SetClock().now.replace(tzinfo=None)
    with pytest.raises(Exception, match="without a zone"):
        await store.requests.count_since(naive, tenant=TENANT)


async def test_times_are_kept_to_the_microsecond_in_utc(store: Store) -> None:
    at = datetime.fromisoformat("2026-03-02T01:02:03.000004+05:30")
    await store.requests.accept(request(at=at), keys=frozenset())
    loaded = (await store.requests.load(request().id)).accepted_at
    assert loaded == at
    assert loaded.isoformat() == "2026-03-01T19:32:03.000004+00:00"
