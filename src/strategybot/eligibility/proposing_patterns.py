"""The patterns that proposals are made by, loaded from their data file and compiled once."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from strategybot.eligibility.facts import load_facts
from strategybot.eligibility.figures import DATE, MONEY, NUMBER, SHARE, TIME
from strategybot.schemes import CautionKind, Operator, Value

Part = Literal["nothing", "criteria", "pot", "amount", "share", "window", "opens", "closes", "paused", "apply",
               "caution", "prose"]  # fmt: skip
FIGURES = {"number": NUMBER, "money": MONEY, "share": SHARE, "months": TIME}
LIMIT = (
    r"(?:(?:(?:fewer|less|lower|smaller|younger)\s+than|under|below)\s+(?P<below_1>{x})"
    r"|(?:up\s+to|no\s+more\s+than|not\s+more\s+than|at\s+most|(?:a\s+)?maximum(?:\s+of)?|not\s+exceed(?:ing)?|capped\s+at)"
    r"\s+(?P<at_most_1>{x})"
    r"|(?:at\s+least|(?:a\s+)?minimum(?:\s+of)?|no\s+(?:fewer|less)\s+than|not\s+less\s+than)\s+(?P<at_least_1>{x})"
    r"|(?:more\s+than|over|above|exceeding|in\s+excess\s+of|greater\s+than)\s+(?P<above_1>{x})"
    r"|between\s+(?P<low_1>{x})\s+and\s+(?P<high_1>{x})"
    r"|(?P<low_2>{x})\s*(?:to|-|–)\s*(?P<high_2>{x})"
    r"|(?P<at_most_2>{x})\s+or\s+(?:fewer|less|under|below|younger)"
    r"|(?P<at_least_2>{x})\s+or\s+(?:more|over|above|longer|older)"
    r"|(?P<at_least_3>{x})\+)"
)
"""A comparison with a figure; what the names of its groups say is taken from them without their numbers."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A condition that is enough in place of another one, where a sentence has certain words."""

    fact: str
    operator: Operator
    value: Value | None
    find: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """Wordings of one thing.

    Attributes:
        part: What it proposes; ``nothing`` takes figures that are none of a scheme.
        fact: The fact of a criterion.
        operator: Where the groups of the wordings do not say it.
        value: Where the wordings hold no figure.
        kind: The kind of a caution.
        find: The wordings.
        needs: Words that the sentence must hold.
        unless: Words that it must not hold.
        check: What a person should look at.
        alternatives: Conditions that are enough in its place.
        rank: Its place among the rules; of two that contradict, the earlier is surer.
    """

    part: Part
    fact: str | None
    operator: Operator | None
    value: Value | None
    kind: CautionKind
    find: tuple[re.Pattern[str], ...]
    needs: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    check: str
    alternatives: tuple[Alternative, ...]
    rank: int

    def concerns(self, sentence: str) -> bool:
        """Tell whether a sentence may be read by this rule."""
        return not (self.needs and not self.needs.search(sentence)) and not (
            self.unless and self.unless.search(sentence)
        )


@dataclass(frozen=True, slots=True)
class Names:
    """How names of a tree or a list are noticed and what is said of them.

    Attributes:
        forms: The name by each way of writing it.
        written: Any of these writings.
        gates: Compiled patterns of what stands around names, by their names in the data file.
        alternatives: Conditions that are enough in their place.
    """

    forms: Mapping[str, str]
    written: re.Pattern[str]
    gates: Mapping[str, tuple[re.Pattern[str], ...]]
    alternatives: tuple[Alternative, ...]

    def has(self, gate: str, text: str) -> bool:
        """Tell whether one of the patterns of a gate is found in a text."""
        return any(pattern.search(text) for pattern in self.gates.get(gate, ()))


@cache
def load_table() -> Mapping[str, Any]:
    """Return the data file as it is."""
    return tomllib.loads(files("strategybot.eligibility").joinpath("patterns.toml").read_text("utf-8"))


@cache
def load_rules() -> tuple[Rule, ...]:
    """Return the rules in the order in which they are tried."""
    return tuple(_rule(row, rank) for rank, row in enumerate(load_table()["rule"]))


@cache
def load_words(table: str) -> Mapping[str, re.Pattern[str]]:
    """Return a table of patterns by name; ``purposes.words`` is one within another."""
    rows: Mapping[str, Any] = load_table()
    for name in table.split("."):
        rows = rows[name]
    return {name: compile_pattern(text) for name, text in rows.items() if isinstance(text, str)}


def build_names(table: str, forms: Mapping[str, str]) -> Names:
    """Return how names are noticed, from a table of the data file and the writings that a tree gives."""
    row = load_table()[table]
    gates = {key: value for key, value in row.items() if key not in ("aliases", "alternative", "plain")}
    every = {**forms, **row.get("aliases", {})}
    writings = {form for name in every for form in (name, name[0].upper() + name[1:])}
    return Names(
        forms=every,
        written=re.compile(
            rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, writings), key=len, reverse=True))})(?![\w-])"
        ),
        gates={
            key: tuple(map(compile_pattern, [value] if isinstance(value, str) else value))
            for key, value in gates.items()
        },
        alternatives=_alternatives(row),
    )


def compile_pattern(text: str, figure: str = MONEY) -> re.Pattern[str]:
    """Compile a wording; in any case but where it says otherwise."""
    named = {**_pieces(), "number": NUMBER, "money": MONEY, "share": SHARE, "time": TIME, "date": DATE,
             "limit": LIMIT.replace("{x}", figure)}  # fmt: skip
    while (filled := re.sub(r"\{([a-z]+)\}", lambda found: named[found[1]], text)) != text:
        text = filled
    return re.compile(text, re.I)


@cache
def _pieces() -> Mapping[str, str]:
    return dict(load_table()["pieces"])


def _rule(row: Mapping[str, Any], rank: int) -> Rule:
    fact = row.get("fact")
    figure = FIGURES.get(load_facts()[fact].kind, NUMBER) if fact else MONEY
    return Rule(
        part=row["part"],
        fact=fact,
        operator=row.get("operator"),
        value=row.get("value"),
        kind=row.get("kind", "other"),
        find=tuple(compile_pattern(text, figure) for text in _texts(row["find"])),
        needs=compile_pattern(row["needs"]) if "needs" in row else None,
        unless=compile_pattern(row["unless"]) if "unless" in row else None,
        check=row.get("check", ""),
        alternatives=_alternatives(row),
        rank=rank,
    )


def _texts(given: str | Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _alternatives(row: Mapping[str, Any]) -> tuple[Alternative, ...]:
    return tuple(
        Alternative(each["fact"], each["operator"], None if each["value"] == "same" else each["value"],
                    compile_pattern(each["find"]))
        for each in row.get("alternative", ())
    )  # fmt: skip
