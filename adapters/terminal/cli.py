"""The `claimcheck` command: from the command line to an exit code."""

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import BinaryIO, Protocol

from rich.console import Console

from adapters.settings import Settings, SettingsBroken, read_settings
from adapters.terminal.arguments import CheckAsked, ExitCode, Format, VersionAsked, parse_arguments
from adapters.terminal.desk import Desk, open_desk
from adapters.terminal.inputs import Input, find_inputs
from adapters.terminal.printing import Printer
from adapters.terminal.progress import SignOfLife
from bot import __version__
from bot.errors import ClaimcheckError
from handlers.answer import handle
from handlers.reply import Card, Notice
from handlers.wording import INTERNAL, word_error

_AT_ONCE = 4  # inputs read and checked side by side

logger = logging.getLogger(__name__)


class OpenDesk(Protocol):
    """How the terminal gets its desk; the tests bring their own."""

    def __call__(self, settings: Settings) -> AbstractAsyncContextManager[Desk]:
        """Open the desk for the length of one run."""


class Defect(ClaimcheckError):
    """A mistake in the program met one input; the traceback is in the log."""

    code = "defect"


def run(arguments: Sequence[str] | None = None, *, open_desk: OpenDesk = open_desk) -> int:
    """The console script: answer the command line on standard output and return the exit code."""
    logging.basicConfig(level=logging.CRITICAL, format="claimcheck: %(message)s")
    logging.getLogger("adapters").setLevel(logging.ERROR)
    asked = parse_arguments(arguments)
    if isinstance(asked, VersionAsked):
        sys.stdout.write(f"claimcheck {__version__}\n")
        return ExitCode.OK
    try:
        return _check(asked, read_settings(), open_desk)
    except SettingsBroken as broken:
        return _refuse(broken.message)
    except BrokenPipeError:
        # The reader has seen enough (| head). Keep the interpreter from complaining when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except KeyboardInterrupt:
        return 128 + 2


def _check(asked: CheckAsked, settings: Settings, open_desk: OpenDesk) -> int:
    inputs = find_inputs(asked.inputs, stdin=_standard_input)
    if asked.format is Format.JSON and len(inputs) > 1:
        return _refuse("--json takes one input, and standard input holds several links; use --jsonl")
    printer = Printer(asked, total=len(inputs), out=sys.stdout, err=sys.stderr)
    return asyncio.run(_check_all(inputs, settings=settings, open_desk=open_desk, printer=printer))


def _standard_input() -> BinaryIO:
    if sys.stdin.isatty():
        sys.stderr.write("Paste the text, then press Ctrl-D on a line of its own (Ctrl-Z and Enter on Windows).\n")
    return sys.stdin.buffer


async def _check_all(inputs: tuple[Input, ...], *, settings: Settings, open_desk: OpenDesk, printer: Printer) -> int:
    console = Console(stderr=True, quiet=len(inputs) == 1 and not inputs[0].is_link)
    sign = SignOfLife(total=len(inputs), console=console)
    turn = asyncio.Semaphore(_AT_ONCE)
    failures = []
    async with open_desk(settings) as desk:
        tasks = [asyncio.create_task(_answer(one, desk=desk, turn=turn)) for one in inputs]
        for number, (one, task) in enumerate(zip(inputs, tasks, strict=True), start=1):
            sign.wait_for(one.given, number=number)
            with sign.shown():
                part = await task
            printer.print_answer(part, given=one.given, number=number)
            if isinstance(part, Notice):
                failures.append(part)
    return _exit_code(failures, total=len(inputs))


async def _answer(one: Input, *, desk: Desk, turn: asyncio.Semaphore) -> Card | Notice:
    """One input, one answer: a defect is logged here and costs this input alone."""
    async with turn:
        try:
            reply = await handle(
                one.load(),
                read_link=desk.read_link,
                read_text=desk.read_text,
                read_file=desk.read_file,
                check=desk.check,
            )
        except ClaimcheckError as error:
            return word_error(error, given=one.given)
        except Exception:
            logger.exception("a defect met the input %r", one.given)
            return word_error(Defect(INTERNAL), given=one.given)
        return reply.parts[0]


def _exit_code(failures: list[Notice], *, total: int) -> int:
    if not failures:
        return ExitCode.OK
    if len(failures) < total:
        return ExitCode.PARTLY_FAILED
    return ExitCode.DEFECT if any(isinstance(notice.error, Defect) for notice in failures) else ExitCode.FAILED


def _refuse(sentence: str) -> int:
    with contextlib.suppress(BrokenPipeError):
        sys.stderr.write(f"claimcheck: {sentence}\n")
    return ExitCode.USAGE


if __name__ == "__main__":
    sys.exit(run())
