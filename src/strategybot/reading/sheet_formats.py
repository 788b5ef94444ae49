"""Numbers and dates of a sheet as a person sees them: ``£1,200``, ``45%``, ``29 October 2019``."""

import re
from datetime import date, datetime, time, timedelta
from functools import cache

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel

from strategybot.dates import render_date

LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]')
DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?,*|\.[#0?]+,*")
SECTIONS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
MARK = "\x00"


def show_number(value: float, code: str, epoch: datetime) -> str:
    """Write a number as its format code shows it.

    Args:
        value: As stored.
        code: Such as ``#,##0.00`` or ``dd/mm/yyyy``.
        epoch: The day that the workbook counts days from.
    """
    if is_date_format(code):
        return _show_date(value, code, epoch)
    sections = SECTIONS.split(code)
    chosen = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0  # noqa: PLR2004 - the third is for zero
    prefix, pattern, suffix = _parts(sections[chosen])
    if not pattern:
        plain = "general" in code.lower() or code == "@" or not (prefix or suffix)
        return _plain(value) if plain else (prefix + suffix).strip()
    scaled = value * 100 if "%" in prefix + suffix else value
    text = _digits(abs(scaled), pattern)
    sign = "-" if value < 0 and chosen == 0 and re.search(r"[1-9]", text) else ""
    return f"{sign}{prefix}{text}{suffix}".strip()


@cache
def _parts(section: str) -> tuple[str, str, str]:
    """Return the words before a format's digits, the digits' pattern, and the words after; fractions have none."""
    literals: list[str] = []

    def keep(found: re.Match[str]) -> str:
        literals.append(found[1] or found[2] or found[3] or "")
        return MARK

    bare = LITERAL.sub(keep, section)
    digits = DIGITS.search(bare)
    if digits is None or re.search(r"/|E[+-]|general", bare, re.I):
        return "", "", "" if digits or "general" in bare.lower() else _fill(bare, literals)
    before, after = bare[: digits.start()], bare[digits.end() :]
    split = before.count(MARK)
    return _fill(before, literals[:split]), digits[0], _fill(DIGITS.sub("", after), literals[split:])


def _fill(bare: str, literals: list[str]) -> str:
    rest = iter(literals)
    return "".join(next(rest) if char == MARK else char for char in bare)


def _digits(value: float, pattern: str) -> str:
    whole, _, decimals = pattern.partition(".")
    scale = len(whole) - len(whole.rstrip(",")) + len(decimals) - len(decimals.rstrip(","))
    value /= 1000**scale
    decimals = decimals.rstrip(",")
    places = len(decimals)
    grouped = "," in whole.rstrip(",")
    text = f"{value:,.{places}f}" if grouped else f"{value:.{places}f}"
    optional = len(decimals) - len(decimals.rstrip("#?"))
    for _ in range(optional):
        text = text[:-1] if text.endswith("0") else text
    return text.rstrip(".") if places else text


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.10g}"  # noqa: PLR2004 - beyond it digits are lost


def _show_date(value: float, code: str, epoch: datetime) -> str:
    try:
        moment = from_excel(value, epoch, timedelta=is_timedelta_format(code))
    except (ValueError, OverflowError):
        return _plain(value)
    bare = LITERAL.sub("", code).lower()
    if isinstance(moment, timedelta):
        minutes = round(moment.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(moment, time):
        return f"{moment:%H:%M}" if "h" in bare else _plain(value)
    return show_moment(moment, bare)


def show_moment(moment: date, code: str = "yyyy-mm-dd") -> str:
    """Write a day as ``29 October 2019``, less of it if its format shows less, with the time if that shows it."""
    text = f"{moment:%Y-%m-%d}" if "d" in code else f"{moment:%Y-%m}" if "m" in code else f"{moment:%Y}"
    shown = render_date(text) if "y" in code or "d" not in code else render_date(text).rsplit(" ", 1)[0]
    return f"{shown} {moment:%H:%M}" if isinstance(moment, datetime) and "h" in code else shown
