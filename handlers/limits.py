"""How often the bot may be asked: by one person, and in one channel."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.errors import NotNow, NotStored
from bot.store.records import ChannelSettings
from handlers.request import Incoming
from handlers.waiting import word_limit

if TYPE_CHECKING:
    from bot.store import Store  # imports the database

_MINUTES = 60  # the window in which requests are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much was asked for in one tenant within the hour, and how much may be. Counts what it lets pass."""

    store: "Store"
    now: datetime
    user_hourly: int
    settings: Mapping[str, ChannelSettings]
    in_channel: Counter[str]
    by_user: Counter[str]
    let_pass: set[str] = field(default_factory=set)
    waits: dict[tuple[str | None, str | None], timedelta] = field(default_factory=dict)

    async def refusal_of(self, incoming: Incoming) -> NotNow | None:
        """Why the request is beyond what its asker or its channel may ask for in an hour; None where it is not.

        One that was accepted before is never refused: the platform merely delivers it again.
        """
        if incoming.id in self.let_pass:
            return None
        channel, user = incoming.place.channel, incoming.asker.id
        cap = self.settings[channel].hourly_cap
        by_person = self.by_user[user] >= self.user_hourly
        if by_person or self.in_channel[channel] >= cap:
            try:
                await self.store.requests.load(incoming.id)
            except NotStored:
                limit = self.user_hourly if by_person else cap
                wait = await self._find_wait(incoming, limit=limit, by_person=by_person)
                return NotNow(word_limit(limit, wait=wait, by_person=by_person))
            return None
        self.let_pass.add(incoming.id)
        self.by_user[user] += 1
        self.in_channel[channel] += 1
        return None

    async def _find_wait(self, incoming: Incoming, *, limit: int, by_person: bool) -> timedelta:
        """In how many minutes one more is within the limit, provided that nothing else is asked for until then."""
        tenant = incoming.place.tenant
        user, channel = (incoming.asker.id, None) if by_person else (None, incoming.place.channel)
        if (known := self.waits.get((user, channel))) is not None:  # where one is beyond it, more come with it
            return known
        least, most = 1, _MINUTES
        while least < most:
            middle = (least + most) // 2
            since = self.now - timedelta(minutes=_MINUTES - middle)
            if await self.store.requests.count_since(since, tenant=tenant, user=user, channel=channel) < limit:
                most = middle
            else:
                least = middle + 1
        self.waits[user, channel] = timedelta(minutes=least)
        return self.waits[user, channel]


async def count_for(
    incomings: list[Incoming], *, tenant: str, store: "Store", user_hourly: int, now: datetime
) -> Limits:
    """The limits for requests that arrive together in one tenant. Other processes' of the same moment are not seen."""
    channels = {incoming.place.channel for incoming in incomings}
    in_channel, by_user = await store.requests.count_each_since(
        now - timedelta(minutes=_MINUTES),
        tenant=tenant,
        channels=channels,
        users={incoming.asker.id for incoming in incomings},
    )
    settings = await store.channels.settings_in(tenant, channels)
    return Limits(
        store=store, now=now, user_hourly=user_hourly, settings=settings, in_channel=in_channel, by_user=by_user
    )
