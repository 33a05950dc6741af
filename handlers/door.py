"""Where requests come in: those that arrive together are counted and stored together, so that none waits long.

A transaction for each would make the last of two hundred wait for the two hundred before it.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot.errors import ClaimcheckError
from bot.store.records import Acceptance, AnswerWhere, ChannelSettings, RequestRecord, StoredFile
from handlers.limits import count_for
from handlers.persistence import Pace
from handlers.request import Incoming

if TYPE_CHECKING:
    from bot.store import Store  # imports the database

_MOST_TOGETHER = 100


@dataclass(slots=True, kw_only=True)
class Door:
    """Accepts requests. The first is not kept waiting for others; those that come meanwhile go next, together."""

    store: "Store"
    user_hourly: int
    pace: Pace
    _waiting: list[tuple[Incoming, "asyncio.Future[Acceptance]"]] = field(default_factory=list)
    _work: "asyncio.Task[None] | None" = None

    async def accept(self, incoming: Incoming) -> Acceptance:
        """Store the request, or find that it came before. Raises NotNow and StoreUnavailable.

        One who gives up waiting may find later that it was stored all the same.
        """
        future: asyncio.Future[Acceptance] = asyncio.get_running_loop().create_future()
        self._waiting.append((incoming, future))
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._let_in())
        return await future

    async def _let_in(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:_MOST_TOGETHER], self._waiting[_MOST_TOGETHER:]
            batch = [(incoming, future) for incoming, future in batch if not future.done()]
            for (_, future), outcome in zip(batch, await self._try([one for one, _ in batch]), strict=True):
                if future.done():  # whoever asked has given up waiting
                    continue
                if isinstance(outcome, Acceptance):
                    future.set_result(outcome)
                else:
                    future.set_exception(outcome)

    async def _try(self, incomings: list[Incoming]) -> list[Acceptance | Exception]:
        """What becomes of each. A defect that one of them meets is met by it alone."""
        try:
            return await self._accept_together(incomings)
        except ClaimcheckError as error:
            return [error] * len(incomings)
        except Exception as error:  # noqa: BLE001 - handed to whoever brought the request
            if len(incomings) == 1:
                return [error]
            return [outcome for one in incomings for outcome in await self._try([one])]

    async def _accept_together(self, incomings: list[Incoming]) -> list[Acceptance | Exception]:
        now = self.pace.clock()
        outcomes: dict[int, Acceptance | Exception] = {}
        admitted: dict[int, RequestRecord] = {}
        for tenant in dict.fromkeys(one.place.tenant for one in incomings):
            theirs = [(number, one) for number, one in enumerate(incomings) if one.place.tenant == tenant]
            limits = await count_for(
                [one for _, one in theirs], tenant=tenant, store=self.store, user_hourly=self.user_hourly, now=now
            )
            for number, one in theirs:
                refusal = await limits.refusal_of(one)
                if refusal is not None:
                    outcomes[number] = refusal
                else:
                    admitted[number] = _record(one, settings=limits.settings[one.place.channel], now=now)
        accepted = await self.store.requests.accept_all(
            [(record, incomings[number].keys | {record.id}) for number, record in admitted.items()]
        )
        outcomes.update(zip(admitted, accepted, strict=True))
        return [outcomes[number] for number in range(len(incomings))]


def _record(incoming: Incoming, *, settings: ChannelSettings, now: datetime) -> RequestRecord:
    request = incoming.request
    return RequestRecord(
        id=incoming.id,
        place=incoming.place,
        asker=incoming.asker,
        message=request.message,
        links=request.links,
        files=tuple(StoredFile(name=file.name, data=file.data) for file in request.attachments),
        whispered=incoming.whispered or settings.answer is AnswerWhere.PRIVATELY,
        accepted_at=now,
    )
