"""Regions: parts of a page that drawn lines or fills set off as a table's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from strategybot.reading.pdf.columns import Span, place
from strategybot.reading.pdf.geometry import Word
from strategybot.reading.pdf.grid import Cell, find_chunks
from strategybot.reading.pdf.strokes import PALE, TOUCHING, Band, Frame, Stroke

FULL = 0.9
"""A rule of at least this share of the table's width parts rows; shorter ones underline a title."""


@dataclass(frozen=True, slots=True)
class Region:
    """Frames under one another that may be one table, and the words and fills between their outer lines.

    Attributes:
        columns: Left and right of its columns as far as known; none or one if not.
    """

    frame: Frame
    words: tuple[Word, ...]
    fills: tuple[Band, ...]
    columns: tuple[Span, ...] = ()

    @property
    def levels(self) -> list[Stroke]:
        """The strokes across that part rows, from top to bottom."""
        width = self.frame.right - self.frame.left
        full = [stroke for stroke in self.frame.across if stroke.end - stroke.start >= FULL * width]
        return sorted(full, key=lambda stroke: stroke.at)

    def fill(self, top: float, bottom: float) -> tuple[int, int, int] | None:
        """Return the colour behind most of the width of a strip."""
        middle, width = (top + bottom) / 2, self.frame.right - self.frame.left
        behind = [
            b
            for b in self.fills
            if b.top < middle < b.bottom
            and b.right - b.left >= width / 2
            and self.frame.left - 2 * TOUCHING < b.left
            and b.right < self.frame.right + 2 * TOUCHING
        ]
        fill = min(behind, key=lambda b: b.bottom - b.top).fill if behind else None
        return None if fill and min(fill) >= PALE else fill

    def cells(self, line: Sequence[Word]) -> tuple[Cell, ...]:
        """Return a line's cells: by the columns if they are known, else each chunk of words as one."""
        if len(self.columns) > 1:
            return place(line, self.columns).cells
        return tuple(Cell(tuple(chunk), column) for column, chunk in enumerate(find_chunks(line)))


def within(words: Iterable[Word], left: float, top: float, right: float, bottom: float) -> list[Word]:
    """Return the words whose middle lies in an area."""
    return [
        word
        for word in words
        if left - 1 <= (word.left + word.right) / 2 <= right + 1 and top <= (word.top + word.bottom) / 2 <= bottom
    ]


def middle(line: Sequence[Word]) -> float:
    """Return the height of a line's middle on the page."""
    return (line[0].top + line[0].bottom) / 2


def boundaries(places: Iterable[float]) -> list[float]:
    """Return places in order, those that touch joined."""
    found: list[float] = []
    for at in sorted(places):
        if not found or at - found[-1] > 1.5 * TOUCHING:
            found.append(at)
    return found
