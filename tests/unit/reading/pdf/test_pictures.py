"""Pages as pictures, and the rectangles over words."""

import io
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from strategybot.reading.pdf import Rectangle, find_rectangles, parse_pdf, render_page
from tests.unit.reading.pdf.sheets import PROSE, pdf, prose

WHOLE = " ".join(PROSE)


def words_under(data: bytes, rectangle: Rectangle) -> str:
    """Return what pdfium finds under a rectangle of a page that is not rotated."""
    with pypdfium2.PdfDocument(data) as document:
        page = document[rectangle.page - 1]
        left, bottom, right, top = page.get_bbox()
        width, height = right - left, top - bottom
        found: str = page.get_textpage().get_text_bounded(
            left + rectangle.left * width,
            top - rectangle.bottom * height,
            left + rectangle.right * width,
            top - rectangle.top * height,
        )
        return found


@pytest.mark.parametrize("wanted", ["skills that employers", WHOLE, "the places where people", "done."])
def test_the_words_under_the_rectangles_are_the_words_asked_for(wanted: str) -> None:
    data = pdf(prose(400), prose(700))
    block = parse_pdf(data).blocks[1]
    start = block.text.index(wanted)
    found = find_rectangles(data, block.runs, start, start + len(wanted))
    assert "".join(words_under(data, each) for each in found).split() == wanted.split() or (
        "".join("".join(words_under(data, each) for each in found).split()) == wanted.replace(" ", "")
    )
    assert {each.page for each in found} == {2}
    assert len(found) == (4 if wanted == WHOLE else 2 if "where people" in wanted else 1)
    assert all(0 <= each.left < each.right <= 1 and 0 <= each.top < each.bottom <= 1 for each in found)


def test_rectangles_are_where_the_page_shows_the_words_when_it_is_rotated() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(prose(700)))))
    writer.pages[0].rotate(90)
    target = io.BytesIO()
    writer.write(target)
    data = target.getvalue()
    block = parse_pdf(data).blocks[0]
    found = find_rectangles(data, block.runs)
    image = Image.open(io.BytesIO(render_page(data, 1, width_px=1600))).convert("L")
    dark = image.point(lambda level: 255 * (level < 128))
    ink = dark.histogram()[255]
    for each in found:
        left, top = round(each.left * image.width) - 1, round(each.top * image.height) - 1
        right, bottom = round(each.right * image.width) + 1, round(each.bottom * image.height) + 1
        dark.paste(0, (left, top, right, bottom))
    assert dark.histogram()[255] < 0.02 * ink


def test_a_page_is_rendered_at_the_width_asked_for() -> None:
    image = Image.open(io.BytesIO(render_page(pdf(prose()), 1, width_px=600)))
    assert (image.width, image.format) == (600, "PNG")


@pytest.mark.parametrize(
    ("page", "width", "reason"), [(2, 600, "no page 2"), (0, 600, "no page 0"), (1, 0, "pixels wide")]
)
def test_what_cannot_be_rendered_is_refused(page: int, width: int, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        render_page(pdf(prose()), page, width_px=width)


def test_runs_of_another_file_are_refused() -> None:
    runs: Any = ((0, 5, 1, 9_999),)
    with pytest.raises(ValueError, match="another version"):
        find_rectangles(pdf(prose()), runs)


def test_a_span_outside_the_runs_has_no_rectangle() -> None:
    assert find_rectangles(pdf(prose()), ((0, 5, 1, 0),), 10, 20) == ()
