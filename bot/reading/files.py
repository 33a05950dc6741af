"""A newsroom's file -> Document."""

from pathlib import PurePath

from bot.document import Document
from bot.errors import UnreadableFile
from bot.reading.charset import decode
from bot.reading.page import Media, Page
from bot.reading.plain import read_text
from bot.reading.reader import Reader

_MEDIA = {".html": Media.HTML, ".htm": Media.HTML, ".xhtml": Media.HTML, ".pdf": Media.PDF, ".docx": Media.DOCX}
_MOST_BYTES = 20 * 1024 * 1024
_LOOKED_AT = 8192
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BINARY = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90", b"\xd0\xcf\x11\xe0")
_MOST_CONTROL = 0.02


async def read_file(name: str, data: bytes, *, reader: Reader) -> Document:
    """Read a .txt, .md, .html, .pdf or .docx; another name is read when its bytes are text.

    Raises UnreadableFile where they are not, and what reading text or pages raises; no message has the name in it,
    since it may outlive the file.
    """
    if len(data) > _MOST_BYTES:
        message = f"This file is larger than {_MOST_BYTES // (1024 * 1024)} MB, too large for an article."
        raise UnreadableFile(message)
    media = _MEDIA.get(PurePath(name).suffix.lower(), Media.PLAIN)
    if data.lstrip()[:5] == b"%PDF-":
        media = Media.PDF
    if media in {Media.PDF, Media.DOCX}:
        return await reader.read(Page(content=data, media=media))
    if not _is_text(data):
        message = "This is not a text file. Text, Markdown, HTML, PDF and Word (.docx) files are read."
        raise UnreadableFile(message)
    if media is Media.HTML:
        return await reader.read(Page(content=data, media=media))
    return read_text(decode(data))


def _is_text(data: bytes) -> bool:
    start = data[:_LOOKED_AT]
    if start.startswith(_WIDE_MARKS):
        return True
    if start.startswith(_BINARY):
        return False
    control = sum(1 for byte in start if byte < ord(" ") and byte not in b"\t\n\v\f\r\x1b\x00")
    # A few stray NULs happen in text; a binary file has many.
    return control + start.count(0) <= _MOST_CONTROL * max(1, len(start))
