"""What somebody asks of the bot, free of any platform."""

from dataclasses import dataclass

from bot.access import Person, Place


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One message as a platform delivers it.

    `id` is its identity there ("slack:T1:C1:1699.23": platform, tenant, channel, message). `keys` are all names under
    which the same request may come again (event id, client message id); `id` is one of them. `whispered`: the answer
    goes to the asker alone.
    """

    id: str
    keys: frozenset[str]
    place: Place
    asker: Person
    request: Request
    whispered: bool = False
