"""Rows of tables as text."""

from strategybot.reading.pdf.document import parse_pdf
from tests.unit.reading.pdf.sheets import Draw, pdf, text


def table(*rows: tuple[float, str, str, str]) -> Draw:
    """Return a drawing of rows of three cells, each with the height of its top, ruled off on all sides."""

    def draw(canvas) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - a canvas of reportlab
        for top, *cells in rows:
            for column, cell in enumerate(cells):
                text(canvas, 80 + 150 * column, top - 14, cell.split("|"))
            canvas.grid([72, 222, 372, 522], [top, top - 40])

    return draw


def test_a_row_that_the_end_of_a_page_cuts_is_one_row() -> None:
    first = table(
        (180, "Ref", "Action", "Lead"), (140, "A1", "Plant trees", "Parks"), (100, "A2", "Light the routes", "Roads")
    )
    second = table(
        (780, "", "into Kirklees", ""), (740, "A3", "Clear paths", "Parks"), (700, "A4", "Mend walls", "Roads")
    )

    rows = [block.text for block in parse_pdf(pdf(first, second)).blocks if block.kind == "table-row"]

    assert rows == [
        "Ref: A1; Action: Plant trees; Lead: Parks",
        "Ref: A2; Action: Light the routes into Kirklees; Lead: Roads",
        "Ref: A3; Action: Clear paths; Lead: Parks",
        "Ref: A4; Action: Mend walls; Lead: Roads",
    ]


def test_a_row_of_the_next_page_stays_its_own() -> None:
    first = table(
        (180, "Ref", "Action", "Lead"), (140, "A1", "Plant trees", "Parks"), (100, "A2", "Light the routes", "Roads")
    )
    second = table((780, "A3", "Clear paths", "Parks"), (740, "A4", "Mend walls", "Roads"))

    rows = [block.text for block in parse_pdf(pdf(first, second)).blocks if block.kind == "table-row"]

    assert len(rows) == 4
