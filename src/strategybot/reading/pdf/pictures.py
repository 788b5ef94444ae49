"""Pages as pictures, and where on them words stand."""

import ctypes
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from strategybot.reading.pdf.geometry import View
from strategybot.reading.pdf.pages import open_document, page_view
from strategybot.schema import PageRun

WIDEST = 4_000  # pixels
TALLEST = 16_000  # pixels
NUDGE = 0.15  # points; a rectangle keeps off the letters beside its words


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Part of a page as shown, in shares of its width and height from its top left corner: 0-1.

    Attributes:
        page: From 1.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float


def render_page(source: bytes | Path, page: int, *, width_px: int) -> bytes:
    """Return a page as a PNG picture.

    Args:
        source: A PDF file, or its bytes.
        page: From 1.
        width_px: Width of the picture, 1-4000; its height follows.

    Raises:
        ValueError: The file cannot be read, has no such page, or the width is out of range.
    """
    if not 1 <= width_px <= WIDEST:
        message = f"a picture is 1 to {WIDEST:,} pixels wide, not {width_px:,}"
        raise ValueError(message)
    with open_document(_bytes(source)) as document:
        sheet = _page(document, page)
        width, height = sheet.get_size()
        scale = min(width_px / width, TALLEST / height)
        bitmap = sheet.render(scale=scale)
        picture = io.BytesIO()
        bitmap.to_pil().save(picture, format="PNG")
        bitmap.close()
    return picture.getvalue()


def find_rectangles(
    source: bytes | Path, runs: Sequence[PageRun], start: int = 0, end: int | None = None
) -> tuple[Rectangle, ...]:
    """Return the rectangles that cover the characters of a text's span: one for each line on the page.

    Args:
        source: A PDF file, or its bytes.
        runs: Which page characters hold which part of a text, as in ``Paragraph.runs``.
        start: Where the span begins in that text.
        end: Where it ends; None for as far as the runs go.

    Raises:
        ValueError: The file cannot be read, or a run names a page or characters that it has not.
    """
    wanted = list(_cut(runs, start, end))
    found: list[Rectangle] = []
    with open_document(_bytes(source)) as document:
        for number, group in groupby(wanted, key=lambda run: run[0]):
            page = _page(document, number)
            textpage = page.get_textpage()
            view = page_view(page)
            for part in _unbroken(textpage, [(first, count) for _, first, count in group]):
                boxes = [box for first, count in part for box in _boxes(textpage, view, first, count)]
                found.extend(_rectangles(boxes, view, number))
            textpage.close()
            page.close()
    return tuple(found)


def _cut(runs: Sequence[PageRun], start: int, end: int | None) -> Iterator[tuple[int, int, int]]:
    """Yield (page, first character, count) of the parts of runs within a span."""
    for a, b, page, first in runs:
        low, high = max(a, start), b if end is None else min(b, end)
        if low < high:
            yield page, first + low - a, high - low


def _unbroken(textpage: pypdfium2.PdfTextPage, spans: Sequence[tuple[int, int]]) -> Iterator[Sequence[tuple[int, int]]]:
    """Divide (first character, count) spans where the page has other words between them, such as a note's number."""
    part: list[tuple[int, int]] = []
    for first, count in spans:
        last = sum(part[-1]) if part else first
        between = textpage.get_text_range(last, first - last) if last < first else ""
        if between.strip():
            yield part
            part = []
        part.append((first, count))
    yield part


Box = tuple[float, float, float, float]


def _boxes(textpage: pypdfium2.PdfTextPage, view: View, first: int, count: int) -> Iterator[Box]:
    """Yield left, top, right, bottom of characters as shown, but for white space."""
    if not 0 <= first <= first + count <= pdfium.FPDFText_CountChars(textpage):
        message = "it has no such characters on that page; it is another version of the file"
        raise ValueError(message)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(first, first + count):
        if not chr(pdfium.FPDFText_GetUnicode(textpage, index)).isspace():
            pdfium.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
            if right.value > left.value and top.value > bottom.value:
                yield view.box(left.value, bottom.value, right.value, top.value)


def _rectangles(boxes: Sequence[Box], view: View, page: int) -> Iterator[Rectangle]:
    """Yield the rectangles around boxes that follow each other on one line."""
    width, height = view.size
    line: list[Box] = []
    for box in boxes:
        if line and not _continues(line, box):
            yield _around(line, width, height, page)
            line = []
        line.append(box)
    if line:
        yield _around(line, width, height, page)


def _continues(line: Sequence[Box], box: Box) -> bool:
    """Say whether a character stands on the line of those before it."""
    last = line[-1]
    tall = max(bottom - top for _, top, _, bottom in [*line[-8:], box])
    level = min(last[3], box[3]) - max(last[1], box[1]) > -0.4 * tall
    return level and -0.5 * tall < box[0] - last[2] < 4 * tall


def _around(boxes: Sequence[Box], width: float, height: float, page: int) -> Rectangle:
    left, top = min(b[0] for b in boxes) + NUDGE, min(b[1] for b in boxes) + NUDGE
    right, bottom = max(b[2] for b in boxes) - NUDGE, max(b[3] for b in boxes) - NUDGE
    return Rectangle(page, max(left / width, 0), max(top / height, 0), min(right / width, 1), min(bottom / height, 1))


def _bytes(source: bytes | Path) -> bytes:
    return source if isinstance(source, bytes) else source.read_bytes()


def _page(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    if not 1 <= number <= len(document):
        message = f"it has no page {number:,}; its pages are 1 to {len(document):,}"
        raise ValueError(message)
    return document[number - 1]
