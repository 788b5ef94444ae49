"""What comes out of whole PDF files."""

import io
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from strategybot.reading.blocks import Block, normalise
from strategybot.reading.pdf import parse_pdf
from tests.unit.reading.pdf.sheets import PROSE, Draw, Pen, pdf, prose, text

WHOLE = " ".join(PROSE)


def kinds(data: bytes) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in parse_pdf(data).blocks]


def page_with_everything(canvas: Pen) -> None:
    text(canvas, 72, 760, ["2 Skills"], size=18, font="Helvetica-Bold")
    y = text(canvas, 72, 730, PROSE)
    canvas.setFont("Helvetica", 6)
    canvas.drawString(72 + canvas.stringWidth(PROSE[-1], "Helvetica", 10) + 0.5, y + 13 + 4, "1")
    y = text(
        canvas,
        72,
        y - 8,
        ["• one adviser for every firm, whatever its size and", "   sector;", "• a decision in ten days."],
    )
    text(canvas, 72, y - 10, ["Jobs at last", "Low-carbon work grows, and low-", "carbon work pays."])
    canvas.line(72, 110, 200, 110)
    text(canvas, 72, 100, ["1 Survey of employers, 2024."], size=7)


def test_a_page_is_read_as_a_person_reads_it() -> None:
    blocks = parse_pdf(pdf(prose(), page_with_everything)).blocks
    found = {block.text: block for block in blocks}
    assert found["2 Skills"].kind == "heading"
    assert [b.text for b in blocks].count(WHOLE) == 2, "the note's marker is no part of the sentence"
    assert found["one adviser for every firm, whatever its size and sector;"].kind == "list-item"
    assert found["a decision in ten days."].kind == "list-item"
    assert found["Survey of employers, 2024."].kind == "footnote"
    assert found["Survey of employers, 2024."] == blocks[-1]
    assert {block.page for block in blocks} == {1, 2}


def test_every_run_names_the_pages_own_characters() -> None:
    data = pdf(prose(), page_with_everything)
    blocks = parse_pdf(data).blocks
    assert sum(end - start for block in blocks for start, end, *_ in block.runs) > 0.9 * len(
        "".join(b.text for b in blocks)
    )
    with pypdfium2.PdfDocument(data) as document:
        pages = [document[n].get_textpage() for n in range(len(document))]
        for block in blocks:
            assert block.text == normalise(block.text)
            for start, end, page, first in block.runs:
                own = [chr(pdfium.FPDFText_GetUnicode(pages[page - 1], first + n)) for n in range(end - start)]
                assert "".join(own) == block.text[start:end]


def test_paragraphs_go_on_over_columns_and_pages() -> None:
    def first(canvas: Pen) -> None:
        y = text(canvas, 60, 760, [f"Left column line {n} is here and full" for n in range(6)])
        text(
            canvas,
            60,
            y - 10,
            [f"This paragraph fills the rest of it {n}" for n in range(6)] + ["and it goes on without a stop in the"],
        )
        text(canvas, 320, 760, ["next column, where it ends at last."])
        text(
            canvas,
            320,
            730,
            [f"Right column line {n} is here and full" for n in range(5)] + ["and the page ends before the sentence"],
        )

    def second(canvas: Pen) -> None:
        text(canvas, 60, 760, ["does, which happens now.", "But not yet."])

    texts = [block.text for block in parse_pdf(pdf(first, second)).blocks]
    assert any("without a stop in the next column, where it ends at last." in t for t in texts)
    assert any("before the sentence does, which happens now." in t for t in texts)
    assert len(texts) == 3


def test_headers_and_footers_go_and_printed_numbers_stay_as_labels() -> None:
    def page(n: int) -> Draw:
        def draw(canvas: Pen) -> None:
            text(canvas, 72, 810, ["A plan for the region" if n % 2 else "Chapter: what we found"], size=8)
            text(
                canvas,
                72,
                740,
                [f"{word} {line}" for word, line in zip(("One", "Two", "Three", "Four"), PROSE, strict=True)],
            )
            text(canvas, 290, 30, [f"{n}"], size=8)

        return draw

    blocks = parse_pdf(pdf(prose(), *(page(n) for n in range(1, 9)))).blocks
    assert not [
        block.text for block in blocks if "plan for" in block.text or "Chapter" in block.text or block.text.isdigit()
    ]
    assert [block.page_label for block in blocks] == [None, *map(str, range(1, 9))]
    assert [block.page for block in blocks] == list(range(1, 10))


def test_a_table_of_contents_is_dropped() -> None:
    def contents(canvas: Pen) -> None:
        text(canvas, 72, 780, ["Contents"], size=18, font="Helvetica-Bold")
        for n, (title, page) in enumerate(
            (("Introduction", 3), ("What we found in the survey of firms", 9), ("Next steps", 21))
        ):
            text(canvas, 72, 740 - 16 * n, [title])
            text(canvas, 500, 740 - 16 * n, [str(page)])

    assert kinds(pdf(contents, prose())) == [("paragraph", WHOLE)]


@pytest.mark.parametrize(
    ("ends", "goes_on", "whole"),
    [
        ("a new low-", "carbon economy", "a new low-carbon economy"),
        ("more inform-", "ation for all", "more information for all"),
        ("in the year 2020-", "21 and later", "in the year 2020-21 and later"),
        ("for the well-", "being of all", "for the well-being of all"),
    ],
)
def test_words_divided_at_line_ends_are_made_whole(ends: str, goes_on: str, whole: str) -> None:
    def draw(canvas: Pen) -> None:
        text(
            canvas,
            72,
            700,
            ["The region has always had " + ends, goes_on + " and more than this", "was said. There is information."],
        )

    assert whole in kinds(pdf(draw))[0][1]


def test_words_that_no_one_can_see_are_remarked_on_and_left_out() -> None:
    def draw(canvas: Pen) -> None:
        canvas.setFillColorRGB(0, 0, 0.5)
        canvas.rect(0, 780, 600, 60, fill=1, stroke=0)
        canvas.setFillColorRGB(1, 1, 1)
        text(canvas, 72, 800, ["White on a band"], size=20)
        text(canvas, 72, 600, ["White on white."])
        canvas.setFillColorRGB(0, 0, 0)
        text(canvas, 72, 560, ["Too small to read."], size=1)
        text(canvas, 700, 540, ["Off the page."])
        text(canvas, 72, 500, PROSE)

    parsed = parse_pdf(pdf(draw))
    assert [block.text for block in parsed.blocks] == ["White on a band", WHOLE]
    assert [(r.kind, r.page) for r in parsed.remarks] == [("hidden-text", 1)] * len(parsed.remarks)
    hidden = " ".join(remark.text for remark in parsed.remarks)
    assert all(words in hidden for words in ("White on white.", "Too small to read.", "Off the page."))


def test_a_cover_gives_title_and_date_but_no_other_heading() -> None:
    def cover(canvas: Pen) -> None:
        text(canvas, 72, 600, ["A plan for the", "whole region"], size=32, font="Helvetica-Bold", leading=38)
        text(canvas, 72, 480, ["October 2019"], size=14)

    def chapter(canvas: Pen) -> None:
        text(canvas, 72, 760, ["1 Why now"], size=18, font="Helvetica-Bold")
        text(canvas, 72, 720, PROSE)

    parsed = parse_pdf(pdf(cover, chapter))
    assert parsed.metadata == {"title": "A plan for the whole region", "published": "2019-10"}
    assert [(b.text, b.level) for b in parsed.blocks if b.kind == "heading"] == [
        ("A plan for the whole region", 1),
        ("1 Why now", 2),
    ]


def scan(canvas: Pen) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)


def test_a_scan_without_ocr_is_named_not_empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ValueError, match="no text: it is scanned and needs OCR; install tesseract-ocr"):
        parse_pdf(pdf(scan, scan))
    mixed = parse_pdf(pdf(prose(), scan))
    assert [block.text for block in mixed.blocks] == [WHOLE]
    assert [(r.kind, r.page) for r in mixed.remarks] == [("no-text", 2)]


def test_a_scan_is_read_by_tesseract_where_it_is_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = [("1", "1", "The"), ("1", "1", "plan"), ("1", "2", "is"), ("2", "1", "Done.")]
    table = "\n".join(f"5\t1\t1\t{par}\t{line}\t1\t0\t0\t9\t9\t90\t{word}" for par, line, word in rows)
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\n/bin/cat > /dev/null\n/bin/cat <<'END'\n{table}\nEND\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert kinds(pdf(scan)) == [("paragraph", "The plan is"), ("paragraph", "Done.")]


def test_an_encrypted_file_is_refused_unless_it_opens_without_a_password() -> None:
    def locked(user: str) -> bytes:
        return pdf(prose(), encrypt=StandardEncryption(user, ownerPassword="owner"))

    assert kinds(locked("")) == [("paragraph", WHOLE)]
    with pytest.raises(ValueError, match="it is encrypted"):
        parse_pdf(locked("secret"))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"no PDF at all", pdf(prose())[:400]])
def test_a_damaged_file_is_refused_with_its_reason(data: bytes) -> None:
    with pytest.raises(ValueError, match="damaged or cut short"):
        parse_pdf(data)


def test_a_rotated_and_cropped_page_is_read_as_shown() -> None:
    writer = PdfWriter(
        clone_from=PdfReader(
            io.BytesIO(pdf(lambda canvas: text(canvas, 72, 700, [*PROSE, "", "", "", "Below the crop."])))
        )
    )
    writer.pages[0].cropbox.lower_left = (0, 640)
    writer.pages[0].rotate(90)
    target = io.BytesIO()
    writer.write(target)
    parsed = parse_pdf(target.getvalue())
    assert [block.text for block in parsed.blocks] == [WHOLE]
    assert [remark.text for remark in parsed.remarks] == ["Below the crop."]


def test_a_panel_stands_apart_from_the_paragraph_that_it_interrupts() -> None:
    def draw(canvas: Pen) -> None:
        y = text(canvas, 72, 760, PROSE[:3])
        canvas.setFillColorRGB(0.9, 0.9, 1)
        canvas.rect(60, y - 70, 450, 60, fill=1, stroke=0)
        canvas.setFillColorRGB(0, 0, 0)
        text(canvas, 80, y - 30, ["A panel tells its own story in", "two lines that end here."])
        text(canvas, 72, y - 95, PROSE[3:])

    assert [text for _, text in kinds(pdf(draw))] == [WHOLE, "A panel tells its own story in two lines that end here."]


def test_a_row_of_a_table_keeps_its_header_and_its_places() -> None:
    def draw(canvas: Pen) -> None:
        for row, cells in enumerate((("Scheme", "Cost"), ("Station", "26.5"), ("Bus lanes", "8.1"))):
            for column, cell in enumerate(cells):
                text(
                    canvas,
                    80 + 150 * column,
                    700 - 20 * row,
                    [cell],
                    font="Helvetica-Bold" if row == 0 else "Helvetica",
                )
        for n in range(4):
            canvas.line(72, 715 - 20 * n, 372, 715 - 20 * n)
        for n in range(3):
            canvas.line(72 + 150 * n, 655, 72 + 150 * n, 715)
        text(canvas, 72, 600, PROSE)

    rows = [block for block in parse_pdf(pdf(draw)).blocks if block.kind == "table-row"]
    assert [row.text for row in rows] == ["Scheme: Station; Cost: 26.5", "Scheme: Bus lanes; Cost: 8.1"]
    assert [rows[0].text[start:end] for start, end, *_ in rows[0].runs] == ["Scheme", "Station", "Cost", "26.5"]


def test_no_block_is_without_text() -> None:
    assert all(isinstance(block, Block) and block.text for block in parse_pdf(pdf(page_with_everything)).blocks)
