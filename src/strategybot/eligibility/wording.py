"""Wording: what a criterion asks for, and by how much it is missed, in plain words."""

import math

from strategybot.dates import render_date
from strategybot.eligibility.evaluating import span_of
from strategybot.eligibility.facts import Fact, load_facts
from strategybot.eligibility.trees import load_tree
from strategybot.schemes import Criterion, Known, Profile

COMPARED = {"at_least": "at least {}", "at_most": "at most {}", "above": "more than {}", "below": "less than {}"}
COUNTED = {**COMPARED, "below": "fewer than {}"}
DATED = {"at_least": "on or after {}", "at_most": "by {}", "above": "after {}", "below": "before {}"}
PENCE = 100


def word_label(criterion: Criterion) -> str:
    """Return what names a criterion in a list: the label of its fact, or of each of its facts."""
    if criterion.fact:
        fact = load_facts().get(criterion.fact)
        return fact.label if fact else criterion.fact.replace("_", " ").capitalize()
    labels = dict.fromkeys(word_label(each) for each in (*criterion.any, *criterion.all))
    joined = (" or " if criterion.any else " and ").join(_lower(label) for label in labels)
    return joined[:1].upper() + joined[1:] if labels else "Condition"


def word_needs(criterion: Criterion) -> str:
    """Return what a criterion asks for; its quote where only prose says it."""
    inner = criterion.any or criterion.all
    if inner:
        same = len({each.fact for each in inner}) == 1
        parts = [word_needs(each) if same else f"{_lower(word_label(each))}: {word_needs(each)}" for each in inner]
        return (", or " if criterion.any else ", and ").join(parts)
    if criterion.fact is None:
        return criterion.quote or ""
    fact = load_facts().get(criterion.fact)
    if criterion.operator in ("is", "is_not"):
        return _word_names(criterion, fact)
    return _word_limit(criterion, fact)


def word_yours(criterion: Criterion, profile: Profile) -> str:
    """Return what is known of the applicant that bears on a criterion; empty if nothing is."""
    facts = facts_of(criterion)
    told = dict.fromkeys(known.text for name in facts if (known := profile.get(name)))
    return ", ".join(text for text in told if text)


def word_gap(criterion: Criterion, profile: Profile) -> str:
    """Return by how much a criterion on a number is missed; empty for all else."""
    fact = load_facts().get(criterion.fact or "")
    known = profile.get(criterion.fact or "")
    gap = measure_gap(criterion, known) if known else None
    if fact is None or gap is None or fact.kind == "date":
        return ""
    amount, over = gap
    more, less = ("too much", "short") if fact.kind in ("money", "share") else ("too many", "too few")
    if fact.kind == "months":
        more, less = "too long", "short"
    return f"{write_value(amount, fact, unit=fact.kind == 'months')} {more if over else less}"


def measure_gap(criterion: Criterion, known: Known) -> tuple[float, bool] | None:
    """Return by how much a number misses its limit and whether it is over it; None if it does not miss it."""
    span, limit = span_of(known), criterion.value
    if span is None or isinstance(limit, (bool, str, tuple)) or limit is None or criterion.currency != "GBP":
        return None
    if criterion.operator in ("at_most", "below"):
        return (span[0] - limit, True) if span[0] > limit else None
    return (limit - span[1], False) if span[1] < limit else None


def write_value(value: float, fact: Fact | None, *, unit: bool = True) -> str:
    """Write a number of a fact as people do: £50,000, 20%, 12 months, 49 employees."""
    if fact is None:
        return f"{value:,g}"
    if fact.kind == "money":
        return write_pounds(value)
    if fact.kind == "share":
        return f"{value:g}%"
    if fact.kind == "months":
        return f"{value:g} month" if value == 1 else f"{value:g} months"
    return f"{value:,g} {fact.unit}".strip() if unit else f"{value:,g}"


def write_pounds(value: float) -> str:
    """Write pounds with thousands commas, and pence only where there are any."""
    return f"£{value:,.0f}" if round(value * PENCE) % PENCE == 0 else f"£{value:,.2f}"


def _word_limit(criterion: Criterion, fact: Fact | None) -> str:
    operator, value = criterion.operator or "", criterion.value
    if isinstance(value, str):
        return DATED[operator].format(render_date(value))
    number = float(value) if isinstance(value, (int, float)) else math.nan
    written = write_value(number, fact)
    if criterion.currency == "EUR":
        written = written.replace("£", "€")
    return (COUNTED if fact is not None and fact.kind == "number" else COMPARED)[operator].format(written)


def _word_names(criterion: Criterion, fact: Fact | None) -> str:
    value, wanted = criterion.value, criterion.operator == "is"
    if isinstance(value, bool):
        return "yes" if value == wanted else "no"
    names = value if isinstance(value, tuple) else (str(value),)
    tree = load_tree(fact.tree) if fact and fact.tree else None
    written = [tree.label(name) if tree else name.replace("-", " ") for name in names]
    listed = written[0] if len(written) == 1 else f"{', '.join(written[:-1])} or {written[-1]}"
    return listed if wanted else f"not {listed}"


def facts_of(criterion: Criterion) -> tuple[str, ...]:
    """Return the names of the facts that a criterion compares, in its order."""
    inner = [name for each in (*criterion.any, *criterion.all) for name in facts_of(each)]
    return (*([criterion.fact] if criterion.fact else []), *inner)


def _lower(label: str) -> str:
    """Return a label for the middle of a sentence; abbreviations stay as they are."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
