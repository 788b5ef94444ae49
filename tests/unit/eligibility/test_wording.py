"""What a criterion asks for, in words that read well on a phone."""

import pytest

from strategybot.eligibility.facts import load_facts
from strategybot.eligibility.trees import load_tree
from strategybot.eligibility.wording import word_label, word_needs, write_list
from strategybot.schemes import Criterion
from tests.builders.schemes import criterion

WEST_YORKSHIRE = ("Bradford", "Calderdale", "Kirklees", "Leeds", "Wakefield")
IN_WORDS = "West Yorkshire (Bradford, Calderdale, Kirklees, Leeds or Wakefield)"
PROSE = Criterion(quote="The source says so.")


def any_of(*parts: Criterion) -> Criterion:
    return Criterion(any=parts, quote="A quote.")


def all_of(*parts: Criterion) -> Criterion:
    return Criterion(all=parts, quote="A quote.")


HEATING = any_of(
    criterion("heating_system", "is", ("heat-pump",)),
    all_of(
        criterion("heating_system", "is", ("biomass-boiler",)),
        criterion("rural", "is", True),
        criterion("off_gas_grid", "is", True),
    ),
)
CASES: list[tuple[Criterion, str, str]] = [
    (criterion("jobs", "at_least", 1), "New jobs", "at least 1 new job"),
    (criterion("jobs", "below", 5), "New jobs", "fewer than 5 new jobs"),
    (criterion("lease_years", "below", 5), "Years left on the tenancy", "less than 5 years"),
    (criterion("b2b_share", "above", 0), "Turnover from other businesses", "some of it"),
    (criterion("b2b_share", "above", 50), "Turnover from other businesses", "more than 50%"),
    (criterion("turnover", "at_most", 50_000_000, currency="EUR"), "Turnover a year", "at most €50,000,000"),
    (criterion("district", "is", WEST_YORKSHIRE), "Where the business is", IN_WORDS),
    (criterion("district", "is", ("Leeds", "York")), "Where the business is", "Leeds or York"),
    (criterion("district", "is", ("Leeds",)), "Where the business is", "Leeds"),
    (criterion("sector", "is", ("food-drink", "steel")), "Sector", "food and drink, or making and casting steel"),
    (criterion("legal_form", "is_not", ("person",)), "Kind of organisation", "not private person"),
    (criterion("second_hand", "is", False), "Bought second-hand", "no"),
    # What several places have in common is said once.
    (
        any_of(criterion("district", "is", WEST_YORKSHIRE), criterion("new_place", "is", WEST_YORKSHIRE)),
        "Where the business is, or where it would move or open",
        IN_WORDS,
    ),
    # What a flag asks for is its label; one that must not hold says so.
    (
        any_of(criterion("sme", "is", True), criterion("levy_payer", "is", False)),
        "Small or medium-sized business, or pays the apprenticeship levy",
        "small or medium-sized business, or pays the apprenticeship levy: no",
    ),
    # A number that says itself what it counts needs no label.
    (
        all_of(criterion("full_time_employees", "at_least", 2), criterion("employees", "at_least", 2)),
        "Full-time employees and employees",
        "at least 2 full-time employees and at least 2 employees",
    ),
    # Alternatives on the same fact: it is named in the label alone.
    (
        HEATING,
        "Kind of heating, in a rural place or off the gas grid",
        "heat pump, or biomass boiler (and also in a rural place and off the gas grid)",
    ),
    # Prose among several conditions is in the quote, not here.
    (
        any_of(criterion("months_trading", "at_most", 12), PROSE),
        "Time trading",
        "at most 12 months or as far as the source says",
    ),
    (
        any_of(criterion("market_trader", "is", True), all_of(criterion("sector", "is", ("hotel",)), PROSE)),
        "Market trader or sector",
        "market trader, or sector: hotels and bed and breakfasts (as far as the source says)",
    ),
    (PROSE, "Condition", "The source says so."),
    # More than three facts: the label names the first.
    (
        any_of(*(criterion(fact, "is", True) for fact in ("group", "rural", "flooded", "insured"))),
        "Part of a larger group or a further condition",
        "part of a larger group, in a rural place, hit by the flood or can show insurance cover",
    ),
    (
        any_of(criterion("car", "is", False), criterion("uk_content", "above", 5)),
        "Buys a car or UK content",
        "buys a car: no, or UK content: more than 5%",
    ),
]


@pytest.mark.parametrize(("one", "label", "needs"), CASES)
def test_a_criterion_reads_well(one: Criterion, label: str, needs: str) -> None:
    assert (word_label(one), word_needs(one)) == (label, needs)


@pytest.mark.parametrize(
    ("items", "joined"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a or b"),
        (["a", "b", "c"], "a, b or c"),
        (["a and b", "c"], "a and b, or c"),
        (["a: 1", "b"], "a: 1, or b"),
        (["a, b", "c"], "a, b; or c"),
    ],
)
def test_a_list_shows_where_its_items_end(items: list[str], joined: str) -> None:
    assert write_list(items, "or") == joined


@pytest.mark.parametrize("tree", ["places", "sectors", "needs"])
def test_names_of_trees_can_stand_in_lists(tree: str) -> None:
    names = load_tree(tree)
    labels = [names.label(name) for name in (*names.leaves, *names.groups)]

    assert [label for label in labels if "," in label] == []
    assert [name for name in names.groups if "-" in name and names.label(name) == name] == []
    assert len(set(labels)) == len(labels)


def test_names_of_choices_are_of_values_that_there_are() -> None:
    assert [fact.name for fact in load_facts().values() if not fact.names.keys() <= set(fact.values)] == []


def test_labels_of_facts_have_no_commas() -> None:
    assert [fact.label for fact in load_facts().values() if "," in fact.label] == []
