"""Small PDF files for the reader's tests, drawn line by line so that each thing stands where a test puts it."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

Pen = Any  # a canvas of reportlab, which has no types
Draw = Callable[[Pen], object]
LEADING = 13.0
PROSE = (
    "The council will invest in the skills that employers need and in the places",
    "where people want to live. It will work with colleges, universities and firms",
    "of every size, and it will report on progress to its members twice a year so",
    "that nobody is in doubt about what has been done.",
)


def pdf(*pages: Draw, **options: object) -> bytes:
    """Return a file of one page for each drawing."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=True, **options)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def text(  # noqa: PLR0913  # a pen, a place and what letters look like
    canvas: Pen,
    x: float,
    y: float,
    lines: Sequence[str],
    *,
    size: float = 10,
    font: str = "Helvetica",
    leading: float = LEADING,
) -> float:
    """Draw lines from a height downwards; return the height of the line that would follow."""
    canvas.setFont(font, size)
    for line in lines:
        canvas.drawString(x, y, line)
        y -= leading
    return y


def prose(y: float = 700, x: float = 72) -> Draw:
    """Return a drawing of one paragraph."""
    return lambda canvas: text(canvas, x, y, PROSE)
