"""Dates with their precision: ``2019``, ``2019-10`` and ``2019-10-29`` are all whole values.

A date text of less than a day's precision names a period; an end date means the end of that period.
"""

import calendar
from datetime import date
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

MONTHS = tuple(calendar.month_name)[1:]


def _as_text(value: object) -> object:
    """Take a year that was written without quotation marks as text."""
    return f"{value:04d}" if isinstance(value, int) and not isinstance(value, bool) else value


def _check(text: str) -> str:
    first_day(text)
    return text


def first_day(text: str) -> date:
    """Return the first day of the period that a date text names.

    Raises:
        ValueError: The text is not ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or no such day exists.
    """
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1)


def last_day(text: str) -> date:
    """Return the last day of the period that a date text names.

    Raises:
        ValueError: The text is not ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or no such day exists.
    """
    year, month, day = _parts(text)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def render_date(text: str) -> str:
    """Write a date text as people read it: ``29 October 2019``, ``October 2019`` or ``2019``."""
    year, month, day = _parts(text)
    words = [str(day)] if day else []
    words += [MONTHS[month - 1]] if month else []
    return " ".join([*words, f"{year:04d}"])


def render_on(text: str) -> str:
    """Write a date text as when something happened: ``on 29 October 2019``, ``in October 2019`` or ``in 2019``."""
    return f"{'on' if _parts(text)[2] else 'in'} {render_date(text)}"


@lru_cache(maxsize=10_000)
def _parts(text: str) -> tuple[int, int | None, int | None]:
    pieces = text.split("-")
    widths = [len(piece) for piece in pieces]
    if widths not in ([4], [4, 2], [4, 2, 2]) or not all(piece.isascii() and piece.isdigit() for piece in pieces):
        message = f"{text!r} is not a date; write 2019, 2019-10 or 2019-10-29"
        raise ValueError(message)
    numbers = [int(piece) for piece in pieces]
    date(*[*numbers, 1, 1][:3])
    return numbers[0], *[*numbers[1:], None, None][:2]  # type: ignore[return-value]  # a starred tuple of known length


DateText = Annotated[str, BeforeValidator(_as_text), AfterValidator(_check)]
