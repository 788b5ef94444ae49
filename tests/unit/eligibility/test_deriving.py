"""What follows from a profile, and what does not."""

import pytest

from strategybot.eligibility.deriving import derive
from strategybot.schemes import Profile, Value
from tests.builders.schemes import between, profile


def derived(told: Profile, fact: str) -> Value | None:
    known = derive(told).get(fact)
    return None if known is None else known.value


@pytest.mark.parametrize(
    ("told", "sme"),
    [
        (profile(employees=249, turnover=2_000_000), True),
        (profile(employees=250, turnover=2_000_000), False),
        (profile(employees=249, turnover=60_000_000), None),
        (profile(employees=249, turnover=60_000_000, balance_sheet=60_000_000), False),
        (profile(employees=249, turnover=60_000_000, balance_sheet=20_000_000), True),
        (profile(employees=12), None),
        (profile(turnover=1000), None),
        (profile(employees=between(200, 300), turnover=1000), None),
    ],
)
def test_small_and_medium_sized_follows_from_size(told: Profile, sme: bool | None) -> None:
    assert derived(told, "sme") is sme


def test_what_was_told_is_not_overridden() -> None:
    assert derived(profile(employees=300, sme=True), "sme") is True


@pytest.mark.parametrize(("form", "within"), [("company", True), ("sole-trader", False), ("charity", None)])
def test_corporation_tax_follows_from_the_legal_form(form: str, within: bool | None) -> None:
    assert derived(profile(legal_form=form), "corporation_tax") is within


def test_there_are_no_more_full_time_employees_than_employees() -> None:
    known = derive(profile(employees=1)).get("full_time_employees")

    assert known is not None
    assert (known.low, known.high) == (0, 1)


@pytest.mark.parametrize(
    ("told", "there"),
    [
        (profile(district="Leeds", employees=3), True),
        (profile(district="Leeds", employees=0), None),
        (profile(district="abroad", employees=3), None),
        (profile(employees=3), None),
    ],
)
def test_premises_in_the_uk_follow_from_place_and_employees(told: Profile, there: bool | None) -> None:
    assert derived(told, "uk_premises") is there


def test_an_apprentice_follows_from_the_age_of_one() -> None:
    assert derived(profile(apprentice_age=19), "apprentice") is True
