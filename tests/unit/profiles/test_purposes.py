from datetime import date

import pytest

from strategybot.profiles.purposes import find_need
from strategybot.profiles.reading import read_profile

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("want a new packing machine", "equipment"),
        ("to buy a van for our shop", "vehicles"),
        ("wanting solar", "renewables"),
        ("we need a new website", "digital"),
        ("I want to train my staff in welding", "training"),
        ("leadership training for managers", "management-training"),
        ("taking on an apprentice", "apprenticeship"),
        ("wants 6 chargers in a car park", "ev-charging"),
        ("wants a heat pump to heat its ovens", "heating"),
        ("to pay for a laptop", "digital"),
        ("we want to start exporting", "export"),
        ("need a loan to grow", "growth-finance"),
        ("help with business rates", "business-rates"),
        ("help with cash flow", "working-capital"),
        ("£30k for a conference about innovation", "events"),
        ("a £2,000 adapted workstation", "disability-support"),
        ("£40k lab kit for a new product", ("equipment", "innovation")),
        ("I want to start a business", "start-up"),
        ("hit by covid", "covid"),
        ("a loan for a new oven", "equipment"),
        ("fridges £12k", "equipment"),
        ("the Boiler Upgrade Scheme", "heating"),
    ],
)
def test_the_need_is_read(text: str, value: str | tuple[str, ...]) -> None:
    known = read_profile(text, today=TODAY).get("need")

    assert known is not None
    assert known.value == value


@pytest.mark.parametrize(
    "text",
    [
        "a software company in Leeds",
        "a solar installer in York",
        "a firm with a fleet of 40 vans",
        "a shop in Hebden Bridge",
        "45 staff, turnover £2m, 25% exported",
        "the 2022 Business Growth Fund",
    ],
)
def test_what_a_business_is_or_has_is_no_need(text: str) -> None:
    assert read_profile(text, today=TODAY).get("need") is None


def test_a_need_read_from_the_name_of_a_scheme_is_less_than_certain() -> None:
    known = read_profile("can we use the Workplace Charging Scheme?", today=TODAY).get("need")

    assert known is not None
    assert known.value == "ev-charging"
    assert known.certainty < 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("packing machine", "equipment"),
        ("energy efficiency", "energy"),
        ("net-zero", "net-zero"),
        ("a van and a website", ("vehicles", "digital")),
        ("joy", None),
    ],
)
def test_a_whole_text_is_found_as_needs(text: str, names: str | tuple[str, ...] | None) -> None:
    assert find_need(text) == names
