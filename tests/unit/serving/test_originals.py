"""Links to originals and their kept files."""

import pytest

from strategybot.reading.blocks import Block
from strategybot.schema import Document
from strategybot.serving.originals import address_original, media_type, suffix_of
from tests.fakes_assistant import a_document, a_metadata

HTML = "0" * 64 + ".html"
PDF = "0" * 64 + ".pdf"
SHORT = "Grants of £10,000 – up to 20% – are open & free."
LONG = (
    "Firms in the region may apply for a grant, which is paid once the equipment has been bought, installed and "
    "inspected by a well-known body."
)


def document(*, original: str | None = HTML, **changes: object) -> Document:
    metadata = a_metadata(source_url="https://example.org/page", **changes)
    made = a_document(
        metadata, Block("paragraph", SHORT, page=3), Block("paragraph", LONG), Block("table-row", "A: 1; B: 2")
    )
    return made.model_copy(update={"original": original})


def address(of: Document, quote: str) -> str | None:
    start = of.text.index(quote)
    return address_original(of, (start, start + len(quote)))


def test_a_short_quote_stands_whole_in_the_address_percent_encoded() -> None:
    assert address(document(), SHORT) == (
        "https://example.org/page#:~:text=Grants%20of%20%C2%A310%2C000%20%E2%80%93%20up%20to%2020%25%20"
        "%E2%80%93%20are%20open%20%26%20free."
    )


def test_hyphens_and_commas_do_not_divide_the_address() -> None:
    assert address(document(), "a well-known body") == "https://example.org/page#:~:text=a%20well%2Dknown%20body"


def test_a_long_quote_is_given_by_its_first_and_last_words() -> None:
    assert address(document(), LONG) == (
        "https://example.org/page#:~:text=Firms%20in%20the%20region,by%20a%20well%2Dknown%20body."
    )


def test_a_long_quotes_first_words_are_as_many_as_stand_once() -> None:
    blocks = (Block("paragraph", "Firms in the region grow."), Block("paragraph", LONG))
    again = a_document(a_metadata(source_url="https://example.org/page"), *blocks)
    again = again.model_copy(update={"original": HTML})

    assert "text=Firms%20in%20the%20region%20may,by" in str(address(again, LONG))


def test_a_quote_of_two_paragraphs_is_given_by_its_ends() -> None:
    of = document()

    assert address(of, f"are open & free.\n\n{LONG}") == (
        "https://example.org/page#:~:text=are%20open%20%26%20free.,by%20a%20well%2Dknown%20body."
    )


def test_an_address_with_a_place_of_its_own_keeps_it() -> None:
    of = document()
    placed = of.model_copy(update={"metadata": a_metadata(source_url="https://example.org/page#grants")})

    assert address(placed, "open") == "https://example.org/page#grants:~:text=open"


@pytest.mark.parametrize(
    "of",
    [
        document(form="digest"),
        document(original=None),
        document(original="0" * 64 + ".docx"),
        document(original="page.html"),
    ],
)
def test_only_an_original_web_page_is_opened_at_its_words(of: Document) -> None:
    assert address(of, SHORT) == "https://example.org/page"


def test_a_table_row_is_not_looked_for_since_its_words_are_put_together_here() -> None:
    assert address(document(), "A: 1; B: 2") == "https://example.org/page"


def test_a_pdf_is_opened_at_the_page() -> None:
    assert address(document(original=PDF), SHORT) == "https://example.org/page#page=3"
    assert address(document(original=PDF), LONG) == "https://example.org/page"


def test_without_a_quote_the_address_is_that_of_the_whole() -> None:
    assert address_original(document(), None) == "https://example.org/page"


def test_an_address_that_is_not_of_the_web_is_none() -> None:
    of = document().model_copy(update={"metadata": a_metadata(source_url="javascript:alert(1)")})

    assert address(of, SHORT) is None


@pytest.mark.parametrize(
    "name", [None, "", "report.pdf", "../" + PDF, PDF + "/x", "0" * 64, "0" * 63 + "g.pdf", PDF + "\n"]
)
def test_a_name_that_is_no_hash_with_a_suffix_names_no_original(name: str | None) -> None:
    assert suffix_of(name) is None


def test_web_pages_and_mail_are_sent_as_bytes() -> None:
    assert suffix_of(HTML) == ".html"
    assert {media_type(suffix) for suffix in (".html", ".htm", ".eml", ".svg", ".xml")} == {"application/octet-stream"}
    assert media_type(".pdf") == "application/pdf"
