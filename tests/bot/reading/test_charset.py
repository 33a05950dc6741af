import codecs

import pytest

from bot.reading.charset import decode

WORDS = "The café’s owner said “no” — naïvely."


@pytest.mark.parametrize(
    ("content", "header"),
    [
        (WORDS.encode(), None),
        (codecs.BOM_UTF8 + WORDS.encode(), "iso-8859-1"),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), None),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "utf-8"),
        (codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"), None),
        (WORDS.encode("cp1252"), "windows-1252"),
        (WORDS.encode("cp1252"), "ISO-8859-1"),
        (WORDS.encode("cp1252"), '"latin1"'),
        (WORDS.encode(), "no-such-charset"),
        (WORDS.encode(), "base64"),
        ((WORDS * 20).encode("cp1252"), None),
    ],
)
def test_the_mark_the_header_or_detection_tells_the_charset(content: bytes, header: str | None) -> None:
    assert decode(content, charset=header).startswith(WORDS)


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="windows-1252">',
        "<META CHARSET=windows-1252 />",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">',
        '<?xml version="1.0" encoding="windows-1252"?>',
    ],
)
def test_a_page_declares_its_charset(declaration: str) -> None:
    content = f"{declaration}<p>{WORDS}</p>".encode("cp1252")
    assert WORDS in decode(content, markup=True)


def test_the_header_goes_before_the_declaration() -> None:
    content = f'<meta charset="windows-1252"><p>{WORDS}</p>'.encode()
    assert WORDS in decode(content, charset="utf-8", markup=True)


def test_a_page_in_ascii_letters_that_declares_utf_16_is_utf_8() -> None:
    assert WORDS in decode(f'<meta charset="utf-16"><p>{WORDS}</p>'.encode(), markup=True)


def test_what_cannot_be_decoded_is_replaced() -> None:
    assert decode(b"a\xffb", charset="utf-8") == "a\ufffdb"


@pytest.mark.parametrize("content", [b"", b"\xff", b"\x00\x01", bytes(range(256)) * 4])
def test_any_bytes_become_text(content: bytes) -> None:
    assert isinstance(decode(content, markup=True), str)
