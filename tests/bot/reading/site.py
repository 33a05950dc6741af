"""A web site on loopback whose answers are written out byte for byte, and a resolver that is told what to say."""

import asyncio
import ssl
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass(kw_only=True)
class Answer:
    """One answer: status line, headers, body; `pause` seconds before each part of the body."""

    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    body: tuple[bytes, ...] = (b"",)
    pause: float = 0.0


@dataclass(kw_only=True)
class Site:
    """Serves `answers` by path on 127.0.0.1; remembers the requests."""

    answers: dict[str, Answer]
    tls: ssl.SSLContext | None = None
    heads: list[str] = field(default_factory=list)
    port: int = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.close()
        await self._server.wait_closed()

    def url(self, path: str, *, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.heads.append(head)
            answer = self.answers.get(head.split(" ", 2)[1], Answer(status="404 Not Found"))
            lines = [f"HTTP/1.1 {answer.status}", *(f"{k}: {v}" for k, v in answer.headers), "Connection: close"]
            writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
            for part in answer.body:
                await asyncio.sleep(answer.pause)
                writer.write(part)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@dataclass(kw_only=True)
class Names:
    """A resolver with its answers in a table; each time it is asked it gives the next ones."""

    table: dict[str, list[tuple[str, ...]]]
    asked: list[str] = field(default_factory=list)

    async def __call__(self, host: str, port: int) -> tuple[str, ...]:
        self.asked.append(f"{host}:{port}")
        answers = self.table.get(host)
        if not answers:
            message = f"no such name: {host}"
            raise OSError(message)
        return answers.pop(0) if len(answers) > 1 else answers[0]
