"""Settings of channels and tenants."""

import pytest

from bot.store import Store
from bot.store.records import AnswerWhere, AutoCheck, ChannelSettings, Detail, TenantSettings, Who
from tests.bot.store.samples import ANN, BOB, TENANT

pytestmark = pytest.mark.asyncio

CHANGED = ChannelSettings(
    auto_check=AutoCheck.LINKS, emoji="eyes", detail=Detail.FULL, hourly_cap=5, answer=AnswerWhere.PRIVATELY
)


async def test_where_nobody_set_anything_the_defaults_hold(store: Store) -> None:
    assert await store.channels.settings(TENANT, "C1") == ChannelSettings()
    assert await store.channels.tenant_settings(TENANT) == TenantSettings()


async def test_settings_hold_for_their_channel_and_tenant_alone(store: Store) -> None:
    await store.channels.save(TENANT, "C1", ChannelSettings(), by=ANN)
    await store.channels.save(TENANT, "C1", CHANGED, by=BOB)
    changed = TenantSettings(overrule_by=Who.ADMINS, settings_by=Who.EVERYONE)
    await store.channels.save_tenant(TENANT, TenantSettings(), by=ANN)
    await store.channels.save_tenant(TENANT, changed, by=BOB)
    assert await store.channels.settings(TENANT, "C1") == CHANGED
    assert await store.channels.tenant_settings(TENANT) == changed
    assert await store.channels.settings(TENANT, "C2") == ChannelSettings()
    assert await store.channels.settings("slack:T2", "C1") == ChannelSettings()
    assert await store.channels.tenant_settings("slack:T2") == TenantSettings()


async def test_channels_that_check_links_unasked_are_listed_by_platform(store: Store) -> None:
    for tenant, channel, auto_check in (
        ("slack:T1", "C2", AutoCheck.LINKS),
        ("slack:T1", "C1", AutoCheck.LINKS),
        ("slack:T1", "C3", AutoCheck.MENTIONS),
        ("discord:7", "1", AutoCheck.LINKS),
        ("slack2:T1", "C1", AutoCheck.LINKS),
    ):
        await store.channels.save(tenant, channel, ChannelSettings(auto_check=auto_check), by=ANN)
    assert await store.channels.with_auto_check("slack") == (("slack:T1", "C1"), ("slack:T1", "C2"))
