"""Workspaces that installed the bot, their tokens encrypted, and the states of installations under way."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, MultiFernet
from sqlalchemy import delete, insert, literal, select, type_coerce

from bot.errors import NotStored, StoreKeyMissing
from bot.store.columns import Encrypted
from bot.store.conditions import digest, insert_into
from bot.store.database import Database
from bot.store.records import Installation
from bot.store.tables import installations, oauth_states


@dataclass(frozen=True, slots=True)
class Installations:
    """Installations by tenant. `save` and `load` need the key: StoreKeyMissing without it, or with another one."""

    database: Database
    clock: Callable[[], datetime]
    cipher: MultiFernet | None = field(default=None, repr=False)

    async def save(self, installation: Installation) -> None:
        """Store an installation, in place of an earlier one of the same tenant."""
        row = {
            "platform": installation.tenant.partition(":")[0],
            "data": literal(installation.data, self._encrypted()),
            "installed_at": installation.installed_at,
        }
        async with self.database.write() as connection:
            await connection.execute(
                insert_into(connection, installations)
                .values(tenant=installation.tenant, **row)
                .on_conflict_do_update(index_elements=["tenant"], set_=row)
            )

    async def load(self, tenant: str) -> Installation:
        """The installation of a tenant; NotStored where the bot is not installed."""
        statement = select(
            installations.c.tenant,
            type_coerce(installations.c.data, self._encrypted()).label("data"),
            installations.c.installed_at,
        ).where(installations.c.tenant == tenant)
        async with self.database.read() as connection:
            row = (await connection.execute(statement)).one_or_none()
        if row is None:
            message = "claimcheck is not installed there. Install it again."
            raise NotStored(message)
        return Installation(tenant=row.tenant, data=row.data, installed_at=row.installed_at)

    async def delete(self, tenant: str) -> None:
        """Forget the installation of a tenant; one that is gone already is no error."""
        async with self.database.write() as connection:
            await connection.execute(delete(installations).where(installations.c.tenant == tenant))
        await self.database.wipe()

    async def tenants(self, platform: str) -> tuple[str, ...]:
        """The tenants of a platform that installed the bot."""
        statement = select(installations.c.tenant).where(installations.c.platform == platform)
        async with self.database.read() as connection:
            return tuple((await connection.execute(statement.order_by(installations.c.tenant))).scalars())

    async def issue_state(self, seconds: int) -> str:
        """A random word that proves, once and for so many seconds, that an installation was begun by us."""
        state = secrets.token_urlsafe(32)
        now = self.clock()
        async with self.database.write() as connection:
            await connection.execute(delete(oauth_states).where(oauth_states.c.expires_at <= now))
            row = {"sha256": digest(state), "expires_at": now + timedelta(seconds=seconds)}
            await connection.execute(insert(oauth_states).values(row))
        return state

    async def use_state(self, state: str) -> bool:
        """Whether the word was issued by us, is not used up and has not expired; it is used up now."""
        statement = (
            delete(oauth_states).where(oauth_states.c.sha256 == digest(state)).returning(oauth_states.c.expires_at)
        )
        async with self.database.write() as connection:
            expires_at = (await connection.execute(statement)).scalar()
        return expires_at is not None and expires_at > self.clock()

    def _encrypted(self) -> Encrypted:
        if self.cipher is None:
            message = "Tokens are stored encrypted. Set the key that encrypts them."
            raise StoreKeyMissing(message)
        return Encrypted(self.cipher)


def read_key(key: str | None) -> MultiFernet | None:
    """The cipher of one or several Fernet keys, separated by commas; the first one encrypts. StoreKeyMissing."""
    keys = [part.strip() for part in (key or "").split(",") if part.strip()]
    try:
        return MultiFernet([Fernet(part) for part in keys]) if keys else None
    except ValueError as error:
        message = "The key that encrypts tokens is not one: it should be 32 random bytes in URL-safe base64."
        raise StoreKeyMissing(message) from error
