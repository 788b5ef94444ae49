"""Marks and the offsets in addresses."""

import pytest

from strategybot.serving.marking import MOST_ALSO, Mark, cut, parse_also, parse_span


def test_without_offsets_there_is_no_span() -> None:
    assert parse_span(None, None, length=10) is None


@pytest.mark.parametrize(
    ("first", "last"),
    [("1", None), (None, "4"), ("", ""), ("a", "4"), ("-1", "4"), ("4", "4"), ("5", "4"), ("0", "11"), ("²", "4"),
     ("0", "9" * 5000)],
)  # fmt: skip
def test_offsets_that_are_no_span_are_refused(first: str | None, last: str | None) -> None:
    with pytest.raises(ValueError, match="from="):
        parse_span(first, last, length=10)


def test_a_span_may_be_the_whole_text() -> None:
    assert parse_span("0", "10", length=10) == (0, 10)


def test_other_spans_come_in_the_order_of_the_text_and_once() -> None:
    assert parse_also(["7-9", "2-4", "7-9"], length=10) == ((2, 4), (7, 9))


@pytest.mark.parametrize("value", ["", "-", "3", "3-", "-3", "3-3", "1-2-3", "3-99", " 1-2"])
def test_another_span_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="from="):
        parse_also([value], length=10)


def test_more_spans_than_are_read_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 30"):
        parse_also(["1-2"] * (MOST_ALSO + 1), length=10)


def test_overlapping_marks_cut_text_into_runs_that_name_each() -> None:
    runs = cut("0123456789", (1, 9), [Mark(3, 7, "quote", "p1"), Mark(5, 20, "hit", "hit"), Mark(0, 1, "also")])

    assert [(run.text, run.kinds, run.anchors) for run in runs] == [
        ("12", (), ()),
        ("34", ("quote",), ("p1",)),
        ("56", ("quote", "hit"), ("hit",)),
        ("78", ("hit",), ()),
    ]


def test_marks_that_begin_together_share_a_run_with_both_anchors() -> None:
    (run,) = cut("words", (0, 5), [Mark(0, 5, "quote", "p1"), Mark(0, 5, "hit", "hit")])

    assert run.anchors == ("p1", "hit")


def test_a_mark_that_began_before_a_block_is_anchored_at_the_blocks_first_character() -> None:
    (run,) = cut("before words", (7, 12), [Mark(0, 12, "quote", "p2")])

    assert (run.text, run.anchors) == ("words", ("p2",))
