"""Dates of any precision name a period."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from strategybot.dates import DateText, first_day, last_day, render_date, render_on


@pytest.mark.parametrize(
    ("text", "first", "last", "rendered"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31), "2019"),
        ("2019-10", date(2019, 10, 1), date(2019, 10, 31), "October 2019"),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "February 2020"),
        ("2019-10-09", date(2019, 10, 9), date(2019, 10, 9), "9 October 2019"),
    ],
)
def test_a_date_names_its_period(text: str, first: date, last: date, rendered: str) -> None:
    assert (first_day(text), last_day(text), render_date(text)) == (first, last, rendered)


@pytest.mark.parametrize(
    ("text", "rendered"),
    [("2019", "in 2019"), ("2019-10", "in October 2019"), ("2019-10-09", "on 9 October 2019")],
)
def test_when_something_happened_is_written_with_its_preposition(text: str, rendered: str) -> None:
    assert render_on(text) == rendered


@pytest.mark.parametrize(
    "text", ["", "19", "2019-1", "2019-13", "2019-02-30", "2019-10-9", "2019-10-09T00:00", "٢٠١٩", "0000", "2019-", "x"]
)
def test_anything_else_is_refused(text: str) -> None:
    for read in (first_day, last_day, render_date, render_on, TypeAdapter(DateText).validate_python):
        with pytest.raises((ValueError, ValidationError)):
            read(text)


@given(st.dates())
def test_a_whole_date_is_its_own_period(day: date) -> None:
    assert first_day(day.isoformat()) == last_day(day.isoformat()) == day


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        assert first_day(text) <= last_day(text)
    except ValueError:
        with pytest.raises(ValueError, match=r".*"):
            last_day(text)
