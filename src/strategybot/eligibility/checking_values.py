"""Whether what a criterion compares is a fact, and what it compares it with a value that the fact can have."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from strategybot.eligibility.facts import Fact, load_facts
from strategybot.eligibility.trees import load_tree
from strategybot.schemes import Criterion

WORDS = {"at_least": "at least", "at_most": "at most", "above": "above", "below": "below", "is": "is",
         "is_not": "is not"}  # fmt: skip
FIGURES = frozenset(["number", "money", "share", "months"])
NAMES_SHOWN = 12
LIKE = 70.0
"""Likeness in per cent from which one name may stand for another."""
SHARED = 25.0
"""What a common word adds to it."""
WORD_CHARS = 4
"""Of words that may be shared: not of "and"."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, why that matters and what to do; not ``is_certain`` if it may be right as it is."""

    text: str
    why: str
    remedy: str
    is_certain: bool = True


def describe(criterion: Criterion) -> str:
    """Say a criterion in a few words: "employees at most 100"."""
    if criterion.fact:
        value = criterion.value
        names = ", ".join(value) if isinstance(value, tuple) else f"{value:,g}" if isinstance(value, float) else value
        return f"{criterion.fact} {WORDS[criterion.operator or 'is']} {names}"
    inner = " or ".join(map(describe, criterion.any)) or " and ".join(map(describe, criterion.all))
    return inner or f"“{criterion.quote}”"


def check_fact(criterion: Criterion, place: str) -> Iterator[Fault]:
    """Yield what is wrong with the fact, operator and value of a criterion itself; not with those inside it."""
    if criterion.fact is None:
        return
    fact = load_facts().get(criterion.fact)
    if fact is None:
        if not criterion.question:
            known = check_name(place, criterion.fact, load_facts(), noun="known fact")
            remedy = f"{known.remedy}; or give the criterion a `question:` that asks for it"
            yield Fault(known.text, "nobody could be asked for it", remedy)
        return
    for text in _check_value(criterion, fact):
        yield Fault(f"{place}, {fact.name}: {text}", "the comparison could never be made", _remedy(fact))
    yield from _check_names(criterion, fact, place)


def check_name(place: str, name: str, known: Iterable[str], *, noun: str) -> Fault:
    """Say that a name is not known, with those that are like it."""
    known = list(known)
    near = nearest_names(name, known)
    others = " … (all of them: docs/facts.md)" if not near and len(known) > NAMES_SHOWN else ""
    choice = ", ".join(near or known[:NAMES_SHOWN])
    remedy = f"{'did you mean' if near else 'use one of'} {choice}{others}"
    return Fault(f"{place}: there is no {noun} {name!r}", "it would be compared with nothing", remedy)


def nearest_names(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return up to three names that are like a name or share a word with it, the likest first."""
    scores = {each: fuzz.ratio(name.casefold(), each.casefold()) + SHARED * _shares_word(name, each) for each in known}
    return tuple(sorted((each for each in scores if scores[each] >= LIKE), key=lambda each: -scores[each])[:3])


def _shares_word(name: str, other: str) -> bool:
    return bool(_words(name) & _words(other))


def _words(name: str) -> set[str]:
    return {word for word in re.split(r"[\W_]+", name.casefold()) if len(word) >= WORD_CHARS}


def _check_value(criterion: Criterion, fact: Fact) -> Iterator[str]:
    value, is_ordered = criterion.value, criterion.operator not in ("is", "is_not")
    if fact.kind in FIGURES:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not is_ordered:
            yield f"is a number: use at_least, at_most, above or below with a number, not {value!r}"
    elif fact.kind == "date":
        if not isinstance(value, str) or not is_ordered:
            yield f"is a date: use at_least (on or after) or at_most, above or below with a date, not {value!r}"
    elif is_ordered:
        yield "is not a number: use is or is_not"
    elif fact.kind == "flag" and not isinstance(value, bool):
        yield f"is true or false, not {value!r}"
    elif fact.kind in ("choice", "tree") and not _names(criterion):
        yield f"needs names, not {value!r}"


def _check_names(criterion: Criterion, fact: Fact, place: str) -> Iterator[Fault]:
    if fact.kind == "choice":
        wrong = [name for name in _names(criterion) if name not in fact.values]
        yield from (check_name(f"{place}, {fact.name}", name, fact.values, noun="value") for name in wrong)
    elif fact.tree:
        tree = load_tree(fact.tree)
        known = (*tree.leaves, *tree.groups, *tree.dated)
        where = f"name among the {fact.tree},"
        unknown = [name for name in _names(criterion) if not tree.knows(name)]
        yield from (check_name(f"{place}, {fact.name}", name, sorted(known), noun=where) for name in unknown)


def _names(criterion: Criterion) -> tuple[str, ...]:
    value = criterion.value
    return (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()


def _remedy(fact: Fact) -> str:
    examples = {
        "number": "write for example `operator: at_most` and `value: 100`",
        "money": "write pounds as a plain number, for example `operator: at_most` and `value: 50000`",
        "share": "write per cent as a plain number, for example `operator: at_least` and `value: 20`",
        "months": "write months as a plain number, for example `operator: at_least` and `value: 12`",
        "date": 'write for example `operator: at_least` and `value: "2026-04-01"`',
        "flag": "write `operator: is` and `value: true` or `value: false`",
        "choice": f"write `operator: is` and one of {', '.join(fact.values)}",
        "tree": f"write `operator: is` and a list of names of the {fact.tree}",
    }
    return examples[fact.kind]
