"""What is drawn on a PDF page besides text: rules, panels and pictures."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2.raw as pdfium

from strategybot.reading.pdf.geometry import Area, Panel, Picture, Rule, View

MOST_OBJECTS = 200_000
MOST_SEGMENTS = 2_000
DEEPEST = 8  # forms within forms
THIN = 3.0  # points
LARGEST_DOT = 9.0  # points
FAINT = 0.98  # share of the page's area above which a fill is the page's own background
Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
STILL: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawings:
    """What is drawn on a page so far; ``left`` counts the objects that may still be looked at."""

    view: View
    rules: list[Rule] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    dots: list[Area] = field(default_factory=list)
    left: int = MOST_OBJECTS


def find_drawings(page: object, view: View) -> Drawings:
    """Return what is drawn on a page of pypdfium2."""
    drawings = Drawings(view)
    objects = (pdfium.FPDFPage_GetObject(page, n) for n in range(pdfium.FPDFPage_CountObjects(page)))
    _collect(drawings, objects, STILL, DEEPEST)
    return drawings


def _collect(drawings: Drawings, objects: Iterator[object], matrix: Matrix, depth: int) -> None:
    for item in objects:
        if drawings.left <= 0:
            return
        drawings.left -= 1
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _add_path(drawings, item, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawings.pictures.append(Picture(*drawings.view.box(*_bounds(item, matrix))))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            inner = (pdfium.FPDFFormObj_GetObject(item, n) for n in range(pdfium.FPDFFormObj_CountObjects(item)))
            _collect(drawings, inner, _product(_matrix(item), matrix), depth - 1)


def _add_path(drawings: Drawings, item: object, matrix: Matrix) -> None:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, mode, stroked)
    fill = _fill(item) if mode.value else None
    if fill is None and not stroked.value:
        return
    whole = _product(_matrix(item), matrix)
    for points, curved in _outlines(item):
        shown = [drawings.view.point(*_moved(whole, x, y)) for x, y in points]
        if curved:
            _add_box(drawings, shown, fill, stroked=bool(stroked.value))
        elif fill is None and not _is_rectangle(shown):
            _add_lines(drawings, shown)
        elif _is_rectangle(shown) or _spans_thinly(shown):
            _add_box(drawings, shown, fill, stroked=bool(stroked.value))


def _add_lines(drawings: Drawings, points: list[tuple[float, float]]) -> None:
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x1 - x0) < 1 or abs(y1 - y0) < 1:
            drawings.rules.append(Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _add_box(
    drawings: Drawings, points: list[tuple[float, float]], fill: tuple[int, int, int] | None, *, stroked: bool
) -> None:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = min(xs), min(ys), max(xs), max(ys)
    wide, high = box[2] - box[0], box[3] - box[1]
    page_wide, page_high = drawings.view.size
    if 1 < max(wide, high) < LARGEST_DOT and max(wide, high) < 1.6 * min(wide, high):
        drawings.dots.append(Area(*box))
    if min(wide, high) < THIN:
        drawings.rules.append(Rule(*box))
    elif wide * high < FAINT * page_wide * page_high:
        drawings.panels.append(Panel(*box, fill=fill, stroked=stroked))


def _is_rectangle(points: list[tuple[float, float]]) -> bool:
    corners = points[:-1] if len(points) > 1 and points[0] == points[-1] else points
    level = all(
        abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5  # noqa: PLR2004  # half a point
        for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)
    )
    return len(corners) == 4 and level  # noqa: PLR2004  # corners


def _spans_thinly(points: list[tuple[float, float]]) -> bool:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(max(xs) - min(xs), max(ys) - min(ys)) < THIN


def _outlines(item: object) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """Yield the points of each part of a path, and whether it is curved anywhere."""
    points: list[tuple[float, float]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(min(pdfium.FPDFPath_CountSegments(item), MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(item, n)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points, curved
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > 1:
        yield points, curved


def _fill(item: object) -> tuple[int, int, int] | None:
    red, green, blue, alpha = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    found = pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return (red.value, green.value, blue.value) if found and alpha.value else None


def _matrix(item: object) -> Matrix:
    m = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, m)
    return m.a, m.b, m.c, m.d, m.e, m.f


def _product(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that does first, then second."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(item: object, matrix: Matrix) -> Box:
    left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    (x0, y0), (x1, y1) = _moved(matrix, left.value, bottom.value), _moved(matrix, right.value, top.value)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
