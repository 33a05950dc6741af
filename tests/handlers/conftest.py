"""An open store in memory, with a clock that the test moves."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.store import Store, open_store
from tests.handlers.newsroom import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def store(clock: Clock) -> AsyncIterator[Store]:
    async with open_store("sqlite://", clock=clock) as opened:
        yield opened
