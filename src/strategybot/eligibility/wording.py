"""Wording: what a criterion asks for, and by how much it is missed, in plain words."""

import math
from collections.abc import Sequence

from strategybot.dates import render_date
from strategybot.eligibility.evaluating import span_of
from strategybot.eligibility.facts import Fact, load_facts
from strategybot.eligibility.trees import Tree, load_tree
from strategybot.schemes import Criterion, Known, Profile

COMPARED = {"at_least": "at least {}", "at_most": "at most {}", "above": "more than {}", "below": "less than {}"}
COUNTED = {**COMPARED, "below": "fewer than {}"}
DATED = {"at_least": "on or after {}", "at_most": "by {}", "above": "after {}", "below": "before {}"}
MEASURED = ("", "years", "weeks", "kW")
"""Units of what is measured rather than counted: less, not fewer."""
YES, NO = "yes", "no"
AS_QUOTED = "as far as the source says"
"""Stands for a condition of several that only the words of the source hold."""
BESIDES = "and also"
MOST_LABELS = 3
FURTHER = "a further condition"
"""Stands for what is left out of a label of more than so many facts."""
PENCE = 100


def word_label(criterion: Criterion) -> str:
    """Return what names a criterion in a list: the label of its fact, or of each of its facts."""
    if criterion.fact:
        return _label(criterion.fact)
    labels = [_lower(_label(fact)) for fact in dict.fromkeys(facts_of(criterion))]
    if len(labels) > MOST_LABELS:
        labels = [labels[0], FURTHER]
    joined = write_list(labels, "or" if criterion.any else "and")
    return joined[:1].upper() + joined[1:] if labels else "Condition"


def word_needs(criterion: Criterion) -> str:
    """Return what a criterion asks for; its quote where only prose says it."""
    if criterion.any or criterion.all:
        return _word_parts(criterion)
    if criterion.fact is None:
        return criterion.quote or ""
    fact = load_facts().get(criterion.fact)
    if criterion.operator in ("is", "is_not"):
        return _word_names(criterion, fact)
    return _word_limit(criterion, fact)


def write_list(items: Sequence[str], word: str) -> str:
    """Join items so that it stays clear where each of them ends: "a, b or c"; "a and b, or c"; "a, b; or c"."""
    if len(items) < 2:  # noqa: PLR2004  # a list of one needs no word
        return "".join(items)
    if any("," in item for item in items):
        return f"{'; '.join(items[:-1])}; {word} {items[-1]}"
    comma = "," if any(mark in item for item in items for mark in (" and ", " or ", ": ")) else ""
    return f"{', '.join(items[:-1])}{comma} {word} {items[-1]}"


def _word_parts(criterion: Criterion) -> str:
    """Word alternatives, or conditions that hold together; what is the same for all of them is said once."""
    parts = criterion.any or criterion.all
    needs = {word_needs(part) for part in parts}
    if criterion.any and len(needs) == 1 and all(_is_named(part) for part in parts):
        return needs.pop()
    named = len({_subject(part) for part in parts} - {None}) > 1
    worded = dict.fromkeys(_word_part(part, named=named) for part in parts)
    return write_list(list(worded), "or" if criterion.any else "and")


def _word_part(part: Criterion, *, named: bool) -> str:
    """Word one of several conditions, with the label of its fact unless that is clear."""
    if len(part.all) > 1:
        first, *further = part.all
        others = write_list([_word_part(each, named=True) for each in further], "and")
        return f"{_word_part(first, named=named)} ({others if others == AS_QUOTED else f'{BESIDES} {others}'})"
    if part.any or part.all:
        return _word_parts(part)
    if part.fact is None:
        return AS_QUOTED
    label, needs = _lower(_label(part.fact)), word_needs(part)
    if needs == YES:
        return label
    fact = load_facts().get(part.fact)
    says_itself = bool(fact and fact.unit and fact.unit in label)
    return f"{label}: {needs}" if named and not says_itself else needs


def _subject(part: Criterion) -> str | None:
    """Return the fact that a condition is first of all about."""
    return part.fact or next((_subject(each) for each in (*part.any, *part.all)), None)


def _is_named(part: Criterion) -> bool:
    """Tell whether a condition asks for names of a tree."""
    fact = load_facts().get(part.fact or "")
    return fact is not None and fact.tree is not None


def _label(name: str) -> str:
    fact = load_facts().get(name)
    return fact.label if fact else name.replace("_", " ").capitalize()


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
    return f"{value:,g} {_singular(fact.unit) if value == 1 else fact.unit}".strip() if unit else f"{value:,g}"


def _singular(unit: str) -> str:
    return unit.removesuffix("s")


def write_pounds(value: float) -> str:
    """Write pounds with thousands commas, and pence only where there are any."""
    return f"£{value:,.0f}" if round(value * PENCE) % PENCE == 0 else f"£{value:,.2f}"


def _word_limit(criterion: Criterion, fact: Fact | None) -> str:
    operator, value = criterion.operator or "", criterion.value
    if isinstance(value, str):
        return DATED[operator].format(render_date(value))
    number = float(value) if isinstance(value, (int, float)) else math.nan
    if fact is not None and fact.kind == "share" and (operator, number) == ("above", 0):
        return "some of it"
    written = write_value(number, fact)
    if criterion.currency == "EUR":
        written = written.replace("£", "€")
    counted = fact is not None and fact.kind == "number" and fact.unit not in MEASURED
    return (COUNTED if counted else COMPARED)[operator].format(written)


def _word_names(criterion: Criterion, fact: Fact | None) -> str:
    value, wanted = criterion.value, criterion.operator == "is"
    if isinstance(value, bool):
        return YES if value == wanted else NO
    names = value if isinstance(value, tuple) else (str(value),)
    if fact and fact.tree:
        listed = _list_names(names, load_tree(fact.tree))
    else:
        said = fact.names if fact else {}
        listed = write_list([said.get(name, name.replace("-", " ")) for name in names], "or")
    return listed if wanted else f"not {listed}"


def _list_names(names: Sequence[str], tree: Tree) -> str:
    """List names of a tree; before the districts of a whole area that area."""
    listed = write_list([tree.label(name) for name in names], "or")
    area = next((name for name, leaves in tree.groups.items() if leaves == frozenset(names)), None)
    return f"{tree.label(area)} ({listed})" if area and len(names) > 1 else listed


def facts_of(criterion: Criterion) -> tuple[str, ...]:
    """Return the names of the facts that a criterion compares, in its order."""
    inner = [name for each in (*criterion.any, *criterion.all) for name in facts_of(each)]
    return (*([criterion.fact] if criterion.fact else []), *inner)


def _lower(label: str) -> str:
    """Return a label for the middle of a sentence; abbreviations stay as they are."""
    first = label.split(" ", 1)[0]
    return label if len(first) > 1 and first.isupper() else label[:1].lower() + label[1:]
