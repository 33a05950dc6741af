"""The way of one accepted request to its answer. Any part of it may be run again after a crash.

What must not be done twice is guarded in the store: the row of the delivery, the final state of the request. What need
not be done twice, reading and checking, is run in steps (`handlers.documents`).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.access import Person, Place
from bot.errors import CannotPost, ClaimcheckError, NotStored, StoreUnavailable, ThreadError
from bot.store.records import RequestRecord, RequestState
from handlers.answer import say
from handlers.checking import find_again, find_sources, word_left_out
from handlers.commands import CheckAgain, CheckSources, CheckText, Puzzled, SayHelp, SayVersion, StoredCommand
from handlers.documents import Documents, Reserve, Tell
from handlers.events import Observe, RequestFinished, Stage, StageDone
from handlers.parsing import parse_command
from handlers.persistence import Pace, persist
from handlers.posting import Outlet, Patience, PrivateWord, ThreadPost
from handlers.reply import Card, Notice, Reply
from handlers.request import Attachment, Request
from handlers.stored import answer_stored
from handlers.thread import Platform, Thread
from handlers.waiting import word_queued, word_reading, word_tried_enough
from handlers.wording import word_error

if TYPE_CHECKING:
    from bot.store import Store  # imports the database

MOST_ATTEMPTS = 3
_HOPELESS = 3 * MOST_ATTEMPTS  # attempts after which not even the failure can be told

Instant = StoredCommand | SayHelp | SayVersion | Puzzled
"""The commands that check nothing, and are answered at once."""


async def answer_instant(  # noqa: PLR0913 - as `answer_stored`
    command: Instant, *, store: "Store", place: Place, asker: Person, now: datetime, privately: bool
) -> Reply:
    """Answer a command that checks nothing; `privately`: nobody but the asker sees it. Raises ClaimcheckError."""
    if isinstance(command, SayHelp | SayVersion | Puzzled):
        return say(command)
    return await answer_stored(command, store=store, place=place, asker=asker, now=now, privately=privately)


logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A reply that is ready, the stored reports in it, and the code of the error where there is nothing else."""

    reply: Reply
    report_ids: tuple[int, ...] = ()
    failure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """What answering takes, for any number of requests. `turn` bounds how many are read and checked side by side."""

    store: "Store"
    documents: Documents
    platforms: Mapping[str, Platform]
    turn: asyncio.Semaphore
    pace: Pace
    observe: Observe

    async def answer(self, request_id: str, *, reserve: Reserve) -> None:
        """Answer an accepted request; do nothing where it is answered, failed or cancelled.

        Raises what a later attempt may mend: StoreUnavailable, TryLater, and defects. Attempts are counted where the
        work begins; after three the asker is told that it failed.
        """
        try:
            request = await persist(lambda: self.store.requests.load(request_id), pace=self.pace)
        except NotStored:  # forgotten in the meantime
            return
        if request.state is not RequestState.ACCEPTED:
            return
        if request.attempts > _HOPELESS:
            logger.error("request %s was given up: not even its failure could be told", request_id)
            await self._finish(request, failure="given_up")
            return
        thread = self.platforms[request.place.platform].open_thread(request.place)
        kind = PrivateWord if request.whispered else ThreadPost
        patience = Patience(platform=request.place.platform, pace=self.pace, observe=self.observe)
        outlet = kind(request, thread=thread, deliveries=self.store.deliveries, pace=self.pace, patience=patience)
        try:
            answer = await self._prepare(request, outlet, reserve=reserve)
            await self._deliver(answer, request, outlet)
        except CannotPost as error:
            await self._say_privately(error, request, thread)
        except NotStored:
            if not await self._is_cancelled(request):
                raise
            await outlet.take_back()

    async def _prepare(self, request: RequestRecord, outlet: Outlet, *, reserve: Reserve) -> Answer:
        files = tuple(Attachment(name=file.name, data=file.data) for file in request.files)
        command = parse_command(Request(message=request.message, attachments=files, links=request.links))
        if isinstance(command, CheckSources | CheckText | CheckAgain):
            queued = await self._place(request, outlet)
            async with self.turn:
                age = (self.pace.clock() - request.accepted_at).total_seconds()
                self.observe(StageDone(stage=Stage.WAIT, seconds=max(0.0, age)))
                if not await self._begin(request):
                    return _tried_enough()
                if queued:
                    await outlet.progress(word_reading())
                return await self._answer_with(
                    lambda: self._check(command, request, reserve=reserve, tell=outlet.progress)
                )
        if not await self._begin(request):
            return _tried_enough()
        return await self._answer_with(lambda: self._say(command, request))

    async def _place(self, request: RequestRecord, outlet: Outlet) -> bool:
        """Show that the request has arrived; whether it must wait for its turn."""
        reply, queued = word_reading(), self.turn.locked()
        if queued:
            reply = word_queued(await persist(lambda: self.store.requests.ahead_of(request.id), pace=self.pace))
        try:
            await outlet.place(reply)
        except ClaimcheckError:
            raise
        except Exception:  # a defect before the work began: it must count, or it would be met for ever
            await self._begin(request)
            raise
        return queued

    async def _begin(self, request: RequestRecord) -> bool:
        """Count an attempt; whether it may be made."""
        return await persist(lambda: self.store.requests.begin(request.id), pace=self.pace) <= MOST_ATTEMPTS

    async def _answer_with(self, work: Callable[[], Awaitable[Answer]]) -> Answer:
        """What the work answers, or the sentence of its error."""
        try:
            return await work()
        except (StoreUnavailable, ThreadError):
            raise
        except ClaimcheckError as error:
            return Answer(reply=_show(word_error(error, given="")), failure=error.code)

    async def _say(self, command: Instant, request: RequestRecord) -> Answer:
        reply = await persist(
            lambda: answer_instant(
                command,
                store=self.store,
                place=request.place,
                asker=request.asker,
                now=self.pace.clock(),
                privately=request.whispered,
            ),
            pace=self.pace,
        )
        return Answer(reply=reply)

    async def _check(
        self, command: CheckSources | CheckText | CheckAgain, request: RequestRecord, *, reserve: Reserve, tell: Tell
    ) -> Answer:
        if isinstance(command, CheckAgain):
            again = command
            place, asker, privately = request.place, request.asker, request.whispered
            command = await persist(
                lambda: find_again(again, store=self.store, place=place, asker=asker, privately=privately),
                pace=self.pace,
            )
        parts = await self.documents.answer_all(
            find_sources(command),
            request,
            again=isinstance(command, CheckSources) and command.again,
            reserve=reserve,
            tell=tell,
        )
        failures = [part.error for part in parts if isinstance(part, Notice) and part.error is not None]
        return Answer(
            reply=Reply(parts=(*parts, *word_left_out(command))),
            report_ids=tuple(part.report_id for part in parts if isinstance(part, Card) and part.report_id is not None),
            failure=failures[0].code if len(failures) == len(parts) else None,
        )

    async def _deliver(self, answer: Answer, request: RequestRecord, outlet: Outlet) -> None:
        if await self._is_cancelled(request):
            await outlet.take_back()
            return
        began = self.pace.now()
        await outlet.settle(answer.reply)
        self.observe(StageDone(stage=Stage.DELIVER, seconds=self.pace.now() - began))
        if answer.report_ids:
            await persist(
                lambda: self.store.deliveries.revised(request.id, report_ids=answer.report_ids), pace=self.pace
            )
        await self._finish(request, failure=answer.failure)
        if await self._is_cancelled(request):  # while the answer went out, when nobody knew yet what to remove
            await outlet.take_back()

    async def _say_privately(self, error: CannotPost, request: RequestRecord, thread: Thread) -> None:
        """The platform does not take the answer: tell the asker alone, with what to do about it."""
        if await self._is_cancelled(request):
            return
        try:
            await thread.whisper(request.asker.id, _show(word_error(error, given="")))
        except ThreadError:
            logger.warning("request %s can be answered neither in the thread nor privately", request.id)
        await self._finish(request, failure=error.code)

    async def _is_cancelled(self, request: RequestRecord) -> bool:
        """Whether the request was cancelled, or forgotten altogether."""
        try:
            now = await persist(lambda: self.store.requests.load(request.id), pace=self.pace)
        except NotStored:
            return True
        return now.state is RequestState.CANCELLED

    async def _finish(self, request: RequestRecord, *, failure: str | None) -> None:
        state = RequestState.FAILED if failure else RequestState.ANSWERED
        await persist(lambda: self.store.requests.finish(request.id, state=state, error=failure), pace=self.pace)
        seconds = max(0.0, (self.pace.clock() - request.accepted_at).total_seconds())
        self.observe(RequestFinished(platform=request.place.platform, state=state, code=failure, seconds=seconds))


def _tried_enough() -> Answer:
    return Answer(reply=word_tried_enough(), failure="tried_enough")


def _show(notice: Notice) -> Reply:
    return Reply(parts=(notice,))
