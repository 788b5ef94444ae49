"""The rows of Word tables: merged cells, and header rows known by their mark or their look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from strategybot.reading.grids import Cell
from strategybot.reading.word_styles import W, fill_of, is_on, number_of, value_of

WIDEST = 1_000


@dataclass(frozen=True, slots=True)
class Place:
    """A cell's element in its row.

    Attributes:
        element: The ``w:tc``.
        column: First column that it covers, from 0.
        span: How many columns it covers.
        continues: It is part of the merged cell above.
    """

    element: etree._Element
    column: int
    span: int
    continues: bool

    @property
    def fill(self) -> str | None:
        """Its own fill colour."""
        return fill_of(self.element.find(W + "tcPr"))


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, and whether it is marked as a header that repeats on each page."""

    places: tuple[Place, ...]
    repeats: bool


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell as read: its words and look, for what sets a header row apart; ``below``: merged into the one above."""

    text: str
    span: int
    bold: bool
    fill: str | None
    style: str
    below: bool = False


def find_rows(table: etree._Element) -> Iterator[Row]:
    """Yield a table's rows; deleted rows and cells are left out."""
    for row in _children(table, W + "tr"):
        properties = row.find(W + "trPr")
        if properties is not None and (properties.find(W + "del") is not None or is_on(properties, "hidden")):
            continue
        column = number_of(properties, "gridBefore") or 0
        places = []
        for cell in _children(row, W + "tc"):
            own = cell.find(W + "tcPr")
            if own is not None and own.find(W + "cellDel") is not None:
                continue
            span = min(max(number_of(own, "gridSpan") or 1, 1), WIDEST)
            merge = None if own is None else own.find(W + "vMerge")
            continues = merge is not None and value_of(own, "vMerge") != "restart" and merge.get(W + "val") is None
            continues = continues or (merge is not None and merge.get(W + "val") == "continue")
            places.append(Place(cell, column, span, continues))
            column += span
        yield Row(tuple(places), bool(is_on(properties, "tblHeader")))


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield rows or cells, also those within content controls and insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            yield from _children(child, tag)


def mark_headers(rows: Sequence[Sequence[TableCell]], repeating: int, *, styled: bool) -> list[list[Cell]]:
    """Return the rows with their header cells marked.

    Args:
        rows: Every row of the table.
        repeating: How many of the first are marked as headers in the file.
        styled: The table's style sets its first row apart.
    """
    count = repeating if repeating < len(rows) else 0
    if not count and len(rows) > 1:
        told = styled or stands_apart(rows)
        count = 1 if told else 0
        while told and count < len(rows) - 1 and _groups(rows[count - 1]) and _is_like(rows[count], rows[count - 1]):
            count += 1
    return [
        [
            Cell(cell.text, cell.span, header=n < count, label=not count and _is_label(cell, row), below=cell.below)
            for cell in row
        ]
        for n, row in enumerate(rows)
    ]


def _is_label(cell: TableCell, row: Sequence[TableCell]) -> bool:
    """Tell whether a cell is bold, or filled where the last one of its row is not or in another colour."""
    return cell.bold or (cell.fill is not None and cell.fill != row[-1].fill)


def stands_apart(rows: Sequence[Sequence[TableCell]]) -> bool:
    """Tell whether the first row's bold type, fill or paragraph style is that of no whole row below."""
    first, others = [c for c in rows[0] if c.text], [[c for c in row if c.text] for row in rows[1:]]
    others = [row for row in others if row]
    if not first or not others:
        return False
    if all(c.bold for c in first) and sum(all(c.bold for c in row) for row in others) <= len(others) // 3:
        return True
    fills = {c.fill for c in first}
    if None not in fills and not any(c.fill in fills for row in others for c in row[1:]):
        return True
    styles = {c.style for c in first}
    return len(styles) == 1 and not any(c.style in styles for row in others for c in row)


def _groups(row: Sequence[TableCell]) -> bool:
    return any(cell.span > 1 for cell in row) and len(row) > 1


def _is_like(row: Sequence[TableCell], above: Sequence[TableCell]) -> bool:
    if all(c.bold for c in above if c.text):
        return all(c.bold for c in row if c.text)
    fills = {c.fill for c in above}
    return None not in fills and {c.fill for c in row} <= fills
