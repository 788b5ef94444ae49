"""Pages with tables for the tests of their finder, drawn by reportlab."""

import io
from collections.abc import Sequence
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph
from reportlab.platypus import Table as Drawn

from strategybot.reading.pdf.geometry import Page, Word
from strategybot.reading.pdf.pages import read_pages
from strategybot.reading.pdf.tables import Table, find_tables

TEXT = (
    "The council sets out below what it has done over the last year and what it means to do in the next. Figures are "
    "for the financial year unless the text says otherwise, and have been rounded where that makes them plainer. "
    "Residents were asked for their views in autumn, and over two thousand replied. "
)
BUDGET = [
    ["Service", "2022/23", "2023/24"],
    ["Adult social care", "112.4", "118.9"],
    ["Roads", "34.1", "33.0"],
    ["Libraries", "6.3", "6.1"],
]
ACTIONS = [
    ["Action", "Lead", "By when"],
    ["Install twenty charging points for electric vehicles in the car parks of the town", "Head of Transport", "2024"],
    ["Publish a plan for safer routes to all of the primary schools", "Schools Officer", "2025"],
    ["Review charges", "Parking Manager", ""],
]
ALL, HEAD = ((0, 0), (-1, -1)), ((0, 0), (-1, 0))
GRID = [("GRID", *ALL, 0.5, colors.grey)]
Style = list[tuple[Any, ...]]


class Sheet:
    """A page being drawn from the top, 60 points from the left."""

    def __init__(self) -> None:
        self.target = io.BytesIO()
        self.canvas = Canvas(self.target, pagesize=A4)
        self.y = 780.0

    def text(self, text: str, x: float = 60, width: float = 470, *, bold: bool = False) -> "Sheet":
        style = ParagraphStyle("x", fontName="Helvetica-Bold" if bold else "Helvetica", fontSize=10, leading=12)
        paragraph = Paragraph(text, style)
        _, height = paragraph.wrap(width, 800)
        paragraph.drawOn(self.canvas, x, self.y - height)
        self.y -= height + 8
        return self

    def table(self, cells: Sequence[Sequence[str]], style: Style, x: float = 60, widths: Sequence[float] = ()) -> None:
        bold = ParagraphStyle("h", fontName="Helvetica-Bold", fontSize=9, leading=11)
        plain = ParagraphStyle("c", fontName="Helvetica", fontSize=9, leading=11)
        made = [[Paragraph(t, plain if n else bold) if t else "" for t in row] for n, row in enumerate(cells)]
        columns = list(widths) or [180, *[90] * (len(cells[0]) - 1)]
        drawn = Drawn(made, colWidths=columns, style=[("VALIGN", *ALL, "TOP"), *style])
        _, height = drawn.wrap(500, 800)
        drawn.drawOn(self.canvas, x, self.y - height)
        self.y -= height + 10

    def lines(self, texts: Sequence[str], x: float, *, leading: float = 12, font: str = "Helvetica") -> None:
        self.canvas.setFont(font, 10)
        for number, text in enumerate(texts):
            self.canvas.drawString(x, self.y - number * leading, text)

    def page(self) -> Page:
        self.canvas.showPage()
        self.canvas.save()
        return next(iter(read_pages(self.target.getvalue())))


def say(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def header_of(table: Table) -> list[str]:
    return [say(cell) for cell in table.header]


def rows_of(table: Table) -> list[list[str]]:
    return [[say(cell) for cell in row] for row in table.rows]


def table_on(cells: Sequence[Sequence[str]], style: Style) -> Table:
    sheet = Sheet().text(TEXT)
    sheet.table(cells, style)
    sheet.text(TEXT)
    (table,) = find_tables(sheet.page())
    return table
