"""Evaluating: one criterion held against a profile, in three values. Unknown never counts as met.

A number is an interval from the least to the most that it can be, so that to learn more can only settle a criterion,
never turn one that is not met into one that is.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from strategybot.dates import first_day, last_day
from strategybot.eligibility.facts import TreeName, load_facts
from strategybot.eligibility.trees import Extent, load_tree
from strategybot.schema import Outcome
from strategybot.schemes import Criterion, Known, Profile

SURE = 0.75
"""Certainty from which something that was read may rule an applicant out."""
LIKELY = 0.5
"""Certainty from which it may count in an applicant's favour."""
POUNDS_PER_EURO = (1 / 1.5, 1.0)
"""Between these a euro has been worth since 2007: what is decided holds at both (European Central Bank rates)."""
Interval = tuple[float, float]


def evaluate(criterion: Criterion, profile: Profile, *, on: date | None = None) -> Outcome:
    """Return whether a criterion is met.

    Args:
        criterion: As the scheme has it.
        profile: What is known, what follows from it included (see ``derive``).
        on: The day by which areas that changed are read: that of the scheme's document.
    """
    if criterion.proposed:
        return "unknown"
    if criterion.any:
        outcome = _any([evaluate(each, profile, on=on) for each in criterion.any])
    elif criterion.all:
        outcome = _all([evaluate(each, profile, on=on) for each in criterion.all])
    else:
        outcome = _on_fact(criterion, profile.get(criterion.fact or ""), on)
    return "unknown" if criterion.exceptions and outcome == "not_met" else outcome


def all_met(criteria: Iterable[Criterion], profile: Profile, *, on: date | None = None) -> Outcome:
    """Return whether criteria are all met; none at all are."""
    return _all([evaluate(each, profile, on=on) for each in criteria])


def _any(outcomes: Sequence[Outcome]) -> Outcome:
    if "met" in outcomes:
        return "met"
    return "unknown" if "unknown" in outcomes else "not_met"


def _all(outcomes: Sequence[Outcome]) -> Outcome:
    if "not_met" in outcomes:
        return "not_met"
    return "unknown" if "unknown" in outcomes else "met"


def _on_fact(criterion: Criterion, known: Known | None, on: date | None) -> Outcome:
    if criterion.fact is None or known is None:
        return "unknown"
    outcome = _compare(criterion, known, on)
    return outcome if known.certainty >= (SURE if outcome == "not_met" else LIKELY) else "unknown"


def _compare(criterion: Criterion, known: Known, on: date | None) -> Outcome:
    fact = load_facts().get(criterion.fact or "")
    if criterion.operator not in ("is", "is_not"):
        bounds = span_of(known)
        limit = _limit(criterion)
        return _compare_numbers(criterion, bounds, limit) if bounds and limit else "unknown"
    if fact is not None and fact.tree:
        outcome = _compare_names(criterion, known, tree=fact.tree, on=on)
    else:
        outcome = "met" if _plain(known.value) & _plain(criterion.value) else "not_met"
    return outcome if criterion.operator == "is" else _reverse(outcome)


def span_of(known: Known) -> Interval | None:
    """Return the least and the most that a number, or the day of a date as an ordinal, can be; None for all else."""
    if isinstance(known.value, str):
        return _days(known.value)
    if known.low is None and known.high is None:
        number = isinstance(known.value, (int, float)) and not isinstance(known.value, bool)
        return (float(known.value), float(known.value)) if number else None  # type: ignore[arg-type]  # checked before
    return (-math.inf if known.low is None else known.low, math.inf if known.high is None else known.high)


def _days(text: str) -> Interval | None:
    try:
        return float(first_day(text).toordinal()), float(last_day(text).toordinal())
    except ValueError:
        return None


def _limit(criterion: Criterion) -> Interval | None:
    """Return between which values the limit lies: one point but for sums in euros and periods of days."""
    value = criterion.value
    if isinstance(value, str):
        return _days(value)
    if isinstance(value, (bool, tuple)) or value is None:
        return None
    if criterion.currency == "EUR":
        return value * POUNDS_PER_EURO[0], value * POUNDS_PER_EURO[1]
    return float(value), float(value)


def _compare_numbers(criterion: Criterion, bounds: Interval, limit: Interval) -> Outcome:
    """Compare with a limit: of one in euros both ends must say the same, one that is a month counts as a whole."""
    low, high = bounds
    first, last = limit
    inner, outer = (first, last) if criterion.currency == "EUR" else (last, last)
    start, end = (last, first) if criterion.currency == "EUR" else (first, first)
    met, missed = {
        "at_most": (high <= inner, low > outer),
        "above": (low > outer, high <= inner),
        "at_least": (low >= start, high < end),
        "below": (high < end, low >= start),
    }[criterion.operator or ""]
    return "met" if met else "not_met" if missed else "unknown"


def _compare_names(criterion: Criterion, known: Known, *, tree: TreeName, on: date | None) -> Outcome:
    names = load_tree(tree)
    wanted = _extent(tree, _plain(criterion.value), on)
    own = _plain(known.value)
    if not own or not all(names.knows(name) for name in own):
        return "unknown"
    told = _extent(tree, own, None)
    if told.possible <= wanted.certain:
        return "met"
    return "unknown" if told.possible & wanted.possible else "not_met"


@lru_cache(maxsize=10_000)
def _extent(tree: TreeName, names: frozenset[str], on: date | None) -> Extent:
    return load_tree(tree).extent(sorted(names), on=on)


def _plain(value: object) -> frozenset[str]:
    """Return names or a flag as a set of words."""
    if isinstance(value, tuple):
        return frozenset(value)
    return frozenset({str(value).lower() if isinstance(value, bool) else str(value)})


def _reverse(outcome: Outcome) -> Outcome:
    reversed_: dict[Outcome, Outcome] = {"met": "not_met", "not_met": "met", "unknown": "unknown"}
    return reversed_[outcome]
