"""A document put together from pages, some of them odd."""

from strategybot.reading.pdf.assembly import Reading, add_page, build_blocks
from strategybot.reading.pdf.geometry import Page, Word


def word(text: str, left: float, baseline: float, size: float) -> Word:
    box = (left, baseline - 8, left + 6 * len(text), baseline + 2)
    looks = {"bold": False, "italic": False, "font": "F", "color": (0, 0, 0), "runs": ((0, len(text), 0),)}
    return Word(*box, text=text, baseline=baseline, size=size, **looks)  # type: ignore[arg-type]  # looks are mixed


def page(number: int, *words: Word) -> Page:
    return Page(number, None, 595, 842, words, (), (), ())


def test_a_page_that_cannot_be_laid_out_costs_neither_its_words_nor_the_document() -> None:
    reading = Reading(pages=2)
    without_size = [word(text, 72, 300 + 20 * n, 0) for n, text in enumerate(["Alpha", "Beta", "Gamma"])]
    add_page(reading, page(1, *without_size))
    add_page(reading, page(2, word("Sound", 72, 400, 10), word("words", 108, 400, 10)))

    texts = " ".join(block.text for block in build_blocks(reading))

    assert texts == "Alpha Beta Gamma Sound words"
    assert reading.unlaid == {1}
