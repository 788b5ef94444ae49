"""Telling: a text as the readers see it, and what they find in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from strategybot.profiles.names import find_names
from strategybot.profiles.patterns import MARKS
from strategybot.profiles.quantities import Quantity, find_quantities
from strategybot.schemes import Value

PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "‑": "-", "−": "-", "“": '"', "”": '"', "\u00a0": " "}
)
SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Found:
    """A fact found in a text: its value and bounds, and where the words for it stand.

    Attributes:
        called: The name that the text has for a place; empty for all else.
    """

    fact: str
    value: Value
    start: int
    end: int
    low: float | None = None
    high: float | None = None
    certainty: float = 1.0
    called: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """A text, and the same text as the readers match it: all of these are of the same length.

    Attributes:
        text: As typed.
        plain: In lower case, with plain hyphens and apostrophes.
        named: The plain text with the names of schemes and bodies blotted out.
        marked: The named text with each quantity replaced by marks of its kind.
        quantities: The quantities by where they start.
        names: Where the names of schemes and bodies stand.
        today: The day that times are reckoned from.
    """

    text: str
    plain: str
    named: str
    marked: str
    quantities: dict[int, Quantity]
    names: Sequence[tuple[int, int]]
    today: date = field(default_factory=date.today)


def read_telling(text: str, *, today: date) -> Telling:
    """Return a text as the readers see it."""
    plain = _lower(SPACE.sub(" ", text.translate(PLAIN)))
    names = find_names(text.translate(PLAIN), plain)
    named = _blot(plain, names)
    quantities = {each.start: each for each in find_quantities(named, today=today)}
    marked = list(named)
    for each in quantities.values():
        marked[each.start : each.end] = MARKS[each.kind] * (each.end - each.start)
    return Telling(text, plain, named, "".join(marked), quantities, names, today)


def _blot(plain: str, names: Sequence[tuple[int, int]]) -> str:
    letters = list(plain)
    for start, end in names:
        letters[start:end] = "_" * (end - start)
    return "".join(letters)


def _lower(text: str) -> str:
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(_lower_one(each) for each in text)


@cache
def _lower_one(letter: str) -> str:
    """Return a letter in lower case unless that would be more than one character, as for a dotted capital I."""
    return letter.lower() if len(letter.lower()) == 1 else letter
