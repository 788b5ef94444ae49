"""A PDF document put together from its pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from strategybot.reading.blocks import Block, normalise
from strategybot.reading.markdown import join_cells
from strategybot.reading.pdf.contents import find_contents
from strategybot.reading.pdf.furniture import Sheet, find_furniture, printed_labels
from strategybot.reading.pdf.geometry import Page, Word
from strategybot.reading.pdf.headings import find_headings
from strategybot.reading.pdf.hyphens import Vocabulary, join_lines
from strategybot.reading.pdf.joining import join_drafts
from strategybot.reading.pdf.layout import Box, Column, lay_out
from strategybot.reading.pdf.lines import build_line, group_words, plain_line
from strategybot.reading.pdf.notes import Note, drop_marks, find_notes
from strategybot.reading.pdf.paragraphs import Draft, Setting, draft_column, measure_setting
from strategybot.reading.pdf.spans import Span, join, spell_words
from strategybot.reading.pdf.tables import Table, continues, find_tables

Notes = tuple[tuple[Note, ...], frozenset[int]]


@dataclass(slots=True)
class Reading:
    """What has been read of a document so far."""

    sheets: list[Sheet]
    tables: list["TableText"]
    in_contents: bool = False


@dataclass(frozen=True, slots=True)
class TableText:
    """A table's cells as text."""

    page: int
    header: tuple[Span, ...]
    rows: tuple[tuple[Span, ...], ...]
    shape: Table


def add_page(reading: Reading, page: Page, recognised: tuple[tuple[str, ...], ...] = ()) -> None:
    """Read a page's lines and tables, without its contents list; ``recognised`` are paragraphs found by OCR."""
    groups = group_words(page.words)
    contents, reading.in_contents = find_contents(groups, going_on=reading.in_contents)
    if contents:
        groups = [group for n, group in enumerate(groups) if n not in contents]
        page = replace(page, words=tuple(word for group in groups for word in group))
    found = find_tables(page)
    taken = {_place(word) for table in found for row in (table.header, *table.rows) for cell in row for word in cell}
    numbers = []
    for table in found:
        numbers.append((table.left, table.top, table.right, table.bottom, len(reading.tables)))
        reading.tables.append(_table_text(table, page.number))
    lines = []
    for group in groups:
        rest = [word for word in group if _place(word) not in taken]
        if rest:
            lines.append(build_line(rest, page.number))
    reading.sheets.append(
        Sheet(
            page.number,
            page.label,
            page.width,
            page.height,
            tuple(lines),
            page.rules,
            page.panels,
            tuple(numbers),
            recognised,
        )
    )


def _place(word: Word) -> tuple[float, float, str]:
    return word.left, word.baseline, word.text


def _table_text(table: Table, page: int) -> TableText:
    header = tuple(spell_words(cell, page) for cell in table.header)
    rows = tuple(tuple(spell_words(cell, page) for cell in row) for row in table.rows)
    shape = replace(table, header=(), rows=())
    return TableText(page, header, rows, shape)


def build_blocks(reading: Reading) -> tuple[Block, ...]:
    """Return the document's blocks in reading order."""
    setting = measure_setting([_as_column(sheet) for sheet in reading.sheets if sheet.lines])
    notes = {sheet.number: find_notes(sheet, setting.size) for sheet in reading.sheets}
    furniture = find_furniture(reading.sheets, setting.size, frozenset().union(*(taken for _, taken in notes.values())))
    labels = printed_labels(furniture)
    dropped = {id(line) for lines in furniture.values() for line in lines}
    sheets = [
        replace(
            sheet,
            label=labels.get(sheet.number, sheet.label),
            lines=tuple(line for line in sheet.lines if id(line) not in dropped),
        )
        for sheet in reading.sheets
    ]
    drafts, setting = _draft(sheets, notes, setting)
    vocabulary = Vocabulary(line for sheet in sheets for line in sheet.lines)
    named = {sheet.number: sheet.label for sheet in sheets}
    return tuple(_blocks(drafts, reading, find_headings(drafts, setting), vocabulary, named))


def _as_column(sheet: Sheet) -> Column:
    return Column(0, 0, sheet.width, sheet.height, sheet.lines)


def _draft(sheets: Sequence[Sheet], notes: Mapping[int, Notes], setting: Setting) -> tuple[list[Draft], Setting]:
    """Return the document's paragraphs, tables and notes in reading order, joined over columns and pages."""
    anywhere = frozenset(note.marker for found, _ in notes.values() for note in found)
    laid: list[tuple[Column, ...]] = []
    for sheet in sheets:
        found, taken = notes[sheet.number]
        here = frozenset(note.marker for note in found)
        lines = [drop_marks(line, here, anywhere) for line in sheet.lines if id(line) not in taken]
        boxes = [Box(left, top, right, bottom, table=n) for left, top, right, bottom, n in sheet.tables]
        laid.append(lay_out([*(line for line in lines if line.text), *boxes], sheet.panels))
    better = measure_setting(column for columns in laid for column in columns)
    setting = replace(better, size=setting.size) if better.leadings else setting
    pages: list[list[Draft]] = []
    for sheet, columns in zip(sheets, laid, strict=True):
        drafts = [draft for column in columns for draft in draft_column(column, setting, sheet.number)]
        drafts.extend(_plain_draft(texts, sheet.number, setting) for texts in sheet.recognised)
        drafts.extend(Draft(list(note.lines), sheet.number, note=True) for note in notes[sheet.number][0])
        pages.append(drafts)
    return join_drafts(pages, setting), setting


def _plain_draft(texts: Sequence[str], page: int, setting: Setting) -> Draft:
    return Draft([plain_line(text, page, setting.size) for text in texts], page)


def _blocks(
    drafts: Sequence[Draft],
    reading: Reading,
    levels: dict[int, int],
    vocabulary: Vocabulary,
    labels: dict[int, str | None],
) -> Iterator[Block]:
    before: TableText | None = None
    for n, draft in enumerate(drafts):
        label = labels[draft.page]
        if draft.table is not None:
            table = _with_header(reading.tables[draft.table], before)
            yield from _rows(table, label)
            before = table
            continue
        before = before if draft.note else None
        span = _spell(draft, vocabulary, heading=n in levels)
        kind = "heading" if n in levels else "footnote" if draft.note else "list-item" if draft.marker else "paragraph"
        yield Block(kind, span.text, levels.get(n, 0), draft.page, label, span.runs)  # type: ignore[arg-type]  # one of the kinds


def _spell(draft: Draft, vocabulary: Vocabulary, *, heading: bool) -> Span:
    spans = [line.span for line in draft.lines]
    if draft.marker and not heading:
        spans[0] = spans[0].cut(draft.marker).strip()
    return _sound(join_lines(spans, vocabulary).strip())


def _sound(span: Span) -> Span:
    text = normalise(span.text)
    return span if text == span.text else Span(text)


def _with_header(table: TableText, before: TableText | None) -> TableText:
    """Return a table with the header of the one that it goes on from on the page before."""
    if before is None or table.page != before.page + 1 or not continues(before.shape, table.shape):
        return table
    same = [cell.text for cell in table.header] == [cell.text for cell in before.header]
    return table if same or not before.header else _headed(table, before.header)


def _headed(table: TableText, header: tuple[Span, ...]) -> TableText:
    rows = (table.header, *table.rows) if table.header else table.rows
    return replace(table, header=header, rows=rows)


def _rows(table: TableText, label: str | None) -> Iterator[Block]:
    for row in table.rows:
        pieces: list[Span] = []
        for n, cell in enumerate(row):
            if not cell.text:
                continue
            head = table.header[n] if n < len(table.header) else Span()
            pieces.append(join([head, cell], ": ") if head.text else cell)
        span = _sound(join(pieces, "; "))
        assert not row or span.text == normalise(join_cells([c.text for c in table.header], [c.text for c in row]))
        yield Block("table-row", span.text, 0, table.page, label, span.runs)
