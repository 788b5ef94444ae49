"""Borderless tables: words that line up in columns with nothing drawn around them. In doubt it is none."""

import re
from collections.abc import Sequence
from itertools import pairwise

from strategybot.reading.pdf.columns import Span, find_columns, group_lines, lines_in, usual_size
from strategybot.reading.pdf.geometry import Page, Word
from strategybot.reading.pdf.grid import (
    WIDE_GAP,
    Grid,
    Line,
    Row,
    find_chunks,
    find_lines,
    goes_on,
    is_figure,
    median,
    text_of,
)
from strategybot.reading.pdf.headed import headed_lines
from strategybot.reading.pdf.headers import count_header, figure_columns

WIDEST_GAP = 0.5
"""Cells further apart than this share of the page's width are not linked by themselves."""
TALLEST_GAP = 2.6
"""Rows further apart than this many font sizes (baseline to baseline) are not of one table."""
PROSE_WORDS = 5
PROSE_LINES = 3
AIRY = 1.55
"""Rows at least this many font sizes apart are set as rows; lines of text and addresses are nearer."""
MOST_CHUNKS = 3_000
"""A page with more pieces of text than that is a map or a drawing."""
LEADER = re.compile(r"[.…·_\s]{3,}")
BULLET = re.compile(r"[•·▪■◦○●–—*✓✔→➢o-]|\(?(\d{1,2}|[a-z]|[ivx]{1,4})[.)]")
PAGE_NUMBER = re.compile(r"\d{1,3}|[ivxl]+", re.IGNORECASE)
PAGE_WORD = re.compile(r"pages?|p\.?|seite", re.IGNORECASE)

Chunk = list[Word]


def find_borderless(page: Page, words: Sequence[Word]) -> list[Grid]:
    """Return the grids that the words of a page (those in no other table) form by their places alone."""
    lines = find_lines(words)
    if sum(len(find_chunks(line, WIDE_GAP)) > 1 for line in lines) < 3:  # noqa: PLR2004 - a table has three rows
        return []
    headed = headed_lines(lines)
    chunks = [chunk for n, line in enumerate(lines) for chunk in headed.get(n) or find_chunks(line, WIDE_GAP)]
    named = {id(chunk) for row in headed.values() for chunk in row}
    chunks = [chunk for chunk in without_prose(chunks, named) if not LEADER.search(text_of(chunk))]
    if len(chunks) > MOST_CHUNKS:
        return []
    grids = [read_block(block) for block in find_blocks(chunks, page.width)]
    return [grid for grid in grids if grid and is_table(grid, page)]


def left_of(chunk: Chunk) -> float:
    """Return a chunk's left edge."""
    return chunk[0].left


def right_of(chunk: Chunk) -> float:
    """Return a chunk's right edge."""
    return max(word.right for word in chunk)


def without_prose(chunks: Sequence[Chunk], named: set[int]) -> list[Chunk]:
    """Leave out running text: lines of many words under one another of which many go on with a sentence.

    Args:
        chunks: Pieces of text.
        named: The ids of those that stand under the names of columns, which stay.
    """
    prose: set[int] = set()
    for run in left_runs(chunks):
        words = median(len(chunk) for chunk in run)
        lower = sum(chunk[0].text[:1].islower() for chunk in run[1:])
        if len(run) >= PROSE_LINES and words >= PROSE_WORDS and lower >= 0.3 * (len(run) - 1):
            prose.update(id(chunk) for chunk in run)
    return [chunk for chunk in chunks if id(chunk) not in prose - named]


def left_runs(chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    """Return chunks in runs that begin at one left edge and go down line by line."""
    runs: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda chunk: (round(left_of(chunk)), chunk[0].baseline)):
        size = chunk[0].size
        last = runs[-1][-1] if runs else None
        near = last is not None and 0 < chunk[0].baseline - last[0].baseline < AIRY * 1.1 * size
        if last is not None and near and abs(left_of(last) - left_of(chunk)) < 0.3 * size:
            runs[-1].append(chunk)
        else:
            runs.append([chunk])
    return runs


def find_blocks(chunks: Sequence[Chunk], page_width: float) -> list[list[Word]]:
    """Return the words of chunks that stand near one another, beside or below."""
    parents = list(range(len(chunks)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    order = sorted(range(len(chunks)), key=lambda i: chunks[i][0].baseline)
    for place, i in enumerate(order):
        for j in order[place + 1 :]:
            if chunks[j][0].baseline - chunks[i][0].baseline > TALLEST_GAP * chunks[i][0].size:
                break
            if are_near(chunks[i], chunks[j], page_width):
                parents[root(j)] = root(i)
    blocks: dict[int, list[Word]] = {}
    for index, chunk in enumerate(chunks):
        blocks.setdefault(root(index), []).extend(chunk)
    return list(blocks.values())


def are_near(first: Chunk, second: Chunk, page_width: float) -> bool:
    """Return whether two chunks may be neighbours in a table: on one line, or one under the other."""
    apart = max(left_of(first), left_of(second)) - min(right_of(first), right_of(second))
    if second[0].baseline - first[0].baseline < 0.75 * first[0].size:
        return apart < WIDEST_GAP * page_width
    return apart < 0


def read_block(words: Sequence[Word]) -> Grid | None:
    """Return the grid of the lines of a block that agree on columns; None if too few do."""
    lines = find_lines(words)
    size = usual_size(words)
    columns = find_columns(lines, size)
    if len(columns) < 2:  # noqa: PLR2004 - a table has two columns at least
        return None
    rows = longest_run(group_lines(lines_in(words, columns)), columns)
    if len(rows) < 3:  # noqa: PLR2004 - two rows line up by chance
        return None
    kept = [word for row in rows for line in row for cell in line.cells for word in cell.words]
    columns = find_columns(find_lines(kept), size)
    if len(columns) < 2:  # noqa: PLR2004 - as above
        return None
    grouped = group_lines(lines_in(kept, columns))
    left, right = columns[0][0], columns[-1][1]
    top, bottom = min(word.top for word in kept), max(word.bottom for word in kept)
    return Grid(left, top, right, bottom, tuple(columns), tuple(Row(tuple(row)) for row in grouped))


def longest_run(rows: Sequence[Sequence[Line]], columns: Sequence[Span]) -> list[Sequence[Line]]:
    """Return the most rows under one another that fill at least two columns, but for single rows between."""
    runs: list[list[Sequence[Line]]] = [[]]
    waiting: list[Sequence[Line]] = []
    last = None
    for row in rows:
        if last is not None and row[0].baseline - last.baseline > TALLEST_GAP * max(row[0].size, last.size):
            runs.append([])
            waiting = []
        last = row[-1]
        filled = {cell.column for line in row for cell in line.cells}
        crossing = any(cell.span > 1 for line in row for cell in line.cells) and len(filled) < 2  # noqa: PLR2004
        if len(filled) > 1:
            runs[-1] += [*waiting, row] if runs[-1] else [row]
            waiting = []
        elif crossing or waiting or len(columns) == 0:
            runs.append([])
            waiting = []
        else:
            waiting.append(row)
    return max(runs, key=len)


def is_table(grid: Grid, page: Page) -> bool:
    """Return whether rows and columns of a borderless grid hold what a table does."""
    count = count_header(grid)
    body = grid.rows[count:]
    if len(body) < 2 or (not count and len(body) < 3):  # noqa: PLR2004 - fewer rows line up by chance
        return False
    return (
        is_filled(grid)
        and is_of_one_size(grid, body)
        and not is_running_text(body)
        and not is_list(grid, body)
        and not is_contents(grid)
        and not is_drawn_upon(grid, page)
        and has_evidence(grid, body, header=bool(count))
    )


def is_filled(grid: Grid) -> bool:
    """Return whether at least two thirds of the cells are filled, and each column in half of the rows."""
    cells = [cell.column for row in grid.rows for cell in row.cells]
    each = all(cells.count(column) >= 0.4 * len(grid.rows) for column in range(len(grid.columns)))
    return each and len(cells) >= 0.66 * len(grid.rows) * len(grid.columns)


def is_of_one_size(grid: Grid, body: Sequence[Row]) -> bool:
    """Return whether the words have one font size, as cells have and figures with captions have not."""
    sizes = [word.size for row in body for word in row.words if not word.raised]
    usual = median(sizes)
    head = [word.size for row in grid.rows for word in row.words]
    return all(0.8 * usual <= size <= 1.2 * usual for size in sizes if size > 0.75 * usual) and max(head) < 1.5 * usual


def is_running_text(body: Sequence[Row]) -> bool:
    """Return whether cells go on with sentences, or are whole paragraphs."""
    texts = [text_of(cell.words) for row in body for cell in row.cells]
    lower = sum(goes_on(text) for text in texts)
    return lower > 0.2 * len(texts) or median(len(text.split()) for text in texts) > 2 * PROSE_WORDS


def is_list(grid: Grid, body: Sequence[Row]) -> bool:
    """Return whether a column holds bullets or numbers of list items and nothing else, or two begin with such."""
    marked, alone = 0, 0
    for column in range(len(grid.columns)):
        cells = [cell.words for row in body for cell in row.cells if cell.column == column]
        marked += sum(bool(BULLET.fullmatch(words[0].text)) for words in cells) >= 0.6 * len(cells)
        alone += all(BULLET.fullmatch(text_of(words)) and not is_figure(text_of(words)) for words in cells)
    return marked > 1 or (alone > 0 and len(grid.columns) < 3) or alone > 1  # noqa: PLR2004 - sign and item


def is_contents(grid: Grid) -> bool:
    """Return whether the first or last column is page numbers that never fall, as in a table of contents."""
    if len(grid.columns) > 3:  # noqa: PLR2004 - number, title, page
        return False
    for column in (0, len(grid.columns) - 1):
        pages = [text_of(cell.words) for row in grid.rows for cell in row.cells if cell.column == column]
        if pages and PAGE_WORD.fullmatch(pages[0]):
            pages = pages[1:]
        numbers = [int(text) for text in pages if text.isdigit()]
        paged = all(PAGE_NUMBER.fullmatch(text) for text in pages) and len(numbers) > 2  # noqa: PLR2004 - by chance
        if paged and numbers == sorted(numbers) and (column or len(grid.columns) < 3):  # noqa: PLR2004 - as above
            return True
    return False


def is_drawn_upon(grid: Grid, page: Page) -> bool:
    """Return whether pictures, bars or boxes are drawn in the grid, as in a figure."""
    drawn = [*page.pictures, *(panel for panel in page.panels if panel.fill is not None or panel.stroked)]
    return any(
        grid.left < (box.left + box.right) / 2 < grid.right
        and grid.top < (box.top + box.bottom) / 2 < grid.bottom
        and (box.right - box.left < 0.9 * (grid.right - grid.left))
        for box in drawn
    )


def has_evidence(grid: Grid, body: Sequence[Row], *, header: bool) -> bool:
    """Return whether a column of figures, or a header over airy rows, shows that it is a table."""
    figures = figure_columns(grid, body)
    if figures - {0}:
        return header or len(grid.columns) > 2 or len(body) > 3  # noqa: PLR2004 - a few dated lines are none
    starts = [row.lines[0].baseline for row in body]
    pitch = min(b - a for a, b in pairwise(starts)) / usual_size(body[0].words)
    return header and pitch >= AIRY and len(grid.columns) > 1
