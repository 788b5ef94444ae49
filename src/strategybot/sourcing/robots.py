"""robots.txt (RFC 9309): what a host lets us fetch and how fast, asked once for each host and run."""

import threading
from collections import defaultdict
from collections.abc import Callable

import httpx
from protego import Protego

from strategybot.sourcing.exchange import FetchError

AGENT = "strategybot"
LONGEST_DELAY_S = 120.0
ReadRules = Callable[[httpx.URL], str | None]
"""From the address of a robots.txt to its text, None if the host has none; raises FetchError if it cannot be had."""


class RobotsRefusedError(ValueError):
    """A host's robots.txt does not let us fetch a page."""


class Robots:
    """The rules of all hosts of a run; safe to share between threads."""

    def __init__(self, read: ReadRules) -> None:
        """Keep what fetches a robots.txt."""
        self._read = read
        self._guard = threading.Lock()
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._rules: dict[str, Protego | str] = {}

    def check(self, url: httpx.URL) -> float:
        """Return the seconds that a host asks for between two requests; 0 if it asks for none.

        Raises:
            RobotsRefusedError: It does not let us fetch this page, or asks for very long pauses.
            FetchError: It cannot be asked, which means no by RFC 9309, 2.3.1.4.
        """
        rules = self._rules_of(url)
        if isinstance(rules, str):
            raise FetchError(rules)
        if not rules.can_fetch(str(url), AGENT):
            message = (
                f"the robots.txt of {url.host} does not let {AGENT} fetch it; ask the publisher, or fetch it by hand"
            )
            raise RobotsRefusedError(message)
        delay = rules.crawl_delay(AGENT) or 0.0
        if delay > LONGEST_DELAY_S:
            message = f"the robots.txt of {url.host} asks for {delay:.0f} s between two requests; fetch it by hand"
            raise RobotsRefusedError(message)
        return delay

    def _rules_of(self, url: httpx.URL) -> Protego | str:
        """Return the rules of a URL's host, or why they could not be had."""
        origin = f"{url.scheme}://{url.netloc.decode()}"
        with self._guard:
            lock = self._locks[origin]
        with lock:
            if origin not in self._rules:
                self._rules[origin] = self._ask(url)
            return self._rules[origin]

    def _ask(self, url: httpx.URL) -> Protego | str:
        try:
            text = self._read(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        except FetchError as error:
            return (
                f"the robots.txt of {url.host} could not be read, so nothing is fetched from there this time: {error}"
            )
        return Protego.parse(text or "")
