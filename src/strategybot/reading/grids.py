"""Tables of any format to rows in words: merged cells filled, header rows put before the cells below them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from strategybot.reading.blocks import Block
from strategybot.reading.markdown import join_cells

NUMBER = re.compile(
    r"[\W_]*(?:[£$€]|GBP|EUR)?\s*[-–+(]?\s*\d[\d.,\s]*\s*(?:%|p|m|bn|k|million|billion)?\)?[\W_]*", re.I
)
HEADER_CHARS = 60
LONGEST_LABEL = 120
WIDEST = 1_000
LARGEST_GRID = 1_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is written once.

    Attributes:
        text: Its words.
        columns: How many columns it covers.
        rows: How many rows it covers.
        header: It looks like the name of a column.
        label: It looks like the name of what stands beside it.
        below: It is the cell above, with which it is merged.
    """

    text: str
    columns: int = 1
    rows: int = 1
    header: bool = False
    label: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of the grid: whether a cell begins here (seen along its row), and whether it began in a row above."""

    text: str
    first: bool
    header: bool
    label: bool = False
    below: bool = False


Grid = tuple[tuple[Slot, ...], ...]
EMPTY = Slot("", first=True, header=False)


def fill_grid(rows: Iterable[Sequence[Cell]]) -> Grid:
    """Lay cells out: a cell over several rows stands in each of them, one over several columns in each too.

    After a million places no cell covers more than one.
    """
    laid = 0
    waiting: dict[int, tuple[int, Slot]] = {}
    grid = []
    for cells in rows:
        room = laid < LARGEST_GRID
        line = _take_waiting(waiting) if room else {}
        column = 0
        for cell in cells:
            while column in line:
                column += 1
            width = min(cell.columns, WIDEST) if room else 1
            for n in range(width):
                slot = Slot(cell.text, n == 0, cell.header, cell.label, cell.below)
                line.setdefault(column + n, slot)
                if cell.rows > 1 and room:
                    waiting[column + n] = (cell.rows - 1, replace(slot, below=True))
            column += width
        laid += len(line)
        grid.append(tuple(line.get(n, EMPTY) for n in range(max(line, default=-1) + 1)))
    return tuple(grid)


def _take_waiting(waiting: dict[int, tuple[int, Slot]]) -> dict[int, Slot]:
    """Return what cells of rows above put into the next row, and count that row off them."""
    line = {column: slot for column, (_, slot) in waiting.items()}
    left = {column: (rows - 1, slot) for column, (rows, slot) in waiting.items() if rows > 1}
    waiting.clear()
    waiting.update(left)
    return line


def count_headers(grid: Grid) -> int:
    """Return how many first rows are headers: those marked as such, else the first if it reads like one."""
    marked = 0
    for row in grid:
        if not _is_marked(row):
            break
        marked += 1
    read = len(grid) > 1 and reads_as_header([slot.text for slot in grid[0]])
    count = marked if 0 < marked < len(grid) else int(read)
    return 2 if count == 1 and _reaches_down(grid) else count


def _reaches_down(grid: Grid) -> bool:
    """Tell whether the first row has a cell over several columns and one merged with the second row, of names too."""
    if len(grid) < 3:  # noqa: PLR2004 - two rows of names and one below
        return False
    first, second = grid[:2]
    grouped = any(not slot.first for slot in first) and any(slot.below for slot in second)
    return grouped and reads_as_header([slot.text for slot in second])


def reads_as_header(texts: Sequence[str]) -> bool:
    """Tell whether all cells of a row are short words and no numbers; the first may be empty."""
    rest = texts[1:] if texts and not texts[0] else texts
    return len(texts) > 1 and all(text and len(text) <= HEADER_CHARS and not NUMBER.fullmatch(text) for text in rest)


def _is_marked(row: Sequence[Slot]) -> bool:
    filled = [slot for slot in row if slot.text]
    return bool(filled) and all(slot.header for slot in filled)


def table_blocks(grid: Grid, headers: int | None = None, page: int | None = None) -> Iterator[Block]:
    """Yield a table's rows, each cell behind its header; a line across the whole table is a paragraph of its own.

    Args:
        grid: The table.
        headers: How many of its first rows are headers, not counting lines across; None finds out.
        page: Where it stands.
    """
    rows = [row for row in grid if any(slot.text for slot in row)]
    while rows and _across(rows[0]):
        yield Block("paragraph", rows.pop(0)[0].text, page=page)
    if headers is None and is_keyed(rows):
        yield from (Block("table-row", _facts(row), page=page) for row in rows)
        return
    count = count_headers(tuple(rows)) if headers is None else min(headers, len(rows))
    names = header_names(rows[:count])
    for row in rows[count:]:
        named = [
            ("" if _across(row) else name, slot.text) for name, slot in zip(names, row, strict=False) if slot.first
        ]
        extra = [("", slot.text) for slot in row[len(names) :] if slot.first]
        text = join_cells([name for name, _ in named + extra], [text for _, text in named + extra])
        yield Block("table-row", text, page=page)


def is_keyed(rows: Sequence[Sequence[Slot]]) -> bool:
    """Tell whether each row is a name and its value, or several such pairs, so that no row names the columns.

    Every name is set apart; few of the values are, and not the first, since names of columns are set apart alike.
    """
    pairs = [(row[n], row[n + 1]) for row in rows if not _across(row) for n in range(0, len(row) - 1, 2)]
    if len(pairs) < 2 or any(len(row) % 2 for row in rows):  # noqa: PLR2004 - one row is as good as a header
        return False
    named = all(name.label and name.text and len(name.text) <= LONGEST_LABEL for name, _ in pairs)
    return named and not pairs[0][1].label and sum(value.label for _, value in pairs) <= len(pairs) / 3


def _facts(row: Sequence[Slot]) -> str:
    """Return a row of names and values as words."""
    if _across(row):
        return row[0].text
    named = [slot.text for slot in row[::2]]
    return "; ".join(
        f"{name.rstrip(' :')}: {value.text}" if value.text else name
        for name, value in zip(named, row[1::2], strict=True)
    )


def _across(row: Sequence[Slot]) -> bool:
    return len(row) > 1 and row[0].first and not any(slot.first for slot in row[1:])


def header_names(rows: Sequence[Sequence[Slot]]) -> list[str]:
    """Return each column's header: what the header rows say above it, each word said once, from the top down."""
    width = max((len(row) for row in rows), default=0)
    names = []
    for column in range(width):
        parts = [row[column].text for row in rows if column < len(row) and row[column].text]
        names.append(" ".join(dict.fromkeys(parts)))
    return names
