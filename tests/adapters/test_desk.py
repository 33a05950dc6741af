"""The desk put together for real: settings decide what is fetched, and the engine answers."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from adapters.desk import open_desk
from adapters.settings import Settings
from bot.errors import LinkRefused
from handlers.answer import handle
from handlers.reply import Card, Notice
from handlers.request import Attachment, Request
from tests.seed import SEED_FILE

PARAGRAPHS = (
    "The harbour at Port Example will close for three weeks in May, the port authority said on Monday.",
    "Engineers found cracks in the eastern wall, according to a report that the authority published.",
    "“We have no choice,” said Ann Example, who runs the harbour. “The wall would not last another winter.”",
    "About forty people work there, and fishermen fear for their trade, two of them told reporters.",
)
PAGE = (
    "<!doctype html><html lang='en'><head><title>Harbour to close</title></head><body><article>"
    "<h1>Harbour to close</h1>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS * 2)
    + "</article></body></html>"
).encode()


class Site(BaseHTTPRequestHandler):
    """A newsroom's preview server with one article."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it
        """Keep quiet."""


@pytest.fixture
def link() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/harbour"
        server.shutdown()
        thread.join()


async def answer(request: Request, settings: Settings) -> Card | Notice:
    async with open_desk(settings) as desk:
        reply = await handle(request, desk=desk)
    (part,) = reply.parts
    assert isinstance(part, Card | Notice)
    return part


@pytest.mark.asyncio
async def test_a_preview_server_that_the_settings_admit_is_fetched_read_and_checked(link: str) -> None:
    part = await answer(Request(message=link), Settings(fetch_allow=("127.0.0.1",)))
    assert isinstance(part, Card)
    assert part.headline == "Harbour to close"
    assert part.report.document.url == link
    assert "who runs the harbour" in part.report.document.text


@pytest.mark.asyncio
async def test_a_private_address_that_the_settings_do_not_admit_is_refused(link: str) -> None:
    part = await answer(Request(message=link), Settings())
    assert isinstance(part, Notice)
    assert isinstance(part.error, LinkRefused)


@pytest.mark.asyncio
async def test_the_seed_article_is_read_and_checked_from_its_file() -> None:
    part = await answer(Request(attachments=(Attachment(name="seed.txt", data=SEED_FILE.read_bytes()),)), Settings())
    assert isinstance(part, Card)
    assert part.key
    assert part.report.document.text == SEED_FILE.read_text(encoding="utf-8")


@pytest.mark.asyncio
async def test_a_pasted_text_is_checked() -> None:
    part = await answer(Request(message="\n\n".join(PARAGRAPHS)), Settings())
    assert isinstance(part, Card)
    assert part.report.claims
