"""Kill the bot many times and print what came of it.

python -m tests.handlers.crash.loop --kills 200
"""

import argparse
import asyncio
import itertools
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.handlers.crash.driver import Counts, Moment, open_driver


async def kill_over_and_over(kills: int, *, folder: Path, seed: int) -> Counts:
    """So many kills, every moment in turn; then wait for the answers and count."""
    async with open_driver(folder, seed=seed) as driver:
        for moment in itertools.islice(itertools.cycle(Moment), kills):
            await driver.kill_at(moment)
            if driver.kills % 20 == 0:
                sys.stdout.write(f"so far: {driver.count()}\n")
                sys.stdout.flush()
        return await driver.finish(seconds=600)


def main() -> int:
    """Run, print, and tell by the exit code whether anything was lost or doubled."""
    parser = argparse.ArgumentParser(description="Kill the bot over and over.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.nice(10)  # give way to everything else on this machine
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="claimcheck-crash-") as folder:
        counts = asyncio.run(kill_over_and_over(asked.kills, folder=Path(folder), seed=asked.seed))
    sys.stdout.write(f"{counts}; {time.monotonic() - began:.0f} s\n")
    return 1 if counts.lost or counts.doubled else 0


if __name__ == "__main__":
    sys.exit(main())
