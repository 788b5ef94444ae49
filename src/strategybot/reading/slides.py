"""The PowerPoint reader: each slide's title, text and tables in reading order, then its speaker's notes."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from strategybot.reading.archive import Package
from strategybot.reading.blocks import Block, ParsedText, normalise
from strategybot.reading.dating import choose_title, find_published
from strategybot.reading.diagrams import diagram_blocks
from strategybot.reading.grids import Cell, fill_grid, table_blocks
from strategybot.reading.slide_layout import A, P, Shape, SlideLayout, in_reading_order
from strategybot.reading.slide_text import chart_grid, paragraph_block, text_of
from strategybot.reading.slide_titles import find_typed_title, is_typed_number, words_of
from strategybot.schema import Remark

R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
LEFT_OUT = ("dt", "ftr", "sldNum", "hdr")
TITLES = ("title", "ctrTitle")


def parse_pptx(data: bytes) -> ParsedText:
    """Parse a presentation (.pptx) into blocks whose page is the number of the slide.

    Raises:
        ValueError: It is encrypted, damaged, too large when unpacked, or no presentation.
    """
    package = Package(data)
    part, root = package.main("ppt/presentation.xml")
    if root.tag != P + "presentation":
        message = "it is no presentation; give it the suffix of its format"
        raise ValueError(message)
    links = {relation.id: relation.part for relation in package.relations(part)}
    names = [links.get(slide.get(R_ID, ""), "") for slide in root.iter(P + "sldId")]
    blocks: list[Block] = []
    remarks: list[Remark] = []
    for number, name in enumerate(names, 1):
        slide = package.xml(name)
        if slide is None:
            remarks.append(Remark(kind="left-out", text=f"slide {number}, which is missing in the file", page=number))
        elif slide.get("show") in ("0", "false"):
            words = normalise(" ".join(text_of(paragraph) for paragraph in slide.iter(A + "p")))
            remarks.append(Remark(kind="hidden-text", text=f"Hidden slide {number}: {words}", page=number))
        else:
            reader = _SlideReader(package, name, number, first=not blocks)
            blocks += reader.blocks(slide)
            remarks += reader.remarks
    return ParsedText(tuple(blocks), _metadata(package, blocks), tuple(remarks))


def _metadata(package: Package, blocks: list[Block]) -> dict[str, object]:
    printed = next((block.text for block in blocks if block.kind == "heading"), "")
    found = {
        "title": choose_title(package.core_property("title"), printed, blocks),
        "language": package.core_property("language"),
        "published": find_published(block.text for block in blocks if block.text.strip()),
    }
    return {name: value for name, value in found.items() if value}


class _SlideReader:
    """Reads one slide."""

    def __init__(self, package: Package, part: str, number: int, *, first: bool) -> None:
        self._package = package
        self._part = part
        self._number = number
        self._level = 1 if first else 2
        self._links = {relation.id: relation for relation in package.relations(part)}
        self._layout = SlideLayout(package, part)
        self.remarks: list[Remark] = []

    def blocks(self, slide: etree._Element) -> Iterator[Block]:
        """Yield the title, the other shapes in reading order, then the notes."""
        tree = slide.find(f"{P}cSld/{P}spTree")
        shapes = [] if tree is None else self._layout.shapes(tree)
        for shape in [shape for shape in shapes if shape.hidden]:
            words = words_of(shape)
            if words:
                self.remarks.append(Remark(kind="hidden-text", text=words, page=self._number))
        height = self._layout.height
        shown = [shape for shape in shapes if not shape.hidden and shape.role not in LEFT_OUT]
        shown = [shape for shape in shown if not is_typed_number(shape, self._number, height)]
        titles = [shape for shape in shown if shape.role in TITLES and words_of(shape)]
        typed = None if titles else find_typed_title(shown, height)
        titles += [typed] if typed else []
        for shape in titles:
            yield Block("heading", words_of(shape), self._level, self._number)
        for shape in in_reading_order([shape for shape in shown if shape not in titles]):
            yield from self._shape(shape)
        yield from self._notes()

    def _shape(self, shape: Shape) -> Iterator[Block]:
        table = shape.element.find(f".//{A}tbl")
        chart = shape.element.find(".//{http://schemas.openxmlformats.org/drawingml/2006/chart}chart")
        if table is not None:
            yield from self._table(table)
        elif chart is not None:
            relation = self._links.get(chart.get(R_ID, ""))
            root = self._package.xml(relation.part) if relation else None
            yield from () if root is None else table_blocks(chart_grid(root), 1, self._number)
        else:
            yield from diagram_blocks(self._package, self._part, shape.element, self._number)
            for paragraph in shape.element.iterfind(f"{P}txBody/{A}p"):
                block, hidden = paragraph_block(paragraph, shape, self._number)
                yield block
                if normalise(hidden):
                    self.remarks.append(Remark(kind="hidden-text", text=normalise(hidden), page=self._number))

    def _table(self, table: etree._Element) -> Iterator[Block]:
        properties = table.find(A + "tblPr")
        headed, labelled = (
            properties is not None and properties.get(name) in ("1", "true") for name in ("firstRow", "firstCol")
        )
        rows = []
        for n, row in enumerate(table.iterfind(A + "tr")):
            cells = [
                cell
                for cell in row.iterfind(A + "tc")
                if cell.get("hMerge") not in ("1", "true") and cell.get("vMerge") not in ("1", "true")
            ]
            texts = [_cell(cell, header=headed and n == 0) for cell in cells]
            rows.append([replace(cell, label=labelled and not headed and m == 0) for m, cell in enumerate(texts)])
        yield from table_blocks(fill_grid(rows), page=self._number)

    def _notes(self) -> Iterator[Block]:
        part = next((relation.part for relation in self._links.values() if relation.kind == "notesSlide"), None)
        root = self._package.xml(part)
        for shape in () if root is None else root.iter(P + "sp"):
            role = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
            if role is not None and role.get("type") == "body":
                for paragraph in shape.iterfind(f"{P}txBody/{A}p"):
                    yield Block("paragraph", text_of(paragraph), page=self._number)


def _cell(cell: etree._Element, *, header: bool) -> Cell:
    spans = [cell.get(name, "1") for name in ("gridSpan", "rowSpan")]
    columns, rows = (int(span) if span.isdigit() else 1 for span in spans)
    text = normalise(" ".join(text_of(paragraph) for paragraph in cell.iter(A + "p")))
    return Cell(text, max(columns, 1), max(rows, 1), header)
