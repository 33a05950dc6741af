"""Files that people attach, from the platform's own hosts and no others, with a bound on their size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import aiohttp
from yarl import URL

from bot.errors import InputError, TryLater, UnreadableFile
from handlers.request import Attachment

READABLE = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")
MOST_BYTES = 20_000_000  # of one file; many times the longest article
MOST_FILES = 10

_CHUNK = 65_536
_OK = 200


class TooManyFiles(InputError):
    """More files than are read at a time."""

    code = "too_many_files"


def nothing_readable() -> UnreadableFile:
    """The error for files of which none is of a kind that is read."""
    kinds = ", ".join(READABLE)
    return UnreadableFile(f"I read text, Markdown, HTML, PDF and Word files ({kinds}), and none of those is here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteFile:
    """A file that lies with the platform: its name, where, its size as told, and what has to be said to get it."""

    name: str
    url: str
    size: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


async def download_all(
    files: Sequence[RemoteFile], *, session: aiohttp.ClientSession, origins: Sequence[str], proxy: str | None = None
) -> tuple[Attachment, ...]:
    """The files' bytes. Raises UnreadableFile, TooManyFiles, and TryLater where the platform does not hand them out.

    `origins` are scheme, host and port ("https://files.example"); a host that starts with a dot stands for all below.
    """
    if len(files) > MOST_FILES:
        message = f"I read at most {MOST_FILES} files at a time. Please send the others again."
        raise TooManyFiles(message)
    return tuple([await _download(file, session=session, origins=origins, proxy=proxy) for file in files])


async def _download(
    file: RemoteFile, *, session: aiohttp.ClientSession, origins: Sequence[str], proxy: str | None
) -> Attachment:
    if not _lies_at(file.url, origins):
        message = f"{file.name} does not lie on the chat's own servers, so I did not fetch it."
        raise UnreadableFile(message)
    if file.size > MOST_BYTES:
        raise _too_large(file)
    data = bytearray()
    try:
        # A redirect would carry the token elsewhere, or end at a page to sign in.
        async with session.get(
            URL(file.url, encoded=True), allow_redirects=False, headers=file.headers, proxy=proxy
        ) as response:
            _require_the_file(file, response)
            async for chunk in response.content.iter_chunked(_CHUNK):
                data += chunk
                if len(data) > MOST_BYTES:
                    raise _too_large(file)
    except (aiohttp.ClientError, TimeoutError) as error:
        message = f"{file.name} could not be fetched just now. Please try again."
        raise TryLater(message) from error
    return Attachment(name=file.name, data=bytes(data))


def _lies_at(url: str, origins: Sequence[str]) -> bool:
    try:
        origin = URL(url, encoded=True).origin()
    except ValueError:
        return False
    for known in origins:
        scheme, _, host = known.partition("://")
        if str(origin) == known:
            return True
        if host.startswith(".") and origin.scheme == scheme and origin.is_default_port():
            return (origin.raw_host or "").endswith(host)  # as sent: some names cannot be read back
    return False


def _require_the_file(file: RemoteFile, response: aiohttp.ClientResponse) -> None:
    page = response.content_type == "text/html" and not file.name.casefold().endswith((".html", ".htm"))
    if response.status != _OK or page:
        message = (
            f"{file.name} was not handed out to me (status {response.status}). Attach it again; if that does not help, "
            "an admin has to install the app again, with the permission to read files."
        )
        raise UnreadableFile(message)


def _too_large(file: RemoteFile) -> UnreadableFile:
    return UnreadableFile(f"{file.name} is larger than {MOST_BYTES // 1_000_000} MB, which is the most I read.")
