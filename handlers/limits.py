"""How often the bot may be asked: by one person, and in one channel."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.errors import NotNow, NotStored
from handlers.request import Incoming
from handlers.waiting import word_limit

if TYPE_CHECKING:
    from bot.store import Store  # imports the database

_MINUTES = 60  # the window in which requests are counted

Count = Callable[[datetime], Awaitable[int]]


async def refuse_beyond(
    incoming: Incoming, *, store: "Store", user_hourly: int, channel_hourly: int, now: datetime
) -> None:
    """Raise NotNow for a request beyond what its asker or its channel may ask for in an hour.

    One that was accepted before is never refused: the platform merely delivers it again. Requests that arrive in the
    same instant do not see each other, so a burst may exceed a limit by its own width.
    """
    tenant, channel, user = incoming.place.tenant, incoming.place.channel, incoming.asker.id

    async def by_person(since: datetime) -> int:
        return await store.requests.count_since(since, tenant=tenant, user=user)

    async def in_channel(since: datetime) -> int:
        return await store.requests.count_since(since, tenant=tenant, channel=channel)

    for count, limit in ((by_person, user_hourly), (in_channel, channel_hourly)):
        if await count(now - timedelta(minutes=_MINUTES)) < limit:
            continue
        try:
            await store.requests.load(incoming.id)
        except NotStored as unknown:
            wait = await _find_wait(count, limit=limit, now=now)
            raise NotNow(word_limit(limit, wait=wait, by_person=count is by_person)) from unknown


async def _find_wait(count: Count, *, limit: int, now: datetime) -> timedelta:
    """In how many minutes one more is within the limit, provided that nothing else is asked for until then."""
    least, most = 1, _MINUTES
    while least < most:
        middle = (least + most) // 2
        if await count(now - timedelta(minutes=_MINUTES - middle)) < limit:
            most = middle
        else:
            least = middle + 1
    return timedelta(minutes=least)
