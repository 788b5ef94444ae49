"""The facts that criteria compare, as the data file names them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field

from strategybot.frozen import Frozen

FactKind = Literal["number", "money", "share", "months", "flag", "choice", "tree", "date"]
TreeName = Literal["places", "sectors", "needs"]


class Fact(Frozen):
    """Something that can be known of an applicant or a project.

    Attributes:
        name: What criteria call it.
        kind: What its values are: pounds for money, per cent for shares, months for times.
        label: Names it in a list.
        question: Asks for it in plain words.
        unit: Stands behind a number.
        values: The values of a choice.
        names: What to call a value of a choice, where its own words do not say it.
        tree: The tree that the values of a tree fact are names of.
        follows_from: Facts that it follows from, which are asked for in its place.
        changes: Whether an applicant can change it, as the cost of a project or the time trading by waiting.
    """

    name: str
    kind: FactKind
    label: str
    question: str
    unit: str = ""
    values: tuple[str, ...] = ()
    names: Mapping[str, str] = Field(default_factory=dict)
    tree: TreeName | None = None
    follows_from: tuple[str, ...] = ()
    changes: bool = False


@cache
def load_facts() -> Mapping[str, Fact]:
    """Return the facts by name, in the order of the data file."""
    table = tomllib.loads(files("strategybot.eligibility").joinpath("facts.toml").read_text("utf-8"))
    return {name: Fact(name=name, **value) for name, value in table.items()}
