"""Values to put into a store: requests, documents, reports, made up."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.access import Audience, Person, Place, Reach, Viewer
from bot.document import Document, Role, Span
from bot.report import Claim, Directness, Engine, Grade, Reason, Report, SourceKind, Summary
from bot.store import Store
from bot.store.records import RequestRecord
from tests.report_samples import text_document

TENANT = "slack:T1"
ANN, BOB = Person(id="U1", name="Ann"), Person(id="U2", name="Bob", admin=True)
URL = "https://news.example/harbour"
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
TEXT = "Harbour closed\nThe harbour was closed on Monday, said Mira Olsen, the harbour master."


@dataclass(slots=True)
class SetClock:
    """A clock that stands still until it is moved."""

    now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Move on by so many minutes, hours, days."""
        self.now += timedelta(**by)


def place(*, tenant: str = TENANT, channel: str = "C1", message: str = "1.1", thread: str | None = None) -> Place:
    """A place in a public channel."""
    return Place(tenant=tenant, channel=channel, message=message, reach=Reach.PUBLIC, thread=thread)


def viewer(*, tenant: str = TENANT, channel: str = "C1", user: str = "U1") -> Viewer:
    """Somebody who looks from a channel."""
    return Viewer(tenant=tenant, channel=channel, user=user)


def request(  # noqa: PLR0913 - one for each thing that tests vary
    *,
    message: str = "1.1",
    tenant: str = TENANT,
    channel: str = "C1",
    thread: str | None = None,
    asker: Person = ANN,
    whispered: bool = False,
    at: datetime | None = None,
) -> RequestRecord:
    """A request for a check of URL."""
    return RequestRecord(
        id=f"{tenant}:{channel}:{message}",
        place=place(tenant=tenant, channel=channel, message=message, thread=thread),
        asker=asker,
        message=f"check {URL}",
        links=(URL,),
        whispered=whispered,
        accepted_at=at or SetClock().now,
    )


def document(*, url: str | None = URL, title: str = "Harbour closed", text: str = TEXT) -> Document:
    """A short article."""
    return text_document(text, title=title, url=url)


def report_on(article: Document, *, version: str = "1.0", grade: Grade = Grade.ON_RECORD) -> Report:
    """A report with two claims, one of this grade, one unsourced."""
    return Report(
        document=article,
        summary=Summary(line="2 claims.", claims=2, bands=(), origins=1, safe_line="", missing=()),
        claims=(_claim("c1", grade), _claim("c2", Grade.UNSOURCED)),
        attributions=(),
        flags=(),
        notes=(),
        engine=Engine(name="claimcheck", version=version),
    )


def read_files(folder: Path) -> bytes:
    """Every byte of the files in a folder."""
    return b"".join(path.read_bytes() for path in folder.iterdir())


def _claim(id_: str, grade: Grade) -> Claim:
    return Claim(
        id=id_,
        claim="The harbour was closed on Monday",
        quote=Span(start=15, end=47),
        mentions=(),
        key=True,
        where=Role.BODY,
        chain=(),
        kind=SourceKind.NAMED_PERSON,
        directness=Directness.PARAPHRASE,
        hedges=(),
        hedged=False,
        grade=grade,
        reasons=(Reason(text="A named person says it.", spans=(Span(start=54, end=64),)),),
    )


async def keep(
    store: Store,
    asked: RequestRecord,
    *,
    article: Document | None = None,
    audience: Audience | None = None,
    public_link: bool = True,
) -> int:
    """Everything from accepting a request to showing the report on an article; the report's id."""
    article = article or document()
    audience = audience or Audience(tenant=asked.place.tenant)
    await store.requests.accept(asked, keys=frozenset())
    await store.deliveries.begin(asked.id, marker=asked.id, place=asked.place)
    document_id = await store.articles.save_document(
        article, audience=audience, public_link=public_link, request_id=asked.id
    )
    report_id = await store.articles.save_report(document_id, report_on(article))
    await store.deliveries.posted(asked.id, message=f"answer to {asked.place.message}")
    await store.deliveries.revised(asked.id, report_ids=(report_id,))
    return report_id
