"""Commands on what was checked before: history, why, show, sources, export, overrule, undo, and forget."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from adapters.settings import Settings
from adapters.terminal.asked import LOCAL_TENANT, ExitCode, ForgetAsked, StoredAsked, TenantExportAsked
from adapters.terminal.keeping import open_records
from adapters.terminal.printing import print_part, warn
from bot.errors import ClaimcheckError
from bot.reading import canonical_url
from handlers.reply import Notice, ReplyFile
from handlers.stored import answer_stored
from handlers.wording_stored import word_forgotten


class CannotWrite(ClaimcheckError):
    """A file that was named for the output cannot be written."""

    code = "cannot_write"


async def answer(asked: StoredAsked, *, settings: Settings) -> int:
    """Answer on standard output, or into the file that is named; the exit code. Raises ClaimcheckError."""
    async with open_records(settings) as records:
        reply = await answer_stored(
            asked.command, store=records.store, place=records.place, asker=records.asker, now=records.clock()
        )
    failed = False
    for part in reply.parts:
        failed = failed or (isinstance(part, Notice) and part.error is not None)
        if isinstance(part, ReplyFile) and asked.to is not None:
            with _opened(asked.to) as file:
                file.write(part.text)
        else:
            print_part(part, colour=asked.colour)
    return ExitCode.FAILED if failed else ExitCode.OK


async def export_tenant(asked: TenantExportAsked, *, settings: Settings) -> int:
    """Everything that is kept of the tenant, a JSON object a line; the exit code. Raises ClaimcheckError."""
    count = 0
    async with open_records(settings) as records:
        with _opened(asked.to) as file:
            async for line in records.store.keeping.export(asked.tenant):
                file.write(line.rstrip("\n") + "\n")
                count += 1
    if not count:
        warn(f"nothing is kept of {asked.tenant}")
    return ExitCode.OK


async def forget(asked: ForgetAsked, *, settings: Settings) -> int:
    """Delete, once it is sure, and say how much that was; the exit code. Raises ClaimcheckError."""
    if not asked.sure and not _is_sure(asked):
        return ExitCode.USAGE
    async with open_records(settings) as records:
        forgotten = await records.store.keeping.forget(
            tenant=asked.tenant, url=asked.url and canonical_url(asked.url), channel=asked.channel, user=asked.user
        )
    notice = word_forgotten(forgotten, what=_what(asked), in_chat=asked.tenant != LOCAL_TENANT)
    print_part(notice, colour=False)
    return ExitCode.OK


def _what(asked: ForgetAsked) -> str:
    narrowed = {"the link": asked.url, "channel": asked.channel, "user": asked.user}
    what = ", ".join(f"{name} {value}" for name, value in narrowed.items() if value)
    return f"{what} in {asked.tenant}" if what else asked.tenant


def _is_sure(asked: ForgetAsked) -> bool:
    what = _what(asked)
    told = f"everything that is kept of {what}" if what == asked.tenant else f"what is kept of {what}"
    if not sys.stdin.isatty():
        warn(f"this would delete {told} for good; say --yes if that is meant")
        return False
    sys.stderr.write(f"This deletes {told}, for good. Type yes to go on: ")
    sys.stderr.flush()
    sure = sys.stdin.readline().strip().casefold() == "yes"
    if not sure:
        warn("nothing was deleted")
    return sure


@contextlib.contextmanager
def _opened(to: Path | None) -> Iterator[TextIO]:
    if to is None:
        yield sys.stdout
        return
    try:
        with to.open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        message = f"The file {to} cannot be written: {error.strerror}."
        raise CannotWrite(message) from error
