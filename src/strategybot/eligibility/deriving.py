"""Deriving: what follows from what is known of an applicant, and from nothing else."""

import math
from collections.abc import Callable

from strategybot.eligibility.evaluating import evaluate, span_of
from strategybot.eligibility.trees import load_tree
from strategybot.schemes import Criterion, Known, Profile

SME_EMPLOYEES = 250
SME_TURNOVER = 50_000_000
SME_BALANCE_SHEET = 43_000_000
"""Fewer than 250 persons, and at most €50 million turnover or €43 million balance sheet (Commission Recommendation
2003/361/EC, annex, article 2)."""
IS_SME = Criterion(
    all=(
        Criterion(fact="employees", operator="below", value=SME_EMPLOYEES),
        Criterion(
            any=(
                Criterion(fact="turnover", operator="at_most", value=SME_TURNOVER, currency="EUR"),
                Criterion(fact="balance_sheet", operator="at_most", value=SME_BALANCE_SHEET, currency="EUR"),
            )
        ),
    )
)


def derive(profile: Profile) -> Profile:
    """Return a profile with what follows from it; what was told itself is never overridden."""
    derived = {name: known for name, rule in RULES.items() if name not in profile and (known := rule(profile))}
    return Profile({**profile.root, **derived})


def _sme(profile: Profile) -> Known | None:
    outcome = evaluate(IS_SME, profile)
    told = ", ".join(known.text for name in ("employees", "turnover") if (known := profile.get(name)))
    if outcome == "unknown":
        return None
    return Known(value=outcome == "met", text=told, certainty=_certainty(profile, "employees", "turnover"))


def _full_time_employees(profile: Profile) -> Known | None:
    """There are at most as many full-time employees as employees."""
    known = profile.get("employees")
    span = span_of(known) if known else None
    if known is None or span is None or span[1] == math.inf:
        return None
    return Known(value=span[1], low=0, high=span[1], text=known.text, certainty=known.certainty)


def _corporation_tax(profile: Profile) -> Known | None:
    known = profile.get("legal_form")
    if known is None or known.value not in ("company", "sole-trader", "partnership"):
        return None
    return Known(value=known.value == "company", text=known.text, certainty=known.certainty)


def _uk_premises(profile: Profile) -> Known | None:
    place, employees = profile.get("district"), profile.get("employees")
    span = span_of(employees) if employees else None
    if place is None or span is None or span[0] < 1:
        return None
    names = (place.value,) if isinstance(place.value, str) else place.value
    tree = load_tree("places")
    if not isinstance(names, tuple) or not all(tree.knows(name) for name in names):
        return None
    at_home = tree.extent(names).possible <= tree.extent(["UK"]).certain
    return Known(value=True, text=place.text, certainty=place.certainty) if at_home else None


def _apprentice(profile: Profile) -> Known | None:
    known = profile.get("apprentice_age") or profile.get("apprentice_start") or profile.get("apprentices")
    return Known(value=True, text=known.text, certainty=known.certainty) if known else None


def _certainty(profile: Profile, *facts: str) -> float:
    return min((known.certainty for name in facts if (known := profile.get(name))), default=1.0)


RULES: dict[str, Callable[[Profile], Known | None]] = {
    "sme": _sme,
    "full_time_employees": _full_time_employees,
    "corporation_tax": _corporation_tax,
    "uk_premises": _uk_premises,
    "apprentice": _apprentice,
}
