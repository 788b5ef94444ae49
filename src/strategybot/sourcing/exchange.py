"""One request and its response: sent in its host's turn, its body taken within limits or gone on with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Literal

import httpx

from strategybot import __version__
from strategybot.sourcing.downloads import PartialFile, deadline, unpack
from strategybot.sourcing.guarding import Guard, GuardedTransport
from strategybot.sourcing.pacing import Pace

TEMPORARY = (429, 502, 503, 504)
GONE = (404, 410)
ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8"


class FetchError(ValueError):
    """Something could not be fetched; the message is a reason that reads well after its name."""

    def __init__(self, reason: str, *, status: int | None = None) -> None:
        """Keep the status that the server answered with, if it did."""
        super().__init__(reason)
        self.status = status


class TryAgainError(Exception):
    """A try failed in a way that may pass."""

    def __init__(self, reason: str, *, wait_s: float | None = None) -> None:
        """Keep the seconds that the server asks to wait; None if it does not say."""
        super().__init__(reason)
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Limits:
    """How politely and how much is fetched; times in seconds.

    Attributes:
        contact: E-mail address or page for those who run the hosts; part of the user agent.
        interval_s: Least time between two requests to a host.
        largest_bytes: Most bytes of a document, as sent and unpacked.
        download_s: Most time for one download.
        tries: Most tries of one request.
        backoff_s: Pause before the second try; it doubles, and some chance is added.
        longest_wait_s: Longest pause that a server can ask for by Retry-After.
    """

    contact: str = ""
    interval_s: float = 1.0
    largest_bytes: int = 50_000_000
    connect_s: float = 10.0
    read_s: float = 30.0
    download_s: float = 120.0
    tries: int = 4
    backoff_s: float = 1.0
    longest_wait_s: float = 120.0

    @property
    def user_agent(self) -> str:
        """The header User-Agent."""
        return f"strategybot/{__version__}" + (f" (+{self.contact})" if self.contact else "")


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier response said of its version, for a conditional request."""

    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the conditional request."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return {name: value for name, value in pairs if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: a body, word that it has not changed, or word that it is gone."""

    verdict: Literal["body", "unchanged", "gone"]
    url: str
    status: int
    body: bytes = b""
    content_type: str = ""
    charset: str | None = None
    known: Known = Known()


class Exchange:
    """Sends requests, each in its host's turn; safe to share between threads."""

    def __init__(self, parts: Path, *, guard: Guard, limits: Limits, sleep: Callable[[float], None]) -> None:
        """Keep the limits; ``parts`` is the folder of bodies that have come in part."""
        self._parts = parts
        self._limits = limits
        self._pace = Pace(limits.interval_s, sleep=sleep)
        self._client = httpx.Client(
            transport=GuardedTransport(guard),
            headers={"User-Agent": limits.user_agent, "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"},
            timeout=httpx.Timeout(limits.read_s, connect=limits.connect_s),
            follow_redirects=False,
            trust_env=False,
        )
        # No cookie is taken: nobody has to know that two requests come from one visitor.
        self._client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def close(self) -> None:
        """Close what is open."""
        self._client.close()

    def ask(self, url: httpx.URL, *, known: Known, delay_s: float, limit: int) -> Fetched | httpx.URL:
        """Ask for a URL once.

        Args:
            url: What is asked for; its fragment is not sent.
            known: What the version at hand said of itself.
            delay_s: The pause that the host asks for.
            limit: Most bytes of the body.

        Returns:
            What the URL gave, or where it redirects to.

        Raises:
            TryAgainError, httpx.TransportError: It failed in a way that may pass.
            FetchError, TooLargeError: It failed in a way that stays.
        """
        part = PartialFile(self._parts, str(url))
        # Half a body means that nothing whole is at hand, so there is nothing to be conditional about.
        headers = part.range_headers() or known.headers
        with self._response(url, headers=headers, delay_s=delay_s) as response:
            if response.has_redirect_location:
                return _target(response)
            if response.status_code in GONE:
                return Fetched("gone", str(url), response.status_code)
            if response.status_code == httpx.codes.NOT_MODIFIED:
                return Fetched("unchanged", str(url), response.status_code, known=known)
            _check_status(response, part)
            self._take(response, part, limit=limit)
        body = _whole(response, part, limit=limit)
        return _fetched(url, response, body)

    @contextmanager
    def _response(self, url: httpx.URL, *, headers: dict[str, str], delay_s: float) -> Iterator[httpx.Response]:
        with (
            self._pace.turn(url.netloc.decode(), delay_s=delay_s),
            self._client.stream("GET", url, headers=headers) as response,
        ):
            yield response

    def _take(self, response: httpx.Response, part: PartialFile, *, limit: int) -> None:
        if response.status_code != httpx.codes.PARTIAL_CONTENT:
            part.begin(response)
        elif not part.fits(response):
            part.drop()
            message = "the server sent another part of it than was asked for"
            raise TryAgainError(message)
        part.append(response.iter_raw(), limit=limit, check=deadline(self._limits.download_s))


def retry_after(value: str, *, now: datetime) -> float | None:
    """Read a header Retry-After, seconds or a date; None if it is neither or not there."""
    if value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())


def _target(response: httpx.Response) -> httpx.URL:
    try:
        return response.request.url.join(response.headers["location"])
    except httpx.InvalidURL as error:
        message = f"it redirects to what is not an address ({error})"
        raise FetchError(message) from error


def _check_status(response: httpx.Response, part: PartialFile) -> None:
    status = response.status_code
    if status in TEMPORARY:
        wait_s = retry_after(response.headers.get("retry-after", ""), now=datetime.now(UTC))
        message = f"the server answers {status} ({response.reason_phrase})"
        raise TryAgainError(message, wait_s=wait_s)
    if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
        part.drop()
        message = "the server has no more of it than has come"
        raise TryAgainError(message)
    if status not in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
        message = f"the server answers {status} ({response.reason_phrase})"
        raise FetchError(message, status=status)


def _whole(response: httpx.Response, part: PartialFile, *, limit: int) -> bytes:
    """Return the body unpacked, now that all of it is here; the part goes."""
    try:
        data = part.path.read_bytes()
        return unpack(data, response.headers.get("content-encoding", ""), limit=limit)
    finally:
        part.drop()


def _fetched(url: httpx.URL, response: httpx.Response, body: bytes) -> Fetched:
    headers = response.headers
    return Fetched(
        "body",
        str(url),
        response.status_code,
        body=body,
        content_type=headers.get("content-type", "").partition(";")[0].strip().lower(),
        charset=response.charset_encoding,
        known=Known(headers.get("etag", ""), headers.get("last-modified", "")),
    )
