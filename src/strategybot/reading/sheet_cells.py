"""The cells of a workbook, sheet by sheet: as shown, hidden ones apart, memory flat while a sheet is read."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import NamedTuple

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from strategybot.reading.archive import STRICT, Package
from strategybot.reading.sheet_formats import show_moment, show_number

REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.I)
LARGEST_CELLS = 200_000
LONGEST_FORMAT = 255
ON = ("1", "true")


class Value(NamedTuple):
    """A cell as shown; ``number`` is true for numbers but not for dates, ``strong`` for bold or filled cells."""

    text: str
    number: bool = False
    strong: bool = False


@dataclass(slots=True)
class Sheet:
    """What a sheet shows: values by row and column (both from 1), merged ranges, and the words that are hidden.

    Attributes:
        rows: Value by column by row.
        merged: First row, first column, last row, last column.
        hidden: Words in hidden rows and columns.
        unread: How many cells came after the limit.
        unsaved: How many formulas have no stored result.
    """

    rows: dict[int, dict[int, Value]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    unread: int = 0
    unsaved: int = 0


class Workbook:
    """A workbook: its sheets' names, whether they are hidden, and their cells up to a limit for all together."""

    def __init__(self, package: Package) -> None:
        """Read what all sheets share.

        Raises:
            ValueError: It is no workbook.
        """
        self._package = package
        self._part, root = package.main("xl/workbook.xml")
        if etree.QName(root).localname != "workbook":
            message = "it is no workbook; give it the suffix of its format"
            raise ValueError(message)
        self._left = LARGEST_CELLS
        properties = root.find("{*}workbookPr")
        mac = properties is not None and properties.get("date1904") in ON
        self._epoch: datetime = MAC_EPOCH if mac else WINDOWS_EPOCH
        self._strings = self._read_strings()
        self._formats, self._strong = self._read_styles()
        links = {relation.id: relation for relation in package.relations(self._part)}
        self.sheets: list[tuple[str, str, bool]] = []
        for sheet in root.iterfind("{*}sheets/{*}sheet"):
            link = next(
                (links[value] for name, value in sheet.items() if name.endswith("}id") and value in links), None
            )
            if link is not None and link.kind == "worksheet":
                self.sheets.append((sheet.get("name", ""), link.part, sheet.get("state", "visible") != "visible"))

    def _read_strings(self) -> list[str]:
        root = self._package.xml(self._package.related(self._part, "sharedStrings") or "xl/sharedStrings.xml")
        return [] if root is None else [_words(item) for item in root.iterfind("{*}si")]

    def _read_styles(self) -> tuple[list[str], list[bool]]:
        """Return the number format, and whether its words stand out, of each cell style."""
        root = self._package.xml(self._package.related(self._part, "styles") or "xl/styles.xml")
        if root is None:
            return [], []
        own = {
            n.get("numFmtId"): n.get("formatCode", "General")[:LONGEST_FORMAT]
            for n in root.iterfind("{*}numFmts/{*}numFmt")
        }
        bold = [_is_on(font.find("{*}b")) for font in root.iterfind("{*}fonts/{*}font")]
        solid = [
            fill.find("{*}patternFill[@patternType='solid']") is not None for fill in root.iterfind("{*}fills/{*}fill")
        ]
        formats, strong = [], []
        for style in root.iterfind("{*}cellXfs/{*}xf"):
            number = style.get("numFmtId", "0")
            formats.append(own.get(number) or BUILTIN_FORMATS.get(_whole(number), "General"))
            strong.append(_at(bold, style.get("fontId", "0")) or _at(solid, style.get("fillId", "0")))
        return formats, strong

    def read(self, part: str) -> Sheet:
        """Read a sheet's cells.

        Raises:
            ValueError: The sheet is missing, damaged or not well-formed XML.
        """
        data = self._package.read(part)
        if data is None:
            message = "one of its sheets is missing; save it again in its own program"
            raise ValueError(message)
        sheet = Sheet()
        columns: set[int] = set()
        place = 0
        for element in _elements(data):
            name = etree.QName(element).localname
            if name == "cols":
                columns = _hidden_columns(element)
            elif name == "row":
                place = _whole(element.get("r", "")) or place + 1
                self._row(element, place, columns, sheet)
            else:
                ranges = (merge.get("ref", "") for merge in element)
                sheet.merged += [found for text in ranges if (found := _range(text))]
            element.clear()
        return sheet

    def _row(self, row: etree._Element, place: int, hidden: set[int], sheet: Sheet) -> None:
        column = 0
        values: dict[int, Value] = {}
        for cell in row:
            reference = REFERENCE.fullmatch(cell.get("r", ""))
            column = _column(reference[1]) if reference else column + 1
            if self._left <= 0:
                sheet.unread += len(cell) > 0
                continue
            value = self._value(cell, sheet)
            if not value.text:
                continue
            self._left -= 1
            if row.get("hidden") in ON or column in hidden:
                sheet.hidden.append(value.text)
            else:
                values[column] = value
        if values:
            sheet.rows[place] = values

    def _value(self, cell: etree._Element, sheet: Sheet) -> Value:
        kind, style = cell.get("t", "n"), cell.get("s", "0")
        strong = _at(self._strong, style)
        if kind == "inlineStr":
            return Value(_words(cell.find("{*}is")), strong=strong)
        raw = cell.findtext("{*}v")
        if not raw:
            sheet.unsaved += kind != "str" and cell.find("{*}f") is not None
            return Value("")
        if kind == "s":
            index = _whole(raw)
            return Value(self._strings[index] if index < len(self._strings) else "", strong=strong)
        if kind == "n":
            return self._number(raw, style, strong=strong)
        return Value(_other(kind, raw), strong=strong)

    def _number(self, raw: str, style: str, *, strong: bool) -> Value:
        try:
            value = float(raw)
        except ValueError:
            return Value(raw, strong=strong)
        if not math.isfinite(value):
            return Value(raw, strong=strong)
        index = _whole(style)
        code = self._formats[index] if index < len(self._formats) else "General"
        return Value(show_number(value, code, self._epoch), not is_date_format(code), strong)


def _elements(data: bytes) -> Iterator[etree._Element]:
    """Yield columns, rows and merged ranges of a sheet as they are read."""
    source = BytesIO(STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", data))
    tags = ("{*}cols", "{*}row", "{*}mergeCells")
    try:
        for _, element in etree.iterparse(
            source, events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        ):
            yield element
    except etree.XMLSyntaxError as error:
        message = f"one of its sheets is not well-formed XML ({' '.join(str(error).split())}); save it again"
        raise ValueError(message) from error


def _words(element: etree._Element | None) -> str:
    """Return a string's words without the pronunciation that East Asian sheets add."""
    if element is None:
        return ""
    texts = (t for t in element.iter("{*}t") if etree.QName(t.getparent()).localname != "rPh")
    return " ".join("".join(text.text or "" for text in texts).split())


def _other(kind: str, raw: str) -> str:
    if kind == "b":
        return "TRUE" if raw in ON else "FALSE"
    if kind == "d":
        try:
            return show_moment(datetime.fromisoformat(raw))
        except ValueError:
            return raw
    return " ".join(raw.split())


def _hidden_columns(element: etree._Element) -> set[int]:
    found: set[int] = set()
    for column in element:
        if column.get("hidden") in ON:
            found.update(range(_whole(column.get("min", "")), min(_whole(column.get("max", "")), 20_000) + 1))
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _range(text: str) -> tuple[int, int, int, int] | None:
    found = REFERENCE.findall(text)
    if len(found) != 2:  # noqa: PLR2004 - a range is two corners
        return None
    (left, top), (right, bottom) = found
    return int(top), _column(left), int(bottom), _column(right)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _at(flags: list[bool], index: str) -> bool:
    place = _whole(index)
    return place < len(flags) and flags[place]


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get("val", "1") in ON
