"""Patterns: how people say what is known of them, by fact, as the data file holds it."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from strategybot.eligibility.facts import load_facts

MARKS = {"number": "#", "money": "¤", "share": "%", "time": "@", "date": "~"}
"""What stands in place of each character of a quantity when patterns are matched."""
HOLDERS = {
    "n": ("#", "#+"),
    "money": ("¤", "[¤#]+"),
    "share": ("%", "%+"),
    "time": ("@", "@+"),
    "date": ("~", "~+"),
}
GAP = r"(?P<gap>(?:[ :=(-]+[\w'&/.~@-]+){0,4}?[ :=(-]+)"


@dataclass(frozen=True, slots=True)
class Measured:
    """A pattern around a quantity; ``mark`` tells which characters the text must hold for it to match."""

    mark: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Saying:
    """Words that give a number without figures."""

    pattern: re.Pattern[str]
    value: float
    low: float
    high: float
    certainty: float


@dataclass(frozen=True, slots=True)
class Patterns:
    """How one fact is told; see the head of the data file."""

    tell: tuple[Measured, ...]
    hint: tuple[Measured, ...]
    besides: tuple[Measured, ...]
    veto: tuple[Measured, ...]
    says: tuple[Saying, ...]
    beside: bool
    given: re.Pattern[str] | None
    yes: re.Pattern[str] | None
    no: re.Pattern[str] | None
    weak: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    values: Mapping[str, re.Pattern[str]]


@cache
def load_patterns() -> Mapping[str, Patterns]:
    """Return the patterns by fact, in the order of the data file."""
    table = tomllib.loads(files(__package__).joinpath("patterns.toml").read_text("utf-8"))
    words = table.pop("words")
    for entry in table.values():
        if "veto_of" in entry:
            entry["veto"] = [*entry.get("veto", ()), *table[entry["veto_of"]]["veto"]]
    return {fact: _build(entry, words) for fact, entry in table.items() if fact in load_facts()}


def whole(pattern: str) -> str:
    """Return a pattern that matches between word boundaries only."""
    return rf"(?<!\w)(?:{pattern})(?!\w)"


def _build(entry: Mapping[str, Any], words: Mapping[str, str]) -> Patterns:
    given = entry.get("given")
    return Patterns(
        tell=_measured(entry.get("tell", ()), words),
        hint=_measured(entry.get("hint", ()), words),
        besides=_measured(entry.get("besides", ()), words),
        veto=_measured(entry.get("veto", ()), words),
        says=tuple(_saying(each, words) for each in entry.get("says", ())),
        beside=entry.get("beside", False),
        given=re.compile(given) if given else None,
        yes=_any_of(entry.get("yes", ()), words),
        no=_any_of(entry.get("no", ()), words),
        weak=re.compile("|".join(entry["weak"])) if "weak" in entry else None,
        unless=_any_of(entry.get("unless", ()), words),
        values={name: re.compile(whole("|".join(each))) for name, each in entry.get("is", {}).items()},
    )


def _measured(patterns: Iterable[str], words: Mapping[str, str]) -> tuple[Measured, ...]:
    return tuple(_one_measured(_fill(each, words)) for each in patterns)


def _one_measured(pattern: str) -> Measured:
    name = next(name for name in HOLDERS if f"{{{name}}}" in pattern)
    mark, holder = HOLDERS[name]
    marks = "¤#" if name == "money" else mark
    filled = pattern.replace(f"{{{name}}}", f"(?P<quantity>{holder})", 1)
    filled = filled.replace("{gap}", GAP, 1).replace("{gap}", GAP.replace("?P<gap>", "?:"))
    return Measured(marks, re.compile(whole(filled)))


def _saying(entry: Mapping[str, Any], words: Mapping[str, str]) -> Saying:
    pattern = re.compile(whole(_fill(entry["words"], words)))
    return Saying(pattern, entry["value"], entry["low"], entry["high"], entry.get("certainty", 1.0))


def _any_of(patterns: Iterable[str], words: Mapping[str, str]) -> re.Pattern[str] | None:
    filled = [_fill(each, words) for each in patterns]
    return re.compile(whole("|".join(filled))) if filled else None


def _fill(pattern: str, words: Mapping[str, str]) -> str:
    for name, each in words.items():
        pattern = pattern.replace(f"{{{name}}}", each)
    return pattern
