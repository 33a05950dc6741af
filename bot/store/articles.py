"""Documents and their reports: kept once for each audience, and shown to nobody outside it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.access import Audience, Viewer
from bot.document import Document
from bot.errors import NotStored
from bot.report import Report
from bot.store.conditions import digest, insert_into, visible_to
from bot.store.database import Database
from bot.store.payloads import count_grades, from_json, report_from_json, report_to_json, to_json
from bot.store.records import HistoryEntry, StoredReport
from bot.store.reviewing import find_overrules, in_force
from bot.store.tables import document_requests, documents, reports


@dataclass(frozen=True, slots=True)
class Articles:
    """Documents and reports by id; NotStored for an id that is not there."""

    database: Database
    clock: Callable[[], datetime]

    async def save_document(
        self, document: Document, *, audience: Audience, public_link: bool, request_id: str | None = None
    ) -> int:
        """Store a document that was read just now; its id.

        The same text under the same URL for the same audience is the same row, with what else is known of it renewed.
        `request_id`: the request it was read for, so that it can be forgotten with whoever asked.
        """
        outlet = document.outlet or ""
        renewed = {
            "url": document.url or "",
            "public_link": public_link,
            "title": document.title,
            "outlet": document.outlet,
            "sought": "\n".join((document.title, document.url or "", outlet)).casefold(),
            "payload": to_json(document),
            "read_at": self.clock(),
        }
        key = {
            "tenant": audience.tenant,
            "channel": audience.channel or "",
            "user": audience.user or "",
            "url_sha256": digest(document.url or ""),
            "sha256": document.sha256,
        }
        async with self.database.write() as connection:
            statement = (
                insert_into(connection, documents)
                .values(**key, **renewed)
                .on_conflict_do_update(index_elements=list(key), set_=renewed)
                .returning(documents.c.id)
            )
            document_id: int = (await connection.execute(statement)).scalar_one()
            if request_id is not None:
                await _link(connection, document_id, request_id)
        return document_id

    async def load_document(self, id: int) -> Document:  # noqa: A002 - named as in the records
        """The document, for the durable flow: who may see it is not asked."""
        async with self.database.read() as connection:
            payload = (await connection.execute(select(documents.c.payload).where(documents.c.id == id))).scalar()
        if payload is None:
            raise NotStored(_gone())
        return from_json(payload, Document)

    async def save_report(self, document_id: int, report: Report) -> int:
        """Store a report made just now; its id. A document has one report of each engine version, the first one."""
        values = {
            "document_id": document_id,
            "engine_name": report.engine.name,
            "engine_version": report.engine.version,
            "grades": count_grades(report),
            "payload": report_to_json(report),
            "checked_at": self.clock(),
        }
        try:
            async with self.database.write() as connection:
                statement = (
                    insert_into(connection, reports)
                    .values(values)
                    .on_conflict_do_update(
                        index_elements=["document_id", "engine_name", "engine_version"],
                        set_={"checked_at": values["checked_at"]},
                    )
                    .returning(reports.c.id)
                )
                return int((await connection.execute(statement)).scalar_one())
        except IntegrityError as error:
            raise NotStored(_gone()) from error

    async def load_report(self, id: int) -> StoredReport:  # noqa: A002 - named as in the records
        """The report, for the durable flow: who may see it is not asked."""
        return await self._one(_stored_reports().where(reports.c.id == id))

    async def find_report(self, id: int, *, viewer: Viewer) -> StoredReport:  # noqa: A002 - named as in the records
        """The report, if there is one that this viewer may see."""
        return await self._one(_stored_reports().where(reports.c.id == id, visible_to(viewer)))

    async def latest_of_link(self, url: str, *, viewer: Viewer, since: datetime | None = None) -> StoredReport | None:
        """The latest report on the canonical URL that the viewer may see, read at `since` or later."""
        statement = _stored_reports().where(visible_to(viewer), documents.c.url_sha256 == digest(url))
        if since is not None:
            statement = statement.where(documents.c.read_at >= since)
        newest = statement.order_by(documents.c.read_at.desc(), reports.c.checked_at.desc(), reports.c.id.desc())
        async with self.database.read() as connection:
            row = (await connection.execute(newest.limit(1))).one_or_none()
            return None if row is None else await _stored(connection, row)

    async def search(self, query: str, *, viewer: Viewer, limit: int = 10) -> tuple[HistoryEntry, ...]:
        """Reports the viewer may see whose title, URL or outlet hold every word of the query, newest first."""
        statement = (
            select(
                reports.c.id, reports.c.checked_at, reports.c.grades, documents.c.title, documents.c.url,
                documents.c.outlet,
            )
            .join(documents, documents.c.id == reports.c.document_id)
            .where(visible_to(viewer))
            .where(*(documents.c.sought.contains(word, autoescape=True) for word in query.casefold().split()))
            .order_by(reports.c.checked_at.desc(), reports.c.id.desc())
            .limit(limit)
        )  # fmt: skip
        async with self.database.read() as connection:
            return tuple(map(_entry, await connection.execute(statement)))

    async def mark_read(self, document_id: int) -> None:
        """The document was fetched again just now and had not changed."""
        async with self.database.write() as connection:
            marked = await connection.execute(
                update(documents).where(documents.c.id == document_id).values(read_at=self.clock())
            )
        if not marked.rowcount:
            raise NotStored(_gone())

    async def _one(self, statement: Select[*tuple[object, ...]]) -> StoredReport:
        async with self.database.read() as connection:
            row = (await connection.execute(statement)).one_or_none()
            if row is None:
                raise NotStored(_gone())
            return await _stored(connection, row)


async def _link(connection: AsyncConnection, document_id: int, request_id: str) -> None:
    link = insert_into(connection, document_requests).values(document_id=document_id, request_id=request_id)
    try:
        await connection.execute(link.on_conflict_do_nothing())
    except IntegrityError as error:
        message = "The request was deleted while it was being answered."
        raise NotStored(message) from error


def _stored_reports() -> Select[*tuple[object, ...]]:
    return select(
        reports.c.id,
        reports.c.document_id,
        reports.c.payload.label("report"),
        reports.c.checked_at,
        documents.c.payload.label("document"),
        documents.c.tenant,
        documents.c.channel,
        documents.c.user,
        documents.c.read_at,
        documents.c.public_link,
    ).join(documents, documents.c.id == reports.c.document_id)


async def _stored(connection: AsyncConnection, row: Row[*tuple[object, ...]]) -> StoredReport:
    report = report_from_json(row.report, from_json(row.document, Document))
    made = await find_overrules(connection, row.id)
    return StoredReport(
        id=row.id,
        document_id=row.document_id,
        report=report,
        audience=Audience(tenant=row.tenant, channel=row.channel or None, user=row.user or None),
        read_at=row.read_at,
        checked_at=row.checked_at,
        public_link=row.public_link,
        overrules=in_force(made, order=[claim.id for claim in report.claims]),
    )


def _entry(row: Row[*tuple[object, ...]]) -> HistoryEntry:
    return HistoryEntry(
        report_id=row.id,
        title=row.title,
        url=row.url or None,
        outlet=row.outlet,
        checked_at=row.checked_at,
        grades=from_json(row.grades, tuple[int, int, int, int, int, int]),
    )


def _gone() -> str:
    return "This check is not stored here, or no longer. Ask for a new one."
