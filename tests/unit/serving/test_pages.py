"""Pictures of pages: what is ordered, what is kept, who waits."""

import threading
from pathlib import Path
from queue import Queue

import pytest

from strategybot.reading.blocks import Block
from strategybot.schema import PageRun
from strategybot.serving.addresses import Look
from strategybot.serving.pages import (
    AT_ONCE,
    MOST_WAITING,
    WIDTHS,
    PictureOrder,
    Pictures,
    last_page,
    order_picture,
    pages_of,
    parse_page,
    parse_width,
    runs_on,
)
from tests.fakes_assistant import FUND, a_document, a_metadata

PATH = Path("report.pdf")
TEXT = "First line here. Second line there."
DOCUMENT = a_document(
    a_metadata(title="T"),
    Block("paragraph", TEXT, page=4, page_label="ii", runs=((0, 16, 4, 100), (17, 35, 5, 7))),
    Block("paragraph", "Put together.", page=5),
)
AT = DOCUMENT.paragraphs[1].start
LATER = DOCUMENT.paragraphs[2].start


class Drawing:
    """Draws a number of bytes, and remembers what it drew."""

    def __init__(self, size: int = 100, *, fails: str = "") -> None:
        self.drawn: list[PictureOrder] = []
        self._size = size
        self._fails = fails

    def __call__(self, order: PictureOrder) -> bytes:
        self.drawn.append(order)
        if self._fails:
            raise ValueError(self._fails)
        return bytes(self._size)


def order(page: int) -> PictureOrder:
    return PictureOrder(PATH, page, 1000)


def test_runs_are_cut_to_the_words_that_are_looked_at() -> None:
    span = (AT + 6, AT + 23)

    assert runs_on(DOCUMENT, [span], 4) == ((AT + 6, AT + 16, 4, 106),)
    assert runs_on(DOCUMENT, [span], 5) == ((AT + 17, AT + 23, 5, 7),)
    assert runs_on(DOCUMENT, [span], 6) == ()


def test_words_outside_a_run_give_none() -> None:
    assert runs_on(DOCUMENT, [(AT + 16, AT + 17), (LATER, LATER + 3)], 4) == ()


def test_a_quote_is_shown_on_the_pages_that_hold_its_words() -> None:
    assert pages_of(DOCUMENT, (AT, AT + 5)) == (4,)
    assert pages_of(DOCUMENT, (AT + 20, AT + 25)) == (5,)
    assert pages_of(DOCUMENT, (AT, AT + 25)) == (4, 5)


def test_a_quote_whose_words_have_no_place_is_shown_on_its_paragraphs_page() -> None:
    assert pages_of(DOCUMENT, (LATER, LATER + 3)) == (5,)
    assert pages_of(FUND, (0, 5)) == ()


def test_an_order_holds_the_quote_and_the_others_of_the_page() -> None:
    look = Look((AT, AT + 5), ((AT + 6, AT + 10), (AT + 20, AT + 22)), words="line")

    made = order_picture(DOCUMENT, PATH, 4, look, width_px=1600)

    quote: tuple[PageRun, ...] = ((AT, AT + 5, 4, 100),)
    assert made == PictureOrder(PATH, 4, 1600, quote, ((AT + 6, AT + 10, 4, 106),))


def test_the_last_page_is_that_of_the_last_words() -> None:
    assert (last_page(DOCUMENT), last_page(FUND)) == (5, 0)


@pytest.mark.parametrize("text", ["0", "6", "-1", "x", "", "²", "9" * 5000, "01 "])
def test_what_is_no_page_is_none(text: str) -> None:
    assert parse_page(text, last=5) is None


def test_pages_count_from_one_to_the_last() -> None:
    assert [parse_page(text, last=12) for text in ("1", "12")] == [1, 12]


def test_no_other_widths_are_drawn() -> None:
    assert (parse_width(None), parse_width(str(WIDTHS[1]))) == WIDTHS
    with pytest.raises(ValueError, match="width=99999"):
        parse_width("99999")


def test_a_picture_is_drawn_once_and_kept() -> None:
    drawing = Drawing()
    pictures = Pictures(drawing)

    assert pictures.draw(order(1)) == pictures.draw(order(1)) == bytes(100)
    assert drawing.drawn == [order(1)]


def test_what_cannot_be_drawn_is_not_tried_again() -> None:
    drawing = Drawing(fails="it took too long")
    pictures = Pictures(drawing)

    for _ in range(2):
        with pytest.raises(ValueError, match="it took too long"):
            pictures.draw(order(1))

    assert len(drawing.drawn) == 1


def test_pictures_not_asked_for_lately_make_room() -> None:
    drawing = Drawing(size=4000)
    pictures = Pictures(drawing, most_bytes=10_000)

    for page in (1, 2, 1, 3, 1, 2):
        pictures.draw(order(page))

    assert [made.page for made in drawing.drawn] == [1, 2, 3, 2]


def test_a_picture_larger_than_all_that_is_kept_is_given_all_the_same() -> None:
    pictures = Pictures(Drawing(size=4000), most_bytes=100)

    assert pictures.draw(order(1)) == bytes(4000)


def test_what_could_not_be_drawn_is_tried_again_after_a_while() -> None:
    drawing = Drawing(fails="it took too long")
    pictures = Pictures(drawing, retry_s=-1)

    for _ in range(2):
        with pytest.raises(ValueError, match="it took too long"):
            pictures.draw(order(1))

    assert len(drawing.drawn) == 2


class Slow:
    """Draws once it is let; ``begun`` counts what it has begun."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.let = threading.Event()

    def __call__(self, _: PictureOrder) -> bytes:
        self.begun.release()
        assert self.let.wait(10)
        return b"png"


def test_two_are_drawn_at_once_and_who_waits_too_long_gets_none() -> None:
    slow = Slow()
    pictures = Pictures(slow, wait_s=0.05)
    threads = [threading.Thread(target=pictures.draw, args=(order(page),)) for page in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    assert all(slow.begun.acquire(timeout=10) for _ in threads)

    assert pictures.draw(order(9)) is None

    slow.let.set()
    for thread in threads:
        thread.join()
    assert pictures.draw(order(9)) == b"png"


def test_only_some_may_wait_so_that_other_pages_are_still_served() -> None:
    slow = Slow()
    pictures = Pictures(slow, wait_s=10)
    answers: Queue[bytes | None] = Queue()
    pages = range(AT_ONCE + MOST_WAITING + 1)
    threads = [threading.Thread(target=lambda page: answers.put(pictures.draw(order(page))), args=(n,)) for n in pages]
    for thread in threads:
        thread.start()

    assert answers.get(timeout=5) is None, "one too many, while nothing is drawn yet"

    slow.let.set()
    assert [answers.get(timeout=10) for _ in range(AT_ONCE + MOST_WAITING)] == [b"png"] * (AT_ONCE + MOST_WAITING)
    for thread in threads:
        thread.join()
