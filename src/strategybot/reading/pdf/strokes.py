"""Strokes: what is drawn around and between words, as straight lines; and which of them belong together."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from strategybot.reading.pdf.geometry import Page, Panel

TOUCHING = 2.5
"""Lines this near (points) are one: double lines, and the gaps between the borders of neighbouring cells."""
SHORTEST = 6.0
"""Shorter lines (points) are dashes, ticks and bullets."""
HAIRLINE = 0.1
"""What a rule is thick at least: stroked ones come without a thickness."""
OUTLINE = 0.5
"""Taken for the thickness of an outline, which is not known."""
MOST_STROKES = 3_000
DOT = 3.0
"""Marks up to this size (points) may be the dots of a line."""
PALE = 250
"""A fill whose every colour is at least this (of 255) is not seen; it parts cells, but sets none apart."""
BACKGROUND = 0.5
"""A fill of more than this share of the page's height is its background, not a row."""
WIDE_BOX = 0.8
"""A fill of at least this share of the width of the line that it touches is a row's."""

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line, or the edge of a fill.

    Attributes:
        at: Where it stands: y of a horizontal one, x of a vertical one.
        start: Left or top end.
        end: Right or bottom end.
        weight: Thickness in points; 0 of the edge of a fill.
    """

    at: float
    start: float
    end: float
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Band:
    """Fills of one colour side by side, as the cells of a shaded row are."""

    left: float
    top: float
    right: float
    bottom: float
    fill: Colour
    inner: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """Strokes that touch one another, and the area that they take up; made by ``build_frame``."""

    left: float
    top: float
    right: float
    bottom: float
    across: tuple[Stroke, ...]
    down: tuple[Stroke, ...]


def build_frame(across: Sequence[Stroke], down: Sequence[Stroke]) -> Frame:
    """Return the frame of strokes, of which there is one at least."""
    return Frame(
        min([*(stroke.start for stroke in across), *(stroke.at for stroke in down)]),
        min([*(stroke.at for stroke in across), *(stroke.start for stroke in down)]),
        max([*(stroke.end for stroke in across), *(stroke.at for stroke in down)]),
        max([*(stroke.at for stroke in across), *(stroke.end for stroke in down)]),
        tuple(across),
        tuple(down),
    )


def merge_strokes(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Join strokes that go on with or lie beside one another; drop those that stay too short for a line."""
    shelves: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.at):
        if shelves and stroke.at - shelves[-1][0].at <= TOUCHING:
            shelves[-1].append(stroke)
        else:
            shelves.append([stroke])
    merged: list[Stroke] = []
    for shelf in shelves:
        parts: list[Stroke] = []
        for stroke in sorted(shelf, key=lambda stroke: stroke.start):
            if parts and stroke.start - parts[-1].end <= TOUCHING:
                last = parts[-1]
                weight = max(last.weight, stroke.weight)
                parts[-1] = Stroke(last.at, last.start, max(last.end, stroke.end), weight)
            else:
                parts.append(stroke)
        merged.extend(part for part in parts if part.end - part.start >= SHORTEST)
    return merged


def find_bands(page: Page) -> list[Band]:
    """Return the page's fills, those side by side joined; without backgrounds."""
    bands: list[Band] = []
    for panel in sorted(page.panels, key=lambda panel: (round(panel.top), panel.left)):
        if panel.fill is None or panel.bottom - panel.top > BACKGROUND * page.height:
            continue
        last = bands[-1] if bands else None
        if last and is_beside(last, panel, panel.fill):
            inner = (*last.inner, panel.left)
            bands[-1] = Band(last.left, last.top, max(last.right, panel.right), last.bottom, last.fill, inner)
        else:
            bands.append(Band(panel.left, panel.top, panel.right, panel.bottom, panel.fill))
    return bands


def is_beside(band: Band, panel: Panel, fill: Colour) -> bool:
    """Return whether a panel goes on with a band to its right."""
    level = abs(band.top - panel.top) <= 1 and abs(band.bottom - panel.bottom) <= 1
    return level and band.fill == fill and -1 <= panel.left - band.right <= 2 * TOUCHING


def find_strokes(page: Page, bands: Sequence[Band]) -> tuple[list[Stroke], list[Stroke]]:
    """Return the page's lines across and down: rules, outlines and the edges of fills."""
    across: list[Stroke] = []
    down: list[Stroke] = []
    for rule in page.rules:
        width, height = rule.right - rule.left, rule.bottom - rule.top
        dot = max(width, height) <= DOT  # a dot may be of a line of either kind
        if dot or width >= height:
            across.append(Stroke((rule.top + rule.bottom) / 2, rule.left, rule.right, max(height, HAIRLINE)))
        if dot or width < height:
            down.append(Stroke((rule.left + rule.right) / 2, rule.top, rule.bottom, max(width, HAIRLINE)))
    for panel in page.panels:
        if panel.stroked:
            across += [Stroke(y, panel.left, panel.right, OUTLINE) for y in (panel.top, panel.bottom)]
            down += [Stroke(x, panel.top, panel.bottom, OUTLINE) for x in (panel.left, panel.right)]
    drawn = tuple(across)
    for band in bands:
        if stands_against(band, drawn):
            continue
        across += [Stroke(y, band.left, band.right) for y in (band.top, band.bottom)]
        down += [Stroke(x, band.top, band.bottom) for x in (band.left, *band.inner, band.right)]
    return merge_strokes(across), merge_strokes(down)


def stands_against(band: Band, drawn: Sequence[Stroke]) -> bool:
    """Return whether a fill is a box that stands on, or hangs from, a drawn line of something wider.

    The shaded cells of a ruled table lie between two lines.
    """
    at_ends = [
        [line for line in drawn if abs(line.at - y) <= TOUCHING and line.start < band.right and band.left < line.end]
        for y in (band.top, band.bottom)
    ]
    if all(at_ends) or not any(at_ends):
        return False
    lines = merge_strokes(line for found in at_ends for line in found)
    left, right = min(line.start for line in lines), max(line.end for line in lines)
    return right - left > (band.right - band.left) / WIDE_BOX


def find_frames(across: Sequence[Stroke], down: Sequence[Stroke]) -> list[Frame]:
    """Return strokes that touch as frames, from top to bottom; none of a page full of strokes, as a map is."""
    if len(across) + len(down) > MOST_STROKES:
        return []
    parents = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    posts = sorted(range(len(down)), key=lambda j: down[j].at)
    places = [down[j].at for j in posts]
    for i, line in enumerate(across):
        for j in posts[bisect_left(places, line.start - TOUCHING) : bisect_right(places, line.end + TOUCHING)]:
            if down[j].start - TOUCHING <= line.at <= down[j].end + TOUCHING:
                parents[root(len(across) + j)] = root(i)
    return sorted(gather(across, down, root), key=lambda frame: (frame.top, frame.left))


def gather(across: Sequence[Stroke], down: Sequence[Stroke], root: Callable[[int], int]) -> list[Frame]:
    """Return a frame for each root."""
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for index, stroke in enumerate([*across, *down]):
        groups.setdefault(root(index), ([], []))[index >= len(across)].append(stroke)
    return [build_frame(lines, posts) for lines, posts in groups.values()]
