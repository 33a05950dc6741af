"""The process that is killed: the real service on a real database, with an entrance over HTTP and the tests' chat.

python -m tests.handlers.crash.bot DATABASE_URL CHAT_URL PORT [both|receive|work] [shipped|quick|slow|none] [VERSION]

"quick" has texts checked by an engine that takes half a second instead of the shipped one, "slow" by one that takes two
seconds, "none" by one that takes no time; with "quick" it looks for open requests every second. VERSION is that of the
flow. Ends with exit code 0 when asked to by SIGTERM, with 1 where it cannot go on.
"""

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial

from aiohttp import web

from bot import reading
from bot.access import Person, Place, Reach
from bot.analyser import Analyser
from bot.document import Document
from bot.errors import NotNow, StoreUnavailable
from bot.report import Report
from bot.store import Store, open_store
from handlers.checking import Desk
from handlers.request import Incoming, Request
from handlers.service import Service, ServiceTerms, open_reception, open_service
from handlers.service_queue import FLOW_VERSION
from handlers.thread import Platform
from tests.chat_server import open_chat
from tests.report_samples import quick_report

TENANT = "chat:T1"
NAME = "worker"  # of all of them: they must tell themselves apart
_LINGERS = 15.0  # seconds after which what does not end is ended
_LATER, _TOO_MANY = 503, 429
_SECONDS = {"quick": 0.5, "slow": 2.0, "none": 0.0}


def request_id(channel: str, number: str) -> str:
    """The identity of a message."""
    return f"{TENANT}:{channel}:{number}"


async def main(  # noqa: PLR0913, PLR0917 - as on the command line
    database_url: str,
    chat_url: str,
    port: int,
    role: str = "both",
    engine: str = "shipped",
    version: str = FLOW_VERSION,
) -> None:
    """Serve until killed, or until SIGTERM."""
    stop = asyncio.Event()
    if sys.platform != "win32":
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    terms = ServiceTerms(user_hourly=1_000_000, sweep_seconds=1.0 if engine == "quick" else 10.0)
    async with open_chat(chat_url) as chat, open_store(database_url, patience=5.0) as store:
        platforms: Mapping[str, Platform] = {"chat": chat}
        if role == "receive":
            opening = open_reception(
                store, database_url=database_url, platforms=platforms, terms=terms, flow_version=version
            )
        else:
            opening = _at_work(store, database_url, platforms=platforms, terms=terms, engine=engine, version=version)
        async with opening as service, _listening(service, port):
            await stop.wait()


@asynccontextmanager
async def _at_work(  # noqa: PLR0913 - as on the command line
    store: Store,
    database_url: str,
    *,
    platforms: Mapping[str, Platform],
    terms: ServiceTerms,
    engine: str,
    version: str,
) -> AsyncIterator[Service]:
    policy = reading.FetchPolicy(allow=("127.0.0.1",))
    async with reading.Reader() as reader, _engine(engine) as check:
        desk = Desk(
            read_link=partial(reading.read_link, policy=policy, reader=reader),
            read_text=reading.read_text,
            read_file=partial(reading.read_file, reader=reader),
            check=check,
        )
        async with open_service(
            store,
            database_url=database_url,
            platforms=platforms,
            desk=desk,
            terms=terms,
            executor_id=NAME,
            flow_version=version,
            on_loss=_end_soon,
        ) as service:
            yield service


def _end_soon() -> None:
    timer = threading.Timer(_LINGERS, os._exit, [1])
    timer.daemon = True
    timer.start()


@asynccontextmanager
async def _engine(kind: str) -> AsyncIterator[Callable[[Document], Awaitable[Report]]]:
    if kind in _SECONDS:
        yield partial(_pretend_to_check, seconds=_SECONDS[kind])
        return
    async with Analyser(workers=2) as analyser:
        analyser.warm()
        yield analyser.check


async def _pretend_to_check(document: Document, *, seconds: float) -> Report:
    await asyncio.sleep(seconds)
    return quick_report(document)


@asynccontextmanager
async def _listening(service: Service, port: int) -> AsyncIterator[None]:
    async def take(request: web.Request) -> web.Response:
        event = await request.json()
        id_ = request_id(event["channel"], event["number"])
        incoming = Incoming(
            id=id_,
            keys=frozenset({id_, *event["keys"]}),
            place=Place(tenant=TENANT, channel=event["channel"], message=event["number"], reach=Reach.PUBLIC),
            asker=Person(id=event["user"]),
            request=Request(message=event["message"]),
        )
        try:
            acceptance = await service.accept(incoming)
        except StoreUnavailable as error:
            return web.Response(status=_LATER, text=error.message)
        except NotNow as error:
            return web.Response(status=_TOO_MANY, text=error.message)
        return web.json_response({"id": acceptance.id, "fresh": acceptance.fresh})

    app = web.Application()
    app.router.add_post("/event", take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, reuse_address=True).start()
    try:
        yield
    finally:
        await runner.cleanup()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(process)d %(name)s %(message)s")
    try:
        asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), *sys.argv[4:]))
    except StoreUnavailable as error:
        sys.exit(error.message)
