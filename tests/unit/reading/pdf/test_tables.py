"""Tables are found by where words stand; what only looks like one is left alone."""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph
from reportlab.platypus import Table as Drawn

from strategybot.reading.pdf.geometry import Page, Word
from strategybot.reading.pdf.pages import read_pages
from strategybot.reading.pdf.tables import Table, continues, find_tables

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


@pytest.mark.parametrize(
    "style",
    [
        pytest.param(GRID, id="grid"),
        pytest.param([("INNERGRID", *ALL, 0.5, colors.grey)], id="no outer frame"),
        pytest.param([("LINEBELOW", *ALL, 0.5, colors.grey)], id="rules below"),
        pytest.param([("LINEABOVE", *ALL, 0.5, colors.grey)], id="rules above"),
        pytest.param([("LINEBELOW", *HEAD, 1, colors.black)], id="header underlined"),
        pytest.param(
            [
                ("LINEABOVE", *HEAD, 1.5, colors.black),
                ("LINEBELOW", *HEAD, 0.5, colors.black),
                ("LINEBELOW", (0, -1), (-1, -1), 1.5, colors.black),
            ],
            id="three rules",
        ),
        pytest.param([("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.lavender, None])], id="odd rows shaded"),
        pytest.param([("ROWBACKGROUNDS", (0, 1), (-1, -1), [None, colors.lavender])], id="even rows shaded"),
        pytest.param([("BACKGROUND", *HEAD, colors.teal)], id="header shaded"),
        pytest.param([("BOX", *ALL, 1, colors.black), ("LINEAFTER", *ALL, 1, colors.black)], id="columns ruled"),
    ],
)
@pytest.mark.parametrize("cells", [BUDGET, ACTIONS], ids=["figures", "wrapped cells"])
def test_rows_keep_their_cells_however_they_are_set_off(cells: list[list[str]], style: Style) -> None:
    table = table_on(cells, [*style, ("TOPPADDING", *ALL, 5), ("BOTTOMPADDING", *ALL, 5)])

    assert header_of(table) == cells[0]
    assert rows_of(table) == cells[1:]


def test_cells_drawn_as_boxes_with_gaps_are_a_table() -> None:
    sheet = Sheet().text(TEXT)
    for n, row in enumerate(BUDGET):
        for m, cell in enumerate(row):
            sheet.canvas.setFillColor(colors.whitesmoke if n else colors.lightblue)
            sheet.canvas.rect(60 + m * 122, sheet.y - 20 - n * 22, 120, 20, stroke=0, fill=1)
            sheet.canvas.setFillColor(colors.black)
            sheet.canvas.drawString(64 + m * 122, sheet.y - 14 - n * 22, cell)

    (table,) = find_tables(sheet.page())

    assert header_of(table) == BUDGET[0]
    assert rows_of(table) == BUDGET[1:]


def test_a_borderless_table_of_figures_is_found() -> None:
    table = table_on(BUDGET, [])

    assert header_of(table) == BUDGET[0]
    assert rows_of(table) == BUDGET[1:]


def test_titles_over_several_columns_go_before_the_name_of_each() -> None:
    cells = [
        ["Service", "2022", "", "2023", ""],
        ["", "Plan", "Result", "Plan", "Result"],
        ["Roads", "1.2", "1.4", "0.9", "1.1"],
        ["Schools", "8.1", "8.0", "8.4", "8.6"],
    ]
    spans = [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0))]

    table = table_on(cells, [*GRID, *spans])

    assert header_of(table) == ["Service", "2022 Plan", "2022 Result", "2023 Plan", "2023 Result"]
    assert rows_of(table) == cells[2:]


def test_a_cell_over_several_rows_is_in_each_of_them() -> None:
    cells = [["Region", "Year", "Grants"], ["North", "2021", "12"], ["", "2022", "15"], ["South", "2021", "9"]]

    table = table_on(cells, [*GRID, ("SPAN", (0, 1), (0, 2))])

    assert rows_of(table) == [["North", "2021", "12"], ["North", "2022", "15"], ["South", "2021", "9"]]


def test_a_table_without_a_header_has_none() -> None:
    sheet = Sheet()
    for n, (name, value) in enumerate([("Population", "212,400"), ("Area", "43"), ("Wards", "21")]):
        sheet.canvas.drawString(64, 700 - n * 20, name)
        sheet.canvas.drawString(264, 700 - n * 20, value)
        sheet.canvas.grid([60, 260, 360], [694 - n * 20, 714 - n * 20])

    (table,) = find_tables(sheet.page())

    assert table.header == ()
    assert rows_of(table) == [["Population", "212,400"], ["Area", "43"], ["Wards", "21"]]


def test_a_caption_row_and_a_source_are_no_rows() -> None:
    cells = [["Table 3: Spending by service", "", ""], *BUDGET, ["Source: Council budget book 2023.", "", ""]]
    spans = [("SPAN", (0, 0), (-1, 0)), ("SPAN", (0, -1), (-1, -1)), ("BACKGROUND", (0, 1), (-1, 1), colors.lightgrey)]

    table = table_on(cells, [*GRID, *spans])

    assert header_of(table) == BUDGET[0]
    assert rows_of(table) == BUDGET[1:]


def test_a_table_in_one_column_of_a_page_is_found_beside_text() -> None:
    sheet = Sheet()
    sheet.text(TEXT * 3, x=310, width=230)
    sheet.y = 780
    sheet.text(TEXT, width=230)
    sheet.table(BUDGET, [("LINEBELOW", *ALL, 0.5, colors.grey)], widths=[110, 60, 60])
    sheet.text(TEXT, width=230)

    (table,) = find_tables(sheet.page())

    assert rows_of(table) == BUDGET[1:]


def test_two_tables_side_by_side_stay_two() -> None:
    sheet = Sheet()
    sheet.table(BUDGET, GRID, widths=[110, 50, 50])
    sheet.y = 780
    sheet.table(ACTIONS, GRID, x=320, widths=[110, 70, 50])

    first, second = find_tables(sheet.page())

    assert rows_of(first) == BUDGET[1:]
    assert rows_of(second) == ACTIONS[1:]


def test_a_table_on_a_coloured_panel_is_found() -> None:
    sheet = Sheet()
    sheet.canvas.setFillColor(colors.lightyellow)
    sheet.canvas.rect(50, 640, 480, 150, stroke=0, fill=1)
    sheet.text("<b>What it costs</b>")
    sheet.table(BUDGET, [("LINEBELOW", *ALL, 0.5, colors.grey)])

    (table,) = find_tables(sheet.page())

    assert header_of(table) == BUDGET[0]
    assert rows_of(table) == BUDGET[1:]


def draw_columns(sheet: Sheet) -> None:
    for top in (780.0, 600.0):
        sheet.canvas.line(60, top + 8, 530, top + 8)
        for x in (60, 310):
            sheet.y = top
            sheet.text(TEXT, x=x, width=220)


def draw_contents(sheet: Sheet) -> None:
    chapters = [("Foreword", 3), ("Housing", 8), ("Transport", 14), ("Climate", 19), ("Annex", 36)]
    sheet.lines([title for title, _ in chapters], 60, leading=20)
    sheet.lines([str(page) for _, page in chapters], 480, leading=20)


def draw_leaders(sheet: Sheet) -> None:
    sheet.lines([f"{title} {'. ' * 60}" for title in ("Foreword", "Housing", "Transport", "Annex")], 60, leading=20)
    sheet.lines(["9", "3", "14", "12"], 480, leading=20)


def draw_addresses(sheet: Sheet) -> None:
    for x, name in ((60, "Head office"), (220, "North hub"), (380, "South hub")):
        sheet.lines([name], x, font="Helvetica-Bold")
        sheet.y -= 12
        sheet.lines(["Example Council", "1 High Street", "Exampleton EX1 1AA", "01234 567890"], x)
        sheet.y += 12


def draw_bullets(sheet: Sheet) -> None:
    sheet.lines(["•"] * 4, 60, leading=18)
    sheet.lines(["Build 2,500 homes", "Plant trees", "Open three hubs", "Mend roads"], 80, leading=18)


def draw_names(sheet: Sheet) -> None:
    for n, x in enumerate((60, 220, 380)):
        sheet.lines(
            [f"{name} {('North', 'South', 'West')[n]}" for name in ("Abbey", "Bridge", "Castle")], x, leading=18
        )


def draw_callout(sheet: Sheet) -> None:
    sheet.canvas.rect(50, 700, 480, 90)
    sheet.text("<b>Box 1: What we heard</b>").text(TEXT)


def draw_bars(sheet: Sheet) -> None:
    for n, width in enumerate((120, 200, 60, 150)):
        y = 700 - n * 24
        sheet.canvas.drawString(60, y, ("Roads", "Schools", "Parks", "Waste")[n])
        sheet.canvas.rect(130, y - 4, width, 14, fill=1)
        sheet.canvas.drawString(136 + width, y, f"{width / 10}")


def draw_form(sheet: Sheet) -> None:
    for n, (first, second) in enumerate([("First name", "Surname"), ("Street", "Town"), ("Telephone", "E-mail")]):
        for x, label in ((60, first), (300, second)):
            sheet.canvas.drawString(x, 740 - n * 24, label)
            sheet.canvas.line(x + 70, 738 - n * 24, x + 200, 738 - n * 24)


def draw_running_lines(sheet: Sheet) -> None:
    sheet.lines(["Example Council"], 60)
    sheet.lines(["Strategy 2024"], 450)
    sheet.canvas.line(60, 774, 530, 774)
    for x in (60, 310):
        sheet.y = 760
        sheet.text(TEXT * 3, x=x, width=220)
    sheet.canvas.line(60, 60, 530, 60)
    sheet.y = 50
    sheet.lines(["www.example.gov.uk"], 60)
    sheet.lines(["12"], 510)


@pytest.mark.parametrize(
    "draw",
    [
        draw_columns,
        draw_contents,
        draw_leaders,
        draw_addresses,
        draw_bullets,
        draw_names,
        draw_callout,
        draw_bars,
        draw_form,
        draw_running_lines,
    ],
)
def test_what_only_looks_like_a_table_is_none(draw: Any) -> None:  # noqa: ANN401 - a plain function
    sheet = Sheet()
    draw(sheet)

    assert find_tables(sheet.page()) == ()


def test_a_page_without_words_has_no_table() -> None:
    sheet = Sheet()
    sheet.canvas.grid([60, 160, 260], [600, 620, 640])

    assert find_tables(sheet.page()) == ()


def test_a_table_goes_on_overleaf_with_its_header_repeated_or_left_out() -> None:
    first = table_on(BUDGET, GRID)
    repeated = table_on([BUDGET[0], ["Parks", "4.4", "4.9"], ["Waste", "22.7", "24.9"]], GRID)

    assert continues(first, repeated)
    assert continues(first, replace(repeated, header=()))


def test_a_table_goes_on_in_the_next_column_of_text() -> None:
    first = table_on(BUDGET, GRID)
    sheet = Sheet()
    sheet.table([["Parks", "4.4", "4.9"], ["Waste", "22.7", "24.9"], ["Total", "179.9", "187.8"]], GRID, x=200)
    (second,) = find_tables(sheet.page())

    assert continues(first, replace(second, header=()))


def test_squared_paper_and_drawings_are_passed_over_quickly() -> None:
    sheet = Sheet()
    steps = range(0, 500, 4)
    sheet.canvas.grid([40 + x for x in steps], [100 + y for y in steps])
    sheet.lines(["North", "South"], 100)

    assert find_tables(sheet.page()) == ()


def test_another_table_does_not_go_on_with_the_one_before() -> None:
    first = table_on(BUDGET, GRID)
    other_names = table_on([["Service", "Plan", "Result"], *BUDGET[1:]], GRID)
    more_columns = table_on([[*row, "1"] for row in BUDGET], GRID)

    assert not continues(first, other_names)
    assert not continues(first, more_columns)


@pytest.mark.parametrize("below", [True, False], ids=["the last row ruled off", "the last row open"])
def test_rows_set_in_the_middle_are_found_where_all_lines_are_equally_far_apart(below: bool) -> None:
    sheet = Sheet()
    rows = [
        ["Plant a thousand", "street trees in", "the north."],
        ["Publish the rules."],
        ["Review", "all charges", "again."],
    ]
    sheet.canvas.setFont("Helvetica-Bold", 10)
    sheet.canvas.drawString(64, 706, "Measure")
    sheet.canvas.drawString(264, 706, "Lead")
    sheet.canvas.setFont("Helvetica", 10)
    y = 684
    for n, lines in enumerate(rows):
        sheet.canvas.drawString(264, y - (len(lines) - 1) * 9, f"Team {n}")
        for line in lines:
            sheet.canvas.drawString(64, y, line)
            y -= 18
    for edge in [700, y + 10][: 1 + below]:
        sheet.canvas.line(60, edge, 360, edge)

    (table,) = find_tables(sheet.page())

    assert header_of(table) == ["Measure", "Lead"]
    assert rows_of(table) == [[" ".join(lines), f"Team {n}"] for n, lines in enumerate(rows)]


def test_striped_tables_of_one_width_with_other_columns_stay_two() -> None:
    sheet = Sheet()
    stripes = [("BACKGROUND", (m, n), (m, n), colors.lavender) for n in (1, 3) for m in range(3)]
    sheet.table([*BUDGET, ["Parks", "2.2", "2.4"]], stripes, widths=[240, 60, 60])
    sheet.y -= 14
    names = [["Name", "Role", "Telephone"], ["Ann Field", "Head of Finance", "6000"], ["Bo Marsh", "Auditor", "6001"]]
    names.append(["Cy Dale", "Lawyer", "6002"])
    sheet.table(names, stripes, widths=[80, 180, 100])

    first, second = find_tables(sheet.page())

    assert rows_of(first) == [*BUDGET[1:], ["Parks", "2.2", "2.4"]]
    assert (header_of(second), rows_of(second)) == (names[0], names[1:])


def test_the_names_of_striped_rows_are_found_where_only_the_other_cells_are_shaded() -> None:
    cells = [*BUDGET, ["Parks", "2.2", "2.4"]]

    table = table_on(cells, [("BACKGROUND", (1, n), (-1, n), colors.lavender) for n in (1, 3)])

    assert (header_of(table), rows_of(table)) == (cells[0], cells[1:])


def test_a_coloured_box_that_stands_on_a_ruled_table_is_not_its_row() -> None:
    sheet = Sheet()
    sheet.canvas.setFillColor(colors.lavender)
    sheet.canvas.rect(300, sheet.y - 200, 120, 200, stroke=0, fill=1)
    sheet.canvas.setFillColor(colors.black)
    sheet.text(TEXT, x=60, width=220)
    sheet.y = 774
    sheet.text("Key facts. Ask us.", x=306, width=100)
    sheet.y = 580
    sheet.table(BUDGET, GRID, widths=[200, 80, 80])

    (table,) = find_tables(sheet.page())

    assert (header_of(table), rows_of(table)) == (BUDGET[0], BUDGET[1:])


def test_a_header_of_two_lines_above_stripes_is_whole() -> None:
    sheet = Sheet()
    stripes = [("BACKGROUND", (m, n), (m, n), colors.lavender) for n in (2, 4) for m in range(3)]
    cells = [["Action", "Lead", "Cost<br/>(£m)"], *ACTIONS[1:3], *BUDGET[1:3]]

    sheet.table(cells, [*stripes, ("VALIGN", *ALL, "MIDDLE")], widths=[240, 120, 40])

    (table,) = find_tables(sheet.page())
    assert header_of(table) == ["Action", "Lead", "Cost (£m)"]


def test_lines_in_columns_below_a_ruled_table_are_no_row() -> None:
    sheet = Sheet().text(TEXT)
    cells = [["Measure", "Q1", "Q2", "Q3"], ["Plant trees", "1", "2", "3"], ["Mend roads", "4", "5", "6"]]
    cells = [cells[0], *(cells[1:] * 2)]
    sheet.table(cells, [("LINEBELOW", *ALL, 0.5, colors.grey)], widths=[120, 120, 120, 110])
    top = sheet.y = sheet.y + 8
    sheet.text(TEXT, width=225)
    sheet.y = top
    sheet.text(TEXT, x=305, width=225)

    (table,) = find_tables(sheet.page())

    assert rows_of(table) == cells[1:]
