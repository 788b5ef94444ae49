"""Open ends: the rows of a table above its first rule and below its last one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from strategybot.reading.pdf.columns import LOOSE_LEADING
from strategybot.reading.pdf.geometry import Word
from strategybot.reading.pdf.grid import CAPTION, LEADING, NOTE, SAME_LINE, WIDE_GAP, find_chunks, find_lines, text_of
from strategybot.reading.pdf.region import Region, middle
from strategybot.reading.pdf.strokes import Frame

TALLEST_GAP = 2.5
"""Unruled rows further apart than this many font sizes are not of one table."""
MOST_WAITING = 8
"""Lines of one cell before the others of its row begin, set in the middle or at the bottom."""
MOST_LOOSE = 3
WIDE_LINE = 0.6
"""A line of more than this share of the table's width that begins no cell but the first is text around the table."""
FARTHEST = 300.0
"""No header or row above the first rule stands further from it, in points."""
WHITISH = 200
MOST_WORDS = 4
"""A cell over two columns, such as a total's name, has no more words than that in a line."""
FEWEST_NAMES = 3
"""Fewer words left of a shaded table stand in line with one another by chance."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far rows are looked for from an edge (height on the page): points, and lines of several cells."""

    edge: float
    far: float = 10_000.0
    most: int = 1_000

    def is_beyond(self, line: Sequence[Word], region: Region) -> bool:
        """Return whether a line is too far away, wider than the region, or runs over its columns."""
        far = abs(middle(line) - self.edge) > self.far
        return far or is_outside(line, region.frame) or runs_over(line, region)


def grow(region: Region, words: Sequence[Word]) -> tuple[float, float]:
    """Return top and bottom of a region with the unruled rows right above and below it.

    Args:
        region: With its columns, if they are known.
        words: All free words of the page.
    """
    frame, levels = region.frame, region.levels
    first, last = levels[0].at, levels[-1].at
    beside = [word for word in words if word.right > frame.left and word.left < frame.right]
    above = find_lines(word for word in beside if first - FARTHEST < (word.top + word.bottom) / 2 <= first)[::-1]
    below = find_lines(word for word in beside if (word.top + word.bottom) / 2 >= last)
    soft = not levels[0].weight and not levels[-1].weight
    tallest = max((b.at - a.at for a, b in pairwise(levels)), default=0.0)
    added: list[Sequence[Word]] = []
    if not is_header_band(region):
        added = find_rows(above, region, Reach(first, 2.2 * tallest)) if soft else find_header(above, region)
    # A header between two rules, or on one, has its rows below; a table of more may lack its last rule.
    closed = len(levels) > 2 and not is_all_header(region)  # noqa: PLR2004 - two rules around a header
    reach = Reach(last, tallest, int(soft or len(levels) > 3)) if closed else Reach(last)  # noqa: PLR2004
    added += find_rows(below, region, reach)
    ends = [word for line in added for word in line]
    return min([first, *(word.top for word in ends)]), max([last, *(word.bottom for word in ends)])


def is_header_band(region: Region) -> bool:
    """Return whether the first strip is filled and its words bold or pale, so that no row stands above it."""
    first, second = region.levels[0].at, region.levels[:2][-1].at
    words = [word for word in region.words if first < (word.top + word.bottom) / 2 < second]
    return bool(words) and are_strong(words) and region.fill(first, second) is not None


def is_all_header(region: Region) -> bool:
    """Return whether all strips are filled and have bold or pale words: a title and a header, or a header of two."""
    fills = [region.fill(above.at, below.at) for above, below in pairwise(region.levels)]
    return None not in fills and are_strong(region.words)


def are_strong(words: Sequence[Word]) -> bool:
    """Return whether all words are bold or of a pale colour."""
    return all(word.bold or min(word.color) > WHITISH for word in words)


def find_rows(lines: Sequence[Sequence[Word]], region: Region, reach: Reach) -> list[Sequence[Word]]:
    """Return the lines next to an edge that look like rows, given the lines from the edge on."""
    taken: list[Sequence[Word]] = []
    waiting: list[Sequence[Word]] = []
    full, edge = 0, reach.edge
    starts = {round(chunk[0].left) for row in find_lines(region.words) for chunk in find_chunks(row)[1:]}
    for line in lines:
        size, several = max(word.size for word in line), len(region.cells(line)) > 1
        near = bool(taken) and abs(line[0].baseline - taken[-1][0].baseline) <= LEADING * size
        spent = several and not near and full >= reach.most
        if spent or abs(middle(line) - edge) > TALLEST_GAP * size or reach.is_beyond(line, region):
            break
        edge = middle(line)
        alone = not several and not waiting and bool(taken)
        tail = alone and (is_tail(line, taken[-1]) or is_owed(line, taken))
        waiting.append(line)
        if several or tail:
            taken += waiting
            waiting = []
            full += several and not near
        elif is_stray(line, waiting, starts, region):
            break
        starts.update(round(chunk[0].left) for chunk in find_chunks(line)[1:])
    return taken


def is_stray(line: Sequence[Word], waiting: Sequence[Sequence[Word]], starts: set[int], region: Region) -> bool:
    """Return whether a line of one chunk is no part of a row: it is long or one of several, and begins no cell."""
    left = round(line[0].left)
    if starts & {left - 1, left, left + 1}:
        return len(waiting) > MOST_WAITING
    width = region.frame.right - region.frame.left
    return len(waiting) > MOST_LOOSE or line[-1].right - line[0].left > WIDE_LINE * width


def is_outside(line: Sequence[Word], frame: Frame) -> bool:
    """Return whether a line reaches over a frame's sides."""
    return line[0].left < frame.left - 2 or line[-1].right > frame.right + 2


def runs_over(line: Sequence[Word], region: Region) -> bool:
    """Return whether a line has several pieces, one of them words enough for a text over two columns or more."""
    cells = region.cells(line)
    return len(cells) > 1 and any(cell.span > 1 and len(cell.words) > MOST_WORDS for cell in cells)


def find_header(lines: Sequence[Sequence[Word]], region: Region) -> list[Sequence[Word]]:
    """Return the lines of the header that stands on the first rule, given the lines from the lowest up.

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
        cells = region.cells(line)
        if (taken and line[0].bold != taken[-1][0].bold) or (cells[0].column == 0 and cells[0].span > 1):
            break
        edge = middle(line)
        taken.append(line)
        named.update(cell.column for cell in cells)
    return taken if len(named) > 1 else []


def is_tail(line: Sequence[Word], above: Sequence[Word]) -> bool:
    """Return whether a line goes on with one of the cells right above it."""
    size = max(word.size for word in line)
    near = 0 < line[0].baseline - above[0].baseline <= LOOSE_LEADING * size
    starts = any(abs(chunk[0].left - line[0].left) < 0.3 * size for chunk in find_chunks(above))
    return near and starts and not NOTE.match(text_of(line))


def is_owed(line: Sequence[Word], taken: Sequence[Sequence[Word]]) -> bool:
    """Return whether a line goes on with a long cell in whose middle the last row's other cells stand.

    Such a cell has as many lines below the others as above them, counted from the first row on.
    """
    owed = 0
    alone: list[Sequence[Word]] = []
    singles: list[Sequence[Word]] = []
    for other in taken:
        if len(find_chunks(other, WIDE_GAP)) > 1:
            owed = len(alone) - owed
            alone = []
        else:
            alone.append(other)
            singles.append(other)
    return len(alone) < owed and any(are_in_column(other, line) for other in singles)


def are_in_column(first: Sequence[Word], second: Sequence[Word]) -> bool:
    """Return whether two lines have the left end, the right end or the middle at one place."""
    left, right = second[0].left - first[0].left, second[-1].right - first[-1].right
    return min(abs(left), abs(right), abs(left + right) / 2) < 0.3 * first[0].size


def find_names(frame: Frame, words: Sequence[Word]) -> float:
    """Return where a shaded table begins whose first column, of the rows' names, has no fill; its left if it has one.

    The names begin at one place left of the fills, each on a line of the table, a third of which have one at least.
    """
    strip = [word for word in words if frame.top <= (word.top + word.bottom) / 2 <= frame.bottom]
    inside = find_lines(word for word in strip if frame.left - 1 <= word.left and word.right <= frame.right + 1)
    chunks = [find_chunks(line) for line in find_lines(word for word in strip if word.right < frame.left)]
    names = [line[-1] for line in chunks]
    rows = [line for line in inside if len(find_chunks(line)) > 1]
    if any(stroke.weight for stroke in frame.down) or len(names) < max(FEWEST_NAMES, len(rows) / 3):
        return frame.left
    starts = [name[0].left for name in names]
    aligned = max(starts) - min(starts) <= 0.3 * names[0][0].size and max(map(len, chunks)) == 1
    return min(starts) if aligned and all(_is_beside(name, inside) for name in names) else frame.left


def _is_beside(name: Sequence[Word], lines: Sequence[Sequence[Word]]) -> bool:
    """Return whether a chunk of words stands on one of the lines, or in the middle between two neighbours."""
    baselines = [line[0].baseline for line in lines]
    places = [*baselines, *((above + below) / 2 for above, below in pairwise(baselines))]
    return any(abs(name[0].baseline - place) <= SAME_LINE * name[0].size / 2 for place in places)
