"""The shape of a chat adapter, so that one process can serve several of them with one service."""

from typing import Protocol

from bot.access import Person, Place
from bot.store.records import Acceptance
from handlers.commands import Puzzled, SayHelp, SayVersion, StoredCommand
from handlers.reply import Reply
from handlers.request import Incoming
from handlers.thread import Platform


class Answering(Protocol):
    """What an adapter asks of the service (handlers.service.Service, or a small stand-in)."""

    async def accept(self, incoming: Incoming) -> Acceptance:
        """Durable once it returns. NotNow where a cap is reached; StoreUnavailable means: do not acknowledge."""

    async def cancel(self, key: str) -> None:
        """The message that asked, known under any of its keys, was deleted."""

    async def act(
        self,
        command: StoredCommand | SayHelp | SayVersion | Puzzled,
        *,
        place: Place,
        asker: Person,
        privately: bool = True,
    ) -> Reply:
        """The answer to a button, a form or a private command, at once; raises ClaimcheckError.

        `privately`: nobody but the asker will see it.
        """


class ChatAdapter(Protocol):
    """One chat platform: created first, since the service is opened with its `platform`, then run."""

    @property
    def name(self) -> str:
        """What tenants of this platform start with: "slack", "discord"."""

    @property
    def platform(self) -> Platform:
        """Where the service posts; usable before and after `serve` runs."""

    @property
    def trouble(self) -> str:
        """What keeps it, right now, from what it runs for, in words; "" where nothing does.

        While it serves that is hearing people, while it only speaks it is posting; before and after there is trouble.
        """

    async def serve(self, service: Answering) -> None:
        """Connect and carry messages in until cancelled. Raises ClaimcheckError where it cannot (a wrong token)."""

    async def speak(self) -> None:
        """Be able to post until cancelled, and take nothing in: others do. Raises as `serve`."""
