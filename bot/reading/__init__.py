"""A link, a file or pasted text -> Document. The only place that fetches, and that takes pages and files apart."""

from dataclasses import replace

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


async def read_link(url: str, *, policy: FetchPolicy, reader: Reader, known: Document | None = None) -> Document:
    """Fetch a link and read its article; raises FetchError, ReadError and InputError.

    `known` is an earlier reading: where the site says that its page has not changed since, `known` itself comes back.
    """
    # The HTTP client is slow to import, and texts need none.
    from bot.reading.fetching import Unchanged, Version, fetch  # noqa: PLC0415

    reader.warm()
    if known is None or known.url is None:
        page = await fetch(url, policy=policy)
    else:
        version = Version(url=known.url, etag=known.etag, last_modified=known.last_modified)
        try:
            page = await fetch(url, policy=policy, known=version)
        except Unchanged:
            return known
    document = await reader.read(page)
    return replace(document, etag=page.etag, last_modified=page.last_modified, internal=page.internal)
