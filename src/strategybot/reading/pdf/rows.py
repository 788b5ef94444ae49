"""Rows of tables as text: each cell behind the header of its column."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from strategybot.reading.blocks import Block
from strategybot.reading.pdf.geometry import Word
from strategybot.reading.pdf.grid import goes_on, is_figure
from strategybot.reading.pdf.lines import Line, build_line, group_words
from strategybot.reading.pdf.spans import Span, join, sound
from strategybot.reading.pdf.tables import Table, continues

CONTINUED = re.compile(r"\bcont(?:inued|\.|\b)", re.IGNORECASE)
Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TableText:
    """A table's cells as lines of text; ``shape`` is the table without its words."""

    page: int
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shape: Table
    names: tuple[str, ...]


def read_table(table: Table, page: int) -> TableText:
    """Return a table's cells as lines of text."""
    header = tuple(_cell(words, page) for words in table.header)
    cells = tuple(tuple(_cell(words, page) for words in row) for row in table.rows)
    return TableText(page, header, cells, replace(table, header=(), rows=()), _names(header))


def _cell(words: Sequence[Word], page: int) -> Cell:
    groups = group_words(words)
    return tuple(build_line(group, page) for group in groups)


def _names(header: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(_text(cell).casefold() for cell in header)


def with_header(table: TableText, before: TableText | None) -> TableText:
    """Return a table with the header of the one before it, if it goes on from that in the next column or page."""
    if before is None or not before.header or table.page - before.page > 1 or table.names == before.names:
        return table
    shape = _moved(table.shape, before.shape.left - table.shape.left)
    if not continues(before.shape, shape):
        return table
    rows = (table.header, *table.rows) if table.header else table.rows
    return replace(table, header=before.header, rows=rows, names=before.names)


def join_cut_rows(tables: Sequence[TableText], order: Iterable[int]) -> list[TableText]:
    """Return tables with a row that the end of a page or column cuts whole again, in the first of both.

    Args:
        tables: All tables of a document.
        order: Their indices as they are read.
    """
    joined = list(tables)
    for first, second in pairwise(order):
        before, table = joined[first], _without_false_header(joined[second], joined[first])
        if table.rows and _is_cut(before, table):
            row = tuple((*one, *other) for one, other in zip(before.rows[-1], table.rows[0], strict=True))
            joined[first] = replace(before, rows=(*before.rows[:-1], row))
            joined[second] = replace(table, rows=table.rows[1:])
    return joined


def _without_false_header(table: TableText, before: TableText) -> TableText:
    """Return a table with its header among its rows where the table before has another one."""
    if not table.header or not before.header or table.names == before.names:
        return table
    return replace(table, header=(), names=(), rows=(table.header, *table.rows))


def _is_cut(before: TableText, table: TableText) -> bool:
    """Return whether a table's first row goes on with the last row of the table before.

    Each of its cells goes on with one above, and it lacks the first cell that all rows above have, or begins in the
    middle of a sentence.
    """
    shape = _moved(table.shape, before.shape.left - table.shape.left)
    if not before.rows or table.page - before.page > 1 or not continues(before.shape, shape):
        return False
    pairs = [(one, other) for one, other in zip(before.rows[-1], table.rows[0], strict=True) if other]
    if not all(one and not is_figure(_text(other)) and _may_go_on(one, other) for one, other in pairs):
        return False
    headless = not table.rows[0][0] and all(row[0] for row in (*before.rows, *table.rows[1:]))
    return bool(pairs) and (headless or any(goes_on(_text(other)) for _, other in pairs))


def _may_go_on(above: Cell, below: Cell) -> bool:
    return goes_on(_text(below)) or not _text(above).endswith((".", "!", "?", ":"))


def _text(cell: Cell) -> str:
    return " ".join(line.text for line in cell)


def _moved(shape: Table, by: float) -> Table:
    columns = tuple((left + by, right + by) for left, right in shape.columns)
    return replace(shape, left=shape.left + by, right=shape.right + by, columns=columns)


def rows(table: TableText, label: str | None, spell: Callable[[Sequence[Line]], Span]) -> Iterator[Block]:
    """Yield a table's rows as blocks; ``spell`` makes one text of a cell's lines."""
    header = [spell(cell) for cell in table.header]
    for row in table.rows:
        cells = [spell(cell) for cell in row]
        pieces = []
        for n, cell in enumerate(cells):
            if cell.text:
                named = n < len(header) and header[n].text
                pieces.append(join([header[n], cell], ": ") if named else cell)
        span = sound(join(pieces, "; "))
        yield Block("table-row", span.text, 0, table.page, label, span.runs)
