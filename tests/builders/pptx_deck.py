"""A slide deck: title slide, bullets in levels, a table, grouped boxes, notes, slide numbers, a hidden slide."""

import datetime as dt
import io
from random import Random
from typing import Any

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.util import Inches

from tests.builders.content import Piece, Report, make_report
from tests.builders.expectation import BuiltDocument, Expected

HIDDEN_TITLE = "Spare slide that is not presented"
NOTES = "Speaker notes: mention the consultation dates."


def build_pptx_deck(seed: int = 0) -> BuiltDocument:
    """Return a deck of slides; a heading is a slide's title, and pages are slides."""
    random = Random(f"pptx {seed}")
    report = make_report(4000 + seed, chapters=2, long_paragraphs=False)
    deck = Presentation()
    footer = f"{report.publisher} | {report.date_text}"
    expected = _title_slide(deck, report)
    for chapter in report.chapters:
        _fill_slide(deck, chapter.title, [Piece("bullet", chapter.standfirst)], expected)
        groups = _slides_of(chapter.pieces)
        for title, pieces in groups:
            _fill_slide(deck, title, pieces, expected)
    for number, slide in enumerate(deck.slides, start=1):
        _stamp(slide, footer, number)
        if random.random() < 0.3:
            slide.notes_slide.notes_text_frame.text = NOTES
    hidden = deck.slides.add_slide(deck.slide_layouts[5])
    hidden.shapes.title.text = HIDDEN_TITLE
    hidden._element.set("show", "0")
    deck.core_properties.title = report.title
    deck.core_properties.author = report.publisher
    year, month = map(int, report.published.split("-"))
    deck.core_properties.created = dt.datetime(year, month, 15, 9, 30)
    target = io.BytesIO()
    deck.save(target)
    numbers = tuple(str(n) for n in range(1, len(deck.slides) + 1))
    return BuiltDocument(
        name=f"deck-{seed}", suffix=".pptx", data=target.getvalue(), expected=tuple(expected),
        furniture=(footer, *numbers), indifferent=(NOTES,), hidden=(HIDDEN_TITLE,), title=report.title,
        published=f"{report.published}-15",
    )  # fmt: skip


def _title_slide(deck: Any, report: Report) -> list[Expected]:  # noqa: ANN401 - python-pptx is untyped
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text = report.title
    slide.placeholders[1].text = report.subtitle
    return [
        Expected("heading", report.title, level=1, page=1),
        Expected("paragraph", report.subtitle, page=1, either=True),
    ]


def _slides_of(pieces: tuple[Piece, ...]) -> list[tuple[str, list[Piece]]]:
    """Return the pieces by the headings of level 2 that they stand under."""
    groups: list[tuple[str, list[Piece]]] = []
    for piece in pieces:
        if piece.kind == "heading" and piece.level == 2:
            groups.append((piece.text, []))
        elif groups and piece.kind != "heading":
            groups[-1][1].append(piece)
    return groups


def _fill_slide(deck: Any, title: str, pieces: list[Piece], expected: list[Expected]) -> None:  # noqa: ANN401 - untyped
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    page = len(deck.slides)
    slide.shapes.title.text = title
    expected.append(Expected("heading", title, level=2, page=page))
    texts = [piece for piece in pieces if piece.text and piece.kind in ("bullet", "numbered", "paragraph")]
    frame = slide.placeholders[1].text_frame
    for n, piece in enumerate(texts):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.level = 1 if piece.kind != "paragraph" and n else 0
        half = len(piece.text) // 2
        for words in (piece.text[:half], piece.text[half:]):
            paragraph.add_run().text = words
        expected.append(Expected("list-item", piece.text, page=page))
    for piece in pieces:
        if piece.table is not None:
            _add_table(slide, piece, page, expected)
        elif piece.kind in ("panel", "quote"):
            _add_group(slide, piece.parts or (piece.text,), page, expected)


def _add_table(slide: Any, piece: Piece, page: int, expected: list[Expected]) -> None:  # noqa: ANN401 - untyped
    assert piece.table is not None
    header, rows = piece.table.header, piece.table.rows
    frame = slide.shapes.add_table(len(rows) + 1, len(header), Inches(0.5), Inches(3), Inches(9), Inches(3))
    for y, row in enumerate((header, *rows)):
        for x, text in enumerate(row):
            frame.table.cell(y, x).text = text
    expected += [Expected("table-row", piece.table.row_text(row), page=page) for row in rows]


def _add_group(slide: Any, texts: tuple[str, ...], page: int, expected: list[Expected]) -> None:  # noqa: ANN401 - untyped
    group = slide.shapes.add_group_shape()
    for n, text in enumerate(texts):
        box = group.shapes.add_textbox(Inches(1), Inches(4 + 0.5 * n), Inches(4), Inches(0.5))
        box.text_frame.text = text
        expected.append(Expected("paragraph", text, page=page, floating=True, either=True))


def _stamp(slide: Any, footer: str, number: int) -> None:  # noqa: ANN401 - python-pptx is untyped
    """Add the placeholders of footer and slide number, as the program does from its master."""
    for kind, ident, words in (("ftr", 11, f"<a:r><a:t>{footer}</a:t></a:r>"), ("sldNum", 12, _number_field(number))):
        slide.shapes._spTree.append(
            parse_xml(
                '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
                'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr>'
                f'<p:cNvPr id="{ident}00" name="{kind}"/><p:cNvSpPr/><p:nvPr>'
                f'<p:ph type="{kind}" sz="quarter" idx="{ident}"/>'
                f"</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p>{words}</a:p></p:txBody></p:sp>"
            )
        )


def _number_field(number: int) -> str:
    return f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:t>{number}</a:t></a:fld>'
