"""Asking a site only for a newer version of a page: who is asked, with what, and what its answer means."""

import dataclasses

import pytest

from bot.document import Document
from bot.errors import BadStatus
from bot.reading import FetchPolicy, Page, Reader, read_link
from bot.reading.fetching import Unchanged, Version, fetch
from tests.bot.reading.pages import ARTICLE
from tests.bot.reading.site import Answer, Site

pytestmark = pytest.mark.asyncio

LOOPBACK = FetchPolicy(allow=("127.0.0.1",))
HTML = ("Content-Type", "text/html; charset=utf-8")
ETAG, DATE = 'W/"a1"', "Tue, 24 Nov 2026 10:32:00 GMT"
STANDS = Answer(status="304 Not Modified")
FULL = Answer(headers=(HTML, ("ETag", ETAG), ("Last-Modified", DATE)), body=(ARTICLE.encode(),))


def moved(to: str) -> Answer:
    return Answer(status="302 Found", headers=(HTML, ("Location", to)))


def version(url: str, *, etag: str | None = ETAG, last_modified: str | None = DATE) -> Version:
    return Version(url=url, etag=etag, last_modified=last_modified)


def asked(head: str) -> dict[str, str]:
    """The conditions in the head of a request."""
    lines = (line.partition(": ") for line in head.split("\r\n"))
    return {name.lower(): value for name, _, value in lines if name.lower().startswith("if-")}


async def test_what_the_site_says_of_its_version_comes_with_the_document() -> None:
    async with Site(answers={"/a": FULL}) as site, Reader() as reader:
        document = await read_link(site.url("/a"), policy=LOOPBACK, reader=reader)
    assert (document.etag, document.last_modified) == (ETAG, DATE)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("ETag", "unquoted"),
        ("ETag", "*"),
        ("ETag", '"a" , "b"'),
        ("ETag", '"tab\there"'),
        ("ETag", f'"{"x" * 300}"'),
        ("ETag", '"caf\xe9"'),
        ("Last-Modified", "yesterday"),
        ("Last-Modified", "Tue, 24 Nov 2026 10:32:00 GMT" + " " * 60 + "x"),
        ("Last-Modified", "Tue, 24 Nov 2026 10:32:00 GMT\x01"),
        ("Last-Modified", "Tue, 99 Nov 2026 10:32:00 GMT"),
    ],
)
async def test_a_version_that_cannot_be_sent_back_is_not_kept(header: str, value: str) -> None:
    async with Site(answers={"/a": Answer(headers=(HTML, (header, value)), body=(ARTICLE.encode(),))}) as site:
        page = await fetch(site.url("/a"), policy=LOOPBACK)
    assert (page.etag, page.last_modified) == (None, None)


async def test_a_known_page_is_asked_for_only_if_it_is_newer() -> None:
    async with Site(answers={"/a": STANDS}) as site:
        with pytest.raises(Unchanged):
            await fetch(site.url("/a"), policy=LOOPBACK, known=version(site.url("/a")))
    assert asked(site.heads[0]) == {"if-none-match": ETAG, "if-modified-since": DATE}


@pytest.mark.parametrize(
    ("etag", "last_modified", "name"), [(ETAG, None, "if-none-match"), (None, DATE, "if-modified-since")]
)
async def test_one_validator_is_enough(etag: str | None, last_modified: str | None, name: str) -> None:
    async with Site(answers={"/a": STANDS}) as site:
        known = version(site.url("/a"), etag=etag, last_modified=last_modified)
        with pytest.raises(Unchanged):
            await fetch(site.url("/a"), policy=LOOPBACK, known=known)
    assert list(asked(site.heads[0])) == [name]


async def test_a_page_that_changed_is_read_anew() -> None:
    async with Site(answers={"/a": FULL}) as site:
        page = await fetch(site.url("/a"), policy=LOOPBACK, known=version(site.url("/a"), etag='"old"'))
    assert page.content == ARTICLE.encode()


async def test_without_validators_nothing_is_asked_and_a_304_is_an_error() -> None:
    async with Site(answers={"/a": STANDS}) as site:
        known = version(site.url("/a"), etag=None, last_modified=None)
        with pytest.raises(BadStatus, match="status 304"):
            await fetch(site.url("/a"), policy=LOOPBACK, known=known)
    assert asked(site.heads[0]) == {}


async def test_another_page_is_not_asked_about_this_version_and_cannot_answer_for_it() -> None:
    async with Site(answers={"/b": STANDS}) as site:
        with pytest.raises(BadStatus, match="status 304"):
            await fetch(site.url("/b"), policy=LOOPBACK, known=version(site.url("/a")))
    assert asked(site.heads[0]) == {}


async def test_behind_a_redirect_only_the_page_that_is_known_is_asked() -> None:
    async with Site(answers={"/short": moved("/a"), "/a": STANDS}) as site:
        with pytest.raises(Unchanged):
            await fetch(site.url("/short"), policy=LOOPBACK, known=version(site.url("/a")))
    assert [bool(asked(head)) for head in site.heads] == [False, True]


async def test_a_known_page_that_redirects_elsewhere_does_not_pass_the_question_on() -> None:
    async with Site(answers={"/a": moved("/elsewhere"), "/elsewhere": STANDS}) as site:
        with pytest.raises(BadStatus, match="status 304"):
            await fetch(site.url("/a"), policy=LOOPBACK, known=version(site.url("/a")))
    assert [bool(asked(head)) for head in site.heads] == [True, False]


async def test_tracking_parameters_do_not_make_another_page() -> None:
    async with Site(answers={"/a?utm_source=x": STANDS}) as site:
        with pytest.raises(Unchanged):
            await fetch(site.url("/a?utm_source=x"), policy=LOOPBACK, known=version(site.url("/a")))


async def test_an_earlier_reading_comes_back_itself_where_the_page_stands() -> None:
    answers = {"/a": FULL}
    async with Site(answers=answers) as site, Reader() as reader:
        known = await read_link(site.url("/a"), policy=LOOPBACK, reader=reader)
        answers["/a"] = STANDS
        assert await read_link(site.url("/a"), policy=LOOPBACK, reader=reader, known=known) is known
        answers["/a"] = dataclasses.replace(FULL, headers=(HTML,))
        newer = await read_link(site.url("/a"), policy=LOOPBACK, reader=reader, known=known)
    assert (newer.text, newer.etag) == (known.text, None)


async def test_an_earlier_reading_of_a_pasted_text_asks_nothing() -> None:
    pasted = Document(text="x", paragraphs=(), etag=ETAG)
    async with Site(answers={"/a": FULL}) as site, Reader() as reader:
        await read_link(site.url("/a"), policy=LOOPBACK, reader=reader, known=pasted)
    assert asked(site.heads[0]) == {}


async def test_pages_are_told_apart_by_their_versions() -> None:
    async with Site(answers={"/a": FULL}) as site:
        page = await fetch(site.url("/a"), policy=LOOPBACK)
    assert isinstance(page, Page)
    assert (page.etag, page.last_modified) == (ETAG, DATE)
