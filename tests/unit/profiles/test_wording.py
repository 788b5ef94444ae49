import pytest

from strategybot.eligibility.facts import load_facts
from strategybot.profiles.wording import describe, say_money
from strategybot.schemes import Value


@pytest.mark.parametrize(
    ("fact", "value", "low", "high", "text"),
    [
        ("employees", 12, 12, 12, "12 employees"),
        ("employees", 1, 1, 1, "1 employee"),
        ("employees", 0, 0, 0, "no employees"),
        ("employees", 20, 20, 30, "20 to 30 employees"),
        ("employees", 10, 0, 9, "at most 9 employees"),
        ("employees", 100, 101, None, "at least 101 employees"),
        ("turnover", 2e6, 2e6, 2e6, "turnover £2 million"),
        ("turnover", 320_000, 320_000, 320_000, "turnover £320,000"),
        ("project_cost", 120_000, 120_000, 120_000, "project cost £120,000"),
        ("amount_wanted", 30_000, 30_000, 30_000, "wants £30,000"),
        ("months_trading", 36, 36, 47, "trading 3 years"),
        ("months_trading", 5, 5, 5, "trading 5 months"),
        ("months_trading", 12, 0, 11, "trading at most 11 months"),
        ("months_trading", 0, 0, 0, "not trading yet"),
        ("b2b_share", 75, 50.01, 100, "sells mostly to businesses"),
        ("b2b_share", 25, 0, 49.99, "sells mostly to the public"),
        ("b2b_share", 80, 80, 80, "80% of sales to businesses"),
        ("levy_payer", False, None, None, "not a levy payer"),
        ("legal_form", "sole-trader", None, None, "sole trader"),
        ("sector", "food-manufacturing", None, None, "food and drink manufacturing"),
        ("need", ("equipment", "training"), None, None, "machinery and equipment and staff training"),
        ("apprentice_start", "2026-10", None, None, "apprenticeship from October 2026"),
        ("apprentice_age", 23, 23, 23, "apprentice aged 23"),
        ("shelf_height", 2.5, 2.5, 2.5, "shelf height: 2.5"),
    ],
)
def test_a_chip_says_what_was_understood(fact: str, value: Value, low: float, high: float, text: str) -> None:
    assert describe(fact, value, low, high) == text


def test_a_place_is_named_with_its_district() -> None:
    assert describe("district", "Wakefield", called="Ossett") == "Ossett, in Wakefield"
    assert describe("district", "Wakefield", called="Wakefield") == "Wakefield"
    assert describe("new_place", "Leeds", called="Otley") == "moving to or opening in Otley, in Leeds"


@pytest.mark.parametrize(
    ("pounds", "text"),
    [(2e6, "£2 million"), (1.25e6, "£1.25 million"), (1_234_567, "£1,234,567"), (11_500.5, "£11,500.50")],
)
def test_money_is_said_as_people_read_it(pounds: float, text: str) -> None:
    assert say_money(pounds) == text


@pytest.mark.parametrize("fact", list(load_facts()))
def test_every_fact_has_words_for_whatever_is_known_of_it(fact: str) -> None:
    known = load_facts()[fact]
    values: dict[str, list[Value]] = {"flag": [True, False], "choice": list(known.values), "date": ["2026"]}

    texts = [describe(fact, value) for value in values.get(known.kind, [])]

    assert len(set(texts)) == len(texts)
    assert not any(text.startswith(known.label) for text in texts)
