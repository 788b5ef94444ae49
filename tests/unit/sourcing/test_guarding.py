"""The guard: what is public, and what an address may say."""

import ipaddress

import httpx
import pytest

from strategybot.sourcing.guarding import Guard, RefusedAddressError, is_public


@pytest.mark.parametrize("text", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::808:808"])
def test_public_addresses_are_public(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
        "2001:db8::1",
        "fc00::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_all_other_addresses_are_not(text: str) -> None:
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "only http"),
        ("gopher://example.org", "only http"),
        ("/relative", "only http"),
        ("https://user@example.org", "user name or password"),
        ("https://example.org:22", "port 22"),
    ],
)
def test_an_address_is_refused_for_what_it_says(url: str, reason: str) -> None:
    with pytest.raises(RefusedAddressError, match=reason):
        Guard().check_url(httpx.URL(url))


def test_ports_of_the_web_and_ports_that_are_allowed_are_not_refused() -> None:
    for url in ("http://example.org", "https://example.org:443", "https://example.org:8443"):
        Guard(ports=frozenset({8443})).check_url(httpx.URL(url))


def test_a_host_without_an_address_is_a_failure_to_connect() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError(-2, "Name or service not known")

    with pytest.raises(httpx.ConnectError, match=r"nowhere\.example is not known"):
        Guard(resolve=unknown).find_addresses(httpx.URL("https://nowhere.example"))
