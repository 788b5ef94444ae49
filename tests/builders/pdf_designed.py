"""A strategy as a design studio sets it: cover, contents, columns, tables, panels, notes, running heads."""

import io
from dataclasses import dataclass
from functools import cache
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from tests.builders.content import Chapter, Piece, Report, make_report
from tests.builders.expectation import BuiltDocument, Expected
from tests.builders.pdf_front import draw_contents, draw_cover, running_words
from tests.builders.pdf_layout import Flow
from tests.builders.pdf_looks import Look, choose_look
from tests.builders.pdf_tables import draw_figure, draw_panel, draw_quote, draw_table

FRONT_PAGES = 2
"""Cover and contents."""


@dataclass(slots=True)
class Setter:
    """Sets the chapters of a report and remembers where each heading stands."""

    flow: Flow
    look: Look
    headings: list[tuple[int, str, int]]
    indifferent: list[str]

    def set_chapter(self, chapter: Chapter, *, first: bool) -> None:
        flow, look = self.flow, self.look
        if not first and (look.chapter_pages or flow.columns > 1):
            flow.next_page()
        flow.set_columns(1)
        flow.chapter = chapter.title
        flow.need(140)
        self._heading(chapter.title, 1)
        page = flow.put(chapter.standfirst, look.standfirst)
        flow.keep(Expected("paragraph", chapter.standfirst, page=page))
        flow.set_columns(flow.geometry.columns)
        wide = [piece for piece in chapter.pieces if piece.table is not None and piece.table.wide]
        for number, piece in enumerate(chapter.pieces):
            if piece not in wide or flow.columns == 1:
                self._set(piece, _number_in_list(chapter.pieces, number))
        if flow.columns > 1:
            for piece in wide:
                flow.next_page()
                flow.set_columns(1)
                self._set(piece, 0)

    def _set(self, piece: Piece, number: int) -> None:
        flow, look = self.flow, self.look
        if piece.kind == "heading":
            self._heading(piece.text, piece.level)
        elif piece.kind == "panel":
            draw_panel(flow, piece.parts, look.panel_title, look.panel, look.tint)
        elif piece.kind == "quote":
            draw_quote(flow, piece.text, look.quote, look.accent)
        elif piece.kind == "figure":
            self.indifferent += draw_figure(flow, piece.text, piece.parts, look.caption, look.accent)
        elif piece.table is not None:
            draw_table(flow, piece.table, look.table)
        else:
            self._text(piece, number)

    def _text(self, piece: Piece, number: int) -> None:
        flow, look = self.flow, self.look
        if piece.kind == "paragraph":
            page = flow.put(piece.text, look.body, lead=piece.lead, note=piece.note, note_at=piece.note_at)
            flow.keep(Expected("paragraph", piece.text, page=page))
            return
        sign = look.bullet if piece.kind == "bullet" else look.numbering.format(number, letter="abcdefgh"[number - 1])
        page = flow.put_item(sign, piece.text, look.item)
        flow.keep(Expected("list-item", piece.text, page=page, also=(f"{sign} {piece.text}",)))

    def _heading(self, text: str, level: int) -> None:
        flow, style = self.flow, self.look.headings[level - 1]
        flow.need(style.before + 2 * style.leading + style.after + 3 * self.look.body.leading)
        page = flow.put(text, style)
        flow.keep(Expected("heading", text, level=level + 1, page=page))
        self.headings.append((level, text, page))
        if self.look.bookmarks:
            key = f"h{len(self.headings)}"
            flow.canvas.bookmarkPage(key)
            flow.canvas.addOutlineEntry(text, key, level - 1)


def _number_in_list(pieces: tuple[Piece, ...], at: int) -> int:
    start = at
    while start > 0 and pieces[start - 1].kind == pieces[at].kind:
        start -= 1
    return at - start + 1


@cache
def build_pdf_designed(seed: int = 0) -> BuiltDocument:
    """Return a designed report of about 10 to 25 pages; seeds differ in looks, columns and text.

    It is set twice, as the contents name pages that are known only when all is set.
    """
    _, setter = _set_report(seed, (), 0)
    data, again = _set_report(seed, tuple(setter.headings), setter.flow.page - 1 - FRONT_PAGES)
    look, report = choose_look(seed), _report(seed, choose_look(seed))
    pages = again.flow.page
    furniture = running_words(report, look, tuple(again.headings), pages, FRONT_PAGES)
    return BuiltDocument(
        name=f"designed-{seed}",
        suffix=".pdf",
        data=data,
        expected=(*_cover_expected(report), *again.flow.expected),
        furniture=furniture,
        indifferent=tuple(again.indifferent),
        title=report.title if look.title_in_file else None,
        published=f"{report.published}-15",
    )


def _report(seed: int, look: Look) -> Report:
    return make_report(seed, chapters=look.chapters, numbered=look.numbered)


def _cover_expected(report: Report) -> tuple[Expected, ...]:
    return (
        Expected("heading", report.title, level=1, page=1),
        *(
            Expected("paragraph", text, page=1, floating=True, either=True)
            for text in (report.subtitle, report.publisher, report.date_text)
        ),
    )


def _set_report(seed: int, contents: tuple[tuple[int, str, int], ...], total: int) -> tuple[bytes, Setter]:
    look = choose_look(seed)
    report = _report(seed, look)
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(look.geometry.width, look.geometry.height), invariant=1, pageCompression=1)
    _describe(canvas, report, look)
    draw_cover(canvas, report, look)
    canvas.showPage()
    draw_contents(canvas, look, contents, FRONT_PAGES)
    canvas.showPage()
    flow = Flow(canvas, look.geometry, look.note, look.notes, lambda flow: look.draw_running(flow, report, FRONT_PAGES))
    flow.page, flow.total = FRONT_PAGES + 1, total
    setter = Setter(flow, look, [], [])
    for n, chapter in enumerate(report.chapters):
        setter.set_chapter(chapter, first=n == 0)
    flow.next_page()
    canvas.save()
    # The date of an invariant file is fixed; the replacement is as long, so that no offset moves.
    date = f"{report.published.replace('-', '')}15093000"
    return target.getvalue().replace(b"D:20000101000000", f"D:{date}".encode()), setter


def _describe(canvas: Any, report: Report, look: Look) -> None:  # noqa: ANN401 - reportlab is untyped
    canvas.setTitle(report.title if look.title_in_file else "Microsoft Word - strategy_FINAL_v7.docx")
    canvas.setAuthor(report.publisher)
    canvas.setCreator("Page layout 19.2")
    if look.page_labels:
        canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
        canvas.addPageLabel(FRONT_PAGES, style="ARABIC", start=1)
