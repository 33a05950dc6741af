import pytest

from bot.reading.page import Media, Page
from bot.reading.pages import read_page
from tests.bot.reading.pages import ARTICLE, PARAGRAPH, SECOND
from tests.bot.reading.printing import make_pdf
from tests.bot.reading.test_files import make_docx


@pytest.mark.parametrize(
    ("media", "content"),
    [
        (Media.HTML, ARTICLE.encode()),
        (Media.PLAIN, f"{PARAGRAPH}\n\n{SECOND}".encode("cp1252")),
        (Media.PDF, make_pdf([[PARAGRAPH]])),
        (Media.DOCX, make_docx(PARAGRAPH, SECOND)),
    ],
)
def test_every_kind_of_page_becomes_a_document_with_its_address(media: Media, content: bytes) -> None:
    charset = "windows-1252" if media is Media.PLAIN else None
    document = read_page(Page(content=content, media=media, url="https://example.org/a", charset=charset))
    assert document.url == "https://example.org/a"
    assert "The council voted on Tuesday" in document.text
