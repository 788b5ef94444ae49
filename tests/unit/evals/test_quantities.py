"""Amounts and dates of running text."""

import pytest

from evals.quantities import Amount, Day, Quantity, is_held, parse_quantities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£69.6bn", {Amount(69_600_000_000, "£")}),
        ("£ 1,000", {Amount(1000, "£")}),
        ("£2 million and 40 per cent", {Amount(2_000_000, "£"), Amount(40, "%")}),
        ("20 %", {Amount(20, "%")}),
        ("126,000 businesses", {Amount(126_000, "")}),
        ("a 5km walk", {Amount(5, "")}),
        ("version v2.5 of p30", set()),
        ("27th January 2020", {Day(2020, 1, 27)}),
        ("29 of October, 2019", {Day(2019, 10, 29)}),
        ("Sept. 2022", {Day(2022, 9, None)}),
        ("2019-10-29 and 2020-01", {Day(2019, 10, 29), Day(2020, 1, None)}),
        ("by 5 April or June 7th", {Day(None, 4, 5), Day(None, 6, 7)}),
        ("in 2019", {Amount(2019, "")}),
        ("as said [3]", set()),
        ("", set()),
    ],
)
def test_a_text_states_its_quantities(text: str, expected: set[Quantity]) -> None:
    assert parse_quantities(text) == expected


@pytest.mark.parametrize(
    ("quantity", "other"),
    [
        (Amount(20, "%"), Amount(20, "%")),
        (Amount(20, ""), Amount(20, "£")),
        (Amount(2019, ""), Day(2019, 5, None)),
        (Amount(5, ""), Day(2019, 5, None)),
        (Day(2019, 5, None), Day(2019, 5, 1)),
        (Day(None, 5, 1), Day(2019, 5, 1)),
    ],
)
def test_a_less_exact_quantity_is_held_by_a_more_exact_one(quantity: Quantity, other: Quantity) -> None:
    assert is_held(quantity, [other])


@pytest.mark.parametrize(
    ("quantity", "other"),
    [
        (Amount(20, "%"), Amount(20, "")),
        (Amount(20, "£"), Amount(20, "%")),
        (Amount(0, ""), Day(2019, 5, None)),
        (Day(2019, 5, 1), Day(2019, 5, None)),
        (Day(2019, 5, None), Amount(2019, "")),
    ],
)
def test_a_more_exact_quantity_is_not_held_by_a_less_exact_one(quantity: Quantity, other: Quantity) -> None:
    assert not is_held(quantity, [other])


def test_nothing_holds_nothing() -> None:
    assert not is_held(Amount(1, ""), [])
