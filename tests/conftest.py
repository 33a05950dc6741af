"""Databases for tests of the store and of what stands on it, on SQLite and on Postgres."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import open_store
from bot.store.tables import metadata
from tests.databases import Cluster, run_cluster


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A running Postgres, one for the whole session; skips where there is none."""
    with run_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Cluster) -> str:
    """The name of a database that holds the tables and nothing else."""

    async def migrate(url: str) -> None:
        async with open_store(url):
            pass

    name = postgres.create()
    asyncio.run(migrate(postgres.url(name)))
    return name


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables, on each kind of database in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'claimcheck.db'}"
        return
    cluster: Cluster = request.getfixturevalue("postgres")
    name = cluster.create()
    yield cluster.url(name)
    cluster.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database for a store, on each kind of database in turn; a test leaves the tables as they are."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'claimcheck.db'}"
        return
    cluster: Cluster = request.getfixturevalue("postgres")
    name: str = request.getfixturevalue("migrated_postgres")
    yield cluster.url(name)
    cluster.empty(name, tables=[table.name for table in reversed(metadata.sorted_tables)])
