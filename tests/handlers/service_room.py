"""A service at work for tests: the real store, queue and chat server, with made-up articles and a quick engine."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.access import Person, Place, Reach
from bot.document import Document
from bot.errors import AnalysisFailed, BadStatus
from bot.report import Report
from bot.store import Store, open_store
from bot.store.records import RequestState
from handlers.checking import Desk
from handlers.events import ServiceEvent
from handlers.persistence import Pace
from handlers.request import Incoming, Request
from handlers.service import Service, ServiceTerms, open_service
from handlers.service_queue import FLOW_VERSION
from tests.chat_server import ChatServer, open_chat, open_chat_server
from tests.report_samples import quick_report, text_document

TENANT = "chat:T1"
ANN = Person(id="U1", name="Ann")
PATIENCE = 30.0  # seconds after which a test that waits gives up


@dataclass(slots=True)
class QuickEngine:
    """Stands in for fetching, reading and checking; remembers what it was asked, and holds still when told to."""

    read: list[str] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)
    going: asyncio.Event = field(default_factory=asyncio.Event)
    defects: int = 0

    def __post_init__(self) -> None:
        self.going.set()

    async def read_link(self, url: str, *, known: Document | None = None) -> Document:
        self.read.append(url)
        await self.going.wait()
        if "missing" in url:
            msg = "The page answered 404: there is no such article."
            raise BadStatus(msg)
        return known or text_document(f"Article at {url}\nThe harbour is closed, Mira Olsen said.", url=url, title=url)

    def read_text(self, text: str) -> Document:
        return text_document(text)

    async def read_file(self, name: str, data: bytes) -> Document:
        return text_document(data.decode(), title=name)

    async def check(self, document: Document) -> Report:
        self.checked.append(document.url or document.text)
        await self.going.wait()
        if "poison" in document.text:
            msg = "The analysis of this text broke off."
            raise AnalysisFailed(msg)
        if self.defects:
            self.defects -= 1
            raise ZeroDivisionError(document.text)
        return quick_report(document)

    @property
    def desk(self) -> Desk:
        return Desk(read_link=self.read_link, read_text=self.read_text, read_file=self.read_file, check=self.check)


@dataclass(slots=True, kw_only=True)
class Newsroom:
    """The open service and everything around it."""

    service: Service
    store: Store
    chat: ChatServer
    engine: QuickEngine
    events: list[ServiceEvent]

    async def settled(self, *ids: str) -> list[RequestState]:
        """The states of these requests once all are final."""
        states: list[RequestState] = []

        async def are_final() -> bool:
            states[:] = [(await self.store.requests.load(id_)).state for id_ in ids]
            return RequestState.ACCEPTED not in states

        await until(are_final)
        return states


async def until(condition: Callable[[], Awaitable[bool]], *, seconds: float = PATIENCE) -> None:
    """Wait until the condition holds; fail after so many seconds."""
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110 - what is waited for is in another process or in a database
            await asyncio.sleep(0.02)


def incoming(  # noqa: PLR0913 - one for each thing that tests vary
    message: str,
    *,
    number: str = "1.1",
    channel: str = "C1",
    user: str = "U1",
    keys: tuple[str, ...] = (),
    whispered: bool = False,
    reach: Reach = Reach.PUBLIC,
    thread: str | None = None,
) -> Incoming:
    """A message in a channel of the tests' tenant."""
    id_ = f"{TENANT}:{channel}:{number}"
    return Incoming(
        id=id_,
        keys=frozenset({id_, *keys}),
        place=Place(tenant=TENANT, channel=channel, message=number, reach=reach, thread=thread),
        asker=Person(id=user, name=user),
        request=Request(message=message),
        whispered=whispered,
    )


@asynccontextmanager
async def open_newsroom(  # noqa: PLR0913 - one for each thing that tests vary
    url: str,
    *,
    chat: ChatServer | None = None,
    engine: QuickEngine | None = None,
    terms: ServiceTerms | None = None,
    pace: Pace | None = None,
    patience: float = 30.0,
    flow_version: str = FLOW_VERSION,
) -> AsyncIterator[Newsroom]:
    """A service on the store at the URL; `chat` and `engine` may have served one before."""
    engine = engine or QuickEngine()
    events: list[ServiceEvent] = []
    async with _serving(chat) as server, open_chat(server.url) as platform, open_store(url, patience=patience) as store:
        opening = open_service(
            store,
            database_url=url,
            platforms={"chat": platform},
            desk=engine.desk,
            terms=terms or ServiceTerms(),
            flow_version=flow_version,
            observe=events.append,
            pace=pace or Pace(),
        )
        async with opening as service:
            yield Newsroom(service=service, store=store, chat=server, engine=engine, events=events)


@asynccontextmanager
async def _serving(chat: ChatServer | None) -> AsyncIterator[ChatServer]:
    if chat is not None:
        yield chat
        return
    async with open_chat_server() as server:
        yield server
