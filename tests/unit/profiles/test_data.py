"""The data files of the readers: each name in them is a name of the tree or the fact that it stands for."""

import csv
import tomllib
from importlib.resources import files

import pytest

from strategybot.eligibility.facts import load_facts
from strategybot.eligibility.trees import load_tree
from strategybot.profiles.patterns import load_patterns
from strategybot.profiles.phrases import phrase_key

PLACES_READ = ("district", "new_place", "apprentice_works_in", "sector", "need")


@pytest.mark.parametrize("name", ["gazetteer.csv", "postcodes.csv"])
def test_every_place_of_the_lists_is_in_the_tree(name: str) -> None:
    rows = list(csv.DictReader(files("strategybot.profiles").joinpath(name).read_text("utf-8").splitlines()))

    assert all(load_tree("places").knows(place) for row in rows for place in row["places"].split("|"))
    assert len({next(iter(row.values())) for row in rows}) == len(rows)


def test_the_gazetteer_holds_the_towns_and_villages_of_west_and_north_yorkshire() -> None:
    rows = csv.DictReader(files("strategybot.profiles").joinpath("gazetteer.csv").read_text("utf-8").splitlines())
    within = load_tree("places").groups["West and North Yorkshire"]

    assert sum(set(row["places"].split("|")) <= within for row in rows) >= 350


def test_every_fact_has_a_way_to_be_told() -> None:
    assert {*load_patterns(), *PLACES_READ} == set(load_facts())


def test_the_values_of_choices_are_those_of_the_facts() -> None:
    for name, patterns in load_patterns().items():
        if patterns.values:
            assert set(patterns.values) == set(load_facts()[name].values)


@pytest.mark.parametrize(
    ("tree", "lists"), [("sectors", ("words", "products")), ("needs", ("words", "wanted", "named"))]
)
def test_no_word_stands_for_two_leaves(tree: str, lists: tuple[str, ...]) -> None:
    table = tomllib.loads(files("strategybot.eligibility").joinpath(f"{tree}.toml").read_text("utf-8"))
    entries = {**table["leaf"], **{name: each for name, each in table["group"].items() if isinstance(each, dict)}}
    for kind in lists:
        seen: dict[tuple[str, ...], set[str]] = {}
        for name, entry in entries.items():
            for word in entry.get(kind, ()):
                seen.setdefault(phrase_key(word), set()).add(name)
        assert {key: names for key, names in seen.items() if len(names) > 1} == {}


def test_every_leaf_of_sectors_and_needs_has_words() -> None:
    for tree in ("sectors", "needs"):
        table = tomllib.loads(files("strategybot.eligibility").joinpath(f"{tree}.toml").read_text("utf-8"))
        assert [name for name, entry in table["leaf"].items() if not entry.get("words")] == []
