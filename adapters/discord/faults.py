"""Discord's refusals, said in the project's own errors."""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.errors import CannotPost, LookupRefused, TryLater

ARCHIVED = 50083
THREAD_EXISTS = 160004
INVALID_FORM = 50035
_TOO_OFTEN = 429
_SERVER = 500
_CLOSED = "Session is closed"  # what aiohttp says where a connection was closed between two calls

# Discord's documented JSON error codes, and what a reader can do about each.
_FIXES = {
    10003: "The channel or thread is gone.",
    10008: "The message is gone.",
    10015: "The answer to this command can no longer be reached. Ask again.",
    40005: "The file is too large for this server.",
    40067: "The forum wants a tag on every post. Ask in an existing post.",
    50001: "I cannot see this channel. Give me “View Channel” there (channel settings, Permissions).",
    50007: "Your privacy settings keep me from writing to you. Allow direct messages, or ask in a channel.",
    50013: "I am missing a permission here. Give me “Send Messages”, “Send Messages in Threads” and “Attach Files”.",
    50083: "The thread is archived. Reopen it and ask again.",
    50027: "The answer to this command can no longer be reached: Discord allows 15 minutes. Ask again.",
    160005: "The thread is locked. Ask a moderator to unlock it, or ask in the channel.",
    160006: "The server has as many open threads as Discord allows. Close some, or ask in an existing thread.",
}


@contextmanager
def translated() -> Iterator[None]:
    """Turn what discord.py raises inside the block into TryLater or CannotPost."""
    try:
        yield
    except discord.RateLimited as limited:
        message = f"Discord asks for a pause of {limited.retry_after:.0f} seconds."
        raise TryLater(message, seconds=limited.retry_after) from limited
    except discord.DiscordServerError as error:
        message = "Discord does not answer properly at the moment."
        raise TryLater(message) from error
    except discord.HTTPException as error:
        raise _refusal(error) from error
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        message = "The connection to Discord was lost."
        raise TryLater(message) from error
    except RuntimeError as error:
        if str(error) != _CLOSED:
            raise
        message = "The connection to Discord is being made anew."
        raise TryLater(message) from error


@contextmanager
def translated_lookup() -> Iterator[None]:
    """The same for a search; what is refused for good becomes LookupRefused."""
    try:
        with translated():
            yield
    except CannotPost as error:
        raise LookupRefused(error.message) from error


def _refusal(error: discord.HTTPException) -> TryLater | CannotPost:
    if error.status == _TOO_OFTEN or error.status >= _SERVER:
        return TryLater("Discord is busy and asks for patience.")
    fix = _FIXES.get(error.code)
    if fix is None and error.status in {401, 403}:
        fix = _FIXES[50013]
    if fix is None and error.status == 404:  # noqa: PLR2004 - "not found", as everywhere
        fix = "What I was to answer is gone."
    return CannotPost(fix or f"Discord refused the message (error {error.code or error.status}).")
