"""How the bot behaves in each channel and tenant, as people set it; the defaults where nobody did."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.access import Person
from bot.store.conditions import insert_into
from bot.store.database import Database
from bot.store.payloads import from_json, to_json
from bot.store.records import AutoCheck, ChannelSettings, TenantSettings
from bot.store.signing import signature
from bot.store.tables import channel_settings, tenant_settings


@dataclass(frozen=True, slots=True)
class Channels:
    """Settings by tenant and channel. Whether somebody may change them is decided by the caller."""

    database: Database
    clock: Callable[[], datetime]

    async def settings(self, tenant: str, channel: str) -> ChannelSettings:
        """The settings of a channel."""
        return (await self.settings_in(tenant, [channel]))[channel]

    async def settings_in(self, tenant: str, channels: Collection[str]) -> dict[str, ChannelSettings]:
        """The settings of each of these channels of a tenant."""
        statement = select(channel_settings.c.channel, channel_settings.c.payload).where(
            channel_settings.c.tenant == tenant, channel_settings.c.channel.in_(channels)
        )
        async with self.database.read() as connection:
            kept = {row.channel: row.payload for row in await connection.execute(statement)}
        return {
            channel: from_json(kept[channel], ChannelSettings) if channel in kept else ChannelSettings()
            for channel in channels
        }

    async def save(self, tenant: str, channel: str, settings: ChannelSettings, *, by: Person) -> None:
        """Store the settings of a channel."""
        row = self._row(settings, by) | {"auto_check": settings.auto_check}
        async with self.database.write() as connection:
            await connection.execute(
                insert_into(connection, channel_settings)
                .values(tenant=tenant, channel=channel, **row)
                .on_conflict_do_update(index_elements=["tenant", "channel"], set_=row)
            )

    async def tenant_settings(self, tenant: str) -> TenantSettings:
        """The settings of a tenant."""
        statement = select(tenant_settings.c.payload).where(tenant_settings.c.tenant == tenant)
        async with self.database.read() as connection:
            payload = (await connection.execute(statement)).scalar()
        return TenantSettings() if payload is None else from_json(payload, TenantSettings)

    async def save_tenant(self, tenant: str, settings: TenantSettings, *, by: Person) -> None:
        """Store the settings of a tenant."""
        row = self._row(settings, by)
        async with self.database.write() as connection:
            await connection.execute(
                insert_into(connection, tenant_settings)
                .values(tenant=tenant, **row)
                .on_conflict_do_update(index_elements=["tenant"], set_=row)
            )

    async def with_auto_check(self, platform: str) -> tuple[tuple[str, str], ...]:
        """Tenant and channel of every channel of the platform in which links are checked unasked."""
        statement = (
            select(channel_settings.c.tenant, channel_settings.c.channel)
            .where(channel_settings.c.auto_check == AutoCheck.LINKS)
            .where(channel_settings.c.tenant.startswith(f"{platform}:", autoescape=True))
            .order_by(channel_settings.c.tenant, channel_settings.c.channel)
        )
        async with self.database.read() as connection:
            return tuple((row.tenant, row.channel) for row in await connection.execute(statement))

    def _row(self, settings: ChannelSettings | TenantSettings, by: Person) -> dict[str, object]:
        return {"payload": to_json(settings), **signature(by, self.clock())}
