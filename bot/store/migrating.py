"""Bringing the tables up to this version, on every start."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.errors import StoreTooNew
from bot.store.database import Database

_MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = 0x636C61696D  # "claim": the Postgres advisory lock under which one process migrates and the others wait


async def migrate(database: Database) -> None:
    """Bring the tables to this version, in one transaction. Raises StoreTooNew, StoreUnavailable.

    Processes that start together wait for each other: SQLite's write lock and an advisory lock on Postgres see to it.
    """
    async with database.write() as connection:
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        await connection.run_sync(upgrade)


def upgrade(connection: Connection, *, to: str = "head") -> None:
    """Migrate upwards on an open connection; StoreTooNew where the tables are of a version unknown to this one."""
    config = configure(connection)
    scripts = ScriptDirectory.from_config(config)
    present = set(MigrationContext.configure(connection).get_current_heads())
    if to == "head" and present == set(scripts.get_heads()):
        return
    known = {script.revision for script in scripts.walk_revisions()}
    if not known.issuperset(present):
        message = (
            "The database was written by a later version of claimcheck. Install that version (or a later one), or"
            " restore the backup that was made before the upgrade."
        )
        raise StoreTooNew(message)
    command.upgrade(config, to)


def configure(connection: Connection) -> Config:
    """Alembic's configuration for an open connection; there is no ini file."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
