"""Hints: what would make a near miss fit, where an applicant could change it."""

from datetime import date

from strategybot.eligibility.evaluating import evaluate
from strategybot.eligibility.facts import load_facts
from strategybot.eligibility.wording import measure_gap, word_needs, write_value
from strategybot.schemes import Criterion, Profile, Scheme

MOST_MISSED = 2
"""A scheme that misses more criteria than this is no near miss."""


def find_hints(scheme: Scheme, profile: Profile, *, on: date | None = None) -> tuple[str, ...]:
    """Return what would make a scheme fit that fails only by what an applicant can change; nothing otherwise."""
    missed = [criterion for criterion in scheme.criteria if evaluate(criterion, profile, on=on) == "not_met"]
    hints = [_hint(criterion, profile) for criterion in missed]
    if not hints or len(hints) > MOST_MISSED or not all(hints):
        return ()
    return tuple(hint for hint in hints if hint)


def _hint(criterion: Criterion, profile: Profile) -> str | None:
    fact = load_facts().get(criterion.fact or "")
    if fact is None or not fact.changes:
        return None
    known = profile.get(fact.name)
    if fact.name == "months_trading" and known and criterion.operator in ("at_least", "above"):
        gap = measure_gap(criterion, known)
        return f"It would fit after another {write_value(gap[0], fact)} of trading" if gap else None
    return f"It would fit if this were so: {fact.label[:1].lower()}{fact.label[1:]}, {word_needs(criterion)}"
