"""Several workers on one PostgreSQL: throughput, and what a request costs the database, with the machine named.

    python -m tests.bench.fleet                       1, 2 and 4 workers on every engine; some minutes
    python -m tests.bench.fleet --requests 400 --engines none --workers 1 2

"none" leaves the analysis out, so that fetching, queue and database are what is measured. With "slow" it takes two
seconds and no CPU, as if it were done on cores of its own: a worker, which does four at once, answers two a second, and
whatever limits several of them is shared. Workers, database, chat and
site share the machine. Articles of about 120 words, two thirds of them links to a site on loopback, the rest pasted.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.bench.analysis import name_machine
from tests.databases import Cluster, run_cluster
from tests.handlers.crash.driver import Driver, open_driver

_ENGINES = ("shipped", "none", "slow")
_WARM = 8
_IDLE_SECONDS = 5.0
_SETTLES = 2.0  # seconds after which the database's counters are up to date
_QUEUE = ("dbos",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The counters of a database: transactions, milliseconds of work on statements, and bytes of tables."""

    transactions: int
    busy_ms: float
    store_bytes: int
    queue_bytes: int

    def since(self, before: "Cost") -> "Cost":
        """What came to be between the two."""
        return Cost(
            transactions=self.transactions - before.transactions,
            busy_ms=self.busy_ms - before.busy_ms,
            store_bytes=self.store_bytes - before.store_bytes,
            queue_bytes=self.queue_bytes - before.queue_bytes,
        )


def main() -> int:
    """Measure and print; the exit code tells whether anything was lost or doubled."""
    parser = argparse.ArgumentParser(description="Several workers on one PostgreSQL.")
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--engines", nargs="+", default=["shipped", "none", "slow"], choices=_ENGINES)
    asked = parser.parse_args()
    print(f"{name_machine()}; {asked.requests} requests at once.\n")
    print(f"{'engine':8s} {'workers':>7s} {'requests/s':>10s} {'lost':>5s} {'doubled':>7s}", end=" ")
    print(f"{'transactions':>12s} {'database ms':>11s} {'store bytes':>11s} {'queue bytes':>11s}", end="  ")
    print("idle: transactions/s, ms/s")
    wrong = 0
    with run_cluster() as cluster:
        for engine in asked.engines:
            for workers in asked.workers:
                with tempfile.TemporaryDirectory(prefix="claimcheck-fleet-") as name:
                    measuring = measure(
                        Path(name), cluster=cluster, engine=engine, workers=workers, requests=asked.requests
                    )
                    wrong += asyncio.run(measuring)
    print("\nTransactions, milliseconds and bytes are for one request; idle, for the whole fleet.")
    return 1 if wrong else 0


async def measure(folder: Path, *, cluster: Cluster, engine: str, workers: int, requests: int) -> int:
    """One burst on so many workers, on a database of their own; how many requests were lost or answered twice."""
    database = cluster.create()
    url = cluster.url(database)
    async with open_driver(folder, database_url=url, roles=("both",) * workers, engine=engine) as driver:
        await _ask(driver, _WARM * workers)
        idle = await _settle(url)
        await asyncio.sleep(_IDLE_SECONDS)
        before = await _settle(url)
        idle, idled = before.since(idle), _IDLE_SECONDS + _SETTLES
        seconds = await _ask(driver, requests)
        cost = (await _settle(url)).since(before)
        # The fleet's idle work went on beside the requests.
        transactions = cost.transactions - idle.transactions * (seconds + _SETTLES) / idled
        busy = cost.busy_ms - idle.busy_ms * (seconds + _SETTLES) / idled
        counts = await driver.finish()
    print(f"{engine:8s} {workers:7d} {requests / seconds:10.1f} {counts.lost:5d} {counts.doubled:7d}", end=" ")
    print(f"{transactions / requests:12.1f} {busy / requests:11.1f}", end=" ")
    print(f"{cost.store_bytes / requests:11.0f} {cost.queue_bytes / requests:11.0f}", end="  ")
    print(f"{idle.transactions / idled:.0f}, {idle.busy_ms / idled:.1f}", flush=True)
    return counts.lost + counts.doubled


async def _ask(driver: Driver, requests: int) -> float:
    """Ask for so many articles at once; after how many seconds all were answered."""
    began = time.perf_counter()
    for number in range(requests):
        driver.ask(channel=f"C{number % 20}")
    await driver.acknowledged()
    await driver.answered(seconds=600)
    return time.perf_counter() - began


async def _settle(url: str) -> Cost:
    await asyncio.sleep(_SETTLES)
    return await asyncio.to_thread(_read_cost, url)


def _read_cost(url: str) -> Cost:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(
            "SELECT xact_commit + xact_rollback, active_time FROM pg_stat_database WHERE datname = current_database()"
        ).fetchone()
        sizes = connection.execute(
            "SELECT n.nspname = ANY(%s), coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg_%%' "
            "AND n.nspname <> 'information_schema' GROUP BY 1",
            (list(_QUEUE),),
        ).fetchall()
    assert row is not None
    found: dict[bool, int] = dict(sizes)
    return Cost(
        transactions=int(row[0]),
        busy_ms=float(row[1]),
        store_bytes=int(found.get(False, 0)),
        queue_bytes=int(found.get(True, 0)),
    )


if __name__ == "__main__":
    sys.exit(main())
