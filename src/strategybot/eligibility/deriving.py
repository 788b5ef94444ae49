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
WHOLE = 100
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
    for fact in ("apprentice_age", "apprentice_start", "apprenticeship_level"):
        if known := profile.get(fact):
            return _follows(True, known)
    known = profile.get("apprentices")
    span = span_of(known) if known else None
    if known is None or span is None or span[0] < 1 <= span[1]:
        return None
    return _follows(span[0] >= 1, known)


def _tenant(profile: Profile) -> Known | None:
    """Who has years left on a tenancy rents."""
    known = profile.get("lease_years")
    return _follows(True, known) if known else None


def _owns_property(profile: Profile) -> Known | None:
    """Who does not rent owns. Who rents may have consent, so nothing follows from that."""
    known = profile.get("tenant")
    return _follows(True, known) if known and known.value is False else None


def _refused_before(profile: Profile) -> Known | None:
    known = profile.get("months_since_refusal")
    return _follows(True, known) if known else None


def _apprentices_before(profile: Profile) -> Known | None:
    """Who has never had an apprentice had none in the last 12 months."""
    known = profile.get("apprentices_ever")
    return _follows(False, known) if known and known.value is False else None


def _apprentices_ever(profile: Profile) -> Known | None:
    known = profile.get("apprentices_before")
    return _follows(True, known) if known and known.value is True else None


def _export_share(profile: Profile) -> Known | None:
    """The best year has at least the share of the weakest."""
    known = profile.get("export_share_each")
    span = span_of(known) if known else None
    if known is None or span is None or span[0] <= 0:
        return None
    return Known(value=span[0], low=span[0], high=WHOLE, text=known.text, certainty=known.certainty)


def _export_share_each(profile: Profile) -> Known | None:
    """The weakest year has at most the share of the best."""
    known = profile.get("export_share")
    span = span_of(known) if known else None
    if known is None or span is None or span[1] >= WHOLE:
        return None
    return Known(value=span[1], low=0, high=span[1], text=known.text, certainty=known.certainty)


def _single_property(profile: Profile) -> Known | None:
    known = profile.get("other_rateable_value") or profile.get("months_second_property")
    return _follows(False, known) if known else None


def _legal_form(profile: Profile) -> Known | None:
    """Public administration is the work of public bodies; of no other trade does one legal form follow."""
    known = profile.get("sector")
    return _follows("public-body", known) if known and known.value in ("public-sector", ("public-sector",)) else None


def _follows(value: bool | str, known: Known) -> Known:
    """Return what follows from one fact, in the words and as certain as that."""
    return Known(value=value, text=known.text, certainty=known.certainty)


def _certainty(profile: Profile, *facts: str) -> float:
    return min((known.certainty for name in facts if (known := profile.get(name))), default=1.0)


RULES: dict[str, Callable[[Profile], Known | None]] = {
    "sme": _sme,
    "full_time_employees": _full_time_employees,
    "corporation_tax": _corporation_tax,
    "uk_premises": _uk_premises,
    "apprentice": _apprentice,
    "tenant": _tenant,
    "owns_property": _owns_property,
    "refused_before": _refused_before,
    "apprentices_before": _apprentices_before,
    "apprentices_ever": _apprentices_ever,
    "export_share": _export_share,
    "export_share_each": _export_share_each,
    "single_property": _single_property,
    "legal_form": _legal_form,
}
