"""Columns and rows of a table by white space: where no drawn line parts them."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from strategybot.reading.pdf.centred import centred_rows
from strategybot.reading.pdf.geometry import Word
from strategybot.reading.pdf.grid import (
    CHUNK_GAP,
    OVERLAPPING,
    WIDE_GAP,
    Cell,
    Line,
    find_chunks,
    find_lines,
    fixed_space,
    goes_on,
    is_figure,
    median,
    text_of,
)

Span = tuple[float, float]
SPANNING_SHARE = 0.34
"""More lines than this across a gap, and it parts no columns."""
LOOSE_LEADING = 1.5
"""Lines further apart than this many font sizes are not one wrapped cell; text is set at 1.1 to 1.45."""
TIGHTEST = 0.4
"""White space that parts columns where many lines show it, or that parts cells of columns already found."""
MANY = 6
STEP = 1.13
"""Gaps between rows are at least this many times the gaps between the lines of a wrapped cell."""


def spans_of(line: Sequence[Word]) -> list[Span]:
    """Return left and right of each chunk of a line."""
    return [(chunk[0].left, max(word.right for word in chunk)) for chunk in find_chunks(line, TIGHTEST)]


def join_spans(spans: Iterable[Span], gap: float) -> list[Span]:
    """Join spans that overlap or are less than ``gap`` points apart."""
    joined: list[Span] = []
    for left, right in sorted(spans):
        if joined and left - joined[-1][1] < gap:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined


def sparse_spans(rows: Sequence[Sequence[Span]], most: int, gap: float) -> list[Span]:
    """Return where at most ``most`` rows have text, at least ``gap`` points wide."""
    edges = sorted([(left, 1) for row in rows for left, _ in row] + [(right, -1) for row in rows for _, right in row])
    found: list[Span] = []
    count, start = 0, edges[0][0]
    for place, step in edges:
        before, count = count, count + step
        if before <= most < count:
            if place - start >= gap and start > edges[0][0]:
                found.append((start, place))
        elif count <= most < before:
            start = place
    return found


def without_spanning(rows: Sequence[Sequence[Span]], gap: float) -> list[Sequence[Span]]:
    """Leave out the rows with a cell that crosses a gap which nearly all others keep clear."""
    most = max(1, int(len(rows) * 0.2)) if len(rows) > 2 else 0  # noqa: PLR2004 - of two rows neither is odd
    sparse = sparse_spans(rows, most, gap)
    kept = [row for row in rows if not any(left < a - 1 and b + 1 < right for left, right in row for a, b in sparse)]
    return kept if len(kept) >= len(rows) * (1 - SPANNING_SHARE) else list(rows)


def find_columns(lines: Sequence[Sequence[Word]], size: float) -> list[Span]:
    """Return left and right of the columns that white space parts; one or none where it parts nothing.

    Args:
        lines: Words by line, from left to right.
        size: The usual font size in points.
    """
    rows = [spans_of(line) for line in lines]
    voters = [row for row in rows if len(row) > 1]
    if not voters:
        return join_spans((span for row in rows for span in row), CHUNK_GAP * size)
    kept = without_spanning(voters, CHUNK_GAP * size)
    gap = sure_gap(len(kept)) * size
    columns = join_spans((span for row in kept for span in row), gap)
    return widen(merge_halves(columns, kept), rows)


def sure_gap(count: int) -> float:
    """Return the white space (in font sizes) that parts columns for certain where ``count`` lines show it."""
    if count >= MANY:
        return TIGHTEST
    return CHUNK_GAP if count > 2 else WIDE_GAP  # noqa: PLR2004 - two lines agree by chance


def merge_halves(columns: list[Span], rows: Sequence[Sequence[Span]]) -> list[Span]:
    """Join a column that holds only a header to the one beside it that holds all but the header."""
    filled = [
        {i for i, row in enumerate(rows) if any(a < right and left < b for left, right in row)} for a, b in columns
    ]
    spans = list(columns)
    place = 0
    while place < len(spans):
        beside = [n for n in (place + 1, place - 1) if 0 <= n < len(spans) and not filled[n] & filled[place]]
        fitting = [n for n in beside if len(filled[place]) == 1 and min(filled[n]) > min(filled[place])]
        if fitting and len(rows) > 2 and min(filled[place]) < 2:  # noqa: PLR2004 - a header has two rows at most
            low, high = sorted((place, fitting[0]))
            spans[low : high + 1] = [(spans[low][0], spans[high][1])]
            filled[low : high + 1] = [filled[low] | filled[high]]
            place = 0
        else:
            place += 1
    return spans


def widen(columns: list[Span], rows: Sequence[Sequence[Span]]) -> list[Span]:
    """Widen each column to the chunks that overlap it alone."""
    wide = list(columns)
    for left, right in (span for row in rows for span in row):
        over = [i for i, (a, b) in enumerate(columns) if a < right and left < b]
        if len(over) == 1:
            wide[over[0]] = (min(wide[over[0]][0], left), max(wide[over[0]][1], right))
    # A chunk that ends in the white space between two columns must not reach into the second.
    return [
        (left, min(right, wide[i + 1][0] - 0.1) if i + 1 < len(wide) else right) for i, (left, right) in enumerate(wide)
    ]


def place(line: Sequence[Word], columns: Sequence[Span]) -> Line:
    """Return a line's chunks as cells of the columns they overlap, or the nearest."""
    cells: list[Cell] = []
    for chunk in find_chunks(line):
        for part in split_chunk(chunk, columns):
            over = columns_under(part, columns)
            words = tuple(part)
            if cells and cells[-1].column + cells[-1].span > over[0]:
                last = cells.pop()
                over = range(last.column, max(over[-1] + 1, last.column + last.span))
                words = (*last.words, *words)
            cells.append(Cell(words, over[0], len(over)))
    return Line(line[0].baseline, max(word.size for word in line), tuple(cells))


def columns_under(chunk: Sequence[Word], columns: Sequence[Span]) -> range:
    """Return the columns that a chunk overlaps, or the nearest."""
    left, right = chunk[0].left, max(word.right for word in chunk)
    slack = min(1.0, (right - left) / 4)
    over = [i for i, (a, b) in enumerate(columns) if a < right - slack and left + slack < b]
    if not over:
        over = [min(range(len(columns)), key=lambda i: max(columns[i][0] - right, left - columns[i][1]))]
    return range(over[0], over[-1] + 1)


def split_chunk(chunk: list[Word], columns: Sequence[Span]) -> list[list[Word]]:
    """Return a chunk in parts where a space wider than between words lies between two columns."""
    parts = [chunk[:1]]
    for before, word in pairwise(chunk):
        apart = word.left - before.right > TIGHTEST * word.size + fixed_space(word)
        if apart and nearest_column(before, columns) != nearest_column(word, columns):
            parts.append([])
        parts[-1].append(word)
    return parts


def nearest_column(word: Word, columns: Sequence[Span]) -> int:
    """Return the column that a word's middle lies in or next to."""
    middle = (word.left + word.right) / 2
    return min(range(len(columns)), key=lambda i: max(columns[i][0] - middle, middle - columns[i][1]))


def lines_in(words: Iterable[Word], columns: Sequence[Span]) -> list[Line]:
    """Return the words by line, placed in the columns."""
    return [place(line, columns) for line in find_lines(words)]


def group_lines(lines: Sequence[Line], pitches: Sequence[float] = ()) -> list[list[Line]]:
    """Return lines row by row, judged by the space between them and by what they go on with.

    Args:
        lines: From top to bottom.
        pitches: How far rows of the same table are known to be apart, in font sizes.
    """
    return centred_rows(lines) or spaced_rows(lines, pitches)


def spaced_rows(lines: Sequence[Line], pitches: Sequence[float]) -> list[list[Line]]:
    """Return lines row by row as ``group_lines`` does, where no cells are set in the middle of others."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and line.baseline - groups[-1][-1].baseline < OVERLAPPING * max(line.size, groups[-1][-1].size):
            groups[-1].append(line)
        else:
            groups.append([line])
    gaps = [(b[0].baseline - a[-1].baseline) / b[0].size for a, b in pairwise(groups)]
    limit = wrap_limit([*gaps, *pitches])
    if limit and stacks_figures(groups, gaps, limit):
        limit = 0.0
    rows = groups[:1]
    for gap, group in zip(gaps, groups[1:], strict=True):
        wrapped = gap <= limit or (gap <= LOOSE_LEADING and belongs_to(rows[-1], group, alike=not limit))
        if wrapped and is_bold(rows[-1]) == is_bold(group):
            rows[-1].extend(group)
        else:
            rows.append(group)
    return rows


def is_bold(lines: Sequence[Line]) -> bool:
    """Return whether all words are bold."""
    return all(word.bold for line in lines for cell in line.cells for word in cell.words)


def stacks_figures(groups: Sequence[Sequence[Line]], gaps: Sequence[float], limit: float) -> bool:
    """Return whether lines up to ``limit`` apart have figures under figures, as rows do and wrapped cells do not."""
    figures = [
        {cell.column for line in group for cell in line.cells if is_figure(text_of(cell.words))} for group in groups
    ]
    counts = [sum(len(line.cells) for line in group) for group in groups]
    near = [
        bool(figures[i] & figures[i + 1]) and counts[i + 1] > counts[i] / 2
        for i, gap in enumerate(gaps)
        if gap <= limit
    ]
    return sum(near) > 0.2 * len(near)


def wrap_limit(gaps: Sequence[float]) -> float:
    """Return the gap (in font sizes) up to which lines are one wrapped cell; 0 where all gaps are alike."""
    ordered = sorted(gaps)
    steps = [(below, above) for below, above in pairwise(ordered) if below <= LOOSE_LEADING and above >= STEP * below]
    return steps[0][0] + 0.02 if steps else 0.0


def belongs_to(row: Sequence[Line], group: Sequence[Line], *, alike: bool) -> bool:
    """Return whether a group of lines goes on with the cells of the row above it.

    Args:
        row: The lines above.
        group: The lines in question.
        alike: All lines of the table are equally far apart, so that words alone tell.
    """
    cells = [cell for line in group for cell in line.cells]
    above = {cell.column for line in row for cell in line.cells}
    if any(cell.column not in above or is_figure(text_of(cell.words)) for cell in cells):
        return False
    if all(goes_on(text_of(cell.words)) for cell in cells):
        return True
    return alike and len(above) > 1 and len(cells) <= len(above) / 2 and all(cell.column > 0 for cell in cells)


def rows_of_band(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the rows that text alone shows between two rules; one row where it may as well be wrapped cells."""
    groups = centred_rows(lines)
    if groups:
        return groups
    groups = spaced_rows(lines, ())
    if len(groups) < 2 or is_several(groups):  # noqa: PLR2004 - one row needs no parting
        return groups
    return [list(lines)]


def is_several(groups: Sequence[Sequence[Line]]) -> bool:
    """Return whether groups of lines are rows for certain, not the lines of wrapped cells."""
    texts = [{cell.column: text_of(cell.words) for line in group for cell in line.cells} for group in groups]
    columns = {column for row in texts for column in row}
    filled = [column for column in columns if sum(column in row for row in texts) > 1]
    if len(filled) < 2:  # noqa: PLR2004 - a single column goes down as a wrapped cell does
        return False
    full = [row for row in texts if len(row) > 0.6 * len(columns)]
    if any(sum(is_figure(row.get(column, "")) for row in full) > 1 for column in columns):
        return True
    starts = [text for row in texts[1:] for text in row.values()]
    if sum(goes_on(text) for text in starts) >= 0.2 * len(starts):
        return False
    gaps = [(b[0].baseline - a[-1].baseline) / b[0].size for a, b in pairwise(groups)]
    whole = all(len(row) > 1 and min(columns) in row for row in texts)
    return min(gaps) >= LOOSE_LEADING or (whole and len(groups) > 2)  # noqa: PLR2004 - two lines wrap often


def part_bands(bands: Sequence[Sequence[Line]]) -> list[list[list[Line]]]:
    """Return the rows of each band of lines between two rules.

    Where most of four bands or more are one row each, rules part the rows, and further lines are wrapped cells.
    """
    proposals = [rows_of_band(band) for band in bands]
    several = sum(len(rows) > 1 for rows in proposals)
    if len(bands) > 3 and several <= len(bands) / 2:  # noqa: PLR2004 - head, body and foot have one rule each
        return [[list(band)] for band in bands]
    return proposals


def usual_size(words: Iterable[Word]) -> float:
    """Return the median font size in points; 0 of no words."""
    return median(word.size for word in words)
