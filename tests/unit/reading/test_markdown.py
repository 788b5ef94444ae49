"""The Markdown reader."""

import pytest

from strategybot.reading.blocks import join_blocks
from strategybot.reading.markdown import parse_markdown


def test_blocks_keep_their_kind_and_heading_path() -> None:
    parsed = parse_markdown("# Plan\n\nOpening.\n\n## Grants\n\n- one\n- two\n\nText *with* [a link](x) and `code`.\n")

    text, paragraphs = join_blocks(parsed.blocks)

    assert [(p.kind, text[p.start : p.end], p.headings) for p in paragraphs] == [
        ("heading", "Plan", ()),
        ("paragraph", "Opening.", ("Plan",)),
        ("heading", "Grants", ("Plan",)),
        ("list-item", "one", ("Plan", "Grants")),
        ("list-item", "two", ("Plan", "Grants")),
        ("paragraph", "Text with a link and code.", ("Plan", "Grants")),
    ]


def test_a_table_row_is_read_with_its_header_cells() -> None:
    parsed = parse_markdown("| Scheme | Most |\n|---|---|\n| Vouchers | £5,000 |\n")

    assert [b.text for b in parsed.blocks] == ["Scheme: Vouchers; Most: £5,000"]


def test_front_matter_becomes_metadata() -> None:
    parsed = parse_markdown("---\ntitle: A plan\npublished: 2021-03-04\n---\n\nText.\n")

    assert parsed.metadata == {"title": "A plan", "published": "2021-03-04"}
    assert [b.text for b in parsed.blocks] == ["Text."]


@pytest.mark.parametrize("front", ["title: [", "- a\n- b", "just words"])
def test_front_matter_that_is_no_mapping_is_refused(front: str) -> None:
    with pytest.raises(ValueError, match="front matter"):
        parse_markdown(f"---\n{front}\n---\nText.\n")


def test_html_inside_markdown_stays_text() -> None:
    (block,) = parse_markdown("Words <script>alert(1)</script> more.").blocks

    assert "<script>" in block.text
