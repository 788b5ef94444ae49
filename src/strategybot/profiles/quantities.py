"""Quantities in a text: counts, money, shares, times and dates, each with the bounds that its words give."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from strategybot.dates import MONTHS
from strategybot.profiles.numerals import NUMERAL, parse_numeral

QuantityKind = Literal["number", "money", "share", "time", "date"]

LOOK_BACK = 26
CENT = 0.01
NEAR = 0.1
"""The width that "just under" leaves to a number, as a share of it."""
QUALIFIERS: tuple[tuple[str, str], ...] = (
    ("nearly", r"(?:just (?:under|below|short of)|nearly|almost|not quite|close to|approaching)"),
    ("slightly", r"(?:just over|just above|a bit over|a little over|a little more than)"),
    ("most", r"(?:up to|at most|no more than|not more than|a maximum of|maximum|max|at the most)"),
    ("least", r"(?:at least|no fewer than|no less than|not less than|a minimum of|minimum|min)"),
    ("under", r"(?:under|less than|fewer than|below|lower than)"),
    (
        "over",
        r"(?:(?<!turn )(?<!turns )(?<!turning )(?<!turned )over|more than|above|upwards of|in excess of|exceeding)",
    ),
    ("about", r"(?:around|about|approx(?:imately)?\.?|roughly|circa|ca\.|c\.|some|~|in the region of|say)"),
)
BEFORE = re.compile("|".join(rf"(?P<{name}>{words})" for name, words in QUALIFIERS))
BEFORE_END = re.compile(rf"(?:(?<=\W)|^)(?:{BEFORE.pattern})[ ]?(?:a (?:total of )?)?$")
AFTER = re.compile(
    r"(?P<least>\+|[ -]?plus\b| or (?:more|over|above)\b| and (?:over|above|more)\b)"
    r"|(?P<most> or (?:less|fewer|under|below)\b| at most\b| max(?:imum)?\b| tops\b)"
    r"|(?P<about>[ -]?ish\b| or so\b| or thereabouts\b)"
)
RANGE = re.compile(r" ?(?:-|to|till|or) ?")
BETWEEN = re.compile(r"(?:(?<=\W)|^)(?:between|from|of) (?:£ ?)?$")
SHARE_UNIT = re.compile(r" ?(?:%|per ?cent\b|pct\b)")
TIME_UNIT = re.compile(
    r"[ -]?(?:full |whole |calendar |short |more )?"
    r"(?P<unit>years?|yrs?|y(?=\b)|months?|mths?|mos?|weeks?|wks?|days?)\b'?(?P<half> and a half\b)?"
)
MONEY_WORD = re.compile(r"\b(?:thousand|grand|million|billion)\b")
POUNDS_AFTER = re.compile(r" ?(?:pounds(?: sterling)?|quid|gbp)\b")
MONTHS_OF = {"y": 12.0, "m": 1.0, "w": 12 / 52, "d": 12 / 365}
DATE = re.compile(
    r"(?<![\w£.,-])(?:(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? (?:of )?)?"
    rf"(?P<month>{'|'.join(f'{m.lower()}|{m.lower()[:3]}' for m in MONTHS)}|sept)\b\.?,? (?P<year>(?:19|20)\d\d)"
    r"|(?P<iso>(?:19|20)\d\d-[01]\d(?:-[0-3]\d)?)|(?P<only>(?:19[5-9]|20[0-4])\d(?:[-/]\d\d)?))(?![\w,-]*\d)"
    r"(?!(?:[ -](?:people|staff|employees|person|pounds|quid|jobs)\b)|[%k+]"
    r"| ?(?:m|mn|million|bn|billion|grand|thousand|per ?cent)\b)"
)
RELATIVE = re.compile(r"\b(?:(?P<now>this month|today|now|this week)|(?P<next>next month))\b")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity and where it stands, words such as "about" included.

    Attributes:
        kind: What sort it is; pounds for money, per cent for a share, months for a time.
        value: As said; of a range the lower bound.
        low: Least that it can be, itself included; None where there is no bound.
        high: Most that it can be, itself included.
        when: The date text of a date.
        limit: It is given as a limit ("up to 100"), which may be a rule's rather than an applicant's.
        about: It is told as not exact, without a bound.
        unit: First letter of the unit that a time is told in: y, m, w or d.
    """

    start: int
    end: int
    kind: QuantityKind
    value: float = 0.0
    low: float | None = None
    high: float | None = None
    when: str = ""
    limit: bool = False
    unit: str = ""
    about: bool = False


@dataclass(frozen=True, slots=True)
class _Numeral:
    start: int
    end: int
    value: float
    pounds: bool
    scaled: bool


def find_quantities(text: str, *, today: date) -> tuple[Quantity, ...]:
    """Return the quantities of a text in lower case, in the order in which they stand.

    Args:
        text: In lower case, with plain hyphens and apostrophes.
        today: The day that "this month" is reckoned from.
    """
    dates = list(_find_dates(text, today))
    taken = [(each.start, each.end) for each in dates]
    numerals = [n for n in _find_numerals(text) if not any(n.start < end and start < n.end for start, end in taken)]
    found = sorted([*dates, *_join(text, numerals)], key=lambda each: each.start)
    return tuple(_add_up(text, found))


def _add_up(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield quantities, years and months that stand side by side as one time."""
    held: Quantity | None = None
    for each in found:
        if held and held.unit == "y" and each.unit == "m" and text[held.end : each.start] in (" ", " and ", ", "):
            months = held.value + each.value
            held = replace(held, end=each.end, value=months, low=months, high=months, unit="m")
            continue
        if held:
            yield held
        held = each
    if held:
        yield held


def _find_numerals(text: str) -> Iterator[_Numeral]:
    for found in NUMERAL.finditer(text):
        scaled = bool(found["scale"] or found["part"] or MONEY_WORD.search(found[0]))
        yield _Numeral(found.start(), found.end(), parse_numeral(found), found["pound"] is not None, scaled)


def _join(text: str, numerals: Sequence[_Numeral]) -> Iterator[Quantity]:
    """Yield quantities, two numerals of a range as one."""
    skip = False
    for n, one in enumerate(numerals):
        if skip:
            skip = False
            continue
        other = numerals[n + 1] if n + 1 < len(numerals) else None
        skip = other is not None and _is_range(text, one, other)
        yield _measure(text, one, other if skip and other is not None else one)


def _is_range(text: str, one: _Numeral, other: _Numeral) -> bool:
    gap = text[one.end : other.start]
    started = BETWEEN.search(text[max(0, one.start - LOOK_BACK) : one.start])
    unit = SHARE_UNIT.match(gap) or TIME_UNIT.match(gap)
    gap = gap[unit.end() :] if unit else gap
    joined = RANGE.fullmatch(gap) or (started and gap == " and ")
    return bool(joined) and _spread(one, other).value < other.value


def _spread(one: _Numeral, other: _Numeral) -> _Numeral:
    """Give the lower bound of a range the scale of the upper one: "£1-2m"."""
    if other.scaled and not one.scaled and one.value < other.value / 1000:
        scale = 1e6 if other.value >= 1e6 else 1e3  # noqa: PLR2004  # million or thousand
        return replace(one, value=one.value * scale)
    return one


def _measure(text: str, one: _Numeral, other: _Numeral) -> Quantity:
    one = _spread(one, other)
    kind, end, factor, half = _unit(text, one, other)
    value, top = one.value * factor + half, other.value * factor + half
    width = (
        factor - 1
        if kind == "time" and factor == MONTHS_OF["y"] and not half and other.value == int(other.value)
        else 0.0
    )
    quantity = Quantity(one.start, end, kind, value, value, top + width)
    if kind == "time":
        unit = next(letter for letter, months in MONTHS_OF.items() if months == factor)
        quantity = replace(quantity, low=float(int(value)), high=float(int(top + width)), unit=unit)
    return _qualify(text, quantity)


def _unit(text: str, one: _Numeral, other: _Numeral) -> tuple[QuantityKind, int, float, float]:
    """Return the kind that the words behind give, where they end, and what to multiply with and add."""
    if found := SHARE_UNIT.match(text, other.end):
        return "share", found.end(), 1.0, 0.0
    if one.pounds or other.pounds or other.scaled:
        found = POUNDS_AFTER.match(text, other.end)
        return "money", found.end() if found else other.end, 1.0, 0.0
    if found := TIME_UNIT.match(text, other.end):
        factor = MONTHS_OF[found["unit"][0]]
        return "time", found.end(), factor, factor / 2 if found["half"] else 0.0
    if found := POUNDS_AFTER.match(text, other.end):
        return "money", found.end(), 1.0, 0.0
    return "number", other.end, 1.0, 0.0


def _qualify(text: str, quantity: Quantity) -> Quantity:
    """Widen the bounds by the words before and behind."""
    start, end = quantity.start, quantity.end
    before = BEFORE_END.search(text[max(0, start - LOOK_BACK) : start])
    if before and before.lastgroup:
        start = max(0, start - LOOK_BACK) + before.start()
        return _bound(replace(quantity, start=start), before.lastgroup)
    after = AFTER.match(text, end)
    if after and after.lastgroup:
        return _bound(replace(quantity, end=after.end()), after.lastgroup)
    between = BETWEEN.search(text[max(0, start - LOOK_BACK) : start])
    if between and quantity.low != quantity.high and text[between.start() : between.start() + 2] != "of":
        return replace(quantity, start=start - (between.end() - between.start()))
    return quantity


def _bound(quantity: Quantity, word: str) -> Quantity:
    value, step = quantity.value, _step(quantity)
    low, high = quantity.low or 0.0, quantity.high or 0.0
    whole = quantity.kind in ("number", "time")
    near = max(NEAR * value, float(whole and value > 0))
    spans: dict[str, tuple[float | None, float | None]] = {
        "about": (low, high),
        "nearly": (low - max(near, step), low - step),
        "slightly": (low + step, low + max(near, step)),
        "under": (0.0, low - step),
        "most": (0.0, low),
        "over": (low if quantity.kind == "time" else low + step, None),
        "least": (low, None),
    }
    bottom, top = spans[word]
    limit = word in ("most", "under", "least")
    return replace(quantity, low=_rounded(bottom, whole), high=_rounded(top, whole), limit=limit, about=word == "about")


def _step(quantity: Quantity) -> float:
    return 1.0 if quantity.kind in ("number", "time") else CENT


def _rounded(bound: float | None, whole: bool) -> float | None:
    if bound is None:
        return None
    return max(0.0, float(round(bound)) if whole else round(bound, 2))


def _find_dates(text: str, today: date) -> Iterator[Quantity]:
    for found in DATE.finditer(text):
        when = _date_text(found)
        if when:
            yield Quantity(found.start(), found.end(), "date", when=when)
    for found in RELATIVE.finditer(text):
        months = today.year * 12 + today.month - 1 + (found["next"] is not None)
        yield Quantity(found.start(), found.end(), "date", when=f"{months // 12:04d}-{months % 12 + 1:02d}")


def _date_text(found: re.Match[str]) -> str:
    if found["only"]:
        return found["only"][:4]
    if found["iso"]:
        year, month, *rest = (int(part) for part in found["iso"].split("-"))
        return _valid(year, month, rest[0] if rest else None)
    names = [name.lower()[:3] for name in MONTHS]
    day = int(found["day"]) if found["day"] else None
    return _valid(int(found["year"]), names.index(found["month"][:3]) + 1, day)


def _valid(year: int, month: int, day: int | None) -> str:
    """Return the date text, or nothing if there is no such day."""
    try:
        date(year, month, day or 1)
    except ValueError:
        return ""
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")
