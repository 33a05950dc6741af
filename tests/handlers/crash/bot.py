"""The process that is killed: the real service on a real file, with an entrance over HTTP and the tests' chat.

python -m tests.handlers.crash.bot DATABASE_URL CHAT_URL PORT
"""

import asyncio
import logging
import sys
from functools import partial

from aiohttp import web

from bot import reading
from bot.access import Person, Place, Reach
from bot.analyser import Analyser
from bot.errors import NotNow, StoreUnavailable
from bot.store import open_store
from handlers.checking import Desk
from handlers.request import Incoming, Request
from handlers.service import Service, ServiceTerms, open_service
from tests.chat_server import open_chat

TENANT = "chat:T1"
_LATER, _TOO_MANY = 503, 429


def request_id(channel: str, number: str) -> str:
    """The identity of a message."""
    return f"{TENANT}:{channel}:{number}"


async def main(database_url: str, chat_url: str, port: int) -> None:
    """Serve until killed."""
    policy = reading.FetchPolicy(allow=("127.0.0.1",))
    async with (
        reading.Reader() as reader,
        Analyser(workers=2) as analyser,
        open_chat(chat_url) as chat,
        open_store(database_url, patience=5.0) as store,
    ):
        analyser.warm()
        desk = Desk(
            read_link=partial(reading.read_link, policy=policy, reader=reader),
            read_text=reading.read_text,
            read_file=partial(reading.read_file, reader=reader),
            check=analyser.check,
        )
        terms = ServiceTerms(user_hourly=1_000_000)
        opening = open_service(store, database_url=database_url, platforms={"chat": chat}, desk=desk, terms=terms)
        async with opening as service:
            await _listen(service, port)


async def _listen(service: Service, port: int) -> None:
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
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, reuse_address=True).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
