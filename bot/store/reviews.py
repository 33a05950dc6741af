"""What people say about a report: overrules and feedback. Rows are added and never changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from bot.access import Person
from bot.errors import NotStored
from bot.report import Grade
from bot.store.database import Database
from bot.store.records import Overrule
from bot.store.reviewing import find_overrules
from bot.store.signing import signature
from bot.store.tables import feedback, overrules, undos


@dataclass(frozen=True, slots=True)
class Reviews:
    """Reviews by report. Whether somebody may see or overrule it is decided by the caller."""

    database: Database
    clock: Callable[[], datetime]

    async def overrule(self, report_id: int, *, claim_id: str, grade: Grade, reason: str, by: Person) -> Overrule:
        """Put a person's grade for a claim above the machine's. Raises NotStored where there is no such report."""
        at = self.clock()
        row = signature(by, at) | {"claim_id": claim_id, "grade": int(grade), "reason": reason}
        try:
            async with self.database.write() as connection:
                statement = insert(overrules).values(report_id=report_id, **row).returning(overrules.c.id)
                made: int = (await connection.execute(statement)).scalar_one()
        except IntegrityError as error:
            raise NotStored(_gone()) from error
        return Overrule(id=made, report_id=report_id, claim_id=claim_id, grade=grade, reason=reason, by=by, at=at)

    async def undo(self, report_id: int, *, by: Person) -> Overrule:
        """Take back the latest overrule in force that this person made; NotStored where there is none."""
        latest = (
            select(overrules.c.id)
            .outerjoin(undos, undos.c.overrule_id == overrules.c.id)
            .where(overrules.c.report_id == report_id, overrules.c.by_id == by.id, undos.c.overrule_id.is_(None))
            .order_by(overrules.c.id.desc())
            .limit(1)
        )
        nothing = "There is nothing of yours to undo in this check."
        try:
            async with self.database.write() as connection:
                found = (await connection.execute(latest)).scalar()
                if found is None:
                    raise NotStored(nothing)
                await connection.execute(insert(undos).values(overrule_id=found, **signature(by, self.clock())))
                made = await find_overrules(connection, report_id)
        except IntegrityError as error:  # Undone this moment, by the same click coming twice.
            raise NotStored(nothing) from error
        return next(overrule for overrule in made if overrule.id == found)

    async def overrules(self, report_id: int) -> tuple[Overrule, ...]:
        """Every overrule ever made of the report, undone ones too, in order."""
        async with self.database.read() as connection:
            return await find_overrules(connection, report_id)

    async def feedback(self, report_id: int, *, reason: str, by: Person) -> None:
        """Keep a person's word that the report was no use. Raises NotStored where there is no such report."""
        try:
            async with self.database.write() as connection:
                statement = insert(feedback).values(report_id=report_id, reason=reason, **signature(by, self.clock()))
                await connection.execute(statement)
        except IntegrityError as error:
            raise NotStored(_gone()) from error


def _gone() -> str:
    return "This check is no longer stored. Ask for a new one."
