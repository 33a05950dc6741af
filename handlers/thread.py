"""What a chat platform must be able to do for the bot: four things in a thread, and taking a post back.

An adapter renders a `Reply` in its platform's idiom and raises the project's own errors: `TryLater` for what may pass
(rate limits, 5xx, a lost connection), `CannotPost` for what will not (archived channel, missing permission; its
message tells the reader the fix), `LookupRefused` where the platform does not let us search.
"""

from typing import Protocol

from bot.access import Place
from handlers.reply import Reply


class Thread(Protocol):
    """One thread of one platform, opened anew for every use; it holds nothing that must survive a crash."""

    async def post(self, reply: Reply, *, marker: str) -> str:
        """Post once, carrying the marker so that `find` finds it; the id of the message, opaque to us."""

    async def edit(self, message: str, reply: Reply) -> None:
        """Replace what an own message says. The same edit twice is the same as once."""

    async def find(self, marker: str) -> str | None:
        """The id of our own message that carries the marker, if it stands in the thread; may raise LookupRefused."""

    async def whisper(self, user: str, reply: Reply) -> None:
        """Tell one person, so that nobody else sees it: ephemeral where the platform can, by direct message else."""

    async def remove(self, message: str) -> None:
        """Take an own message back; one that is gone already is no error."""


class Platform(Protocol):
    """One connected chat platform."""

    def open_thread(self, place: Place) -> Thread:
        """The thread in which a request from this place is answered."""
