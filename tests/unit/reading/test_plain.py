"""The plain text reader."""

from strategybot.reading.plain import parse_plain


def test_title_date_bullets_and_wrapped_lines_are_read() -> None:
    parsed = parse_plain("Skills plan agreed\r\n\r\nMonday 6 January 2020\r\n\r\nIt runs\nfor years:\n• one\n• two\n")

    assert [(b.kind, b.text) for b in parsed.blocks] == [
        ("heading", "Skills plan agreed"),
        ("paragraph", "Monday 6 January 2020"),
        ("paragraph", "It runs for years:"),
        ("list-item", "one"),
        ("list-item", "two"),
    ]
    assert parsed.metadata == {"title": "Skills plan agreed", "published": "2020-01-06"}


def test_a_first_line_that_is_a_sentence_is_no_title() -> None:
    parsed = parse_plain("It was agreed in the end.\n\nThe rest follows.")

    assert parsed.metadata == {}
    assert [b.kind for b in parsed.blocks] == ["paragraph", "paragraph"]
