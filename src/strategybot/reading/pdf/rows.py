"""Rows of tables as text: each cell behind the header of its column."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from strategybot.reading.blocks import Block
from strategybot.reading.pdf.geometry import Word
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
    return tuple(" ".join(line.text for line in cell).casefold() for cell in header)


def with_header(table: TableText, before: TableText | None) -> TableText:
    """Return a table with the header of the one before it, if it goes on from that in the next column or page."""
    if before is None or not before.header or table.page - before.page > 1 or table.names == before.names:
        return table
    shape = _moved(table.shape, before.shape.left - table.shape.left)
    if not continues(before.shape, shape):
        return table
    rows = (table.header, *table.rows) if table.header else table.rows
    return replace(table, header=before.header, rows=rows, names=before.names)


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
