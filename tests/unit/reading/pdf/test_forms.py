"""Forms keep what has been filled in."""

from strategybot.reading.pdf import parse_pdf
from tests.unit.reading.pdf.sheets import Pen, pdf, text


def test_what_is_filled_into_a_form_is_read_behind_its_question() -> None:
    def draw(canvas: Pen) -> None:
        fields = {"Name of organisation": "Valley Food Bank", "Text7": "4,200 pounds", "Empty one": ""}
        text(canvas, 72, 780, ["Grant application form"], size=16)
        for n, (name, value) in enumerate(fields.items()):
            text(canvas, 72, 740 - 40 * n, [f"Question {n} of this form"])
            canvas.acroForm.textfield(name=name, value=value, x=260, y=736 - 40 * n, width=200, height=18)

    lines = [block.text for block in parse_pdf(pdf(draw)).blocks]

    assert lines[-2:] == ["Name of organisation: Valley Food Bank", "4,200 pounds"]
