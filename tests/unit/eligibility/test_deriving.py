"""What follows from a profile, and what does not."""

import pytest

from strategybot.eligibility.deriving import derive
from strategybot.schemes import Profile, Value
from tests.builders.schemes import between, know, profile


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


@pytest.mark.parametrize(
    ("told", "takes_on"),
    [
        (profile(apprenticeship_level=3), True),
        (profile(apprentices=2), True),
        (profile(apprentices=0), False),
        (profile(apprentices=between(0, 2)), None),
        (profile(hires=2), None),
    ],
)
def test_an_apprentice_follows_from_a_level_or_a_number(told: Profile, takes_on: bool | None) -> None:
    assert derived(told, "apprentice") is takes_on


@pytest.mark.parametrize(
    ("told", "fact", "value"),
    [
        (profile(lease_years=3), "tenant", True),
        (profile(owns_property=True), "tenant", None),
        (profile(tenant=False), "owns_property", True),
        (profile(tenant=True), "owns_property", None),
        (profile(months_since_refusal=8), "refused_before", True),
        (profile(refused_before=True), "months_since_refusal", None),
        (profile(apprentices_ever=False), "apprentices_before", False),
        (profile(apprentices_ever=True), "apprentices_before", None),
        (profile(apprentices_before=True), "apprentices_ever", True),
        (profile(apprentices_before=False), "apprentices_ever", None),
        (profile(other_rateable_value=9000), "single_property", False),
        (profile(months_second_property=5), "single_property", False),
        (profile(rateable_value=9000), "single_property", None),
    ],
)
def test_one_fact_says_another(told: Profile, fact: str, value: Value | None) -> None:
    assert derived(told, fact) is value


@pytest.mark.parametrize(
    ("told", "fact", "bounds"),
    [
        (profile(export_share_each=7), "export_share", (7, 100)),
        (profile(export_share_each=between(5, 9)), "export_share", (5, 100)),
        (profile(export_share_each=between(None, 9)), "export_share", None),
        (profile(export_share=3), "export_share_each", (0, 3)),
        (profile(export_share=between(20, None)), "export_share_each", None),
    ],
)
def test_the_best_year_exports_no_less_than_the_weakest(
    told: Profile, fact: str, bounds: tuple[int, int] | None
) -> None:
    known = derive(told).get(fact)

    assert (known and (known.low, known.high)) == bounds


@pytest.mark.parametrize(
    ("told", "form"),
    [
        (profile(sector="public-sector"), "public-body"),
        (profile(sector="third-sector"), None),
        (profile(sector=("public-sector", "shop")), None),
        (profile(sector="shop"), None),
        (profile(sector="public-sector", legal_form="company"), "company"),
    ],
)
def test_a_legal_form_follows_from_public_administration_alone(told: Profile, form: str | None) -> None:
    assert derived(told, "legal_form") == form


def test_a_trade_does_not_follow_from_a_legal_form() -> None:
    assert derived(profile(legal_form="charity"), "sector") is None


def test_what_follows_is_as_certain_as_what_it_follows_from() -> None:
    known = derive(profile(sector=know("public-sector", certainty=0.6))).get("legal_form")

    assert known is not None
    assert known.certainty == 0.6
