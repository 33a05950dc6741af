"""A burst of requests on the service as it is run, with the machine named.

    python -m tests.bench.burst               200 requests at once; a minute or two
    python -m tests.bench.burst --seconds 4   the same, spread evenly over so many seconds

The bot runs in processes of its own on SQLite, with the shipped model; articles of about 120 words come from a site on
loopback, or pasted. An ack is measured from outside, over HTTP; "one at a time" in a calm moment before the burst.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.analysis import name_machine
from tests.handlers.crash.driver import Driver, open_driver

REQUESTS = 200
CALM = 20
CORES = 2


def main() -> int:
    """Measure and print; the exit code tells whether anything was lost or doubled."""
    parser = argparse.ArgumentParser(description="A burst of requests.")
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--seconds", type=float, default=0.0)
    asked = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    print(f"{CORES} cores of {name_machine()}; {asked.requests} requests within {asked.seconds:g} seconds.\n")
    with tempfile.TemporaryDirectory(prefix="claimcheck-burst-") as folder:
        return asyncio.run(measure(Path(folder), requests=asked.requests, seconds=asked.seconds))


async def measure(folder: Path, *, requests: int, seconds: float) -> int:
    """One calm run, one burst."""
    async with open_driver(folder) as driver:
        for number in range(CALM):
            driver.ask(channel=f"calm{number}")
            await driver.acknowledged()
            await driver.answered(seconds=60)
        show("ack, one at a time", driver.latencies)
        driver.latencies.clear()
        began = time.perf_counter()
        for number in range(requests):
            driver.ask(channel=f"C{number % 20}")
            await asyncio.sleep(max(0.0, began + seconds * (number + 1) / requests - time.perf_counter()))
        await driver.acknowledged()
        acknowledged = time.perf_counter() - began
        memory = 0.0
        while driver.count().lost:
            memory = max(memory, megabytes(driver))
            await asyncio.sleep(0.1)
        took = time.perf_counter() - began
        show("ack, in the burst", driver.latencies)
        counts = await driver.finish()
        print(f"{'all acknowledged after':28s} {acknowledged:.1f} s")
        print(f"{'all answered after':28s} {took:.1f} s")
        print(f"{'throughput':28s} {requests / took:.1f} requests a second, {requests / took / CORES:.1f} per core")
        print(f"{'memory of all its processes':28s} {memory:.0f} MB (peak of the sum of resident sets)")
        print(f"{'counted':28s} {counts}")
    return 1 if counts.lost or counts.doubled else 0


def show(name: str, seconds: list[float]) -> None:
    """Print the median and the 99th percentile."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    print(f"{name:28s} p50 {1000 * cuts[49]:.0f} ms, p99 {1000 * cuts[98]:.0f} ms, most {1000 * max(seconds):.0f} ms")


def megabytes(driver: Driver) -> float:
    """Resident memory of the bot and its children, where /proc tells; 0 elsewhere."""
    if driver.bot.process is None or not sys.platform.startswith("linux"):
        return 0.0
    family = {driver.bot.process.pid}
    total = 0
    for folder in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            stat = (folder / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            pid, parent, pages = int(folder.name), int(stat[1]), int(stat[21])
        except (OSError, IndexError):  # it has ended meanwhile
            continue
        if pid in family or parent in family:
            family.add(pid)
            total += pages * os.sysconf("SC_PAGE_SIZE")
    return total / 1e6


if __name__ == "__main__":
    sys.exit(main())
