"""Tables: rows of text, “Header: cell; Header: cell”, put back into columns where that is certain.

Every character of a row stays: what stood between the cells is kept beside them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from strategybot.serving.marking import Run

BETWEEN = "; "
BEHIND_NAME = ": "
MOST_COLUMNS = 7
MOST_NAME_CHARS = 80


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its column's name as the row repeats it, its words, and what stands behind; all may be empty."""

    name: tuple[Run, ...] = ()
    words: tuple[Run, ...] = ()
    behind: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Names of columns, an empty one where a column has none, and rows with a cell for each column."""

    names: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two semicolons: offsets into the row's text, and the name in front of its colon."""

    start: int
    end: int
    name: str


def rebuild_table(rows: Sequence[tuple[Run, ...]]) -> Iterator[tuple[Table | None, int]]:
    """Divide neighbouring rows into tables.

    Rows belong together while the first column's name is the same. A column is a name that at least half of the
    rows have, in one order; what is behind another colon or semicolon is the words of a cell.

    Args:
        rows: The rows' text, cut into runs.

    Yields:
        A table, or None where rows stay as they are written, and how many of the rows it takes; in order.
    """
    texts = ["".join(run.text for run in row) for row in rows]
    pieces = [_pieces(text) for text in texts]
    start = 0
    for end in range(1, len(rows) + 1):
        if end < len(rows) and pieces[end][0].name == pieces[start][0].name:
            continue
        names = _columns(pieces[start:end])
        table = Table(names, tuple(_cells(rows[n], pieces[n], names) for n in range(start, end))) if names else None
        yield table, end - start
        start = end


def _pieces(text: str) -> list[_Piece]:
    pieces = []
    start = 0
    for part in text.split(BETWEEN):
        name, colon, _ = part.partition(BEHIND_NAME)
        named = bool(colon) and 0 < len(name) <= MOST_NAME_CHARS
        pieces.append(_Piece(start, start + len(part), name if named else ""))
        start += len(part) + len(BETWEEN)
    return pieces


def _columns(rows: Sequence[Sequence[_Piece]]) -> tuple[str, ...]:
    """Return the names of the columns; none if the rows do not agree, or it is no table that can be seen at once."""
    first = rows[0][0].name
    counts = Counter(name for row in rows for name in {piece.name for piece in row if piece.name})
    common = {name for name, count in counts.items() if 2 * count >= len(rows)}
    orders = [tuple(piece.name for piece in row if piece.name in common) for row in rows]
    order = max(orders, key=len)
    names = order if first else ("", *order)
    fits = all(len(set(o)) == len(o) and _is_part(o, order) for o in orders)
    starts = not first or first in common
    return names if len(rows) > 1 and 1 < len(names) <= MOST_COLUMNS and fits and starts else ()


def _is_part(names: Sequence[str], order: Sequence[str]) -> bool:
    left = iter(order)
    return all(name in left for name in names)


def _cells(row: tuple[Run, ...], pieces: Sequence[_Piece], names: Sequence[str]) -> tuple[Cell, ...]:
    starts = [n for n, piece in enumerate(pieces) if n == 0 or (piece.name and piece.name in names)]
    cells: dict[str, Cell] = {}
    for place, n in enumerate(starts):
        following = starts[place + 1] if place + 1 < len(starts) else len(pieces)
        piece, last = pieces[n], pieces[following - 1]
        words = piece.start + (len(piece.name) + len(BEHIND_NAME) if piece.name in names and piece.name else 0)
        behind = last.end + len(BETWEEN) if following < len(pieces) else last.end
        cells[piece.name if piece.name in names else names[0]] = Cell(
            _slice(row, piece.start, words), _slice(row, words, last.end), _slice(row, last.end, behind)
        )
    return tuple(cells.get(name, Cell()) for name in names)


def _slice(row: Sequence[Run], start: int, end: int) -> tuple[Run, ...]:
    found = []
    at = 0
    for run in row:
        a, b = max(start, at), min(end, at + len(run.text))
        if a < b:
            found.append(Run(run.text[a - at : b - at], run.kinds, run.anchors if a == at else ()))
        at += len(run.text)
    return tuple(found)
