"""Pages drawn with words marked."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from strategybot.reading.pdf.pictures import Rectangle, find_rectangles
from strategybot.schema import Document, PageRun
from strategybot.serving.drawing import EDGE, draw_isolated, draw_page, mark
from strategybot.serving.pages import runs_on
from tests.fakes_pdf import PARAGRAPHS, build_pdf

BUDGET = PARAGRAPHS[2][1]


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Document]:
    path = tmp_path_factory.mktemp("pdf") / "skills.pdf"
    return path, build_pdf(path)


def runs_of(document: Document, quote: str) -> tuple[PageRun, ...]:
    start = document.text.index(quote)
    return runs_on(document, [(start, start + len(quote))], 2)


def picture(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def test_a_page_is_drawn_as_wide_as_it_is_wanted(pdf: tuple[Path, Document]) -> None:
    assert picture(draw_page(pdf[0], 2, 500, (), ())).size[0] == 500


def test_the_quote_and_nothing_else_but_the_margin_beside_it_is_marked(pdf: tuple[Path, Document]) -> None:
    path, document = pdf
    quote = "devolved in August 2021 and is spent"
    runs = runs_of(document, quote)

    marked, bare = picture(draw_page(path, 2, 1000, runs, ())), picture(draw_page(path, 2, 1000, (), ()))

    changed = ImageChops.difference(marked, bare)
    rectangles = find_rectangles(path, runs)
    assert len(rectangles) == 2
    _, top, _, bottom = changed.crop((0, 0, 25, marked.height)).getbbox() or (0, 0, 0, 0)
    assert top == pytest.approx(rectangles[0].top * marked.height, abs=4)
    assert bottom == pytest.approx(rectangles[1].bottom * marked.height, abs=4)
    changed.paste((0, 0, 0), (0, 0, 25, marked.height))
    for rectangle in rectangles:
        inside = (rectangle.left * 1000, rectangle.top * marked.height, rectangle.right * 1000,
                  rectangle.bottom * marked.height)  # fmt: skip
        assert changed.crop(tuple(round(x) for x in inside)).getbbox()  # type: ignore[arg-type]  # four of them
        grown = (inside[0] - 4, inside[1] - 4, inside[2] + 4, inside[3] + 4)
        changed.paste((0, 0, 0), tuple(round(x) for x in grown))  # type: ignore[arg-type]  # four of them
    assert changed.getbbox() is None
    words = " ".join(text_under(path, rectangle) for rectangle in rectangles)
    assert " ".join(words.split()) == quote


def text_under(path: Path, rectangle: Rectangle) -> str:
    with pypdfium2.PdfDocument(path) as opened:
        page = opened[rectangle.page - 1]
        width, height = page.get_size()
        return str(
            page.get_textpage().get_text_bounded(
                rectangle.left * width, (1 - rectangle.bottom) * height, rectangle.right * width,
                (1 - rectangle.top) * height,
            )
        )  # fmt: skip


def test_dark_words_stay_dark_under_a_mark_and_paper_takes_its_colour() -> None:
    drawn = Image.new("RGB", (1000, 100), "white")
    drawn.paste((0, 0, 0), (400, 40, 600, 60))

    mark(drawn, [Rectangle(1, 0.3, 0.2, 0.7, 0.8)], (255, 216, 77), edge=EDGE)

    assert drawn.getpixel((500, 50)) == (0, 0, 0)
    assert drawn.getpixel((350, 50)) == (255, 216, 77)
    assert drawn.getpixel((298, 50)) == EDGE
    assert drawn.getpixel((290, 50)) == (255, 255, 255)


def test_a_mark_outside_the_picture_marks_nothing() -> None:
    drawn = Image.new("RGB", (100, 100), "white")

    mark(drawn, [Rectangle(1, 1.2, 0.2, 1.5, 0.8), Rectangle(1, 0.5, 0.5, 0.2, 0.1)], (0, 0, 0))

    assert drawn.getcolors() == [(10_000, (255, 255, 255))]


def test_a_child_process_draws_the_same(pdf: tuple[Path, Document]) -> None:
    path, document = pdf
    runs = runs_of(document, BUDGET)

    assert draw_isolated(path, 2, width_px=600, quote=runs, also=()) == draw_page(path, 2, 600, runs, ())


@pytest.mark.parametrize(("data", "page"), [(b"", 1), (b"%PDF-1.7 cut", 1), (b"no pdf", 1), (None, 9), (None, 0)])
def test_what_cannot_be_drawn_says_why(
    pdf: tuple[Path, Document], tmp_path: Path, data: bytes | None, page: int
) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(pdf[0].read_bytes() if data is None else data)

    with pytest.raises(ValueError, match=r"^it"):
        draw_isolated(path, page, width_px=600, quote=(), also=())


def test_runs_of_another_file_are_refused(pdf: tuple[Path, Document]) -> None:
    with pytest.raises(ValueError, match=r"^it"):
        draw_page(pdf[0], 2, 600, ((0, 5000, 2, 0),), ())


def test_an_endless_page_does_not_take_the_server_with_it(tmp_path: Path) -> None:
    path = tmp_path / "tall.pdf"
    document = pypdfium2.PdfDocument.new()
    document.new_page(1, 14_400)
    document.save(path)

    assert picture(draw_isolated(path, 1, width_px=1600, quote=(), also=())).height <= 16_000
