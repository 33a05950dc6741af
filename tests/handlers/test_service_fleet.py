"""Who lives among several workers on one PostgreSQL, and what becomes of one that the others may take for dead."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import pytest

from bot.errors import StoreUnavailable
from bot.store.records import RequestState
from handlers.service_fleet import Alone, WorkerLost, ended_by, join_fleet
from tests.chat_server import ChatServer, open_chat_server
from tests.databases import Cluster
from tests.handlers.service_room import QuickEngine, incoming, open_newsroom, until

LINK = "https://news.example/harbour"


@pytest.fixture
def database(postgres: Cluster) -> Iterator[str]:
    name = postgres.create()
    yield name
    postgres.drop(name)


@pytest.fixture
def url(postgres: Cluster, database: str) -> str:
    return postgres.url(database)


@pytest.mark.asyncio
async def test_a_worker_lives_until_it_leaves(url: str) -> None:
    async with join_fleet(url, prefix="one", version="1") as one:
        async with join_fleet(url, prefix="two", version="1") as two, one.open_round() as fleet_round:
            assert fleet_round is not None
            assert not await fleet_round.is_dead(one.name)
            assert not await fleet_round.is_dead(two.name)
        async with one.open_round() as fleet_round:
            assert fleet_round is not None
            assert await fleet_round.is_dead(two.name)
            assert await fleet_round.is_dead("never.seen")


@pytest.mark.asyncio
async def test_a_version_is_there_as_long_as_one_of_its_workers_is(url: str) -> None:
    async with join_fleet(url, prefix="new", version="2") as new, join_fleet(url, prefix="old", version="1"):
        async with join_fleet(url, prefix="old", version="1"):
            pass
        async with new.open_round() as fleet_round:
            assert fleet_round is not None
            assert not await fleet_round.is_gone("1")
            assert not await fleet_round.is_gone("2")
            assert await fleet_round.is_gone("0")


@pytest.mark.asyncio
async def test_two_of_one_name_tell_themselves_apart_and_say_so(url: str, caplog: pytest.LogCaptureFixture) -> None:
    async with join_fleet(url, prefix="same", version="1") as one, join_fleet(url, prefix="same", version="1") as two:
        assert one.name != two.name
        assert f"another worker is named same, too; this one goes by {two.name}" in caplog.text


@pytest.mark.asyncio
async def test_one_worker_at_a_time_decides_about_the_others(url: str) -> None:
    async with join_fleet(url, prefix="one", version="1") as one, join_fleet(url, prefix="two", version="1") as two:
        async with one.open_round() as first, two.open_round() as second:
            assert first is not None
            assert second is None
        async with two.open_round() as second:
            assert second is not None


@pytest.mark.asyncio
async def test_a_worker_alone_takes_everybody_else_for_gone() -> None:
    async with Alone(name="me").open_round() as fleet_round:
        assert fleet_round is not None
        assert await fleet_round.is_dead("another")
        assert await fleet_round.is_gone("0")


@pytest.mark.asyncio
async def test_a_database_that_is_not_there_is_said_plainly() -> None:
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        async with join_fleet("postgresql://nobody@127.0.0.1:9/nothing", prefix="one", version="1"):
            pass


@pytest.mark.asyncio
async def test_who_loses_the_lock_hears_of_it(postgres: Cluster, database: str, url: str) -> None:
    async with join_fleet(url, prefix="one", version="1") as member:
        watching = asyncio.create_task(member.watch())
        await asyncio.sleep(0.1)
        assert not watching.done()
        await asyncio.to_thread(postgres.disconnect, database)
        async with asyncio.timeout(10):
            with pytest.raises(WorkerLost, match="others take its work over"):
                await watching


@pytest.mark.asyncio
async def test_a_service_that_lost_its_lock_stops_at_once_and_the_next_one_answers(
    postgres: Cluster, database: str, url: str
) -> None:
    engine = QuickEngine()
    engine.going.clear()
    asked: list[str] = []

    async def work_until_lost(chat: ChatServer) -> None:
        async with open_newsroom(url, chat=chat, engine=engine) as room:
            asked.append((await room.service.accept(incoming(LINK))).id)
            await until(_has_read(engine))
            await asyncio.to_thread(postgres.disconnect, database)
            await asyncio.Event().wait()

    async with open_chat_server() as chat:
        with pytest.raises(WorkerLost):
            await work_until_lost(chat)
        engine.going.set()
        async with open_newsroom(url, chat=chat, engine=engine) as room:
            assert await room.settled(*asked) == [RequestState.ANSWERED]
        assert [post.text[:6] for post in chat.posts] == ["REPORT"]


def _has_read(engine: QuickEngine) -> Callable[[], Awaitable[bool]]:
    async def has_read() -> bool:
        return bool(engine.read)

    return has_read


async def _fail() -> None:
    message = "lost"
    raise WorkerLost(message)


async def _go_on() -> None:
    await asyncio.Event().wait()


@pytest.mark.asyncio
async def test_a_block_ends_with_the_error_of_what_watches_it() -> None:
    with pytest.raises(WorkerLost):
        async with ended_by(_fail()):
            await asyncio.Event().wait()
    await asyncio.sleep(0)  # and is cancelled no further


@pytest.mark.asyncio
async def test_a_block_that_fails_by_itself_ends_with_its_own_error() -> None:
    with pytest.raises(ZeroDivisionError):
        async with ended_by(_go_on()):
            raise ZeroDivisionError


@pytest.mark.asyncio
async def test_a_block_that_is_cancelled_from_outside_is_cancelled() -> None:
    async def block() -> None:
        async with ended_by(_go_on()):
            await asyncio.Event().wait()

    task = asyncio.create_task(block())
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
