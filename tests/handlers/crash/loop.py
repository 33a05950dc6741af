"""Do to the bot what can go wrong, many times over, and print what came of it.

python -m tests.handlers.crash.loop --kills 200                  one bot on SQLite, killed
python -m tests.handlers.crash.loop --faults 200 --workers 2     workers on a PostgreSQL of their own, every fault
"""

import argparse
import asyncio
import itertools
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.databases import run_cluster
from tests.handlers.crash.driver import Counts, Moment, open_driver
from tests.handlers.crash.fleet import Fault, open_fleet

_TOLD_EVERY = 20


async def kill_over_and_over(kills: int, *, folder: Path, seed: int) -> Counts:
    """So many kills, every moment in turn; then wait for the answers and count."""
    async with open_driver(folder, seed=seed) as driver:
        for moment in itertools.islice(itertools.cycle(Moment), kills):
            await driver.kill_at(moment)
            if driver.kills % _TOLD_EVERY == 0:
                _tell(f"so far: {driver.count()}")
        return await driver.finish(seconds=600)


async def meet_fault_after_fault(asked: argparse.Namespace, *, folder: Path) -> Counts:
    """So many faults among several workers, or as many as fit into the minutes; then wait for the answers and count.

    A worker is stopped for a full minute every fifth time, for two seconds else.
    """
    until = time.monotonic() + 60 * asked.minutes
    with run_cluster() as cluster:
        opening = open_fleet(folder, cluster=cluster, seed=asked.seed, workers=asked.workers, engine=asked.engine)
        async with opening as fleet:
            stops = itertools.count()
            for fault in itertools.islice(itertools.cycle(Fault), asked.faults):
                if time.monotonic() > until:
                    break
                if fault is Fault.STOPPED:
                    fleet.pause = 2.0 if next(stops) % 5 else 60.0
                await fleet.meet(fault)
                fleet.pause = 2.0
                if len(fleet.done) % _TOLD_EVERY == 0:
                    _tell(f"so far: faults {len(fleet.done)}, {fleet.driver.count()}")
            counts = await fleet.finish(seconds=600)
            for fault, times in Counter(fleet.done).items():
                _tell(f"{times:5d} {fault}")
            _tell(f"faults {len(fleet.done)}; workers that ended by themselves, and were started again: {fleet.ended}")
            return counts


def main() -> int:
    """Run, print, and tell by the exit code whether anything was lost or doubled."""
    parser = argparse.ArgumentParser(description="Do to the bot what can go wrong, over and over.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--faults", type=int, default=0, help="faults among several workers on PostgreSQL instead")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=60.0, help="begin no further fault after so many")
    parser.add_argument("--engine", default="shipped", help="of the faults: shipped, or quick (half a second)")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.nice(10)  # give way to everything else on this machine
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="claimcheck-crash-") as name:
        folder = Path(name)
        if asked.faults:
            counts = asyncio.run(meet_fault_after_fault(asked, folder=folder))
        else:
            counts = asyncio.run(kill_over_and_over(asked.kills, folder=folder, seed=asked.seed))
    _tell(f"{counts}; {time.monotonic() - began:.0f} s")
    return 1 if counts.lost or counts.doubled else 0


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
