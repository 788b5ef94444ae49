"""A scheme is open only if a stated window covers the day."""

from datetime import date

import pytest

from strategybot.eligibility.windows import age_in_years, find_opening, word_opening
from strategybot.schema import Opening
from tests.builders.schemes import held, scheme


@pytest.mark.parametrize(
    ("window", "about", "day", "opening"),
    [
        ({"opens": "2022-01-01", "closes": "2022-09-30"}, {}, date(2022, 9, 30), "open"),
        ({"opens": "2022-01-01", "closes": "2022-09-30"}, {}, date(2022, 10, 1), "closed"),
        ({"opens": "2022-01-01", "closes": "2022-09-30"}, {}, date(2022, 1, 1), "open"),
        ({"opens": "2022-01-01", "closes": "2022-09-30"}, {}, date(2021, 12, 31), "not_yet"),
        ({"opens": "2022-01-01"}, {}, date(2022, 6, 1), "unknown"),
        ({"closes": "2022-09"}, {"published": "2022"}, date(2022, 9, 30), "open"),
        ({"closes": "2022-09"}, {"published": "2022"}, date(2021, 9, 30), "unknown"),
        ({"closes": "2022-09"}, {}, date(2022, 9, 30), "unknown"),
        ({"opens": "2027-04"}, {}, date(2026, 11, 25), "not_yet"),
        ({"opens": "2020", "paused": "2025-01"}, {}, date(2025, 1, 1), "paused"),
        ({"opens": "2020", "paused": "2025-01"}, {}, date(2024, 12, 31), "unknown"),
        (None, {"published": "2022"}, date(2022, 6, 1), "unknown"),
    ],
)
def test_the_opening_is_what_is_stated(
    window: dict[str, object] | None, about: dict[str, object], day: date, opening: Opening
) -> None:
    stated = {**window, "quotes": ("q",)} if window else None
    one = held(scheme(window=stated), **about)

    assert find_opening(one.scheme, one.metadata, on=day) == opening


def test_an_unknown_opening_is_said_with_the_date_of_the_page() -> None:
    one = held(scheme(), published="2024-03")

    assert word_opening(one.scheme, one.metadata, "unknown") == (
        "these documents do not say whether it is still open (page dated March 2024)"
    )


@pytest.mark.parametrize(
    ("opening", "words"),
    [
        ("open", "open until 30 September 2022, the end that is stated"),
        ("closed", "closed on 30 September 2022"),
        ("not_yet", "not open yet: it starts on 1 May 2022"),
        ("paused", "paused since August 2022"),
    ],
)
def test_a_stated_opening_is_said_with_its_date(opening: Opening, words: str) -> None:
    dates = {"opens": "2022-05-01", "closes": "2022-09-30", "paused": "2022-08", "quotes": ("q",)}
    one = held(scheme(window=dates))

    assert word_opening(one.scheme, one.metadata, opening) == words


def test_a_page_without_a_date_counts_as_old() -> None:
    assert age_in_years(held(scheme()).metadata, on=date(2026, 1, 1)) == 10.0
    assert age_in_years(held(scheme(), published="2030").metadata, on=date(2026, 1, 1)) == 0.0
