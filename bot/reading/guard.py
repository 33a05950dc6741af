"""Which addresses the bot reaches: pages on the public internet, and what the newsroom allows by name.

The tables follow the IANA special-purpose address registries (IPv4 and IPv6), and add what answers on public
looking addresses inside a cloud.
"""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

import httpx

from bot.errors import LinkRefused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

PORTS = frozenset({80, 443})

_REFUSED_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT; holds the metadata service 100.100.100.200
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's virtual host, on a public address
        "169.254.0.0/16",  # link-local; holds the metadata services
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments; holds the metadata service 192.0.0.192
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # multicast tunnelling
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
# Of IPv6 only the global unicast block is admitted: loopback, ::a.b.c.d, ::ffff:a.b.c.d, 64:ff9b::/96 and the other
# NAT64 prefixes, fc00::/7, fe80::/10, fec0::/10 and ff00::/8 all lie outside it.
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarking
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which embeds an IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
_CONTROL_OR_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\u2066-\u2069\ufeff]")
_ENDS_IN_NUMBER = re.compile(r"(?:^|\.)(?:\d+|0[xX][0-9a-fA-F]*)\.?$")
_LOCAL_NAME = re.compile(r"(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|home\.arpa|onion)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An admitted URL: what to ask for, at which host (a name or a numeric address) and port."""

    url: httpx.URL
    host: str
    port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What a newsroom admits beside the public internet, at any port."""

    hosts: frozenset[str]
    networks: tuple[Network, ...]

    def admits(self, host: str, address: Address | None = None) -> bool:
        """Whether the host is listed by name, or the address lies in a listed network."""
        if host.lower().rstrip(".") in self.hosts:
            return True
        return address is not None and any(
            address in network for network in self.networks if network.version == address.version
        )


def read_allowed(entries: Iterable[str]) -> Allowed:
    """Tell host names from addresses and CIDRs; "127.0.0.1" is the network of that one address."""
    hosts, networks = set(), []
    for entry in (e.strip() for e in entries):
        try:
            networks.append(ipaddress.ip_network(entry.strip("[]"), strict=False))
        except ValueError:
            hosts.add(entry.lower().rstrip("."))
    return Allowed(hosts=frozenset(hosts - {""}), networks=tuple(networks))


def check_url(url: str, allowed: Allowed) -> Target:
    """What can be told from the URL alone; raises LinkRefused."""
    if _CONTROL_OR_SPACE.search(url) or "\\" in url:
        _refuse("The link contains a backslash, a space or an invisible character")
    try:
        parsed = httpx.URL(url)
        host = parsed.raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        message = "The link is not a valid web address. Check that it was copied whole."
        raise LinkRefused(message) from error
    if parsed.scheme not in {"http", "https"}:
        _refuse("Only http and https links are read")
    if not host:
        _refuse("The link names no site")
    if parsed.userinfo or "@" in _authority(url):
        _refuse("The link carries a user name or password")
    port = _port(parsed, url)
    _check_host(host, allowed)
    address = as_address(host)
    if address is not None:
        check_address(address, host=host, port=port, allowed=allowed)
    elif port not in PORTS and not allowed.admits(host) and not allowed.networks:
        _refuse_port(port)
    return Target(url=parsed, host=host, port=port)


def check_address(address: Address, *, host: str, port: int, allowed: Allowed) -> None:
    """Raises LinkRefused where the host's address is not public (or the port not usual), and not allowed either."""
    if allowed.admits(host, address):
        return
    if not is_public(address):
        _refuse("The link leads into a private or reserved network, not to a public page")
    if port not in PORTS:
        _refuse_port(port)


def is_public(address: Address) -> bool:
    """Whether a public web server can stand at the address; stricter than `is_global`."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not any(address in network for network in _REFUSED_V4)
    if address.scope_id is not None or address not in _GLOBAL_UNICAST:
        return False
    return address.is_global and not any(address in network for network in _REFUSED_V6)


def as_address(host: str) -> Address | None:
    """The address that a host literally is; None for a name."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def _authority(url: str) -> str:
    return re.split(r"[/?#]", url.partition("//")[2], maxsplit=1)[0]


def _port(parsed: httpx.URL, url: str) -> int:
    if re.search(r":0+$", _authority(url)):
        _refuse_port(0)
    return parsed.port or (443 if parsed.scheme == "https" else 80)


def _check_host(host: str, allowed: Allowed) -> None:
    if as_address(host) is not None or allowed.admits(host):
        return
    if _ENDS_IN_NUMBER.search(host) or ":" in host or "%" in host:
        _refuse("The link writes a network address in a disguised form")
    name = host.lower().rstrip(".")
    if "." not in name or _LOCAL_NAME.search(name):
        _refuse("The link names a computer inside a private network, not a public site")


def _refuse_port(port: int) -> None:
    _refuse(f"The link asks for port {port}; only the usual web ports 80 and 443 are read")


def _refuse(why: str) -> None:
    message = f"{why}. Paste the article's text instead."
    raise LinkRefused(message)
