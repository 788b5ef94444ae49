"""A document laid out for reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.reading.blocks import Block
from strategybot.serving.marking import Mark
from strategybot.serving.viewing import lay_out, quoted_blocks, web_address
from tests.fakes_assistant import DOCUMENTS, FUND, a_document, a_metadata


@given(document=st.sampled_from(DOCUMENTS), data=st.data())
def test_marks_lose_no_text_and_mark_the_span_alone(document, data) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # hypothesis gives these
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))

    blocks = [block for group in lay_out(document, (Mark(start, end),)) for block in group.blocks]
    marked = "".join(run.text for block in blocks for run in block.runs if run.marked)
    shown = [document.text[p.start : p.end] for p in document.paragraphs]

    assert [block.text for block in blocks] == shown
    assert "".join(marked.split()) == "".join(document.text[start:end].split())


def test_list_items_stand_in_one_list() -> None:
    kinds = [(group.kind, len(group.blocks)) for group in lay_out(FUND)]

    assert kinds == [("heading", 1), ("heading", 1), ("paragraph", 1), ("heading", 1), ("list-item", 2)]


def test_a_heading_that_repeats_the_title_is_level_one_and_others_follow_without_a_gap() -> None:
    document = a_document(a_metadata(title="Title"), Block("heading", "Part", 3), Block("heading", "Section", 6))

    levels = [block.level for group in lay_out(document) for block in group.blocks]

    assert levels == [1, 2, 3]


def test_an_empty_document_has_no_groups() -> None:
    empty = FUND.model_copy(update={"text": "", "paragraphs": ()})

    assert lay_out(empty) == ()


def test_quoted_blocks_are_those_that_a_span_touches() -> None:
    start = FUND.text.index("Firms with")
    end = FUND.text.index("Bradford")

    numbers = [block.number for block in quoted_blocks(FUND, (start, end))]

    assert numbers == [5, 6]


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "http:",
        "ftp://x.org",
        "http://[x",
    ],
)
def test_only_web_addresses_are_linked_to(address: str | None) -> None:
    assert web_address(address) is None


def test_a_web_address_is_kept_as_it_is() -> None:
    assert web_address("https://example.org/a?b#c") == "https://example.org/a?b#c"
