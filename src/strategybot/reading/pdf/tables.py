"""Tables of a PDF page, by where words stand and what is drawn around them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from strategybot.reading.pdf.borderless import find_borderless, is_contents, is_list
from strategybot.reading.pdf.geometry import Page, Word
from strategybot.reading.pdf.grid import CAPTION, LEADING, NOTE, Grid, Row, goes_on, median, text_of
from strategybot.reading.pdf.headers import count_header, join_header
from strategybot.reading.pdf.ruled import find_ruled

LONG_NOTE = 12
"""A row of one cell over all columns with this many words is a note, not a title of the rows below."""
FEW_WORDS = 4
LONG_TITLE = 12
LONG_CELL = 40
LONG_COLUMN = 120
"""Words: more than a name has, than a column's title has, than most cells have, than two cells of one row have."""
NEAR = 6.0
"""Columns of a table that goes on overleaf begin or end within this many points of those above."""


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
    grids = find_ruled(page, keep_ruled)
    taken = {id(word) for grid in grids for row in grid.rows for word in row.words}
    free = [word for word in page.words if id(word) not in taken]
    grids += [trimmed for grid in find_borderless(page, free) if (trimmed := trim(grid))]
    return tuple(as_table(grid) for grid in sorted(grids, key=lambda grid: (grid.top, grid.left)))


def keep_ruled(grid: Grid) -> Grid | None:
    """Return a drawn grid without caption and notes; None if it holds no table."""
    trimmed = trim(grid)
    return trimmed if trimmed and is_ruled_table(trimmed) else None


def trim(grid: Grid) -> Grid | None:
    """Leave out a caption above the header and notes below the last row; None if nothing stays."""
    rows = list(grid.rows)
    while len(rows) > 2 and is_spanning(rows[0], grid):  # noqa: PLR2004 - a header and a row at least
        tail = rows[1]
        wrapped = tail.lines[0].baseline - rows[0].lines[-1].baseline <= LEADING * tail.lines[0].size
        rows = rows[2:] if wrapped and [cell.column for cell in tail.cells] == [0] else rows[1:]
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
    rows = [{cell.column: text_of(cell.words) for cell in row.cells} for row in grid.rows]
    texts = [text for row in rows for text in row.values()]
    lengths = [[len(row[c].split()) for row in rows if c in row] for c in range(len(grid.columns))]
    untitled = max(len(text.split()) for text in rows[0].values()) > LONG_TITLE
    return (
        sum(goes_on(text) and len(text.split()) > FEW_WORDS for text in texts) > 0.3 * len(texts)
        or (untitled and min(median(column) for column in lengths) > LONG_TITLE)
        or sum(len(text.split()) > LONG_CELL for text in texts) > len(rows) * len(grid.columns) / 2
        or any(sum(len(text.split()) > LONG_COLUMN for text in row.values()) > 1 for row in rows)
    )


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
    """Return whether a table that begins a page or column of text goes on with the last one before.

    Both have the same columns, as far from their left edges, and the second has the same header or none.
    """
    if len(first.columns) != len(second.columns):
        return False
    shift = second.left - first.left
    places = zip(first.columns, second.columns, strict=True)
    same = all(min(abs(a[0] + shift - b[0]), abs(a[1] + shift - b[1])) <= NEAR for a, b in places)
    return same and (not second.header or names(first) == names(second))


def names(table: Table) -> Sequence[str]:
    """Return the names of a table's columns without regard to case."""
    return [text_of(words).casefold() for words in table.header]
