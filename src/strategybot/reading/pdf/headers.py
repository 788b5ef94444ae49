"""Header rows: which rows of a grid name its columns, and what each column's name is."""

import re
from collections.abc import Sequence

from strategybot.reading.pdf.geometry import Word
from strategybot.reading.pdf.grid import Cell, Grid, Row, is_figure, text_of

MOST_ROWS = 3
NUMERIC = 0.6
"""A column of which this share of the filled cells are figures is a column of figures."""
PERIOD = re.compile(
    r"(Q[1-4]\s*)?(FY\s*)?(19|20)\d\d(\s*[/–-]\s*(\d\d){1,2})?|[A-Z][a-z]{2,8}[ -](\d\d){1,2}|Q[1-4]|\d"
)
FEW_WORDS = 5


def count_header(grid: Grid) -> int:
    """Return how many of the first rows are the header; 0 of a table without one, or of fewer than two rows."""
    rows = grid.rows
    if len(rows) < 2:  # noqa: PLR2004 - a header alone heads nothing
        return 0
    spanned = any(cell.span > 1 for cell in rows[0].cells) and len(rows[0].cells) > 1
    count = 0
    while count < min(MOST_ROWS, len(rows) - 1) and is_set_apart(rows, count):
        count += 1
    count = count or count_ruled_off(rows) or int(is_title_row(grid))
    if count == 1 and spanned and len(rows) > 2 and names_columns(grid, rows[1]):  # noqa: PLR2004 - and one below
        count = 2
    return count


def is_set_apart(rows: Sequence[Row], index: int) -> bool:
    """Return whether a row looks unlike most of the rows below: bold, on a fill, or in another colour or size."""
    row, below = rows[index], rows[index + 1 :]
    if len(row.cells) < 2 or (index and len(row.cells) < len(rows[index - 1].cells) / 2):  # noqa: PLR2004
        return False
    looks = [look(other) for other in below]
    same_fill = sum(other.fill == row.fill for other in below)
    if row.fill is not None and same_fill <= len(below) * 0.25 and not is_zebra(rows, index):
        return True
    mine = look(row)
    return mine is not None and mine[0] and looks.count(mine) <= len(below) * 0.4


def count_ruled_off(rows: Sequence[Row]) -> int:
    """Return how many first rows a rule parts from the rest that has none, or thinner ones, between its rows."""
    for count in range(1, min(MOST_ROWS, len(rows) - 2) + 1):
        line = rows[count].above
        thinner = sum(row.above <= line / 1.5 for row in rows[count + 1 :])
        if line and thinner >= 0.75 * len(rows[count + 1 :]) and len(rows[0].cells) > 1:
            return count
    return 0


def is_zebra(rows: Sequence[Row], index: int) -> bool:
    """Return whether every second row from this one on has its fill."""
    every_second = [row.fill for row in rows[index::2]]
    return len(every_second) > 1 and all(fill == rows[index].fill for fill in every_second)


def look(row: Row) -> tuple[bool, tuple[int, int, int], float] | None:
    """Return (distinct, colour, size) of a row whose words all look alike; None of a mixed one.

    Bold words of any colour and size are alike.
    """
    words = [word for word in row.words if not word.raised]
    first = words[0]
    if all(word.bold for word in words):
        return True, first.color, round(first.size, 1)
    alike = all(word.color == first.color and word.bold == first.bold and word.italic == first.italic for word in words)
    return (False, first.color, round(first.size, 1)) if alike else None


def is_title_row(grid: Grid) -> bool:
    """Return whether the words of the first row name columns, though nothing sets it apart."""
    first, below = grid.rows[0], grid.rows[1:]
    cells = {cell.column: text_of(cell.words) for cell in first.cells}
    if len(cells) < 2 or any(len(text.split()) > FEW_WORDS for text in cells.values()):  # noqa: PLR2004
        return False
    figures = figure_columns(grid, below)
    named = [text for column, text in cells.items() if column in figures]
    if named:
        return all(not is_figure(text) or is_period(text, column_texts(below, c)) for c, text in cells.items())
    width = len(grid.columns)
    return grid.drawn and width > 2 and len(cells) == width and not any(is_figure(text) for text in cells.values())  # noqa: PLR2004


def is_period(text: str, below: Sequence[str]) -> bool:
    """Return whether a figure is a year, quarter or month that the column's own cells are not."""
    return bool(PERIOD.fullmatch(text)) and not any(PERIOD.fullmatch(other) and len(other) > 1 for other in below)


def column_texts(rows: Sequence[Row], column: int) -> list[str]:
    """Return the texts of a column's filled cells."""
    return [text_of(cell.words) for row in rows for cell in row.cells if cell.column == column]


def figure_columns(grid: Grid, rows: Sequence[Row]) -> set[int]:
    """Return the columns that hold figures for the most part."""
    found = set()
    for column in range(len(grid.columns)):
        texts = column_texts(rows, column)
        if texts and sum(is_figure(text) for text in texts) >= NUMERIC * len(texts):
            found.add(column)
    return found


def names_columns(grid: Grid, row: Row) -> bool:
    """Return whether a row below spanning titles names the columns under them."""
    figures = figure_columns(grid, grid.rows[2:])
    return all(
        not is_figure(text_of(cell.words)) or is_period(text_of(cell.words), column_texts(grid.rows[2:], cell.column))
        for cell in row.cells
        if cell.column in figures
    )


def join_header(grid: Grid, count: int) -> tuple[tuple[Word, ...], ...]:
    """Return each column's name: the words above it in all header rows, a spanning title's before its own."""
    if not count:
        return ()
    names: list[list[Word]] = [[] for _ in grid.columns]
    lines = [line for row in grid.rows[:count] for line in row.lines]
    for number, line in enumerate(lines):
        below = max((other.cells for other in lines[number + 1 :]), key=len, default=())
        periods = repeated_under(line.cells, below)
        for cell in line.cells:
            for column in periods.get(cell.column) or covered(cell, grid, line.cells):
                names[column] += [word for word in cell.words if word not in names[column]]
    return tuple(tuple(name) for name in names)


def repeated_under(titles: Sequence[Cell], below: Sequence[Cell]) -> dict[int, range]:
    """Return which columns each title is over where the names below repeat under each of them; empty if not.

    ``2022 2023`` over ``Plan Result Plan Result``: each is over two columns, wherever over them it stands.
    """
    texts = [text_of(cell.words) for cell in below]
    for first in (0, 1):
        names = texts[first:]
        over = [title for title in titles if title.column >= below[first].column] if len(below) > first else []
        width = len(names) // len(over) if len(over) > 1 else 0
        fits = width > 1 and len(names) == width * len(over) and names == names[:width] * len(over)
        start = below[first].column if fits else 0
        if fits and all(start + i * width <= over[i].column < start + (i + 1) * width for i in range(len(over))):
            return {title.column: range(start + i * width, start + (i + 1) * width) for i, title in enumerate(over)}
    return {}


def covered(cell: Cell, grid: Grid, beside: Sequence[Cell]) -> range:
    """Return the columns that a header's cell stands over.

    A title set in the middle over several columns may be narrower than they are: it is over those that its
    middle is the middle of, as far as the next titles.
    """
    first, last = cell.column, cell.column + cell.span
    if cell.span > 1 or not cell.words:
        return range(first, last)
    taken = {
        column for other in beside if other is not cell for column in range(other.column, other.column + other.span)
    }
    middle = (cell.words[0].left + cell.words[-1].right) / 2
    low = first
    while low - 1 >= 0 and low - 1 not in taken:
        low -= 1
    high = last
    while high < len(grid.columns) and high not in taken:
        high += 1
    for start in range(low, first + 1):
        for end in range(high, last - 1, -1):
            centre = (grid.columns[start][0] + grid.columns[end - 1][1]) / 2
            crosses = cell.words[0].left > grid.columns[first][1] or cell.words[-1].right < grid.columns[first][0]
            if end - start > 1 and abs(centre - middle) < cell.words[0].size and crosses:
                return range(start, end)
    return range(first, last)
