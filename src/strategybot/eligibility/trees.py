"""Trees: places, sectors and purposes as sets of leaves, so that "within" is a matter of sets."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from strategybot.dates import first_day, last_day


@dataclass(frozen=True, slots=True)
class Extent:
    """Leaves that belong to something for certain, and further ones that may."""

    certain: frozenset[str]
    maybe: frozenset[str] = frozenset()

    @property
    def possible(self) -> frozenset[str]:
        """All that may belong."""
        return self.certain | self.maybe


@dataclass(frozen=True, slots=True)
class Period:
    """What an area whose members changed consisted of in a period."""

    since: date
    until: date
    extent: Extent


@dataclass(frozen=True, slots=True)
class Tree:
    """Names with the leaves that each stands for.

    Attributes:
        leaves: The leaves.
        groups: Leaves by name of group.
        dated: Periods by name of an area whose members changed.
        labels: What to call a name; the name itself if it has none.
    """

    leaves: frozenset[str]
    groups: Mapping[str, frozenset[str]]
    dated: Mapping[str, tuple[Period, ...]]
    labels: Mapping[str, str]

    def knows(self, name: str) -> bool:
        """Tell whether a name is in the tree."""
        return name in self.leaves or name in self.groups or name in self.dated

    def label(self, name: str) -> str:
        """Return what to call a name in a sentence."""
        return self.labels.get(name, name)

    def extent(self, names: Iterable[str], *, on: date | None = None) -> Extent:
        """Return the leaves that names stand for together, as of a day where members changed.

        Without a day what was always in an area is certain, and what once was in it is a maybe.

        Raises:
            KeyError: A name is not in the tree.
        """
        parts = [self._extent(name, on) for name in names]
        certain = frozenset[str]().union(*(part.certain for part in parts))
        return Extent(certain, frozenset[str]().union(*(part.maybe for part in parts)) - certain)

    def _extent(self, name: str, on: date | None) -> Extent:
        if name in self.leaves:
            return Extent(frozenset({name}))
        if name in self.groups:
            return Extent(self.groups[name])
        periods = self.dated[name]
        then = [p.extent for p in periods if on is not None and p.since <= on <= p.until]
        if then:
            return then[0]
        always = frozenset.intersection(*(p.extent.certain for p in periods))
        return Extent(always, frozenset[str]().union(*(p.extent.possible for p in periods)) - always)


@cache
def load_tree(name: str) -> Tree:
    """Return one of the trees: ``places``, ``sectors`` or ``needs``."""
    table = tomllib.loads(files("strategybot.eligibility").joinpath(f"{name}.toml").read_text("utf-8"))
    leaves = table.get("leaves", table.get("leaf", {}))
    groups = table.get("area", table.get("group", {}))
    members = {key: value["members"] if isinstance(value, dict) else value for key, value in groups.items()}
    named = {**(table.get("leaf") or {}), **groups}
    resolved = {key: _resolve(key, members) for key in members}
    return Tree(frozenset(leaves), resolved, _periods(table.get("dated", []), members), _labels(named))


def _labels(named: Mapping[str, Any]) -> dict[str, str]:
    found = {name: value["label"] if isinstance(value, dict) else value for name, value in named.items()}
    return {name: label for name, label in found.items() if isinstance(label, str)}


def _resolve(name: str, members: Mapping[str, list[str]]) -> frozenset[str]:
    if name not in members:
        return frozenset({name})
    return frozenset[str]().union(*(_resolve(each, members) for each in members[name]))


def _periods(rows: Iterable[Mapping[str, Any]], members: Mapping[str, list[str]]) -> dict[str, tuple[Period, ...]]:
    found: dict[str, tuple[Period, ...]] = {}
    for row in rows:
        certain, maybe = (
            frozenset[str]().union(*(_resolve(n, members) for n in row.get(key, []))) for key in ("members", "maybe")
        )
        since = first_day(row["since"]) if "since" in row else date.min
        until = last_day(row["until"]) if "until" in row else date.max
        found[row["area"]] = (*found.get(row["area"], ()), Period(since, until, Extent(certain, maybe)))
    return found
