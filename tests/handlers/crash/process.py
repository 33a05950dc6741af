"""One process of the bot, started, signalled and ended from outside."""

import asyncio
import contextlib
import secrets
import signal
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path

from handlers.service_queue import FLOW_VERSION

ROOT = Path(__file__).parents[3]
_PORTS = range(20_000, 32_000)  # below those that connections out are given


def free_port() -> int:
    """A port on loopback that nobody listens on, and that no connection out is given by the system meanwhile."""
    while True:
        port = secrets.choice(_PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@dataclass(slots=True, kw_only=True)
class Bot:
    """A bot with a door of its own. `wanted`: whether it should be running."""

    database_url: str
    chat_url: str
    log: Path
    role: str = "both"
    engine: str = "shipped"
    version: str = FLOW_VERSION
    port: int = field(default_factory=free_port)
    process: asyncio.subprocess.Process | None = None
    wanted: bool = False

    @property
    def has_ended(self) -> bool:
        """Whether it is not there, or no more."""
        return self.process is None or self.process.returncode is not None

    async def spawn(self) -> None:
        """Start it, and do not wait for its door to open."""
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.handlers.crash.bot",
                self.database_url,
                self.chat_url,
                str(self.port),
                self.role,
                self.engine,
                self.version,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
        self.wanted = True  # not before, or a supervisor would start it besides

    async def start(self) -> None:
        """Start it and wait until its door is open."""
        await self.spawn()
        await self.opened()

    async def opened(self, *, seconds: float = 60) -> None:
        """Wait until its door is open; fail where it ends."""
        async with asyncio.timeout(seconds):
            while not await self.is_open():
                if self.has_ended:
                    msg = f"the bot ended by itself:\n{self.log.read_text(encoding='utf-8')[-3000:]}"
                    raise AssertionError(msg)
                await asyncio.sleep(0.05)

    async def is_open(self) -> bool:
        """Whether its door is open."""
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        return True

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self.process is not None
        self.process.send_signal(number)

    async def kill(self) -> None:
        """SIGKILL, from outside."""
        self.wanted = False
        self.signal(signal.SIGKILL)
        await self.ended()

    async def ended(self) -> int:
        """Its exit code, once it has one."""
        assert self.process is not None
        return await self.process.wait()

    async def clear_away(self) -> None:
        """End it, whatever state it is in."""
        self.wanted = False
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            await self.process.wait()
