"""Page -> Document: what runs in the reading process, for every kind of content."""

from dataclasses import replace

from bot.document import Document
from bot.reading.charset import decode
from bot.reading.html_pages import read_html
from bot.reading.page import Media, Page
from bot.reading.plain import read_text
from bot.reading.print_files import read_docx, read_pdf


def read_page(page: Page) -> Document:
    """Read the page by its kind; raises ReadError and InputError."""
    if page.media is Media.HTML:
        return read_html(decode(page.content, charset=page.charset, markup=True), url=page.url)
    if page.media is Media.PDF:
        text = read_pdf(page.content)
    elif page.media is Media.DOCX:
        text = read_docx(page.content)
    else:
        text = decode(page.content, charset=page.charset)
    return replace(read_text(text), url=page.url)
