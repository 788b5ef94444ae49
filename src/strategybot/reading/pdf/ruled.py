"""Ruled tables: what rules, boxes and shaded rows set off, from lines drawn to grids."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from strategybot.reading.pdf.beyond import find_names, grow
from strategybot.reading.pdf.columns import Span, find_columns, group_lines, lines_in, part_bands, usual_size
from strategybot.reading.pdf.geometry import Page, Word
from strategybot.reading.pdf.grid import CAPTION, LEADING, Grid, Line, Row, find_chunks, find_lines, text_of
from strategybot.reading.pdf.lattice import covers_rows, hidden_columns, read_lattice
from strategybot.reading.pdf.region import Region, boundaries, within
from strategybot.reading.pdf.strokes import TOUCHING, Band, Frame, build_frame, find_bands, find_frames, find_strokes

TITLE_ABOVE = 30.0
"""A title over several columns is underlined at most so far (points) above the rule of their names."""
NARROWEST = 40.0
"""Nothing narrower (points) holds two columns of words."""
MOST_FRAMES = 300
"""A page with more lines and boxes apart from one another is a drawing."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Lines between two heights on the page.

    Attributes:
        weight: Thickness of the rule above it in points; 0 without one.
        is_open: It has several lines, and a rule on one side only, so that white space alone parts its rows.
    """

    top: float
    bottom: float
    lines: tuple[Line, ...]
    weight: float
    is_open: bool


def find_ruled(page: Page, keep: Callable[[Grid], Grid | None]) -> list[Grid]:
    """Return the grids that rules, boxes or fills draw on a page, smallest first where they lie in one another.

    Args:
        page: With its words.
        keep: What it makes of a grid is taken; where it makes none, the words stay free for larger ones.
    """
    bands = find_bands(page)
    across, down = find_strokes(page, bands)
    frames = [frame for frame in find_frames(across, down) if frame.across and frame.right - frame.left >= NARROWEST]
    if len(frames) > MOST_FRAMES:
        return []
    grids: list[Grid] = []
    taken: set[int] = set()
    for frame in sorted(join_frames(frames, page.words), key=lambda f: (f.bottom - f.top) * (f.right - f.left)):
        free = [word for word in page.words if id(word) not in taken]
        found = read_frame(frame, free, bands)
        grid = keep(found) if found else None
        if grid:
            grids.append(grid)
            taken.update(id(word) for row in grid.rows for word in row.words)
    return grids


def join_frames(frames: Sequence[Frame], words: Sequence[Word]) -> list[Frame]:
    """Join frames of the same width that rows of one table lie between."""
    joined: list[Frame] = []
    for frame in frames:
        index = next((i for i in range(len(joined) - 1, -1, -1) if same_width(joined[i], frame)), None)
        if index is not None and are_joined(joined[index], frame, words):
            joined[index] = build_frame(joined[index].across + frame.across, joined[index].down + frame.down)
        else:
            joined.append(frame)
    return [frame for frame in joined if not any(is_part(frame, other) for other in joined)]


def same_width(first: Frame, second: Frame) -> bool:
    """Return whether two frames begin and end at one place."""
    return abs(first.left - second.left) <= TOUCHING and abs(first.right - second.right) <= TOUCHING


def is_part(frame: Frame, other: Frame) -> bool:
    """Return whether a single line lies inside a table of three rules or more, under a title or over a sum."""
    single = len(frame.across) == 1 and not frame.down and len(other.across) > 2  # noqa: PLR2004 - as said
    inside = other.left - TOUCHING <= frame.left and frame.right <= other.right + TOUCHING
    return single and other is not frame and inside and other.top - TITLE_ABOVE < frame.top < other.bottom


def are_joined(above: Frame, below: Frame, words: Sequence[Word]) -> bool:
    """Return whether what lies between two frames of one width is the rows of a table."""
    if not are_parted_alike(above, below):
        return False
    between = within(words, above.left, above.bottom, above.right, below.top)
    height = below.top - above.bottom
    if not between:
        return height <= 2 * TOUCHING
    size, width = usual_size(between), above.right - above.left
    lines = [find_chunks(line) for line in find_lines(between)]
    longest = max(chunk[-1].right - chunk[0].left for chunks in lines for chunk in chunks)
    if sum(len(chunks) > 1 for chunks in lines) >= len(lines) / 3:
        return longest < 0.9 * width
    low = height <= (len(lines) + 1.5) * LEADING * size
    return longest < 0.6 * width and low and not CAPTION.match(text_of(between))


def are_parted_alike(first: Frame, second: Frame) -> bool:
    """Return whether lines down part two frames at the same places, or but one of them; spanning cells have fewer."""
    fewer, more = sorted((inner_places(frame) for frame in (first, second)), key=len)
    same = sum(any(abs(x - other) <= 2 * TOUCHING for other in more) for x in fewer)
    return 2 * same >= len(fewer)


def inner_places(frame: Frame) -> list[float]:
    """Return where lines down stand inside a frame."""
    return boundaries(s.at for s in frame.down if frame.left + 2 * TOUCHING < s.at < frame.right - 2 * TOUCHING)


def read_frame(frame: Frame, words: Sequence[Word], bands: Sequence[Band]) -> Grid | None:
    """Return the grid that a frame draws around words; None if it is no table's."""
    left = find_names(frame, words)
    if left < frame.left:
        across = [replace(stroke, start=min(stroke.start, left)) for stroke in frame.across]
        frame = build_frame(across, frame.down if inner_places(frame) else ())
    inside = within(words, frame.left, frame.top, frame.right, frame.bottom)
    region = Region(frame, tuple(inside), tuple(bands))
    inner = [s for s in frame.down if frame.left + 2 * TOUCHING < s.at < frame.right - 2 * TOUCHING]
    if inner and inside and covers_rows(region, inner):
        return read_lattice(
            replace(region, frame=build_frame(frame.across, [*frame.down, *hidden_columns(region, inner)]))
        )
    return read_levels(region, words)


def read_levels(region: Region, words: Sequence[Word]) -> Grid | None:
    """Return the grid of a region whose rows are parted by rules or fills and its columns by white space."""
    frame = region.frame
    if not region.levels:
        return None
    filled = filled_columns(region)
    known = filled or find_columns(find_lines(region.words), usual_size(region.words))
    top, bottom = grow(replace(region, columns=tuple(known)), words)
    inside = within(words, frame.left, top, frame.right, bottom)
    columns = filled or find_columns(find_lines(inside), usual_size(inside))
    if len(columns) < 2:  # noqa: PLR2004 - a table has two columns at least
        return None
    whole = replace(region, words=tuple(inside), columns=tuple(columns))
    rows = read_strips(whole, find_strips(whole, top, bottom))
    if not rows:
        return None
    return Grid(frame.left, top, frame.right, bottom, as_columns(columns, frame), tuple(rows), drawn=True)


def find_strips(region: Region, top: float, bottom: float) -> list[Strip]:
    """Return what lies between each two rules and holds words; the outermost may be open to one side."""
    frame, levels = region.frame, region.levels
    edges = [top, *(stroke.at for stroke in levels if top < stroke.at < bottom), bottom]
    strips: list[Strip] = []
    for a, b in pairwise(edges):
        lines = lines_in(within(region.words, frame.left, a, frame.right, b), region.columns)
        titles = leading_titles(lines, len(region.columns)) if not strips else 0
        if titles:
            strips.append(Strip(a, lines[titles].baseline, tuple(lines[:titles]), 0.0, is_open=False))
            lines = lines[titles:]
        is_open = a < levels[0].at - TOUCHING or b > levels[-1].at + TOUCHING
        weight = max((stroke.weight for stroke in levels if abs(stroke.at - a) <= TOUCHING), default=0.0)
        if lines:
            strips.append(Strip(a, b, tuple(lines), weight, is_open and len(lines) > 1))
    return strips


def leading_titles(lines: Sequence[Line], width: int) -> int:
    """Return how many first lines are a title over all columns, with names of columns below in the same strip."""
    count = 0
    while count < len(lines) - 1 and len(lines[count].cells) == 1:
        cell = lines[count].cells[0]
        if cell.column or (cell.span < width and not CAPTION.match(text_of(cell.words))):
            break
        count += 1
    return count if len(lines[count:]) and len(lines[count].cells) > 1 else 0


def read_strips(region: Region, strips: Sequence[Strip]) -> list[Row]:
    """Return the rows of strips; none if what is drawn holds no row of two cells."""
    drawn = [strip.lines for strip in strips if not strip.is_open]
    if len(region.levels) > 1 and not any(len(line.cells) > 1 for lines in drawn for line in lines):
        return []
    pitches = [(b[0].baseline - a[-1].baseline) / b[0].size for a, b in pairwise(drawn)]
    parted = part_bands(drawn)
    first = region.levels[0]
    rows: list[Row] = []
    for strip in strips:
        if not strip.is_open:
            groups = parted.pop(0)
        elif strip.bottom <= first.at and first.weight:  # the header above the first rule
            groups = [list(strip.lines)]
        else:
            groups = group_lines(strip.lines, pitches)
        fill = region.fill(strip.top, strip.bottom)
        rows += [Row(tuple(group), 0.0 if n else strip.weight, fill) for n, group in enumerate(groups)]
    return rows


def filled_columns(region: Region) -> list[Span]:
    """Return the columns that the edges of filled cells show, if no line of words but one in eight crosses them."""
    frame = region.frame
    inner = [s for s in frame.down if frame.left + 2 * TOUCHING < s.at < frame.right - 2 * TOUCHING and not s.weight]
    middles = boundaries(stroke.at for stroke in inner)
    lines = find_lines(region.words)
    crossing = sum(any(word.left < x - 1 and x + 1 < word.right for word in line for x in middles) for line in lines)
    level = [sum(abs(stroke.at - x) <= TOUCHING for stroke in inner) for x in middles]
    if not middles or crossing > len(lines) / 8 or 2 * min(level) < max(level):
        return []
    return list(pairwise([frame.left, *middles, frame.right]))


def as_columns(columns: Sequence[Span], frame: Frame) -> tuple[Span, ...]:
    """Return the columns with the outer ones reaching to the frame."""
    wide = [list(span) for span in columns]
    wide[0][0], wide[-1][1] = min(wide[0][0], frame.left), max(wide[-1][1], frame.right)
    return tuple((left, right) for left, right in wide)
