"""The one visible answer to each request: where it was posted, and which reports it shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, case, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.access import Place, Reach, Viewer
from bot.errors import NotStored
from bot.store.conditions import insert_into, visible_to
from bot.store.database import Database
from bot.store.records import Delivery
from bot.store.tables import deliveries, delivery_reports, document_requests, documents, reports, requests


@dataclass(frozen=True, slots=True)
class Deliveries:
    """Deliveries by request. NotStored where the request was forgotten meanwhile."""

    database: Database
    clock: Callable[[], datetime]

    async def begin(self, request_id: str, *, marker: str, place: Place) -> tuple[Delivery, bool]:
        """The delivery of a request, and whether it begins now (else it is the earlier one, with its marker)."""
        try:
            async with self.database.write() as connection:
                statement = (
                    insert_into(connection, deliveries)
                    .values(
                        request_id=request_id,
                        marker=marker,
                        tenant=place.tenant,
                        channel=place.channel,
                        thread=place.thread,
                        message_id=place.message,
                        reach=place.reach,
                        revision=0,
                        revised_at=self.clock(),
                    )
                    .on_conflict_do_nothing(index_elements=["request_id"])
                    .returning(deliveries.c.request_id)
                )
                fresh = (await connection.execute(statement)).scalar() is not None
                found = await _find(connection, deliveries.c.request_id == request_id)
        except IntegrityError as error:
            raise NotStored(_gone()) from error
        if found is None:
            raise NotStored(_gone())
        return found, fresh

    async def posted(self, request_id: str, *, message: str) -> None:
        """Our post is known to stand in the thread, under this id of the platform's."""
        async with self.database.write() as connection:
            statement = update(deliveries).where(deliveries.c.request_id == request_id).values(message=message)
            known = (await connection.execute(statement)).rowcount
        if not known:
            raise NotStored(_gone())

    async def revised(self, request_id: str, *, report_ids: tuple[int, ...]) -> int:
        """Our post now shows these reports, in this order; which revision that is, counted from 1."""
        try:
            async with self.database.write() as connection:
                statement = (
                    update(deliveries)
                    .where(deliveries.c.request_id == request_id)
                    .values(revision=deliveries.c.revision + 1, revised_at=self.clock())
                    .returning(deliveries.c.revision)
                )
                revision = (await connection.execute(statement)).scalar()
                if revision is None:
                    raise NotStored(_gone())
                await _show(connection, request_id, tuple(dict.fromkeys(report_ids)))
        except IntegrityError as error:
            raise NotStored(_gone()) from error
        return int(revision)

    async def load(self, request_id: str) -> Delivery | None:
        """The delivery of the request, None where it has not begun."""
        async with self.database.read() as connection:
            return await _find(connection, deliveries.c.request_id == request_id)

    async def latest_reports(self, place: Place, *, viewer: Viewer) -> tuple[int, ...]:
        """The reports last shown in the place's thread, else in its channel, as far as the viewer may see them.

        An answer that was whispered to somebody else does not count.
        """
        root = place.thread or place.message
        here = or_(deliveries.c.thread == root, deliveries.c.message_id == root, deliveries.c.message == root)
        shown = (
            select(delivery_reports.c.request_id, delivery_reports.c.report_id, delivery_reports.c.position)
            .join(deliveries, deliveries.c.request_id == delivery_reports.c.request_id)
            .join(requests, requests.c.id == deliveries.c.request_id)
            .join(reports, reports.c.id == delivery_reports.c.report_id)
            .join(documents, documents.c.id == reports.c.document_id)
            .where(deliveries.c.tenant == place.tenant, deliveries.c.channel == place.channel, visible_to(viewer))
            .where(or_(requests.c.whispered.is_(False), requests.c.asker_id == viewer.user))
        )
        latest = shown.order_by(
            case((here, 1), else_=0).desc(), deliveries.c.revised_at.desc(), deliveries.c.request_id.desc()
        ).limit(1)
        async with self.database.read() as connection:
            last = (await connection.execute(latest)).one_or_none()
            if last is None:
                return ()
            all_shown = shown.where(deliveries.c.request_id == last.request_id)
            found = await connection.execute(all_shown.order_by(delivery_reports.c.position))
            return tuple(row.report_id for row in found)


async def _show(connection: AsyncConnection, request_id: str, report_ids: tuple[int, ...]) -> None:
    await connection.execute(delete(delivery_reports).where(delivery_reports.c.request_id == request_id))
    for position, report_id in enumerate(report_ids):
        await connection.execute(
            insert(delivery_reports).values(request_id=request_id, position=position, report_id=report_id)
        )
    read_for = (
        select(reports.c.document_id, requests.c.id)
        .join(requests, requests.c.id == request_id)
        .where(reports.c.id.in_(report_ids))
        .distinct()
    )
    link = insert_into(connection, document_requests).from_select(["document_id", "request_id"], read_for)
    await connection.execute(link.on_conflict_do_nothing())


async def _find(connection: AsyncConnection, *which: ColumnElement[bool]) -> Delivery | None:
    row = (await connection.execute(select(deliveries).where(*which).limit(1))).one_or_none()
    if row is None:
        return None
    shown = await connection.execute(
        select(delivery_reports.c.report_id)
        .where(delivery_reports.c.request_id == row.request_id)
        .order_by(delivery_reports.c.position)
    )
    return _delivery(row, tuple(shown.scalars()))


def _delivery(row: Row[*tuple[object, ...]], report_ids: tuple[int, ...]) -> Delivery:
    return Delivery(
        request_id=row.request_id,
        marker=row.marker,
        place=Place(
            tenant=row.tenant, channel=row.channel, message=row.message_id, reach=Reach(row.reach), thread=row.thread
        ),
        message=row.message,
        revision=row.revision,
        report_ids=report_ids,
    )


def _gone() -> str:
    return "This request, or what it was answered with, is no longer stored. Ask again."
