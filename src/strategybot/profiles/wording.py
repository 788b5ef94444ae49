"""Wording: what was understood of a fact, short enough for a chip."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from strategybot.dates import render_date
from strategybot.eligibility.facts import Fact, load_facts
from strategybot.eligibility.trees import load_tree
from strategybot.schemes import Value

MILLION, THOUSAND = 1e6, 1e3
HALF = 50
YEAR = 12
AGES = ("applicant_age", "apprentice_age", "hire_age")


def describe(fact: str, value: Value, low: float | None = None, high: float | None = None, *, called: str = "") -> str:
    """Return what is known of a fact as a chip says it: "12 employees", "Ossett, in Wakefield".

    Args:
        fact: Its name; one that is not among the known facts is worded plainly.
        value: As in ``Known``.
        low: Least that a number can be; None without a bound.
        high: Most that it can be.
        called: The name that a place was called by.
    """
    known = load_facts().get(fact)
    words = _wording().get(fact, {})
    if known is None:
        return f"{fact.replace('_', ' ')}: {_plain(value)}"
    if isinstance(value, bool):
        return words.get("yes" if value else "no") or f"{known.label}: {'yes' if value else 'no'}"
    if isinstance(value, (int, float)):
        return _describe_number(known, words, low, high)
    if known.kind == "date" and isinstance(value, str):
        return words.get("with", "{}").format(render_date(value))
    if known.tree:
        return words.get("with", "{}").format(_describe_names(known, value, called))
    return words.get(str(value), _plain(value))


def say_money(pounds: float) -> str:
    """Return an amount as people read it: "£2 million", "£120,000", "£0.5 million" never."""
    if pounds >= MILLION and pounds == round(pounds / MILLION, 2) * MILLION:
        return f"£{_trim(pounds / MILLION)} million"
    return f"£{pounds:,.2f}" if pounds != int(pounds) else f"£{pounds:,.0f}"


def _describe_number(fact: Fact, words: Mapping[str, str], low: float | None, high: float | None) -> str:
    if high == 0 and "none" in words:
        return words["none"]
    if "mostly" in words and low is not None and low >= HALF and low != high:
        return words["mostly"]
    if "hardly" in words and high is not None and high < HALF and low != high:
        return words["hardly"]
    return words.get("with", "{}").format(_bounded(fact, low, high))


def _bounded(fact: Fact, low: float | None, high: float | None) -> str:
    if low is None or (low == 0 and high):
        return f"at most {_in_unit(fact, high or 0.0)}"
    if high is None:
        return f"at least {_in_unit(fact, low)}"
    if low == high or (fact.kind == "months" and low % YEAR == 0 and high == low + YEAR - 1):
        return _in_unit(fact, low)
    return f"{_bare(fact, low)} to {_in_unit(fact, high)}"


def _in_unit(fact: Fact, number: float) -> str:
    if fact.kind == "money":
        return say_money(number)
    if fact.kind == "share":
        return f"{_trim(number)}%"
    if fact.kind == "months":
        return _say_months(number)
    if fact.name in AGES or not fact.unit or fact.unit == "kW":
        return _trim(number)
    return f"{_trim(number)} {fact.unit.removesuffix('s') if number == 1 else fact.unit}"


def _bare(fact: Fact, number: float) -> str:
    return _in_unit(fact, number) if fact.kind == "money" else _trim(number)


def _say_months(months: float) -> str:
    if months and months % YEAR == 0:
        years = int(months // YEAR)
        return f"{years} year" if years == 1 else f"{years} years"
    return f"{_trim(months)} month" if months == 1 else f"{_trim(months)} months"


def _describe_names(fact: Fact, value: str | tuple[str, ...], called: str) -> str:
    tree = load_tree(fact.tree or "places")
    names = (value,) if isinstance(value, str) else value
    labels = _list([tree.label(name) if tree.knows(name) else name for name in names])
    return labels if not called or called == labels else f"{called}, in {labels}"


def _list(names: list[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"  # noqa: PLR2004  # a list


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return _list(list(value))
    return _trim(value) if isinstance(value, float) else value


def _trim(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,.2f}".rstrip("0").rstrip(".")


@cache
def _wording() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files(__package__).joinpath("wording.toml").read_text("utf-8"))
