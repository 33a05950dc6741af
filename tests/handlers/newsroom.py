"""A newsroom for the handlers' tests: a desk that reads and checks made-up articles, people, places, a clock."""

import dataclasses
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot import __version__
from bot.access import Audience, Person, Place, Reach
from bot.document import Document, Role, Span
from bot.errors import BadStatus, EmptyText
from bot.report import Claim, Directness, Engine, Grade, Hop, Reason, Report, SourceKind, Summary
from bot.store import Store
from bot.store.records import RequestRecord
from handlers.checking import Desk
from tests.report_samples import text_document

TENANT = "slack:T1"
ANN, BOB = Person(id="U1", name="Ann"), Person(id="U2", name="Bob")
CHIEF = Person(id="U9", name="Chief", admin=True)
LINK = "https://news.example/bridge"
ENGINE = Engine(name="claimcheck", version=__version__)


@dataclass(slots=True)
class Clock:
    """A clock that the test moves."""

    now: datetime = datetime(2026, 11, 24, 10, 32, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def place(channel: str = "C1", *, message: str = "1.1", reach: Reach = Reach.PUBLIC, tenant: str = TENANT) -> Place:
    return Place(tenant=tenant, channel=channel, message=message, reach=reach)


def report_on(document: Document, *, engine: Engine = ENGINE) -> Report:
    """A report with a claim for every sentence that ends in a grade in brackets: "The bridge will close [3]."."""
    claims: list[Claim] = []
    for paragraph in document.paragraphs:
        for sentence in paragraph.sentences:
            words = sentence.text_in(document.text)
            before, bracket, after = words.partition(" [")
            if bracket and after[:1].isdigit():
                quote = Span(start=sentence.start, end=sentence.start + len(before))
                claims.append(_claim(f"c{len(claims) + 1}", before, quote, Grade(int(after[0]))))
    summary = Summary(line=f"{len(claims)} claims.", claims=len(claims), bands=(), origins=1, safe_line="", missing=())
    return Report(
        document=document,
        summary=summary,
        claims=tuple(claims),
        attributions=(),
        flags=(),
        notes=(),
        engine=engine,
    )


def _claim(id_: str, words: str, quote: Span, grade: Grade) -> Claim:
    head = Span(start=quote.start, end=quote.start + len(words.split(" ", 1)[0]))
    hop = Hop(name="Mira Olsen", kind=SourceKind.NAMED_PERSON, span=head, title="harbour master")
    return Claim(
        id=id_,
        claim=words,
        quote=quote,
        mentions=(),
        key=True,
        where=Role.BODY,
        chain=(hop,) if grade else (),
        kind=SourceKind.NAMED_PERSON if grade else SourceKind.NONE,
        directness=Directness.PARAPHRASE,
        hedges=(),
        hedged=False,
        grade=grade,
        reasons=(Reason(text="A made-up reason.", spans=(head,)),),
    )


def article(*sentences: str, title: str = "Bridge to close", url: str | None = LINK) -> Document:
    """An article of these sentences under its title; see `report_on`."""
    return text_document("\n".join((title, *sentences)), title=title, url=url)


@dataclass(slots=True)
class Site:
    """The pages that can be fetched; remembers how often each was, and which readings were known."""

    pages: dict[str, Document] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)
    known: list[Document | None] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)

    async def read_link(self, url: str, *, known: Document | None = None) -> Document:
        self.fetched.append(url)
        self.known.append(known)
        page = self.pages.get(url)
        if page is None:
            message = "The page answered 404: there is no such article."
            raise BadStatus(message)
        if known is not None and page.etag is not None and (page.url, page.etag) == (known.url, known.etag):
            return known
        return page

    async def read_file(self, name: str, data: bytes) -> Document:
        return text_document(f"{name}\n{data.decode()}")

    def read_text(self, text: str) -> Document:
        if not text.strip():
            message = "There is no text."
            raise EmptyText(message)
        return text_document(text)

    async def check(self, document: Document) -> Report:
        self.checked.append(document.text)
        return report_on(document)

    def desk(self) -> Desk:
        return Desk(read_link=self.read_link, read_text=self.read_text, read_file=self.read_file, check=self.check)


async def show(  # noqa: PLR0913 - one for each thing that tests vary
    store: Store,
    *documents: Document,
    at: Place | None = None,
    asker: Person = ANN,
    whispered: bool = False,
    audience: Audience | None = None,
    engine: Engine = ENGINE,
) -> tuple[int, ...]:
    """Keep reports on the documents as if a request had just been answered with them; their ids."""
    at = at or place()
    audience = audience or Audience(
        tenant=at.tenant,
        channel=None if at.reach is Reach.PUBLIC and not whispered else at.channel,
        user=asker.id if whispered else None,
    )
    request = RequestRecord(
        id=f"{at.tenant}:{at.channel}:{at.message}",
        place=at,
        asker=asker,
        message="",
        whispered=whispered,
        accepted_at=store.articles.clock(),
    )
    await store.requests.accept(request, keys=frozenset())
    await store.deliveries.begin(request.id, marker=f"m{at.message}", place=at)
    ids = []
    for document in documents:
        public = document.url is not None
        id_ = await store.articles.save_document(document, audience=audience, public_link=public, request_id=request.id)
        ids.append(await store.articles.save_report(id_, report_on(document, engine=engine)))
    await store.deliveries.posted(request.id, message=f"answer to {at.message}")
    await store.deliveries.revised(request.id, report_ids=tuple(ids))
    return tuple(ids)


def with_version(document: Document, etag: str) -> Document:
    return dataclasses.replace(document, etag=etag)
