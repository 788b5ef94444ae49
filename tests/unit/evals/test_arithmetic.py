"""Plain arithmetic, and nothing else."""

import pytest

from evals.arithmetic import calculate, parse_numbers


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("min(0.20 * 120000, 50000)", 24_000),
        ("max(1, 2, 3) - -4", 7),
        ("(10 + 2) / 4", 3),
        ("7", 7),
    ],
)
def test_arithmetic_is_worked_out(expression: str, value: float) -> None:
    assert calculate(expression) == pytest.approx(value)


@pytest.mark.parametrize(
    "expression",
    ["", "1 +", "2 ** 9", "1 / 0", "abs(-1)", "min()", "min(1, key=2)", "x", "__import__('os')", "'1'"],
)
def test_anything_else_has_no_value(expression: str) -> None:
    with pytest.raises(ValueError, match=r"has no value|not plain arithmetic"):
        calculate(expression)


def test_the_numbers_of_an_expression_are_its_inputs() -> None:
    assert parse_numbers("min(0.20 * 120000, 50000)") == {0.2, 120_000, 50_000}


def test_an_unreadable_expression_has_no_numbers() -> None:
    assert parse_numbers("1 +") == frozenset()
