"""Counted: facts that are quantities; each quantity is given to the fact with the nearest cue."""

import calendar
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from strategybot.dates import first_day, last_day
from strategybot.eligibility.facts import load_facts
from strategybot.profiles.cues import cue
from strategybot.profiles.patterns import Measured, Patterns, load_patterns
from strategybot.profiles.quantities import Quantity
from strategybot.profiles.telling import Found, Telling

LEAST_MONEY = 500
"""A number without a sign of money counts as money only from here on: "turnover 250000"."""
WEEKS_A_MONTH = 52 / 12
HINTED = 0.9
LOOK_BACK = 30


@dataclass(frozen=True, slots=True)
class _Claim:
    fact: str
    quantity: Quantity
    rank: tuple[int, int, int]
    start: int
    end: int


def read_counted(telling: Telling) -> Iterator[Found]:
    """Yield the facts that quantities and set phrases give, at most one of each."""
    patterns = load_patterns()
    claims = _settle(_claims(telling, patterns))
    found = {each.fact: each for each in reversed([*_told(telling, claims)])}
    said = {fact: each for fact, entry in patterns.items() if (each := _said(telling, fact, entry))}
    for fact in patterns:
        if fact in found and fact in said:
            yield _more_exact(found[fact], said[fact])
        elif fact in found or fact in said:
            yield found.get(fact) or said[fact]


def unclaimed(telling: Telling, fact: str) -> list[Quantity]:
    """Return the amounts of money that nothing keeps from being of a fact, whether or not a cue tells of it."""
    vetoed = {quantity.start for _, quantity in _matches(telling, load_patterns()[fact].veto)}
    money = [each for each in telling.quantities.values() if each.kind == "money" and not each.limit]
    return [each for each in money if each.start not in vetoed]


def measure(fact: str, quantity: Quantity, *, today: date) -> tuple[float | str, float | None, float | None] | None:
    """Return value, low and high of a fact in its own unit; None if the quantity cannot be of the fact."""
    kind = load_facts()[fact].kind
    if kind == "date":
        return (quantity.when, None, None) if quantity.kind == "date" else None
    if kind == "months" and quantity.kind == "date":
        return _months_since(quantity.when, today)
    if kind == "number" and quantity.kind == "time":
        return _in_weeks(quantity) if fact.startswith("weeks") else _in_years(quantity)
    wanted = {"number": "number", "money": "money", "share": "share", "months": "time"}[kind]
    if quantity.kind == wanted or (wanted == "money" and quantity.kind == "number" and quantity.value >= LEAST_MONEY):
        return quantity.value, quantity.low, quantity.high
    return None


def _claims(telling: Telling, patterns: Mapping[str, Patterns]) -> Iterator[_Claim]:
    for fact, entry in patterns.items():
        vetoed = {quantity.start for _, quantity in _matches(telling, entry.veto)}
        if entry.given and not entry.given.search(telling.plain):
            continue
        for tier, group in ((0, entry.tell), (1, entry.hint), (0, entry.besides)):
            for found, quantity in _matches(telling, group):
                fits = measure(fact, quantity, today=telling.today) is not None
                if fits and quantity.start not in vetoed and not _is_rule(telling, quantity):
                    yield _claim(fact, quantity, tier, found, beside=group is entry.besides)


def _matches(telling: Telling, group: Sequence[Measured]) -> Iterator[tuple[re.Match[str], Quantity]]:
    for each in group:
        if any(mark in telling.marked for mark in each.mark):
            for found in each.pattern.finditer(telling.marked):
                quantity = telling.quantities.get(found.start("quantity"))
                if quantity:
                    yield found, quantity


def _claim(fact: str, quantity: Quantity, tier: int, found: re.Match[str], *, beside: bool) -> _Claim:
    if beside and quantity.high is not None:
        quantity = replace(quantity, high=quantity.high + 1)
    gap = len(found["gap"].strip()) if "gap" in found.re.groupindex and found["gap"] else 0
    return _Claim(fact, quantity, (tier, gap, found.start() - found.end()), found.start(), found.end())


def _is_rule(telling: Telling, quantity: Quantity) -> bool:
    """Tell whether a limit is more likely a rule's than the applicant's: "up to 100 employees?"."""
    if not quantity.limit:
        return False
    before = telling.plain[max(0, quantity.start - LOOK_BACK) : quantity.start]
    return bool(cue("limits", "asked").match(telling.plain, quantity.end)) and not cue("limits", "own").search(before)


def _settle(claims: Iterable[_Claim]) -> list[_Claim]:
    """Give each quantity to the claim with the nearest cue, and to facts that go beside others besides."""
    patterns = load_patterns()
    best: dict[int, _Claim] = {}
    beside: list[_Claim] = []
    for claim in claims:
        if patterns[claim.fact].beside:
            beside.append(claim)
        elif claim.quantity.start not in best or claim.rank < best[claim.quantity.start].rank:
            best[claim.quantity.start] = claim
    return [*sorted(best.values(), key=lambda claim: (claim.rank[0], claim.start)), *beside]


def _told(telling: Telling, claims: Iterable[_Claim]) -> Iterator[Found]:
    for claim in claims:
        measured = measure(claim.fact, claim.quantity, today=telling.today)
        if measured:
            value, low, high = measured
            certainty = HINTED if claim.rank[0] or claim.quantity.about else 1.0
            start, end = min(claim.start, claim.quantity.start), max(claim.end, claim.quantity.end)
            yield Found(claim.fact, value, start, end, low, high, certainty)


def _said(telling: Telling, fact: str, entry: Patterns) -> Found | None:
    if not entry.says or (entry.unless and entry.unless.search(telling.named)):
        return None
    for saying in entry.says:
        if found := saying.pattern.search(telling.named):
            bounds = saying.low, saying.high
            return Found(fact, saying.value, found.start(), found.end(), *bounds, saying.certainty)
    return None


def _more_exact(found: Found, said: Found) -> Found:
    """Return what a figure gives unless words say that there is none: "one director, no staff"."""
    return said if found.high == 1 or found.certainty < 1 else found


def _months_since(when: str, today: date) -> tuple[float, float, float] | None:
    first, last = first_day(when), min(last_day(when), today)
    if first > today:
        return None
    low, high = _months_between(last, today), _months_between(first, today)
    return float(low), float(low), float(high)


def _months_between(start: date, end: date) -> int:
    """Return the whole months from one day to another."""
    days = calendar.monthrange(end.year, end.month)[1]
    short = end.day < min(start.day, days)
    return (end.year - start.year) * 12 + end.month - start.month - short


def _in_years(quantity: Quantity) -> tuple[float, float | None, float | None]:
    high = None if quantity.high is None else float(quantity.high // 12)
    low = None if quantity.low is None else float(math.ceil(quantity.low / 12))
    return float(quantity.value // 12), low, high


def _in_weeks(quantity: Quantity) -> tuple[float, float | None, float | None]:
    if quantity.unit == "w":
        weeks = float(round(quantity.value * WEEKS_A_MONTH))
        return weeks, weeks, weeks
    low = None if quantity.low is None else float(math.floor(quantity.low * WEEKS_A_MONTH))
    high = None if quantity.high is None else float(math.ceil((quantity.high + 1) * WEEKS_A_MONTH) - 1)
    return float(round(quantity.value * WEEKS_A_MONTH)), low, high
