"""Documents as public bodies publish them come out whole, in order, with their headings and table headers.

The documents are made by builders that know nothing of the readers; each number is a document of another look.
"""

from collections.abc import Callable

import pytest

from strategybot.reading.blocks import join_blocks, normalise
from strategybot.reading.files import parse_bytes
from strategybot.reading.finding import find_format
from strategybot.schema import Document, Metadata
from tests.builders.docx_report import build_docx_report
from tests.builders.expectation import BuiltDocument
from tests.builders.html_saved_page import build_html_saved_page
from tests.builders.pdf_designed import build_pdf_designed
from tests.builders.plain_files import build_eml_message, build_markdown_page, build_text_page
from tests.builders.pptx_deck import build_pptx_deck
from tests.builders.scoring import score
from tests.builders.sheets import build_csv_table, build_xlsx_workbook

SEEDS = range(3)
LEAST_PARAGRAPHS = 0.98
LEAST_ROWS = 0.95
LEAST_HEADINGS = 0.95
BUILDERS = (
    build_pdf_designed,
    build_docx_report,
    build_pptx_deck,
    build_xlsx_workbook,
    build_csv_table,
    build_html_saved_page,
    build_eml_message,
    build_markdown_page,
    build_text_page,
)


def read(built: BuiltDocument) -> Document:
    parsed = parse_bytes(built.data, find_format("file" + built.suffix, built.data))
    text, paragraphs = join_blocks(parsed.blocks)
    metadata = Metadata(id="built", title="Built")
    return Document(metadata=metadata, version="0" * 12, text=text, paragraphs=paragraphs, remarks=parsed.remarks)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("build", BUILDERS, ids=lambda build: build.__name__.removeprefix("build_"))
def test_a_document_comes_out_as_it_was_put_in(build: Callable[[int], BuiltDocument], seed: int) -> None:
    built = build(seed)

    document = read(built)

    texts = [(b.kind, document.text[b.start : b.end], b.level) for b in document.paragraphs]
    found = score(built, texts)
    assert found.paragraphs_whole >= LEAST_PARAGRAPHS, found.explain()
    assert found.paragraphs_in_order >= LEAST_PARAGRAPHS, found.explain()
    assert found.headings_right >= LEAST_HEADINGS, found.explain()
    assert found.rows_with_headers >= LEAST_ROWS, found.explain()
    assert found.furniture == ()
    hidden = [normalise(words) for words in built.hidden]
    assert [words for words in hidden if words in document.text] == []
