"""PDF and .docx -> plain text with a blank line between paragraphs."""

import io
import logging
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence

import docx
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from bot.errors import UnreadableFile
from bot.reading.plain import MOST_WORDS

# What is wrong with a PDF is said in one sentence to whom it concerns, not on standard error in pypdf's words.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_MOST_UNPACKED = 60 * 1024 * 1024
_MOST_PAGES = 400
_REPEATED_ON = 3
_SOFT_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad]\n(?=[a-z])")
_PAGE_NUMBER = re.compile(r"^(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?$", re.IGNORECASE)
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})


def read_pdf(content: bytes) -> str:
    """The text of a PDF without running heads and page numbers; raises UnreadableFile."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            message = "The PDF is locked with a password. Paste the text instead."
            raise UnreadableFile(message)
        pages = list(_pages(reader))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError) as error:
        message = "The PDF is damaged and cannot be read. Paste the text instead."
        raise UnreadableFile(message) from error
    text = "\n".join(_without_running_heads(pages))
    if not text.strip():
        message = "The PDF holds no text, only pictures of it (a scan). Paste the text instead."
        raise UnreadableFile(message)
    return _SOFT_HYPHEN.sub("", text).translate(_LIGATURES)


def read_docx(content: bytes) -> str:
    """The text of a .docx, a blank line between paragraphs; raises UnreadableFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > _MOST_UNPACKED:
            message = "The document is too large to be an article. Paste the text instead."
            raise UnreadableFile(message)
        paragraphs = docx.Document(io.BytesIO(content)).paragraphs
        return "\n\n".join(p.text.replace("\n", " ").strip() for p in paragraphs if p.text.strip())
    except (zipfile.BadZipFile, ValueError, KeyError, OSError, AttributeError, SyntaxError) as error:
        message = "The document is damaged or is no .docx file. Paste the text instead."
        raise UnreadableFile(message) from error


def _pages(reader: PdfReader) -> Iterator[list[str]]:
    words = 0
    for page in reader.pages[:_MOST_PAGES]:
        lines = page.extract_text().splitlines()
        words += sum(len(line.split()) for line in lines)
        yield lines
        if words > MOST_WORDS:
            return


def _without_running_heads(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines that stand first or last on several pages, and page numbers, are no text."""
    edges = Counter(line.strip() for page in pages for line in {*page[:1], *page[-1:]})
    for page in pages:
        for line in page:
            bare = line.strip()
            if not _PAGE_NUMBER.match(bare) and edges[bare] < _REPEATED_ON:
                yield line.rstrip()
