"""What a scheme would pay is worked out step by step."""

import pytest

from strategybot.eligibility.amounts import work_out
from strategybot.grounding.laws import is_calculated
from strategybot.schemes import Profile, Scheme
from tests.builders.schemes import between, profile, scheme

SHARE = {"share": 0.2, "quote": "20% of the cost"}
TOP = {"amount": 50000, "quote": "up to £50,000"}
LEAST = {"amount": 10000, "quote": "from £10,000"}


def paying(*terms: dict[str, object], least: dict[str, object] | None = None) -> Scheme:
    return scheme(amount={"terms": terms, "least": least})


def texts(one: Scheme, told: Profile) -> list[str]:
    return [step.text for step in work_out(one, told).steps]


def test_a_share_of_the_cost_is_paid_and_the_rest_is_left_to_find() -> None:
    one = paying(SHARE, TOP, least=LEAST)

    assert work_out(one, profile(project_cost=120_000)).most == 24_000
    assert texts(one, profile(project_cost=120_000)) == ["20% of £120,000 = £24,000", "left to find: £96,000"]


def test_the_share_is_capped_by_the_highest_sum() -> None:
    one = paying(SHARE, TOP)

    assert texts(one, profile(project_cost=400_000)) == [
        "20% of £400,000 = £80,000",
        "capped at £50,000",
        "left to find: £350,000",
    ]


@pytest.mark.parametrize(("cost", "most"), [(50_000, 10_000), (49_999, None)])
def test_less_than_the_least_is_not_paid(cost: float, most: float | None) -> None:
    found = work_out(paying(SHARE, TOP, least=LEAST), profile(project_cost=cost))

    assert (found.most, found.too_small) == (most, most is None)


def test_the_rate_goes_by_size() -> None:
    small = {"share": 0.2, "quote": "a", "when": [{"fact": "employees", "operator": "at_most", "value": 49}]}
    large = {"share": 0.1, "quote": "b", "when": [{"fact": "employees", "operator": "at_least", "value": 50}]}
    one = paying(small, large)

    assert work_out(one, profile(project_cost=100_000, employees=49)).most == 20_000
    assert work_out(one, profile(project_cost=100_000, employees=50)).most == 10_000
    assert work_out(one, profile(project_cost=100_000)).most is None
    assert work_out(one, profile(project_cost=100_000, employees=between(40, 60))).most is None


def test_a_sum_is_paid_for_each_and_up_to_the_most_of_them() -> None:
    one = paying({"amount": 500, "per": "sockets", "most": 40, "quote": "q"}, {"share": 0.75, "quote": "r"})

    assert work_out(one, profile(sockets=6, project_cost=10_000)).most == 3_000
    assert work_out(one, profile(sockets=50, project_cost=100_000)).most == 20_000
    assert work_out(one, profile(sockets=6, project_cost=2_000)).most == 1_500


def test_without_the_cost_only_the_limits_are_named() -> None:
    found = work_out(paying(SHARE, TOP), profile())

    assert found.most is None
    assert [step.text for step in found.steps] == ["at most 20% of the cost", "at most £50,000"]


def test_a_sum_alone_needs_no_cost() -> None:
    assert work_out(paying(TOP), profile()).most == 50_000


def test_without_terms_there_is_nothing_to_work_out() -> None:
    assert work_out(scheme(), profile(project_cost=1)).steps == ()


def test_every_calculation_gives_its_result() -> None:
    one = paying(SHARE, TOP, {"amount": 12_500, "per": "jobs", "quote": "q"})
    steps = work_out(one, profile(project_cost=333_333.33, jobs=3)).steps

    assert all(step.calculation is None or is_calculated(step.calculation) for step in steps)
    assert len([step for step in steps if step.calculation]) == 4
