"""The Excel and CSV readers: each table's rows with their headers, numbers as shown, hidden cells left out."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from io import StringIO

from strategybot.reading.archive import Package
from strategybot.reading.blocks import Block, ParsedText
from strategybot.reading.dating import choose_title, find_published
from strategybot.reading.grids import NUMBER
from strategybot.reading.sheet_cells import LARGEST_CELLS, Sheet, Value, Workbook
from strategybot.reading.sheet_tables import sheet_blocks
from strategybot.schema import Remark

UNNAMED = re.compile(r"(?:sheet|tabelle|feuil|feuille|hoja|blad|foglio)\s*\d*", re.I)
SHOWN_HIDDEN_CHARS = 1_000
TALLEST_MERGE = 1_000
DELIMITERS = ",;\t|"
SAMPLE_LINES = 50
LONGEST_NUMBER = 40
LARGEST_FIELD_CHARS = 1_000_000


def parse_xlsx(data: bytes) -> ParsedText:
    """Parse a workbook (.xlsx) into blocks whose page is the number of the sheet.

    Raises:
        ValueError: It is encrypted, damaged, too large when unpacked, or no workbook.
    """
    package = Package(data)
    book = Workbook(package)
    blocks: list[Block] = []
    remarks: list[Remark] = []
    several = sum(not hidden for _, _, hidden in book.sheets) > 1
    unread = 0
    for page, (name, part, hidden) in enumerate(book.sheets, 1):
        sheet = book.read(part)
        unread += sheet.unread
        remarks += _remarks(name, sheet, page, hidden=hidden)
        if hidden or not sheet.rows:
            continue
        if not UNNAMED.fullmatch(name):
            blocks.append(Block("heading", name, 2 if several else 1, page))
        blocks += sheet_blocks(*_spread(sheet), page)
    if unread:
        text = f"{unread:,} cells after the first {LARGEST_CELLS:,}; split the workbook"
        remarks.append(Remark(kind="left-out", text=text))
    return ParsedText(tuple(blocks), _metadata(package.core_property("title"), blocks), tuple(remarks))


def _metadata(stored: str, blocks: Sequence[Block]) -> dict[str, object]:
    """Return title and date; a first line above a table names the workbook before a sheet's name does."""
    first = next((n for n, block in enumerate(blocks) if block.kind != "heading"), None)
    line = blocks[first].text if first is not None and first <= 1 and blocks[first].kind == "paragraph" else ""
    found = {
        "title": choose_title(stored, line, blocks),
        "published": find_published(block.text for block in blocks),
    }
    return {name: value for name, value in found.items() if value}


def _remarks(name: str, sheet: Sheet, page: int, *, hidden: bool) -> list[Remark]:
    remarks = []
    words = list(sheet.hidden)
    if hidden:
        words += [value.text for _, row in sorted(sheet.rows.items()) for _, value in sorted(row.items())]
    if words:
        where = f"Hidden sheet {name}" if hidden else f"Hidden rows or columns of {name}"
        text = f"{where}: {'; '.join(words)}"
        remarks.append(Remark(kind="hidden-text", text=text[:SHOWN_HIDDEN_CHARS], page=page))
    if sheet.unsaved and not hidden:
        text = f"{sheet.unsaved:,} formulas of {name} without a stored result; open the workbook in Excel and save it"
        remarks.append(Remark(kind="left-out", text=text, page=page))
    return remarks


def _spread(sheet: Sheet) -> tuple[dict[int, dict[int, Value]], dict[tuple[int, int], int]]:
    """Put a merged cell's value into each of its rows, and return how many columns such cells cover."""
    rows = {number: dict(row) for number, row in sheet.rows.items()}
    spans: dict[tuple[int, int], int] = {}
    for top, left, bottom, right in sheet.merged:
        value = rows.get(top, {}).get(left)
        for number in range(top, min(bottom, top + TALLEST_MERGE) + 1) if value else ():
            if number in rows and value:
                rows[number].setdefault(left, value)
                if right > left:
                    spans[number, left] = right - left + 1
    return rows, spans


def parse_csv(text: str) -> ParsedText:
    """Parse comma, semicolon, tab or bar separated values; lines above the header are paragraphs.

    Raises:
        ValueError: A field is longer than a million characters, as after a quotation mark that is never closed.
    """
    csv.field_size_limit(LARGEST_FIELD_CHARS)
    text = text.lstrip("\ufeff").replace("\0", "")
    try:
        lines = list(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), skipinitialspace=True))
    except csv.Error as error:
        message = f"it cannot be read as a table ({error}); correct it or save it again"
        raise ValueError(message) from error
    rows: dict[int, dict[int, Value]] = {}
    cells = 0
    for number, line in enumerate(lines, 1):
        if cells >= LARGEST_CELLS:
            break
        row = {n: Value(cell, _is_number(cell)) for n, field in enumerate(line, 1) if (cell := " ".join(field.split()))}
        cells += len(row)
        if row:
            rows[number] = row
    blocks = tuple(sheet_blocks(rows, {}, None))
    remarks: tuple[Remark, ...] = ()
    if len(lines) > max(rows, default=0) and cells >= LARGEST_CELLS:
        left = len(lines) - max(rows)
        remarks = (Remark(kind="left-out", text=f"{left:,} lines after the first {LARGEST_CELLS:,} cells; split it"),)
    title = blocks[0].text if blocks and blocks[0].kind == "paragraph" else None
    return ParsedText(blocks, {"title": title} if title else {}, remarks)


def _is_number(text: str) -> bool:
    return len(text) <= LONGEST_NUMBER and bool(NUMBER.fullmatch(text))


def _delimiter(text: str) -> str:
    """Return the sign that splits most lines into equally many fields; more fields win, then the order of the list."""
    sample = "\n".join(text.splitlines()[:SAMPLE_LINES])
    best, score = ",", (0.0, 0)
    for sign in DELIMITERS:
        try:
            widths = Counter(len(row) for row in csv.reader(StringIO(sample), delimiter=sign) if row)
        except csv.Error:
            continue
        width, lines = max(widths.items(), key=lambda item: (item[1] if item[0] > 1 else 0, item[0]), default=(1, 0))
        if width > 1 and (lines / widths.total(), width) > score:
            best, score = sign, (lines / widths.total(), width)
    return best
