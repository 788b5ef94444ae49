"""Tables on a sheet: found by the empty rows and columns between them, each with its title lines and header."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from strategybot.reading.blocks import Block
from strategybot.reading.grids import Cell, fill_grid, table_blocks
from strategybot.reading.sheet_cells import Value

YEAR = re.compile(r"(?:19|20)\d\d(?:[/-]\d{2,4})?")
FULL = 0.7
EMPTY = Value("")
NOTE = re.compile(r"(?:source|notes?|key)\b|[*†‡(\[]", re.I)
NOTE_CHARS = 40
HEADER_ROWS = 6
LONGEST_HEADER = 120
Rows = Mapping[int, Mapping[int, Value]]
Line = tuple[int, Mapping[int, Value]]
Lines = tuple[Line, ...]
Spans = Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of a sheet with something in each of its rows: the rows, and its first and last column."""

    rows: Lines
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Parts:
    """A region taken apart: the rows above its table, how many header rows that has, its rows, and those below."""

    above: Lines
    headers: int
    table: Lines
    below: Lines


def sheet_blocks(rows: Rows, spans: Spans, page: int | None) -> Iterator[Block]:
    """Yield title lines, table rows and notes of a sheet in order.

    Args:
        rows: Values by row and column; merged cells over several rows already stand in each of them.
        spans: How many columns the cell at a row and column covers, if more than one.
        page: Number of the sheet.
    """
    names: list[Cell] = []
    last: Region | None = None
    for region in _regions(rows):
        parts = _take_apart(region, spans)
        yield from (_line(row, page) for _, row in parts.above)
        cells = [_cells(region, row, number, spans) for number, row in parts.table]
        headers = parts.headers
        if headers:
            names, last = _names(cells[:headers], region), region
        elif names and not parts.above and last and (last.left, last.right) == (region.left, region.right):
            cells, headers = [names, *cells], 1
        yield from table_blocks(fill_grid(cells), headers, page)
        yield from (_line(row, page) for _, row in parts.below)


def _names(cells: Sequence[Sequence[Cell]], region: Region) -> list[Cell]:
    """Return a header of one row for the parts of a table that go on below an empty row."""
    grid = fill_grid(cells)
    width = region.right - region.left + 1
    return [
        Cell(" ".join(dict.fromkeys(row[n].text for row in grid if n < len(row) and row[n].text))) for n in range(width)
    ]


def _regions(rows: Rows) -> Iterator[Region]:
    """Split a sheet at its empty rows, and each part at its empty columns unless it goes on with the table above."""
    above: Region | None = None
    for part in _row_parts(rows):
        if above and _goes_on(part, above):
            regions = [Region(tuple(part), above.left, above.right)]
        else:
            regions = list(_beside(part))
        yield from regions
        if regions[0].right > regions[0].left:
            above = regions[0] if len(regions) == 1 else None


def _row_parts(rows: Rows) -> Iterator[list[Line]]:
    part: list[Line] = []
    for number in sorted(rows):
        if part and number > part[-1][0] + 1:
            yield part
            part = []
        part.append((number, rows[number]))
    if part:
        yield part


def _goes_on(part: Sequence[Line], above: Region) -> bool:
    """Tell whether rows below an empty one, such as a total, belong to the table above: within it, with numbers."""
    first = part[0][1]
    within = all(above.left <= column <= above.right for _, row in part for column in row)
    return within and len(first) > 1 and any(value.number for value in first.values())


def _beside(part: Sequence[Line]) -> Iterator[Region]:
    wide = [row for _, row in part if len(row) > 1] or [row for _, row in part]
    columns = sorted({column for row in wide for column in row})
    starts = [n for n, column in enumerate(columns) if n == 0 or column > columns[n - 1] + 1]
    edges = [(columns[a], columns[b - 1]) for a, b in zip(starts, [*starts[1:], len(columns)], strict=True)]
    for n, (left, right) in enumerate(edges):
        first, last = (1 if n == 0 else left), (edges[n + 1][0] - 1 if n + 1 < len(edges) else max(columns[-1], right))
        inside = tuple(
            (number, kept)
            for number, row in part
            if (kept := {c: v for c, v in row.items() if first <= c <= last or (n == len(edges) - 1 and c > last)})
        )
        if inside:
            low = min(c for _, row in inside for c in row)
            high = max(c for _, row in inside for c in row)
            yield Region(inside, min(low, left), max(high, right))


def _take_apart(region: Region, spans: Spans) -> Parts:
    """Tell a region's title lines, table and notes apart."""
    rows = list(region.rows)
    widths = sorted(len(row) for _, row in rows)
    if widths[-1] == 1:
        return Parts(region.rows, 0, (), ())
    start = _header_row(region, widths[-2:][0])  # one row alone may have cells too many
    first = 0 if start is None else start
    while first > 0 and any((rows[first - 1][0], column) in spans for column in rows[first - 1][1]):
        first -= 1
    while first < len(rows) and len(rows[first][1]) == 1:
        first += 1
    end = len(rows)
    while end > first + 1 and _is_note(rows[end - 1][1], region):
        end -= 1
    headers = 0 if start is None else max(start - first + 1, 0)
    return Parts(tuple(rows[:first]), headers, tuple(rows[first:end]), tuple(rows[end:]))


def _header_row(region: Region, fullest: int) -> int | None:
    """Return the first full row near the top if it reads as a header, None if it does not."""
    rows = [row for _, row in region.rows]
    for n, row in enumerate(rows[:-1][:HEADER_ROWS]):
        if len(row) < max(2, FULL * fullest):
            continue
        words = all(not value.number or YEAR.fullmatch(value.text) for value in row.values())
        short = all(len(value.text) <= LONGEST_HEADER for value in row.values())
        return (
            n
            if words and short and not _is_list_of_facts(rows[n:], region) and _starts_columns(row, rows[n + 1 :])
            else None
        )
    return None


def _starts_columns(row: Mapping[int, Value], below: Sequence[Mapping[int, Value]]) -> bool:
    """Tell whether a row has words that are no number, and years only above what are not all years."""
    years = [column for column, value in row.items() if value.number]
    return len(years) < len(row) and not any(
        all(YEAR.fullmatch(other[column].text) for other in below if column in other) for column in years
    )


def _is_list_of_facts(rows: Sequence[Mapping[int, Value]], region: Region) -> bool:
    """Tell whether rows are names and values side by side, so that the first is no header."""
    if region.right - region.left != 1:
        return False
    labels = [row[region.left] for row in rows if region.left in row]
    values = [row[region.right] for row in rows if region.right in row]
    apart = all(label.strong for label in labels) and not any(value.strong for value in values)
    return apart or sum(label.text.endswith(":") for label in labels) > len(labels) / 2


def _is_note(row: Mapping[int, Value], region: Region) -> bool:
    if list(row) != [region.left]:
        return False
    text = row[region.left].text
    return len(text) > NOTE_CHARS or bool(NOTE.match(text))


def _cells(region: Region, row: Mapping[int, Value], number: int, spans: Spans) -> list[Cell]:
    cells = []
    column = region.left
    while column <= region.right:
        wide = min(spans.get((number, column), 1), region.right - column + 1)
        cells.append(Cell(row.get(column, EMPTY).text, wide))
        column += wide
    return cells


def _line(row: Mapping[int, Value], page: int | None) -> Block:
    text = "; ".join(value.text for _, value in sorted(row.items()))
    return Block("paragraph" if len(row) == 1 else "table-row", text, page=page)
