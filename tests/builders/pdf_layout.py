"""Pages and columns for the PDF builder: where the next line goes, and the footnotes under it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from tests.builders.expectation import Expected
from tests.builders.pdf_type import Line, Style, break_lines, draw_line, words_of


@dataclass(frozen=True, slots=True)
class Geometry:
    """A page in points, from its lower left corner."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    columns: int
    gutter: float

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right

    def column_width(self, columns: int) -> float:
        return (self.text_width - self.gutter * (columns - 1)) / columns


@dataclass(slots=True)
class Flow:
    """Fills pages from top to bottom and column to column, and keeps what was set in ``expected``.

    Attributes:
        notes: Whether footnotes stand at the foot of their column or, at full width, of the page.
        finish_page: Draws running header and footer; called as a page is full, with this flow.
        reserve: Height kept free for footnotes of the page's width.
    """

    canvas: Any
    geometry: Geometry
    note_style: Style
    notes: Literal["column", "page"]
    finish_page: Callable[["Flow"], None]
    page: int = 1
    columns: int = 1
    column: int = 0
    y: float = 0
    band_top: float = 0
    chapter: str = ""
    reserve: float = 0
    total: int = 0
    note_number: int = 0
    expected: list[Expected] = field(default_factory=list)
    _pending: list[list[Line]] = field(default_factory=list)
    _said: list[Expected] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.reserve = 5.5 * self.note_style.leading if self.notes == "page" else 0
        self.band_top = self.y = self.geometry.top

    @property
    def x(self) -> float:
        return self.geometry.left + self.column * (self.width + self.geometry.gutter)

    @property
    def width(self) -> float:
        return self.geometry.column_width(self.columns)

    @property
    def floor(self) -> float:
        own = 0 if self.notes == "page" else self._notes_height(self._pending)
        return self.geometry.bottom + self.reserve + own

    def next_page(self) -> None:
        """Finish this page and stand at the top of a new one."""
        self._draw_notes()
        self.finish_page(self)
        self.canvas.showPage()
        self.page += 1
        self.column = 0
        self.band_top = self.y = self.geometry.top

    def next_column(self) -> None:
        if self.column + 1 >= self.columns:
            self.next_page()
            return
        if self.notes == "column":
            self._draw_notes()
        self.column += 1
        self.y = self.band_top

    def set_columns(self, columns: int) -> None:
        """Go on in another number of columns: below, or on a new page where columns stand or notes wait."""
        if columns == self.columns:
            return
        if self.column or self._pending:
            self.next_page()
        self.columns = columns
        self.band_top = self.y

    def need(self, height: float) -> None:
        """Go to the next column unless so much room is left in this one."""
        if self.y - height < self.floor and self.y < self.band_top:
            self.next_column()

    def keep(self, item: Expected) -> None:
        """Expect what was just set, and after it the footnotes it called for."""
        self.expected += [item, *self._said]
        self._said.clear()

    def put(self, text: str, style: Style, *, lead: int = 0, note: str = "", note_at: int = 0) -> int:
        """Set a text and return the page it begins on; its footnote goes to the foot."""
        marks: tuple[tuple[int, str], ...] = ()
        if note:
            self.note_number += 1
            marks = ((note_at, str(self.note_number)),)
        lines = break_lines(words_of(text, style, lead=lead, marks=marks), style, self.width)
        if self.y < self.band_top:
            self.y -= style.before
        first_page = 0
        for n, line in enumerate(lines):
            marked = bool(note) and any(word.marker for word in line.words)
            footnote = self._note_lines(note) if marked else None
            self._make_room(style.leading * (2 if n == 0 and len(lines) > 1 else 1), footnote)
            first_page = first_page or self.page
            self.y -= style.leading
            draw_line(self.canvas, line, style, self.x, self.y)
            if footnote:
                self._pending.append(footnote)
                self._said.append(_footnote(note, str(self.note_number), self.page))
        self.y -= style.after
        return first_page

    def put_item(self, sign: str, text: str, style: Style) -> int:
        """Set a list item with its sign hanging before it, and return the page it begins on."""
        indent = style.size * 1.6
        style = replace(style, left=indent)
        lines = break_lines(words_of(text, style), style, self.width)
        page = 0
        for n, line in enumerate(lines):
            self._make_room(style.leading, None)
            self.y -= style.leading
            if n == 0:
                page = self.page
                self.canvas.setFillColor(style.colour)
                self.canvas.setFont(style.font, style.size)
                self.canvas.drawString(self.x + 2, self.y, sign)
            draw_line(self.canvas, line, style, self.x, self.y)
        self.y -= style.after
        return page

    def _make_room(self, height: float, footnote: list[Line] | None) -> None:
        if self.notes == "page" and footnote:
            if self._notes_height([*self._pending, footnote]) > self.reserve:
                self.next_page()
            footnote = None
        extra = self._notes_height([*self._pending, footnote]) - self._notes_height(self._pending) if footnote else 0
        if self.y - height - extra < self.floor:
            self.next_column()

    def _note_lines(self, note: str) -> list[Line]:
        width = self.width if self.notes == "column" else self.geometry.text_width
        return break_lines(words_of(f"{self.note_number} {note}", self.note_style), self.note_style, width)

    def _notes_height(self, notes: list[list[Line]]) -> float:
        lines = sum(len(note) for note in notes)
        return lines * self.note_style.leading + 8 if lines else 0

    def _draw_notes(self) -> None:
        if not self._pending:
            return
        x = self.x if self.notes == "column" else self.geometry.left
        y = self.geometry.bottom + self._notes_height(self._pending) - 6
        self.canvas.setStrokeColor("#555555")
        self.canvas.setLineWidth(0.4)
        self.canvas.line(x, y, x + 60, y)
        for note in self._pending:
            for line in note:
                y -= self.note_style.leading
                draw_line(self.canvas, line, self.note_style, x, y)
        self._pending.clear()


def _footnote(note: str, number: str, page: int) -> Expected:
    return Expected("footnote", note, page=page, also=(f"{number} {note}", f"{number}. {note}"), floating=True)
