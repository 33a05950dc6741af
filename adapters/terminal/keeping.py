"""The store as the terminal uses it: one person on one machine, tenant "terminal:local".

The database is imported here and not at the top: a check of a text or a file answers before it is needed.
"""

import getpass
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from adapters.settings import Settings
from adapters.terminal.asked import LOCAL_TENANT
from bot.access import Person, Place, Reach
from bot.store.records import RequestRecord, RequestState
from handlers.answer import Records
from handlers.checking import Source, audience_for
from handlers.reply import Card

_PATIENCE = 5.0  # seconds for a lock; somebody waits for the prompt
_MARKER = 22  # characters, of a delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A report that was shown, and what it was asked for as: its name and whether that is a link."""

    card: Card
    given: str
    is_link: bool


@asynccontextmanager
async def open_records(settings: Settings) -> AsyncIterator[Records]:
    """The store of the settings, for whoever is logged in; raises StoreError."""
    from bot.store import open_store  # noqa: PLC0415  see the module's docstring

    name = find_login()
    place = Place(tenant=LOCAL_TENANT, channel=name, message=uuid4().hex, reach=Reach.DIRECT)
    key = settings.key.get_secret_value() if settings.key else None
    async with open_store(settings.database_url, key=key, patience=_PATIENCE) as store:
        yield Records(
            store=store,
            place=place,
            asker=Person(id=name, name=name, admin=True),
            fresh_for=timedelta(hours=settings.fresh_hours),
        )


async def keep(shown: Sequence[Shown], *, records: Records, days: int) -> None:
    """Keep what was shown as one answered request, so that it can be found, asked about and forgotten.

    What was checked here more than `days` ago is deleted on the way: in a terminal no service sees to that. What else
    is in the database, a bot's for instance, is left to those whose it is.
    """
    place, now = records.place, records.clock()
    request = RequestRecord(
        id=f"{place.tenant}:{place.channel}:{place.message}",
        place=place,
        asker=records.asker,
        message="",
        state=RequestState.ANSWERED,
        accepted_at=now,
        finished_at=now,
    )
    await records.store.requests.accept(request, keys=frozenset())
    await records.store.deliveries.begin(request.id, marker=uuid4().hex[:_MARKER], place=place)
    report_ids = [await _keep_report(one, request=request, records=records) for one in shown]
    await records.store.deliveries.posted(request.id, message=place.message)
    await records.store.deliveries.revised(request.id, report_ids=tuple(report_ids))
    await records.store.keeping.forget_older(now - timedelta(days=days), tenant=place.tenant)


def find_login() -> str:
    """The name of whoever is logged in, as the channel and the person of what is asked in a terminal."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run under a number that has no name
        return "somebody"


async def _keep_report(shown: Shown, *, request: RequestRecord, records: Records) -> int:
    if shown.card.report_id is not None:
        return shown.card.report_id
    report = shown.card.report
    source = Source(given=shown.given, link=shown.given if shown.is_link else None)
    document_id = await records.store.articles.save_document(
        report.document,
        audience=audience_for(source, place=request.place, asker=request.asker, whispered=False),
        public_link=shown.is_link and not report.document.internal,
        request_id=request.id,
    )
    return await records.store.articles.save_report(document_id, report)
