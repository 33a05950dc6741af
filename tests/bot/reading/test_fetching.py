import asyncio
import gzip
import shutil
import ssl
import subprocess
import zlib
from pathlib import Path

import pytest

from bot.errors import (
    BadStatus,
    FetchError,
    FetchTimeout,
    LinkRefused,
    NotReachable,
    PageTooLarge,
    TooManyRedirects,
    UnsupportedContent,
)
from bot.reading import FetchPolicy, Media, Page
from bot.reading.fetching import fetch
from tests.bot.reading.pages import ARTICLE
from tests.bot.reading.site import Answer, Names, Site

LOOPBACK = FetchPolicy(allow=("127.0.0.1",))
HTML = ("Content-Type", "text/html; charset=utf-8")
BODY = ARTICLE.encode()

pytestmark = pytest.mark.asyncio


def moved(to: str, status: str = "302 Found") -> Answer:
    return Answer(status=status, headers=(HTML, ("Location", to)))


async def get(answer: Answer, policy: FetchPolicy = LOOPBACK, path: str = "/a") -> Page:
    async with Site(answers={path: answer}) as site:
        return await fetch(site.url(path), policy=policy)


async def test_a_page_comes_with_its_kind_its_charset_and_its_canonical_address() -> None:
    async with Site(answers={"/a?id=1&utm_source=x": Answer(body=(BODY,))}) as site:
        page = await fetch(site.url("/a?id=1&utm_source=x#part"), policy=LOOPBACK)
        assert page == Page(content=BODY, media=Media.HTML, url=site.url("/a?id=1"), charset="utf-8", internal=True)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
async def test_redirects_are_followed(status: str) -> None:
    async with Site(answers={"/old": moved("new?x=1", status), "/new?x=1": Answer(body=(BODY,))}) as site:
        page = await fetch(site.url("/old"), policy=LOOPBACK)
        assert (page.content, page.url) == (BODY, site.url("/new?x=1"))


async def test_five_redirects_are_followed_and_a_sixth_is_not() -> None:
    answers = {f"/{n}": moved(f"/{n + 1}") for n in range(6)}
    async with Site(answers={**answers, "/6": Answer(body=(BODY,))}) as site:
        assert (await fetch(site.url("/1"), policy=LOOPBACK)).content == BODY
        with pytest.raises(TooManyRedirects, match="more than 5 times"):
            await fetch(site.url("/0"), policy=LOOPBACK)


async def test_a_redirect_loop_is_named() -> None:
    async with Site(answers={"/a": moved("/b"), "/b": moved("/a#x")}) as site:
        with pytest.raises(TooManyRedirects, match="circle"):
            await fetch(site.url("/a"), policy=LOOPBACK)


@pytest.mark.parametrize(
    "to",
    [
        "http://10.0.0.8/",
        "http://169.254.169.254/latest/meta-data",
        "ftp://example.org/a",
        "file:///etc/passwd",
        "http://user:secret@127.0.0.1/",
        "//[::1]/",
        "http://[bad",
        "http://127.0.0.1\\@example.org/",
    ],
)
async def test_every_hop_is_checked(to: str) -> None:
    with pytest.raises(LinkRefused):
        await get(moved(to))


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("404 Not Found", "no page at this link"),
        ("403 Forbidden", "refuses"),
        ("401 Unauthorized", "login"),
        ("410 Gone", "removed"),
        ("429 Too Many", "too often"),
        ("500 Oops", "fault of its own"),
        ("503 Unavailable", "fault of its own"),
        ("204 No Content", "status 204"),
        ("304 Not Modified", "status 304"),
        ("302 Found", "status 302"),
    ],
)
async def test_other_answers_than_a_page_are_named(status: str, says: str) -> None:
    with pytest.raises(BadStatus, match=says):
        await get(Answer(status=status))


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("image/png", "an image"),
        ("video/mp4", "a video"),
        ("audio/mpeg", "a sound recording"),
        ("application/zip", "application/zip"),
        ("application/json", "application/json"),
        ("application/octet-stream", "a file"),
    ],
)
async def test_other_content_than_a_page_is_named(kind: str, says: str) -> None:
    with pytest.raises(UnsupportedContent, match=says):
        await get(Answer(headers=(("Content-Type", kind),), body=(b"x",)))


@pytest.mark.parametrize("body", [b"\x89PNG\r\n\x1a\n" + b"\0" * 90, b"PK\x03\x04 zip", b"\xff\xd8\xff jpeg"])
async def test_a_picture_that_calls_itself_a_page_is_refused(body: bytes) -> None:
    with pytest.raises(UnsupportedContent):
        await get(Answer(body=(body,)))


@pytest.mark.parametrize(
    ("headers", "body", "media"),
    [
        ((("Content-Type", "application/xhtml+xml"),), b"<html/>", Media.HTML),
        ((("Content-Type", "text/plain"),), b"words", Media.PLAIN),
        ((("Content-Type", "application/pdf"),), b"%PDF-1.4", Media.PDF),
        ((("Content-Type", "text/html"),), b"%PDF-1.4", Media.PDF),
        ((), b"<!DOCTYPE HTML><p>x", Media.HTML),
    ],
)
async def test_kinds_that_are_read(headers: tuple[tuple[str, str], ...], body: bytes, media: Media) -> None:
    assert (await get(Answer(headers=headers, body=(body,)))).media is media


async def test_content_of_no_stated_kind_that_is_no_page_is_refused() -> None:
    with pytest.raises(UnsupportedContent):
        await get(Answer(headers=(), body=(b"\x00\x01\x02",)))


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(BODY)),
        ("x-gzip", gzip.compress(BODY)),
        ("deflate", zlib.compress(BODY)),
        ("deflate", zlib.compress(BODY)[2:-4]),
        ("identity", BODY),
        ("Gzip, identity", gzip.compress(BODY)),
    ],
)
async def test_packed_pages_are_unpacked(encoding: str, packed: bytes) -> None:
    parts = (packed[:100], packed[100:])
    page = await get(Answer(headers=(HTML, ("Content-Encoding", encoding)), body=parts))
    assert page.content == BODY


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "gzip, deflate", "compress"])
async def test_other_and_stacked_encodings_are_refused(encoding: str) -> None:
    with pytest.raises(UnsupportedContent, match="packs the page"):
        await get(Answer(headers=(HTML, ("Content-Encoding", encoding)), body=(gzip.compress(BODY),)))


async def test_a_damaged_package_is_named() -> None:
    with pytest.raises(UnsupportedContent, match="damaged"):
        await get(Answer(headers=(HTML, ("Content-Encoding", "gzip")), body=(b"not gzip at all, no no",)))


async def test_a_body_over_the_cap_is_cut_off_while_it_streams() -> None:
    with pytest.raises(PageTooLarge, match="3 MB"):
        await get(Answer(body=(b"x" * 65536,) * 80))


async def test_a_body_of_exactly_the_cap_is_read() -> None:
    policy = FetchPolicy(allow=("127.0.0.1",), most_bytes=1000)
    assert len((await get(Answer(body=(b"x" * 1000,)), policy)).content) == 1000


async def test_a_declared_size_over_the_cap_is_not_even_read() -> None:
    headers = (HTML, ("Content-Length", str(50 * 1024 * 1024)))
    with pytest.raises(PageTooLarge):
        await get(Answer(headers=headers, body=(b"x",), pause=0.01))


async def test_a_bomb_counts_unpacked() -> None:
    bomb = gzip.compress(b"\0" * (64 * 1024 * 1024))
    with pytest.raises(PageTooLarge):
        await get(Answer(headers=(HTML, ("Content-Encoding", "gzip")), body=(bomb,)))


async def test_a_slow_body_ends_at_the_deadline() -> None:
    policy = FetchPolicy(allow=("127.0.0.1",), seconds=0.3)
    with pytest.raises(FetchTimeout, match=r"0\.3 seconds"):
        await get(Answer(body=(b"x",) * 100, pause=0.1), policy)


async def test_the_deadline_is_for_all_hops_together() -> None:
    slow = Answer(status="302 Found", headers=(HTML, ("Location", "/b")), pause=0.0)
    policy = FetchPolicy(allow=("127.0.0.1",), seconds=0.3)
    async with Site(answers={"/a": slow, "/b": Answer(body=(b"x",), pause=5.0)}) as site:
        with pytest.raises(FetchTimeout):
            await fetch(site.url("/a"), policy=policy)


async def test_a_slow_resolver_ends_at_the_deadline() -> None:
    async def never(host: str, port: int) -> tuple[str, ...]:
        await asyncio.sleep(60)
        return (f"{host}{port}",)

    with pytest.raises(FetchTimeout):
        await fetch("https://example.org/", policy=FetchPolicy(seconds=0.05, resolver=never))


async def test_nobody_listening_is_named() -> None:
    async with Site(answers={}) as site:
        url = site.url("/")
    with pytest.raises(NotReachable, match="does not answer"):
        await fetch(url, policy=LOOPBACK)


async def test_a_name_without_address_is_named() -> None:
    with pytest.raises(NotReachable, match="no site named"):
        await fetch("https://example.org/", policy=FetchPolicy(resolver=Names(table={})))


@pytest.mark.parametrize("host", ["a..example.org", f"{'a' * 70}.example.org"])
async def test_an_impossible_name_is_a_typed_error(host: str) -> None:
    with pytest.raises(FetchError):
        await fetch(f"https://{host}/", policy=FetchPolicy())


async def test_a_broken_answer_is_a_typed_error() -> None:
    async def nonsense(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"hello\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(nonsense, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        with pytest.raises(NotReachable, match="broke off"):
            await fetch(f"http://127.0.0.1:{port}/", policy=LOOPBACK)


async def test_a_name_is_resolved_once_and_the_vetted_number_is_dialled() -> None:
    async with Site(answers={"/a": Answer(body=(BODY,))}) as site:
        names = Names(table={"preview.example.org": [("127.0.0.1",), ("10.0.0.1",)]})
        policy = FetchPolicy(allow=("127.0.0.0/8",), resolver=names)
        page = await fetch(site.url("/a", host="preview.example.org"), policy=policy)
        assert page.content == BODY
        assert names.asked == [f"preview.example.org:{site.port}"]
        assert f"host: preview.example.org:{site.port}" in site.heads[0].lower()


@pytest.mark.parametrize(
    ("host", "is_internal"), [("127.0.0.1", True), ("preview.example.org", True), ("example.org", False)]
)
async def test_a_page_that_only_the_newsrooms_list_admits_is_internal(host: str, *, is_internal: bool) -> None:
    answers = {"/a": Answer(body=(BODY,)), "http://example.org/a": Answer(body=(BODY,))}
    async with Site(answers=answers) as site:
        names = Names(table={"preview.example.org": [("127.0.0.1",)], "example.org": [("93.184.216.34",)]})
        policy = FetchPolicy(allow=("127.0.0.1",), resolver=names, proxy=None if is_internal else site.url(""))
        url = site.url("/a", host=host) if is_internal else f"http://{host}/a"
        assert (await fetch(url, policy=policy)).internal is is_internal


async def test_one_private_answer_among_public_ones_refuses_the_name() -> None:
    names = Names(table={"example.org": [("93.184.216.34", "10.0.0.1")]})
    with pytest.raises(LinkRefused, match="private"):
        await fetch("https://example.org/", policy=FetchPolicy(resolver=names))


async def test_the_next_address_is_dialled_when_one_is_down() -> None:
    async with Site(answers={"/a": Answer(body=(BODY,))}) as site:
        names = Names(table={"two.example.org": [("127.0.0.2", "127.0.0.1")]})
        policy = FetchPolicy(allow=("127.0.0.0/8",), resolver=names)
        assert (await fetch(site.url("/a", host="two.example.org"), policy=policy)).content == BODY


async def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert (await get(Answer(body=(BODY,)))).content == BODY


async def test_the_configured_proxy_is_asked_and_private_names_stay_refused() -> None:
    async with Site(answers={"http://example.org/a": Answer(body=(BODY,))}) as proxy:
        names = Names(table={"example.org": [("93.184.216.34",)], "inside.example.org": [("10.0.0.1",)]})
        policy = FetchPolicy(proxy=proxy.url(""), resolver=names)
        assert (await fetch("http://example.org/a", policy=policy)).content == BODY
        with pytest.raises(LinkRefused):
            await fetch("http://inside.example.org/a", policy=policy)
        assert len(proxy.heads) == 1


async def test_behind_a_proxy_names_need_not_resolve_here() -> None:
    async with Site(answers={"http://example.org/a": Answer(body=(BODY,))}) as proxy:
        policy = FetchPolicy(proxy=proxy.url(""), resolver=Names(table={}))
        assert (await fetch("http://example.org/a", policy=policy)).content == BODY
        with pytest.raises(NotReachable):
            await fetch(
                "http://example.org:8080/a", policy=FetchPolicy(resolver=Names(table={}), allow=("10.0.0.0/8",))
            )


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for news.example.org with its key, in one file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs the openssl command to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    both = folder / "both.pem"
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=news.example.org"]
    command += ["-addext", "subjectAltName=DNS:news.example.org", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run(command, check=True, cwd=folder, capture_output=True)  # noqa: S603 - a fixed command, made above
    both.write_text((folder / "key.pem").read_text() + (folder / "cert.pem").read_text())
    return both


@pytest.mark.parametrize(("host", "is_fine"), [("news.example.org", True), ("other.example.org", False)])
async def test_tls_is_verified_against_the_name_though_a_number_is_dialled(
    certificate: Path, host: str, *, is_fine: bool
) -> None:
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(certificate)
    trust = ssl.create_default_context(cafile=str(certificate))
    policy = FetchPolicy(allow=("127.0.0.1",), resolver=Names(table={host: [("127.0.0.1",)]}), tls=trust)
    async with Site(answers={"/a": Answer(body=(BODY,))}, tls=server_side) as site:
        url = site.url("/a", host=host, scheme="https")
        if is_fine:
            assert (await fetch(url, policy=policy)).content == BODY
        else:
            with pytest.raises(NotReachable, match="certificate"):
                await fetch(url, policy=policy)
