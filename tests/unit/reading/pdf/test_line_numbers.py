"""Numbers of lines in the margin are dropped; numbers of list items and rows are not taken for them."""

from strategybot.reading.pdf import parse_pdf
from strategybot.reading.pdf.line_numbers import drop_line_numbers
from strategybot.reading.pdf.pages import read_pages
from tests.unit.reading.pdf.sheets import PROSE, Draw, Pen, pdf, text

ROUNDS = 4


def numbered(rows: int, step: int = 1) -> Draw:
    """Return a drawing of paragraphs; ``rows`` of their lines have numbers, from the first."""

    def draw(canvas: Pen) -> None:
        for n in range(ROUNDS * len(PROSE)):
            y = 780 - 13 * n - 8 * (n // len(PROSE))
            text(canvas, 72, y, [PROSE[n % len(PROSE)]])
            if n < rows and (n + 1) % step == 0:
                text(canvas, 40, y, [str(n + 1)], size=7)

    return draw


def test_numbers_of_lines_are_dropped() -> None:
    texts = [block.text for block in parse_pdf(pdf(numbered(16))).blocks]
    assert texts == [" ".join(PROSE)] * ROUNDS


def test_numbers_beside_a_few_lines_stay() -> None:
    for page in read_pages(pdf(numbered(6))):
        assert drop_line_numbers(page.words) == page.words


def test_a_number_without_a_stop_that_hangs_before_its_text_is_a_marker() -> None:
    def draw(canvas: Pen) -> None:
        text(canvas, 72, 780, PROSE)
        for n in range(3):
            text(canvas, 80, 710 - 13 * n, [str(n + 1)])
            text(canvas, 98, 710 - 13 * n, [f"grants for the homes of ward {n}"])

    found = [(block.kind, block.text) for block in parse_pdf(pdf(draw)).blocks]
    assert found[1:] == [("list-item", f"grants for the homes of ward {n}") for n in range(3)]
