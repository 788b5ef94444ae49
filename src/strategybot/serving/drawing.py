"""Drawing of a PDF's page with words marked on it; runs in a child process, and so imports little."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from strategybot.reading.isolation import IsolationError, run_isolated
from strategybot.reading.pdf.pictures import Rectangle, find_rectangles, render_page
from strategybot.schema import PageRun

LIMIT_S = 20.0
MEGABYTES = 1_500
QUOTE = (255, 216, 77)
ALSO = (255, 240, 179)
EDGE = (214, 96, 0)
"""Seen on white paper and on dark panels, where the colour of the mark is not."""
MARGIN = (0.008, 0.02)
"""Where the bar beside the quoted words begins and ends, as shares of the page's width."""
REACH = 0.002
"""How far a mark reaches beyond its words, as a share of the page's width."""


def draw_isolated(
    path: Path, page: int, *, width_px: int, quote: tuple[PageRun, ...], also: tuple[PageRun, ...]
) -> bytes:
    """Draw a page in a child process, as ``draw_page`` does.

    Raises:
        ValueError: It cannot be drawn within 20 seconds and 1,500 MB, or at all.
    """
    try:
        return run_isolated(draw_page, path, page, width_px, quote, also, timeout_s=LIMIT_S, megabytes=MEGABYTES)
    except IsolationError as error:
        raise ValueError(str(error)) from error


def draw_page(path: Path, page: int, width_px: int, quote: tuple[PageRun, ...], also: tuple[PageRun, ...]) -> bytes:
    """Draw a page, words marked, as PNG.

    Args:
        path: A PDF file.
        page: From 1.
        width_px: Width of the picture.
        quote: Runs of the quoted words on that page.
        also: Runs of other words quoted in the same reply.

    Raises:
        ValueError: The file cannot be read, or has no such page.
    """
    try:
        picture = Image.open(BytesIO(render_page(path, page, width_px=width_px))).convert("RGB")
        mark(picture, find_rectangles(path, also), ALSO)
        rectangles = find_rectangles(path, quote)
        mark(picture, rectangles, QUOTE, edge=EDGE)
        mark_margin(picture, rectangles)
    except RuntimeError as error:  # what pdfium says of a damaged page
        message = "its file is damaged there"
        raise ValueError(message) from error
    made = BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def mark(
    picture: Image.Image,
    rectangles: Sequence[Rectangle],
    colour: tuple[int, int, int],
    *,
    edge: tuple[int, int, int] | None = None,
) -> None:
    """Colour rectangles as a marker pen does, so that dark words on them stay as dark; an edge stands around each."""
    pen = ImageDraw.Draw(picture)
    for rectangle in rectangles:
        box = _place(rectangle, *picture.size)
        if box[0] >= box[2] or box[1] >= box[3]:
            continue
        part = picture.crop(box)
        picture.paste(ImageChops.multiply(part, Image.new("RGB", part.size, colour)), box)
        if edge:
            pen.rectangle((box[0], box[1], box[2] - 1, box[3] - 1), outline=edge, width=max(1, picture.width // 800))


def mark_margin(picture: Image.Image, rectangles: Sequence[Rectangle]) -> None:
    """Draw a bar in the left margin beside the rectangles, to be seen where the page is shown small."""
    pen = ImageDraw.Draw(picture)
    left, right = (round(share * picture.width) for share in MARGIN)
    spans = sorted((top, bottom) for _, top, _, bottom in (_place(r, *picture.size) for r in rectangles))
    until = 0
    for top, bottom in spans:
        # What is no more than a line's height apart is one bar.
        begin = until if until and top - until <= bottom - top else top
        pen.rectangle((left, begin, right, max(begin, bottom - 1)), fill=EDGE)
        until = max(until, bottom)


def _place(rectangle: Rectangle, width: int, height: int) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom in pixels within a picture."""
    reach = REACH * width
    left, top = rectangle.left * width - reach, rectangle.top * height - reach
    right, bottom = rectangle.right * width + reach, rectangle.bottom * height + reach
    return max(0, round(left)), max(0, round(top)), min(width, round(right)), min(height, round(bottom))
