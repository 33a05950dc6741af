"""`claimcheck check` and `claimcheck recheck`: inputs read and checked side by side, answered in order, then kept."""

import asyncio
import dataclasses
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import BinaryIO, Protocol

from rich.console import Console

from adapters.settings import Settings
from adapters.terminal.asked import CheckAsked, ExitCode, Format
from adapters.terminal.inputs import Input, find_inputs
from adapters.terminal.keeping import Shown, keep, open_records
from adapters.terminal.printing import Printer, warn
from adapters.terminal.progress import SignOfLife
from bot.errors import ClaimcheckError, StoreError
from handlers.answer import Records, handle
from handlers.checking import Desk
from handlers.reply import Card, Notice
from handlers.wording import INTERNAL, word_error

_AT_ONCE = 4  # inputs read and checked side by side
_AGAIN = "recheck"  # as in a chat: not from the store

logger = logging.getLogger(__name__)


class OpenDesk(Protocol):
    """How the terminal gets its desk; the tests bring their own."""

    def __call__(self, settings: Settings) -> AbstractAsyncContextManager[Desk]:
        """Open the desk for the length of one run."""


class Defect(ClaimcheckError):
    """A mistake in the program met one input; the traceback is in the log."""

    code = "defect"


def check(asked: CheckAsked, *, settings: Settings, open_desk: OpenDesk) -> int:
    """Answer every input on standard output; the exit code."""
    inputs = find_inputs(asked.inputs, stdin=_standard_input)
    if asked.format is Format.JSON and len(inputs) > 1:
        warn("--json takes one input, and standard input holds several links; use --jsonl")
        return ExitCode.USAGE
    printer = Printer(asked, total=len(inputs), out=sys.stdout, err=sys.stderr)
    return asyncio.run(_Run(asked, settings=settings, printer=printer).check_all(inputs, open_desk=open_desk))


def _standard_input() -> BinaryIO:
    if sys.stdin.isatty():
        sys.stderr.write("Paste the text, then press Ctrl-D on a line of its own (Ctrl-Z and Enter on Windows).\n")
    return sys.stdin.buffer


class _Run:
    """One run of the command. A store that cannot be used costs one line, and nothing else."""

    def __init__(self, asked: CheckAsked, *, settings: Settings, printer: Printer) -> None:
        self._asked = asked
        self._settings = settings
        self._printer = printer
        self._storing = asked.store

    async def check_all(self, inputs: tuple[Input, ...], *, open_desk: OpenDesk) -> int:
        console = Console(stderr=True, quiet=len(inputs) == 1 and not inputs[0].is_link)
        sign = SignOfLife(total=len(inputs), console=console)
        failures: list[Notice] = []
        shown: list[Shown] = []
        async with AsyncExitStack() as stack:
            desk = await stack.enter_async_context(open_desk(self._settings))
            # Texts and files are not looked up, so they need not wait for the database.
            looked_up = any(one.is_link for one in inputs)
            records = await stack.enter_async_context(self._records()) if looked_up else None
            turn = asyncio.Semaphore(_AT_ONCE)
            tasks = [asyncio.create_task(self._answer(one, desk=desk, records=records, turn=turn)) for one in inputs]
            for number, (one, task) in enumerate(zip(inputs, tasks, strict=True), start=1):
                sign.wait_for(one.given, number=number)
                with sign.shown():
                    part = await task
                self._printer.print_answer(part, given=one.given, number=number)
                if isinstance(part, Notice):
                    failures.append(part)
                else:
                    shown.append(Shown(card=part, given=one.given, is_link=one.is_link))
            await self._keep(shown, records=records)
        return _exit_code(failures, total=len(inputs))

    @asynccontextmanager
    async def _records(self) -> AsyncIterator[Records | None]:
        async with AsyncExitStack() as stack:
            records = None
            if self._storing:
                try:
                    records = await stack.enter_async_context(open_records(self._settings))
                except StoreError as error:
                    self._give_up_storing(error)
            yield records

    async def _answer(
        self, one: Input, *, desk: Desk, records: Records | None, turn: asyncio.Semaphore
    ) -> Card | Notice:
        """One input, one answer: a defect is logged here and costs this input alone."""
        async with turn:
            try:
                request = one.load()
                if self._asked.again:
                    request = dataclasses.replace(request, message=_AGAIN)
                (part, *_) = (await handle(request, desk=desk, records=records if one.is_link else None)).parts
                if isinstance(part, Notice) and isinstance(part.error, StoreError):
                    self._give_up_storing(part.error)
                    (part, *_) = (await handle(request, desk=desk)).parts
            except ClaimcheckError as error:
                return word_error(error, given=one.given)
            except Exception:
                logger.exception("a defect met the input %r", one.given)
                return word_error(Defect(INTERNAL), given=one.given)
            if not isinstance(part, Card | Notice):
                message = f"a check is answered with a card or a notice, not with {type(part).__name__}"
                raise TypeError(message)
            return part

    async def _keep(self, shown: list[Shown], *, records: Records | None) -> None:
        if not shown or not self._storing:
            return
        days = self._settings.retention_days
        try:
            if records is not None:
                await keep(shown, records=records, days=days)
            else:
                async with open_records(self._settings) as opened:
                    await keep(shown, records=opened, days=days)
        except StoreError as error:
            self._give_up_storing(error)
        except Exception:
            logger.exception("a defect kept the check from being stored")

    def _give_up_storing(self, error: StoreError) -> None:
        if self._storing:
            warn(f"this check is not kept: {error.message}")
        self._storing = False


def _exit_code(failures: list[Notice], *, total: int) -> int:
    if not failures:
        return ExitCode.OK
    if len(failures) < total:
        return ExitCode.PARTLY_FAILED
    return ExitCode.DEFECT if any(isinstance(notice.error, Defect) for notice in failures) else ExitCode.FAILED
