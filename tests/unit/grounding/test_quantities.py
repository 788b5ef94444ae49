"""Quantities are read with their units, and compared by value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.grounding.quantities import Quantity, find_quantities, is_held


def dated(year: int, month: int, day: int) -> Quantity:
    return Quantity(0.0, "date", (year, month, day))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("up to £50,000", {Quantity(50_000, "£")}),
        ("£1.5 million, or 1.5m", {Quantity(1_500_000, "£"), Quantity(1_500_000, "")}),
        ("£50k and £2bn", {Quantity(50_000, "£"), Quantity(2e9, "£")}),
        ("20% or 20 per cent or 20 percent", {Quantity(20, "%")}),
        ("by 31 March 2024", {dated(2024, 3, 31)}),
        ("on the 31st of March, 2024", {dated(2024, 3, 31)}),
        ("in sept. 2019", {dated(2019, 9, 0)}),
        ("2024-03-31 and 2024-03", {dated(2024, 3, 31), dated(2024, 3, 0)}),
        ("on 31 March and May 4th", {dated(0, 3, 31), dated(0, 5, 4)}),
        ("by 2038", {Quantity(2038, "")}),
        ("as said [1][2]", set()),
        ("W1A and x5", set()),
        ("none at all", set()),
        ("ſept 2019, APRıL 2019", {Quantity(2019, "")}),
    ],
)
def test_quantities_are_read(text: str, found: set[Quantity]) -> None:
    assert find_quantities(text) == found


@pytest.mark.parametrize(
    ("quantity", "pool", "held"),
    [
        (dated(2024, 3, 0), "31 March 2024", True),
        (dated(2024, 3, 31), "March 2024", False),
        (dated(2024, 4, 0), "31 March 2024", False),
        (Quantity(2024, ""), "31 March 2024", True),
        (Quantity(50_000, ""), "£50,000", True),
        (Quantity(50_000, "£"), "50,000", False),
        (Quantity(20, "%"), "£20", False),
        (Quantity(20, "%"), "20 per cent", True),
        (Quantity(1, ""), "", False),
    ],
)
def test_a_quantity_is_held_by_one_at_least_as_exact(quantity: Quantity, pool: str, held: bool) -> None:
    assert is_held(quantity, find_quantities(pool)) is held


@given(st.text())
def test_any_text_can_be_read_and_holds_its_own_quantities(text: str) -> None:
    found = find_quantities(text)

    assert all(is_held(quantity, found) for quantity in found)


@given(value=st.integers(0, 10**9))
def test_thousands_commas_make_no_difference(value: int) -> None:
    assert find_quantities(f"£{value:,}") == find_quantities(f"£{value}") == {Quantity(value, "£")}
