"""Fetching: one address -> its bytes, with robots.txt asked, redirects checked one by one and failures tried again."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import httpx
import tenacity

from strategybot.sourcing.downloads import TooLargeError
from strategybot.sourcing.exchange import Exchange, Fetched, FetchError, Known, Limits, TryAgainError
from strategybot.sourcing.guarding import Guard, RefusedAddressError
from strategybot.sourcing.robots import Robots

MAX_REDIRECTS = 5
LONGEST_PAUSE_S = 30.0
ROBOTS_BYTES = 5_000_000


class Fetcher:
    """Fetches addresses; safe to share between threads. To be used in ``with``."""

    def __init__(
        self, parts: Path, *, guard: Guard, limits: Limits, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Open nothing yet.

        Args:
            parts: Folder of bodies that have come in part.
            guard: Says where requests may go.
            limits: Says how politely and how much.
            sleep: Waits for some seconds; what it raises ends the fetch.
        """
        self._guard = guard
        self._limits = limits
        self._sleep = sleep
        self._exchange = Exchange(parts, guard=guard, limits=limits, sleep=sleep)
        self._robots = Robots(self._read_rules)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close it."""
        self._exchange.close()

    def fetch(self, address: str, *, known: Known | None = None) -> Fetched:
        """Fetch an address.

        Args:
            address: A URL.
            known: What the version at hand said of itself; None fetches whatever there is.

        Raises:
            FetchError: It could not be had, after tries and pauses.
            RefusedAddressError: The address, or one that it redirects to, is not allowed.
            RobotsRefusedError: A host does not want it fetched.
        """
        try:
            url = httpx.URL(address).copy_with(fragment=None)
        except httpx.InvalidURL as error:
            message = f"{address!r} is not an address ({error})"
            raise RefusedAddressError(message) from error
        return self._follow(url, known or Known(), ask_robots=True)

    def _read_rules(self, url: httpx.URL) -> str | None:
        try:
            found = self._follow(url, Known(), ask_robots=False)
        except FetchError as error:
            # RFC 9309, 2.3.1.3: whatever says "not for you" is no rule at all; only failures of the server count.
            if error.status and error.status < httpx.codes.INTERNAL_SERVER_ERROR:
                return None
            raise
        return found.body.decode("utf-8", "replace") if found.verdict == "body" else None

    def _follow(self, url: httpx.URL, known: Known, *, ask_robots: bool) -> Fetched:
        seen: list[httpx.URL] = []
        while len(seen) <= MAX_REDIRECTS:
            if url in seen:
                message = f"its redirects go round in a circle, to {url} again"
                raise FetchError(message)
            seen.append(url)
            self._guard.check_url(url)
            delay_s = self._robots.check(url) if ask_robots else 0.0
            found = self._ask(url, known, delay_s=delay_s, limit=self._largest(ask_robots=ask_robots))
            if isinstance(found, Fetched):
                return found
            url = found.copy_with(fragment=None)
        message = f"it redirects more than {MAX_REDIRECTS} times"
        raise FetchError(message)

    def _largest(self, *, ask_robots: bool) -> int:
        return self._limits.largest_bytes if ask_robots else ROBOTS_BYTES

    def _ask(self, url: httpx.URL, known: Known, *, delay_s: float, limit: int) -> Fetched | httpx.URL:
        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(self._limits.tries),
            retry=tenacity.retry_if_exception_type((TryAgainError, httpx.TransportError)),
            wait=self._pause,
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return retrying(self._exchange.ask, url, known=known, delay_s=delay_s, limit=limit)
        except (TryAgainError, httpx.TransportError) as error:
            reason = str(error) or type(error).__name__
            message = f"{reason}; tried {self._limits.tries} times"
            raise FetchError(message) from error
        except TooLargeError as error:
            raise FetchError(str(error)) from error

    def _pause(self, state: tenacity.RetryCallState) -> float:
        """Return the seconds to wait: what the server asks for, else growing pauses with some chance in them."""
        error = state.outcome.exception() if state.outcome else None
        wait_s = error.wait_s if isinstance(error, TryAgainError) else None
        if wait_s is None:
            first = self._limits.backoff_s
            growing = tenacity.wait_exponential(first, max=LONGEST_PAUSE_S) + tenacity.wait_random(0, first)
            return growing(state)
        if wait_s > self._limits.longest_wait_s:
            message = f"the server asks to wait for {wait_s:.0f} s; try again later"
            raise FetchError(message)
        return wait_s
