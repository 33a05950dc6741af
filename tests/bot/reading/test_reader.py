import os

import pytest

from bot.errors import BadStatus, NotAnArticle, ReadingFailed
from bot.reading import FetchPolicy, Media, Page, Reader, read_link
from tests.bot.reading.pages import ARTICLE, CONSENT, PARAGRAPH, SECOND
from tests.bot.reading.printing import make_pdf
from tests.bot.reading.site import Answer, Site

pytestmark = pytest.mark.asyncio

LOOPBACK = FetchPolicy(allow=("127.0.0.1",))
GOOD = Page(content=ARTICLE.encode(), media=Media.HTML, url="https://example.org/a", charset="utf-8")
# Five megabytes of paragraphs that never end: minutes of work for any extractor.
TANGLED = Page(content=b"<html><body><article>" + b"<p>a b c d" * 500_000, media=Media.HTML)


async def test_pages_are_read_one_after_the_other_in_a_process_that_stays() -> None:
    async with Reader() as reader:
        assert (await reader.read(GOOD)).url == "https://example.org/a"
        with pytest.raises(NotAnArticle, match="consent"):
            await reader.read(Page(content=CONSENT.encode(), media=Media.HTML))
        assert (await reader.read(GOOD)).title == "Old bridge to close after piers move"


async def test_plain_text_and_pdf_pages_keep_their_address() -> None:
    text = f"{PARAGRAPH}\n\n{SECOND}"
    async with Reader() as reader:
        plain = await reader.read(Page(content=text.encode(), media=Media.PLAIN, url="https://example.org/a.txt"))
        pdf = await reader.read(Page(content=make_pdf([[PARAGRAPH]]), media=Media.PDF, url="https://example.org/a.pdf"))
    assert (plain.text, plain.url) == (text, "https://example.org/a.txt")
    assert pdf.url == "https://example.org/a.pdf"


async def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_is_read() -> None:
    async with Reader(seconds=1.0) as reader:
        with pytest.raises(ReadingFailed, match="longer than 1 seconds"):
            await reader.read(TANGLED)
        assert (await reader.read(GOOD)).title


@pytest.mark.skipif(os.name != "posix", reason="memory of a process can be limited on POSIX only")
async def test_a_page_that_takes_too_much_memory_is_given_up_and_the_next_one_is_read() -> None:
    async with Reader(seconds=60.0, memory_bytes=48 << 20) as reader:
        with pytest.raises(ReadingFailed, match="too large or too tangled"):
            await reader.read(TANGLED)
        assert (await reader.read(GOOD)).title


async def test_the_process_is_replaced_after_its_share_of_pages() -> None:
    async with Reader(pages=1) as reader:
        for _ in range(3):
            assert (await reader.read(GOOD)).title


async def test_a_closed_reader_starts_again_when_asked() -> None:
    reader = Reader()
    await reader.close()
    assert (await reader.read(GOOD)).title
    await reader.close()
    await reader.close()


async def test_a_link_is_fetched_and_read() -> None:
    async with Site(answers={"/a?utm_source=x": Answer(body=(ARTICLE.encode(),))}) as site, Reader() as reader:
        document = await read_link(site.url("/a?utm_source=x"), policy=LOOPBACK, reader=reader)
        assert (document.url, document.outlet) == (site.url("/a"), "The Harbour Post")
        with pytest.raises(BadStatus):
            await read_link(site.url("/b"), policy=LOOPBACK, reader=reader)
