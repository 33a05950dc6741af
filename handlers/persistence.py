"""Patience with the store: locked or full for a while is no reason to give a request up."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from bot.errors import StoreUnavailable

_FIRST_WAIT = 0.5  # seconds, doubled up to
_LONGEST_WAIT = 8.0

logger = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How time passes, for whoever must tell it or wait; the tests bring their own.

    `clock` tells the time, aware and in UTC; `now` counts seconds and only runs forward.
    """

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep


async def persist(call: Callable[[], Awaitable[T]], *, pace: Pace, seconds: float = 90.0) -> T:
    """The result of a call to the store, which is tried again for at least `seconds` while it is unavailable.

    Raises StoreUnavailable when it still is after that, and at once whatever else the call raises. Every call of the
    store is one transaction, so that nothing is half done when it fails; those that count or append may, where a
    connection breaks at the moment of the commit, be done twice.
    """
    began, wait = pace.now(), _FIRST_WAIT
    while True:
        try:
            return await call()
        except StoreUnavailable:
            if pace.now() - began >= seconds:
                raise
            logger.warning("the store is unavailable; trying again in %.1f s", wait)
            await pace.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)
