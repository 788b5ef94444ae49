"""The guard of outgoing requests: which addresses may be asked, and a connection to exactly the address checked.

A name is resolved once for each connection, every address that it has is checked, and the connection goes to a checked
address, so that a second answer of the name service cannot lead it elsewhere. TLS still verifies the name.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpx

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
"""From a host and port to its addresses; raises OSError if it has none."""
NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
COMPATIBLE = ipaddress.IPv6Network("::/96")
"""The old "IPv4-compatible" addresses (RFC 4291, 2.5.5.1)."""
SITE_LOCAL = ipaddress.IPv6Network("fec0::/10")
STANDARD_PORTS = (80, 443)


class RefusedAddressError(ValueError):
    """A URL leads to where nothing is fetched from; the message says why, and what would allow it."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Where requests may go.

    Attributes:
        private_hosts: Names of hosts, in lower case, that may have private addresses.
        ports: Ports allowed besides 80 and 443.
        resolve: How names become addresses; the system's way if None.
    """

    private_hosts: frozenset[str] = frozenset()
    ports: frozenset[int] = frozenset()
    resolve: Resolve | None = None

    def check_url(self, url: httpx.URL) -> None:
        """Check what a URL says, without asking the name service.

        Raises:
            RefusedAddressError: Its scheme, port, credentials or host are not allowed.
        """
        if url.scheme not in ("http", "https"):
            message = f"its address begins with {url.scheme or 'nothing'}:, and only http: and https: are fetched"
            raise RefusedAddressError(message)
        if not url.host:
            message = "its address names no host; write it in full, as https://www.example.org/page"
            raise RefusedAddressError(message)
        if url.userinfo:
            message = "its address holds a user name or password; take that out"
            raise RefusedAddressError(message)
        if _port(url) not in {*STANDARD_PORTS, *self.ports}:
            message = (
                f"port {_port(url)} of {url.host} is not allowed; add it to STRATEGYBOT_SYNC_PORTS if it should be"
            )
            raise RefusedAddressError(message)

    def find_addresses(self, url: httpx.URL) -> tuple[str, ...]:
        """Return the addresses of a URL's host, all of them checked.

        Raises:
            RefusedAddressError: One of them is not a public address, and the host may not have private ones.
            httpx.ConnectError: The host has no address.
        """
        try:
            found = tuple(dict.fromkeys((self.resolve or resolve_name)(url.host, _port(url))))
        except (OSError, UnicodeError) as error:
            message = f"the host {url.host} is not known ({error})"
            raise httpx.ConnectError(message) from error
        if url.host.lower() not in self.private_hosts:
            for text in found:
                if not is_public(ipaddress.ip_address(text.partition("%")[0])):
                    message = (
                        f"{url.host} has the address {text}, which is not public; "
                        "add the host to STRATEGYBOT_SYNC_PRIVATE_HOSTS if it should be fetched from"
                    )
                    raise RefusedAddressError(message)
        return found


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, for the IPv4 address inside an IPv6 one too."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _embedded(address)
        if inner is not None:
            return is_public(inner)
        if address in SITE_LOCAL:
            return False
    # is_global is false for private, loopback, link-local, shared (100.64/10), documentation and reserved addresses.
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def resolve_name(host: str, port: int) -> tuple[str, ...]:
    """Ask the system for the addresses of a host.

    Raises:
        OSError: It has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return tuple(str(entry[4][0]) for entry in found)


class GuardedTransport(httpx.BaseTransport):
    """Sends each request to an address that the guard has checked, under the name that the URL has."""

    def __init__(self, guard: Guard, *, verify: ssl.SSLContext | bool = True) -> None:
        """Keep the guard.

        Args:
            guard: Says where requests may go.
            verify: How TLS certificates are verified.
        """
        self._guard = guard
        # No connection is kept: it would be kept by its address, and serve another name than its certificate's.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._inner = httpx.HTTPTransport(verify=verify, trust_env=False, limits=limits)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; if an address cannot be connected to, the next one of the host is tried.

        Raises:
            RefusedAddressError: The guard refuses the URL or an address of its host.
            httpx.TransportError: The request failed.
        """
        self._guard.check_url(request.url)
        addresses = self._guard.find_addresses(request.url)
        for address in addresses[:-1]:
            try:
                return self._send(request, address)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return self._send(request, addresses[-1])

    def close(self) -> None:
        """Close what is open."""
        self._inner.close()

    def _send(self, request: httpx.Request, address: str) -> httpx.Response:
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,  # the Host header among them: the name
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": request.url.host},
        )
        return self._inner.handle_request(pinned)


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for or tunnels to."""
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if any(address in network for network in NAT64) or (address in COMPATIBLE and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None
