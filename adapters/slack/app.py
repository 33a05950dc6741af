"""The Bolt app: what Slack delivers, and who listens to it. Registered from the same tables as the manifest."""

import logging
import re
from collections.abc import Awaitable, Callable

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond

from adapters.slack.bots import Bots
from adapters.slack.capabilities import COMMAND, EVENTS, SHORTCUT
from adapters.slack.clicking import hear_click, hear_form
from adapters.slack.commanding import hear_command, hear_shortcut
from adapters.slack.front import Front
from adapters.slack.installations import Installed
from adapters.slack.listening import Workspace, hear_message, hear_reaction
from adapters.slack.payloads import Json, list_at, map_at
from adapters.slack.places import tenant_of
from adapters.slack.webapi import WebApi
from bot.errors import CannotPost, ClaimcheckError

Hear = Callable[[Front, Json, Workspace], Awaitable[None]]

_HEARD: dict[str, Hear] = {"app_mention": hear_message, "message": hear_message, "reaction_added": hear_reaction}
_ANY = re.compile("", re.DOTALL)

logger = logging.getLogger(__name__)


def build_app(front: Front, *, bots: Bots, installed: Installed, api: WebApi, signing_secret: str = "") -> AsyncApp:
    """The app. A listener's work is done before the acknowledgement: what it raises keeps Slack delivering."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        try:
            bot = await bots.find(team_id or "", enterprise_id or "")
        except CannotPost:  # removed from the workspace; what is still delivered from there concerns nobody
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=bot.user,
            bot_id=bot.id,
            bot_token=bot.token,
        )

    # Bolt looks into the environment by itself, finds the tokens that our settings come from, and warns that
    # it will not use them.
    bolt_log = logging.getLogger("slack_bolt.claimcheck")
    bolt_log.setLevel(logging.ERROR)
    app = AsyncApp(
        name="claimcheck",
        client=api.client(),  # without a token: every workspace has its own
        authorize=authorize,  # type: ignore[arg-type]  # Bolt takes None for “not installed”, its annotation does not
        signing_secret=signing_secret,
        process_before_response=True,
        logger=bolt_log,
    )
    app.error(_log_broken)
    for name in dict.fromkeys(heard.listener for heard in EVENTS):
        if name in _HEARD:
            app.event(name)(_event_listener(front, _HEARD[name], api))
    _listen_for_leaving(app, installed)
    _listen_for_people(app, front, api)
    return app


def _event_listener(front: Front, hear: Hear, api: WebApi) -> Callable[..., Awaitable[None]]:
    async def listen(body: dict[str, object], context: AsyncBoltContext) -> None:
        await hear(front, body, _workspace(context, api))

    return listen


def _listen_for_people(app: AsyncApp, front: Front, api: WebApi) -> None:
    @app.command(COMMAND)
    async def command(body: dict[str, object], context: AsyncBoltContext, ack: AsyncAck, respond: AsyncRespond) -> None:
        await hear_command(front, body, _workspace(context, api), ack=ack, respond=respond)

    @app.message_shortcut(SHORTCUT)
    async def shortcut(
        body: dict[str, object], context: AsyncBoltContext, ack: AsyncAck, respond: AsyncRespond
    ) -> None:
        await hear_shortcut(front, body, _workspace(context, api), ack=ack, respond=respond)

    @app.action(_ANY)
    async def click(body: dict[str, object], context: AsyncBoltContext, ack: AsyncAck) -> None:
        await ack()
        front.errands.start(hear_click(front, body, _workspace(context, api)))

    @app.view(_ANY)
    async def form(body: dict[str, object], context: AsyncBoltContext, ack: AsyncAck) -> None:
        await hear_form(front, body, _workspace(context, api), ack=ack)


def _listen_for_leaving(app: AsyncApp, installed: Installed) -> None:
    """Who removes the app takes tokens and data along."""

    @app.event("app_uninstalled")
    async def uninstalled(context: AsyncBoltContext) -> None:
        await installed.async_delete_all(enterprise_id=context.enterprise_id, team_id=context.team_id)
        logger.info("the app was removed from a workspace: its tokens and data are deleted")

    @app.event("tokens_revoked")
    async def revoked(body: dict[str, object], context: AsyncBoltContext) -> None:
        if list_at(map_at(body, "event"), "tokens", "bot"):
            await installed.async_delete_all(enterprise_id=context.enterprise_id, team_id=context.team_id)
            logger.info("the app's tokens for a workspace were revoked: they and its data are deleted")


def _workspace(context: AsyncBoltContext, api: WebApi) -> Workspace:
    return Workspace(
        tenant=tenant_of(context.team_id, context.enterprise_id),
        bot_user=context.bot_user_id or "",
        bot_id=context.bot_id or "",
        client=api.client(context.bot_token),
    )


async def _log_broken(error: Exception) -> None:
    """One logged boundary. Slack gets no acknowledgement, and delivers again."""
    if isinstance(error, ClaimcheckError):
        logger.warning("not acknowledged: %s", error.code)
    else:
        logger.error("broken while listening", exc_info=error)
