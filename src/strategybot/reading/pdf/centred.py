"""Rows whose short cells are set in the middle of a long one, where all lines are equally far apart."""

from collections.abc import Sequence

from strategybot.reading.pdf.grid import SAME_LINE, Line, goes_on, text_of


def centred_rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Return lines row by row where each row's short cells stand in the middle of its long one; empty where not so.

    White space tells nothing of such rows, but a row ends as far below its middle as it begins above it, and the next
    row follows: what fits so from the first line to the last is no chance. Tables whose cells are set at the top may
    fit as well, so that the middles must not all be lines with which a long cell may begin.
    """
    columns = [cell.column for line in lines for cell in line.cells]
    long = max(columns, key=columns.count, default=0)
    texts = [line for line in lines if line.cell(long)]
    middles = [line for line in lines if any(cell.column != long for cell in line.cells)]
    if len(texts) <= len(middles) or not any(_is_inside(m, long) for m in middles):
        return []
    bounds = _fit(texts, middles)
    if not bounds or any(_is_inside(texts[first], long) for first, _ in bounds):
        return []
    rows: list[list[Line]] = []
    for middle, (first, last) in zip(middles, bounds, strict=True):
        own = {id(line): line for line in (*texts[first : last + 1], middle)}
        rows.append(sorted(own.values(), key=lambda line: line.baseline))
    return rows


def _is_inside(line: Line, long: int) -> bool:
    """Return whether a line cannot be the first of a long cell: it goes on with a sentence or has none of it."""
    cell = line.cell(long)
    return cell is None or goes_on(text_of(cell.words))


def _fit(texts: Sequence[Line], middles: Sequence[Line]) -> list[tuple[int, int]]:
    """Return first and last line of the long cell around each middle; empty if one of them has none."""
    bounds: list[tuple[int, int]] = []
    first = 0
    for middle in middles:
        if first >= len(texts):
            return []
        end = 2 * middle.baseline - texts[first].baseline
        last = min(range(first, len(texts)), key=lambda n: abs(texts[n].baseline - end))
        if abs(texts[last].baseline - end) > SAME_LINE * middle.size:
            return []
        bounds.append((first, last))
        first = last + 1
    return bounds if first == len(texts) else []
