"""A report as an office writes it in Word: styles, lists, tables, notes, fields, tracked changes, boxes."""

import datetime as dt
import io
from dataclasses import dataclass, field
from random import Random
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.text.paragraph import Paragraph
from PIL import Image

from tests.builders import docx_parts as parts
from tests.builders.content import Piece, Report, make_report
from tests.builders.docx_tables import add_table
from tests.builders.expectation import BuiltDocument, Expected

DELETED = "a superseded promise of two hundred new depots"
HIDDEN = "Hidden note: do not share the reserve price with bidders."
COMMENT = "Can we check this figure with finance before release?"
MOVED = "This sentence was moved out of the chapter."


@dataclass(slots=True)
class Typist:
    """Writes pieces into a Word document and remembers what it wrote."""

    document: Document
    random: Random
    note_kind: str
    expected: list[Expected] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def keep(self, kind: Any, text: str, **more: Any) -> None:  # noqa: ANN401 - handed on to Expected
        self.expected.append(Expected(kind, text, **more))

    def write(self, piece: Piece) -> None:
        if piece.table is not None:
            self.expected += add_table(self.document, piece.table, self.random)
            return
        writers = {
            "heading": self.heading, "paragraph": self.paragraph, "bullet": self.item, "numbered": self.item,
            "panel": self.panel, "figure": self.figure, "quote": self.quote,
        }  # fmt: skip
        writers[piece.kind](piece)

    def heading(self, piece: Piece) -> None:
        self.document.add_paragraph(piece.text, style=self.heading_style(piece.level))
        self.keep("heading", piece.text, level=piece.level + 1)

    def panel(self, piece: Piece) -> None:
        parts.put_inside(self.document.add_paragraph(), parts.text_box(piece.parts))
        for n, text in enumerate(piece.parts):
            self.keep("paragraph", text, floating=True, either=n == 0)

    def quote(self, piece: Piece) -> None:
        self.document.add_paragraph(piece.text, style="Intense Quote")
        self.keep("paragraph", piece.text)

    def heading_style(self, level: int) -> str:
        own = f"Authority Heading {level}"
        return own if own in [style.name for style in self.document.styles] else f"Heading {level}"

    def paragraph(self, piece: Piece) -> None:
        paragraph = self.document.add_paragraph(style=self.random.choice(("Normal", "Body Text")))
        self.runs(paragraph, piece.text[: piece.lead], bold=True)
        rest = piece.text[piece.lead :]
        cut = piece.note_at - piece.lead
        if piece.note:
            self.runs(paragraph, rest[:cut])
            self.notes.append(piece.note)
            parts.put_inside(paragraph, parts.note_mark(len(self.notes), self.note_kind))
            rest = rest[cut:]
        self.runs(paragraph, rest)
        self.keep("paragraph", piece.text)
        if piece.note:
            number = len(self.notes)
            self.keep("footnote", piece.note, also=(f"{number} {piece.note}",), floating=True)

    def runs(self, paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
        """Write text in several runs that begin anywhere in a word, as editing leaves them."""
        while text:
            size = self.random.randint(5, 60)
            made = paragraph.add_run(text[:size])
            made.bold = bold or None
            text = text[size:]

    def item(self, piece: Piece) -> None:
        style = "List Bullet" if piece.kind == "bullet" else "List Number"
        self.document.add_paragraph(piece.text, style=style)
        self.keep("list-item", piece.text)

    def figure(self, piece: Piece) -> None:
        target = io.BytesIO()
        Image.new("RGB", (60, 30), "#12436D").save(target, "PNG")
        target.seek(0)
        self.document.add_picture(target)
        self.caption(piece.text)

    def caption(self, text: str) -> None:
        """Write a caption whose number is a field."""
        name, number, rest = text.partition(" ")[0], text.split()[1].rstrip(":"), text.split(":", 1)[1]
        paragraph = self.document.add_paragraph(f"{name} ", style="Caption")
        parts.put_inside(paragraph, *parts.field(f"SEQ {name}", number))
        paragraph.add_run(f":{rest}")
        self.keep("paragraph", text, floating=True, either=True)

    def oddities(self) -> None:
        """Write paragraphs with a tracked change, a link, a control, a field, hidden words and odd characters."""
        document = self.document
        changed = document.add_paragraph("The partnership will build ")
        parts.tracked(changed, inserted="twelve charging hubs", deleted=DELETED)
        changed.add_run(" by the end of the decade.")
        self.keep("paragraph", "The partnership will build twelve charging hubs by the end of the decade.")
        linked = document.add_paragraph("Evidence is set out in ")
        parts.put_inside(linked, parts.hyperlink(document, "the annual data report", "https://data.example/report"))
        parts.put_inside(linked, parts.element(parts.run(HIDDEN, "<w:vanish/>")), parts.moved_away(MOVED))
        linked.add_run(", chapter 4.")
        self.keep("paragraph", "Evidence is set out in the annual data report, chapter 4.")
        inside = parts.run("This plan was adopted in full at the summer meeting.")
        _before_end(document, parts.control(f"<w:p>{inside}</w:p>"))
        self.keep("paragraph", "This plan was adopted in full at the summer meeting.")
        broken = document.add_paragraph("A long")
        parts.put_inside(
            broken, parts.element("<w:r><w:noBreakHyphen/><w:t>term pro</w:t><w:softHyphen/><w:t>gramme</w:t></w:r>")
        )
        broken.add_run().add_break()
        broken.add_run("needs a steady hand, as shown in ")
        parts.put_inside(
            broken, *parts.field("REF _Ref12 \\h", "Figure 99"), parts.control(parts.run(" and in the annex."))
        )
        self.keep("paragraph", "A long-term programme needs a steady hand, as shown in Figure 99 and in the annex.")
        document.add_comment(changed.runs, text=COMMENT, author="Policy team", initials="PT")


def _before_end(document: Document, item: Any) -> None:  # noqa: ANN401 - lxml elements of docx are untyped
    body = document.element.body
    body.insert(len(body) - 1, item)  # the last child is the section's own


def build_docx_report(seed: int = 0) -> BuiltDocument:
    """Return a Word report; seeds differ in styles, tables, kind of notes, contents and text."""
    random = Random(f"docx {seed}")
    report = make_report(1000 + seed, chapters=random.choice((2, 3)))
    document = docx.Document()
    note_kind = "endnote" if random.random() < 0.25 else "footnote"
    typist = Typist(document, random, note_kind)
    if random.random() < 0.4:
        _own_styles(document)
    furniture = _front(typist, report)
    for n, chapter in enumerate(report.chapters):
        document.add_paragraph(chapter.title, style=typist.heading_style(1))
        typist.keep("heading", chapter.title, level=2)
        document.add_paragraph(chapter.standfirst)
        typist.keep("paragraph", chapter.standfirst)
        for piece in chapter.pieces:
            typist.write(piece)
        if n == 0:
            typist.oddities()
    parts.add_notes(document, typist.notes, note_kind)
    target = io.BytesIO()
    document.save(target)
    return BuiltDocument(
        name=f"report-{seed}", suffix=".docx", data=target.getvalue(), expected=tuple(typist.expected),
        furniture=furniture, hidden=(DELETED, HIDDEN, COMMENT, MOVED), title=report.title,
        published=f"{report.published}-15",
    )  # fmt: skip


def _own_styles(document: Document) -> None:
    """Add headings of the body's own, which are headings only by the styles they are based on."""
    for level in (1, 2, 3):
        style = document.styles.add_style(f"Authority Heading {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles[f"Heading {level}"]


def _front(typist: Typist, report: Report) -> tuple[str, ...]:
    """Write properties, title, contents, header and footer, and return the furniture among them."""
    document, random = typist.document, typist.random
    document.core_properties.title = report.title
    document.core_properties.author = report.publisher
    year, month = map(int, report.published.split("-"))
    document.core_properties.created = dt.datetime(year, month, 15, 9, 30, tzinfo=dt.UTC)
    document.core_properties.modified = dt.datetime(year, month, 15, 9, 30, tzinfo=dt.UTC)
    document.add_paragraph(report.title, style="Title")
    typist.keep("heading", report.title, level=1)
    for text, style in ((report.subtitle, "Subtitle"), (f"{report.publisher}, {report.date_text}", "Normal")):
        document.add_paragraph(text, style=style)
        typist.keep("paragraph", text, either=True)
    entries = [(chapter.title, 1, 3 + 4 * n) for n, chapter in enumerate(report.chapters)]
    inside = parts.contents(entries, "TOC")
    if random.random() < 0.6:
        heading = f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr>{parts.run("Contents")}</w:p>'
        gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        _before_end(document, parts.element(f"<w:sdt>{gallery}<w:sdtContent>{heading}{inside}</w:sdtContent></w:sdt>"))
    else:
        for item in parts.element(f"<w:body>{inside}</w:body>"):
            _before_end(document, item)
    section = document.sections[0]
    section.header.paragraphs[0].text = f"{report.publisher}: {report.title}"
    footer = section.footer.paragraphs[0]
    footer.add_run("Official document, page ")
    parts.put_inside(footer, *parts.field("PAGE", "7"))
    lines = [line for text, _, page in entries for line in (text, f"{text} {page}")]
    return ("Contents", f"{report.publisher}: {report.title}", "Official document, page 7", *lines)
