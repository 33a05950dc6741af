"""Accepted requests, and the keys under which the same one may come again."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, Update, and_, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.access import Person, Place, Reach
from bot.errors import NotStored, StoreUnavailable
from bot.store.conditions import insert_into
from bot.store.database import Database
from bot.store.payloads import from_json, to_json
from bot.store.records import Acceptance, RequestRecord, RequestState, StoredFile
from bot.store.tables import request_files, request_keys, requests

_TRIES = 5  # How often the same request is looked up again after another process was faster.


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests by id. One that was forgotten meanwhile raises NotStored, unless the method says otherwise."""

    database: Database
    clock: Callable[[], datetime]

    async def accept(self, new: RequestRecord, *, keys: frozenset[str]) -> Acceptance:
        """Store a request with all its keys (its id is one of them) at once, or find the first that had any of them.

        Safe under simultaneous calls, in any number of processes. Keys that came later lead to the first one too.
        """
        return (await self.accept_all([(new, keys)]))[0]

    async def accept_all(self, new: Sequence[tuple[RequestRecord, frozenset[str]]]) -> tuple[Acceptance, ...]:
        """Accept several requests, each with its keys, as `accept` does, in one transaction: all of them or none."""
        for _ in range(_TRIES):
            try:
                async with self.database.write() as connection:
                    return await _accept_all(connection, [(one, sorted({*keys, one.id})) for one, keys in new])
            except IntegrityError:  # The same request was accepted, or forgotten, by somebody else this moment.
                continue
        message = "The same request is being accepted and deleted at the same time. Try again in a moment."
        raise StoreUnavailable(message)

    async def load(self, id: str) -> RequestRecord:  # noqa: A002 - named as in the records
        """The request with what came along."""
        async with self.database.read() as connection:
            row = (await connection.execute(select(requests).where(requests.c.id == id))).one_or_none()
            if row is None:
                raise NotStored(_gone())
            files = await connection.execute(
                select(request_files.c.name, request_files.c.data)
                .where(request_files.c.request_id == id)
                .order_by(request_files.c.position)
            )
            return _record(row, tuple(StoredFile(name=file.name, data=file.data) for file in files))

    async def begin(self, id: str) -> int:  # noqa: A002 - named as in the records
        """Count one more attempt; how many there were, this one included."""
        async with self.database.write() as connection:
            statement = (
                update(requests)
                .where(requests.c.id == id)
                .values(attempts=requests.c.attempts + 1)
                .returning(requests.c.attempts)
            )
            attempts = (await connection.execute(statement)).scalar_one_or_none()
        if attempts is None:
            raise NotStored(_gone())
        return int(attempts)

    async def finish(
        self,
        id: str,  # noqa: A002 - named as in the records
        *,
        state: RequestState,
        error: str | None = None,
    ) -> None:
        """Put the request in a final state and empty what came with it.

        One that is final already, or was forgotten, stays as it is: finishing twice is the same as once.
        """
        async with self.database.write() as connection:
            await self._close(connection, id, state=state, error=error)

    async def open_ids(self, *, accepted_before: datetime | None = None) -> tuple[str, ...]:
        """The requests that are not final, oldest first."""
        statement = select(requests.c.id).where(requests.c.state == RequestState.ACCEPTED)
        if accepted_before is not None:
            statement = statement.where(requests.c.accepted_at < accepted_before)
        async with self.database.read() as connection:
            found = await connection.execute(statement.order_by(requests.c.accepted_at, requests.c.id))
            return tuple(found.scalars())

    async def ahead_of(self, id: str) -> int:  # noqa: A002 - named as in the records
        """How many requests that are not final were accepted earlier; 0 for one that is not stored."""
        this = select(requests.c.accepted_at).where(requests.c.id == id).scalar_subquery()
        earlier = or_(requests.c.accepted_at < this, and_(requests.c.accepted_at == this, requests.c.id < id))
        statement = select(func.count()).select_from(requests).where(requests.c.state == RequestState.ACCEPTED, earlier)
        async with self.database.read() as connection:
            return (await connection.execute(statement)).scalar_one()

    async def cancel(self, key: str) -> str | None:
        """Cancel the request with this key if it is not final; its id in either case, None for an unknown key."""
        async with self.database.write() as connection:
            found = (await connection.execute(_first_of([key]))).scalar()
            if found is not None:
                await self._close(connection, found, state=RequestState.CANCELLED, error=None)
        return found

    async def count_since(
        self, since: datetime, *, tenant: str, channel: str | None = None, user: str | None = None
    ) -> int:
        """How many requests were accepted in the tenant (and channel, and from the user) at that moment or later."""
        statement = (
            select(func.count())
            .select_from(requests)
            .where(requests.c.tenant == tenant, requests.c.accepted_at >= since)
        )
        if channel is not None:
            statement = statement.where(requests.c.channel == channel)
        if user is not None:
            statement = statement.where(requests.c.asker_id == user)
        async with self.database.read() as connection:
            return (await connection.execute(statement)).scalar_one()

    async def count_each_since(
        self, since: datetime, *, tenant: str, channels: Collection[str], users: Collection[str]
    ) -> tuple[Counter[str], Counter[str]]:
        """As `count_since`, for several at once: by channel, and by the asker's id."""
        statement = (
            select(requests.c.channel, requests.c.asker_id, func.count())
            .where(requests.c.tenant == tenant, requests.c.accepted_at >= since)
            .where(or_(requests.c.channel.in_(channels), requests.c.asker_id.in_(users)))
            .group_by(requests.c.channel, requests.c.asker_id)
        )
        by_channel: Counter[str] = Counter()
        by_user: Counter[str] = Counter()
        async with self.database.read() as connection:
            for channel, user, number in await connection.execute(statement):
                by_channel[channel] += number
                by_user[user] += number
        return (
            Counter({channel: by_channel[channel] for channel in channels}),
            Counter({user: by_user[user] for user in users}),
        )

    async def _close(self, connection: AsyncConnection, id_: str, *, state: RequestState, error: str | None) -> None:
        closed = await connection.execute(_closing(id_, state=state, error=error, at=self.clock()))
        if closed.rowcount:
            await connection.execute(delete(request_files).where(request_files.c.request_id == id_))


def _first_of(keys: list[str]) -> Select[str]:
    return (
        select(requests.c.id)
        .join(request_keys, request_keys.c.request_id == requests.c.id)
        .where(request_keys.c.key.in_(keys))
        .order_by(requests.c.accepted_at, requests.c.id)
        .limit(1)
    )


def _key_rows(keys: list[str], id_: str) -> list[dict[str, str]]:
    return [{"key": key, "request_id": id_} for key in keys]


async def _accept_all(
    connection: AsyncConnection, new: Sequence[tuple[RequestRecord, list[str]]]
) -> tuple[Acceptance, ...]:
    known = await _find_known(connection, sorted({name for _, names in new for name in names}))
    fresh: list[RequestRecord] = []
    new_keys: list[dict[str, str]] = []
    more_keys: list[dict[str, str]] = []
    accepted = []
    for one, names in new:
        found = min((known[name] for name in names if name in known), default=None)
        first = found or (one.accepted_at, one.id)
        if found is None:
            fresh.append(one)
        unknown = [name for name in names if name not in known]
        known.update(dict.fromkeys(unknown, first))
        (new_keys if found is None else more_keys).extend(_key_rows(unknown, first[1]))
        accepted.append(Acceptance(id=first[1], fresh=found is None))
    if fresh:
        await connection.execute(insert(requests), [_row_of(one) for one in fresh])
        await connection.execute(insert(request_keys), new_keys)
        if files := [row for one in fresh for row in _file_rows(one)]:
            await connection.execute(insert(request_files), files)
    if more_keys:
        await connection.execute(insert_into(connection, request_keys).on_conflict_do_nothing(), more_keys)
    return tuple(accepted)


async def _find_known(connection: AsyncConnection, keys: list[str]) -> dict[str, tuple[datetime, str]]:
    """When the request behind each key that is known was accepted, and its id."""
    found = await connection.execute(
        select(request_keys.c.key, requests.c.accepted_at, requests.c.id)
        .join(requests, request_keys.c.request_id == requests.c.id)
        .where(request_keys.c.key.in_(keys))
    )
    return {row.key: (row.accepted_at, row.id) for row in found}


def _row_of(new: RequestRecord) -> dict[str, object]:
    place, asker = new.place, new.asker
    return {
        "id": new.id,
        "tenant": place.tenant,
        "channel": place.channel,
        "thread": place.thread,
        "message_id": place.message,
        "reach": place.reach,
        "asker_id": asker.id,
        "asker_name": asker.name,
        "asker_admin": asker.admin,
        "whispered": new.whispered,
        "message": new.message,
        "links": to_json(new.links),
        "state": new.state,
        "attempts": new.attempts,
        "accepted_at": new.accepted_at,
        "finished_at": new.finished_at,
    }


def _file_rows(new: RequestRecord) -> list[dict[str, object]]:
    return [
        {"request_id": new.id, "position": position, "name": file.name, "data": file.data}
        for position, file in enumerate(new.files)
    ]


def _closing(id_: str, *, state: RequestState, error: str | None, at: datetime) -> Update:
    return (
        update(requests)
        .where(requests.c.id == id_, requests.c.state == RequestState.ACCEPTED)
        .values(state=state, error=error, message="", links="[]", finished_at=at)
    )


def _record(row: Row[*tuple[object, ...]], files: tuple[StoredFile, ...]) -> RequestRecord:
    return RequestRecord(
        id=row.id,
        place=Place(
            tenant=row.tenant, channel=row.channel, message=row.message_id, reach=Reach(row.reach), thread=row.thread
        ),
        asker=Person(id=row.asker_id, name=row.asker_name, admin=row.asker_admin),
        message=row.message,
        links=from_json(row.links, tuple[str, ...]),
        files=files,
        whispered=row.whispered,
        state=RequestState(row.state),
        attempts=row.attempts,
        accepted_at=row.accepted_at,
        finished_at=row.finished_at,
    )


def _gone() -> str:
    return "This request is no longer stored. Ask again."
