"""What a message asks for. Pure: a request in, a command out."""

import re
from dataclasses import dataclass

from bot.reading import read_message
from handlers.request import Attachment, Request

_FEWEST_WORDS = 12  # Below this a message without links is talk, not an article.

# "check ...", "/claimcheck check ...", "Check: ..."; a capital "Check" without a colon may open a headline.
_CHECK = re.compile(r"\s*(?:/?claimcheck\s+)?(?:/?check(?:\s*:|(?=\s)|$)|Check\s*:)\s*")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSources:
    """Read these files and fetch these links, and check each, in this order."""

    files: tuple[Attachment, ...]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckText:
    """Check this text; `links` stand in it and are not opened."""

    text: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SayHelp:
    """Say what the bot does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SayVersion:
    """Say which version this is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Puzzled:
    """Nothing to check was found: say in one sentence how to ask."""


Command = CheckSources | CheckText | SayHelp | SayVersion | Puzzled

_WORDS_TO_THE_BOT: dict[str, Command] = {
    "help": SayHelp(),
    "?": SayHelp(),
    "version": SayVersion(),
}


def parse_command(request: Request) -> Command:
    """The command in a request. Never fails: what is not understood is `Puzzled`."""
    named = bool(request.attachments or request.links)
    word = request.message.strip().strip("/!.").casefold().removeprefix("claimcheck").strip()
    if not named and word in _WORDS_TO_THE_BOT:
        return _WORDS_TO_THE_BOT[word]
    asked = _CHECK.match(request.message)
    text = request.message[asked.end() :] if asked else request.message
    message = read_message(text)
    links = tuple(link.url for link in message.links)
    if named or message.is_links:
        asked_for = dict.fromkeys((*request.links, *(links if message.is_links else ())))
        return CheckSources(files=request.attachments, links=tuple(asked_for))
    if not asked and len(_WORD.findall(text)) < _FEWEST_WORDS:
        return Puzzled()
    return CheckText(text=text, links=links)
