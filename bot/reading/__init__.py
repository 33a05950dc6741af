"""A link, a file or pasted text -> Document. The only place that fetches, and that takes pages and files apart."""

from bot.document import Document
from bot.reading.files import read_file
from bot.reading.links import Link, Message, canonical_url, find_links, read_message
from bot.reading.page import Media, Page
from bot.reading.plain import LEAST_WORDS, MOST_WORDS, read_text
from bot.reading.policy import FetchPolicy, Resolver
from bot.reading.reader import Reader

__all__ = [
    "LEAST_WORDS",
    "MOST_WORDS",
    "FetchPolicy",
    "Link",
    "Media",
    "Message",
    "Page",
    "Reader",
    "Resolver",
    "canonical_url",
    "find_links",
    "read_file",
    "read_link",
    "read_message",
    "read_text",
]


async def read_link(url: str, *, policy: FetchPolicy, reader: Reader) -> Document:
    """Fetch a link and read its article; raises FetchError, ReadError and InputError."""
    from bot.reading.fetching import fetch  # noqa: PLC0415 - the HTTP client is slow to import, and texts need none

    reader.warm()
    page = await fetch(url, policy=policy)
    return await reader.read(page)
