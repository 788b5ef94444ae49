"""Pace: one request at a time to a host, and a pause between two."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Pace:
    """Hands out turns to hosts; safe to share between threads."""

    def __init__(
        self,
        interval_s: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Keep the pause.

        Args:
            interval_s: Least seconds between the beginnings of two requests to a host.
            clock: Tells the seconds.
            sleep: Waits for some seconds.
        """
        self._interval_s = interval_s
        self._clock = clock
        self._sleep = sleep
        self._guard = threading.Lock()
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._last: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str, *, delay_s: float = 0.0) -> Iterator[None]:
        """Wait for a host's turn and hold it.

        Args:
            host: Host and port.
            delay_s: The pause that the host asks for; the longer of the two pauses holds.
        """
        with self._guard:
            lock = self._turns[host]
        with lock:
            last = self._last.get(host)
            if last is not None:
                pause = last + max(self._interval_s, delay_s) - self._clock()
                if pause > 0:
                    self._sleep(pause)
            self._last[host] = self._clock()
            yield
