"""Words that are drawn twice, as a shadow and as themselves, of which pdfium's text page keeps only the first."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

FARTHEST = 6.0  # points from a shadow to what casts it
SAME = 0.5  # points, of the width and height of both
Box = tuple[float, float, float, float]
Color = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Double:
    """A text object that has no characters in the text page: its box in the page's own space, colour and alpha."""

    box: Box
    color: Color
    alpha: int


def find_doubles(page: pypdfium2.PdfPage, kept: frozenset[int]) -> tuple[Double, ...]:
    """Return a page's text objects but for those, by address, whose characters the text page has."""
    return tuple(
        Double(text_box(item), *_color(item))
        for item in _texts(page)
        if (ctypes.cast(item, ctypes.c_void_p).value or 0) not in kept
    )


def casts(double: Double, shadow: Box) -> bool:
    """Say whether an object is as large as another and so close that the other is its shadow."""
    wide, high = (abs((a - b) - (c - d)) for (a, b), (c, d) in _sides(double.box, shadow))
    off = max(abs(a - b) for a, b in zip(double.box, shadow, strict=True))
    return wide < SAME and high < SAME and off < FARTHEST


def _sides(one: Box, other: Box) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    for low, high in ((0, 2), (1, 3)):
        yield (one[high], one[low]), (other[high], other[low])


def text_box(item: object) -> Box:
    """Return left, bottom, right, top of an object in the page's own space."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _texts(page: pypdfium2.PdfPage) -> Iterator[Any]:
    for n in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, n)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT:
            yield item


def _color(item: object) -> tuple[Color, int]:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return (red.value, green.value, blue.value), alpha.value
