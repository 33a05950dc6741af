"""The one handler: a request from any platform in, a reply out."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from bot import __version__
from bot.document import Document
from bot.errors import ClaimcheckError
from bot.report import Report
from handlers.commands import CheckSources, CheckText, Puzzled, SayHelp, SayVersion, parse_command
from handlers.reply import Card, Notice, Reply
from handlers.request import Attachment, Request
from handlers.wording import HELP, PUZZLED, word_card, word_error, word_too_many

MOST_LINKS = 10

ReadLink = Callable[[str], Awaitable[Document]]
ReadText = Callable[[str], Document]
ReadFile = Callable[[str, bytes], Awaitable[Document]]
Check = Callable[[Document], Report]


async def handle(
    request: Request, *, read_link: ReadLink, read_text: ReadText, read_file: ReadFile, check: Check
) -> Reply:
    """Answer one request, from any platform.

    What cannot be fetched or read is answered with its sentence (a `Notice` with its error); a defect in the program
    propagates. Documents are read and checked side by side and answered in the order asked. `read_text` and `check`
    are plain computation and run in a worker thread.
    """

    async def answer_link(link: str) -> Card | Notice:
        return await _answer(link, lambda: read_link(link), check)

    async def answer_file(file: Attachment) -> Card | Notice:
        return await _answer(file.name, lambda: read_file(file.name, file.data), check)

    match parse_command(request):
        case SayHelp():
            return _say(HELP)
        case SayVersion():
            return _say(f"claimcheck {__version__}")
        case Puzzled():
            return _say(PUZZLED)
        case CheckText(text=text, links=links):
            part = await _answer("text", lambda: asyncio.to_thread(read_text, text), check, links_left=len(links))
            return Reply(parts=(part,))
        case CheckSources(files=files, links=links):
            left_out = links[MOST_LINKS:]
            parts = await asyncio.gather(*map(answer_file, files), *map(answer_link, links[:MOST_LINKS]))
            return Reply(parts=(*parts, *((word_too_many(left_out, limit=MOST_LINKS),) if left_out else ())))


async def _answer(
    given: str, read: Callable[[], Awaitable[Document]], check: Check, *, links_left: int = 0
) -> Card | Notice:
    began = time.perf_counter()
    try:
        report = await asyncio.to_thread(check, await read())
    except ClaimcheckError as error:
        return word_error(error, given=given)
    elapsed_ms = round(1000 * (time.perf_counter() - began))
    return word_card(report, given=given, elapsed_ms=elapsed_ms, links_left=links_left)


def _say(text: str) -> Reply:
    return Reply(parts=(Notice(text=text),))
