"""What the command line names: links, files, a pasted text."""

import io
from pathlib import Path

import pytest

from adapters.terminal import inputs
from adapters.terminal.inputs import Input, find_inputs
from bot.errors import UnreadableFile
from handlers.request import Attachment, Request


def inputs_of(*arguments: str, piped: bytes = b"") -> tuple[Input, ...]:
    return find_inputs(arguments, stdin=lambda: io.BytesIO(piped))


@pytest.mark.parametrize(
    ("argument", "link"),
    [
        ("https://news.example/a", "https://news.example/a"),
        ("HTTP://news.example", "HTTP://news.example"),
        ("ftp://news.example/a", "ftp://news.example/a"),
        ("news.example/a/story", "https://news.example/a/story"),
        ("www.news.example", "https://www.news.example"),
    ],
)
def test_an_address_is_a_link(argument: str, link: str) -> None:
    (found,) = inputs_of(argument)
    assert found.is_link
    assert found.load() == Request(links=(link,))


def test_a_file_is_read_when_its_turn_comes(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    (found,) = inputs_of(str(file))
    file.write_bytes(b"words")
    assert not found.is_link
    assert found.load() == Request(attachments=(Attachment(name="article.txt", data=b"words"),))


def test_a_file_that_looks_like_an_address_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news.example").mkdir()
    (tmp_path / "news.example" / "story").write_bytes(b"words")
    (found,) = inputs_of("news.example/story")
    assert not found.is_link


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("missing.txt", "There is no file missing.txt."),
        (".", "is a folder"),
        ("\x00", "could not be opened"),
        ("x" * 5000, "could"),
    ],
)
def test_a_file_that_cannot_be_read_says_so(argument: str, said: str) -> None:
    (found,) = inputs_of(argument)
    with pytest.raises(UnreadableFile, match=said):
        found.load()


def test_a_file_beyond_the_limit_is_refused_without_reading_it_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "MOST_BYTES", 10)
    (tmp_path / "long.txt").write_bytes(b"x" * 11)
    (found,) = inputs_of(str(tmp_path / "long.txt"))
    with pytest.raises(UnreadableFile, match=r"long\.txt is larger than"):
        found.load()


def test_a_pasted_text_is_a_document() -> None:
    (found,) = inputs_of("-", piped=b"Some words.")
    assert found.given == "-"
    assert found.load() == Request(attachments=(Attachment(name="standard input", data=b"Some words."),))


def test_pasted_links_are_inputs_of_their_own() -> None:
    found = inputs_of("-", piped=b"https://a.example/1\nhttps://b.example/2\n")
    assert [one.given for one in found] == ["https://a.example/1", "https://b.example/2"]


def test_bytes_that_are_no_text_are_left_to_the_reader() -> None:
    (found,) = inputs_of("-", piped=b"%PDF-1.7\xff\xfe")
    assert found.load().attachments[0].data == b"%PDF-1.7\xff\xfe"
