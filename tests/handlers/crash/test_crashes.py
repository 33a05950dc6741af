"""Killed, stopped, locked out and out of room: everything accepted is answered once. A minute or two in all."""

import asyncio
import contextlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.handlers.crash.driver import Driver, open_driver
from tests.handlers.crash.loop import kill_over_and_over

_ROOM = 24 * 1024 * 1024  # bytes of the small disk
_LOCKED_SECONDS = 20

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the signals are those of POSIX")


@pytest.mark.asyncio
async def test_killed_twenty_times_nothing_is_lost_and_nothing_said_twice(tmp_path: Path) -> None:
    counts = await kill_over_and_over(20, folder=tmp_path, seed=20)
    assert (counts.kills, counts.lost, counts.doubled) == (20, 0, 0)
    assert counts.accepted == 60


@pytest.mark.asyncio
async def test_a_database_that_another_process_locks_for_a_while_costs_time_and_nothing_else(tmp_path: Path) -> None:
    async with open_driver(tmp_path) as driver:
        driver.ask(channel="C1")
        await driver.acknowledged()
        with closing(sqlite3.connect(tmp_path / "claimcheck.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            driver.ask(channel="C1", times=2)
            await asyncio.sleep(_LOCKED_SECONDS)
            other.execute("ROLLBACK")
        await _all_is_well(driver, accepted=2)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for little; skips where this user may not mount one."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if not sys.platform.startswith("linux") or mount is None or umount is None:
        pytest.skip("a small disk is mounted as tmpfs, which only Linux has")
    folder = tmp_path / "small"
    folder.mkdir()
    made = subprocess.run(  # noqa: S603 - a fixed command
        [mount, "-t", "tmpfs", "-o", f"size={_ROOM}", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run([umount, "-l", str(folder)], check=True)  # noqa: S603 - a fixed command


@pytest.mark.asyncio
async def test_a_full_disk_accepts_nothing_and_loses_nothing(small_disk: Path) -> None:
    async with open_driver(small_disk) as driver:
        driver.ask(channel="C1")
        await driver.acknowledged()
        await driver.answered(seconds=60)
        filler = small_disk / "filler"
        driver.ask(channel="C2")
        await driver.acknowledged()
        _fill(filler)
        driver.ask(channel="C3", times=2)
        await asyncio.sleep(5)
        accepted = driver.count().accepted
        filler.unlink()
        assert accepted == 2
        await _all_is_well(driver, accepted=3)


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))


async def _all_is_well(driver: Driver, *, accepted: int) -> None:
    counts = await driver.finish()
    assert (counts.accepted, counts.lost, counts.doubled, counts.gave_up) == (accepted, 0, 0, 0)
