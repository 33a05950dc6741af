"""The store as its users hold it: a few small repositories on one database."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import text

from bot.store.articles import Articles
from bot.store.channels import Channels
from bot.store.database import Database, connect
from bot.store.deliveries import Deliveries
from bot.store.installations import Installations, read_key
from bot.store.keeping import Keeping
from bot.store.migrating import migrate
from bot.store.requests import Requests
from bot.store.reviews import Reviews

Clock = Callable[[], datetime]

_PATIENCE = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """What outlives a process. Every method may raise StoreUnavailable: locked, full, unreachable."""

    requests: Requests
    articles: Articles
    deliveries: Deliveries
    channels: Channels
    reviews: Reviews
    installations: Installations
    keeping: Keeping
    database: Database

    async def ping(self) -> None:
        """Raises StoreUnavailable unless the database answers."""
        async with self.database.read() as connection:
            await connection.execute(text("SELECT 1"))


def utc_now() -> datetime:
    """The time, aware and in UTC."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_store(
    url: str, *, key: str | None = None, clock: Clock = utc_now, patience: float = _PATIENCE
) -> AsyncIterator[Store]:
    """The store at `sqlite:///path`, `sqlite://` (in memory) or `postgresql://…`, migrated to this version first.

    `key` encrypts tokens: one or several Fernet keys, separated by commas, the first encrypts. `patience`: seconds to
    wait for a lock or a free connection. Raises StoreUnavailable, StoreTooNew, StoreKeyMissing (no proper key).
    """
    cipher = read_key(key)
    database = await connect(url, patience=patience)
    try:
        await migrate(database)
        yield Store(
            requests=Requests(database, clock),
            articles=Articles(database, clock),
            deliveries=Deliveries(database, clock),
            channels=Channels(database, clock),
            reviews=Reviews(database, clock),
            installations=Installations(database, clock, cipher),
            keeping=Keeping(database, clock),
            database=database,
        )
    finally:
        await database.close()
