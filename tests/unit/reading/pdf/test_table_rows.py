"""Rows and columns of tables that little sets apart from one another, or from what stands beside them."""

import pytest
from reportlab.lib import colors

from strategybot.reading.pdf.tables import find_tables
from tests.unit.reading.pdf.table_pages import ACTIONS, ALL, BUDGET, GRID, TEXT, Sheet, header_of, rows_of, table_on


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


def test_a_borderless_table_with_sentences_in_its_cells_is_found_under_bold_names() -> None:
    long = "The council will publish what it has spent on roads, how much of it went to firms nearby, and why. "
    cells = [["Measure", "Owner", "Cost"], [long * 2, "Planning", "£87,000"], [long, "Transport", "£39,000"]]
    cells.append(["Each ward will have a plan for the trees in its streets, parks and schools.", "Parks", "£4,000"])

    table = table_on(cells, [("TOPPADDING", *ALL, 6), ("BOTTOMPADDING", *ALL, 6)])

    assert header_of(table) == cells[0]
    assert rows_of(table) == [[cell.strip() for cell in row] for row in cells[1:]]
