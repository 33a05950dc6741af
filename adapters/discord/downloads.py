"""Files that people attach, from Discord's own hosts and no others, with a bound on their size."""

from collections.abc import Sequence

import aiohttp
import discord
from yarl import URL

from bot.errors import InputError, TryLater, UnreadableFile
from handlers.request import Attachment

CDN = ("https://cdn.discordapp.com", "https://media.discordapp.net")
MOST_BYTES = 20_000_000  # of one file; many times the longest article
MOST_FILES = 10
_CHUNK = 65_536
_SECONDS = 60


class TooManyFiles(InputError):
    """More files than are read at a time."""

    code = "too_many_files"


async def download_all(files: Sequence[discord.Attachment], *, origins: Sequence[str] = CDN) -> tuple[Attachment, ...]:
    """The files' bytes. Raises UnreadableFile, TooManyFiles, and TryLater where Discord does not hand them out."""
    if len(files) > MOST_FILES:
        message = f"I read at most {MOST_FILES} files at a time. Please send the others again."
        raise TooManyFiles(message)
    if not files:
        return ()
    timeout = aiohttp.ClientTimeout(total=_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout, auto_decompress=False) as session:
        return tuple([await _download(file, session=session, origins=origins) for file in files])


async def _download(file: discord.Attachment, *, session: aiohttp.ClientSession, origins: Sequence[str]) -> Attachment:
    url = URL(file.url)
    if str(url.origin()) not in origins:
        message = f"{file.filename} does not lie on Discord's own servers, so I did not fetch it."
        raise UnreadableFile(message)
    if file.size > MOST_BYTES:
        raise _too_large(file)
    data = bytearray()
    try:
        async with session.get(url, allow_redirects=False) as response:
            if response.status != 200:  # noqa: PLR2004 - "OK", as everywhere
                message = f"Discord did not hand out {file.filename} (status {response.status}). Attach it again."
                raise UnreadableFile(message)
            async for chunk in response.content.iter_chunked(_CHUNK):
                data += chunk
                if len(data) > MOST_BYTES:
                    raise _too_large(file)
    except (aiohttp.ClientError, TimeoutError) as error:
        message = f"{file.filename} could not be fetched from Discord just now. Please try again."
        raise TryLater(message) from error
    return Attachment(name=file.filename, data=bytes(data))


def _too_large(file: discord.Attachment) -> UnreadableFile:
    return UnreadableFile(f"{file.filename} is larger than {MOST_BYTES // 1_000_000} MB, which is the most I read.")
