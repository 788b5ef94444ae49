"""Faults of metadata in plain words: which scheme, which criterion, which field, and what to write instead."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from strategybot.frozen import Frozen
from strategybot.schema import Metadata
from strategybot.schemes import Amount, Caution, Criterion, Scheme, Sum, Term, Window

Place = tuple[str | int, ...]
MODELS: Mapping[str, type[Frozen]] = {
    "schemes": Scheme, "criteria": Criterion, "any": Criterion, "all": Criterion, "when": Criterion, "amount": Amount,
    "terms": Term, "least": Sum, "pot": Sum, "window": Window, "cautions": Caution,
}  # fmt: skip
"""What is written under each name of a scheme."""
NOUNS = {"criteria": "criterion", "terms": "term", "cautions": "caution", "quotes": "quote", "aliases": "alias",
         "purposes": "purpose"}  # fmt: skip
UNQUOTED = "is no field: text that holds a comma or a colon stands between quotation marks"
WANTED = {
    "missing": "is missing",
    "invalid_key": UNQUOTED,
    "string_type": "needs text: put it between quotation marks",
    "tuple_type": "needs a list: put it between [ and ], or each on a line of its own behind a hyphen",
    "model_type": "needs lines of `name: value`",
    "bool_type": "needs true or false",
    "bool_parsing": "needs true or false",
    "float_type": "needs a number without thousands separators or signs, such as 50000",
    "float_parsing": "needs a number without thousands separators or signs, such as 50000",
    "int_type": "needs a whole number",
    "int_parsing": "needs a whole number",
    "string_too_short": "is empty",
    "too_short": "is empty",
    "string_pattern_mismatch": "may have small letters, digits and hyphens only (facts: underscores)",
}
"""What to write, by pydantic's name of the error."""
LONGEST_SHOWN = 80


def render_faults(error: ValidationError, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the faults of metadata, a sentence each, in the order of the fields.

    Args:
        error: What validating them raised.
        values: The metadata as given.
    """
    found = [(_clean(detail["loc"], values, detail["type"]), detail) for detail in error.errors()]
    groups = [(place, [detail for _, detail in group]) for place, group in groupby(found, key=lambda each: each[0])]
    return tuple(f"{name_place(place, values)}: {_say(place, details)}" for place, details in groups)


def name_place(place: Place, values: Mapping[str, Any]) -> str:
    """Say where something stands: ``scheme growth-fund, criterion 2, operator``."""
    names: list[str] = []
    for at, step in enumerate(place):
        if isinstance(step, int):
            names[-1] = _name_entry(place[: at + 1], values)
        else:
            names.append(step)
    return ", ".join(names) or "the metadata"


def _name_entry(place: Place, values: Mapping[str, Any]) -> str:
    lists, number = str(place[-2]), int(place[-1])
    if lists == "schemes":
        entry = _at(place, values)
        return f"scheme {entry['id']}" if isinstance(entry, Mapping) and entry.get("id") else f"scheme {number + 1}"
    return f"{NOUNS.get(lists, lists)} {number + 1}"


def _clean(place: Place, values: Mapping[str, Any], kind: str) -> Place:
    """Leave out the steps of a place that name no field: which type of several was tried."""
    kept: list[str | int] = []
    for step in place:
        container = _at(tuple(kept), values)
        inside = step in container if isinstance(container, Mapping) else isinstance(step, int)
        if not inside and not (kind == "missing" and step == place[-1]):
            break
        kept.append(step)
    return tuple(kept)


def _at(place: Place, values: object) -> object:
    found: Any = values
    for step in place:
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            return None
    return found


def _say(place: Place, details: Sequence[ErrorDetails]) -> str:
    kinds = {detail["type"] for detail in details}
    first = details[0]
    if "extra_forbidden" in kinds:
        return _say_unknown(place)
    if len(kinds) > 1 and "missing" not in kinds:  # a value that may be of several types is none of them
        return f"needs true or false, a number, text, or a list of names{_shown(first['input'])}"
    if first["type"] == "value_error":
        return first["msg"].removeprefix("Value error, ")
    if first["type"] == "literal_error":
        return f"needs one of {first['ctx']['expected'].replace(' or ', ', ')}{_shown(first['input'])}"
    said = WANTED.get(first["type"], first["msg"])
    return said if said.startswith("is ") else said + _shown(first["input"])


def _say_unknown(place: Place) -> str:
    if not re.fullmatch(r"\w+", str(place[-1])):
        return UNQUOTED
    model = next((MODELS[step] for step in reversed(place[:-1]) if isinstance(step, str)), Metadata)
    near = nearest(str(place[-1]), model.model_fields)
    return f"is no field here; {f'did you mean {near[0]}?' if near else 'use ' + ', '.join(model.model_fields)}"


def nearest(name: str, known: Iterable[str], *, most: int = 3) -> tuple[str, ...]:
    """Return the known names that are most like a name, the likest first; none if none is like it."""
    folded = {each.casefold(): each for each in known}
    return tuple(folded[each] for each in difflib.get_close_matches(name.casefold(), folded, n=most, cutoff=0.6))


def _shown(given: object) -> str:
    text = repr(given)
    return f" (it says {text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + '…'})"
