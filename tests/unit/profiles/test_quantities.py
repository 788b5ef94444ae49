from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.profiles.quantities import find_quantities

TODAY = date(2026, 11, 23)


def only(text: str) -> tuple[str, float, float | None, float | None]:
    (found,) = find_quantities(text, today=TODAY)
    return found.kind, found.value, found.low, found.high


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        ("£2m", 2e6),
        ("2 million", 2e6),
        ("£1.5m", 1.5e6),
        ("£1.2 m", 1.2e6),
        ("£120k", 120_000),
        ("120k", 120_000),
        ("£120,000", 120_000),
        ("£ 120,000", 120_000),
        ("50 grand", 50_000),
        ("forty grand", 40_000),
        ("a quarter of a million", 250_000),
        ("half a million", 500_000),
        ("one and a half million", 1.5e6),
        ("120,000 pounds", 120_000),
        ("gbp 50k", 50_000),
        ("£11,500.50", 11_500.5),
    ],
)
def test_an_amount_is_read_in_every_usual_writing(text: str, pounds: float) -> None:
    assert only(text) == ("money", pounds, pounds, pounds)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("just under £1m", ("money", 1e6, 900_000, 999_999.99)),
        ("around £100k", ("money", 100_000, 100_000, 100_000)),
        ("at least £50k", ("money", 50_000, 50_000, None)),
        ("over £1m", ("money", 1e6, 1_000_000.01, None)),
        ("£1-2m", ("money", 1e6, 1e6, 2e6)),
        ("£10k-£250k", ("money", 10_000, 10_000, 250_000)),
        ("£30k to £50k", ("money", 30_000, 30_000, 50_000)),
        ("between £1m and £2m", ("money", 1e6, 1e6, 2e6)),
        ("over 100", ("number", 100, 101, None)),
        ("fewer than 10", ("number", 10, 0, 9)),
        ("around 50", ("number", 50, 50, 50)),
        ("between 20 and 30", ("number", 20, 20, 30)),
        ("10-15", ("number", 10, 10, 15)),
        ("12 or 13", ("number", 12, 12, 13)),
        ("250+", ("number", 250, 250, None)),
        ("50ish", ("number", 50, 50, 50)),
        ("twenty-five", ("number", 25, 25, 25)),
        ("two hundred and fifty", ("number", 250, 250, 250)),
        ("half a dozen", ("number", 6, 6, 6)),
        ("1,200", ("number", 1200, 1200, 1200)),
        ("80%", ("share", 80, 80, 80)),
        ("15 per cent", ("share", 15, 15, 15)),
        ("20-30%", ("share", 20, 20, 30)),
    ],
)
def test_the_words_around_a_number_give_its_bounds(text: str, expected: tuple[str, float, float, float]) -> None:
    assert only(text) == expected


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3 years", 36, 47),
        ("5 months", 5, 5),
        ("18 months", 18, 18),
        ("a year", 12, 23),
        ("a year and a half", 18, 18),
        ("two and a half years", 30, 30),
        ("a couple of years", 24, 35),
        ("less than a year", 0, 11),
        ("over two years", 24, None),
        ("2 years and 3 months", 27, 27),
        ("3yrs", 36, 47),
        ("three-year", 36, 47),
        ("8 weeks", 1, 1),
    ],
)
def test_a_time_is_read_in_months(text: str, low: float, high: float | None) -> None:
    assert only(text)[2:] == (low, high)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("since 2019", "2019"),
        ("in march 2024", "2024-03"),
        ("1 feb 2026", "2026-02-01"),
        ("the 3rd of october 2025", "2025-10-03"),
        ("2026-10", "2026-10"),
        ("2024-25", "2024"),
        ("this month", "2026-11"),
        ("next month", "2026-12"),
    ],
)
def test_a_date_keeps_its_precision(text: str, when: str) -> None:
    (found,) = find_quantities(text, today=TODAY)

    assert (found.kind, found.when) == ("date", when)


@pytest.mark.parametrize("text", ["ls1 4ab", "b2b", "q4", "a phase1 site"])
def test_figures_inside_words_are_no_quantities(text: str) -> None:
    assert find_quantities(text, today=TODAY) == ()


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert all(each.kind != "date" for each in find_quantities("31 february 2026", today=TODAY))


def test_years_next_to_people_are_a_number() -> None:
    assert only("2000 people")[:2] == ("number", 2000)


WRITINGS = (
    lambda pounds: f"£{pounds:,}",
    lambda pounds: f"£{pounds}",
    lambda pounds: f"{pounds:,} pounds",
    lambda pounds: f"£{pounds / 1e3:.10g}k",
    lambda pounds: f"{pounds / 1e3:.10g} grand",
    lambda pounds: f"£{pounds / 1e6:.10g}m",
    lambda pounds: f"{pounds / 1e6:.10g} million",
)


@given(thousands=st.integers(1, 9_999), write=st.sampled_from(WRITINGS))
def test_an_amount_comes_back_from_every_writing(thousands: int, write: Callable[[int], str]) -> None:
    kind, value, low, high = only(f"cost: {write(thousands * 1000)}.")

    assert kind == "money"
    assert value == pytest.approx(thousands * 1000)
    assert low == high == value


@given(st.text(max_size=200))
def test_quantities_lie_in_the_text_in_order(text: str) -> None:
    found = find_quantities(text.lower(), today=TODAY)

    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= each.start < each.end <= len(text.lower()) for each in found)
