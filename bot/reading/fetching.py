"""A link -> Page, behind the guard: every hop checked, the vetted address dialled, everything counted and timed.

Who has a version of the page already may ask for a newer one only (RFC 9110, 13.1). The question is put to the address
which that version came from and to no other hop: a redirect elsewhere must neither learn of it nor answer it.
"""

import asyncio
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin

import httpx

from bot.errors import FetchTimeout, LinkRefused, NotReachable, TooManyRedirects
from bot.reading.guard import (
    PORTS,
    Address,
    Allowed,
    Target,
    as_address,
    check_address,
    check_url,
    is_public,
    read_allowed,
)
from bot.reading.links import canonical_url
from bot.reading.page import Page
from bot.reading.policy import FetchPolicy
from bot.reading.receiving import check_status, receive

_NOT_MODIFIED = 304
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; claimcheck-bot)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8,application/pdf;q=0.8",
    "Accept-Language": "en;q=1.0,*;q=0.3",
    "Accept-Encoding": "gzip, deflate",
}
# A host may answer with several addresses; one that is down should not cost the whole deadline.
_MOST_ADDRESSES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moved:
    """A redirect: the absolute address it points at."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Route:
    """The numeric addresses to dial, all vetted; None means by name, which only a proxy may resolve.

    `internal`: some of them are admitted by the newsroom's own list only.
    """

    addresses: tuple[str | None, ...]
    internal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of a page that is known: the canonical address it came from, and its validators."""

    url: str
    etag: str | None
    last_modified: str | None

    @property
    def headers(self) -> dict[str, str]:
        """The question whether it still stands; empty where the site gave nothing to ask by."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value is not None}


class Unchanged(Exception):
    """The site says that the known version of the page stands. Never leaves reading: it is an answer, no failure."""


async def fetch(url: str, *, policy: FetchPolicy, known: Version | None = None) -> Page:
    """Fetch one page; raises a FetchError whose message says why it could not be had, and Unchanged (see there)."""
    try:
        async with asyncio.timeout(policy.seconds):
            return await _follow(url.partition("#")[0], policy, known)
    except TimeoutError as error:
        message = (
            f"The site did not deliver the page within {policy.seconds:g} seconds. Try again later or paste the text."
        )
        raise FetchTimeout(message) from error


async def _follow(url: str, policy: FetchPolicy, known: Version | None) -> Page:
    allowed = read_allowed(policy.allow)
    seen: set[str] = set()
    verify = policy.tls or httpx.create_ssl_context(trust_env=False)
    # The deadline of the whole fetch is the only one, so no single step gets more than that.
    async with httpx.AsyncClient(
        verify=verify, proxy=policy.proxy, trust_env=False, timeout=policy.seconds, headers=_HEADERS
    ) as client:
        for _ in range(policy.most_redirects + 1):
            if url in seen:
                message = "The page redirects in a circle, so there is no text to read. Paste the text instead."
                raise TooManyRedirects(message)
            seen.add(url)
            asked = known.headers if known is not None and known.url == canonical_url(url) else {}
            answer = await _ask(client, check_url(url, allowed), asked, policy=policy, allowed=allowed)
            if isinstance(answer, Page):
                return answer
            url = answer.url
    message = f"The link was redirected more than {policy.most_redirects} times. Paste the text instead."
    raise TooManyRedirects(message)


async def _ask(
    client: httpx.AsyncClient, target: Target, asked: Mapping[str, str], *, policy: FetchPolicy, allowed: Allowed
) -> Page | _Moved:
    route = await _find_route(target, policy, allowed)
    requests = [_request(client, target, address, asked) for address in route.addresses]
    for left, request in enumerate(requests, 1 - len(requests)):
        try:
            answer = await _answer(client, request, target, policy, may_stand=bool(asked))
            return replace(answer, internal=route.internal) if isinstance(answer, Page) else answer
        except httpx.ConnectError as error:
            if left == 0:
                raise NotReachable(_not_connected(target.host, error)) from error
        except httpx.TimeoutException:
            raise TimeoutError from None
        except (httpx.TransportError, httpx.InvalidURL) as error:
            message = f"The connection to {target.host} broke off. Try again later or paste the text."
            raise NotReachable(message) from error
    message = f"The site {target.host} has no address. Check the link."
    raise NotReachable(message)


async def _answer(
    client: httpx.AsyncClient, request: httpx.Request, target: Target, policy: FetchPolicy, *, may_stand: bool
) -> Page | _Moved:
    response = await client.send(request, stream=True, follow_redirects=False)
    try:
        location = response.headers.get("location", "")
        if response.status_code in _REDIRECTS and location:
            return _Moved(url=_joined(str(target.url), location))
        if response.status_code == _NOT_MODIFIED and may_stand:
            raise Unchanged
        check_status(response.status_code, host=target.host)
        return await receive(response, url=canonical_url(str(target.url)), most_bytes=policy.most_bytes)
    finally:
        await response.aclose()


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location).partition("#")[0]
    except ValueError as error:
        message = "The page redirects to an address that is not valid. Paste the text instead."
        raise LinkRefused(message) from error


async def _find_route(target: Target, policy: FetchPolicy, allowed: Allowed) -> _Route:
    literal = as_address(target.host)
    if literal is not None:
        return _Route(addresses=(None,), internal=_is_internal((literal,), target.port))
    try:
        answers = await policy.resolver(target.host, target.port)
    except (OSError, UnicodeError) as error:
        if policy.proxy is not None and (target.port in PORTS or allowed.admits(target.host)):
            return _Route(addresses=(None,), internal=allowed.admits(target.host))
        message = f"There is no site named {target.host}. Check the link for a typing error."
        raise NotReachable(message) from error
    addresses = []
    for answer in answers:
        address = as_address(answer)
        if address is None:
            message = f"The site {target.host} has an address that is not public. Paste the article's text instead."
            raise LinkRefused(message)
        check_address(address, host=target.host, port=target.port, allowed=allowed)
        addresses.append(address)
    dialled = (None,) if policy.proxy is not None else answers[:_MOST_ADDRESSES]
    return _Route(addresses=dialled, internal=_is_internal(addresses, target.port))


def _is_internal(addresses: Iterable[Address], port: int) -> bool:
    return port not in PORTS or not all(map(is_public, addresses))


def _request(client: httpx.AsyncClient, target: Target, address: str | None, asked: Mapping[str, str]) -> httpx.Request:
    """Ask the vetted address by number, in the name of the host: TLS is verified against the name."""
    if address is None:
        return client.build_request("GET", target.url, headers=asked)
    return client.build_request(
        "GET",
        target.url.copy_with(host=address),
        headers={"Host": target.url.netloc.decode("ascii"), **asked},
        extensions={"sni_hostname": target.host},
    )


def _not_connected(host: str, error: Exception) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"The site {host} does not prove its identity: its certificate is not valid. Paste the text instead."
        cause = cause.__cause__ or cause.__context__
    return f"The site {host} does not answer. Try again later or paste the text."
