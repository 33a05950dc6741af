"""What the command line names: links, files, standard input. Each becomes one request."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.errors import UnreadableFile
from bot.reading import read_message
from handlers.request import Attachment, Request

STANDARD_INPUT = "-"
MOST_BYTES = 20_000_000  # of a file; many times the longest article, and well below what a machine minds

_HAS_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST_WITHOUT_SCHEME = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?/\S*|www\.\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input as given, and how to make a request of it; `load` raises UnreadableFile."""

    given: str
    is_link: bool
    load: Callable[[], Request]


def find_inputs(arguments: Sequence[str], *, stdin: Callable[[], BinaryIO]) -> tuple[Input, ...]:
    """The inputs in order. Standard input that holds links, and little else, is those links."""
    return tuple(found for argument in arguments for found in _inputs_of(argument, stdin))


def _inputs_of(argument: str, stdin: Callable[[], BinaryIO]) -> Iterator[Input]:
    if argument == STANDARD_INPUT:
        yield from _piped(stdin())
    elif _HAS_SCHEME.match(argument):
        yield _link(argument)
    elif _HOST_WITHOUT_SCHEME.fullmatch(argument) and not _exists(Path(argument)):
        yield _link(f"https://{argument}")
    else:
        yield Input(given=argument, is_link=False, load=lambda: _file(Path(argument)))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name longer than the file system allows, for one
        return False


def _piped(stdin: BinaryIO) -> Iterator[Input]:
    data = stdin.read(MOST_BYTES + 1)
    message = read_message(data.decode("utf-8", errors="replace")) if len(data) < MOST_BYTES // 100 else None
    if message is not None and message.is_links:
        yield from (_link(link.url) for link in message.links)
    else:
        yield Input(given=STANDARD_INPUT, is_link=False, load=lambda: _attached("standard input", data))


def _link(link: str) -> Input:
    return Input(given=link, is_link=True, load=lambda: Request(links=(link,)))


def _file(path: Path) -> Request:
    try:
        with path.open("rb") as file:
            return _attached(path.name, file.read(MOST_BYTES + 1))
    except FileNotFoundError as missing:
        msg = f"There is no file {path}. A link starts with https://."
        raise UnreadableFile(msg) from missing
    except IsADirectoryError as folder:
        msg = f"{path} is a folder. Name the files in it."
        raise UnreadableFile(msg) from folder
    except (OSError, ValueError) as broken:
        msg = f"The file {path} could not be opened: {getattr(broken, 'strerror', None) or broken}."
        raise UnreadableFile(msg) from broken


def _attached(name: str, data: bytes) -> Request:
    if len(data) > MOST_BYTES:
        msg = f"{name} is larger than {MOST_BYTES // 1_000_000} MB, the most that is read of a file."
        raise UnreadableFile(msg)
    return Request(attachments=(Attachment(name=name, data=data),))
