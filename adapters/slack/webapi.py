"""Clients of Slack's Web API. None of them sends anything twice: after a lost connection nobody knows what was done."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

_SECONDS = 30.0
_SLACK_FILES = ("https://.slack.com", "https://.slack-edge.com", "https://.slack-gov.com", "https://.slack-files.com")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebApi:
    """Where the Web API answers, and the connections to it."""

    url: str
    session: aiohttp.ClientSession
    proxy: str | None

    def client(self, token: str | None = None) -> AsyncWebClient:
        """A client that waits once where Slack limits the rate, and retries nothing else."""
        client = AsyncWebClient(
            token=token,
            base_url=self.url,
            session=self.session,
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=1)],
        )
        client.proxy = self.proxy  # set here, since left out it would be read from the environment
        return client

    @property
    def file_origins(self) -> tuple[str, ...]:
        """Where files of Slack's lie: its own hosts, and that of another Web API."""
        return (*_SLACK_FILES, str(URL(self.url).origin()))


@asynccontextmanager
async def open_web_api(url: str, *, proxy: str | None = None) -> AsyncIterator[WebApi]:
    """The Web API at `url` ("https://slack.com/api/")."""
    timeout = aiohttp.ClientTimeout(total=_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout, auto_decompress=True) as session:
        yield WebApi(url=url if url.endswith("/") else f"{url}/", session=session, proxy=proxy)
