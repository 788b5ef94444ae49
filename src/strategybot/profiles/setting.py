"""Setting: facts that are typed one by one, in a form or on a command line, read by the readers of free text."""

import difflib
from collections.abc import Collection, Mapping
from datetime import date

from strategybot.eligibility.facts import Fact, load_facts
from strategybot.eligibility.trees import load_tree
from strategybot.errors import ConfigurationError
from strategybot.profiles.counted import measure
from strategybot.profiles.following import with_staying
from strategybot.profiles.patterns import load_patterns
from strategybot.profiles.places import find_place
from strategybot.profiles.purposes import find_need
from strategybot.profiles.reading import read_profile
from strategybot.profiles.telling import read_telling
from strategybot.profiles.trades import find_sector
from strategybot.profiles.wording import describe
from strategybot.schemes import Known, Profile, Value

YES = frozenset(
    ("yes", "y", "true", "on", "1", "yeah", "yep", "we do", "i do", "it does", "we are", "we have", "it is", "it has")
)
NO = frozenset(
    ("no", "n", "false", "off", "0", "nope", "none", "never", "we don't", "i don't", "we aren't", "we haven't", "not")
)
NONE = frozenset(("none", "nothing", "nil", "no", "0"))
PARTS: Mapping[str, tuple[float, float, float]] = {
    "all": (100, 100, 100),
    "everything": (100, 100, 100),
    "none": (0, 0, 0),
    "nothing": (0, 0, 0),
    "mostly": (75, 50.01, 100),
    "most": (75, 50.01, 100),
    "mainly": (75, 50.01, 100),
    "more than half": (75, 50.01, 100),
    "over half": (75, 50.01, 100),
    "half": (50, 50, 50),
    "less than half": (25, 0, 49.99),
    "under half": (25, 0, 49.99),
    "some": (25, 0.01, 49.99),
    "little": (10, 0, 49.99),
    "hardly any": (5, 0, 49.99),
    "a quarter": (25, 25, 25),
    "a third": (33.33, 33.33, 33.34),
    "two thirds": (66.67, 66.66, 66.67),
    "three quarters": (75, 75, 75),
}
HINTS: Mapping[str, str] = {
    "number": "write a number, such as 12 or 10-15",
    "money": "write an amount in pounds, such as £2m or 120,000",
    "share": "write a share, such as 80%, mostly, half or none",
    "months": "write a time with its unit, such as 3 years or 5 months",
    "date": "write a date, such as 2026-10 or October 2026",
    "flag": "write yes or no",
}
Bounded = tuple[Value, float | None, float | None, str]


def set_facts(
    profile: Profile, facts: Mapping[str, str], *, also: Collection[str] = (), today: date | None = None
) -> Profile:
    """Return a profile with facts as typed put in or in place; an empty value forgets the fact.

    Args:
        profile: What is known already.
        facts: Values by fact, such as ``{"employees": "12", "district": "Ossett", "turnover": "£2m"}``.
        also: Names of facts that only criteria know: their values are a number, yes or no, or free text.
        today: The day that times such as "since 2019" are reckoned from; the present day if None.

    Raises:
        ConfigurationError: A fact is unknown or its value cannot be read.
    """
    day = today or date.today()
    told = {name: read_fact(name, typed, also=also, today=day) for name, typed in facts.items() if typed.strip()}
    emptied = frozenset(_checked(name, also) for name, typed in facts.items() if not typed.strip())
    updated = profile.updated(Profile(told), without=emptied)
    changed = "district" in facts and "new_place" not in emptied
    return with_staying(updated) if changed else updated


def read_fact(name: str, typed: str, *, also: Collection[str] = (), today: date) -> Known:
    """Return what a typed value says of one fact.

    Raises:
        ConfigurationError: The fact is unknown or its value cannot be read.
    """
    fact = load_facts().get(_checked(name, also))
    read = _read_any(typed.strip()) if fact is None else _read(fact, typed.strip(), today)
    if read is None:
        hint = _hint(fact, typed) if fact else ""
        message = f"{name}: {typed.strip()!r} cannot be read as {fact.label if fact else name}; {hint}"
        raise ConfigurationError(message)
    value, low, high, called = read
    return Known(value=value, low=low, high=high, text=describe(name, value, low, high, called=called))


def _checked(name: str, also: Collection[str]) -> str:
    if name in load_facts() or name in also:
        return name
    near = difflib.get_close_matches(name, [*load_facts(), *also], n=3)
    message = f"{name!r} is no known fact; write {' or '.join(near) if near else 'one of ' + ', '.join(load_facts())}"
    raise ConfigurationError(message)


def _read(fact: Fact, typed: str, today: date) -> Bounded | None:
    """Return the value with its bounds and what a place was called; None if it cannot be read."""
    if fact.kind == "flag":
        return _read_flag(fact, typed, today)
    if fact.kind == "choice":
        return _read_choice(fact, typed)
    if fact.kind == "tree":
        return _read_names(fact, typed)
    return _read_quantity(fact, typed, today) or _read_told(fact, typed, today)


def _read_flag(fact: Fact, typed: str, today: date) -> Bounded | None:
    plain = _plain(typed)
    if plain in YES or plain in NO:
        return plain in YES, None, None, ""
    first = plain.split(",")[0].split(" ")[0]
    if first in ("yes", "no"):
        return first == "yes", None, None, ""
    return _read_told(fact, typed, today)


def _read_choice(fact: Fact, typed: str) -> Bounded | None:
    plain = _plain(typed)
    for value in fact.values:
        if plain in (value, value.replace("-", " "), describe(fact.name, value).lower()):
            return value, None, None, ""
    entry = load_patterns()[fact.name]
    found = [value for value, pattern in entry.values.items() if pattern.search(plain)]
    return (found[0], None, None, "") if found else None


def _read_names(fact: Fact, typed: str) -> Bounded | None:
    tree = load_tree(fact.tree or "places")
    same = {name.lower(): name for name in (*tree.leaves, *tree.groups, *tree.dated)}
    if _plain(typed) in same:
        return same[_plain(typed)], None, None, ""
    if fact.tree == "places":
        place = find_place(typed)
        return (place[1][0] if len(place[1]) == 1 else place[1], None, None, place[0]) if place else None
    names = find_sector(typed) if fact.tree == "sectors" else find_need(typed)
    return (names, None, None, "") if names else _read_told(fact, typed, date.min)


def _read_quantity(fact: Fact, typed: str, today: date) -> Bounded | None:
    plain = _plain(typed)
    if fact.kind == "share" and plain in PARTS:
        return *PARTS[plain], ""
    telling = read_telling(typed, today=today)
    if fact.kind in ("number", "money") and plain in NONE:
        return 0.0, 0.0, 0.0, ""
    quantities = list(telling.quantities.values())
    if len(quantities) != 1:
        return None
    quantity = quantities[0]
    if quantity.kind == "number" and fact.kind in ("money", "share"):
        return quantity.value, quantity.low, quantity.high, ""
    measured = measure(fact.name, quantity, today=today)
    return (*measured, "") if measured else None


def _read_told(fact: Fact, typed: str, today: date) -> Bounded | None:
    """Read a value as part of a free text."""
    known = read_profile(typed, today=today).get(fact.name)
    return (known.value, known.low, known.high, "") if known else None


def _read_any(typed: str) -> Bounded:
    plain = _plain(typed)
    if plain in YES - {"1"} or plain in NO - {"0"}:
        return plain in YES, None, None, ""
    quantities = list(read_telling(typed, today=date.min).quantities.values())
    if len(quantities) == 1 and quantities[0].kind != "date":
        each = quantities[0]
        return each.value, each.low, each.high, ""
    return typed, None, None, ""


def _plain(typed: str) -> str:
    return " ".join(typed.lower().replace("’", "'").strip(" .!").split())


def _hint(fact: Fact, typed: str) -> str:
    if fact.kind == "choice":
        return f"write one of {', '.join(fact.values)}"
    if fact.kind != "tree":
        return HINTS[fact.kind]
    tree = load_tree(fact.tree or "places")
    names = {tree.label(name).lower(): name for name in (*tree.leaves, *tree.groups)}
    near = difflib.get_close_matches(typed.lower(), names, n=3, cutoff=0.6)
    examples = {"places": "Wakefield, Ossett or WF5", "sectors": "café or software", "needs": "equipment or training"}
    return f"write {' or '.join(near)}" if near else f"write something like {examples[fact.tree or 'places']}"
