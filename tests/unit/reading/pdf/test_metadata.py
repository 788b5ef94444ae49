"""A PDF's own properties are believed as far as people wrote them."""

import pytest

from strategybot.reading.blocks import Block
from strategybot.reading.pdf.metadata import find_metadata

COVER = (Block("heading", "Transport Strategy 2040", 1, page=1), Block("paragraph", "Leeds", page=1))


@pytest.mark.parametrize(
    "title",
    ["Microsoft Word - final v3.docx", "plan.indd", "(anonymous)", "Untitled", "untitled1", "Document1", "___", ""],
)
def test_what_a_program_wrote_for_a_title_gives_way_to_the_cover(title: str) -> None:
    assert find_metadata({"Title": title}, COVER)["title"] == "Transport Strategy 2040"


def test_a_title_that_people_gave_is_kept() -> None:
    assert find_metadata({"Title": "Connecting Leeds"}, COVER)["title"] == "Connecting Leeds"


@pytest.mark.parametrize(
    ("author", "publisher"), [("Leeds City Council", "Leeds City Council"), ("A. Person", None), ("", None)]
)
def test_a_person_is_no_publisher(author: str, publisher: str | None) -> None:
    assert find_metadata({"Author": author}, COVER).get("publisher") == publisher


@pytest.mark.parametrize(
    ("printed", "created", "published"),
    [
        ("29 October 2019", "D:20240101120000", "2019-10-29"),
        ("March 2021", "", "2021-03"),
        ("31 February 2021", "D:20240101", "2024-01-01"),
        ("Nothing of the kind", "D:20240115120000Z", "2024-01-15"),
        ("Nothing of the kind", "yesterday", None),
    ],
)
def test_the_date_on_the_cover_comes_before_that_of_the_file(printed: str, created: str, published: str | None) -> None:
    blocks = (*COVER, Block("paragraph", printed, page=1))

    assert find_metadata({"CreationDate": created}, blocks).get("published") == published


def test_no_properties_and_no_blocks_tell_nothing() -> None:
    assert find_metadata({}, ()) == {}


def test_the_language_of_a_file_is_taken_as_it_says() -> None:
    assert find_metadata({"Lang": "pl"}, COVER)["language"] == "pl"
    assert "language" not in find_metadata({"Lang": ""}, COVER)
