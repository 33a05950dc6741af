"""A small stand-in for the service and the channels' settings, and replies to answer with."""

import asyncio
import hashlib
from typing import TYPE_CHECKING

from bot.access import Person, Place
from bot.errors import ClaimcheckError, ThreadError
from bot.store.records import Acceptance, AnswerWhere, AutoCheck, ChannelSettings, Delivery
from handlers.commands import ChangeSetting, Command, ShowSettings
from handlers.reply import Notice, Reply, SettingLine, SettingsSheet
from handlers.request import Incoming
from handlers.wording import word_error
from tests.adapters.chat.replies import seed_card

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.thread import Platform

PLACEHOLDER = Reply(parts=(Notice(text="Reading…"),))


class Clerk:
    """Accepts each request once, and answers it at once the way the service does: a post, then an edit."""

    def __init__(self) -> None:
        self.platform: Platform | None = None
        self.requests: dict[str, Incoming] = {}
        self.offered: list[Incoming] = []
        self.cancelled: list[str] = []
        self.acted: list[tuple[Command, Place, Person]] = []
        self.failures: list[ClaimcheckError] = []
        self.reply = Reply(parts=(seed_card(),))
        self.act_reply: Callable[[Command], Reply] = lambda _: Reply(parts=(Notice(text="Done."),))
        self.gate = asyncio.Event()
        self.gate.set()
        self.done: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def accept(self, incoming: Incoming) -> Acceptance:
        self.offered.append(incoming)
        if self.failures:
            raise self.failures.pop(0)
        known = next((self._keys[key] for key in incoming.keys if key in self._keys), None)
        if known is not None:
            return Acceptance(id=known, fresh=False)
        self._keys |= dict.fromkeys(incoming.keys, incoming.id)
        self.requests[incoming.id] = incoming
        task = asyncio.create_task(self._answer(incoming))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return Acceptance(id=incoming.id, fresh=True)

    async def cancel(self, key: str) -> None:
        self.cancelled.append(key)

    async def act(self, command: Command, *, place: Place, asker: Person, privately: bool = True) -> Reply:
        assert privately, "nothing that is answered at once is for others"
        self.acted.append((command, place, asker))
        if self.failures:
            raise self.failures.pop(0)
        return self.act_reply(command)

    async def load(self, request_id: str) -> Delivery | None:
        """As the store's deliveries have it."""
        if request_id not in self.requests:
            return None
        place, message = self.requests[request_id].place, self.done.get(request_id)
        return Delivery(
            request_id=request_id, marker=marker_of(request_id), place=place, message=message, revision=0, report_ids=()
        )

    async def close(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _answer(self, incoming: Incoming) -> None:
        assert self.platform is not None
        thread = self.platform.open_thread(incoming.place)
        try:
            if incoming.whispered:
                await self.gate.wait()
                await thread.whisper(incoming.asker.id, self.reply)
                self.done[incoming.id] = "whispered"
                return
            message = await thread.post(PLACEHOLDER, marker=marker_of(incoming.id))
            await self.gate.wait()
            await thread.edit(message, self.reply)
            self.done[incoming.id] = message
        except ThreadError as error:
            await thread.whisper(incoming.asker.id, Reply(parts=(word_error(error, given=""),)))
            self.done[incoming.id] = error.code


def marker_of(request_id: str) -> str:
    return hashlib.sha256(request_id.encode()).hexdigest()[:22]


class Book:
    """Channels' settings in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], ChannelSettings] = {}

    def set(
        self, tenant: str, channel: str, *, auto_check: AutoCheck = AutoCheck.OFF, emoji: str = "mag",
        answer: AnswerWhere = AnswerWhere.THREAD,
    ) -> None:  # fmt: skip
        self.kept[tenant, channel] = ChannelSettings(auto_check=auto_check, emoji=emoji, answer=answer)

    async def settings(self, tenant: str, channel: str) -> ChannelSettings:
        return self.kept.get((tenant, channel), ChannelSettings())

    async def with_auto_check(self, platform: str) -> tuple[tuple[str, str], ...]:
        return tuple(
            place
            for place, settings in self.kept.items()
            if settings.auto_check is AutoCheck.LINKS and place[0].startswith(f"{platform}:")
        )


def settings_reply(command: Command) -> Reply:
    """What the service says to `settings` and to changing one."""
    if isinstance(command, ShowSettings):
        line = SettingLine(
            name="auto-check", value="off", choices="off, links or mentions", explained="what sets me off"
        )
        return Reply(parts=(SettingsSheet(lines=(line,), may_change=True),))
    assert isinstance(command, ChangeSetting)
    return Reply(parts=(Notice(text=f"Set: {command.name} is now “{command.value}”."),))
