"""Being connected: over a WebSocket that we open (Socket Mode), or with a port that Slack calls (HTTP)."""

import asyncio
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from yarl import URL

from adapters.slack.bots import TokenRefused
from adapters.slack.capabilities import EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH, SCOPES
from adapters.slack.faults import code_of, translated
from adapters.slack.installations import Installed, States
from adapters.slack.webapi import WebApi
from bot.errors import CannotPost, TryLater

_FIRST_WAIT = 1.0  # seconds before trying to connect again, doubled up to
_LONGEST_WAIT = 120.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Where Slack reaches us over HTTP."""

    host: str
    port: int


class Line:
    """Whether what people say can reach us right now; whoever opens a socket or a port says so here."""

    def __init__(self) -> None:
        self._is_open: Callable[[], bool] | None = None

    @property
    def trouble(self) -> str:
        """What is wrong with the connection, in words; "" where nothing is."""
        return "" if self._is_open is not None and self._is_open() else "There is no connection to Slack at the moment."

    @contextmanager
    def held(self, is_open: Callable[[], bool] = lambda: True) -> Iterator[None]:
        """Inside the block the line is open as often as this says so."""
        self._is_open = is_open
        try:
            yield
        finally:
            self._is_open = None


async def run_socket(app: AsyncApp, app_token: str, *, api: WebApi, line: Line, ping_seconds: float = 5.0) -> None:
    """Stay connected until cancelled; a connection that drops is opened anew. Raises TokenRefused."""
    handler = AsyncSocketModeHandler(
        app,
        app_token,
        web_client=api.client(),
        ping_interval=ping_seconds,
        logger=logging.getLogger("slack_sdk.socket"),
    )
    handler.client.proxy = api.proxy  # set here, since left out it would be read from the environment
    try:
        handler.client.wss_uri = await _find_socket(handler)
        await handler.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt annotates no coroutine without result
        logger.info("connected to Slack")
        with line.held(lambda: _has_socket(handler.client)):
            await asyncio.Event().wait()
    finally:
        client = handler.client
        await handler.close_async()  # type: ignore[no-untyped-call]  # as above
        tasks = (client.message_processor, client.current_session_monitor, client.message_receiver)
        await asyncio.gather(*filter(None, tasks), return_exceptions=True)


async def run_http(app: AsyncApp, *, listening: Listening, line: Line, flow: AsyncOAuthFlow | None) -> None:
    """Answer Slack on a port until cancelled; with a `flow`, workspaces can install the app there too."""

    async def events(request: web.Request) -> web.Response:
        # Slack's own library breaks on a time stamp that is no number, where it should refuse.
        if not re.fullmatch(r"\d{1,12}", request.headers.get("X-Slack-Request-Timestamp", "0"), re.ASCII):
            return web.Response(status=401)
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    server = web.Application()
    server.router.add_post(EVENTS_PATH, events)
    if flow is not None:
        _add_installing(server, flow)
    runner = web.AppRunner(server, access_log=None)  # addresses of installations hold codes
    await runner.setup()
    try:
        await web.TCPSite(runner, listening.host, listening.port).start()
        logger.info("listening for Slack on %s port %d", listening.host, listening.port)
        with line.held():
            await asyncio.Event().wait()
    finally:
        await runner.cleanup()


def open_flow(
    installed: Installed, states: States, *, client_id: str, client_secret: str, api: WebApi
) -> AsyncOAuthFlow:
    """How a workspace installs the app: over OAuth, with everything kept in the store."""
    settings = AsyncOAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=SCOPES,
        user_scopes=(),
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        authorization_url=str(URL(api.url).with_path("/oauth/v2/authorize")),
        installation_store=installed,
        state_store=states,
    )
    return AsyncOAuthFlow(client=api.client(), settings=settings, logger=logging.getLogger("slack_bolt.oauth"))


def _add_installing(server: web.Application, flow: AsyncOAuthFlow) -> None:
    async def install(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await flow.handle_installation(await to_bolt_request(request)))

    async def redirected(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await flow.handle_callback(await to_bolt_request(request)))

    server.router.add_get(INSTALL_PATH, install)
    server.router.add_get(REDIRECT_PATH, redirected)


def _has_socket(client: SocketModeClient) -> bool:
    """Whether a socket is open. The SDK calls one stale whose pings come back no more; it opens another then."""
    session = client.current_session
    return session is not None and not session.closed and not client.stale


async def _find_socket(handler: AsyncSocketModeHandler) -> str:
    """Where to connect to. The SDK would ask for ever, also with a token that is wrong."""
    wait = _FIRST_WAIT
    while True:
        try:
            with translated():
                return await handler.client.issue_new_wss_url()
        except CannotPost as error:
            code = code_of(error.__cause__)
            message = (
                f"Slack refuses the token in SLACK_APP_TOKEN ({code}). Take the one that starts with xapp-, with the "
                "scope connections:write, and turn Socket Mode on."
            )
            raise TokenRefused(message) from error
        except TryLater as error:
            logger.warning("no connection to Slack; trying again in %.0f s", wait)
            await asyncio.sleep(error.seconds or wait)
            wait = min(2 * wait, _LONGEST_WAIT)
