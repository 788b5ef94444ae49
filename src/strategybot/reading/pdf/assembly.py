"""A PDF document put together from its pages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from statistics import median
from typing import TypeVar

from strategybot.reading.blocks import Block
from strategybot.reading.pdf.contents import find_contents
from strategybot.reading.pdf.furniture import Sheet, find_furniture, printed_labels
from strategybot.reading.pdf.geometry import Page, Word
from strategybot.reading.pdf.headings import find_headings
from strategybot.reading.pdf.hyphens import Vocabulary, join_lines
from strategybot.reading.pdf.joining import join_drafts
from strategybot.reading.pdf.layout import Box, Column, Gutter, Item, find_gutters, lay_out
from strategybot.reading.pdf.line_numbers import drop_line_numbers
from strategybot.reading.pdf.lines import Line, build_line, group_words, plain_line
from strategybot.reading.pdf.notes import Note, drop_marks, find_notes, note_marks
from strategybot.reading.pdf.paragraphs import Draft, draft_column, is_endnote
from strategybot.reading.pdf.pieces import prepare
from strategybot.reading.pdf.rows import CONTINUED, TableText, join_cut_rows, read_table, rows, with_header
from strategybot.reading.pdf.setting import Setting, flat, measure_setting
from strategybot.reading.pdf.spans import Span, sound
from strategybot.reading.pdf.tables import Table, find_tables
from strategybot.schema import BlockKind

MOSTLY_TABLES = 4  # characters in tables for one outside them, in a register or a schedule
NEAR = 2  # pages on which the same columns are likely
BACK_LINKS = " ↩\ufe0e^"  # from a note to where it is referred to
MEASURED = 0.15  # of the size of letters, by which OCR errs
LAYOUT_ERRORS = (ArithmeticError, LookupError, RecursionError, ValueError)
T = TypeVar("T")
Notes = tuple[tuple[Note, ...], frozenset[int]]


@dataclass(slots=True)
class Reading:
    """What has been read of a document so far.

    Attributes:
        pages: How many pages the document has.
        unlaid: Numbers of the pages whose tables or columns could not be made out.
    """

    pages: int
    unlaid: set[int] = field(default_factory=set)
    sheets: list[Sheet] = field(default_factory=list)
    tables: list[TableText] = field(default_factory=list)
    in_contents: bool = False


@dataclass(frozen=True, slots=True)
class Speller:
    """How lines become the text of blocks.

    Attributes:
        vocabulary: The document's words.
        marks: Markers of its notes.
        labels: The printed number of each page.
    """

    vocabulary: Vocabulary
    marks: frozenset[str]
    labels: Mapping[int, str | None]

    def spell(self, draft: Draft, *, heading: bool) -> Span:
        """Return the text of a paragraph, without its list marker; headings keep their numbers."""
        spans = [line.span for line in draft.lines]
        if draft.marker and not heading:
            spans[0] = spans[0].cut(draft.marker).strip()
        whole = join_lines(spans, self.vocabulary).strip()
        if draft.note:
            whole = whole.cut(0, len(whole.text.rstrip(BACK_LINKS)))
        return sound(whole)

    def spell_cell(self, lines: Sequence[Line]) -> Span:
        """Return the text of a table's cell."""
        spans = [drop_marks(line, frozenset(), self.marks).span for line in lines]
        return join_lines(spans, self.vocabulary).strip()


def add_page(reading: Reading, page: Page, recognised: tuple[tuple[str, ...], ...] = ()) -> None:
    """Read a page's lines and tables, without its contents list; ``recognised`` has paragraphs without a place."""
    page = replace(page, words=drop_line_numbers(page.words))
    groups = group_words(page.words)
    contents, reading.in_contents = find_contents(groups, reading.pages, going_on=reading.in_contents)
    if contents:
        groups = [group for n, group in enumerate(groups) if n not in contents]
        page = replace(page, words=tuple(word for group in groups for word in group))
    found = _attempt(partial(find_tables, page), tuple[Table, ...], page.number, reading.unlaid)
    taken = {_place(word) for table in found for row in (table.header, *table.rows) for cell in row for word in cell}
    numbers = []
    for table in found:
        numbers.append((table.left, table.top, table.right, table.bottom, len(reading.tables)))
        reading.tables.append(read_table(table, page.number))
    rests = ([word for word in group if _place(word) not in taken] for group in groups)
    lines = [build_line(rest, page.number, page.dots, page.rules) for rest in rests if rest]
    reading.sheets.append(
        Sheet(
            page.number,
            page.label,
            page.width,
            page.height,
            tuple(_level_sizes(lines) if page.scanned else lines),
            page.rules,
            page.panels,
            tuple(numbers),
            recognised,
        )
    )


def _level_sizes(lines: Sequence[Line]) -> list[Line]:
    """Return lines that OCR has measured, those of about the usual size as if they had just that."""
    usual = median(line.size for line in lines) if lines else 0.0
    return [replace(line, size=usual) if abs(line.size - usual) < MEASURED * usual else line for line in lines]


def _attempt(work: Callable[[], T], plain: Callable[[], T], page: int, unlaid: set[int]) -> T:
    """Return what is worked out of a page's layout, or its plain form: one odd page must not lose a document."""
    try:
        return work()
    except LAYOUT_ERRORS:
        unlaid.add(page)
        return plain()


def _place(word: Word) -> tuple[float, float, str]:
    return word.left, word.baseline, word.text


def build_blocks(reading: Reading) -> tuple[Block, ...]:
    """Return the document's blocks in reading order."""
    setting = measure_setting(_running(reading))
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
    marks = note_marks(sheets, [note for found, _ in notes.values() for note in found], setting.size)
    drafts, setting = _draft(sheets, notes, marks, setting, reading.unlaid)
    vocabulary = Vocabulary(line for sheet in sheets for line in sheet.lines)
    speller = Speller(vocabulary, marks, {sheet.number: sheet.label for sheet in sheets})
    tables = join_cut_rows(reading.tables, (draft.table for draft in drafts if draft.table is not None))
    return tuple(_blocks(drafts, tables, find_headings(drafts, setting), speller))


def _running(reading: Reading) -> list[Column]:
    """Return the document's running text, with the words of its tables if it is hardly more than these."""
    columns = [_as_column(sheet) for sheet in reading.sheets if sheet.lines]
    cells = tuple(line for table in reading.tables for row in table.rows for cell in row for line in cell)
    text = sum(len(line.text) for sheet in reading.sheets for line in sheet.lines)
    mostly = sum(len(line.text) for line in cells) > MOSTLY_TABLES * text
    return [*columns, Column(0, 0, 0, 0, cells)] if mostly else columns


def _as_column(sheet: Sheet) -> Column:
    return Column(0, 0, sheet.width, sheet.height, sheet.lines)


def _draft(
    sheets: Sequence[Sheet],
    notes: Mapping[int, Notes],
    marks: frozenset[str],
    setting: Setting,
    unlaid: set[int],
) -> tuple[list[Draft], Setting]:
    """Return the document's paragraphs, tables and notes in reading order, joined over columns and pages."""
    laid = _lay_out(sheets, [_items(sheet, notes[sheet.number], marks) for sheet in sheets], unlaid)
    better = measure_setting(column for columns in laid for column in columns)
    setting = replace(better, size=setting.size) if better.leadings else setting
    pages: list[list[Draft]] = []
    for sheet, columns in zip(sheets, laid, strict=True):
        work, plain = partial(_draft_columns, columns, setting), partial(_draft_lines, columns)
        drafts = _attempt(partial(work, sheet.number), partial(plain, sheet.number), sheet.number, unlaid)
        for draft in drafts:
            draft.note = is_endnote(draft, marks, setting)
        drafts.extend(_plain_draft(texts, sheet.number, setting) for texts in sheet.recognised)
        drafts.extend(Draft(list(note.lines), sheet.number, note=True) for note in notes[sheet.number][0])
        pages.append(drafts)
    return join_drafts(pages, setting), setting


def _items(sheet: Sheet, notes: Notes, marks: frozenset[str]) -> list[Item]:
    """Return the lines and tables of a page without its footnotes and their marks."""
    found, taken = notes
    here = frozenset(note.marker for note in found)
    lines = [drop_marks(line, here, marks) for line in sheet.lines if id(line) not in taken]
    boxes = [Box(left, top, right, bottom, table=n) for left, top, right, bottom, n in sheet.tables]
    return [*(line for line in lines if line.text), *boxes]


def _lay_out(sheets: Sequence[Sheet], pieces: Sequence[Sequence[Item]], unlaid: set[int]) -> list[tuple[Column, ...]]:
    """Return the columns of each page in reading order; a page that cannot be laid out is read line by line."""
    prepared: list[list[Item]] = []
    gutters: list[tuple[Gutter, ...]] = []
    for sheet, items in zip(sheets, pieces, strict=True):
        ready = _attempt(partial(prepare, items, sheet.panels), partial(list, items), sheet.number, unlaid)
        prepared.append(ready)
        gutters.append(_attempt(partial(find_gutters, ready), tuple[Gutter, ...], sheet.number, unlaid))
    laid: list[tuple[Column, ...]] = []
    for n, (sheet, items) in enumerate(zip(sheets, prepared, strict=True)):
        known = [gutter for near in gutters[max(n - NEAR, 0) : n + NEAR + 1] for gutter in near]
        plain = partial(_from_top, sheet, items)
        laid.append(_attempt(partial(lay_out, items, known), plain, sheet.number, unlaid))
    return laid


def _from_top(sheet: Sheet, items: Sequence[Item]) -> tuple[Column, ...]:
    ordered = sorted(items, key=lambda item: (round(item.top), item.left))
    return (replace(_as_column(sheet), items=tuple(ordered)),) if items else ()


def _draft_columns(columns: Sequence[Column], setting: Setting, page: int) -> list[Draft]:
    return [draft for column in columns for draft in draft_column(column, setting, page)]


def _draft_lines(columns: Sequence[Column], page: int) -> list[Draft]:
    """Return every line and every table as a draft of its own."""
    items = [item for column in columns for item in flat(column)]
    return [Draft([item], page) if isinstance(item, Line) else Draft([], page, table=item.table) for item in items]


def _plain_draft(texts: Sequence[str], page: int, setting: Setting) -> Draft:
    return Draft([plain_line(text, page, setting.size) for text in texts], page)


def _blocks(
    drafts: Sequence[Draft], tables: Sequence[TableText], levels: Mapping[int, int], speller: Speller
) -> Iterator[Block]:
    before: TableText | None = None
    for n, draft in enumerate(drafts):
        label = speller.labels[draft.page]
        if draft.table is not None:
            before = with_header(tables[draft.table], before)
            yield from rows(before, label, speller.spell_cell)
            continue
        before = before if draft.note or CONTINUED.search(draft.text) else None
        level = levels.get(n, 0)
        span = speller.spell(draft, heading=bool(level))
        yield Block(_kind(draft, level), span.text, level, draft.page, label, span.runs)


def _kind(draft: Draft, level: int) -> BlockKind:
    if level:
        return "heading"
    if draft.note:
        return "footnote"
    return "list-item" if draft.item else "paragraph"
