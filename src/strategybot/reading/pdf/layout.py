"""Reading order: the bands of a page, and the columns of a band."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from strategybot.reading.pdf.geometry import Area
from strategybot.reading.pdf.lines import Line, merge_lines

NARROWEST_GUTTER = 7.0  # points
WIDEST_SPACE = 3.5  # of the font size, within one line
SURELY = 4  # lines of one side of a gutter that are more than chance
WIDE_GUTTER = 2.5  # of the font size
OTHER_SIZE = 1.25
BALANCED = 6.0  # of the font size
STAY = 3  # bands
OPEN = 0.6  # share of a gutter's width


@dataclass(frozen=True, slots=True)
class Box(Area):
    """A table or a panel, which the text flows around; a panel has columns, a table is known by its number."""

    columns: tuple["Column", ...] = ()
    table: int | None = None


Item = Line | Box
Gutter = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Column(Area):
    """Items of one column, from top to bottom; lines are whole."""

    items: tuple[Item, ...]


def find_gutters(items: Sequence[Item]) -> tuple[Gutter, ...]:
    """Return the gutters of a prepared page that are beyond doubt, for short columns on pages near it."""
    groups = [(group, _gutters(group)) for group in _groups(items)]
    return tuple(gutter for group, gutters in groups if _is_surely_set(group, gutters) for gutter in gutters)


def lay_out(items: Sequence[Item], known: Sequence[Gutter]) -> tuple[Column, ...]:
    """Return the columns of a prepared page in reading order; ``known`` are gutters of the pages near it."""
    return tuple(_columns(items, known))


def _columns(items: Sequence[Item], known: Sequence[Gutter] = ()) -> list[Column]:
    """Return items in reading order, column by column, by cutting the page into bands and the bands into columns.

    ``known`` are gutters of the region around; shorter columns than usual are believed if theirs is one of these.
    """
    found: list[Column] = []
    groups = [(group, _gutters(group)) for group in _groups(items)]
    sure = [*known, *(gutter for group, gutters in groups if _is_surely_set(group, gutters) for gutter in gutters)]
    single = False
    for group, gutters in groups:
        if gutters and _is_set_in_columns(group, gutters, sure):
            single = False
            for part in _split(group, gutters):
                found.extend(_columns(part, sure))
            continue
        column = _column(group)
        if single and _goes_on(found[-1], column):
            column = Column(*_around([found[-1], column]), items=(*found.pop().items, *column.items))
        found.append(column)
        single = True
    return found


def _goes_on(above: Column, below: Column) -> bool:
    """Say whether two single columns one below the other are one column."""
    return above.bottom <= below.top + 2 and above.left < below.right and below.left < above.right


def _extent(item: Item) -> tuple[float, float]:
    """Return top and bottom without the room that fonts keep above and below their letters."""
    if isinstance(item, Line):
        return item.baseline - 0.7 * item.size, item.baseline + 0.2 * item.size
    return item.top, item.bottom


def _groups(items: Sequence[Item]) -> list[list[Item]]:
    """Cut items into groups from top to bottom: each is one column, or has gutters right through."""
    groups: list[list[Item]] = []
    bands = _bands(items)
    for number, band in enumerate(bands):
        group = groups[-1] if groups else None
        if group is None or _starts_group(group, band, bands[number + 1 :]):
            groups.append(list(band))
        else:
            group.extend(band)
    for above, below in pairwise(groups):
        _move_down(above, below)
    return [group for group in groups if group]


def _move_down(above: list[Item], below: list[Item]) -> None:
    """Give the last lines of a single column to the columns below it if they are their first lines.

    Columns seldom begin at exactly the same height, so that the first lines of one stand above the others.
    """
    gutters = _gutters(below)
    sizes = sorted(item.size for item in below if isinstance(item, Line))
    if not gutters or _gutters(above) or not sizes:
        return
    for band in reversed(_bands(above)):
        top = min(_extent(item)[0] for item in below)
        near = all(isinstance(item, Line) and top - _extent(item)[1] < 0.8 * item.size for item in band)
        alike = all(isinstance(item, Line) and abs(item.size - sizes[len(sizes) // 2]) < 1 for item in band)
        if not near or not alike or not _keeps(gutters, [*below, *band]):
            return
        moved = {id(item) for item in band}
        above[:] = [item for item in above if id(item) not in moved]
        below.extend(band)


def _keeps(gutters: Sequence[Gutter], items: Sequence[Item]) -> bool:
    """Say whether items leave all the gutters open."""
    middles = [(left + right) / 2 for left, right in gutters]
    return all(not item.left < middle < item.right for item in items for middle in middles)


def _starts_group(group: Sequence[Item], band: Sequence[Item], below: Sequence[Sequence[Item]]) -> bool:
    gutters = _gutters(group)
    if not gutters:
        own = _gutters(band)
        return bool(own) and not _stays_open(own, _gutters([*group, *band]))
    if not _gutters([*group, *band]):
        return True
    if not _is_headline(group, band):
        return False
    if below and _gutters([*band, *below[0]]):
        return True
    return _is_balanced(group, gutters, band[0]) and not _stays_left(gutters, below)


def _stays_left(gutters: Sequence[Gutter], below: Sequence[Sequence[Item]]) -> bool:
    """Say whether what follows stays in the first column, which is then only longer than the others."""
    edge = gutters[0][1] - NARROWEST_GUTTER
    return bool(below) and all(item.right < edge for band in below[:STAY] for item in band)


def _stays_open(gutters: Sequence[Gutter], others: Sequence[Gutter]) -> bool:
    """Say whether one of the gutters is found among the others at most of its width."""
    shared = [(min(b, d) - max(a, c), b - a) for a, b in gutters for c, d in others]
    return any(common > OPEN * width for common, width in shared)


def _is_headline(group: Sequence[Item], band: Sequence[Item]) -> bool:
    """Say whether a band is one large line over columns that start anew below it."""
    if len(band) != 1 or not isinstance(band[0], Line):
        return False
    room = _extent(band[0])[0] - max(_extent(item)[1] for item in group)
    if band[0].left > min(item.left for item in group) + band[0].size or room < 0.5 * band[0].size:
        return False
    sizes = sorted(_sizes(group))
    return bool(sizes) and band[0].size > 1.15 * sizes[len(sizes) // 2]


def _sizes(items: Sequence[Item]) -> Iterator[float]:
    """Yield the font size of each line, those in panels too."""
    for item in items:
        if isinstance(item, Line):
            yield item.size
        else:
            for column in item.columns:
                yield from _sizes(column.items)


def _is_balanced(group: Sequence[Item], gutters: Sequence[Gutter], headline: Item) -> bool:
    """Say whether all columns end above a headline within a few lines, as they do where a new section begins."""
    bottoms = [max(_extent(item)[1] for item in part) for part in _split(group, gutters)]
    size = min(_sizes(group), default=0.0)
    return _extent(headline)[0] - min(bottoms) < BALANCED * size


def _bands(items: Sequence[Item]) -> list[list[Item]]:
    bands: list[list[Item]] = []
    reach = 0.0
    for item in sorted(items, key=lambda item: _extent(item)[0]):
        top, bottom = _extent(item)
        if bands and top < reach:
            bands[-1].append(item)
        else:
            bands.append([item])
        reach = max(reach, bottom) if bands[-1][0] is not item else bottom
    return bands


def _gutters(items: Sequence[Item]) -> list[Gutter]:
    """Return the gaps from left to right that no item reaches into."""
    found: list[Gutter] = []
    reach: float | None = None
    for item in sorted(items, key=lambda item: item.left):
        if reach is not None and item.left - reach >= NARROWEST_GUTTER:
            found.append((reach, item.left))
        reach = item.right if reach is None else max(reach, item.right)
    return found


def _heights(items: Sequence[Item], gutters: Sequence[Gutter]) -> list[int]:
    """Return how many rows of text stand in each part beside the gutters; a table or panel counts for many."""
    return [
        SURELY if any(isinstance(item, Box) for item in part) else len(_rows(part)) for part in _split(items, gutters)
    ]


def _is_surely_set(items: Sequence[Item], gutters: Sequence[Gutter]) -> bool:
    return bool(gutters) and min(_heights(items, gutters)) >= SURELY


def _is_set_in_columns(items: Sequence[Item], gutters: Sequence[Gutter], known: Sequence[Gutter]) -> bool:
    """Say whether the parts beside the gutters are columns, not pieces of single lines with wide word spaces."""
    if _is_surely_set(items, gutters):
        return True
    if any(left < (a + b) / 2 < right for left, right in gutters for a, b in known):
        return True
    size = max((item.size for item in items if isinstance(item, Line)), default=0.0)
    narrowest = min(right - left for left, right in gutters)
    return max(_heights(items, gutters)) > 1 and narrowest > WIDE_GUTTER * size


def _split(items: Sequence[Item], gutters: Sequence[Gutter]) -> list[list[Item]]:
    edges = [(left + right) / 2 for left, right in gutters]
    parts: list[list[Item]] = [[] for _ in range(len(edges) + 1)]
    for item in items:
        parts[sum(item.left > edge for edge in edges)].append(item)
    return parts


def _rows(items: Sequence[Item]) -> list[list[Line]]:
    """Return lines that share a baseline together, from top to bottom, left to right."""
    rows: list[list[Line]] = []
    for line in sorted((i for i in items if isinstance(i, Line)), key=lambda line: line.baseline):
        if rows and abs(rows[-1][0].baseline - line.baseline) < 0.3 * max(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _column(items: Sequence[Item]) -> Column:
    lines: list[Item] = [merge_lines(part) for row in _rows(items) for part in _pieces(row)]
    lines.extend(item for item in items if isinstance(item, Box))
    ordered = tuple(sorted(lines, key=lambda item: (round(_extent(item)[0]), item.left)))
    return Column(*_around(ordered), items=ordered)


def _pieces(row: Sequence[Line]) -> list[list[Line]]:
    """Cut a row where its fragments are too far apart to be one text."""
    pieces = [[row[0]]]
    for before, line in pairwise(row):
        space = line.left - before.right
        other = max(line.size, before.size) > OTHER_SIZE * min(line.size, before.size)
        if space > (1 if other else WIDEST_SPACE) * line.size:
            pieces.append([line])
        else:
            pieces[-1].append(line)
    return pieces


def _around(items: Sequence[Area]) -> tuple[float, float, float, float]:
    return (
        min(item.left for item in items),
        min(item.top for item in items),
        max(item.right for item in items),
        max(item.bottom for item in items),
    )
