"""The way of one document, in steps that stand on their own: read a source, check what was read, word the report.

Each step takes and gives small values, so that the terminal goes through them in one breath and the durable service
keeps a checkpoint between any two. With a store, what was read and found is kept there and comes back from there.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from bot import __version__
from bot.access import Audience, Person, Place, Reach, Viewer, audience_of
from bot.document import Document
from bot.errors import InputError, NotStored
from bot.report import Report
from bot.store.records import StoredReport
from handlers.commands import CheckAgain, CheckSources, CheckText
from handlers.reply import Card, Notice
from handlers.request import Attachment
from handlers.wording import word_card, word_too_many
from handlers.wording_changes import word_changes
from handlers.wording_stored import word_changed, word_stored_line, word_unchanged

if TYPE_CHECKING:
    from bot.store import Store  # imports the database, which an answer without a store can do without

MOST_LINKS = 10
PASTED = "text"  # how a card names a pasted text

ReadText = Callable[[str], Document]
ReadFile = Callable[[str, bytes], Awaitable[Document]]
Check = Callable[[Document], Awaitable[Report]]


class ReadLink(Protocol):
    """Fetch a link and read its article."""

    async def __call__(self, url: str, *, known: Document | None = None) -> Document:
        """The document, or `known` itself where the site says that its page has not changed since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """How links, texts and files are read here, and how a document is checked.

    `read_text` is plain computation and is run in a thread; the others see to it that the event loop stays free.
    """

    read_link: ReadLink
    read_text: ReadText
    read_file: ReadFile
    check: Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing to be checked: a link, a file or a text, just one of the three; `given` names it for the answer.

    `links_left` counts the links in a text, which are not opened.
    """

    given: str
    link: str | None = None
    file: Attachment | None = None
    text: str | None = None
    links_left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms a source is read: who may see it, how old a reading still answers, and whether none may (`again`).

    `channel` is where it was asked: a page from inside the newsroom's network is kept for that channel alone.
    `request_id` is the stored request it is read for, so that it is forgotten with whoever asked.
    """

    audience: Audience
    channel: str
    fresh_for: timedelta
    again: bool = False
    request_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOutcome:
    """What came of reading a source: the stored document, and what was known of it.

    `report_id` is a report that answers already, None where the document is yet to be checked. `stored`: it was not
    fetched again, for it was read a short while ago. `unchanged`: it was, and is what it was. `before` is the report
    on the version before, where the page has changed since. `sentences` counts those of the document.
    """

    document_id: int
    sentences: int = 0
    report_id: int | None = None
    stored: bool = False
    unchanged: bool = False
    before: int | None = None


def find_sources(command: CheckSources | CheckText) -> tuple[Source, ...]:
    """What a command asks to be checked, files first, in its order, and no more than MOST_LINKS links."""
    if isinstance(command, CheckText):
        return (Source(given=PASTED, text=command.text, links_left=len(command.links)),)
    files = (Source(given=file.name, file=file) for file in command.files)
    links = (Source(given=link, link=link) for link in command.links[:MOST_LINKS])
    return (*files, *links)


def word_left_out(command: CheckSources | CheckText) -> tuple[Notice, ...]:
    """The sentence for links beyond the most, which names them; nothing where all are checked."""
    left_out = command.links[MOST_LINKS:] if isinstance(command, CheckSources) else ()
    return (word_too_many(left_out, limit=MOST_LINKS),) if left_out else ()


async def find_again(
    command: CheckAgain, *, store: "Store", place: Place, asker: Person, privately: bool = False
) -> CheckSources:
    """The links behind the reports that are asked for again; NotStored or InputError where there are none.

    `privately`: as in `viewer_at`.
    """
    viewer = viewer_at(place, asker, privately=privately)
    reports = await find_reports(command.report, store=store, place=place, viewer=viewer)
    links = dict.fromkeys(found.report.document.url for found in reports if found.report.document.url is not None)
    if not links:
        message = "That was a pasted text or a file, so there is nothing to fetch again. Send me its new version."
        raise InputError(message)
    return CheckSources(files=(), links=tuple(links), again=True)


async def find_reports(report: int | None, *, store: "Store", place: Place, viewer: Viewer) -> tuple[StoredReport, ...]:
    """The report of that id, or where it is None those last shown at the place; NotStored where there are none."""
    ids = (report,) if report is not None else await store.deliveries.latest_reports(place, viewer=viewer)
    if not ids:
        message = "I know of no check here to which that could refer. Send me the link or the text to check."
        raise NotStored(message)
    return tuple([await store.articles.find_report(id_, viewer=viewer) for id_ in ids])


def audience_for(source: Source, *, place: Place, asker: Person, whispered: bool) -> Audience:
    """Who may see what is read of this source."""
    return audience_of(place, user=asker.id, public_link=source.link is not None, whispered=whispered)


def viewer_at(place: Place, asker: Person, *, privately: bool) -> Viewer:
    """On whose behalf the store is asked: the asker where nobody else sees the answer (`privately`), else all there.

    An answer that others read along must hold nothing that was read for the asker alone.
    """
    outside = place.reach is Reach.SHARED
    return Viewer(tenant=place.tenant, channel=place.channel, user=asker.id if privately else "", outside=outside)


async def read_source(source: Source, *, desk: Desk, store: "Store", terms: Terms, now: datetime) -> ReadOutcome:
    """Read a source and keep what was read; raises FetchError, ReadError, InputError and StoreError.

    A link that was read less than `terms.fresh_for` before `now` is not fetched, unless `terms.again` asks for it.
    """
    if source.link is None:
        document = await read_unkept(source, desk=desk)
        document_id = await _keep(document, store=store, terms=terms, public_link=False)
        return ReadOutcome(document_id=document_id, sentences=_count_sentences(document))
    earlier = await _find_earlier(source.link, store=store, terms=terms)
    if earlier is not None and not terms.again and now - earlier.read_at <= terms.fresh_for:
        sentences = _count_sentences(earlier.report.document)
        return ReadOutcome(
            document_id=earlier.document_id, sentences=sentences, report_id=_usable(earlier), stored=True
        )
    known = earlier.report.document if earlier is not None and _usable(earlier) is not None else None
    document = await desk.read_link(source.link, known=known)
    if earlier is not None and document is known:
        await store.articles.mark_read(earlier.document_id)
        return ReadOutcome(document_id=earlier.document_id, report_id=_usable(earlier), unchanged=True)
    if document.url is not None and document.url != source.link:
        earlier = await _find_earlier(document.url, store=store, terms=terms)
    document_id = await _keep(document, store=store, terms=terms, public_link=not document.internal)
    outcome = ReadOutcome(document_id=document_id, sentences=_count_sentences(document))
    if earlier is not None and earlier.document_id == document_id:
        return replace(outcome, report_id=_usable(earlier), unchanged=True)
    return replace(outcome, before=earlier.id if earlier is not None else None)


async def read_unkept(source: Source, *, desk: Desk) -> Document:
    """Read a source and keep nothing; raises FetchError, ReadError and InputError."""
    if source.link is not None:
        return await desk.read_link(source.link)
    if source.file is not None:
        return await desk.read_file(source.file.name, source.file.data)
    return await asyncio.to_thread(desk.read_text, source.text or "")


async def check_stored(document_id: int, *, store: "Store", check: Check) -> int:
    """Check a stored document and keep the report: its id. Raises what the check raises, and NotStored."""
    document = await store.articles.load_document(document_id)
    return await store.articles.save_report(document_id, await check(document))


async def word_stored(
    report_id: int, *, store: "Store", source: Source, outcome: ReadOutcome, elapsed_ms: int = 0
) -> Card:
    """The stored report as a card, with what is known of its age and of the version before; raises NotStored.

    Asks for no permission: `outcome` comes from reading for the audience that the card is shown to.
    """
    found = await store.articles.load_report(report_id)
    card = word_card(
        found.report,
        given=source.given,
        elapsed_ms=elapsed_ms,
        links_left=source.links_left,
        overrules=found.overrules,
    )
    stored = ""
    changes: tuple[str, ...] = ()
    if outcome.stored:
        stored = word_stored_line(found.read_at, fetched=True)
    elif outcome.unchanged and outcome.report_id is not None:
        stored = word_unchanged(found.checked_at)
    elif outcome.before is not None:
        stored, changes = await _word_difference(outcome.before, found, store=store)
    return replace(card, report_id=found.id, stored=stored, changes=changes)


async def _word_difference(before: int, found: StoredReport, *, store: "Store") -> tuple[str, tuple[str, ...]]:
    try:
        earlier = await store.articles.load_report(before)
    except NotStored:  # forgotten while the article was checked
        return "", ()
    changes = word_changes(earlier.report, found.report)
    return word_changed(earlier.read_at, claims=bool(changes)), changes


def _count_sentences(document: Document) -> int:
    return sum(len(paragraph.sentences) for paragraph in document.paragraphs)


async def _keep(document: Document, *, store: "Store", terms: Terms, public_link: bool) -> int:
    audience = terms.audience.within(terms.channel) if document.internal else terms.audience
    return await store.articles.save_document(
        document, audience=audience, public_link=public_link, request_id=terms.request_id
    )


async def _find_earlier(link: str, *, store: "Store", terms: Terms) -> StoredReport | None:
    """The newest report on the link that everybody who will see the answer may see, not merely the one who asks."""
    audience = terms.audience
    everybody = Viewer(
        tenant=audience.tenant, channel=terms.channel, user=audience.user or "", outside=audience.outside
    )
    return await store.articles.latest_of_link(link, viewer=everybody)


def _usable(found: StoredReport) -> int | None:
    """The report's id, unless another version of the engine made it."""
    return found.id if found.report.engine.version == __version__ else None
