"""Figures in sentences: numbers in digits and words, money, shares, times and dates, as plain values."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from strategybot.dates import MONTHS, first_day
from strategybot.schemes import Currency

UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
WORDS = {
    **{word: float(number) for word, number in {**UNITS, **TENS}.items()},
    **{f"{ten}-{unit}": float(TENS[ten] + UNITS[unit]) for ten in TENS for unit in tuple(UNITS)[:9]},
    "no": 0.0, "zero": 0.0, "a hundred": 100.0, "one hundred": 100.0, "a thousand": 1e3, "a million": 1e6,
    "one million": 1e6,
}  # fmt: skip
SHARES = {"half": 50.0, "most": 50.0, "majority": 50.0, "mostly": 50.0, "mainly": 50.0, "primarily": 50.0,
          "a third": 33.33, "a quarter": 25.0, "three quarters": 75.0, "two thirds": 66.67, "all": 100.0, "full": 100.0,
          "whole": 100.0}  # fmt: skip
SIZES = {"micro": 10.0, "small": 50.0, "medium": 250.0}
"""Employees below which a business is called so."""
SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
MONTHS_OF = {"month": 1.0, "year": 12.0, "week": 12 / 52, "quarter": 3.0}
SCALE = r"(?:\s?(?:million|billion|thousand|mn|bn|k|m)\b)"
NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?|\b(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})\b)"
MONEY = rf"(?:[£€]\s?\d[\d,]*(?:\.\d+)?{SCALE}?|\d[\d,.]*{SCALE}?\s?(?:pounds|euros?)\b)"
SHARE = r"(?:\d+(?:\.\d+)?\s?(?:%|per\s?cent\b))"
TIME = rf"(?:{NUMBER}(?:\s+|-)(?:month|year|week|quarter)s?\b)"
RATIO = (
    r"(?:£(\d+)\s+(?:of\s+)?(?:private|match)\b[^.;]{0,40}?\b(?:per|for\s+(?:each|every))\s+£1\b(?![,\d])"
    r"|\b(?:each|every)\s+£1\b(?![,\d])[^.;]{0,60}?\bneed(?:s|ed)\b[^.;]{0,20}?£(\d+))"
)
MONTH = r"(?-i:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + r"|Sept)"
DATE = (
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?{MONTH}\b\.?,?(?:\s+\d{{4}})?"
    r"|\b20\d\d-\d\d(?:-\d\d)?\b|\b20\d\d\b)"
)
_DATE_PARTS = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{MONTH})\b\.?,?(?:\s+(?P<year>\d{{4}}))?", re.I
)
_MONEY = re.compile(MONEY, re.I)
_SHARE = re.compile(SHARE, re.I)
_TIME = re.compile(TIME, re.I)
_A_TIME = re.compile(r"\ba (month|year)\b", re.I)
_RATIO = re.compile(RATIO, re.I)
_NUMBER = re.compile(rf"(?P<number>{NUMBER})(?P<scale>{SCALE})?", re.I)
_DATE = re.compile(rf"\b{_DATE_PARTS.pattern}|\b20\d\d-\d\d(?:-\d\d)?\b|\b20\d\d\b", re.I)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in a currency."""

    amount: float
    currency: Currency


def find_values(text: str) -> frozenset[float]:
    """Return every number that a text holds in any writing: "£2m" is 2,000,000, "three years" 3 and 36, "most" 50."""
    found = {read_money(match[0]).amount for match in _MONEY.finditer(text)}
    found |= {read_months(match[0]) for match in _TIME.finditer(text)}
    found |= {_scaled(match["number"], match["scale"]) for match in _NUMBER.finditer(text)}
    found |= {read_number(match["number"]) for match in _NUMBER.finditer(text)}
    found |= {read_months(f"one {match[1]}") for match in _A_TIME.finditer(text)}
    found |= {read_ratio(next(filter(None, match.groups()))) for match in _RATIO.finditer(text)}
    found |= {size for word, size in SIZES.items() if re.search(rf"\b{word}\b", text, re.I)}
    return frozenset(found | {share for word, share in SHARES.items() if re.search(rf"\b{word}\b", text, re.I)})


def find_dates(text: str) -> tuple[str, ...]:
    """Return the dates of a text in their order; one without a year takes that of the next date that has one."""
    return tuple(date for _, _, date in locate_dates(text) if date)


def locate_dates(text: str) -> tuple[tuple[int, int, str | None], ...]:
    """Return (start, end, date) of the dates of a text; None for a date whose year is nowhere."""
    matches = [match for match in _DATE.finditer(text) if _is_date(match)]
    years = [_year(match) for match in matches]
    found = []
    for at, match in enumerate(matches):
        later = [year for year in years[at:] if year]
        found.append((match.start(), match.end(), _date(match, later[0] if later else None)))
    return tuple(_in_order(found, [bool(year) for year in years]))


def _in_order(
    found: Sequence[tuple[int, int, str | None]], own: Sequence[bool]
) -> Iterator[tuple[int, int, str | None]]:
    """Take a date that borrowed its year a year back, where it would be later than the date that it was taken from."""
    for at, (start, end, date) in enumerate(found):
        later = next((found[n][2] for n in range(at + 1, len(found)) if own[n]), None)
        is_late = date and later and not own[at] and date > later
        yield start, end, f"{int(date[:4]) - 1}{date[4:]}" if is_late and date else date


def read_number(text: str) -> float:
    """Return the value of a number in digits or words.

    Raises:
        ValueError: It is none.
    """
    plain = " ".join(text.lower().split())
    return WORDS[plain] if plain in WORDS else float(plain.replace(",", "").rstrip("."))


def read_money(text: str) -> Money:
    """Return a sum, such as "£1.5 million" or "€50m".

    Raises:
        ValueError: It is none.
    """
    found = _NUMBER.search(text)
    if found is None:
        message = f"{text!r} is no sum of money"
        raise ValueError(message)
    return Money(_scaled(found["number"], found["scale"]), "EUR" if re.search(r"€|euro", text, re.I) else "GBP")


def read_share(text: str) -> float:
    """Return a share in per cent; "most" is 50.

    Raises:
        ValueError: It is none.
    """
    plain = " ".join(text.lower().split())
    return SHARES[plain] if plain in SHARES else float(re.sub(r"[^\d.]", "", plain))


def read_ratio(text: str) -> float:
    """Return the share in per cent that is paid where the applicant puts this many pounds to each pound of it."""
    return round(100 / (1 + read_number(text)), 2)


def read_months(text: str) -> float:
    """Return a time in months.

    Raises:
        ValueError: It is none.
    """
    number, _, unit = re.sub(r"[-\s]+(?=\w+$)", " ", text.lower().strip()).rpartition(" ")
    return round(read_number(number) * MONTHS_OF[unit.rstrip("s")], 2)


def _scaled(number: str, scale: str | None) -> float:
    return round(read_number(number) * SCALES[(scale or "").strip().lower()], 2) if scale else read_number(number)


def _is_date(match: re.Match[str]) -> bool:
    """Tell a date from the word "may" or "march", and from a bare name of a month."""
    parts = match.groupdict()
    return bool(not parts["month"] or parts["day"] or parts["year"] or parts["month"][0].isupper()) and not (
        parts["month"] in ("May", "March") and not parts["day"] and not parts["year"] and match.start() == 0
    )


def _year(match: re.Match[str]) -> str | None:
    return match["year"] if match["month"] else match[0][:4]


def _date(match: re.Match[str], year: str | None) -> str | None:
    if not match["month"]:
        return match[0] if _exists(match[0]) else None
    if year is None:
        return None
    month = next(n for n, name in enumerate(MONTHS, start=1) if name.lower().startswith(match["month"][:3].lower()))
    text = "-".join([year, f"{month:02d}", *([f"{int(match['day']):02d}"] if match["day"] else [])])
    return text if _exists(text) else None


def _exists(text: str) -> bool:
    try:
        first_day(text)
    except ValueError:
        return False
    return True
