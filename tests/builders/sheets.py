"""Spreadsheets: a workbook with titles above its tables, formats, merged headers and hidden parts; and CSV files."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from itertools import product
from random import Random
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from tests.builders.content import MONTHS, make_report
from tests.builders.expectation import BuiltDocument, Expected
from tests.builders.prose import Writer

HIDDEN_SHEET = "Working figures, not for release"
HIDDEN_ROW = "Row kept for audit only"
Cell = tuple[object, str, tuple[str, ...]]
"""(value, number format, all ways to write it that are right, best first)."""


def build_xlsx_workbook(seed: int = 0) -> BuiltDocument:
    """Return a workbook of two sheets and a hidden one.

    A figure may be read as its cell shows it or as it is stored; a column under a merged header may be named by
    both or by its own header alone.
    """
    random = Random(f"xlsx {seed}")
    report = make_report(5000 + seed, chapters=1)
    writer = Writer(random)
    book = Workbook()
    book.properties.title = report.title
    book.properties.creator = report.publisher
    year, month = map(int, report.published.split("-"))
    book.properties.created = dt.datetime(year, month, 15, 9, 30)
    first = book.active
    first.title = "Action plan"
    expected, total = _actions(first, writer, report.title)
    second = book.create_sheet("Budget by year")
    expected += _budget(second, writer)
    hidden = book.create_sheet("Workings")
    hidden.sheet_state = "hidden"
    hidden["A1"] = HIDDEN_SHEET
    target = io.BytesIO()
    book.save(target)
    return BuiltDocument(
        name=f"workbook-{seed}", suffix=".xlsx", data=_with_result(target.getvalue(), total),
        expected=tuple(expected), indifferent=("Action plan", "Budget by year"), hidden=(HIDDEN_SHEET, HIDDEN_ROW),
        title=report.title, published=f"{report.published}-15",
    )  # fmt: skip


def _actions(sheet: Any, writer: Writer, title: str) -> tuple[list[Expected], int]:  # noqa: ANN401 - untyped
    """Fill a sheet with a title, a note, a table with a sum, and a source; return what to read and the sum."""
    random = writer.random
    note, source = writer.sentence(), f"Source: {writer.note()}"
    sheet["A1"], sheet["A2"] = title, note
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.merge_cells("A1:F1")
    header = ("Ref", "Action", "Cost", "Share of budget", "Start date", "Lead body")
    for x, name in enumerate(header, start=1):
        sheet.cell(4, x, name).font = Font(bold=True)
    expected = [Expected("paragraph", title, page=1, either=True), Expected("paragraph", note, page=1, either=True)]
    total, count = 0, random.randint(6, 15)
    for n in range(count):
        cost = random.randint(50, 9000) * 1000
        total += cost
        cells = (
            _plain(f"A{n + 1}"),
            _plain(writer.item()),
            _pounds(cost),
            _share(random),
            _date(random),
            _plain("Councils"),
        )
        _write(sheet, 5 + n, cells)
        expected += _rows(header, [cells])
    last = 5 + count
    sheet.cell(last, 1, HIDDEN_ROW)
    sheet.row_dimensions[last].hidden = True
    sheet.cell(last + 1, 1, "Total")
    sheet.cell(last + 1, 3, f"=SUM(C5:C{last - 1})").number_format = "£#,##0"
    expected += _rows((header[0], header[2]), [(_plain("Total"), _pounds(total))])
    sheet.cell(last + 3, 1, source)
    expected.append(Expected("paragraph", source, page=1, also=(f"Ref: {source}",), either=True))
    return expected, total


def _budget(sheet: Any, writer: Writer) -> list[Expected]:  # noqa: ANN401 - openpyxl is untyped
    """Fill a sheet whose header has two rows, the upper one merged over two columns."""
    random = writer.random
    sheet["A1"], sheet["B1"] = "Programme", "Budget (£m)"
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    sheet["B2"], sheet["C2"] = "Capital", "Revenue"
    rows: list[tuple[Cell, ...]] = []
    for n in range(random.randint(4, 8)):
        figures = (random.randint(1, 400) / 10, random.randint(1, 400) / 10)
        cells = (_plain(writer.heading()), *((figure, "0.0", (f"{figure:.1f}", f"{figure:g}")) for figure in figures))
        _write(sheet, 3 + n, cells)
        rows.append(cells)
    expected = []
    for name, capital, revenue in rows:
        ways = [
            _rows(("Programme", f"{over}Capital", f"{over}Revenue"), [(name, capital, revenue)])[0] for over in OVER
        ]
        also = tuple(text for way in ways for text in (way.text, *way.also))
        expected.append(Expected("table-row", ways[0].text, page=2, also=also))
    return expected


OVER = ("Budget (£m) ", "Budget (£m), ", "Budget (£m): ", "Budget (£m) – ", "Budget (£m) / ", "")


def _plain(text: str) -> Cell:
    return text, "General", (text,)


def _pounds(cost: int) -> Cell:
    return cost, "£#,##0", (f"£{cost:,}", f"{cost:,}", str(cost))


def _share(random: Random) -> Cell:
    share = random.randint(11, 999) / 1000
    return share, "0.0%", (f"{share:.1%}", f"{share * 100:g}%", f"{share:g}")


def _date(random: Random) -> Cell:
    date = dt.date(random.randint(2023, 2031), random.randint(1, 12), random.randint(1, 28))
    long = f"{date.day} {date:%B} {date.year}"
    return date, "dd/mm/yyyy", (f"{date:%d/%m/%Y}", date.isoformat(), long)


def _write(sheet: Any, y: int, cells: Sequence[Cell]) -> None:  # noqa: ANN401 - openpyxl is untyped
    for x, (value, number_format, _) in enumerate(cells, start=1):
        sheet.cell(y, x, value).number_format = number_format


def _rows(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[Expected]:
    made = []
    for row in rows:
        ways = product(*(texts for _, _, texts in row))
        first, *others = ("; ".join(f"{h}: {t}" for h, t in zip(header, way, strict=True)) for way in ways)
        made.append(Expected("table-row", first, page=1, also=tuple(others)))
    return made


def _with_result(data: bytes, total: int) -> bytes:
    """Return the workbook with the result of its formula, which Excel stores and openpyxl does not."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result:
        for item in source.infolist():
            content = source.read(item)
            if item.filename.endswith("sheet1.xml"):
                content = re.sub(rb"(</f>)<v\s*/>|(</f>)<v></v>", b"</f><v>%d</v>" % total, content)
            result.writestr(item, content)
    return target.getvalue()


def build_csv_table(seed: int = 0) -> BuiltDocument:
    """Return a table as text; seeds differ in separator, encoding, line ends and a title line above."""
    random = Random(f"csv {seed}")
    writer = Writer(random)
    header = ("Scheme", "District", "Amount", "Opens", "Notes, if any")
    separator, encoding = random.choice((",", ",", ";", "\t")), random.choice(("utf-8", "utf-8-sig", "cp1252"))
    rows = []
    for n in range(random.randint(8, 30)):
        remark = writer.sentence().replace("“", '"').replace("”", '"').replace("; ", ", ")
        month = random.choice(MONTHS)
        rows.append(
            (
                f"Scheme {n + 1}",
                random.choice(("Leeds", "Bradford")),
                f"£{random.randint(1, 99)},000",
                f"{month} 2027",
                remark,
            )
        )
    target = io.StringIO(newline="")
    titled = random.random() < 0.4
    title = "Schemes open to firms"
    if titled:
        target.write(f"{title}\r\n\r\n")
    made = csv.writer(target, delimiter=separator, lineterminator=random.choice(("\r\n", "\n")))
    made.writerow(header)
    for row in rows:
        made.writerow((*row[:4], row[4].replace(", ", ",\n", 1) if random.random() < 0.2 else row[4]))
    texts = ["; ".join(f"{h}: {c}" for h, c in zip(header, row, strict=True)) for row in rows]
    first = [Expected("paragraph", title, either=True)] if titled else []
    return BuiltDocument(
        name=f"table-{seed}", suffix=".csv", data=target.getvalue().encode(encoding),
        expected=(*first, *(Expected("table-row", text) for text in texts)),
    )  # fmt: skip
