"""Installations: tokens are encrypted where they lie, and states are used once."""

import asyncio
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.errors import NotStored, StoreKeyMissing
from bot.store import Store, open_store
from bot.store.records import Installation
from tests.bot.store.samples import KEY, SetClock, read_files

pytestmark = pytest.mark.asyncio

TOKEN = "xoxb-made-up-" + "0" * 400
INSTALLED = Installation(tenant="slack:T1", data=f'{{"bot_token": "{TOKEN}"}}', installed_at=SetClock().now)


async def test_an_installation_comes_back_and_the_latest_counts(store: Store) -> None:
    await store.installations.save(Installation(tenant="slack:T1", data="old", installed_at=SetClock().now))
    await store.installations.save(INSTALLED)
    await store.installations.save(Installation(tenant="discord:7", data="{}", installed_at=SetClock().now))
    assert await store.installations.load("slack:T1") == INSTALLED
    assert await store.installations.tenants("slack") == ("slack:T1",)
    await store.installations.delete("slack:T1")
    await store.installations.delete("slack:T1")
    assert await store.installations.tenants("slack") == ()
    with pytest.raises(NotStored, match="not installed"):
        await store.installations.load("slack:T1")


async def test_no_token_is_written_as_it_is(tmp_path: Path) -> None:
    async with open_store(f"sqlite:///{tmp_path / 'a.db'}", key=KEY) as store:
        await store.installations.save(INSTALLED)
    written = read_files(tmp_path)
    assert b"slack:T1" in written
    assert b"xoxb" not in written
    assert TOKEN not in repr(INSTALLED)
    assert KEY not in repr(store)


@pytest.mark.parametrize("key", [None, "", Fernet.generate_key().decode()], ids=["none", "empty", "another"])
async def test_without_the_key_they_were_encrypted_with_tokens_stay_closed(store_url: str, key: str | None) -> None:
    async with open_store(store_url, key=KEY) as store:
        await store.installations.save(INSTALLED)
    async with open_store(store_url, key=key) as store:
        with pytest.raises(StoreKeyMissing, match="key"):
            await store.installations.load("slack:T1")
        assert await store.installations.tenants("slack") == ("slack:T1",)


async def test_a_new_key_in_front_of_the_old_one_reads_what_the_old_one_wrote(store_url: str) -> None:
    new = Fernet.generate_key().decode()
    async with open_store(store_url, key=KEY) as store:
        await store.installations.save(INSTALLED)
    async with open_store(store_url, key=f"{new}, {KEY}") as store:
        await store.installations.save(await store.installations.load("slack:T1"))
    async with open_store(store_url, key=new) as store:
        assert await store.installations.load("slack:T1") == INSTALLED


async def test_a_key_that_is_none_is_refused_at_once_and_not_repeated() -> None:
    with pytest.raises(StoreKeyMissing) as refused:
        async with open_store("sqlite://", key="hunter2"):
            pass
    assert "hunter2" not in refused.value.message


async def test_a_state_is_good_once_until_it_expires(store: Store, clock: SetClock) -> None:
    state, late = await store.installations.issue_state(600), await store.installations.issue_state(600)
    assert state != late
    used = await asyncio.gather(*(store.installations.use_state(state) for _ in range(4)))
    assert sorted(used) == [False, False, False, True]
    clock.move(minutes=10)
    assert not await store.installations.use_state(late)
    assert not await store.installations.use_state("made up")
