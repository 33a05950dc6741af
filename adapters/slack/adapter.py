"""Slack as a chat adapter: one workspace by its token, or many that installed the app."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import SecretStr
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow

from adapters.chat.adapter import Answering
from adapters.settings import Settings
from adapters.slack.app import build_app
from adapters.slack.bots import Bots, InstalledBots, OneBot
from adapters.slack.front import Front
from adapters.slack.installations import Installed, States
from adapters.slack.lookups import Lookups
from adapters.slack.places import NAME, tenant_of
from adapters.slack.running import Line, Listening, open_flow, run_http, run_socket
from adapters.slack.thread import SlackPlatform
from adapters.slack.webapi import WebApi, open_web_api
from bot.errors import ClaimcheckError, NotStored

if TYPE_CHECKING:
    from bot.store import Store

_HOW = (
    "Slack is not set up. For one workspace set SLACK_BOT_TOKEN and SLACK_APP_TOKEN; for events over HTTP set "
    "SLACK_SIGNING_SECRET too, with SLACK_BOT_TOKEN, or with SLACK_CLIENT_ID and SLACK_CLIENT_SECRET where many "
    "workspaces install the app. docs/slack.md says how to get them."
)


class SlackNotSet(ClaimcheckError):
    """The settings do not say how to reach Slack."""

    code = "bad_settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackAdapter:
    """Carries messages between Slack and the service. Open one with `open_slack`."""

    settings: Settings
    store: "Store"
    api: WebApi
    bots: Bots
    installed: Installed
    line: Line = field(default_factory=Line)

    @property
    def name(self) -> str:
        """What tenants of Slack start with."""
        return NAME

    @property
    def platform(self) -> SlackPlatform:
        """Where the service posts."""
        return SlackPlatform(bots=self.bots, api=self.api)

    @property
    def trouble(self) -> str:
        """No open socket. With events over HTTP, and to speak, there is none once the tokens are found to be right."""
        return self.line.trouble

    async def serve(self, service: Answering) -> None:
        """Connect and carry messages in until cancelled. Raises TokenRefused, StoreKeyMissing."""
        settings = self.settings
        front = Front(
            service=service,
            channels=self.store.channels,
            deliveries=self.store.deliveries,
            platform=self.platform,
            lookups=Lookups(api=self.api),
        )
        app = build_app(
            front,
            bots=self.bots,
            installed=self.installed,
            api=self.api,
            signing_secret=_told(settings.slack_signing_secret),
        )
        await self._require_tokens()
        try:
            if settings.slack_bot_token and settings.slack_app_token:
                await run_socket(app, settings.slack_app_token.get_secret_value(), api=self.api, line=self.line)
            else:
                await run_http(app, listening=self._listening(), line=self.line, flow=self._flow())
        finally:
            await front.errands.stop()

    async def speak(self) -> None:
        """Hear nothing, until cancelled; the Web API needs no connection. Raises TokenRefused, StoreKeyMissing."""
        await self._require_tokens()
        with self.line.held():
            await asyncio.Event().wait()

    async def _require_tokens(self) -> None:
        """Fail now where the token, or the key that tokens are kept encrypted with, is missing or wrong."""
        if isinstance(self.bots, OneBot):
            await self.bots.find()
            return
        try:
            await self.store.installations.load(tenant_of("nobody"))
        except NotStored:
            return

    def _listening(self) -> Listening:
        return Listening(host=self.settings.slack_host, port=self.settings.slack_port)

    def _flow(self) -> AsyncOAuthFlow | None:
        if isinstance(self.bots, OneBot):
            return None
        return open_flow(
            self.installed,
            States(self.store),
            client_id=self.settings.slack_client_id or "",
            client_secret=_told(self.settings.slack_client_secret),
            api=self.api,
        )


@asynccontextmanager
async def open_slack(settings: Settings, *, store: "Store") -> AsyncIterator[SlackAdapter]:
    """The adapter for these settings; its `platform` can be used as long as it is open. Raises SlackNotSet."""
    _require_set(settings)
    async with open_web_api(settings.slack_api_url, proxy=settings.proxy) as api:
        installed = Installed(store)
        bots: Bots
        if settings.slack_bot_token is not None:
            bots = OneBot(settings.slack_bot_token.get_secret_value(), api=api)
        else:
            bots = InstalledBots(
                installed,
                client_id=settings.slack_client_id or "",
                client_secret=_told(settings.slack_client_secret),
                api=api,
            )
        yield SlackAdapter(settings=settings, store=store, api=api, bots=bots, installed=installed)


def _require_set(settings: Settings) -> None:
    signed = settings.slack_signing_secret is not None
    one = settings.slack_bot_token is not None and (settings.slack_app_token is not None or signed)
    many = settings.slack_client_id is not None and settings.slack_client_secret is not None and signed
    if not (one or many):
        raise SlackNotSet(_HOW)


def _told(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
