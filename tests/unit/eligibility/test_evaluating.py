"""A criterion has three values; unknown never counts as met, and learning more never mends a failed one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.eligibility.deriving import derive
from strategybot.eligibility.evaluating import all_met, evaluate
from strategybot.schema import Outcome
from strategybot.schemes import Criterion, Known, Profile
from tests.builders.schemes import between, criterion, know, profile

WEST_YORKSHIRE = ("Bradford", "Calderdale", "Kirklees", "Leeds", "Wakefield")
MADE = ("manufacturing", "digital-creative")

TABLE: list[tuple[Criterion, Profile, Outcome]] = [
    # A number at most, at least, above, below: the boundary, one beside it, an interval over it, nothing.
    (criterion("employees", "at_most", 49), profile(employees=49), "met"),
    (criterion("employees", "at_most", 49), profile(employees=50), "not_met"),
    (criterion("employees", "at_most", 49), profile(employees=between(45, 55)), "unknown"),
    (criterion("employees", "at_most", 49), profile(employees=between(50, None)), "not_met"),
    (criterion("employees", "at_most", 49), profile(employees=between(None, 49)), "met"),
    (criterion("employees", "at_most", 49), profile(), "unknown"),
    (criterion("employees", "below", 50), profile(employees=49), "met"),
    (criterion("employees", "below", 50), profile(employees=50), "not_met"),
    (criterion("employees", "below", 250), profile(employees=250), "not_met"),
    (criterion("employees", "at_most", 250), profile(employees=250), "met"),
    (criterion("employees", "at_least", 5), profile(employees=5), "met"),
    (criterion("employees", "at_least", 5), profile(employees=4), "not_met"),
    (criterion("employees", "above", 5), profile(employees=5), "not_met"),
    (criterion("employees", "above", 5), profile(employees=6), "met"),
    # Money, exactly at the limit.
    (criterion("project_cost", "at_least", 50000), profile(project_cost=50000), "met"),
    (criterion("project_cost", "at_least", 50000), profile(project_cost=49999.99), "not_met"),
    (criterion("rateable_value", "below", 51000), profile(rateable_value=51000), "not_met"),
    (criterion("rateable_value", "at_most", 12000), profile(rateable_value=12000), "met"),
    # Euros: decided only where it holds at any rate there has been.
    (criterion("turnover", "at_most", 50_000_000, currency="EUR"), profile(turnover=30_000_000), "met"),
    (criterion("turnover", "at_most", 50_000_000, currency="EUR"), profile(turnover=42_000_000), "unknown"),
    (criterion("turnover", "at_most", 50_000_000, currency="EUR"), profile(turnover=51_000_000), "not_met"),
    (criterion("turnover", "at_least", 50_000_000, currency="EUR"), profile(turnover=51_000_000), "met"),
    (criterion("turnover", "at_least", 50_000_000, currency="EUR"), profile(turnover=30_000_000), "not_met"),
    # Times: "3 years" is 36 to 47 months.
    (criterion("months_trading", "at_least", 12), profile(months_trading=12), "met"),
    (criterion("months_trading", "at_least", 12), profile(months_trading=11), "not_met"),
    (criterion("months_trading", "at_most", 36), profile(months_trading=between(36, 47)), "unknown"),
    (criterion("months_trading", "below", 36), profile(months_trading=between(36, 47)), "not_met"),
    (criterion("months_trading", "at_most", 36), profile(months_trading=between(48, 59)), "not_met"),
    # Shares.
    (criterion("b2b_share", "above", 50), profile(b2b_share=50), "not_met"),
    (criterion("b2b_share", "above", 50), profile(b2b_share=between(50.01, 100)), "met"),
    (criterion("export_share", "at_least", 20), profile(export_share=20), "met"),
    # Places: within, outside, too coarse; an area is read by the day of the document.
    (criterion("district", "is", WEST_YORKSHIRE), profile(district="Leeds"), "met"),
    (criterion("district", "is", WEST_YORKSHIRE), profile(district="West Yorkshire"), "met"),
    (criterion("district", "is", WEST_YORKSHIRE), profile(district="Barnsley"), "not_met"),
    (criterion("district", "is", WEST_YORKSHIRE), profile(district="Yorkshire"), "unknown"),
    (criterion("district", "is", ("UK",)), profile(district="Scotland"), "met"),
    (criterion("district", "is_not", ("London",)), profile(district="Leeds"), "met"),
    (criterion("district", "is", ("Leeds",)), profile(district=("Leeds", "Bradford")), "unknown"),
    # Sectors: a leaf of a group, a group that holds the leaf, another.
    (criterion("sector", "is", MADE), profile(sector="food-manufacturing"), "met"),
    (criterion("sector", "is", MADE), profile(sector="cafe-restaurant"), "not_met"),
    (criterion("sector", "is", ("steel",)), profile(sector="manufacturing"), "unknown"),
    (criterion("sector", "is_not", ("steel",)), profile(sector="steel"), "not_met"),
    (criterion("sector", "is_not", ("retail",)), profile(sector="accountancy"), "met"),
    (criterion("sector", "is", MADE), profile(sector="no such trade"), "unknown"),
    # Needs.
    (criterion("need", "is", ("capital",)), profile(need="equipment"), "met"),
    (criterion("need", "is", ("capital",)), profile(need="training"), "not_met"),
    # Flags and choices.
    (criterion("levy_payer", "is", False), profile(levy_payer=False), "met"),
    (criterion("levy_payer", "is", False), profile(levy_payer=True), "not_met"),
    (criterion("levy_payer", "is", False), profile(), "unknown"),
    (criterion("group", "is_not", True), profile(group=True), "not_met"),
    (criterion("legal_form", "is", ("company", "charity")), profile(legal_form="charity"), "met"),
    (criterion("legal_form", "is", ("company",)), profile(legal_form="sole-trader"), "not_met"),
    (criterion("legal_form", "is_not", ("charity",)), profile(legal_form="company"), "met"),
    # Dates: the day itself, a month that holds the limit.
    (criterion("apprentice_start", "at_least", "2026-08"), profile(apprentice_start="2026-08-01"), "met"),
    (criterion("apprentice_start", "at_least", "2026-08"), profile(apprentice_start="2026-07-31"), "not_met"),
    (criterion("apprentice_start", "below", "2026-08"), profile(apprentice_start="2026"), "unknown"),
    (criterion("apprentice_start", "at_most", "2026-08"), profile(apprentice_start="2026-08-31"), "met"),
    (criterion("apprentice_start", "above", "2026-08"), profile(apprentice_start="2026-09"), "met"),
    # A fact that only the criterion knows.
    (criterion("shoe_size", "at_least", 42, question="Which size?"), profile(shoe_size=43), "met"),
    (criterion("likes_tea", "is", True, question="Tea?"), profile(likes_tea=False), "not_met"),
    # Prose decides nothing.
    (Criterion(quote="The project must be good."), profile(employees=3), "unknown"),
]


@pytest.mark.parametrize(("one", "told", "outcome"), TABLE)
def test_a_criterion_is_decided_by_its_fact(one: Criterion, told: Profile, outcome: Outcome) -> None:
    assert evaluate(one, told) == outcome


LOW, HIGH = criterion("employees", "at_most", 10), criterion("turnover", "at_most", 1000)


@pytest.mark.parametrize(
    ("told", "of_any", "of_all"),
    [
        (profile(employees=5, turnover=500), "met", "met"),
        (profile(employees=5, turnover=5000), "met", "not_met"),
        (profile(employees=50, turnover=5000), "not_met", "not_met"),
        (profile(employees=5), "met", "unknown"),
        (profile(employees=50), "unknown", "not_met"),
        (profile(), "unknown", "unknown"),
    ],
)
def test_any_and_all_have_three_values(told: Profile, of_any: Outcome, of_all: Outcome) -> None:
    assert evaluate(Criterion(any=(LOW, HIGH), quote="q"), told) == of_any
    assert evaluate(Criterion(all=(LOW, HIGH), quote="q"), told) == of_all
    assert all_met((LOW, HIGH), told) == of_all


def test_where_exceptions_are_allowed_failing_is_no_certain_refusal() -> None:
    lenient = criterion("employees", "at_most", 10, exceptions=True)

    assert evaluate(lenient, profile(employees=11)) == "unknown"
    assert evaluate(lenient, profile(employees=10)) == "met"


def test_a_proposed_criterion_decides_nothing() -> None:
    assert evaluate(criterion("employees", "at_most", 10, proposed=True), profile(employees=11)) == "unknown"


@pytest.mark.parametrize(("certainty", "sector", "outcome"), [
    (0.74, "cafe-restaurant", "unknown"), (0.75, "cafe-restaurant", "not_met"),
    (0.49, "software", "unknown"), (0.5, "software", "met"),
])  # fmt: skip
def test_a_guess_must_be_surer_to_rule_out_than_to_count(certainty: float, sector: str, outcome: Outcome) -> None:
    told = profile(sector=know(sector, certainty=certainty))

    assert evaluate(criterion("sector", "is", ("digital",)), told) == outcome


@pytest.mark.parametrize(
    ("day", "district", "outcome"),
    [
        (date(2019, 6, 1), "Harrogate", "met"),
        (date(2019, 6, 1), "Barnsley", "unknown"),
        (date(2021, 6, 1), "Harrogate", "unknown"),
        (date(2021, 6, 1), "Barnsley", "not_met"),
        (date(2021, 6, 1), "Leeds", "met"),
        (None, "Leeds", "met"),
        (None, "York", "unknown"),
        (None, "Sheffield", "not_met"),
    ],
)
def test_leeds_city_region_is_what_it_was_on_the_day(day: date | None, district: str, outcome: Outcome) -> None:
    assert evaluate(criterion("district", "is", ("Leeds City Region",)), profile(district=district), on=day) == outcome


NUMBERS = st.integers(0, 400)
OPERATORS = st.sampled_from(["at_most", "at_least", "above", "below"])


@given(operator=OPERATORS, limit=NUMBERS, bounds=st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS).map(sorted))
def test_to_know_a_number_better_never_reverses_an_outcome(operator: str, limit: int, bounds: list[int]) -> None:
    one = criterion("employees", operator, limit)
    vague = evaluate(one, profile(employees=between(bounds[0], bounds[3])))

    exact = evaluate(one, profile(employees=between(bounds[1], bounds[2])))

    assert vague in ("unknown", exact)


SIMPLE = st.sampled_from([
    criterion("employees", "at_most", 49), criterion("turnover", "at_least", 1000),
    criterion("levy_payer", "is", False), criterion("district", "is", WEST_YORKSHIRE),
    criterion("sector", "is_not", ("retail",)),
    Criterion(quote="Prose."), criterion("sme", "is", True), criterion("tenant", "is", False),
    criterion("owns_property", "is", True), criterion("refused_before", "is", False),
    criterion("apprentices_before", "is", False), criterion("apprentices_ever", "is", False),
    criterion("apprentice", "is", True), criterion("export_share", "at_least", 20),
    criterion("export_share_each", "at_least", 5), criterion("single_property", "is", True),
    criterion("legal_form", "is_not", ("public-body",)),
])  # fmt: skip
CRITERIA = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda c: Criterion(any=tuple(c), quote="q")),
        st.lists(inner, min_size=1, max_size=3).map(lambda c: Criterion(all=tuple(c), quote="q")),
    ),
    max_leaves=6,
)
FACTS: dict[str, st.SearchStrategy[Known]] = {
    "employees": st.integers(0, 300).map(know),
    "turnover": st.sampled_from([0, 999, 1000, 60_000_000]).map(know),
    "levy_payer": st.booleans().map(know),
    "district": st.sampled_from(["Leeds", "York", "Yorkshire", "London"]).map(know),
    "sector": st.sampled_from(["shop", "software", "retail", "public-sector"]).map(know),
    "lease_years": st.integers(0, 9).map(know),
    "months_since_refusal": st.integers(0, 9).map(know),
    "apprentices_ever": st.just(know(False)),
    "apprentices": st.integers(0, 3).map(know),
    "export_share_each": st.integers(0, 19).map(know),
    "other_rateable_value": st.sampled_from([1000, 9000]).map(know),
}
PROFILES = st.fixed_dictionaries({}, optional=FACTS).map(Profile)


@given(one=CRITERIA, told=PROFILES, more=PROFILES)
def test_to_learn_more_never_turns_not_met_into_met(one: Criterion, told: Profile, more: Profile) -> None:
    before = evaluate(one, derive(told))

    after = evaluate(one, derive(more.updated(told)))

    assert before in ("unknown", after)


@given(criteria=st.lists(CRITERIA, max_size=4), told=PROFILES, data=st.data())
def test_the_order_of_criteria_does_not_matter(criteria: list[Criterion], told: Profile, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(criteria))

    assert all_met(criteria, told) == all_met(shuffled, told)


@given(one=CRITERIA)
def test_what_nothing_is_known_of_is_never_met(one: Criterion) -> None:
    assert evaluate(one, Profile()) == "unknown"
