"""Deleting for good, and handing a tenant its data."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, delete, exists, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.conditions import digest
from bot.store.database import Database
from bot.store.exporting import export_tenant
from bot.store.records import Forgotten, RequestState
from bot.store.tables import (
    channel_settings,
    deliveries,
    document_requests,
    documents,
    feedback,
    installations,
    oauth_states,
    overrules,
    reports,
    requests,
    tenant_settings,
    undos,
)

_BATCH = 200  # Rows deleted in one transaction: accepting a request waits for no more than that.


@dataclass(frozen=True, slots=True)
class Keeping:
    """Privacy: what is deleted here is gone from the tables and, on SQLite, from the files."""

    database: Database
    clock: Callable[[], datetime]

    async def forget(
        self,
        *,
        tenant: str,
        url: str | None = None,
        channel: str | None = None,
        user: str | None = None,
        sparing: str | None = None,
    ) -> Forgotten:
        """Delete what was asked for in the tenant; in that channel; by that user; of that canonical URL.

        What is given narrows down together. A document that others asked for too stays theirs. With a URL, documents
        with their reports and reviews go, and requests, which then hold no link any more, stay. The tenant alone:
        everything, settings and installation included. A user's reviews of what remains are deleted as well.
        `sparing`: the id of the request that asks for this, which stays as long as it is not answered.
        """
        asked = [requests.c.tenant == tenant]
        if channel is not None:
            asked.append(requests.c.channel == channel)
        if user is not None:
            asked.append(requests.c.asker_id == user)
        read = [documents.c.tenant == tenant]
        if channel is not None or user is not None:
            read.append(_only_for(and_(*asked), channel=channel, user=user))
        if url is not None:
            read.append(documents.c.url_sha256 == digest(url))
        gone = await self._delete_documents(and_(*read))
        if url is None:
            if sparing is not None:
                asked.append(or_(requests.c.id != sparing, requests.c.state != RequestState.ACCEPTED))
            gone = _sum(gone, await self._delete_requests(and_(*asked)))
            gone = _sum(gone, await self._delete_settings(tenant, channel=channel, user=user))
            if user is not None and channel is None:
                gone = _sum(gone, await self._delete_reviews_by(user, tenant=tenant))
        await self.database.wipe()
        return gone

    async def forget_older(self, than: datetime, *, tenant: str | None = None) -> Forgotten:
        """Delete requests accepted, documents read and reports made before that moment, with what hangs on them.

        Of that tenant alone, where one is named.
        """
        old_document, old_request = documents.c.read_at < than, requests.c.accepted_at < than
        old_report = reports.c.checked_at < than
        if tenant is not None:
            theirs = documents.c.tenant == tenant
            old_document, old_request = and_(old_document, theirs), and_(old_request, requests.c.tenant == tenant)
            old_report = and_(old_report, reports.c.document_id.in_(select(documents.c.id).where(theirs)))
        gone = await self._delete_documents(old_document)
        gone = _sum(gone, await self._delete_reports(old_report))
        gone = _sum(gone, await self._delete_requests(old_request))
        async with self.database.write() as connection:
            await connection.execute(delete(oauth_states).where(oauth_states.c.expires_at <= self.clock()))
        await self.database.wipe()
        return gone

    def export(self, tenant: str) -> AsyncIterator[str]:
        """Everything kept of the tenant, no tokens: one JSON object a line, without line breaks, `kind` first."""
        return export_tenant(self.database, tenant)

    async def _delete_documents(self, which: ColumnElement[bool]) -> Forgotten:
        gone = Forgotten()
        while True:
            async with self.database.write() as connection:
                ids = await _ids(connection, documents.c.id, which)
                if not ids:
                    return gone
                on_them = reports.c.document_id.in_(ids)
                reviews = await _delete_reviews_of(connection, on_them)
                made = await _delete(connection, reports, on_them)
                read = await _delete(connection, documents, documents.c.id.in_(ids))
                gone = _sum(gone, Forgotten(documents=read, reports=made, reviews=reviews))

    async def _delete_reports(self, which: ColumnElement[bool]) -> Forgotten:
        gone = Forgotten()
        while True:
            async with self.database.write() as connection:
                ids = await _ids(connection, reports.c.id, which)
                if not ids:
                    return gone
                reviews = await _delete_reviews_of(connection, reports.c.id.in_(ids))
                made = await _delete(connection, reports, reports.c.id.in_(ids))
                gone = _sum(gone, Forgotten(reports=made, reviews=reviews))

    async def _delete_requests(self, which: ColumnElement[bool]) -> Forgotten:
        gone = Forgotten()
        while True:
            async with self.database.write() as connection:
                ids = await _ids(connection, requests.c.id, which)
                if not ids:
                    return gone
                posted = await _delete(connection, deliveries, deliveries.c.request_id.in_(ids))
                asked = await _delete(connection, requests, requests.c.id.in_(ids))
                gone = _sum(gone, Forgotten(requests=asked, deliveries=posted))

    async def _delete_settings(self, tenant: str, *, channel: str | None, user: str | None) -> Forgotten:
        """A channel's settings go with the channel, all of them with the tenant; of a user only the name goes."""
        of_channels, of_tenant = channel_settings.c.tenant == tenant, tenant_settings.c.tenant == tenant
        async with self.database.write() as connection:
            if user is not None:
                if channel is None:
                    nobody = {"by_id": "", "by_name": "", "by_admin": False}
                    for table in (channel_settings, tenant_settings):
                        theirs = and_(table.c.tenant == tenant, table.c.by_id == user)
                        await connection.execute(update(table).where(theirs).values(nobody))
                return Forgotten()
            if channel is not None:
                in_channel = and_(of_channels, channel_settings.c.channel == channel)
                return Forgotten(settings=await _delete(connection, channel_settings, in_channel))
            settings = await _delete(connection, channel_settings, of_channels)
            settings += await _delete(connection, tenant_settings, of_tenant)
            installed = await _delete(connection, installations, installations.c.tenant == tenant)
            return Forgotten(settings=settings, installations=installed)

    async def _delete_reviews_by(self, user: str, *, tenant: str) -> Forgotten:
        of_tenant = select(reports.c.id).join(documents).where(documents.c.tenant == tenant)
        async with self.database.write() as connection:
            theirs = and_(overrules.c.by_id == user, overrules.c.report_id.in_(of_tenant))
            undone = await _delete(connection, undos, undos.c.overrule_id.in_(select(overrules.c.id).where(theirs)))
            made = await _delete(connection, overrules, theirs)
            said = await _delete(
                connection, feedback, and_(feedback.c.by_id == user, feedback.c.report_id.in_(of_tenant))
            )
        return Forgotten(reviews=undone + made + said)


def _only_for(asked: ColumnElement[bool], *, channel: str | None, user: str | None) -> ColumnElement[bool]:
    """Whether a document was read for these requests and no others, or is for this channel and user alone."""
    of_document = and_(
        document_requests.c.document_id == documents.c.id, document_requests.c.request_id == requests.c.id
    )
    theirs = and_(
        exists().where(of_document, asked).correlate(documents),
        not_(exists().where(of_document, not_(asked)).correlate(documents)),
    )
    # A document for a whole tenant has no channel and no user: naming the empty one must not mean all of them.
    alone = [and_(documents.c.channel == channel, documents.c.channel != "")] if channel is not None else []
    alone += [and_(documents.c.user == user, documents.c.user != "")] if user is not None else []
    return or_(theirs, and_(*alone))


async def _ids(connection: AsyncConnection, column: ColumnElement[object], which: ColumnElement[bool]) -> list[object]:
    return list((await connection.execute(select(column).where(which).limit(_BATCH))).scalars())


async def _delete(connection: AsyncConnection, table: Table, which: ColumnElement[bool]) -> int:
    return (await connection.execute(delete(table).where(which))).rowcount


async def _delete_reviews_of(connection: AsyncConnection, on_reports: ColumnElement[bool]) -> int:
    ids = select(reports.c.id).where(on_reports)
    made = select(overrules.c.id).where(overrules.c.report_id.in_(ids))
    count = await _delete(connection, undos, undos.c.overrule_id.in_(made))
    count += await _delete(connection, overrules, overrules.c.report_id.in_(ids))
    return count + await _delete(connection, feedback, feedback.c.report_id.in_(ids))


def _sum(one: Forgotten, other: Forgotten) -> Forgotten:
    return Forgotten(
        requests=one.requests + other.requests,
        documents=one.documents + other.documents,
        reports=one.reports + other.reports,
        deliveries=one.deliveries + other.deliveries,
        reviews=one.reviews + other.reviews,
        settings=one.settings + other.settings,
        installations=one.installations + other.installations,
    )
