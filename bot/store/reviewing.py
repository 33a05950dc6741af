"""Overrules as they stand in the tables: every one ever made, and those in force."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.access import Person
from bot.report import Grade
from bot.store.records import Overrule
from bot.store.tables import overrules, undos


async def find_overrules(connection: AsyncConnection, report_id: int) -> tuple[Overrule, ...]:
    """All overrules of a report, undone ones too, in the order they were made."""
    statement = (
        select(
            overrules,
            undos.c.by_id.label("undone_by_id"),
            undos.c.by_name.label("undone_by_name"),
            undos.c.by_admin.label("undone_by_admin"),
            undos.c.at.label("undone_at"),
        )
        .outerjoin(undos, undos.c.overrule_id == overrules.c.id)
        .where(overrules.c.report_id == report_id)
        .order_by(overrules.c.id)
    )
    return tuple(
        Overrule(
            id=row.id,
            report_id=row.report_id,
            claim_id=row.claim_id,
            grade=Grade(row.grade),
            reason=row.reason,
            by=Person(id=row.by_id, name=row.by_name, admin=row.by_admin),
            at=row.at,
            undone_by=None
            if row.undone_at is None
            else Person(id=row.undone_by_id, name=row.undone_by_name, admin=row.undone_by_admin),
            undone_at=row.undone_at,
        )
        for row in await connection.execute(statement)
    )


def in_force(made: Iterable[Overrule], *, order: Sequence[str]) -> tuple[Overrule, ...]:
    """The latest overrule of each claim that is not undone, in the order of the claims."""
    latest = {overrule.claim_id: overrule for overrule in made if overrule.undone_at is None}
    known = [latest[claim] for claim in order if claim in latest]
    return (*known, *(overrule for claim, overrule in sorted(latest.items()) if claim not in order))
