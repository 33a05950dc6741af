"""What there is to check in a message of Slack's: its words, links, attachments, unfurls, shared posts, files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from adapters.chat.clicks import request_check
from adapters.chat.downloads import READABLE
from adapters.slack.payloads import Json, list_at, map_at, number_at, text_at
from handlers.request import Attachment, Request

# <https://x|label>, <mailto:a@b>, <@U1>, <@U1|name>, <#C1|name>, <!here>, <!subteam^S1|@desk>, <!date^…^…|fallback>
_ENTITY = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_SUFFIXES = {"text": ".txt", "markdown": ".md", "html": ".html", "pdf": ".pdf", "docx": ".docx"}  # by Slack's own type
_LINK = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackFile:
    """A file as a message tells of it; name and `url` are empty where they have to be asked for."""

    id: str
    name: str
    url: str
    size: int

    @property
    def is_untold(self) -> bool:
        """Whether the message tells nothing but the id, as of files from another organisation."""
        return not self.name and not self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Words, files that can be read (not fetched yet), and how many files cannot."""

    words: str
    files: tuple[SlackFile, ...] = ()
    unreadable: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is there that could be checked."""
        return not (self.words or self.files)


def find_material(message: Json, *, bot_user: str) -> Material:
    """All that somebody may mean who points at this message; a mention of the bot itself is left out."""
    words = read_words(_without_permalinks(message), bot_user=bot_user)
    blocks = "" if words else read_words("\n\n".join(_words_of_blocks(list_at(message, "blocks"))), bot_user=bot_user)
    told = [read_words(part, bot_user=bot_user) for part in _attached(message, said=text_at(message, "text"))]
    files = [read_file(file) for file in (*list_at(message, "files"), *_shared_files(message))]
    readable = tuple(file for file in files if file.is_untold or file.name.casefold().endswith(READABLE))
    parts = dict.fromkeys(part for part in (words, blocks, *told) if part)
    return Material(words="\n\n".join(parts), files=readable, unreadable=len(files) - len(readable))


def read_words(text: str, *, bot_user: str) -> str:
    """Slack's mark-up as plain words: links as addresses, entities as signs; a mention of the bot is left out."""

    def word(found: re.Match[str]) -> str:
        mark, target, label = found[1], found[2], found[3]
        if mark == "@":
            return " " if target == bot_user else f"@{label or target}"
        if mark == "#":
            return f"#{label or target}"
        if mark == "!":
            return label or f"@{target.partition('^')[0]}"
        return target if _LINK.match(target) else label or target

    words = _ENTITY.sub(word, text)
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def names_user(text: str, user: str) -> bool:
    """Whether Slack's mark-up mentions this user, and not one whose id merely begins like that."""
    return any(found[1] == "@" and found[2] == user for found in _ENTITY.finditer(text))


def is_ours(message: object, *, bot_user: str, bot_id: str) -> bool:
    """Whether we wrote the message."""
    return text_at(message, "user") == bot_user != "" or text_at(message, "bot_id") == bot_id != ""


def ask_to_check(material: Material, files: tuple[Attachment, ...]) -> Request:
    """A request to check what somebody pointed at."""
    return request_check(material.words, files=files)


def _attached(message: Json, *, said: str) -> Iterator[str]:
    """The words of attachments: shared posts and what other apps post; a preview of a link that is said is none."""
    for attachment in list_at(message, "attachments"):
        origin = text_at(attachment, "from_url") or text_at(attachment, "original_url")
        shared = "channel_id" in map_at(attachment)
        if origin and not shared:
            if origin not in said.replace("&amp;", "&"):
                yield origin
            continue
        blocks = "\n\n".join(_words_of_blocks(_shared_blocks(attachment)))
        fields = [f"{text_at(field, 'title')}\n{text_at(field, 'value')}" for field in list_at(attachment, "fields")]
        texts = [text_at(attachment, key) for key in ("pretext", "title", "title_link", "text")]
        words = [part for part in (*texts, *fields) if part.strip()] or [blocks or text_at(attachment, "fallback")]
        yield "\n\n".join(words)


def _without_permalinks(message: Json) -> str:
    """What the message says, without addresses of posts that it shares: their words are here, behind them is Slack."""
    said = text_at(message, "text")
    for attachment in list_at(message, "attachments"):
        if "channel_id" in map_at(attachment) and (origin := text_at(attachment, "from_url")):
            address = re.escape(origin.replace("&", "&amp;"))
            said = re.sub(rf"<{address}(\|[^<>]*)?>|{address}(?!\S)", " ", said)
    return said


def _shared_files(message: Json) -> Iterator[object]:
    for attachment in list_at(message, "attachments"):
        yield from list_at(attachment, "files")


def _shared_blocks(attachment: object) -> list[object]:
    shared = [block for part in list_at(attachment, "message_blocks") for block in list_at(part, "message", "blocks")]
    return [*list_at(attachment, "blocks"), *shared]


def _words_of_blocks(blocks: object) -> Iterator[str]:
    """The texts of blocks, however deep; of rich text its links too."""
    if isinstance(blocks, list | tuple):
        for block in blocks:
            yield from _words_of_blocks(block)
        return
    block = map_at(blocks)
    kind = text_at(block, "type")
    if kind in {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}:
        yield "".join(_run(run) for run in list_at(block, "elements"))
    elif kind in {"rich_text", "rich_text_list", "context"}:
        yield from _words_of_blocks(list_at(block, "elements"))
    elif kind in {"header", "section"}:
        yield from (words for words in (text_at(block, "text", "text"),) if words)
        yield from _words_of_blocks(list_at(block, "fields"))
    elif kind in {"mrkdwn", "plain_text"}:
        yield text_at(block, "text")


def _run(run: object) -> str:
    if text_at(run, "type") == "link":
        return f" {text_at(run, 'url')} "
    return text_at(run, "text").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def read_file(file: object) -> SlackFile:
    """A file as a message, or files.info, tells of it."""
    url = text_at(file, "url_private_download") or text_at(file, "url_private")
    if text_at(file, "file_access") == "check_file_info":
        return SlackFile(id=text_at(file, "id"), name="", url="", size=0)
    name = text_at(file, "name") or text_at(file, "title") or "file"
    if not name.casefold().endswith(READABLE):
        name += _SUFFIXES.get(text_at(file, "filetype"), "")  # what is pasted as a snippet may have any name
    return SlackFile(id=text_at(file, "id"), name=name, url=url, size=number_at(file, "size"))
