"""What the tests' Discord consists of: people, servers, channels, messages. Plain JSON values as Discord sends them."""

import time
from dataclasses import dataclass, field
from typing import Any

BOT = 900000000000000001
MESSAGE_CONTENT = 1 << 15
EVERYBODY = (1 << 10) | (1 << 11) | (1 << 16) | (1 << 38)
_EPOCH = 1420070400000  # milliseconds

Json = dict[str, Any]


class Snowflakes:
    """Ids that grow and tell the time, as Discord's do."""

    def __init__(self) -> None:
        self._last = 0

    def new(self) -> int:
        """The next id."""
        self._last = max(self._last + 1, time.time_ns() // 1_000_000 - _EPOCH)
        return self._last << 22 | 1


@dataclass(kw_only=True)
class Channel:
    """A channel, thread or conversation: its JSON, its messages by id, and what the bot may do in it."""

    data: Json
    guild: int | None
    messages: dict[int, Json] = field(default_factory=dict)
    bot_may: int = 0

    @property
    def id(self) -> int:
        return int(self.data["id"])

    @property
    def is_thread(self) -> bool:
        return self.data["type"] in {10, 11, 12}


def user(id_: int, name: str, *, bot: bool = False) -> Json:
    return {"id": str(id_), "username": name, "discriminator": "0", "global_name": name, "avatar": None, "bot": bot}


def member(who: Json, *, permissions: int | None = None) -> Json:
    data: Json = {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0}
    data |= {"user": who, "nick": None, "avatar": None, "premium_since": None, "communication_disabled_until": None}
    return data | ({"permissions": str(permissions)} if permissions is not None else {})


def role(id_: int, name: str, permissions: int, *, managed_by: int | None = None) -> Json:
    tags = {"tags": {"bot_id": str(managed_by)}} if managed_by else {}
    return {
        "id": str(id_), "name": name, "permissions": str(permissions), "color": 0, "hoist": False, "position": 0,
        "managed": bool(managed_by), "mentionable": False, "flags": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
    } | tags  # fmt: skip


def text_channel(id_: int, name: str, *, guild: int, kind: int = 0, hidden: bool = False) -> Json:
    """A channel of a server (kind 0: text, 15: forum); a hidden one is not seen by @everyone but by the bot."""
    overwrites = [
        {"id": str(guild), "type": 0, "allow": "0", "deny": str(1 << 10)},
        {"id": str(BOT), "type": 1, "allow": str(1 << 10), "deny": "0"},
    ]
    return {
        "id": str(id_), "type": kind, "name": name, "guild_id": str(guild), "position": 0, "parent_id": None,
        "permission_overwrites": overwrites if hidden else [], "nsfw": False, "last_message_id": None, "topic": None,
        "rate_limit_per_user": 0, "flags": 0, "available_tags": [], "default_reaction_emoji": None,
        "default_auto_archive_duration": 1440, "default_sort_order": None, "default_forum_layout": 0,
    }  # fmt: skip


def thread_channel(id_: int, name: str, *, parent: Json, owner: int, kind: int = 11) -> Json:
    """A thread (kind 11: public, 12: private)."""
    metadata = {"archived": False, "auto_archive_duration": 1440, "locked": False, "invitable": True}
    return {
        "id": str(id_), "type": kind, "name": name, "guild_id": parent["guild_id"], "parent_id": parent["id"],
        "owner_id": str(owner), "message_count": 0, "member_count": 1, "rate_limit_per_user": 0, "flags": 0,
        "thread_metadata": metadata | {"archive_timestamp": "2026-01-01T00:00:00+00:00"}, "last_message_id": None,
        "total_message_sent": 0, "applied_tags": [],
    }  # fmt: skip


def direct_channel(id_: int, who: Json) -> Json:
    return {"id": str(id_), "type": 1, "recipients": [who], "last_message_id": None, "flags": 0}


def message(id_: int, channel: Channel, author: Json, body: Json) -> Json:
    """A message as Discord sends it back. A nonce is not among what it keeps."""
    return {
        "id": str(id_), "channel_id": str(channel.id), "author": author, "content": body.get("content") or "",
        "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "tts": False, "mention_everyone": False,
        "mentions": body.get("mentions", []), "mention_roles": body.get("mention_roles", []),
        "attachments": body.get("attachments", []), "embeds": body.get("embeds") or [], "pinned": False,
        "type": 19 if body.get("message_reference") else 0, "components": body.get("components") or [],
        "flags": body.get("flags", 0),
    } | {key: body[key] for key in ("message_reference", "referenced_message", "message_snapshots", "webhook_id")
         if body.get(key) is not None}  # fmt: skip
