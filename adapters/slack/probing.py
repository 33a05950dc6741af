"""Whether Slack knows our tokens, for `claimcheck doctor`."""

from adapters.slack.faults import translated
from adapters.slack.webapi import open_web_api


async def probe(*, url: str, bot_token: str | None, app_token: str | None, proxy: str | None = None) -> str:
    """Ask Slack about the tokens that there are: who the bot is, in words. Raises ThreadError with what to do."""
    told = []
    async with open_web_api(url, proxy=proxy) as api:
        with translated():
            if bot_token is not None:
                who = await api.client(bot_token).auth_test()
                told.append(f"{who.get('user')} in the workspace {who.get('team')}")
            if app_token is not None:
                await api.client().apps_connections_open(app_token=app_token)
                told.append("Socket Mode is open to us")
    return "; ".join(told)
