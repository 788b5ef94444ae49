"""Schemes are judged criterion by criterion, and ranked."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from strategybot.eligibility.matching import Fit, Held, match_schemes
from strategybot.schemes import Profile, Scheme
from tests.builders.schemes import criterion, held, profile, scheme

DAY = date(2026, 11, 25)
SMALL = criterion("employees", "at_most", 100)
TRADING = criterion("months_trading", "at_least", 12)
COST = criterion("project_cost", "at_least", 50_000)


def one_fit(one: Scheme, told: Profile, **about: object) -> Fit:
    return match_schemes(told, [held(one, **about)], as_of=DAY)[0]


def test_one_failed_criterion_makes_a_scheme_ineligible() -> None:
    fit = one_fit(scheme(SMALL, TRADING), profile(employees=180))

    assert fit.verdict == "ineligible"
    assert [(judged.outcome, judged.gap) for judged in fit.criteria] == [("not_met", "80 too many"), ("unknown", "")]


def test_a_scheme_is_likely_while_something_is_unknown() -> None:
    fit = one_fit(scheme(SMALL, TRADING), profile(employees=18))

    assert fit.verdict == "likely"
    assert fit.unknown[0].question == "How long has the business been trading?"


def test_a_scheme_is_eligible_once_all_is_met() -> None:
    assert one_fit(scheme(SMALL, TRADING), profile(employees=18, months_trading=12)).verdict == "eligible"


def test_a_scheme_that_states_no_criterion_is_only_likely() -> None:
    assert one_fit(scheme(), profile(employees=18)).verdict == "likely"


def test_a_near_miss_that_can_be_changed_has_a_hint() -> None:
    assert one_fit(scheme(COST), profile(project_cost=40_000)).hints == (
        "It would fit if this were so: cost of the project, at least £50,000",
    )
    assert one_fit(scheme(TRADING), profile(months_trading=5)).hints == (
        "It would fit after another 7 months of trading",
    )
    assert one_fit(scheme(COST, SMALL), profile(project_cost=40_000, employees=180)).hints == ()


def test_an_amount_below_the_least_is_a_failed_criterion() -> None:
    amount = {"least": {"amount": 10_000, "quote": "a"}, "terms": [{"share": 0.2, "quote": "b"}]}
    fit = one_fit(scheme(amount=amount), profile(project_cost=40_000))

    assert (fit.verdict, fit.criteria[0].kind) == ("ineligible", "amount")


def test_the_cost_of_what_a_scheme_is_not_for_is_not_reckoned_with() -> None:
    training = scheme(purposes=["training"], amount={"terms": [{"share": 1.0, "quote": "q"}]})

    assert one_fit(training, profile(need="training", project_cost=9_000)).worked_out.most == 9_000
    assert one_fit(training, profile(need="equipment", project_cost=90_000)).worked_out.most is None
    assert one_fit(training, profile(need=("training", "equipment"), project_cost=90_000)).worked_out.most is None


def schemes_to_rank() -> list[Held]:
    window = {"closes": "2027-01-01", "opens": "2026-01-01", "quotes": ("q",)}
    gone = {**window, "closes": "2026-02-01"}
    made = [
        ("a-open-likely", (SMALL, TRADING), window, ("equipment",)),
        ("b-open-eligible", (SMALL,), window, ("equipment",)),
        ("c-unknown", (SMALL,), None, ("equipment",)),
        ("d-other-purpose", (SMALL,), window, ("training",)),
        ("e-closed", (SMALL,), gone, ("equipment",)),
        ("f-ineligible", (criterion("employees", "at_most", 5),), window, ("equipment",)),
    ]
    return [
        held(scheme(*criteria, id=name, window=w, purposes=purposes), id=name, published="2026")
        for name, criteria, w, purposes in made
    ]


def test_what_fits_and_is_open_and_to_the_point_comes_first() -> None:
    found = match_schemes(profile(employees=18, need="equipment"), schemes_to_rank(), as_of=DAY)

    assert [fit.held.scheme.id for fit in found] == [
        "b-open-eligible", "a-open-likely", "c-unknown", "d-other-purpose", "e-closed", "f-ineligible",
    ]  # fmt: skip


@given(order=st.permutations(range(6)))
def test_the_order_of_schemes_does_not_matter(order: list[int]) -> None:
    schemes = schemes_to_rank()
    told = profile(employees=18, need="equipment")

    assert match_schemes(told, [schemes[n] for n in order], as_of=DAY) == match_schemes(told, schemes, as_of=DAY)
