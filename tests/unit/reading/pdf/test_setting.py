"""Looks of single letters and lines: initials, spaced letters, signs, measured sizes, documents that are a table."""

import io

import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader

from strategybot.reading.pdf import parse_pdf
from tests.unit.reading.pdf.sheets import PROSE, Pen, pdf, text

WHOLE = " ".join(PROSE)


def kinds(data: bytes) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in parse_pdf(data).blocks]


def test_a_dropped_initial_belongs_to_the_first_of_its_lines() -> None:
    def draw(canvas: Pen) -> None:
        canvas.setFont("Helvetica", 28)
        canvas.drawString(72, 700 - 13, "T")
        text(canvas, 92, 700, [PROSE[0][1:60], PROSE[1]])
        text(canvas, 72, 674, PROSE[2:])

    assert [line for _, line in kinds(pdf(draw))] == [" ".join([PROSE[0][:60], *PROSE[1:]])]


def test_letters_set_apart_are_one_word_even_where_kerning_brings_two_close() -> None:
    def draw(canvas: Pen) -> None:
        canvas.setFont("Helvetica-Bold", 12)
        x = 72.0
        for letters in ("H", "E", "AT", " ", "S", "P", "A", "C", "E"):
            canvas.drawString(x, 740, letters)
            x += canvas.stringWidth(letters, "Helvetica-Bold", 12) + 4
        text(canvas, 72, 700, PROSE)

    assert ("heading", "HEAT SPACE") in kinds(pdf(draw))


def test_a_copyright_sign_is_no_bullet() -> None:
    line = "\N{COPYRIGHT SIGN} Crown copyright 2023"

    assert kinds(pdf(lambda canvas: text(canvas, 72, 700, [line]))) == [("paragraph", line)]


def test_sizes_that_ocr_has_measured_do_not_part_the_lines_of_a_paragraph() -> None:
    scan = io.BytesIO()
    Image.new("L", (40, 60), 255).save(scan, format="PNG")
    sizes = (10.0, 10.9, 9.6, 10.5)

    def draw(canvas: Pen) -> None:
        canvas.drawImage(ImageReader(io.BytesIO(scan.getvalue())), 0, 0, 595, 842)
        for n, (line, size) in enumerate(zip(PROSE, sizes, strict=True)):
            written = canvas.beginText(72, 700 - 13 * n)
            written.setTextRenderMode(3)
            written.setFont("Helvetica", size)
            written.textOut(line)
            canvas.drawText(written)

    assert kinds(pdf(draw)) == [("paragraph", WHOLE)]


def test_the_title_of_a_document_that_is_one_table_is_a_heading() -> None:
    def draw(canvas: Pen) -> None:
        text(canvas, 72, 790, ["Risk register"], size=16)
        for n in range(12):
            for m in range(3):
                canvas.rect(72 + 150 * m, 740 - n * 20, 150, 20)
                text(
                    canvas, 76 + 150 * m, 746 - n * 20, [f"Column {m}" if n == 0 else f"Words of cell {n} {m}"], size=9
                )

    found = kinds(pdf(draw))
    assert found[0] == ("heading", "Risk register")
    assert {kind for kind, _ in found[1:]} == {"table-row"}


def test_a_sentence_does_not_go_on_over_a_heading() -> None:
    def draw(canvas: Pen) -> None:
        text(canvas, 60, 780, [f"Left column line {n} is here and full" for n in range(6)])
        text(canvas, 60, 680, ["News of the week"])
        text(canvas, 320, 780, ["Bus lanes"], size=14, font="Helvetica-Bold")
        text(canvas, 320, 760, ["the lanes will open in May and stay", *PROSE[3:]])
        for n in range(4):
            text(canvas, 320, 730 - n * 13, [f"right column line {n} is here and full"])

    assert "News of the week" in [line for _, line in kinds(pdf(draw))]


def test_line_ends_that_pdfium_puts_between_letters_do_not_part_them() -> None:
    names = ("Abbey", "Bridge", "Castle", "Docks", "Eastgate", "Forest", "Grange", "Harbour")

    def draw(canvas: Pen) -> None:
        for n, name in enumerate(names):
            x = 30.0 + 190 * (n // 4)
            for letter in name:
                text(canvas, x, 780 - 20 * (n % 4), [letter], size=11)
                x += canvas.stringWidth(letter, "Helvetica", 11)

    data = pdf(draw)
    with pypdfium2.PdfDocument(data) as document:
        assert "b\r\ne" in document[0].get_textpage().get_text_range(), "pdfium still takes this page for vertical"
    whole = " ".join(line for _, line in kinds(data))
    assert all(name in whole for name in names)
