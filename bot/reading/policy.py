"""How the bot fetches: what it admits, and how long and how much it reads."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Resolver = Callable[[str, int], Awaitable[tuple[str, ...]]]
"""Host name and port -> its numeric addresses, in the order they should be tried; raises OSError."""


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """Ask the system's resolver, without blocking the loop."""
    answers = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in answers))


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """Limits and exceptions of a fetch.

    `allow` lists hosts and CIDRs that are admitted though they are not public, at any port (a newsroom's preview
    server). `proxy` is the URL of a proxy that the network forces; it then resolves and dials, and where names can be
    resolved here too their answers are checked here all the same. `seconds` is the deadline for everything together,
    redirects included; `most_bytes` counts the decompressed body. `tls` replaces the default trust store.
    """

    allow: tuple[str, ...] = ()
    proxy: str | None = None
    seconds: float = 15.0
    most_bytes: int = 3 * 1024 * 1024
    most_redirects: int = 5
    resolver: Resolver = resolve
    tls: ssl.SSLContext | None = None
