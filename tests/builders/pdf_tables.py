"""Tables, panels, pull quotes and figures for the PDF builder."""

from dataclasses import dataclass, replace
from typing import Literal

from tests.builders.content import Table
from tests.builders.expectation import Expected
from tests.builders.pdf_layout import Flow
from tests.builders.pdf_type import Line, Style, break_lines, draw_line, word_width, words_of

TableLook = Literal["grid", "rules", "zebra", "banner"]


@dataclass(frozen=True, slots=True)
class TableStyle:
    look: TableLook
    cell: Style
    head: Style
    caption: Style
    accent: str
    tint: str
    padding: float = 4


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[list[Line], ...]
    height: float


def draw_table(flow: Flow, table: Table, style: TableStyle) -> None:
    """Set a table, its header again on every page or column it runs into."""
    flow.need(120)
    page = flow.put(table.caption, style.caption)
    flow.keep(Expected("paragraph", table.caption, page=page, floating=True, either=True))
    widths = _column_widths(table, style, flow.width)
    head = _row(table.header, widths, style.head, style.padding)
    rows = [_row(row, widths, style.cell, style.padding) for row in table.rows]
    _draw_row(flow, head, widths, style, shade=style.accent if style.look in ("banner", "zebra") else "")
    for n, (row, cells) in enumerate(zip(rows, table.rows, strict=True)):
        if flow.y - row.height < flow.floor:
            flow.next_column()
            _draw_row(flow, head, widths, style, shade=style.accent if style.look in ("banner", "zebra") else "")
        _draw_row(flow, row, widths, style, shade=style.tint if style.look == "zebra" and n % 2 else "")
        flow.keep(Expected("table-row", table.row_text(cells), page=flow.page))
    flow.y -= style.cell.leading + 4


def _column_widths(table: Table, style: TableStyle, width: float) -> list[float]:
    """Share a width out by what the columns hold, no column narrower than its longest word."""
    columns = list(zip(table.header, *table.rows, strict=True))
    least, wanted = [], []
    for header, *cells in columns:
        words = [word_width(w, style.head) for w in words_of(header, style.head)]
        words += [word_width(w, style.cell) for cell in cells for w in words_of(cell, style.cell)]
        least.append(max(words) + 2 * style.padding + 1)
        wanted.append(max(least[-1], max(min(len(cell), 60) for cell in cells) * style.cell.size * 0.5))
    spare = width - sum(least)
    over = sum(w - n for w, n in zip(wanted, least, strict=True)) or 1
    return [n + max(0, spare) * (w - n) / over for w, n in zip(wanted, least, strict=True)]


def _row(cells: tuple[str, ...], widths: list[float], style: Style, padding: float) -> Row:
    made = []
    for n, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        figures = n > 0 and _is_figure(cell)
        look = replace(style, align="right" if figures else "left")
        made.append(break_lines(words_of(cell, look), look, width - 2 * padding))
    return Row(tuple(made), max(map(len, made)) * style.leading + 2 * padding)


def _is_figure(text: str) -> bool:
    return text.replace(",", "").replace(".", "").isdigit()


def _draw_row(flow: Flow, row: Row, widths: list[float], style: TableStyle, *, shade: str) -> None:
    head = bool(shade) and shade == style.accent
    canvas = flow.canvas
    top, x = flow.y, flow.x
    if shade:
        canvas.setFillColor(shade)
        canvas.rect(x, top - row.height, sum(widths), row.height, stroke=0, fill=1)
    text = style.head if head or row.cells[0][0].words[0].font == style.head.font else style.cell
    left = x
    for width, lines in zip(widths, row.cells, strict=True):
        y = top - style.padding
        figures = left > x and _is_figure("".join(word.text for line in lines for word in line.words))
        for line in lines:
            y -= text.leading
            draw_line(canvas, line, replace(text, align="right" if figures else "left"), left + style.padding, y + 2)
        left += width
    canvas.setStrokeColor("#777777")
    canvas.setLineWidth(0.5)
    if style.look == "grid":
        left = x
        for width in widths:
            canvas.rect(left, top - row.height, width, row.height, stroke=1, fill=0)
            left += width
    elif style.look != "zebra":
        canvas.line(x, top - row.height, x + sum(widths), top - row.height)
    flow.y = top - row.height


def draw_panel(flow: Flow, parts: tuple[str, ...], title: Style, body: Style, tint: str) -> None:
    """Set a title and paragraphs in a coloured box that is never divided."""
    inset = 8.0
    width = flow.width - 2 * inset
    blocks = [
        (break_lines(words_of(text, style), style, width), style)
        for text, style in zip(parts, [title, *[body] * (len(parts) - 1)], strict=True)
    ]
    height = sum(len(lines) * style.leading + style.after for lines, style in blocks) + 2 * inset
    flow.need(height + 6)
    flow.y -= 6
    flow.canvas.setFillColor(tint)
    flow.canvas.rect(flow.x, flow.y - height, flow.width, height, stroke=0, fill=1)
    y = flow.y - inset
    for (lines, style), text in zip(blocks, parts, strict=True):
        for line in lines:
            y -= style.leading
            draw_line(flow.canvas, line, style, flow.x + inset, y)
        y -= style.after
        flow.keep(Expected("paragraph", text, page=flow.page, floating=True, either=style is title))
    flow.y -= height + 12


def draw_quote(flow: Flow, text: str, style: Style, accent: str) -> None:
    """Set a pull quote between two rules."""
    lines = break_lines(words_of(text, style), style, flow.width)
    height = len(lines) * style.leading + 30
    flow.need(height)
    flow.canvas.setStrokeColor(accent)
    flow.canvas.setLineWidth(1.5)
    flow.canvas.line(flow.x, flow.y - 6, flow.x + flow.width, flow.y - 6)
    y = flow.y - 12
    for line in lines:
        y -= style.leading
        draw_line(flow.canvas, line, style, flow.x, y)
    flow.canvas.line(flow.x, y - 10, flow.x + flow.width, y - 10)
    flow.keep(Expected("paragraph", text, page=flow.page, floating=True))
    flow.y -= height + 8


def draw_figure(flow: Flow, caption: str, values: tuple[str, ...], style: Style, accent: str) -> tuple[str, ...]:
    """Set a chart of bars with its caption below, and return the words inside the chart."""
    height = 95.0
    flow.need(height + 3 * style.leading + 12)
    base = flow.y - height + 12
    step = flow.width / len(values)
    names = ("Health", "Retail", "Making", "Digital", "Public")
    for n, (value, name) in enumerate(zip(values, names, strict=True)):
        bar = int(value) / 90 * (height - 35)
        flow.canvas.setFillColor(accent)
        flow.canvas.rect(flow.x + n * step + step * 0.15, base, step * 0.7, bar, stroke=0, fill=1)
        flow.canvas.setFillColor("#333333")
        flow.canvas.setFont(style.font, min(6.5, step / 5))
        flow.canvas.drawCentredString(flow.x + (n + 0.5) * step, base + bar + 2, value)
        flow.canvas.drawCentredString(flow.x + (n + 0.5) * step, base - 8, name)
    flow.y -= height + 4
    page = flow.put(caption, style)
    flow.keep(Expected("paragraph", caption, page=page, floating=True, either=True))
    return (*values, *names)
