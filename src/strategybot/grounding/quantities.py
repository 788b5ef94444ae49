"""Quantities: values with their units and whole dates, read out of text so that they can be compared."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from strategybot.dates import MONTHS

_MONTH_NUMBERS = {month.lower(): n for n, month in enumerate(MONTHS, 1)}
_MONTH_NUMBERS |= {name[:3]: n for name, n in _MONTH_NUMBERS.items()} | {"sept": 9}
_MONTH = f"(?a:{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})"
"""Of plain letters: in any case, but not ſ for s or ı for i."""
_DATE = re.compile(rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?({_MONTH})\.?\s*,?\s+((?:19|20)\d\d)\b", re.I)
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?\b")
_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})\b|\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b", re.I)
_NUMBER = re.compile(
    r"([£$€]\s?)?(?<![\w.])(\d[\d,]*(?:\.\d+)?)\s?(%|per cent\b|percent\b|million\b|billion\b|"
    r"trillion\b|thousand\b|bn\b|m\b|k\b)?",
    re.I,
)
_SCALE = {"million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "thousand": 1e3, "k": 1e3}


class Quantity(NamedTuple):
    """A value with its unit (``£``, ``%`` or none), or a date whose unknown parts are 0."""

    value: float
    unit: str
    day: tuple[int, int, int] | None = None


def find_quantities(text: str) -> frozenset[Quantity]:
    """Return the quantities of a text; citation markers such as [1] are none."""
    rest = re.sub(r"\[\d+\]", " ", text.replace("\u00a0", " "))
    found: set[Quantity] = set()
    for pattern, read in ((_DATE, _read_date), (_ISO, _read_iso), (_DAY, _read_day)):
        found.update(Quantity(0.0, "date", read(match)) for match in pattern.finditer(rest))
        rest = pattern.sub(" ", rest)
    for sign, number, tail in _NUMBER.findall(rest):
        value = float(number.replace(",", "").rstrip(".")) * _SCALE.get(tail.lower(), 1.0)
        percent = tail.lower() in ("%", "per cent", "percent")
        found.add(Quantity(round(value, 6), "%" if percent else sign.strip().replace("$", "").replace("€", "")))
    return frozenset(found)


def is_held(quantity: Quantity, pool: Iterable[Quantity]) -> bool:
    """Tell whether a quantity is among others: a date by one at least as exact, a bare number by any of its value."""
    others = frozenset(pool)
    if quantity in others:
        return True
    if quantity.day:
        return any(
            other.day and all(a in (0, b) for a, b in zip(quantity.day, other.day, strict=True)) for other in others
        )
    if quantity.unit == "":
        return any(
            (other.day and quantity.value in other.day) or (not other.day and other.value == quantity.value)
            for other in others
        )
    return False


def _read_date(match: re.Match[str]) -> tuple[int, int, int]:
    return int(match[3]), _MONTH_NUMBERS[match[2].lower()], int(match[1] or 0)


def _read_iso(match: re.Match[str]) -> tuple[int, int, int]:
    return int(match[1]), int(match[2]), int(match[3] or 0)


def _read_day(match: re.Match[str]) -> tuple[int, int, int]:
    return 0, _MONTH_NUMBERS[(match[2] or match[3]).lower()], int(match[1] or match[4])
