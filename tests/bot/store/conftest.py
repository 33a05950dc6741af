"""An open store on each kind of database, with a clock that the test moves."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.store import Store, open_store
from tests.bot.store.samples import KEY, SetClock


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest_asyncio.fixture
async def store(store_url: str, clock: SetClock) -> AsyncIterator[Store]:
    async with open_store(store_url, key=KEY, clock=clock) as opened:
        yield opened
