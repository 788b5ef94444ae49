"""Pages of a PDF as pictures, the quoted words marked on them.

Files are somebody else's: each picture is drawn in a child process with limits on time and memory. What was drawn is
kept, and so is what could not be, so that a page that takes long costs that once.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from strategybot.schema import Document, PageRun
from strategybot.serving.addresses import Look
from strategybot.serving.drawing import draw_isolated
from strategybot.serving.marking import Span

WIDTHS = (1000, 1600)
"""Widths in pixels that are drawn, and no others: the first for a figure, the second for a page of its own."""
MOST_BYTES = 64 * 1024 * 1024
AT_ONCE = 2
MOST_WAITING = 8
WAIT_S = 20.0
RETRY_S = 600.0
MOST_FIGURES = 3


@dataclass(frozen=True, slots=True)
class PictureOrder:
    """A picture to draw: a page from 1, its width in pixels, and where quoted words stand on it.

    Attributes:
        quote: Runs of the quoted words on that page.
        also: Runs of other words quoted in the same reply.
    """

    path: Path
    page: int
    width_px: int
    quote: tuple[PageRun, ...] = ()
    also: tuple[PageRun, ...] = ()


Draw = Callable[[PictureOrder], bytes]
"""Draws a PNG; raises ValueError, with a reason that reads well after “This page cannot be shown: ”."""


def draw_order(order: PictureOrder) -> bytes:
    """Draw a picture in a child process.

    Raises:
        ValueError: It cannot be drawn.
    """
    return draw_isolated(order.path, order.page, width_px=order.width_px, quote=order.quote, also=order.also)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What came of an order, and when it is no longer to be relied on, in seconds of the monotonic clock."""

    made: bytes | ValueError
    until: float

    @property
    def weight(self) -> int:
        """Bytes that it takes, an entry's own included."""
        return 1000 + (len(self.made) if isinstance(self.made, bytes) else 0)


class Pictures:
    """Draws pictures, two at once, and keeps those drawn last; safe to use from several threads."""

    def __init__(
        self, draw: Draw = draw_order, *, most_bytes: int = MOST_BYTES, wait_s: float = WAIT_S, retry_s: float = RETRY_S
    ) -> None:
        """Remember how to draw, how much to keep, how long to wait for a turn, and when to try again what failed."""
        self._draw = draw
        self._most_bytes = most_bytes
        self._wait_s = wait_s
        self._retry_s = retry_s
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        # Who waits holds one of the server's threads, which other pages need.
        self._places = threading.BoundedSemaphore(AT_ONCE + MOST_WAITING)
        self._lock = threading.Lock()
        self._kept: OrderedDict[PictureOrder, _Kept] = OrderedDict()
        self._bytes = 0

    def draw(self, order: PictureOrder) -> bytes | None:
        """Return a picture as PNG; None if so many others are being drawn that it is not this one's turn.

        Raises:
            ValueError: The page cannot be drawn.
        """
        found = self._find(order)
        if found is None:
            if not self._places.acquire(blocking=False):
                return None
            try:
                found = self._draw_in_turn(order)
            finally:
                self._places.release()
        if isinstance(found, ValueError):
            raise ValueError(str(found)) from found
        return found

    def _draw_in_turn(self, order: PictureOrder) -> bytes | ValueError | None:
        if not self._turns.acquire(timeout=self._wait_s):
            return None
        try:
            # Somebody else may have asked for the same one, and waited less.
            return self._find(order) or self._make(order)
        finally:
            self._turns.release()

    def _make(self, order: PictureOrder) -> bytes | ValueError:
        try:
            kept = _Kept(self._draw(order), float("inf"))
        except ValueError as error:
            # It may have been for want of time or memory, which the next try may have.
            kept = _Kept(ValueError(str(error)), time.monotonic() + self._retry_s)
        with self._lock:
            before = self._kept.pop(order, None)
            self._kept[order] = kept
            self._bytes += kept.weight - (before.weight if before else 0)
            while self._bytes > self._most_bytes:
                self._bytes -= self._kept.popitem(last=False)[1].weight
        return kept.made

    def _find(self, order: PictureOrder) -> bytes | ValueError | None:
        with self._lock:
            kept = self._kept.get(order)
            if kept is None or time.monotonic() > kept.until:
                return None
            self._kept.move_to_end(order)
            return kept.made


def order_picture(document: Document, path: Path, page: int, look: Look, *, width_px: int) -> PictureOrder:
    """Order the picture of a page with what is looked at marked."""
    quote = runs_on(document, [look.span] if look.span else [], page)
    return PictureOrder(path, page, width_px, quote, runs_on(document, look.also, page))


def runs_on(document: Document, spans: Sequence[Span], page: int) -> tuple[PageRun, ...]:
    """Return the parts of a page's runs that hold words of the spans, in the order of the text."""
    return tuple(
        (max(a, start), min(b, end), on, first + max(a, start) - a)
        for start, end in spans
        for block in document.paragraphs
        if block.start < end and start < block.end
        for a, b, on, first in block.runs
        if on == page and a < end and start < b
    )


def pages_of(document: Document, span: Span) -> tuple[int, ...]:
    """Return the pages that hold words of a span, at most three; where none is known of words, its blocks' pages."""
    blocks = [block for block in document.paragraphs if block.start < span[1] and span[0] < block.end]
    exact = {run[2] for block in blocks for run in block.runs if run[0] < span[1] and span[0] < run[1]}
    return tuple(sorted(exact or {block.page for block in blocks if block.page}))[:MOST_FIGURES]


def last_page(document: Document) -> int:
    """Return the last page with text, 0 for a document without pages."""
    return max(
        (run for block in document.paragraphs for run in (block.page or 0, *(r[2] for r in block.runs))), default=0
    )


def parse_page(text: str, *, last: int) -> int | None:
    """Read a page's number in an address; None if there is no page of that number."""
    fits = text.isascii() and text.isdigit() and len(text) <= len(str(last))
    return int(text) if fits and 1 <= int(text) <= last else None


def parse_width(text: str | None) -> int:
    """Read the width of a picture in an address.

    Raises:
        ValueError: It is none of those that are drawn.
    """
    widths = {str(width): width for width in WIDTHS}
    if text is None:
        return WIDTHS[0]
    if text not in widths:
        message = f"width={text} is none of {', '.join(widths)}"
        raise ValueError(message)
    return widths[text]
