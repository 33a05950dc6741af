import io
import textwrap
import zipfile

import docx
import pytest
from pypdf import PdfReader, PdfWriter

from bot.document import Document, Role
from bot.errors import NotAnArticle, TextTooShort, UnreadableFile
from bot.reading import Reader, read_file
from bot.reading.print_files import read_docx, read_pdf
from tests.bot.reading.pages import ARTICLE, LOGIN, PARAGRAPH, SECOND, THIRD
from tests.bot.reading.printing import make_pdf

HEADLINE = "Old bridge to close after piers move"
TEXT = f"{HEADLINE}\n\n{PARAGRAPH}\n\n{SECOND}"


def make_docx(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


async def read(name: str, data: bytes) -> Document:
    async with Reader() as reader:
        return await read_file(name, data, reader=reader)


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["a.txt", "a.md", "A.TXT", "article", "a.text"])
async def test_a_text_file_is_read_as_pasted_text(name: str) -> None:
    document = await read(name, TEXT.encode())
    assert (document.text, document.title, document.url) == (TEXT, HEADLINE, None)


@pytest.mark.asyncio
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
async def test_a_text_file_in_another_charset_is_read(encoding: str) -> None:
    assert (await read("a.txt", TEXT.encode(encoding))).text == TEXT


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["a.html", "a.HTM"])
async def test_a_saved_page_is_read_as_a_page(name: str) -> None:
    assert (await read(name, ARTICLE.encode())).outlet == "The Harbour Post"


@pytest.mark.asyncio
async def test_a_saved_page_that_is_no_article_is_told() -> None:
    with pytest.raises(NotAnArticle):
        await read("a.html", LOGIN.encode())


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["a.pdf", "a.txt"])
async def test_a_pdf_is_read_by_what_it_is(name: str) -> None:
    document = await read(name, make_pdf([[HEADLINE, *textwrap.wrap(PARAGRAPH, 70)]]))
    assert document.title == HEADLINE
    assert document.paragraphs[-1].sentences[0].text_in(document.text).split() == PARAGRAPH.split()


@pytest.mark.asyncio
async def test_a_word_document_is_read() -> None:
    document = await read("a.docx", make_docx(HEADLINE, PARAGRAPH, "", THIRD))
    assert [p.role for p in document.paragraphs] == [Role.HEADLINE, Role.BODY, Role.BODY]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "not a text file"),
        ("a.txt", bytes(range(32)) * 20, "not a text file"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + b"x" * 90, "This is not a text file"),
        ("a.html", b"PK\x03\x04" + b"x" * 90, "not a text file"),
        ("a.pdf", b"no pdf", "damaged"),
        ("a.pdf", b"%PDF-1.4\nno pdf", "damaged"),
        ("a.docx", b"no docx", "damaged"),
        ("a.docx", b"PK\x03\x04 no docx", "damaged"),
        ("big.txt", b"a" * (20 * 1024 * 1024 + 1), "too large"),
        ("a\x1b[31m.bin", b"MZ\x90\x00", "not a text file"),
    ],
)
async def test_a_file_that_cannot_be_read_is_told_without_its_name(name: str, data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says) as refused:
        await read(name, data)
    assert name not in refused.value.message  # the queue keeps the message longer than the store keeps the file


@pytest.mark.asyncio
async def test_a_short_file_is_a_short_text() -> None:
    with pytest.raises(TextTooShort):
        await read("a.txt", b"hello there")


def test_running_heads_page_numbers_and_hyphens_of_a_pdf_are_no_text() -> None:
    pages = [
        ["The Harbour Post", f"line {n} of the coun-", "cil and its bridge.", f"Page {n} of 4"] for n in range(1, 5)
    ]
    text = read_pdf(make_pdf(pages))
    assert "Harbour Post" not in text
    assert "Page" not in text
    assert "line 2 of the council and its bridge." in text


def test_a_pdf_without_text_is_a_scan() -> None:
    with pytest.raises(UnreadableFile, match="scan"):
        read_pdf(make_pdf([[]]))


def test_a_locked_pdf_is_named() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([[PARAGRAPH]]))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(UnreadableFile, match="password"):
        read_pdf(out.getvalue())


def test_a_word_document_that_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (61 * 1024 * 1024))
    with pytest.raises(UnreadableFile, match="too large"):
        read_docx(out.getvalue())


def test_another_zip_is_no_word_document() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "hello")
    with pytest.raises(UnreadableFile, match="damaged"):
        read_docx(out.getvalue())
