"""Ruled tables: grids drawn with lines, boxes, rules between rows, or shaded rows."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from strategybot.reading.pdf.columns import (
    LOOSE_LEADING,
    Span,
    find_columns,
    group_lines,
    lines_in,
    part_bands,
    place,
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
LEADING = 1.3
"""Lines up to this many font sizes apart may be of one cell; text is set at 1.1 to 1.3."""
MOST_WAITING = 8
"""Lines of one cell before the others of its row begin, set in the middle or at the bottom."""
FAR = 10_000.0
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
            if b.top < middle < b.bottom
            and b.right - b.left >= width / 2
            and self.frame.left - 2 * TOUCHING < b.left
            and b.right < self.frame.right + 2 * TOUCHING
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
    lines = [find_chunks(line) for line in find_lines(between)]
    longest = max(chunk[-1].right - chunk[0].left for chunks in lines for chunk in chunks)
    if sum(len(chunks) > 1 for chunks in lines) >= len(lines) / 3:
        return longest < 0.9 * width
    low = height <= (len(lines) + 1.5) * LEADING * size
    return longest < 0.6 * width and low and not CAPTION.match(text_of(between))


def read_frame(frame: Frame, words: Sequence[Word], bands: Sequence[Band]) -> Grid | None:
    """Return the grid that a frame draws around words; None if it is no table's."""
    inside = within(words, frame.left, frame.top, frame.right, frame.bottom)
    region = Region(frame, tuple(inside), tuple(bands))
    inner = [s for s in frame.down if frame.left + 2 * TOUCHING < s.at < frame.right - 2 * TOUCHING]
    if inner and inside and covers_rows(region, inner):
        return read_lattice(replace(region, frame=Frame(frame.across, (*frame.down, *hidden_columns(region, inner)))))
    return read_levels(region, words)


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
    columns_at = tuple(pairwise(lattice.xs))
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
    columns = filled_columns(region) or find_columns(find_lines(inside), usual_size(inside)) if inside else []
    if len(columns) < 2:  # noqa: PLR2004 - a table has two columns at least
        return None
    edges = [top, *(stroke.at for stroke in levels if top < stroke.at < bottom), bottom]
    strips = [(a, b) for a, b in pairwise(edges) if within(inside, frame.left, a, frame.right, b)]
    bands = [lines_in(within(inside, frame.left, a, frame.right, b), columns) for a, b in strips]
    open_ends = [part_open(band, a, b, levels) for band, (a, b) in zip(bands, strips, strict=True)]
    drawn = [band for band, is_open in zip(bands, open_ends, strict=True) if not is_open]
    parted = part_bands(drawn)
    if len(levels) > 1 and not any(len(line.cells) > 1 for band in drawn for line in band):
        return None
    pitches = [(b[0].baseline - a[-1].baseline) / b[0].size for a, b in pairwise(drawn)]
    rows: list[Row] = []
    for (a, b), band, is_open in zip(strips, bands, open_ends, strict=True):
        weight = max((s.weight for s in levels if abs(s.at - a) <= TOUCHING), default=0.0)
        head = b <= levels[0].at and levels[0].weight > 0
        groups = parted.pop(0) if not is_open else [band] if head else group_lines(band, pitches)
        for number, group in enumerate(groups):
            rows.append(Row(tuple(group), 0.0 if number else weight, region.fill(a, b)))
    return Grid(frame.left, top, frame.right, bottom, as_columns(columns, frame), tuple(rows), drawn=True)


def part_open(band: Sequence[Line], top: float, bottom: float, levels: Sequence[Stroke]) -> bool:
    """Return whether a strip has a rule on one side only, so that white space alone parts its rows."""
    return len(band) > 1 and (top < levels[0].at - TOUCHING or bottom > levels[-1].at + TOUCHING)


def filled_columns(region: Region) -> list[Span]:
    """Return the columns that the edges of filled cells show, if no line of words but one in eight crosses them."""
    frame = region.frame
    inner = [s for s in frame.down if frame.left + 2 * TOUCHING < s.at < frame.right - 2 * TOUCHING and not s.weight]
    middles = boundaries(stroke.at for stroke in inner)
    lines = find_lines(region.words)
    crossing = sum(any(word.left < x - 1 and x + 1 < word.right for word in line for x in middles) for line in lines)
    level = [sum(abs(stroke.at - x) <= TOUCHING for stroke in inner) for x in middles]
    if not middles or crossing > len(lines) / 8 or 2 * min(level) < max(level):
        return []
    return list(pairwise([frame.left, *middles, frame.right]))


def as_columns(columns: Sequence[Span], frame: Frame) -> tuple[Span, ...]:
    """Return the columns with the outer ones reaching to the frame."""
    wide = [list(span) for span in columns]
    wide[0][0], wide[-1][1] = min(wide[0][0], frame.left), max(wide[-1][1], frame.right)
    return tuple((left, right) for left, right in wide)


def grow(region: Region, levels: Sequence[Stroke], words: Sequence[Word]) -> tuple[float, float]:
    """Return top and bottom of a region with the unruled rows right above and below it."""
    frame, first, last = region.frame, levels[0].at, levels[-1].at
    lines = find_lines(word for word in words if word.right > frame.left and word.left < frame.right)
    above = [line for line in reversed(lines) if middle(line) <= first]
    below = [line for line in lines if middle(line) >= last]
    soft = not levels[0].weight and not levels[-1].weight
    tallest = max((b.at - a.at for a, b in pairwise(levels)), default=0.0)
    top = first
    if not is_header_band(region, levels):
        columns = find_columns(find_lines(region.words), usual_size(region.words))
        added = (
            rowlike(above, region, first, reach=min(2.2 * tallest, FAR / 2))
            if soft
            else header_above(above, region, columns)
        )
        top = min([first, *(word.top for line in added for word in line)])
    if len(levels) < 3:  # noqa: PLR2004 - a header between two rules, or under one, has its rows below
        added = rowlike(below, region, last)
    else:
        added = rowlike(below, region, last, most=int(soft or len(levels) > 3), reach=tallest)  # noqa: PLR2004
    bottom = max([last, *(word.bottom for line in added for word in line)])
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


def rowlike(
    lines: Sequence[Sequence[Word]], region: Region, edge: float, *, most: int = 1000, reach: float = FAR
) -> list[Sequence[Word]]:
    """Return the lines next to an edge, going away from it, that look like rows.

    Args:
        lines: From the edge on.
        edge: Height on the page.
        most: How many lines of several cells are taken.
        region: What they lie above or below.
        reach: How far from the edge they may be, in points.
    """
    taken: list[Sequence[Word]] = []
    waiting: list[Sequence[Word]] = []
    full, end = 0, edge
    starts = {round(chunk[0].left) for row in find_lines(region.words) for chunk in find_chunks(row)[1:]}
    width = region.frame.right - region.frame.left
    for line in lines:
        size, several = max(word.size for word in line), len(find_chunks(line)) > 1
        apart = abs(middle(line) - edge) > TALLEST_GAP * size or abs(middle(line) - end) > reach
        near = bool(taken) and abs(line[0].baseline - taken[-1][0].baseline) <= LEADING * size
        if apart or is_outside(line, region.frame) or (several and full >= most and not near):
            break
        edge = middle(line)
        tail = not several and not waiting and bool(taken) and is_tail(line, taken[-1])
        waiting.append(line)
        if several or tail:
            taken += waiting
            waiting = []
            full += several and not near
        elif is_stray(line, waiting, starts, width):
            break
        starts.update(round(chunk[0].left) for chunk in find_chunks(line)[1:])
    return taken


def is_stray(line: Sequence[Word], waiting: Sequence[Sequence[Word]], starts: set[int], width: float) -> bool:
    """Return whether a line of one chunk is no part of a row: it is long or one of several, and begins no cell."""
    left = round(line[0].left)
    if starts & {left - 1, left, left + 1}:
        return len(waiting) > MOST_WAITING
    return len(waiting) > 3 or line[-1].right - line[0].left > 0.6 * width


def is_outside(line: Sequence[Word], frame: Frame) -> bool:
    """Return whether a line reaches over a frame's sides."""
    return line[0].left < frame.left - 2 or line[-1].right > frame.right + 2


def header_above(lines: Sequence[Sequence[Word]], region: Region, columns: Sequence[Span]) -> list[Sequence[Word]]:
    """Return the lines of the header that stands on the first rule, from the lowest up.

    They are as near to one another as lines of wrapped cells, alike bold or not, and stand under no caption.
    """
    taken: list[Sequence[Word]] = []
    named: set[int] = set()
    edge = region.levels[0].at
    for line in lines:
        size = max(word.size for word in line)
        apart = abs(middle(line) - edge) > (LOOSE_LEADING if taken else TALLEST_GAP) * size
        if apart or is_outside(line, region.frame) or CAPTION.match(text_of(line)):
            break
        chunks = find_chunks(line)
        cells = place(line, columns).cells if len(columns) > 1 else tuple(map(as_cell, chunks, range(len(chunks))))
        if (taken and line[0].bold != taken[-1][0].bold) or (cells[0].column == 0 and cells[0].span > 1):
            break
        edge = middle(line)
        taken.append(line)
        named.update(cell.column for cell in cells)
    return taken if len(named) > 1 else []


def as_cell(chunk: Sequence[Word], column: int) -> Cell:
    """Return a chunk as a cell of its own column."""
    return Cell(tuple(chunk), column)


def is_tail(line: Sequence[Word], above: Sequence[Word]) -> bool:
    """Return whether a line goes on with one of the cells right above it."""
    size = max(word.size for word in line)
    near = 0 < line[0].baseline - above[0].baseline <= LOOSE_LEADING * size
    starts = any(abs(chunk[0].left - line[0].left) < 0.3 * size for chunk in find_chunks(above))
    return near and starts and not NOTE.match(text_of(line))
