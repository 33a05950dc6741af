"""Which chat platforms the settings can serve, and why not the others."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from adapters.chat.adapter import ChatAdapter
from adapters.settings import Settings, variable_of

if TYPE_CHECKING:
    from bot.store import Store

SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformsFound:
    """The names of the platforms that can be served, and a sentence on each of the others."""

    ready: tuple[str, ...]
    left_out: tuple[str, ...]


def find_platforms(settings: Settings, *, only: str | None = None) -> PlatformsFound:
    """What the settings hold credentials for; with `only`, of that platform alone."""
    ready, left_out = [], []
    for name, (shown, find_missing) in _PLATFORMS.items():
        if only not in (None, name):
            continue
        missing = find_missing(settings)
        if missing:
            left_out.append(f"{shown} is not started: {missing}.")
        else:
            ready.append(name)
    return PlatformsFound(ready=tuple(ready), left_out=tuple(left_out))


@asynccontextmanager
async def open_adapters(
    names: Sequence[str], *, settings: Settings, store: "Store"
) -> AsyncIterator[tuple[ChatAdapter, ...]]:
    """The adapters of these platforms, not connected yet, for the length of the block. Their SDKs are imported here."""
    async with AsyncExitStack() as stack:
        yield tuple([await stack.enter_async_context(_OPENERS[name](settings, store)) for name in names])


def data_folder(settings: Settings) -> Path:
    """Where small files beside the database belong."""
    if settings.database_url.startswith(SQLITE):
        return Path(settings.database_url.removeprefix(SQLITE)).parent
    return platformdirs.user_data_path("claimcheck", appauthor=False)


def _missing_for_slack(settings: Settings) -> str:
    if settings.slack_signing_secret is None:
        return _unset(settings, "slack_bot_token", "slack_app_token")
    if settings.slack_app_token is not None:
        return _unset(settings, "slack_bot_token")
    if settings.slack_bot_token is not None:
        return ""
    return _unset(settings, "slack_client_id", "slack_client_secret", "key")


def _missing_for_discord(settings: Settings) -> str:
    return _unset(settings, "discord_bot_token")


def _unset(settings: Settings, *names: str) -> str:
    missing = [variable_of(name) for name in names if getattr(settings, name) is None]
    return f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set" if missing else ""


@asynccontextmanager
async def _open_discord(settings: Settings, store: "Store") -> AsyncIterator[ChatAdapter]:
    from adapters.discord.adapter import DiscordAdapter  # noqa: PLC0415  only who serves Discord needs its SDK

    token = settings.discord_bot_token
    if token is None:
        message = "Discord is opened without a token"
        raise ValueError(message)
    seen = data_folder(settings) / "discord-seen.json"
    yield DiscordAdapter(
        token.get_secret_value(),
        channels=store.channels,
        deliveries=store.deliveries,
        seen_file=seen,
        proxy=settings.proxy,
    )


@asynccontextmanager
async def _open_slack(settings: Settings, store: "Store") -> AsyncIterator[ChatAdapter]:
    from adapters.slack.adapter import open_slack  # noqa: PLC0415  only who serves Slack needs its SDK

    async with open_slack(settings, store=store) as adapter:
        yield adapter


_PLATFORMS: dict[str, tuple[str, Callable[[Settings], str]]] = {
    "slack": ("Slack", _missing_for_slack),
    "discord": ("Discord", _missing_for_discord),
}
_OPENERS: dict[str, Callable[[Settings, "Store"], AbstractAsyncContextManager[ChatAdapter]]] = {
    "slack": _open_slack,
    "discord": _open_discord,
}
