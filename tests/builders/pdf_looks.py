"""How a designed report looks: chosen by seed, so that no two seeds share sizes, columns, tables and running heads."""

from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from reportlab.lib.pagesizes import A4, landscape

from tests.builders.content import Report
from tests.builders.pdf_layout import Flow, Geometry
from tests.builders.pdf_tables import TableLook, TableStyle
from tests.builders.pdf_type import Face, Setting, Style, choose_face

COLOURS = (
    ("#12436D", "#E4ECF4"),
    ("#006435", "#E3F1E8"),
    ("#801650", "#F7E6EF"),
    ("#A2470C", "#FBEDE0"),
    ("#333F48", "#ECEFF1"),
)


@dataclass(frozen=True, slots=True)
class Look:
    geometry: Geometry
    face: Face
    body: Style
    standfirst: Style
    item: Style
    note: Style
    caption: Style
    headings: tuple[Style, Style, Style]
    panel_title: Style
    panel: Style
    quote: Style
    table: TableStyle
    accent: str
    tint: str
    bullet: str
    numbering: str
    notes: Literal["column", "page"]
    header: Literal["none", "mirrored", "title", "chapter"]
    footer: Literal["number", "outer", "words", "of"]
    chapters: int
    numbered: bool
    chapter_pages: bool
    bookmarks: bool
    page_labels: bool
    title_in_file: bool
    contents_levels: int

    def header_words(self, report: Report, chapter: str, *, odd: bool) -> str:
        """Return the running header of a page."""
        if self.header == "none":
            return ""
        if self.header == "title":
            return f"{report.publisher} | {report.title}"
        if self.header == "chapter":
            return chapter
        return chapter if odd else report.title

    def footer_words(self, report: Report, number: int, total: int, *, odd: bool) -> tuple[str, ...]:
        """Return the pieces of a footer; two are set apart from each other."""
        if self.footer == "number":
            return (str(number),)
        if self.footer == "outer":
            return (str(number), report.title) if odd else (report.title, str(number))
        if self.footer == "words":
            return (report.publisher, f"Page {number}")
        return (f"Page {number} of {total}",)

    def draw_running(self, flow: Flow, report: Report, front: int) -> None:
        """Draw header and footer of the page that the flow has just filled."""
        canvas, shape = flow.canvas, flow.geometry
        number = flow.page - front
        odd = number % 2 == 1
        canvas.setFillColor("#555555")
        canvas.setFont(self.face.regular, 8)
        words = self.header_words(report, flow.chapter, odd=odd)
        y = shape.height - min(30, (shape.height - shape.top) * 0.55)
        if words and odd:
            canvas.drawRightString(shape.width - shape.right, y, words)
        elif words:
            canvas.drawString(shape.left, y, words)
        pieces = self.footer_words(report, number, flow.total or 99, odd=odd)
        y = min(26, shape.bottom * 0.45)
        if len(pieces) == 1:
            canvas.drawCentredString(shape.width / 2, y, pieces[0])
        else:
            canvas.drawString(shape.left, y, pieces[0])
            canvas.drawRightString(shape.width - shape.right, y, pieces[1])


def choose_look(seed: int) -> Look:
    """Return a look; seeds 0, 1 and 2 have two, one and three columns."""
    random = Random(f"look {seed}")
    face = choose_face(random)
    columns = (2, 1, 3)[seed] if seed < 3 else random.choice((1, 2, 2, 2, 3))
    size = random.choice((9, 9.5, 10)) if columns > 1 else random.choice((10, 10.5, 11))
    size = min(size, 8.5) if columns == 3 else size
    accent, tint = random.choice(COLOURS)
    setting: Setting = random.choice(("line", "line", "word", "piece"))
    indented = random.random() < 0.25
    body = Style(
        face.regular, face.bold, size, round(size * random.choice((1.2, 1.3, 1.4)), 1),
        align=random.choice(("left", "justify", "justify")),
        first=size * 1.2 if indented else 0,
        after=0 if indented else round(size * random.choice((0.5, 0.7)), 1),
        hyphen=random.choice(("-", "-", "", *(("\u00ad", "\u2010") if face.regular.startswith(("D", "L")) else ()))),
        ligatures=face.ligatures, setting=setting,
    )  # fmt: skip
    return _assemble(random, face, body, (columns, accent, tint))


def _assemble(random: Random, face: Face, body: Style, rest: tuple[int, str, str]) -> Look:
    columns, accent, tint = rest
    first, second, third = random.choice(((2.4, 1.55, 1.15), (2.0, 1.4, 1.0), (2.8, 1.7, 1.25)))
    ragged = replace(body, align="left", first=0, hyphen="")
    small = replace(ragged, size=body.size - 1, leading=round((body.size - 1) * 1.25, 1), setting="line")
    return Look(
        geometry=_geometry(random, columns), face=face, body=body, accent=accent, tint=tint,
        standfirst=replace(ragged, size=body.size * 1.25, leading=body.size * 1.65, colour=accent, after=body.size),
        item=replace(ragged, after=2.5),
        note=replace(ragged, size=max(6.5, body.size - 2.5), leading=max(8, body.size - 1), after=0, setting="line"),
        caption=replace(small, font=random.choice((face.bold, face.italic)), after=4, before=8),
        headings=(
            _heading(random, face, body, first, accent), _heading(random, face, body, second, accent),
            _heading(random, face, body, third, accent),
        ),
        panel_title=replace(ragged, font=face.bold, size=body.size + 1, leading=body.size * 1.45, colour=accent),
        panel=replace(ragged, size=body.size - 0.5), quote=_quote(random, face, body, accent),
        table=_table(random, face, small, (accent, tint)),
        bullet=random.choice(("•", "•", "–")), numbering=random.choice(("{}.", "({letter})", "{})")),
        notes=random.choice(("column", "page")),
        header=random.choice(("none", "mirrored", "mirrored", "title", "chapter")),
        footer=random.choice(("number", "outer", "words", "of")), chapters=random.choice((3, 4, 5)),
        numbered=random.random() < 0.4, chapter_pages=random.random() < 0.7, bookmarks=random.random() < 0.5,
        page_labels=random.random() < 0.6, title_in_file=random.random() < 0.7,
        contents_levels=random.choice((1, 2)),
    )  # fmt: skip


def _geometry(random: Random, columns: int) -> Geometry:
    width, height = landscape(A4) if columns == 3 and random.random() < 0.5 else A4
    side = random.choice((42, 50, 58)) if columns > 1 else random.choice((60, 72))
    top = height - random.choice((58, 66, 74))
    return Geometry(width, height, side, side, top, random.choice((54, 62)), columns, random.choice((16, 20, 24)))


def _heading(random: Random, face: Face, body: Style, step: float, accent: str) -> Style:
    size = round(body.size * step, 1)
    colour = accent if step > 1 or random.random() < 0.5 else "#222222"
    return replace(
        body, font=face.bold, size=size, leading=round(size * 1.2, 1), colour=colour, align="left", first=0, hyphen="",
        before=round(size * 0.9, 1), after=round(size * 0.45, 1),
    )  # fmt: skip


def _quote(random: Random, face: Face, body: Style, accent: str) -> Style:
    size = round(body.size * random.choice((1.4, 1.6)), 1)
    return replace(
        body, font=face.italic, size=size, leading=size * 1.3, colour=accent, align="left", first=0, hyphen=""
    )


def _table(random: Random, face: Face, small: Style, colours: tuple[str, str]) -> TableStyle:
    look: TableLook = random.choice(("grid", "rules", "zebra", "banner"))
    white = look in ("banner", "zebra")
    head = replace(small, font=face.bold, colour="#FFFFFF" if white else "#111111")
    caption = replace(small, font=face.bold, before=8, after=5)
    return TableStyle(look, small, head, caption, *colours)
