"""Plain arithmetic worked out anew: ``min(0.20 * 120000, 50000)`` is 24,000; nothing else is evaluated."""

import ast
import operator
from collections.abc import Callable

_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def calculate(expression: str) -> float:
    """Return the value of numbers joined by ``+ - * /``, ``min`` and ``max``.

    Raises:
        ValueError: It is anything else, or divides by zero.
    """
    try:
        return _value(ast.parse(expression, mode="eval").body)
    except (SyntaxError, ZeroDivisionError) as error:
        message = f"{expression!r} has no value"
        raise ValueError(message) from error


def parse_numbers(expression: str) -> frozenset[float]:
    """Return the numbers that stand in an expression; of one that cannot be read, none."""
    try:
        constants = [node.value for node in ast.walk(ast.parse(expression)) if isinstance(node, ast.Constant)]
    except SyntaxError:
        return frozenset()
    return frozenset(float(value) for value in constants if isinstance(value, int | float))


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_value(left), _value(right))
        case ast.Call(func=ast.Name(id="min" | "max" as name), args=[_, *_] as values, keywords=[]):
            return (min if name == "min" else max)(_value(value) for value in values)
        case _:
            message = f"{ast.unparse(node)} is not plain arithmetic"
            raise ValueError(message)
