"""Headings that are neither larger nor bolder than the text."""

from strategybot.reading.pdf import parse_pdf
from tests.unit.reading.pdf.sheets import PROSE, Pen, pdf, text


def kinds(data: bytes) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in parse_pdf(data).blocks]


def draw_underlined(canvas: Pen) -> None:
    for n, head in enumerate(("Purpose of the report", "Legal implications")):
        text(canvas, 72, 780 - 120 * n, [head])
        canvas.line(72, 778 - 120 * n, 72 + canvas.stringWidth(head, "Helvetica", 10), 778 - 120 * n)
        text(canvas, 72, 760 - 120 * n, PROSE)


def draw_italic(canvas: Pen) -> None:
    for n, head in enumerate(("Purpose of the report", "Legal implications")):
        text(canvas, 72, 780 - 120 * n, [head], font="Helvetica-Oblique")
        text(canvas, 72, 760 - 120 * n, PROSE)


def test_underlined_lines_are_headings() -> None:
    found = kinds(pdf(draw_underlined))
    assert [text for kind, text in found if kind == "heading"] == ["Purpose of the report", "Legal implications"]


def test_lines_in_italics_over_running_text_are_headings() -> None:
    found = kinds(pdf(draw_italic))
    assert [text for kind, text in found if kind == "heading"] == ["Purpose of the report", "Legal implications"]


def test_a_single_line_in_italics_is_a_paragraph() -> None:
    def draw(canvas: Pen) -> None:
        text(canvas, 72, 780, ["As agreed by the board"], font="Helvetica-Oblique")
        text(canvas, 72, 760, PROSE)

    assert {kind for kind, _ in kinds(pdf(draw))} == {"paragraph"}
