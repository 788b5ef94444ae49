"""The slides, sheets, pages, messages and bundles open, and what is expected of them scores one against itself."""

import email
import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default

import openpyxl
import pptx
import pypdfium2
import pytest

from tests.builders.expectation import BuiltDocument
from tests.builders.html_extras import SHOW_ALL
from tests.builders.html_saved_page import build_html_saved_page
from tests.builders.pdf_printed import build_pdf_printed, has_chromium
from tests.builders.plain_files import (
    build_eml_message,
    build_markdown_page,
    build_text_page,
    build_zip_bundle,
    bundle_members,
)
from tests.builders.pptx_deck import build_pptx_deck
from tests.builders.scoring import score
from tests.builders.sheets import HIDDEN_SHEET, build_csv_table, build_xlsx_workbook

BUILDERS = (
    build_html_saved_page, build_pptx_deck, build_xlsx_workbook, build_csv_table, build_markdown_page, build_text_page,
    build_eml_message, build_zip_bundle,
)  # fmt: skip


@pytest.mark.parametrize("build", BUILDERS)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_what_is_expected_scores_one_against_itself(build: Callable[[int], BuiltDocument], seed: int) -> None:
    built = build(seed)
    found = score(built, [(item.kind, item.text, item.level) for item in built.expected])
    assert found.explain().splitlines() == [found.explain()]
    assert "paragraphs whole 100.0%, in order 100.0%; headings 100.0%; rows 100.0%" in found.explain()


@pytest.mark.parametrize("build", BUILDERS)
def test_another_seed_gives_another_document(build: Callable[[int], BuiltDocument]) -> None:
    assert build(3).expected == build(3).expected
    assert build(3).expected != build(4).expected


def test_slides_hold_their_titles_and_a_hidden_one() -> None:
    built = build_pptx_deck(0)
    slides = pptx.Presentation(io.BytesIO(built.data)).slides
    titles = [slide.shapes.title.text for slide in slides]
    assert titles[:-1] == [item.text for item in built.expected if item.kind == "heading"]
    assert titles[-1:] == list(built.hidden)


def test_a_workbook_has_a_hidden_sheet_and_the_result_of_its_sum() -> None:
    built = build_xlsx_workbook(0)
    book = openpyxl.load_workbook(io.BytesIO(built.data), data_only=True)
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "hidden"]
    assert book["Workings"]["A1"].value == HIDDEN_SHEET
    column = [row[2] for row in book["Action plan"].iter_rows(min_row=5, values_only=True)]
    figures = [figure for figure in column if isinstance(figure, int)]
    assert figures[-1] == sum(figures[:-1])


def test_saved_pages_hold_their_furniture_with_and_without_main() -> None:
    pages = [build_html_saved_page(seed) for seed in (0, 1)]
    texts = [page.data.decode() for page in pages]
    assert ["<main" in text for text in texts] == [True, False]
    for page, text in zip(pages, texts, strict=True):
        assert all(words in text for words in (*page.furniture, *page.hidden) if words != SHOW_ALL)


def test_a_message_has_its_text_twice_and_an_attachment() -> None:
    message = email.message_from_bytes(build_eml_message(0).data, policy=default)
    assert isinstance(message, EmailMessage)
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "application/octet-stream"]


def test_a_bundle_holds_its_members_and_no_more_than_oddments_beside_them() -> None:
    built, members = build_zip_bundle(0), bundle_members(0)
    with zipfile.ZipFile(io.BytesIO(built.data)) as bundle:
        assert bundle.testzip() is None
        contents = {bundle.read(name) for name in bundle.namelist()}
        assert len(bundle.namelist()) == len(members) + 2
    text = next(member for member in members if member.suffix == ".md")
    assert text.data in contents


@pytest.mark.skipif(not has_chromium(), reason="no Chromium: install it, or set CHROMIUM to its path")
@pytest.mark.parametrize("seed", [0, 1])
def test_a_page_is_printed_with_its_headers_and_footers(seed: int) -> None:
    built = build_pdf_printed(seed)
    pdf = pypdfium2.PdfDocument(built.data)
    assert len(pdf) > 2
    second = pdf[1].get_textpage().get_text_bounded()
    pdf.close()
    assert sum(words in second for words in built.furniture) >= 2
