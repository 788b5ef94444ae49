"""Tables in Word: a header row, cells merged downwards and across, several paragraphs in a cell."""

from random import Random

from docx.document import Document

from tests.builders.content import Table
from tests.builders.docx_parts import element
from tests.builders.expectation import Expected

STYLES = ("Table Grid", "Light Grid Accent 1", "Medium Shading 1 Accent 1", "Light List")


def add_table(document: Document, table: Table, random: Random) -> list[Expected]:
    """Add a table with its caption and return what is to be read.

    Of a wide table the leads of the first two rows are one cell, which counts for both; a row may stand for a theme
    across all columns.
    """
    document.add_paragraph(table.caption, style="Caption")
    expected = [Expected("paragraph", table.caption, floating=True, either=True)]
    made = document.add_table(rows=1, cols=len(table.header), style=random.choice(STYLES))
    for cell, text in zip(made.rows[0].cells, table.header, strict=True):
        cell.text = text
        cell.paragraphs[0].runs[0].bold = True
    if random.random() < 0.7:
        made.rows[0]._tr.get_or_add_trPr().append(element("<w:tblHeader/>"))
    rows = list(table.rows)
    if table.wide:
        first, second = rows[:2]
        rows[1] = (*second[:2], first[2], *second[3:])
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            words = text.split(" ")
            cell.text = " ".join(words[:5])
            if words[5:]:
                cell.add_paragraph(" ".join(words[5:]))
        expected.append(Expected("table-row", table.row_text(row)))
    if table.wide:
        made.cell(2, 2).text = ""
        made.cell(1, 2).merge(made.cell(2, 2))
        theme = "All of these are funded until March 2028"
        cells = made.add_row().cells
        cells[0].text = theme
        cells[0].merge(cells[-1])
        expected.append(Expected("table-row", theme, also=(f"{table.header[0]}: {theme}",)))
    return expected
