"""Slack's refusals, said in the project's own errors and with the fix."""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from adapters.slack.payloads import text_at
from bot.errors import CannotPost, LookupRefused, TryLater

_TOO_MANY = 429
_SERVER_ERRORS = 500
_DEFAULT_WAIT = 30.0  # seconds, where a rate limit does not say

_PASSING = {
    "fatal_error",
    "internal_error",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",  # Slack: while a workspace is moved to an enterprise
    "upload_failed",
}
_LIMITED = {"message_limit_exceeded", "rate_limited", "ratelimited"}
# Slack's documented error codes, and what a reader can do about each.
_FIXES = {
    "not_in_channel": "I am not in that channel. Type /invite @claimcheck there and ask again.",
    "channel_not_found": "I cannot see that channel. Type /invite @claimcheck there and ask again.",
    "user_not_in_channel": "That person is not in the channel.",
    "is_archived": "That channel is archived. Unarchive it, or ask in another one.",
    "thread_not_found": "The message that I was to answer is gone.",
    "message_not_found": "The message that I was to change is gone.",
    "cant_update_message": "I may not change that message any more.",
    "edit_window_closed": "I may not change that message any more.",
    "missing_scope": "I am missing a permission. An admin has to install the app again, with the current manifest.",
    "not_allowed_token_type": "The app has the wrong kind of token. It needs a bot token, which starts with xoxb-.",
    "invalid_auth": "My token is not valid any more. An admin has to install the app again.",
    "not_authed": "I have no token. Set SLACK_BOT_TOKEN.",
    "account_inactive": "The app was removed from this workspace. An admin has to install it again.",
    "token_revoked": "The app was removed from this workspace. An admin has to install it again.",
    "token_expired": "My token has expired. An admin has to install the app again.",
    "access_denied": "The workspace does not let me do that. Ask an admin to approve the app for this.",
    "ekm_access_denied": "An administrator has suspended posting there.",
    "no_permission": "The workspace does not let me do that. Ask an admin to approve the app for this.",
    "org_login_required": "The workspace is being moved to an enterprise. Ask again when that is done.",
    "restricted_action": "Posting is restricted in that channel. Ask an admin to let apps post, or ask elsewhere.",
    "restricted_action_read_only_channel": "That channel is read-only. Ask in another one.",
    "restricted_action_thread_only_channel": "In that channel only threads may be written in. Ask inside a thread.",
    "restricted_action_non_threadable_channel": "That channel allows no threads. Ask in another one.",
    "restricted_action_thread_locked": "The thread is locked. Ask outside it.",
    "messages_tab_disabled": "Direct messages to the app are off. An admin can turn them on (App Home, Messages Tab).",
    "cannot_dm_bot": "I cannot write to another app.",
    "user_disabled": "That account is deactivated.",
    "user_not_found": "I cannot see that person.",
    "expired_trigger_id": "That took too long for Slack. Click again.",
    "invalid_trigger_id": "That took too long for Slack. Click again.",
    "msg_too_long": "The answer is longer than Slack takes. Ask for fewer links at once.",
    "msg_blocks_too_long": "The answer is longer than Slack takes. Ask for fewer links at once.",
    "storage_limit_reached": "The workspace has no room left for files. Delete some, or ask for less.",
    "file_uploads_disabled": "Files may not be uploaded in this workspace. Ask an admin, or use the command line.",
}


@contextmanager
def translated() -> Iterator[None]:
    """Turn what slack_sdk and the connection raise inside the block into TryLater or CannotPost.

    A TryLater that knows how long to wait means that nothing was done; without, nobody knows.
    """
    try:
        yield
    except SlackApiError as error:
        raise _refusal(error) from error
    except (TimeoutError, aiohttp.ClientError, OSError, SlackClientError) as error:
        message = "The connection to Slack was lost."
        raise TryLater(message) from error


@contextmanager
def translated_lookup() -> Iterator[None]:
    """The same for a search; what is refused, for now or for good, becomes LookupRefused."""
    try:
        with translated():
            yield
    except CannotPost as error:
        raise LookupRefused(error.message) from error
    except TryLater as error:
        if error.seconds is None:
            raise
        message = "Slack limits how often I may look through threads."
        raise LookupRefused(message) from error


def code_of(error: BaseException | None) -> str:
    """Slack's own code for what went wrong ("not_in_channel"), "" where it gave none."""
    return text_at(error.response.data, "error") if isinstance(error, SlackApiError) and error.response else ""


def _refusal(error: SlackApiError) -> TryLater | CannotPost:
    status = _status_of(error)
    code = text_at(getattr(error.response, "data", None), "error")
    if status == _TOO_MANY or code in _LIMITED:
        message = "Slack asks for patience: too many messages at once."
        return TryLater(message, seconds=_wait_of(error))
    if status >= _SERVER_ERRORS or code in _PASSING or not code:
        message = "Slack does not answer properly at the moment."
        return TryLater(message)
    fix = _FIXES.get(code, f"Slack refused the message ({code}).")
    needed = text_at(getattr(error.response, "data", None), "needed")
    return CannotPost(f"{fix} (missing: {needed})" if needed else fix)


def _status_of(error: SlackApiError) -> int:
    """The HTTP status; slack_sdk hands on its own response, or aiohttp's where the body could not be read."""
    status = getattr(error.response, "status_code", None) or getattr(error.response, "status", None)
    return status if isinstance(status, int) else 0


def _wait_of(error: SlackApiError) -> float:
    headers = getattr(error.response, "headers", None) or {}
    try:
        return float(headers.get("Retry-After", _DEFAULT_WAIT))
    except (TypeError, ValueError):
        return _DEFAULT_WAIT
