"""Ruled tables: grids drawn with lines, boxes, rules between rows, or shaded rows."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from strategybot.reading.pdf.columns import (
    LOOSE_LEADING,
    Span,
    find_columns,
    group_lines,
    lines_in,
    part_bands,
    usual_size,
)
from strategybot.reading.pdf.geometry import Page, Word
from strategybot.reading.pdf.grid import WIDE_GAP, Cell, Grid, Line, Row, find_chunks, find_lines, text_of
from strategybot.reading.pdf.strokes import PALE, TOUCHING, Band, Frame, Stroke, find_bands, find_frames, find_strokes

FULL = 0.8
"""A rule of at least this share of the table's width parts rows; shorter ones underline a title."""
TALLEST_GAP = 2.5
"""Unruled rows further apart than this many font sizes are not of one table."""
NOTE = re.compile(r"(sources?|notes?|quelle|nb|n\.b\.)\b\s*\d*\s*[:.]|[*†‡]|\(?[a-z1-9][.)]\s", re.IGNORECASE)
CAPTION = re.compile(r"(table|tab\.|figure|fig\.|chart|graph|map|box|annex|appendix|exhibit)\s*[\dA-Z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Region:
    """Frames under one another that may be one table."""

    frame: Frame
    words: tuple[Word, ...]
    fills: tuple[Band, ...]

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
            if b.top < middle < b.bottom and b.right - b.left >= width / 2 and b.left > self.frame.left - 2 * TOUCHING
        ]
        fill = min(behind, key=lambda b: b.bottom - b.top).fill if behind else None
        return None if fill and min(fill) >= PALE else fill


def within(words: Iterable[Word], left: float, top: float, right: float, bottom: float) -> list[Word]:
    """Return the words whose middle lies in an area."""
    return [
        word
        for word in words
        if left - 1 <= (word.left + word.right) / 2 <= right + 1 and top <= (word.top + word.bottom) / 2 <= bottom
    ]


def find_ruled(page: Page) -> list[Grid]:
    """Return the grids that rules, boxes or fills draw on a page, smallest first where they lie in one another."""
    bands = find_bands(page)
    across, down = find_strokes(page, bands)
    frames = [frame for frame in find_frames(across, down) if frame.across and frame.right - frame.left > TOUCHING]
    grids: list[Grid] = []
    taken: set[Word] = set()
    for frame in sorted(join_frames(frames, page.words), key=lambda f: (f.bottom - f.top) * (f.right - f.left)):
        free = [word for word in page.words if word not in taken]
        grid = read_frame(frame, free, bands)
        if grid:
            grids.append(grid)
            taken.update(word for row in grid.rows for word in row.words)
    return grids


def join_frames(frames: Sequence[Frame], words: Sequence[Word]) -> list[Frame]:
    """Join frames of the same width that rows of one table lie between."""
    joined: list[Frame] = []
    for frame in frames:
        index = next((i for i in range(len(joined) - 1, -1, -1) if same_width(joined[i], frame)), None)
        if index is not None and are_joined(joined[index], frame, words):
            joined[index] = Frame(joined[index].across + frame.across, joined[index].down + frame.down)
        else:
            joined.append(frame)
    return [frame for frame in joined if not any(is_part(frame, other) for other in joined)]


def same_width(first: Frame, second: Frame) -> bool:
    """Return whether two frames begin and end at one place."""
    return abs(first.left - second.left) <= TOUCHING and abs(first.right - second.right) <= TOUCHING


def is_part(frame: Frame, other: Frame) -> bool:
    """Return whether a single line lies inside a table of three rules or more, under a title or over a sum."""
    single = len(frame.across) == 1 and not frame.down and len(other.across) > 2  # noqa: PLR2004 - as said
    inside = other.left - TOUCHING <= frame.left and frame.right <= other.right + TOUCHING
    return single and other is not frame and inside and other.top < frame.top < other.bottom


def are_joined(above: Frame, below: Frame, words: Sequence[Word]) -> bool:
    """Return whether what lies between two frames of one width is the rows of a table."""
    between = within(words, above.left, above.bottom, above.right, below.top)
    height = below.top - above.bottom
    if not between:
        return height <= 2 * TOUCHING
    size, width = usual_size(between), above.right - above.left
    lines = [find_chunks(line, WIDE_GAP) for line in find_lines(between)]
    if any(len(chunks) > 1 for chunks in lines):
        return not any(chunk[-1].right - chunk[0].left > 0.75 * width for chunks in lines for chunk in chunks)
    short = all(chunks[0][-1].right - chunks[0][0].left < 0.6 * width for chunks in lines)
    return short and height <= (len(lines) + 1.5) * size * 1.2 and not CAPTION.match(text_of(between))


def read_frame(frame: Frame, words: Sequence[Word], bands: Sequence[Band]) -> Grid | None:
    """Return the grid that a frame draws around words; None if it is no table's."""
    inside = within(words, frame.left, frame.top, frame.right, frame.bottom)
    region = Region(frame, tuple(inside), tuple(bands))
    inner = [s for s in frame.down if frame.left + 2 * TOUCHING < s.at < frame.right - 2 * TOUCHING]
    if inner and inside and covers_rows(region, inner):
        return read_lattice(region)
    return read_levels(region, words)


def covers_rows(region: Region, inner: Sequence[Stroke]) -> bool:
    """Return whether lines down part the rows: most of them, or all where the lines are but edges of fills.

    Fills may part the cells of the shaded rows alone.
    """
    lines = [line for line in find_lines(region.words) if len(find_chunks(line)) > 1]
    parted = sum(any(s.start <= middle(line) <= s.end for s in inner) for line in lines)
    if all(not stroke.weight for stroke in inner):
        return parted == len(lines) > 1 and len(region.levels) > 2  # noqa: PLR2004 - two rows at least
    return parted > len(lines) / 2


def boundaries(places: Iterable[float]) -> list[float]:
    """Return places in order, those that touch joined."""
    found: list[float] = []
    for at in sorted(places):
        if not found or at - found[-1] > 1.5 * TOUCHING:
            found.append(at)
    return found


class Lattice:
    """Cells between lines across and down; cells that no line parts are one."""

    def __init__(self, frame: Frame) -> None:
        """Find the cells of a frame."""
        self.xs = boundaries([frame.left, frame.right, *(stroke.at for stroke in frame.down)])
        self.ys = boundaries([frame.top, frame.bottom, *(stroke.at for stroke in frame.across)])
        self.width = len(self.xs) - 1
        self.height = len(self.ys) - 1
        self._parents = list(range(self.width * self.height))
        for row in range(self.height):
            for column in range(self.width):
                self._join(frame, row, column)

    def _join(self, frame: Frame, row: int, column: int) -> None:
        """Join a cell to the next one and the one below where no line lies between."""
        x, y = (self.xs[column] + self.xs[column + 1]) / 2, (self.ys[row] + self.ys[row + 1]) / 2
        index = row * self.width + column
        if column + 1 < self.width and not has_stroke(frame.down, self.xs[column + 1], y):
            self._parents[self.root(index + 1)] = self.root(index)
        if row + 1 < self.height and not has_stroke(frame.across, self.ys[row + 1], x):
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

    def parts(self, root: int) -> list[tuple[int, int]]:
        """Return row and column of all that a cell joins."""
        every = range(self.width * self.height)
        return [divmod(index, self.width) for index in every if self.root(index) == root]


def has_stroke(strokes: Iterable[Stroke], at: float, along: float) -> bool:
    """Return whether a stroke at ``at`` passes ``along``."""
    return any(abs(s.at - at) <= 1.5 * TOUCHING and s.start <= along <= s.end for s in strokes)


def read_lattice(region: Region) -> Grid | None:
    """Return the grid of a region with lines across and down; None if the lines down differ from row to row."""
    frame, lattice = region.frame, Lattice(region.frame)
    words_of: dict[int, list[Word]] = {}
    for word in region.words:
        row, column = lattice.at((word.left + word.right) / 2, (word.top + word.bottom) / 2)
        words_of.setdefault(lattice.root(row * lattice.width + column), []).append(word)
    own: list[list[Line]] = [[] for _ in range(lattice.height)]
    shared: list[list[Line]] = [[] for _ in range(lattice.height)]
    for root, words in words_of.items():
        rows, columns = zip(*lattice.parts(root), strict=True)
        span = max(columns) - min(columns) + 1
        lines = [
            Line(line[0].baseline, max(word.size for word in line), (Cell(tuple(line), min(columns), span),))
            for line in find_lines(words)
        ]
        for row in set(rows):
            (own if len(set(rows)) == 1 else shared)[row] += lines
    if not lattice.is_regular():
        return None
    columns_at = tuple(zip(lattice.xs, lattice.xs[1:], strict=False))
    parted = part_bands([join_cells(lines) for lines in own])
    rows_found: list[Row] = []
    for index, groups in enumerate(parted):
        top, bottom = lattice.ys[index], lattice.ys[index + 1]
        above = max((s.weight for s in frame.across if abs(s.at - top) <= 2 * TOUCHING), default=0.0)
        for number, group in enumerate(groups or [[]]):
            lines = tuple(sorted([*group, *shared[index]], key=lambda line: line.baseline))
            if lines:
                rows_found.append(Row(lines, above if not number else 0.0, region.fill(top, bottom)))
    return Grid(
        frame.left, frame.top, frame.right, frame.bottom, columns_at, tuple(rows_found), drawn=True, parted=True
    )


def join_cells(lines: Iterable[Line]) -> list[Line]:
    """Join the lines of neighbouring cells that stand on one baseline."""
    joined: list[Line] = []
    for line in sorted(lines, key=lambda line: line.baseline):
        if joined and line.baseline - joined[-1].baseline <= 0.35 * line.size:
            cells = sorted([*joined[-1].cells, *line.cells], key=lambda cell: cell.column)
            joined[-1] = Line(joined[-1].baseline, max(joined[-1].size, line.size), tuple(cells))
        else:
            joined.append(line)
    return joined


def read_levels(region: Region, words: Sequence[Word]) -> Grid | None:
    """Return the grid of a region whose rows are parted by rules or fills and its columns by white space."""
    levels = region.levels
    if not levels:
        return None
    top, bottom = grow(region, levels, words)
    frame = region.frame
    inside = within(words, frame.left, top, frame.right, bottom)
    columns = find_columns(find_lines(inside), usual_size(inside)) if inside else []
    if len(columns) < 2:  # noqa: PLR2004 - a table has two columns at least
        return None
    edges = [top, *(stroke.at for stroke in levels if top < stroke.at < bottom), bottom]
    strips = [(a, b) for a, b in zip(edges, edges[1:], strict=False) if within(inside, frame.left, a, frame.right, b)]
    bands = [lines_in(within(inside, frame.left, a, frame.right, b), columns) for a, b in strips]
    open_ends = [part_open(band, a, b, levels) for band, (a, b) in zip(bands, strips, strict=True)]
    parted = part_bands([band for band, is_open in zip(bands, open_ends, strict=True) if not is_open])
    rows: list[Row] = []
    for (a, b), band, is_open in zip(strips, bands, open_ends, strict=True):
        weight = max((s.weight for s in levels if abs(s.at - a) <= TOUCHING), default=0.0)
        for number, group in enumerate(group_lines(band) if is_open else parted.pop(0)):
            rows.append(Row(tuple(group), 0.0 if number else weight, region.fill(a, b)))
    return Grid(frame.left, top, frame.right, bottom, as_columns(columns, frame), tuple(rows), drawn=True)


def part_open(band: Sequence[Line], top: float, bottom: float, levels: Sequence[Stroke]) -> bool:
    """Return whether a strip has a rule on one side only, so that white space alone parts its rows."""
    return len(band) > 1 and (top < levels[0].at - TOUCHING or bottom > levels[-1].at + TOUCHING)


def as_columns(columns: Sequence[Span], frame: Frame) -> tuple[Span, ...]:
    """Return the columns with the outer ones reaching to the frame."""
    wide = [list(span) for span in columns]
    wide[0][0], wide[-1][1] = min(wide[0][0], frame.left), max(wide[-1][1], frame.right)
    return tuple((left, right) for left, right in wide)


def grow(region: Region, levels: Sequence[Stroke], words: Sequence[Word]) -> tuple[float, float]:
    """Return top and bottom of a region with the unruled rows right above and below it."""
    frame, first, last = region.frame, levels[0].at, levels[-1].at
    beside = [word for word in words if word.right > frame.left and word.left < frame.right]
    lines = find_lines(beside)
    ruled = [line for line in lines if first < middle(line) < last]
    above = [line for line in lines if middle(line) <= first][-3:]
    below = [line for line in lines if middle(line) >= last]
    closed = len(levels) > 2  # noqa: PLR2004 - a header between two rules, or under one, has its rows below
    soft = not levels[0].weight and not levels[-1].weight
    taken_above = [] if is_header_band(region, levels) else rowlike(above[::-1], frame, first, 3 if soft else 1)
    taken_below = rowlike(below, frame, last, len(below) if not closed else int(soft or len(ruled) < 3))  # noqa: PLR2004
    top = min([first, *(word.top for line in taken_above for word in line)])
    bottom = max([last, *(word.bottom for line in taken_below for word in line)])
    return top, bottom


def is_header_band(region: Region, levels: Sequence[Stroke]) -> bool:
    """Return whether the first strip is filled and its words bold or pale, so that no row stands above it."""
    first, second = levels[0].at, levels[min(1, len(levels) - 1)].at
    words = [word for word in region.words if first < (word.top + word.bottom) / 2 < second]
    strong = all(word.bold or min(word.color) > 200 for word in words)  # noqa: PLR2004 - white and pale colours
    return bool(words) and strong and region.fill(first, second) is not None


def middle(line: Sequence[Word]) -> float:
    """Return the height of a line's middle on the page."""
    return (line[0].top + line[0].bottom) / 2


def rowlike(lines: Sequence[Sequence[Word]], frame: Frame, edge: float, most: int) -> list[Sequence[Word]]:
    """Return the lines next to an edge, going away from it, that look like rows: at most ``most``."""
    taken: list[Sequence[Word]] = []
    waiting: list[Sequence[Word]] = []
    for line in lines:
        size = max(word.size for word in line)
        chunks = find_chunks(line)
        outside = line[0].left < frame.left - 2 or line[-1].right > frame.right + 2
        full = sum(len(find_chunks(row)) > 1 for row in taken) >= most and len(chunks) > 1
        if abs(middle(line) - edge) > TALLEST_GAP * size or outside or full:
            break
        edge = middle(line)
        above_it = taken[-1] if taken and not waiting else None
        waiting.append(line)
        if len(chunks) > 1:
            taken += waiting
            waiting = []
        elif above_it and is_tail(line, above_it):
            taken += waiting
            waiting = []
        elif len(waiting) > 1 or line[-1].right - line[0].left > 0.6 * (frame.right - frame.left):
            break
    return taken


def is_tail(line: Sequence[Word], above: Sequence[Word]) -> bool:
    """Return whether a line goes on with one of the cells right above it."""
    size = max(word.size for word in line)
    near = 0 < line[0].baseline - above[0].baseline <= LOOSE_LEADING * size
    starts = any(abs(chunk[0].left - line[0].left) < 0.3 * size for chunk in find_chunks(above))
    return near and starts and not NOTE.match(text_of(line))
