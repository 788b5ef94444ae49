"""Cover and contents of the designed PDF, and the words that run along its pages."""

from typing import Any

from reportlab.pdfbase import pdfmetrics

from tests.builders.content import Report
from tests.builders.pdf_looks import Look

Heading = tuple[int, str, int]
"""(level 1-3, text, physical page)."""


def draw_cover(canvas: Any, report: Report, look: Look) -> None:  # noqa: ANN401 - reportlab is untyped
    """Draw the title over two lines on a coloured band; below it subtitle, publisher and date."""
    width, height = look.geometry.width, look.geometry.height
    canvas.setFillColor(look.accent)
    canvas.rect(0, height * 0.52, width, height * 0.3, stroke=0, fill=1)
    size = min(
        40.0, (width - 100) / max(pdfmetrics.stringWidth(line, look.face.bold, 1) for line in report.title_lines)
    )
    canvas.setFillColor("#FFFFFF")
    canvas.setFont(look.face.bold, size)
    for n, line in enumerate(report.title_lines):
        canvas.drawString(50, height * 0.72 - n * size * 1.2, line)
    canvas.setFillColor("#222222")
    canvas.setFont(look.face.regular, 18)
    canvas.drawString(50, height * 0.45, report.subtitle)
    canvas.setFont(look.face.regular, 12)
    canvas.drawString(50, height * 0.12, report.publisher)
    canvas.drawRightString(width - 50, height * 0.12, report.date_text)


def draw_contents(canvas: Any, look: Look, headings: tuple[Heading, ...], front: int) -> None:  # noqa: ANN401 - untyped
    """Draw a page of contents with leaders of dots, and a Roman page number."""
    shape = look.geometry
    canvas.setFillColor(look.accent)
    canvas.setFont(look.face.bold, look.headings[0].size)
    y = shape.top - look.headings[0].size
    canvas.drawString(shape.left, y, "Contents")
    y -= 30
    for level, text, page in _listed(look, headings):
        size = 10.5 if level == 1 else 9
        canvas.setFillColor("#222222")
        canvas.setFont(look.face.bold if level == 1 else look.face.regular, size)
        x = shape.left + 14 * (level - 1)
        number = str(page - front)
        canvas.drawString(x, y, text)
        canvas.drawRightString(shape.width - shape.right, y, number)
        start = x + canvas.stringWidth(text) + 6
        room = shape.width - shape.right - canvas.stringWidth(number) - 6 - start
        canvas.drawString(start, y, "." * int(room / canvas.stringWidth(".")))
        y -= size * (1.8 if level == 1 else 1.5)
    canvas.setFont(look.face.regular, 8)
    canvas.drawCentredString(shape.width / 2, min(26, shape.bottom * 0.45), "ii")


def _listed(look: Look, headings: tuple[Heading, ...]) -> list[Heading]:
    return [heading for heading in headings if heading[0] <= look.contents_levels]


def running_words(report: Report, look: Look, headings: tuple[Heading, ...], pages: int, front: int) -> tuple[str, ...]:
    """Return all words of contents, running headers and footers, none of which a reader may give."""
    words = ["Contents", "ii"]
    for _, text, page in _listed(look, headings):
        words += [text, f"{text} {page - front}", f"{text} {'.' * 9} {page - front}"]
    for number in range(1, pages - front):
        odd = number % 2 == 1
        words += look.footer_words(report, number, pages - 1 - front, odd=odd)
        for _, text, _ in headings:
            words.append(look.header_words(report, text, odd=odd))
    chapters = [text for level, text, _ in headings if level == 1]
    words += [look.header_words(report, text, odd=odd) for text in chapters for odd in (True, False)]
    return tuple(dict.fromkeys(word for word in words if word))
