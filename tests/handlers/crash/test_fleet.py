"""Two workers on one PostgreSQL, and what befalls them: everything accepted is answered once. Some two minutes."""

import asyncio
import itertools
import signal
import sys
from pathlib import Path

import pytest

from tests.databases import Cluster
from tests.handlers.crash.driver import open_driver
from tests.handlers.crash.fleet import Fault, open_fleet

_FAULTS = 20

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the signals are those of POSIX")


@pytest.mark.asyncio
async def test_after_twenty_faults_nothing_is_lost_and_nothing_said_twice(tmp_path: Path, postgres: Cluster) -> None:
    async with open_fleet(tmp_path, cluster=postgres, seed=7, pause=1.0, engine="quick") as fleet:
        for fault in itertools.islice(itertools.cycle(Fault), _FAULTS):
            await fleet.meet(fault)
        counts = await fleet.finish()
    assert (counts.accepted, counts.lost, counts.doubled, counts.gave_up) == (4 * _FAULTS, 0, 0, 0)
    assert set(fleet.done) == set(Fault)


@pytest.mark.asyncio
async def test_a_worker_whose_connections_are_cut_ends_and_says_why(tmp_path: Path, postgres: Cluster) -> None:
    database = postgres.create()
    async with open_driver(tmp_path, database_url=postgres.url(database), engine="quick") as driver:
        await asyncio.to_thread(postgres.disconnect, database)
        async with asyncio.timeout(30):
            assert await driver.bot.ended() == 1
        assert "others take its work over" in driver.bot.log.read_text(encoding="utf-8")


@pytest.mark.asyncio
async def test_who_only_receives_keeps_requests_for_those_who_work(tmp_path: Path, postgres: Cluster) -> None:
    url = postgres.url(postgres.create())
    async with open_driver(tmp_path, database_url=url, roles=("receive", "work", "work"), engine="quick") as driver:
        receiver, worker, other = driver.bots
        driver.ask(channel="C1", times=4)
        await driver.acknowledged()
        await driver.answered(seconds=30)
        await asyncio.gather(worker.kill(), other.kill())
        driver.ask(channel="C2")
        await driver.acknowledged()
        await receiver.kill()  # which nobody needs any more
        assert driver.count().lost == 1
        await worker.start()
        counts = await driver.finish()
    assert (counts.accepted, counts.lost, counts.doubled) == (2, 0, 0)


@pytest.mark.asyncio
async def test_an_upgrade_of_one_worker_after_the_other_strands_and_doubles_nothing(
    tmp_path: Path, postgres: Cluster
) -> None:
    url = postgres.url(postgres.create())
    async with open_driver(tmp_path, database_url=url, roles=("both", "both"), engine="quick") as driver:
        for bot in driver.bots:
            driver.pages.slow = 2.5  # long enough for both to look for open requests while others are worked on
            for number in range(4):
                driver.ask(channel=f"C{number}")
            await driver.acknowledged()
            await asyncio.sleep(1.0)
            bot.signal(signal.SIGTERM)
            assert await bot.ended() == 0
            bot.version = "next"
            await bot.start()
            for number in range(4):
                driver.ask(channel=f"C{number}")
            await driver.acknowledged()
            await asyncio.sleep(3.0)
        driver.pages.slow = 0.0
        counts = await driver.finish()
    assert (counts.accepted, counts.lost, counts.doubled, counts.gave_up) == (16, 0, 0, 0)


@pytest.mark.asyncio
async def test_what_a_version_that_nobody_runs_any_more_left_behind_is_done_by_the_next(
    tmp_path: Path, postgres: Cluster
) -> None:
    url = postgres.url(postgres.create())
    async with open_driver(tmp_path, database_url=url, roles=("both", "receive"), engine="quick") as driver:
        worker, _ = driver.bots
        driver.pages.slow = 2.0
        for number in range(4):
            driver.ask(channel=f"C{number}")
        await driver.acknowledged()
        await worker.kill()
        driver.ask(channel="C5")  # the receiver is of the old version, too
        await driver.acknowledged()
        worker.version = "next"
        await worker.start()
        counts = await driver.finish()
        asked = driver.chat.calls.count("post")
    assert (counts.accepted, counts.lost, counts.doubled, counts.gave_up) == (5, 0, 0, 0)
    assert asked == 5
