"""Amounts and dates in running text, and whether one is held by others.

Written apart from the package's own grounding on purpose: a check from outside shares no code with
what it checks.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from strategybot.dates import MONTHS

Unit = Literal["£", "%", ""]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, scale words applied: ``£69.6bn`` is 69,600,000,000 of unit £."""

    value: float
    unit: Unit


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is stated; None for a part that is not."""

    year: int | None
    month: int | None
    day: int | None


Quantity = Amount | Day

_MONTH_NUMBERS = {
    name: number for number, month in enumerate(MONTHS, start=1) for name in (month.lower(), month.lower()[:3])
} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True)) + ")"
_DAY_OF_MONTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY_PATTERNS = tuple(
    re.compile(rf"\b{pattern}\b", re.IGNORECASE)
    for pattern in (
        rf"(?:{_DAY_OF_MONTH}\s+(?:of\s+)?)?{_MONTH}\.?\s*,?\s+{_YEAR}",
        _YEAR + r"-(?P<month>\d\d)(?:-(?P<day>\d\d))?",
        rf"{_DAY_OF_MONTH}\s+{_MONTH}",
        rf"{_MONTH}\s+{_DAY_OF_MONTH}",
    )
)
"""In this order: each match is taken out of the text before the next pattern looks."""

_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_PERCENT_WORDS = ("%", "per cent", "percent")
_AMOUNT = re.compile(
    r"(?P<pound>£\s?)?(?<![\w.])(?P<digits>\d[\d,]*(?:\.\d+)?)"
    r"\s?(?P<tail>%|(?:per\scent|percent|million|billion|trillion|thousand|bn|m|k)\b)?",
    re.IGNORECASE,
)
_MARKER = re.compile(r"\[\d+\]")


def parse_quantities(text: str) -> frozenset[Quantity]:
    """Return the amounts and dates that a text states; citation markers ``[1]`` are none.

    >>> sorted(map(str, parse_quantities("It pays 20% of £120,000 [1].")))
    ["Amount(value=120000.0, unit='£')", "Amount(value=20.0, unit='%')"]
    >>> parse_quantities("from 1st of May 2019")
    frozenset({Day(year=2019, month=5, day=1)})
    """
    rest = _MARKER.sub(" ", text.replace("\u00a0", " "))
    days: set[Quantity] = set()
    for pattern in _DAY_PATTERNS:
        days.update(_day(match) for match in pattern.finditer(rest))
        rest = pattern.sub(" ", rest)
    return frozenset(days | {_amount(match) for match in _AMOUNT.finditer(rest)})


def _day(match: re.Match[str]) -> Day:
    parts = match.groupdict()
    month = parts["month"].lower()
    return Day(
        year=int(parts["year"]) if parts.get("year") else None,
        month=int(month) if month.isdigit() else _MONTH_NUMBERS[month],
        day=int(parts["day"]) if parts.get("day") else None,
    )


def _amount(match: re.Match[str]) -> Amount:
    tail = (match["tail"] or "").lower().replace("\n", " ")
    value = float(match["digits"].replace(",", "")) * _SCALES.get(tail, 1.0)
    unit: Unit = "£" if match["pound"] else "%" if tail in _PERCENT_WORDS else ""
    return Amount(round(value, 6), unit)


def is_held(quantity: Quantity, pool: Iterable[Quantity]) -> bool:
    """Tell whether a quantity is among others, or is a less exact form of one of them.

    A date is held by a more exact one (May 2019 by 1 May 2019); a bare number by any amount of its value, and
    by a date of which it is a part (2019 by May 2019). An amount with a unit is held only by its equal.
    """
    return any(_holds(other, quantity) for other in pool)


def _holds(other: Quantity, quantity: Quantity) -> bool:
    if other == quantity:
        return True
    match quantity, other:
        case Day(), Day():
            pairs = ((quantity.year, other.year), (quantity.month, other.month), (quantity.day, other.day))
            return all(mine in (None, theirs) for mine, theirs in pairs)
        case Amount(unit=""), Amount():
            return quantity.value == other.value
        case Amount(unit=""), Day():
            return quantity.value in (other.year, other.month, other.day)
        case _:
            return False
