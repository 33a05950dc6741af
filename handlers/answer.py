"""The one handler: a request from any platform in, a reply out."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot import __version__
from bot.access import Person, Place
from bot.errors import ClaimcheckError, NotStored
from handlers.checking import (
    Desk,
    Source,
    Terms,
    audience_for,
    check_stored,
    find_again,
    find_sources,
    read_source,
    read_unkept,
    word_left_out,
    word_stored,
)
from handlers.commands import CheckAgain, CheckSources, CheckText, Puzzled, SayHelp, SayVersion, StoredCommand
from handlers.parsing import parse_command
from handlers.reply import Card, Notice, Reply
from handlers.request import Request
from handlers.stored import answer_stored
from handlers.wording import HELP, NOTHING_KEPT, PUZZLED, word_card, word_error

if TYPE_CHECKING:
    from bot.store import Store  # imports the database, which an answer without a store can do without


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Where what is checked is kept, and for whom: the asker, at a place.

    A link that was read less than `fresh_for` ago is answered from there.
    """

    store: "Store"
    place: Place
    asker: Person
    fresh_for: timedelta
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)


async def handle(request: Request, *, desk: Desk, records: Records | None = None) -> Reply:
    """Answer one request at once, on any platform.

    What cannot be fetched or read is answered with its sentence (a `Notice` with its error); a defect in the program
    propagates. Documents are read and checked side by side and answered in the order asked. With `records`, what is
    checked is kept, and commands on what was checked before are answered; without, they are told that nothing is kept.
    """
    match parse_command(request):
        case SayHelp() | SayVersion() | Puzzled() as command:
            return say(command)
        case CheckSources() | CheckText() as command:
            return await _check_all(command, desk=desk, records=records)
        case command:
            return await _answer_kept(command, desk=desk, records=records)


async def _check_all(command: CheckSources | CheckText, *, desk: Desk, records: Records | None) -> Reply:
    again = isinstance(command, CheckSources) and command.again
    sources = find_sources(command)
    parts = await asyncio.gather(*(_answer(source, desk=desk, records=records, again=again) for source in sources))
    return Reply(parts=(*parts, *word_left_out(command)))


async def _answer(source: Source, *, desk: Desk, records: Records | None, again: bool) -> Card | Notice:
    try:
        if records is None:
            return await _check(source, desk=desk)
        return await _check_and_keep(source, desk=desk, records=records, again=again)
    except ClaimcheckError as error:
        return word_error(error, given=source.given)


async def _check(source: Source, *, desk: Desk) -> Card:
    began = time.perf_counter()
    report = await desk.check(await read_unkept(source, desk=desk))
    return word_card(report, given=source.given, elapsed_ms=_since(began), links_left=source.links_left)


async def _check_and_keep(source: Source, *, desk: Desk, records: Records, again: bool) -> Card:
    began = time.perf_counter()
    store = records.store
    audience = audience_for(source, place=records.place, asker=records.asker, whispered=False)
    terms = Terms(audience=audience, channel=records.place.channel, fresh_for=records.fresh_for, again=again)
    outcome = await read_source(source, desk=desk, store=store, terms=terms, now=records.clock())
    report_id = outcome.report_id or await check_stored(outcome.document_id, store=store, check=desk.check)
    return await word_stored(report_id, store=store, source=source, outcome=outcome, elapsed_ms=_since(began))


async def _answer_kept(command: CheckAgain | StoredCommand, *, desk: Desk, records: Records | None) -> Reply:
    try:
        if records is None:
            raise NotStored(NOTHING_KEPT)
        if isinstance(command, CheckAgain):
            found = await find_again(command, store=records.store, place=records.place, asker=records.asker)
            return await _check_all(found, desk=desk, records=records)
        return await answer_stored(
            command, store=records.store, place=records.place, asker=records.asker, now=records.clock()
        )
    except ClaimcheckError as error:
        return Reply(parts=(word_error(error, given=""),))


def _since(began: float) -> int:
    """Milliseconds since then."""
    return round(1000 * (time.perf_counter() - began))


def say(command: SayHelp | SayVersion | Puzzled) -> Reply:
    """The answer to a command that needs nothing but words."""
    match command:
        case SayHelp():
            return _say(HELP)
        case SayVersion():
            return _say(f"claimcheck {__version__}")
        case Puzzled(hint=hint):
            return _say(hint or PUZZLED)


def _say(text: str) -> Reply:
    return Reply(parts=(Notice(text=text),))
