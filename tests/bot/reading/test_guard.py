import ipaddress

import pytest

from bot.errors import LinkRefused
from bot.reading.guard import check_address, check_url, is_public, read_allowed

NOTHING = read_allowed(())

_NOT_PUBLIC = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16
169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.0.9 192.0.2.1 192.31.196.1
192.52.193.1 192.88.99.1 192.168.1.1 192.175.48.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1
239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:8.8.8.8 64:ff9b::8.8.8.8 64:ff9b::a00:1
64:ff9b:1::1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1 2001:db8::1
2002:7f00:1:: 2002:808:808::1 2620:4f:8000::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1 ff0e::1
fe80::1%eth0 2606:4700::1%1 4000::1 e000::1
"""

_PUBLIC = """
1.1.1.1 8.8.8.8 93.184.216.34 100.63.255.255 100.128.0.1 168.63.129.15 172.15.0.1 172.32.0.1 192.0.1.1 198.17.0.1
198.20.0.1 223.255.255.254 2606:4700::1 2a00:1450::1 2001:4860:4860::8888 2001:200::1 2003::1 2620:0:860::1
"""


@pytest.mark.parametrize("address", _NOT_PUBLIC.split())
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    parsed = ipaddress.ip_address(address)
    assert not is_public(parsed)
    with pytest.raises(LinkRefused):
        check_address(parsed, host="example.org", port=443, allowed=NOTHING)


@pytest.mark.parametrize("address", _PUBLIC.split())
def test_public_addresses_are_admitted(address: str) -> None:
    parsed = ipaddress.ip_address(address)
    assert is_public(parsed)
    check_address(parsed, host="example.org", port=443, allowed=NOTHING)


@pytest.mark.parametrize(
    "url",
    [
        # other schemes
        "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "javascript:alert(1)", "data:text/html,x",
        "example.org", "", "//example.org/", "http:example.org", "http:///a",
        # credentials
        "http://user@example.org/", "http://user:secret@example.org/", "http://@example.org/", "http://:@example.org/",
        "https://example.org%40@127.0.0.1/",
        # characters that one parser skips and another does not
        "http://example.org\\@127.0.0.1/", "http:\\\\example.org/", "http://example.org/a b", "http://exam\tple.org/",
        "http://example.org/\n", "http://example.org/\x00", "http://example\u200b.org/", "http://example.org\u2028/",
        # ports
        "http://example.org:8080/", "http://example.org:22/", "https://example.org:8443/", "http://example.org:0/",
        "http://example.org:99999/", "http://example.org:port/", "http://8.8.8.8:81/",
        # literal addresses that are not public
        "http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/", "http://[::ffff:127.0.0.1]/", "http://10.0.0.1/",
        "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1%25eth0]/", "http://[fec0::1]/",
        "http://[::127.0.0.1]/",
        # the same in decimal, octal, hexadecimal, short and foreign digits
        "http://2130706433/", "http://017700000001/", "http://0x7f000001/", "http://0177.0.0.1/", "http://0x7f.0.0.1/",
        "http://127.1/", "http://127.0.1/", "http://127.0.0.1./", "http://１２７.0.0.1/", "http://①②⑦.0.0.1/",
        "http://%31%32%37.0.0.1/", "http://1.2.3/", "http://0/", "http://example.0x7f/", "http://[127.0.0.1]/",
        # names of the inside
        "http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://app.localhost/", "http://printer.local/",
        "http://metadata.google.internal/", "http://intranet/", "http://nas.home.arpa/", "http://x.onion/",
        "http://router.lan/",
        # not an address at all
        "http://[bad/", "http://exa[mple.org/", "http://xn--/", "http://.../",
    ],
)  # fmt: skip
def test_links_that_the_guard_refuses_unseen(url: str) -> None:
    with pytest.raises(LinkRefused) as refusal:
        check_url(url, NOTHING)
    assert refusal.value.message.endswith(".")


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("http://example.org/", "example.org", 80),
        ("https://example.org", "example.org", 443),
        ("https://example.org:443/a?b=c", "example.org", 443),
        ("http://example.org:443/", "example.org", 443),
        ("HTTPS://EXAMPLE.ORG/", "example.org", 443),
        ("https://bücher.example.org/ü", "xn--bcher-kva.example.org", 443),
        ("http://8.8.8.8/", "8.8.8.8", 80),
        ("https://[2606:4700::1]/", "2606:4700::1", 443),
        ("https://example.org/@name/a:b", "example.org", 443),
    ],
)
def test_links_that_the_guard_admits(url: str, host: str, port: int) -> None:
    target = check_url(url, NOTHING)
    assert (target.host, target.port) == (host, port)


def test_an_allowed_host_is_admitted_at_any_port_and_address() -> None:
    allowed = read_allowed(["Preview.newsroom.local"])
    assert check_url("http://preview.newsroom.local:8080/", allowed).port == 8080
    check_address(ipaddress.ip_address("10.1.2.3"), host="preview.newsroom.local", port=8080, allowed=allowed)
    with pytest.raises(LinkRefused):
        check_url("http://other.newsroom.local:8080/", allowed)


def test_an_allowed_network_admits_its_addresses_and_no_others() -> None:
    allowed = read_allowed(["10.1.0.0/16", "fd00::/8"])
    assert check_url("http://10.1.2.3:8080/", allowed).host == "10.1.2.3"
    check_address(ipaddress.ip_address("fd00::1"), host="preview.example.org", port=3000, allowed=allowed)
    with pytest.raises(LinkRefused):
        check_url("http://10.2.0.1/", allowed)


def test_an_allowed_network_opens_no_port_of_public_addresses() -> None:
    allowed = read_allowed(["10.1.0.0/16"])
    target = check_url("http://example.org:8080/", allowed)
    with pytest.raises(LinkRefused, match="8080"):
        check_address(ipaddress.ip_address("8.8.8.8"), host=target.host, port=target.port, allowed=allowed)


def test_empty_entries_allow_nothing() -> None:
    assert read_allowed(["", "  "]) == NOTHING
