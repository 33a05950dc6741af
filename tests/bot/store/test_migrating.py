"""Migrations: up, down, up again; together; and never on tables of a later version."""

import asyncio

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.errors import StoreTooNew
from bot.store import open_store
from bot.store.database import connect
from bot.store.migrating import configure, upgrade
from bot.store.tables import metadata
from tests.bot.store.samples import keep, request, viewer

pytestmark = pytest.mark.asyncio


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


async def test_every_migration_goes_up_down_and_up_again(empty_url: str) -> None:
    def step_through(connection: Connection) -> None:
        config = configure(connection)
        revisions = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
        for revision in reversed(revisions):
            upgrade(connection, to=revision)
        assert _tables(connection) == set(metadata.tables)
        for _ in revisions:
            command.downgrade(config, "-1")
        assert _tables(connection) == set()
        upgrade(connection)
        assert _tables(connection) == set(metadata.tables)

    database = await connect(empty_url, patience=5)
    async with database.write() as connection:
        await connection.run_sync(step_through)
    await database.close()


async def test_the_migrations_make_what_the_tables_say(store_url: str) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "target_metadata": metadata}
        )
        return list(compare_metadata(context, metadata))

    async with open_store(store_url) as store, store.database.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_what_was_stored_is_there_after_the_next_start(store_url: str) -> None:
    async with open_store(store_url) as store:
        report_id = await keep(store, request())
    async with open_store(store_url) as store:
        assert (await store.articles.find_report(report_id, viewer=viewer())).id == report_id


async def test_processes_that_start_together_on_an_empty_database_all_start(empty_url: str) -> None:
    async def start() -> None:
        async with open_store(empty_url) as store:
            await store.ping()

    await asyncio.gather(*(start() for _ in range(5)))


async def test_tables_of_a_later_version_are_left_alone(empty_url: str) -> None:
    async with open_store(empty_url) as store, store.database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = 'of 2030'"))
    with pytest.raises(StoreTooNew, match="later version"):
        async with open_store(empty_url):
            pass
    database = await connect(empty_url, patience=5)
    async with database.read() as connection:
        assert (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar() == "of 2030"
    await database.close()
