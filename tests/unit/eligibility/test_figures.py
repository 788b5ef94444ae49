"""Figures read out of sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.eligibility.figures import find_dates, find_values, read_money, read_months, read_number, read_share


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("£50,000", 50_000, "GBP"),
        ("£1.5 million", 1_500_000, "GBP"),
        ("£2m", 2_000_000, "GBP"),
        ("£25k", 25_000, "GBP"),
        ("€50 million", 50_000_000, "EUR"),
        ("4 million euros", 4_000_000, "EUR"),
        ("£660bn", 660e9, "GBP"),
    ],
)
def test_money_is_read_in_all_its_writings(text: str, amount: float, currency: str) -> None:
    money = read_money(text)

    assert (money.amount, money.currency) == (amount, currency)


def test_words_without_a_figure_are_no_money() -> None:
    with pytest.raises(ValueError, match="is no sum of money"):
        read_money("lots of cash")


@pytest.mark.parametrize(
    ("text", "months"),
    [("12 months", 12), ("three years", 36), ("2-year", 24), ("one year", 12), ("26 weeks", 6), ("2 quarters", 6)],
)
def test_times_are_months(text: str, months: float) -> None:
    assert read_months(text) == months


def test_numbers_and_shares_are_read_in_digits_and_words() -> None:
    assert [read_number(text) for text in ("1,250", "Twelve", "twenty-five")] == [1250, 12, 25]
    assert [read_share(text) for text in ("20%", "12.5 per cent", "most", "a quarter")] == [20, 12.5, 50, 25]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("trading for less than three years", 36),
        ("most turnover comes from other businesses", 50),
        ("grants of up to £1 million", 1_000_000),
        ("fewer than 250 staff", 250),
    ],
)
def test_a_text_holds_a_value_in_whatever_unit_it_is_written(text: str, value: float) -> None:
    assert value in find_values(text)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("It closed on 30 September 2022.", ("2022-09-30",)),
        ("It opened on 23 April and closed on 15 June 2018.", ("2018-04-23", "2018-06-15")),
        ("It ran from 1 November to 31 January 2020.", ("2019-11-01", "2020-01-31")),
        ("Applications were taken from May to September 2025.", ("2025-05", "2025-09")),
        ("It starts in 2027 or on 2027-04-01.", ("2027", "2027-04-01")),
        ("It closed on 26 June.", ()),
        ("Firms may apply.", ()),
        ("It closed on 31 February 2020.", ()),
    ],
)
def test_dates_are_found_with_their_precision(text: str, dates: tuple[str, ...]) -> None:
    assert find_dates(text) == dates


@given(st.text(max_size=200))
def test_no_text_is_too_odd_for_figures(text: str) -> None:
    assert all(value >= 0 for value in find_values(text))
    assert all(len(date) in (4, 7, 10) for date in find_dates(text))
