"""Calculations are worked out again, and nothing but plain arithmetic is."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.grounding.arithmetic import evaluate


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("min(0.20 * 120000, 50000)", 24_000),
        ("max(1, 2, 3) - -4", 7),
        ("(1 + 2) / 4", 0.75),
        ("2 + 3 * 4", 14),
    ],
)
def test_plain_arithmetic_is_worked_out(expression: str, value: float) -> None:
    assert evaluate(expression) == pytest.approx(value)


@pytest.mark.parametrize(
    "expression",
    [
        "", "1 / 0", "2 ** 9", "abs(1)", "min()", "min(1, key=2)", "x", "'a'", "True", "1j", "[1]", "1; 2",
        "__import__('os')", "min.__class__", "9" * 400, "-" * 5000 + "1", "(" * 500 + "1" + ")" * 500, "1\0",
    ],
)  # fmt: skip
def test_anything_else_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        evaluate(expression)


@given(st.text("0123456789.+-*/() minax,", max_size=30))
def test_no_expression_does_anything_but_give_a_number_or_be_refused(expression: str) -> None:
    with suppress(ValueError):
        assert isinstance(evaluate(expression), float)
