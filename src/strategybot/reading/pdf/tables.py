"""Tables of a PDF page, by where words stand and what is drawn around them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from strategybot.reading.pdf.borderless import find_borderless, is_contents, is_list
from strategybot.reading.pdf.geometry import Page, Word
from strategybot.reading.pdf.grid import Grid, Row, goes_on, text_of
from strategybot.reading.pdf.headers import count_header, join_header
from strategybot.reading.pdf.ruled import CAPTION, LEADING, NOTE, find_ruled

LONG_NOTE = 12
LONG_CELL = 40
LONG_COLUMN = 120
NEAR = 6.0
"""Columns of a table that goes on overleaf begin and end within this many points of those above."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: words by row and column (points, origin top left).

    Attributes:
        header: The words of each column's name, from several header rows if it has them; empty without a header.
        rows: Rows, cells from left to right, words in reading order. A cell over several columns is given to the
            first of them, one over several rows to each of these.
        columns: Left and right of each column.
    """

    left: float
    top: float
    right: float
    bottom: float
    header: tuple[tuple[Word, ...], ...]
    rows: tuple[tuple[tuple[Word, ...], ...], ...]
    columns: tuple[tuple[float, float], ...]


def find_tables(page: Page) -> tuple[Table, ...]:
    """Return the tables of a page from top to bottom; none in doubt."""
    grids = [trimmed for grid in find_ruled(page) if (trimmed := trim(grid)) and is_ruled_table(trimmed)]
    taken = {word for grid in grids for row in grid.rows for word in row.words}
    free = [word for word in page.words if word not in taken]
    grids += [trimmed for grid in find_borderless(page, free) if (trimmed := trim(grid))]
    return tuple(as_table(grid) for grid in sorted(grids, key=lambda grid: (grid.top, grid.left)))


def trim(grid: Grid) -> Grid | None:
    """Leave out a caption above the header and notes below the last row; None if nothing stays."""
    rows = list(grid.rows)
    while len(rows) > 1 and is_spanning(rows[0], grid):
        tail = rows[1]
        wrapped = tail.lines[0].baseline - rows[0].lines[-1].baseline <= LEADING * tail.lines[0].size
        rows = rows[2:] if wrapped and len(rows) > 2 and [cell.column for cell in tail.cells] == [0] else rows[1:]
    while len(rows) > 1 and is_note(rows[-1], grid):
        rows = rows[:-1]
    if not any(row.words for row in rows):
        return None
    if len(rows) == len(grid.rows):
        return grid
    words = [word for row in rows for word in row.words]
    top = min(word.top for word in words) if rows[0] is not grid.rows[0] else grid.top
    bottom = max(word.bottom for word in words) if rows[-1] is not grid.rows[-1] else grid.bottom
    return replace(grid, top=top, bottom=bottom, rows=tuple(rows))


def is_spanning(row: Row, grid: Grid) -> bool:
    """Return whether a row is one cell over all columns, or a caption."""
    if len(row.cells) != 1:
        return False
    cell = row.cells[0]
    whole = cell.span == len(grid.columns) or (not cell.column and cell.words[-1].right > grid.columns[0][1])
    return whole or bool(CAPTION.match(text_of(cell.words)))


def is_note(row: Row, grid: Grid) -> bool:
    """Return whether a row is one cell with a source or a note."""
    text = text_of(row.words)
    return len(row.cells) == 1 and (
        bool(NOTE.match(text)) or (is_spanning(row, grid) and len(text.split()) >= LONG_NOTE)
    )


def is_ruled_table(grid: Grid) -> bool:
    """Return whether a drawn grid holds a table: rows and columns that are filled, not paragraphs side by side."""
    columns = {cell.column for row in grid.rows for cell in row.cells}
    full = [row for row in grid.rows if len(row.cells) > 1]
    if len(columns) < 2 or len(full) < 2:  # noqa: PLR2004 - one column or row is a list or a panel
        return False
    if grid.parted:
        return True
    return not is_contents(grid) and not is_list(grid, grid.rows) and not is_set_in_columns(grid)


def is_set_in_columns(grid: Grid) -> bool:
    """Return whether what stands between rules is running text in columns, not cells."""
    texts = [text_of(cell.words) for row in grid.rows for cell in row.cells]
    long = [len(text.split()) > LONG_CELL for text in texts]
    columns = any(sum(len(cell.words) > LONG_COLUMN for cell in row.cells) > 1 for row in grid.rows)
    return columns or sum(map(goes_on, texts)) > 0.3 * len(texts) or sum(long) > len(grid.rows) * len(grid.columns) / 2


def as_table(grid: Grid) -> Table:
    """Return the table that a grid's rows make, its header apart."""
    count = count_header(grid)
    rows = tuple(cells_of(row, len(grid.columns)) for row in grid.rows[count:])
    header = join_header(grid, count)
    return Table(grid.left, grid.top, grid.right, grid.bottom, header, rows, grid.columns)


def cells_of(row: Row, width: int) -> tuple[tuple[Word, ...], ...]:
    """Return the words of a row's cells, one entry for each of ``width`` columns."""
    words = {cell.column: cell.words for cell in row.cells}
    return tuple(words.get(column, ()) for column in range(width))


def continues(first: Table, second: Table) -> bool:
    """Return whether a table that begins a page goes on with the last one of the page before.

    Both have the same columns at nearly the same places, and the second the same header or none.
    """
    if len(first.columns) != len(second.columns):
        return False
    same_places = all(
        overlap(a, b) > 0 and (abs(a[0] - b[0]) <= NEAR or abs(a[1] - b[1]) <= NEAR)
        for a, b in zip(first.columns, second.columns, strict=True)
    )
    return same_places and (not second.header or names(first) == names(second))


def overlap(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the length that two spans share; negative if they are apart."""
    return min(a[1], b[1]) - max(a[0], b[0])


def names(table: Table) -> Sequence[str]:
    """Return the names of a table's columns without regard to case."""
    return [text_of(words).casefold() for words in table.header]
