"""Getting an answer into a chat once: post, find again after a crash, edit at a measured pace, take back.

A platform gives no transactions: when we die between its taking a post and our noting so, nobody knows whether it
stands. So a row in the store says before every first post that there may be one, and every post carries a marker that
is made from the request's identity; who finds the row without a message looks for the marker first and adopts it.
"""

import hashlib
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.errors import LookupRefused, TryLater
from bot.store.records import Delivery, RequestRecord
from handlers.events import DeliveryDelayed, Observe
from handlers.persistence import Pace, persist
from handlers.reply import Reply
from handlers.thread import Thread

if TYPE_CHECKING:
    from bot.store import Deliveries  # imports the database

WHISPERED = "whispered"  # stands where the message's id would, for an answer that went to the asker alone

_BETWEEN_EDITS = 3.0  # seconds; platforms count edits
_MOST_TRIES = 20
_FIRST_WAIT = 1.0  # seconds, doubled up to
_LONGEST_WAIT = 300.0
_LONGEST_ASKED = 900.0  # a platform that asks for more patience than this is asked again all the same
_LOOK_AGAIN = (0.0, 2.0, 10.0, 30.0)  # seconds before each look for a marker, where looking is refused

logger = logging.getLogger(__name__)
T = TypeVar("T")


def marker_of(request_id: str) -> str:
    """What our post for this request carries: 22 letters and digits, the same every time."""
    return hashlib.sha256(request_id.encode()).hexdigest()[:22]


class Outlet(Protocol):
    """Where the answer to one request goes, and what may be shown there before it is ready."""

    async def place(self, reply: Reply) -> None:
        """Show this until the answer is ready, where that can be."""

    async def progress(self, reply: Reply) -> None:
        """Show this instead, unless something was shown a moment ago."""

    async def settle(self, reply: Reply) -> None:
        """Show the answer."""

    async def take_back(self) -> None:
        """Leave nothing to be seen, where that can be."""


class Patience:
    """Asks a platform again while it says that it may pass. Raises TryLater when it has not after `_MOST_TRIES`."""

    def __init__(self, *, platform: str, pace: Pace, observe: Observe) -> None:
        self._platform = platform
        self._pace = pace
        self._observe = observe

    async def keep_asking(self, call: Callable[[], Awaitable[T]]) -> T:
        """The call's result; what is asked must do no harm when it is done twice."""
        for tries in range(_MOST_TRIES - 1):
            try:
                return await call()
            except TryLater as error:
                await self.wait(error, tries=tries)
        return await call()

    async def wait(self, error: TryLater, *, tries: int) -> None:
        """Wait as long as the platform asks for, else longer every time."""
        growing = min(_FIRST_WAIT * 2**tries, _LONGEST_WAIT)
        seconds = growing if error.seconds is None else min(error.seconds, _LONGEST_ASKED)
        self._observe(DeliveryDelayed(platform=self._platform, seconds=seconds))
        await self._pace.sleep(seconds)


async def remove_post(delivery: Delivery, *, thread: Thread, patience: Patience) -> None:
    """Take the post of this delivery back, if it is known to stand."""
    message = delivery.message
    if message is not None and message != WHISPERED:
        await patience.keep_asking(lambda: thread.remove(message))


class ThreadPost:
    """The one post in the thread that answers a request: first a placeholder, edited into the answer."""

    def __init__(
        self, request: RequestRecord, *, thread: Thread, deliveries: "Deliveries", pace: Pace, patience: Patience
    ) -> None:
        self._request = request
        self._thread = thread
        self._deliveries = deliveries
        self._pace = pace
        self._patience = patience
        self._marker = marker_of(request.id)
        self._message: str | None = None
        self._shown_at = float("-inf")
        self._edited_at = float("-inf")

    async def place(self, reply: Reply) -> None:
        """Post the reply, unless our post stands already; CannotPost and TryLater as the platform has it."""
        delivery, fresh = await persist(
            lambda: self._deliveries.begin(self._request.id, marker=self._marker, place=self._request.place),
            pace=self._pace,
        )
        if delivery.message is not None:
            self._message = delivery.message
            return
        message = (None if fresh else await self._look()) or await self._post(reply)
        self._message, self._shown_at = message, self._pace.now()
        await persist(lambda: self._deliveries.posted(self._request.id, message=message), pace=self._pace)

    async def progress(self, reply: Reply) -> None:
        """Edit the post, unless it was posted or edited less than three seconds ago or the platform is in no mood."""
        now = self._pace.now()
        if self._message is None or now - max(self._shown_at, self._edited_at) < _BETWEEN_EDITS:
            return
        self._edited_at = now  # before the edit: of several who have something to say at once, one does
        try:
            await self._thread.edit(self._message, reply)
        except TryLater as error:  # the work must not wait for a word about the work; the answer will say it all
            self._edited_at = now + (error.seconds or 0.0)

    async def settle(self, reply: Reply) -> None:
        """Edit the post into the answer, three seconds after the edit before at the earliest; or post the answer."""
        if self._message is None:
            began = self._pace.now()
            await self.place(reply)
            if self._shown_at >= began:  # posted just now: it says what it should
                return
        if self._message is not None:
            await self._pace.sleep(max(0.0, self._edited_at + _BETWEEN_EDITS - self._pace.now()))
            message = self._message
            await self._patience.keep_asking(lambda: self._thread.edit(message, reply))
            self._edited_at = self._pace.now()

    async def take_back(self) -> None:
        """Remove the post, if there is one."""
        delivery = await persist(lambda: self._deliveries.load(self._request.id), pace=self._pace)
        if delivery is not None:
            await remove_post(delivery, thread=self._thread, patience=self._patience)
        elif self._message is not None:  # forgotten in the meantime, and our post with it
            message = self._message
            await self._patience.keep_asking(lambda: self._thread.remove(message))

    async def _post(self, reply: Reply) -> str:
        for tries in range(_MOST_TRIES - 1):
            try:
                return await self._thread.post(reply, marker=self._marker)
            except TryLater as error:
                await self._patience.wait(error, tries=tries)
                # A plain "too fast" was no post. A lost connection may have been one.
                found = await self._look() if error.seconds is None else None
                if found is not None:
                    return found
        return await self._thread.post(reply, marker=self._marker)

    async def _look(self) -> str | None:
        """Our post, if it can be found; where the platform keeps refusing to look, None, and it is posted again."""
        for wait in _LOOK_AGAIN:
            await self._pace.sleep(wait)
            try:
                return await self._thread.find(self._marker)
            except TryLater as error:
                await self._pace.sleep(min(error.seconds or 0.0, _LONGEST_WAIT))
            except LookupRefused:
                continue
        logger.warning("could not look for our post of request %s; posting again", self._request.id)
        return None


class PrivateWord:
    """An answer for the asker alone.

    What is whispered cannot be looked for and often not be edited, so nothing is shown before the answer is ready.
    The store notes before and after that it was whispered: after a crash between the two it is whispered again,
    since a second whisper to one person is the lesser evil than none.
    """

    def __init__(
        self, request: RequestRecord, *, thread: Thread, deliveries: "Deliveries", pace: Pace, patience: Patience
    ) -> None:
        self._request = request
        self._thread = thread
        self._deliveries = deliveries
        self._pace = pace
        self._patience = patience

    async def place(self, reply: Reply) -> None:
        """Nothing."""

    async def progress(self, reply: Reply) -> None:
        """Nothing."""

    async def settle(self, reply: Reply) -> None:
        """Whisper the answer, unless the store says that it was."""
        request = self._request
        delivery, _ = await persist(
            lambda: self._deliveries.begin(request.id, marker=marker_of(request.id), place=request.place),
            pace=self._pace,
        )
        if delivery.message is None:
            await self._patience.keep_asking(lambda: self._thread.whisper(request.asker.id, reply))
            await persist(lambda: self._deliveries.posted(request.id, message=WHISPERED), pace=self._pace)

    async def take_back(self) -> None:
        """Nothing: a whisper is gone with the next reload."""
