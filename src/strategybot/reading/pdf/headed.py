"""Columns under bold names on one line: what tells a table with sentences in its cells from text in columns."""

from collections.abc import Iterator, Mapping, Sequence

from strategybot.reading.pdf.geometry import Word
from strategybot.reading.pdf.grid import find_chunks

FEWEST_NAMES = 3
"""Two bold lines side by side may be headings of two columns of text."""
TALLEST_GAP = 2.6
"""Lines further apart than this many font sizes are not of one table."""
SHORT_WORDS = 5
Chunk = list[Word]


def headed_lines(lines: Sequence[Sequence[Word]]) -> dict[int, list[Chunk]]:
    """Return the lines that stand under bold names of columns, one of them of short cells, in a piece for each column.

    Args:
        lines: Words by line, from top to bottom and from left to right.

    Returns:
        The pieces by the line's index, those of the names too.
    """
    found: dict[int, list[Chunk]] = {}
    for number, line in enumerate(lines):
        names = find_chunks(line)
        if len(names) < FEWEST_NAMES or not all(word.bold for word in line):
            continue
        rows = list(_below(names, lines[number + 1 :]))
        columns = [[row[n] for row in rows if n in row] for n in range(len(names))]
        if all(columns) and any(_is_short(column) for column in columns):
            found[number] = names
            found.update((number + n, list(row.values())) for n, row in enumerate(rows, 1))
    return found


def _below(names: Sequence[Chunk], lines: Sequence[Sequence[Word]]) -> Iterator[Mapping[int, Chunk]]:
    """Yield the pieces of each line by column, as far as all of a line stand under one name each."""
    above = names[0][0].baseline
    for line in lines:
        row: dict[int, Chunk] = {}
        for chunk in find_chunks(line):
            column = _column(chunk, names)
            if column is None or line[0].baseline - above > TALLEST_GAP * line[0].size:
                return
            row.setdefault(column, []).extend(chunk)
        above = line[0].baseline
        yield row


def _column(chunk: Chunk, names: Sequence[Chunk]) -> int | None:
    """Return which name a piece stands under: it overlaps that alone, or lies between it and the next."""
    left, right = chunk[0].left, max(word.right for word in chunk)
    over = [n for n, name in enumerate(names) if left < name[-1].right and name[0].left < right]
    if not over:
        over = [n for n, name in enumerate(names) if name[0].left <= left][-1:]
    if len(over) != 1:
        return None
    after = names[over[0] + 1 : over[0] + 2]
    return None if after and right > after[0][0].left else over[0]


def _is_short(column: Sequence[Chunk]) -> bool:
    return len(column) > 1 and max(len(chunk) for chunk in column) <= SHORT_WORDS
