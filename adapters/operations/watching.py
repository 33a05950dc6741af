"""A small port for whoever watches the service: /metrics, /healthz, /readyz."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from adapters.operations.metrics import Metrics
from bot.errors import ClaimcheckError

FindTrouble = Callable[[], Awaitable[str]]
"""What keeps the service from working right now, in words; "" where nothing does. May raise ClaimcheckError."""


@asynccontextmanager
async def open_watch(
    metrics: Metrics, *, host: str, port: int, find_trouble: FindTrouble, refresh: Callable[[], Awaitable[None]]
) -> AsyncIterator[int]:
    """Answer on host and port (0: any free one) inside the block; yields the port.

    `/healthz` says that the process answers at all, `/readyz` that it can work (503 and what is wrong where not).
    `refresh` brings figures up to date that are looked up, not counted, before `/metrics` answers.
    """

    async def show_metrics(_request: web.Request) -> web.Response:
        try:
            await refresh()
        except ClaimcheckError as error:  # the counted figures are still worth having
            return web.Response(body=metrics.render() + f"# {error.code}\n".encode(), content_type="text/plain")
        return web.Response(body=metrics.render(), content_type="text/plain")

    async def say_alive(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def say_ready(_request: web.Request) -> web.Response:
        try:
            trouble = await find_trouble()
        except ClaimcheckError as error:
            trouble = error.message
        return web.Response(text=f"{trouble}\n", status=503) if trouble else web.Response(text="ok\n")

    site = web.Application()
    site.router.add_get("/metrics", show_metrics)
    site.router.add_get("/healthz", say_alive)
    site.router.add_get("/readyz", say_ready)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    try:
        listener = web.TCPSite(runner, host, port)
        await listener.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
