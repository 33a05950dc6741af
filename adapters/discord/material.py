"""What there is to check in a message of Discord's: its words, links, embeds, files, forwarded messages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import discord

from adapters.chat.clicks import request_check
from adapters.chat.downloads import READABLE
from handlers.request import Attachment, Request

_MENTION = re.compile(r"<@[!&]?\d+>")
_LINK = re.compile(r"https?://", re.IGNORECASE)

Told = discord.Message | discord.MessageSnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Words, links that stand only in embeds, files that can be read (not fetched yet), and how many cannot."""

    words: str
    links: tuple[str, ...]
    files: tuple[discord.Attachment, ...]
    unreadable: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is there, or nothing that Discord lets us see."""
        return not (self.words or self.links or self.files)


def find_material(message: discord.Message) -> Material:
    """All that somebody may mean who points at this message, messages forwarded in it included; no mentions."""
    told: Sequence[Told] = (message, *message.message_snapshots)
    words = _MENTION.sub(" ", "\n\n".join(one.content for one in told if one.content.strip())).strip()
    embeds = [embed for one in told for embed in one.embeds]
    links = tuple(dict.fromkeys(embed.url for embed in embeds if embed.url)) if not _LINK.search(words) else ()
    if not words and not links:
        words = "\n\n".join(part for embed in embeds for part in _words_of(embed))
    attached = [file for one in told for file in one.attachments]
    files = tuple(file for file in attached if file.filename.casefold().endswith(READABLE))
    return Material(words=words, links=links, files=files, unreadable=len(attached) - len(files))


def mentions(words: str, *, ids: Sequence[int]) -> bool:
    """Whether the words name one of these users or roles; a reply alone, which Discord counts too, is no mention."""
    return any(f"<@{mark}{id_}>" in words for id_ in ids for mark in ("", "!", "&"))


def ask_to_check(material: Material, files: tuple[Attachment, ...]) -> Request:
    """A request to check what somebody pointed at."""
    return request_check(material.words, files=files, links=material.links)


def _words_of(embed: discord.Embed) -> Iterator[str]:
    yield from (part for part in (embed.title, embed.description) if part)
    for field in embed.fields:
        yield f"{field.name}\n{field.value}"
