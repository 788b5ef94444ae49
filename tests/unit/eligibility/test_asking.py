"""The question asked is the one that settles most."""

from datetime import date

import pytest

from strategybot.eligibility.asking import _gain, find_question
from strategybot.eligibility.matching import match_schemes
from tests.builders.schemes import criterion, held, profile, scheme

DAY = date(2026, 11, 25)
SMALL = criterion("employees", "at_most", 100)
TRADING = criterion("months_trading", "at_least", 12)
LEVY = criterion("levy_payer", "is", False)


def test_the_fact_that_most_schemes_wait_for_is_asked_for() -> None:
    schemes = [held(scheme(SMALL, id="one")), held(scheme(SMALL, TRADING, id="two")), held(scheme(LEVY, id="three"))]

    asking = find_question(match_schemes(profile(), schemes, as_of=DAY))

    assert asking is not None
    assert (asking.fact, asking.text) == ("employees", "How many people does the business employ?")


def test_nothing_is_asked_about_schemes_that_do_not_fit() -> None:
    schemes = [held(scheme(SMALL, TRADING, id="one")), held(scheme(LEVY, id="two"))]

    asking = find_question(match_schemes(profile(employees=180), schemes, as_of=DAY))

    assert asking is not None
    assert asking.fact == "levy_payer"


def test_nothing_is_asked_when_all_is_known() -> None:
    assert find_question(match_schemes(profile(employees=1), [held(scheme(SMALL))], as_of=DAY)) is None


@pytest.mark.parametrize(("unknown", "decided", "gain"), [(1, 1, 1.0), (2, 1, 0.3113), (2, 2, 0.8113)])
def test_the_gain_is_the_information_in_bits(unknown: int, decided: int, gain: float) -> None:
    assert _gain(unknown, decided) == pytest.approx(gain, abs=1e-4)
