"""Files come from the platform's own hosts only, without redirects, and no larger than they may be."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from adapters.chat import downloads
from adapters.chat.downloads import RemoteFile, TooManyFiles, download_all
from bot.errors import TryLater, UnreadableFile

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def host() -> AsyncIterator[str]:
    async def serve(request: web.Request) -> web.StreamResponse:
        match request.match_info["what"]:
            case "moved":
                raise web.HTTPFound(location="/good")
            case "page":
                return web.Response(text="<html>sign in</html>", content_type="text/html")
            case "gone":
                raise web.HTTPNotFound
            case "big":
                return web.Response(body=b"x" * 200_000)
            case "broken":
                assert request.transport is not None
                request.transport.abort()
        return web.Response(text=request.headers.get("Authorization", ""))

    app = web.Application()
    app.router.add_get("/{what}", serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


def file(url: str, *, size: int = 1, name: str = "a.txt") -> RemoteFile:
    return RemoteFile(name=name, url=url, size=size, headers={"Authorization": "Bearer t"})


async def fetch(*files: RemoteFile, origin: str) -> list[bytes]:
    async with aiohttp.ClientSession() as session:
        return [found.data for found in await download_all(files, session=session, origins=(origin,))]


async def test_the_file_comes_with_what_has_to_be_said(host: str) -> None:
    assert await fetch(file(f"{host}/good"), file(f"{host}/good"), origin=host) == [b"Bearer t"] * 2


@pytest.mark.parametrize("what", ["moved", "page", "gone"])
async def test_what_is_not_the_file_is_told(host: str, what: str) -> None:
    with pytest.raises(UnreadableFile, match="not handed out"):
        await fetch(file(f"{host}/{what}"), origin=host)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/a",
        "https://evil.example/a",
        "https://chat.example.evil.example/",
        "https://files.chat.example@evil.example/a",
        "https://evil.example\\@files.chat.example/a",
        "https://files.chat.example:8443/a",
        "https://xn--evil.example/a",  # stands for no name at all
        "not an address",
        "",
    ],
)
async def test_other_hosts_are_not_asked(url: str) -> None:
    with pytest.raises(UnreadableFile, match="own servers"):
        await fetch(file(url), origin="https://.chat.example")


async def test_a_file_that_is_larger_than_told_is_not_read_to_its_end(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "MOST_BYTES", 100_000)
    for large in (file(f"{host}/big"), file(f"{host}/good", size=100_001)):
        with pytest.raises(UnreadableFile, match="larger than"):
            await fetch(large, origin=host)


async def test_a_lost_connection_may_pass_and_too_many_files_are_too_many(host: str) -> None:
    with pytest.raises(TryLater):
        await fetch(file(f"{host}/broken"), origin=host)
    with pytest.raises(TooManyFiles):
        await fetch(*[file(f"{host}/good")] * 11, origin=host)
