"""Arithmetic: the result of a calculation, worked out again from its expression."""

import ast
import operator
from collections.abc import Callable

_OPERATORS: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
_FUNCTIONS: dict[str, Callable[..., float]] = {"min": min, "max": max}


def evaluate(expression: str) -> float:
    """Return the value of plain arithmetic: numbers, + - * / and min, max.

    Raises:
        ValueError: The expression holds anything else, divides by zero or is too large.
    """
    try:
        return _value(ast.parse(expression, mode="eval").body)
    except (SyntaxError, ArithmeticError, RecursionError, MemoryError) as error:
        message = f"{expression!r} is not plain arithmetic"
        raise ValueError(message) from error


def _value(node: ast.AST) -> float:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return float(node.value)  # type: ignore[arg-type]  # checked just before
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_value(node.left), _value(node.right))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in _FUNCTIONS
        and not node.keywords
    ):
        return _FUNCTIONS[node.func.id](_value(argument) for argument in node.args)
    message = f"{ast.unparse(node)!r} is not plain arithmetic"
    raise ValueError(message)
