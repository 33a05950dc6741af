"""What the bot may do where it is invited: one table, which the invitation and the tests are made from."""

import base64
import binascii
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.errors import ClaimcheckError

_AUTHORIZE = "https://discord.com/oauth2/authorize"
SCOPES = ("bot", "applications.commands")


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """One permission: its name as discord.py and Discord's documentation have it, its bit, and what it is for."""

    name: str
    bit: int
    purpose: str


RIGHTS = (
    Right(name="view_channel", bit=10, purpose="see where it is mentioned"),
    Right(name="send_messages", bit=11, purpose="answer in a channel where it may not open threads"),
    Right(name="embed_links", bit=14, purpose="show a report as an embed where the newer layout is refused"),
    Right(name="attach_files", bit=15, purpose="attach exports, and what does not fit into a message"),
    Right(name="read_message_history", bit=16, purpose="read the message it is asked about, and find its own answer"),
    Right(name="create_public_threads", bit=35, purpose="open a thread for each check"),
    Right(name="send_messages_in_threads", bit=38, purpose="answer in threads and forum posts"),
)


class TokenMalformed(ClaimcheckError):
    """DISCORD_BOT_TOKEN does not look like a bot token."""

    code = "bad_settings"


def permission_bits() -> int:
    """The permissions of the table as Discord's bit field."""
    return sum(1 << right.bit for right in RIGHTS)


def invite_url(token: str) -> str:
    """The address that adds the bot with this token to a server (asking for `RIGHTS`) or to a person's account.

    A bot token starts with the application's id in Base64. Raises TokenMalformed.
    """
    query = {"client_id": _application_of(token), "permissions": permission_bits(), "scope": " ".join(SCOPES)}
    return f"{_AUTHORIZE}?{urlencode(query)}"


def _application_of(token: str) -> str:
    head = token.strip().split(".", maxsplit=1)[0]
    try:
        application = base64.b64decode(head + "=" * (-len(head) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise TokenMalformed(_MALFORMED) from error
    if not application.isdigit() or "." not in token:
        raise TokenMalformed(_MALFORMED)
    return application


_MALFORMED = (
    "DISCORD_BOT_TOKEN is not a bot token. Copy it again from the Discord Developer Portal: your application, Bot, "
    "Reset Token."
)
