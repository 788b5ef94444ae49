"""Lattices: tables whose cells lie between lines across and lines down."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from strategybot.reading.pdf.columns import Span, find_columns, part_bands, usual_size
from strategybot.reading.pdf.geometry import Word
from strategybot.reading.pdf.grid import SAME_LINE, WIDE_GAP, Cell, Grid, Line, Row, find_chunks, find_lines
from strategybot.reading.pdf.region import Region, boundaries, middle, within
from strategybot.reading.pdf.strokes import TOUCHING, Frame, Stroke

MOST_CELLS = 10_000
"""A page with more is squared paper or a drawing."""


class Lattice:
    """Cells between lines across and down; cells that no line parts are one."""

    def __init__(self, frame: Frame) -> None:
        """Find the cells of a frame."""
        self.xs = boundaries([frame.left, frame.right, *(stroke.at for stroke in frame.down)])
        self.ys = boundaries([frame.top, frame.bottom, *(stroke.at for stroke in frame.across)])
        self.width = len(self.xs) - 1
        self.height = len(self.ys) - 1
        self._posts = [near(frame.down, x) for x in self.xs]
        self._lines = [near(frame.across, y) for y in self.ys]
        self._parents = list(range(self.width * self.height))
        for row in range(self.height):
            for column in range(self.width):
                self._join(row, column)

    def _join(self, row: int, column: int) -> None:
        """Join a cell to the next one and the one below where no line lies between."""
        x, y = (self.xs[column] + self.xs[column + 1]) / 2, (self.ys[row] + self.ys[row + 1]) / 2
        index = row * self.width + column
        if column + 1 < self.width and not passes(self._posts[column + 1], y):
            self._parents[self.root(index + 1)] = self.root(index)
        if row + 1 < self.height and not passes(self._lines[row + 1], x):
            self._parents[self.root(index + self.width)] = self.root(index)

    def root(self, index: int) -> int:
        """Return the cell that stands for all those joined to it."""
        while self._parents[index] != index:
            index = self._parents[index]
        return index

    def is_regular(self) -> bool:
        """Return whether most of the lines down part two rows or more, and half of those parted at all."""
        parted = [
            {row for row in range(self.height) if self._is_parted(row, column)} for column in range(self.width - 1)
        ]
        rows = set().union(*parted)
        return sum(len(found) >= len(rows) / 2 for found in parted) >= len(parted) / 2

    def _is_parted(self, row: int, column: int) -> bool:
        index = row * self.width + column
        return self.root(index) != self.root(index + 1)

    def at(self, x: float, y: float) -> tuple[int, int]:
        """Return row and column of a place on the page."""
        row = min(max(bisect_right(self.ys, y) - 1, 0), self.height - 1)
        return row, min(max(bisect_right(self.xs, x) - 1, 0), self.width - 1)

    def parts(self) -> dict[int, list[tuple[int, int]]]:
        """Return, for each cell that stands for others, row and column of all that it joins."""
        joined: dict[int, list[tuple[int, int]]] = {}
        for index in range(self.width * self.height):
            joined.setdefault(self.root(index), []).append(divmod(index, self.width))
        return joined


def near(strokes: Iterable[Stroke], at: float) -> list[Stroke]:
    """Return the strokes that stand at a place."""
    return [stroke for stroke in strokes if abs(stroke.at - at) <= 1.5 * TOUCHING]


def passes(strokes: Iterable[Stroke], along: float) -> bool:
    """Return whether one of the strokes passes a place."""
    return any(stroke.start <= along <= stroke.end for stroke in strokes)


def read_lattice(region: Region) -> Grid | None:
    """Return the grid of a region with lines across and down; None if the lines down differ from row to row."""
    frame = region.frame
    places = boundaries(stroke.at for stroke in frame.across), boundaries(stroke.at for stroke in frame.down)
    if len(places[0]) * len(places[1]) > MOST_CELLS:
        return None
    lattice = Lattice(frame)
    if not lattice.is_regular():
        return None
    own, shared = lines_by_row(lattice, region.words)
    rows: list[Row] = []
    for index, groups in enumerate(part_bands([join_cells(lines) for lines in own])):
        top, bottom = lattice.ys[index], lattice.ys[index + 1]
        above = max((s.weight for s in frame.across if abs(s.at - top) <= 2 * TOUCHING), default=0.0)
        for number, group in enumerate(groups or [[]]):
            lines = tuple(sorted([*group, *shared[index]], key=lambda line: line.baseline))
            if lines:
                rows.append(Row(lines, 0.0 if number else above, region.fill(top, bottom)))
    columns = tuple(pairwise(lattice.xs))
    return Grid(frame.left, frame.top, frame.right, frame.bottom, columns, tuple(rows), drawn=True, parted=True)


def lines_by_row(lattice: Lattice, words: Iterable[Word]) -> tuple[list[list[Line]], list[list[Line]]]:
    """Return the lines of each row's own cells, and those of the cells that it shares with other rows."""
    words_of: dict[int, list[Word]] = {}
    for word in words:
        row, column = lattice.at((word.left + word.right) / 2, (word.top + word.bottom) / 2)
        words_of.setdefault(lattice.root(row * lattice.width + column), []).append(word)
    own: list[list[Line]] = [[] for _ in range(lattice.height)]
    shared: list[list[Line]] = [[] for _ in range(lattice.height)]
    parts = lattice.parts()
    for root, inside in words_of.items():
        rows, columns = (set(numbers) for numbers in zip(*parts[root], strict=True))
        span = max(columns) - min(columns) + 1
        lines = [
            Line(line[0].baseline, max(word.size for word in line), (Cell(tuple(line), min(columns), span),))
            for line in find_lines(inside)
        ]
        for row in rows:
            (own if len(rows) == 1 else shared)[row] += lines
    return own, shared


def join_cells(lines: Iterable[Line]) -> list[Line]:
    """Join the lines of neighbouring cells that stand on one baseline."""
    joined: list[Line] = []
    for line in sorted(lines, key=lambda line: line.baseline):
        if joined and line.baseline - joined[-1].baseline <= SAME_LINE * line.size:
            cells = sorted([*joined[-1].cells, *line.cells], key=lambda cell: cell.column)
            joined[-1] = Line(joined[-1].baseline, max(joined[-1].size, line.size), tuple(cells))
        else:
            joined.append(line)
    return joined


def hidden_columns(region: Region, inner: Sequence[Stroke]) -> list[Stroke]:
    """Return lines down where white space alone parts columns that lines leave together."""
    frame, found = region.frame, list[Stroke]()
    for left, right in pairwise(boundaries([frame.left, frame.right, *(stroke.at for stroke in inner)])):
        lines = find_lines(within(region.words, left, frame.top, right, frame.bottom))
        wide = [[spanned(chunk) for chunk in find_chunks(line, WIDE_GAP)] for line in lines]
        if sum(len(spans) > 1 for spans in wide) < max(3, 0.7 * len(lines)):
            continue
        columns = find_columns(lines, usual_size(region.words))
        filled = [sum(any(a <= x <= b for x, _ in spans) for spans in wide) for a, b in columns]
        if len(columns) > 1 and min(filled) >= 0.7 * len(lines):
            middles = [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
            found += [Stroke(x, frame.top, frame.bottom, min(s.weight for s in inner)) for x in middles]
    return found


def spanned(chunk: Sequence[Word]) -> Span:
    """Return left and right of a chunk."""
    return chunk[0].left, max(word.right for word in chunk)


def covers_rows(region: Region, inner: Sequence[Stroke]) -> bool:
    """Return whether lines down part the rows: most of them, or all where the lines are but edges of fills.

    Fills may part the cells of the shaded rows alone.
    """
    lines = [line for line in find_lines(region.words) if len(find_chunks(line)) > 1]
    parted = sum(any(s.start <= middle(line) <= s.end for s in inner) for line in lines)
    if all(not stroke.weight for stroke in inner):
        return parted == len(lines) > 1 and len(region.levels) > 2  # noqa: PLR2004 - two rows at least
    return parted > len(lines) / 2
