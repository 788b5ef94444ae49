"""The Word reader: headings by style, lists, tables with their headers, notes after the paragraph that calls them."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from strategybot.reading.archive import Package
from strategybot.reading.blocks import Block, ParsedText, normalise
from strategybot.reading.bullets import split_bullet
from strategybot.reading.dating import choose_title, find_published
from strategybot.reading.diagrams import diagram_blocks
from strategybot.reading.grids import fill_grid, table_blocks
from strategybot.reading.word_headings import Found, drop_contents, promote_headings
from strategybot.reading.word_styles import UNKNOWN_FILL, WHITE, Styles, W, value_of
from strategybot.reading.word_tables import Row, TableCell, find_rows, mark_headers
from strategybot.reading.word_text import MC, Line, LineReader, chosen
from strategybot.schema import Remark

THROUGH = frozenset(W + name for name in ("sdtContent", "ins", "moveTo", "customXml", "smartTag"))


def parse_docx(data: bytes) -> ParsedText:
    """Parse a Word document (.docx) into blocks; one without words gives none.

    Raises:
        ValueError: It is encrypted, damaged, too large when unpacked, or no Word document.
    """
    package = Package(data)
    part, root = package.main("word/document.xml")
    body = root.find(W + "body")
    if body is None:
        message = "it is no Word document: it has no body; give it the suffix of its format"
        raise ValueError(message)
    styles = Styles(package.xml(package.related(part, "styles") or "word/styles.xml"))
    walk = _Walk(package, part, root, styles)
    found = promote_headings(drop_contents(list(walk.blocks(body, walk.background))))
    blocks = tuple(item.block for item in found)
    printed = next((item.block.text for item in found if item.title and item.block.text.strip()), "")
    metadata = {
        "title": choose_title(package.core_property("title"), printed, blocks),
        "language": package.core_property("language"),
    }
    published = find_published(block.text for block in blocks if block.text.strip())
    if published:
        metadata["published"] = published
    return ParsedText(blocks, {name: value for name, value in metadata.items() if value}, tuple(walk.remarks))


def _read_notes(package: Package, part: str) -> dict[tuple[str, str], etree._Element]:
    """Return footnotes and endnotes by kind and id, without the lines that separate them from the text."""
    notes = {}
    for kind in ("footnote", "endnote"):
        root = package.xml(package.related(part, f"{kind}s"))
        for note in () if root is None else root.findall(W + kind):
            if note.get(W + "type", "normal") == "normal":
                notes[kind, note.get(W + "id", "")] = note
    return notes


class _Walk:
    """One walk through a body, in order: page, open fields and remarks so far."""

    def __init__(self, package: Package, part: str, root: etree._Element, styles: Styles) -> None:
        self._package = package
        self._part = part
        self._styles = styles
        self._notes = _read_notes(package, part)
        self._lines = LineReader(root, styles)
        self.remarks: list[Remark] = []
        page = root.find(W + "background")
        self.background = WHITE if page is None else page.get(W + "color", WHITE)

    def blocks(self, parent: etree._Element | tuple[()], background: str) -> Iterator[Found]:
        """Yield the blocks of a body, cell, note or text box."""
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child, background)
            elif child.tag == W + "tbl":
                yield from self._table(child, background)
            elif child.tag == W + "sdt":
                inside = self.blocks(child, background)
                yield from self._skip(child) if _is_contents(child) else inside
            elif child.tag in THROUGH:
                yield from self.blocks(child, background)
            elif child.tag == MC + "AlternateContent":
                yield from self.blocks(chosen(child), background)
            elif child.tag == W + "altChunk":
                self.remarks.append(
                    Remark(kind="left-out", text="a file embedded as a part of the text", page=self._lines.page)
                )

    def _paragraph(self, paragraph: etree._Element, background: str) -> Iterator[Found]:
        line = self._lines.read(paragraph, background)
        self._remark(line)
        properties = paragraph.find(W + "pPr")
        if not self._styles.is_contents(properties):
            yield self._block(line, properties)
        for box in line.boxes:
            yield from self.blocks(box, UNKNOWN_FILL)
        for drawing in line.drawings:
            yield from (Found(block) for block in diagram_blocks(self._package, self._part, drawing, line.page))
        for key in line.notes:
            yield from self._note(key, line.page)

    def _skip(self, element: etree._Element) -> Iterator[Found]:
        """Yield nothing, and count the pages that an element fills."""
        for paragraph in element.iter(W + "p"):
            self._lines.read(paragraph, self.background)
        yield from ()

    def _block(self, line: Line, properties: etree._Element | None) -> Found:
        level = self._styles.level(properties)
        if level:
            title = self._styles.is_title(properties)
            return Found(Block("heading", line.text, level, line.page), line.size, line.is_bold, title=title)
        bullet, text = split_bullet(line.text)
        listed = bullet or self._styles.is_list_item(properties)
        block = Block("list-item" if listed else "paragraph", text, page=line.page)
        return Found(block, line.size, line.is_bold, stands=not bullet)

    def _remark(self, line: Line) -> None:
        hidden = normalise(line.hidden)
        if hidden:
            self.remarks.append(Remark(kind="hidden-text", text=hidden, page=line.page))

    def _note(self, key: tuple[str, str], page: int | None) -> Iterator[Found]:
        note = self._notes.pop(key, None)
        if note is not None:
            text = " ".join(item.block.text for item in self.blocks(note, self.background))
            yield Found(Block("footnote", text, page=page))

    def _table(self, table: etree._Element, background: str) -> Iterator[Found]:
        rows = list(find_rows(table))
        properties = table.find(W + "tblPr")
        ground = UNKNOWN_FILL if self._styles.table_is_filled(properties) else background
        if self._is_layout(rows):
            for row in rows:
                for place in row.places:
                    yield from self.blocks(place.element, place.fill or ground)
            return
        page = self._lines.page
        notes: list[Found] = []
        cells = [self._row(row, ground, notes) for row in rows]
        texts = _fill_merged(rows, cells)
        repeating = next((n for n, row in enumerate(rows) if not row.repeats), len(rows))
        marked = mark_headers(texts, repeating, styled=self._styles.marks_first_row(properties))
        yield from (Found(block) for block in table_blocks(fill_grid(marked), page=page))
        yield from notes

    def _is_layout(self, rows: list[Row]) -> bool:
        """Tell whether a table only places text: one column, one row of several paragraphs, or headings in cells."""
        if max((len(row.places) for row in rows), default=0) <= 1:
            return True
        cells = [place.element for row in rows for place in row.places]
        if len(rows) == 1 and any(len(cell.findall(W + "p")) > 1 for cell in cells):
            return True
        return any(
            self._styles.level(p.find(W + "pPr"))
            for cell in cells[len(rows[0].places) :]
            for p in cell.findall(W + "p")
        )

    def _row(self, row: Row, background: str, notes: list[Found]) -> list[TableCell]:
        """Read a row's cells; its page ends where its last cell does, and its notes are kept for below the table."""
        before = after = self._lines.page
        cells = []
        for place in row.places:
            self._lines.page = before
            found = list(self.blocks(place.element, place.fill or background))
            notes += [item for item in found if item.block.kind == "footnote"]
            said = [item for item in found if item.block.kind != "footnote" and item.block.text.strip()]
            text = " ".join(normalise(item.block.text) for item in said)
            style = next((value_of(p, "pStyle") or "" for p in place.element.iter(W + "pPr")), "")
            cells.append(TableCell(text, place.span, bool(said) and all(i.bold for i in said), place.fill, style))
            after = max(after, self._lines.page) if after and self._lines.page else after
        self._lines.page = after
        return cells


def _fill_merged(rows: list[Row], cells: list[list[TableCell]]) -> list[list[TableCell]]:
    """Return the cells with those merged into the one above holding its words, and gaps before a row filled."""
    above: dict[int, TableCell] = {}
    filled = []
    for row, read in zip(rows, cells, strict=True):
        line = [TableCell("", row.places[0].column, False, None, "")] if row.places and row.places[0].column else []
        for place, cell in zip(row.places, read, strict=True):
            whole = replace(above.get(place.column, cell), below=True) if place.continues else cell
            above[place.column] = whole
            line.append(whole)
        filled.append(line)
    return filled


def _is_contents(control: etree._Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and "table of contents" in gallery.get(W + "val", "").lower()
