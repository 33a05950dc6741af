"""What somebody asks of the bot, free of any platform."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came along: its name (for its type and for the answer) and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One message: what was typed or pasted, the files that came with it, and links named apart from it.

    `message` may hold links, an article's text, or a word to the bot ("help"). Where files or `links` are given, they
    are what is checked, and of the message only its links.
    """

    message: str = ""
    attachments: tuple[Attachment, ...] = ()
    links: tuple[str, ...] = ()
