"""The order in which columns are read."""

from strategybot.reading.pdf import parse_pdf
from tests.unit.reading.pdf.sheets import Pen, pdf, text


def test_a_heading_in_a_column_longer_than_its_neighbour_begins_no_new_section() -> None:
    def draw(canvas: Pen) -> None:
        y = text(canvas, 60, 780, [f"Left line {n} is here and is full of words." for n in range(12)])
        y = text(canvas, 60, y - 14, ["Next steps"], size=14, font="Helvetica-Bold")
        text(canvas, 60, y - 4, [f"Below it line {n} is here and is full of words." for n in range(6)])
        text(canvas, 320, 780, [f"Right line {n} is here and is full of words." for n in range(11)])

    texts = [block.text for block in parse_pdf(pdf(draw)).blocks]
    places = [next(n for n, found in enumerate(texts) if key in found) for key in ("Left", "Next", "Below", "Right")]
    assert places == sorted(places)
