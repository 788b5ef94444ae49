"""The designed PDFs open, keep their promises to the reader's tests, and differ."""

import unicodedata

import pypdfium2
import pytest

from tests.builders.pdf_designed import build_pdf_designed
from tests.builders.scoring import score


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


@pytest.mark.parametrize("seed", range(4))
def test_every_page_opens_and_holds_the_words_that_are_expected_there(seed: int) -> None:
    built = build_pdf_designed(seed)
    pdf = pypdfium2.PdfDocument(built.data)
    pages = [_letters(pdf[n].get_textpage().get_text_bounded()) for n in range(len(pdf))]
    for item in built.expected:
        assert item.page is not None
        assert _letters(item.text.split()[0].split("-")[0]) in pages[item.page - 1]
    pdf.close()


def test_what_is_expected_scores_one_against_itself() -> None:
    built = build_pdf_designed(4)
    found = score(built, [(item.kind, item.text, item.level) for item in built.expected])
    assert found.explain().splitlines() == [found.explain()]
    assert (found.paragraphs_whole, found.paragraphs_in_order, found.headings_right) == (1, 1, 1)
    assert (found.rows_with_headers, found.furniture) == (1, ())


def test_a_seed_gives_the_same_document_and_another_seed_another() -> None:
    assert build_pdf_designed.__wrapped__(5) == build_pdf_designed(5)  # made anew, and as it was kept
    assert build_pdf_designed(5).expected != build_pdf_designed(6).expected
