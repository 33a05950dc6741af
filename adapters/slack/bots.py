"""Which bot we are in a workspace, and with which token: one from the settings, or one of many installations."""

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Protocol

from slack_sdk.errors import SlackApiError, SlackTokenRotationError
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from adapters.slack.faults import code_of, translated
from adapters.slack.installations import Installed
from adapters.slack.payloads import text_at
from adapters.slack.webapi import WebApi
from bot.errors import CannotPost, ClaimcheckError, NotStored

_ROTATE_BEFORE = 120  # minutes; Slack's tokens that rotate live for twelve hours

logger = logging.getLogger(__name__)


class TokenRefused(ClaimcheckError):
    """Slack does not know a token, or it is none for this."""

    code = "bad_settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """The bot in one workspace: its ids there and its token."""

    id: str
    user: str
    token: str = field(repr=False)


class Bots(Protocol):
    """The bots by workspace."""

    async def find(self, team: str, enterprise: str = "") -> Bot:
        """The bot of a workspace; CannotPost where there is none."""


class OneBot:
    """The bot of the token in the settings."""

    def __init__(self, token: str, *, api: WebApi) -> None:
        self._token = token
        self._api = api
        self._known: Bot | None = None
        self._asking = asyncio.Lock()

    async def find(self, team: str = "", enterprise: str = "") -> Bot:  # noqa: ARG002 - there is but one
        """The bot. Raises TokenRefused, TryLater."""
        async with self._asking:
            if self._known is None:
                self._known = await self._ask()
        return self._known

    async def _ask(self) -> Bot:
        try:
            with translated():
                said = (await self._api.client(self._token).auth_test()).data
        except CannotPost as error:
            code = code_of(error.__cause__)
            message = f"Slack refuses the token in SLACK_BOT_TOKEN ({code}). Take the one that starts with xoxb-."
            raise TokenRefused(message) from error
        return Bot(id=text_at(said, "bot_id"), user=text_at(said, "user_id"), token=self._token)


class InstalledBots:
    """The bots of all workspaces that installed the app; tokens that are about to expire are changed for new ones."""

    def __init__(self, installed: Installed, *, client_id: str, client_secret: str, api: WebApi) -> None:
        self._installed = installed
        self._rotator = AsyncTokenRotator(client_id=client_id, client_secret=client_secret, client=api.client())
        self._rotating = asyncio.Lock()

    async def find(self, team: str, enterprise: str = "") -> Bot:
        """The bot of the workspace, or of its organisation. CannotPost where the app is not installed."""
        installation = await self._find(team, enterprise)
        if self._expires(installation):
            async with self._rotating:
                installation = await self._rotate(await self._find(team, enterprise))
        return Bot(
            id=installation.bot_id or "", user=installation.bot_user_id or "", token=installation.bot_token or ""
        )

    async def _find(self, team: str, enterprise: str) -> Installation:
        for owner in filter(None, (team, enterprise)):
            try:
                return await self._installed.load(owner)
            except NotStored:
                continue
        message = "I am not installed in this workspace any more. An admin has to install the app again."
        raise CannotPost(message)

    def _expires(self, installation: Installation) -> bool:
        return installation.bot_token_expires_at is not None and self._installed.seconds_left(
            installation.bot_token_expires_at
        ) < (60 * _ROTATE_BEFORE)

    async def _rotate(self, installation: Installation) -> Installation:
        """The installation with a new token; unchanged where another process was quicker or Slack does not answer."""
        if not self._expires(installation):
            return installation
        try:
            rotated = await self._rotator.perform_token_rotation(
                installation=installation, minutes_before_expiration=_ROTATE_BEFORE
            )
        except (SlackTokenRotationError, SlackApiError) as error:
            # The old token holds for a while; with it or without, what is done next says what is wrong.
            logger.warning("a token could not be changed for a new one: %s", code_of(error.__cause__) or code_of(error))
            return installation
        if rotated is None:
            return installation
        await self._installed.async_save(rotated)
        return rotated
