"""The body of an answer: status and type checked, decompressed and counted while it streams in."""

import re
import zlib
from datetime import datetime
from email.message import Message
from email.utils import parsedate_to_datetime

import httpx

from bot.errors import BadStatus, PageTooLarge, UnsupportedContent
from bot.reading.page import Media, Page

_MEDIA = {
    "text/html": Media.HTML,
    "application/xhtml+xml": Media.HTML,
    "text/plain": Media.PLAIN,
    "application/pdf": Media.PDF,
}
_KINDS = {"image": "an image", "video": "a video", "audio": "a sound recording", "font": "a font"}
_STATUS = {
    401: "asks for a login before it shows this page",
    402: "shows this page only to subscribers",
    403: "refuses to show this page to the bot",
    404: "says that there is no page at this link (404)",
    410: "says that this page was removed (410)",
    429: "is being asked too often at the moment (429)",
    451: "may not show this page here for legal reasons (451)",
}
_OK = 200
_SERVER_ERROR = 500
_AUTO_HEADER = zlib.MAX_WBITS | 32
_SNIFFED = 1024
# A validator is sent back one day, so only what the standard allows is kept: a quoted tag, a date; no "*" (any page).
_ETAG = re.compile(r'(?:W/)?"[!#-~]{1,250}"')
_DATE = re.compile(r"[A-Za-z0-9 ,:+-]{1,60}")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"PK\x03\x04", b"\x1f\x8b")


def check_status(status: int, *, host: str) -> None:
    """Raises BadStatus for every answer that is not 200."""
    if status == _OK:
        return
    if status in _STATUS:
        why = _STATUS[status]
    elif status >= _SERVER_ERROR:
        why = f"has a fault of its own at the moment (error {status})"
    else:
        why = f"answered with status {status} instead of a page"
    message = f"The site {host} {why}. Check the link or paste the text."
    raise BadStatus(message)


async def receive(response: httpx.Response, *, url: str, most_bytes: int) -> Page:
    """Read the body of a streamed answer; raises UnsupportedContent and PageTooLarge."""
    kind, charset = _content_type(response.headers.get("content-type", ""))
    if kind and kind not in _MEDIA:
        raise UnsupportedContent(_not_read(kind))
    unpacker = _unpacker(response.headers.get("content-encoding", ""))
    declared = response.headers.get("content-length", "")
    if unpacker is None and declared.isascii() and declared.isdigit() and int(declared) > most_bytes:
        raise PageTooLarge(_too_large(most_bytes))
    body = await _read_body(response, unpacker, most_bytes)
    return Page(
        content=body,
        media=_media(kind, body),
        url=url,
        charset=charset,
        etag=_etag(response.headers.get("etag", "")),
        last_modified=_date(response.headers.get("last-modified", "")),
        served_at=_moment(response.headers.get("date", "")),
    )


async def _read_body(response: httpx.Response, unpacker: "_Unpacker | None", most_bytes: int) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_raw():
        room = most_bytes + 1 - len(body)
        body += chunk[:room] if unpacker is None else unpacker.unpack(chunk, room)
        if len(body) > most_bytes:
            raise PageTooLarge(_too_large(most_bytes))
    return bytes(body)


class _Unpacker:
    """Gzip, zlib or bare deflate, told apart by its first bytes; never yields more than asked for."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(_AUTO_HEADER)
        self._started = False

    def unpack(self, chunk: bytes, most: int) -> bytes:
        """The next part of the body, at most `most` bytes; what is over is dropped, for it is too much anyway."""
        try:
            data = self._first(chunk, most) if not self._started else self._inflate.decompress(chunk, most)
        except zlib.error as error:
            message = "The site sent a damaged page that cannot be unpacked. Try again later or paste the text."
            raise UnsupportedContent(message) from error
        self._started = True
        return data

    def _first(self, chunk: bytes, most: int) -> bytes:
        try:
            return self._inflate.decompress(chunk, most)
        except zlib.error:
            self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
            return self._inflate.decompress(chunk, most)


def _unpacker(encoding: str) -> _Unpacker | None:
    names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
    names = [name for name in names if name != "identity"]
    if not names:
        return None
    if len(names) > 1 or names[0] not in {"gzip", "x-gzip", "deflate"}:
        message = "The site packs the page in a way that is not read. Paste the text instead."
        raise UnsupportedContent(message)
    return _Unpacker()


def _etag(header: str) -> str | None:
    return header.strip() if _ETAG.fullmatch(header.strip()) else None


def _date(header: str) -> str | None:
    return header.strip() if _moment(header) is not None else None


def _moment(header: str) -> datetime | None:
    if not _DATE.fullmatch(header.strip()):
        return None
    try:
        return parsedate_to_datetime(header)
    except ValueError:
        return None


def _content_type(header: str) -> tuple[str, str | None]:
    if not header.strip():
        return "", None
    message = Message()
    message["content-type"] = header
    return message.get_content_type() if "/" in header else "", message.get_content_charset()


def _media(kind: str, body: bytes) -> Media:
    """The kind of the body: what it plainly is, else what the header says."""
    start = body[:_SNIFFED].lstrip()
    if start.startswith(b"%PDF-"):
        return Media.PDF
    if start.startswith(_PICTURES):
        raise UnsupportedContent(_not_read("application/octet-stream"))
    if kind:
        return _MEDIA[kind]
    if b"<html" in start.lower() or b"<!doctype html" in start.lower():
        return Media.HTML
    raise UnsupportedContent(_not_read("application/octet-stream"))


def _not_read(kind: str) -> str:
    what = _KINDS.get(kind.partition("/")[0], f"a file of type {kind}" if "octet" not in kind else "a file")
    return f"The link leads to {what}, not to an article. Send a link to a web page or a PDF, or paste the text."


def _too_large(most_bytes: int) -> str:
    limit = most_bytes // (1024 * 1024)
    return f"The page is larger than {limit} MB, too large for an article. Paste the text instead."
