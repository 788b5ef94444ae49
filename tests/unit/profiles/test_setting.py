from datetime import date

import pytest

from strategybot.errors import ConfigurationError
from strategybot.profiles.reading import read_profile
from strategybot.profiles.setting import set_facts
from strategybot.schemes import Profile, Value

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("fact", "typed", "value", "low", "high"),
    [
        ("employees", "12", 12, 12, 12),
        ("employees", "10-15", 10, 10, 15),
        ("employees", "none", 0, 0, 0),
        ("employees", "just me", 0, 0, 1),
        ("turnover", "£2m", 2e6, 2e6, 2e6),
        ("turnover", "2000000", 2e6, 2e6, 2e6),
        ("rateable_value", "400", 400, 400, 400),
        ("months_trading", "3 years", 36, 36, 47),
        ("months_trading", "5 months", 5, 5, 5),
        ("months_trading", "since 2019", 82, 82, 94),
        ("months_trading", "not started yet", 0, 0, 0),
        ("b2b_share", "mostly", 75, 50.01, 100),
        ("b2b_share", "80%", 80, 80, 80),
        ("b2b_share", "80", 80, 80, 80),
        ("b2b_share", "half", 50, 50, 50),
        ("apprentice_age", "23", 23, 23, 23),
        ("weeks_in_post", "6 weeks", 6, 6, 6),
    ],
)
def test_a_number_is_read_as_typed(fact: str, typed: str, value: float, low: float, high: float) -> None:
    known = set_facts(Profile(), {fact: typed}, today=TODAY).get(fact)

    assert known is not None
    assert (known.value, known.low, known.high, known.said) == (value, low, high, None)


@pytest.mark.parametrize(
    ("fact", "typed", "value"),
    [
        ("district", "Ossett", "Wakefield"),
        ("district", "wakefield", "Wakefield"),
        ("district", "WF5", "Wakefield"),
        ("district", "West Yorkshire", "West Yorkshire"),
        ("new_place", "Reading", "South East England"),
        ("sector", "café", "cafe-restaurant"),
        ("sector", "food-manufacturing", "food-manufacturing"),
        ("sector", "a small food factory", "food-manufacturing"),
        ("need", "packing machine", "equipment"),
        ("need", "a van and a website", ("vehicles", "digital")),
        ("levy_payer", "no", False),
        ("levy_payer", "Yes, we do", True),
        ("care_plan", "no EHCP", False),
        ("legal_form", "ltd", "company"),
        ("legal_form", "sole trader", "sole-trader"),
        ("parking_users", "only customers", "customers"),
        ("apprentice_start", "October 2026", "2026-10"),
        ("apprentice_start", "2026-10-01", "2026-10-01"),
    ],
)
def test_other_values_are_read_as_typed(fact: str, typed: str, value: Value) -> None:
    known = set_facts(Profile(), {fact: typed}, today=TODAY).get(fact)

    assert known is not None
    assert known.value == value


@pytest.mark.parametrize(
    ("fact", "typed"),
    [
        ("employees", "lots"),
        ("turnover", "big"),
        ("months_trading", "3"),
        ("district", "Narnia"),
        ("sector", "zzz"),
        ("need", "joy"),
        ("legal_form", "thing"),
        ("levy_payer", "perhaps"),
        ("apprentice_start", "soon"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_with_what_to_write(fact: str, typed: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"{fact}: '{typed}' cannot be read .*write "):
        set_facts(Profile(), {fact: typed}, today=TODAY)


def test_an_unknown_fact_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(ConfigurationError, match="'employes' is no known fact; write employees"):
        set_facts(Profile(), {"employes": "12"}, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "value"), [("12", 12), ("yes", True), ("No", False), ("only on Tuesdays", "only on Tuesdays")]
)
def test_a_fact_that_only_a_criterion_names_takes_any_value(typed: str, value: Value) -> None:
    known = set_facts(Profile(), {"shelf_height": typed}, also=["shelf_height"], today=TODAY).get("shelf_height")

    assert known is not None
    assert known.value == value


def test_an_empty_value_forgets_the_fact_and_the_others_stay() -> None:
    profile = read_profile("bakery in York with 9 staff", today=TODAY)

    changed = set_facts(profile, {"district": "", "employees": "10"}, today=TODAY)

    assert {name: known.value for name, known in changed.root.items()} == {
        "sector": "food-manufacturing",
        "employees": 10,
    }
