"""Who did something, and when: the columns in which every change by a person is signed."""

from datetime import datetime

from bot.access import Person


def signature(by: Person, at: datetime) -> dict[str, object]:
    """The values of those columns."""
    return {"by_id": by.id, "by_name": by.name, "by_admin": by.admin, "at": at}
