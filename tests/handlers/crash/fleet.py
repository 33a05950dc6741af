"""What can go wrong where several workers share a PostgreSQL database, done to them from outside."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tests.databases import Cluster
from tests.handlers.crash.driver import Counts, Driver, open_driver
from tests.handlers.crash.process import Bot

_LOOK_SECONDS = 0.1


class Fault(StrEnum):
    """What happens while requests are worked on."""

    KILLED = "one of two killed for good"
    BOTH_KILLED = "both killed, and started again"
    STOPPED = "one stopped for a while, and resumed"
    RESTARTED = "PostgreSQL restarted"
    NAMESAKE = "a third one under the same name, and one of the others killed"
    CUT = "every connection cut"
    HANDED_BACK = "one asked to end"
    STOPPED_AND_CUT = "one stopped, its connections cut, and resumed"


@dataclass(slots=True, kw_only=True)
class Fleet:
    """The workers, the database that they share, and who starts them again when they end by themselves."""

    driver: Driver
    cluster: Cluster
    database: str
    pause: float
    done: list[Fault] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)

    async def meet(self, fault: Fault) -> None:
        """Ask for a few articles, let the fault happen at some moment, and wait until all is well again."""
        driver = self.driver
        driver.pages.slow, driver.chat.slow = driver.chance.choice([(0.0, 0.0), (1.0, 0.0), (0.0, 0.5)])
        for times in (1, 4, 1, 1):
            driver.ask(channel=f"C{len(self.done)}", times=times)
        await asyncio.sleep(driver.chance.uniform(0.1, 1.5))
        await self._do(fault)
        driver.pages.slow = driver.chat.slow = 0.0
        await driver.acknowledged()
        await driver.answered(seconds=90)
        async with asyncio.timeout(120):
            while not all([await bot.is_open() for bot in driver.bots]):  # noqa: ASYNC110 - started by the supervisor
                await asyncio.sleep(_LOOK_SECONDS)
        self.done.append(fault)

    async def _do(self, fault: Fault) -> None:
        one, other = self.driver.chance.sample(self.driver.bots, 2)
        match fault:
            case Fault.KILLED:
                await one.kill()
                await self.driver.acknowledged()
                await self.driver.answered(seconds=90)  # by the other one
                await one.spawn()
            case Fault.BOTH_KILLED:
                await asyncio.gather(one.kill(), other.kill())
                await asyncio.gather(one.spawn(), other.spawn())
            case Fault.STOPPED:
                one.signal(signal.SIGSTOP)
                await asyncio.sleep(self.pause)
                one.signal(signal.SIGCONT)
            case Fault.RESTARTED:
                async with self._everybody_ending():
                    await asyncio.to_thread(self.cluster.restart)
            case Fault.NAMESAKE:
                third = Bot(database_url=one.database_url, chat_url=one.chat_url, log=one.log, engine=one.engine)
                await third.start()
                self.driver.bots.append(third)
                await one.kill()
                self.driver.bots.remove(one)
            case Fault.CUT:
                async with self._everybody_ending():
                    await asyncio.to_thread(self.cluster.disconnect, self.database)
            case Fault.HANDED_BACK:
                one.wanted = False
                one.signal(signal.SIGTERM)
                assert await one.ended() == 0
                await one.spawn()
            case Fault.STOPPED_AND_CUT:
                one.signal(signal.SIGSTOP)
                async with self._everybody_ending():
                    await asyncio.to_thread(self.cluster.disconnect, self.database)
                    await asyncio.sleep(self.pause)
                    one.signal(signal.SIGCONT)

    @asynccontextmanager
    async def _everybody_ending(self) -> AsyncIterator[None]:
        """All who run now end by themselves because of what happens in the block."""
        running = [bot.process for bot in self.driver.bots if bot.process is not None]
        yield
        async with asyncio.timeout(60):
            await asyncio.gather(*(process.wait() for process in running))

    async def supervise(self) -> None:
        """Start again whoever ends without being asked to, as a supervisor does."""
        while True:
            for bot in self.driver.bots:
                if bot.wanted and bot.has_ended:
                    self.ended.append(await bot.ended())
                    await bot.spawn()
            await asyncio.sleep(_LOOK_SECONDS)

    async def finish(self, *, seconds: float = 120.0) -> Counts:
        """Wait until all is answered, or for so long, and count."""
        return await self.driver.finish(seconds=seconds)


@asynccontextmanager
async def open_fleet(  # noqa: PLR0913 - one for each thing that tests and the loop vary
    folder: Path, *, cluster: Cluster, seed: int = 1, workers: int = 2, pause: float = 2.0, engine: str = "shipped"
) -> AsyncIterator[Fleet]:
    """So many workers on a database of their own. `pause`: for how many seconds a worker is stopped."""
    database = cluster.create()
    url = cluster.url(database)
    async with open_driver(folder, seed=seed, database_url=url, roles=("both",) * workers, engine=engine) as driver:
        fleet = Fleet(driver=driver, cluster=cluster, database=database, pause=pause)
        supervising = asyncio.create_task(fleet.supervise())
        try:
            yield fleet
        finally:
            supervising.cancel()
            await asyncio.gather(supervising, return_exceptions=True)
