"""Reading order: bands and columns of a page, panels read as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from strategybot.reading.pdf.geometry import Area, Panel
from strategybot.reading.pdf.lines import Line, merge_lines
from strategybot.reading.pdf.markers import find_marker
from strategybot.reading.pdf.spans import join

NARROWEST_GUTTER = 7.0  # points
WIDEST_SPACE = 3.5  # of the font size, within one line
SURELY = 4  # lines of one side of a gutter that are more than chance
WIDE_GUTTER = 2.5  # of the font size
OTHER_SIZE = 1.25
LONGEST_MARKER = 9  # such as "12.10.3."
BALANCED = 6.0  # of the font size
FULL = 0.6  # share of a page's characters above which a panel is the page's background
TALL_CAP = 1.7  # sizes of the text that a dropped initial is at least high


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


def prepare(items: Sequence[Item], panels: Sequence[Panel]) -> list[Item]:
    """Return a page's items with markers and initials joined to their text, and what panels hold put into boxes."""
    return _box_panels(join_initials(join_markers(items)), panels)


def find_gutters(items: Sequence[Item]) -> tuple[Gutter, ...]:
    """Return the gutters of a prepared page that are beyond doubt, for short columns on pages near it."""
    groups = [(group, _gutters(group)) for group in _groups(items)]
    return tuple(gutter for group, gutters in groups if _is_surely_set(group, gutters) for gutter in gutters)


def lay_out(items: Sequence[Item], known: Sequence[Gutter]) -> tuple[Column, ...]:
    """Return the columns of a prepared page in reading order; ``known`` are gutters of the pages near it."""
    return tuple(_columns(items, known))


def join_markers(items: Sequence[Item]) -> list[Item]:
    """Put list markers and section numbers, which stand apart, together with the text that they belong to."""
    lines = [item for item in items if isinstance(item, Line)]
    taken: set[int] = set()
    joined: dict[int, Line] = {}
    for line in lines:
        marker = find_marker(line.text + " x")
        if marker is None or len(line.text) > LONGEST_MARKER:
            continue
        partners = [other for other in lines if _is_marked_by(other, line, numbered=marker.numbered)]
        partner = min(partners, key=lambda other: other.left, default=None)
        if partner is not None and id(partner) not in taken and id(partner) not in joined:
            joined[id(partner)] = merge_lines([line, partner])
            taken.add(id(line))
    return [joined.get(id(item), item) if isinstance(item, Line) else item for item in items if id(item) not in taken]


def _is_marked_by(line: Line, marker: Line, *, numbered: bool) -> bool:
    """Say whether a line stands beside a marker, close by; a number has the size of its text."""
    level = abs(line.baseline - marker.baseline) < 0.35 * max(line.size, marker.size)
    beside = line.left > marker.left and line.left - marker.right < (4 if numbered else 5) * line.size
    alike = not numbered or (abs(line.size - marker.size) < 0.1 * line.size and line.italic == marker.italic)
    return line is not marker and level and beside and alike


def join_initials(items: Sequence[Item]) -> list[Item]:
    """Put a large initial that hangs over several lines together with the first of them."""
    lines = [item for item in items if isinstance(item, Line)]
    found: dict[int, Line | None] = {}
    for initial in lines:
        if len(initial.text) != 1 or not initial.text.isalpha():
            continue
        beside = [
            line
            for line in lines
            if TALL_CAP * line.size < initial.size
            and -0.2 * line.size < line.left - initial.right < 1.2 * line.size
            and initial.top <= line.baseline <= initial.baseline + line.size
        ]
        if len(beside) > 1:
            first = min(beside, key=lambda line: line.baseline)
            found[id(initial)] = None
            found[id(first)] = _with_initial(initial, first)
    return [kept for item in items if (kept := found.get(id(item), item)) is not None]


def _with_initial(initial: Line, line: Line) -> Line:
    return replace(line, span=join([initial.span, line.span]), raised=tuple((a + 1, b + 1) for a, b in line.raised))


def _box_panels(items: Sequence[Item], panels: Sequence[Panel]) -> list[Item]:
    """Return items with those of each panel put into a box, outermost panels only."""
    left = list(items)
    whole = sum(_weight(item) for item in items)
    for panel in sorted(panels, key=lambda p: -(p.right - p.left) * (p.bottom - p.top)):
        inside = [item for item in left if _holds(panel, item)]
        count = sum(_weight(item) for item in inside)
        baselines = {round(item.baseline) for item in inside if isinstance(item, Line)}
        if len(baselines) < 2 or count > FULL * whole or _crosses(panel, left):  # noqa: PLR2004  # a band with one line is no panel
            continue
        smaller = [p for p in panels if p is not panel and _within(p, panel)]
        columns = tuple(_columns(_box_panels(inside, smaller)))
        inner = {id(item) for item in inside}
        left = [item for item in left if id(item) not in inner]
        left.append(Box(panel.left, panel.top, panel.right, panel.bottom, columns))
    return left


def _weight(item: Item) -> int:
    if isinstance(item, Line):
        return len(item.text)
    return sum(_weight(inner) for column in item.columns for inner in column.items)


def _holds(panel: Area, item: Item) -> bool:
    middle = (item.top + item.bottom) / 2
    return panel.left - 2 <= item.left and item.right <= panel.right + 2 and panel.top <= middle <= panel.bottom


def _crosses(panel: Area, items: Sequence[Item]) -> bool:
    """Say whether a line runs over a panel's side, so that the panel is no frame of text."""
    return any(
        panel.top < (item.top + item.bottom) / 2 < panel.bottom
        and (item.left < panel.left - 2 < item.right - 2 or item.left + 2 < panel.right + 2 < item.right)
        for item in items
    )


def _within(inner: Area, outer: Area) -> bool:
    return (
        outer.left - 1 <= inner.left
        and inner.right <= outer.right + 1
        and outer.top - 1 <= inner.top
        and inner.bottom <= outer.bottom + 1
        and (inner.right - inner.left) * (inner.bottom - inner.top)
        < 0.98 * (outer.right - outer.left) * (outer.bottom - outer.top)
    )


def _columns(items: Sequence[Item], known: Sequence[Gutter] = ()) -> list[Column]:
    """Return items in reading order, column by column, by cutting the page into bands and the bands into columns.

    ``known`` are gutters of the region around; shorter columns than usual are believed if theirs is one of these.
    """
    found: list[Column] = []
    groups = [(group, _gutters(group)) for group in _groups(items)]
    sure = [*known, *(gutter for group, gutters in groups if _is_surely_set(group, gutters) for gutter in gutters)]
    for group, gutters in groups:
        if gutters and _is_set_in_columns(group, gutters, sure):
            for part in _split(group, gutters):
                found.extend(_columns(part, sure))
        else:
            column = _column(group)
            if found and _goes_on(found[-1], column):
                column = Column(*_around([found[-1], column]), items=(*found.pop().items, *column.items))
            found.append(column)
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
    if not gutters or _gutters(above):
        return
    sizes = sorted(item.size for item in below if isinstance(item, Line))
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
        return bool(_gutters(band)) and not _gutters([*group, *band])
    if not _gutters([*group, *band]):
        return True
    if not _is_headline(group, band):
        return False
    return (bool(below) and bool(_gutters([*band, *below[0]]))) or _is_balanced(group, gutters, band[0])


def _is_headline(group: Sequence[Item], band: Sequence[Item]) -> bool:
    """Say whether a band is one large line over columns that start anew below it."""
    lines = [item for item in group if isinstance(item, Line)]
    if len(band) != 1 or not isinstance(band[0], Line) or not lines:
        return False
    room = _extent(band[0])[0] - max(_extent(item)[1] for item in group)
    if band[0].left > min(line.left for line in lines) + band[0].size or room < 0.5 * band[0].size:
        return False
    sizes = sorted(line.size for line in lines)
    return band[0].size > 1.15 * sizes[len(sizes) // 2]


def _is_balanced(group: Sequence[Item], gutters: Sequence[Gutter], headline: Item) -> bool:
    """Say whether all columns end above a headline within a few lines, as they do where a new section begins."""
    bottoms = [max(_extent(item)[1] for item in part) for part in _split(group, gutters)]
    size = min(item.size for item in group if isinstance(item, Line))
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
