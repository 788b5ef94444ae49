from datetime import date

import pytest

from strategybot.profiles.reading import read_profile
from strategybot.profiles.trades import find_sector

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a food manufacturer", "food-manufacturing"),
        ("we make steel castings", "steel"),
        ("a textile mill", "textiles-manufacturing"),
        ("18-person engineering firm", "engineering"),
        ("manufacturer in Kirklees", "manufacturing"),
        ("a manufacturer of pumps", "machinery-engineering"),
        ("plastic packaging maker", "chemicals-manufacturing"),
        ("software for hotels", "software"),
        ("we make sauces for supermarkets", "food-manufacturing"),
        ("I make websites for businesses", "software"),
        ("i run a small gift shop", "shop"),
        ("a farm shop", "farm-shop"),
        ("We're a farm", "farming"),
        ("Sole trader joiner", "construction"),
        ("our Leeds showroom", "retail"),
        ("a medtech scale-up", "medtech"),
        ("I am a B&B", "hotel"),
        ("I own a café", "cafe-restaurant"),
        ("cafes", "cafe-restaurant"),
        ("an accountancy practice", "accountancy"),
        ("a games studio", "games"),
        ("food and drink business", "food-drink"),
        ("a brewery and taproom", ("food-manufacturing", "pub")),
        ("our charity runs a community cafe", "cafe-restaurant"),
        ("a charity in Leeds", "third-sector"),
        ("I want to open a bakery", "food-manufacturing"),
    ],
)
def test_the_sector_is_the_most_specific_that_the_words_name(text: str, value: str | tuple[str, ...]) -> None:
    known = read_profile(text, today=TODAY).get("sector")

    assert known is not None
    assert known.value == value


@pytest.mark.parametrize(
    "text",
    [
        "we sell to supermarkets",
        "need a new packing machine",
        "the Manufacturing Growth Programme",
        "want to hire a web designer",
        "Hebden Bridge",
        "the healthtech accelerator",
    ],
)
def test_customers_purchases_and_scheme_names_are_no_sector(text: str) -> None:
    assert read_profile(text, today=TODAY).get("sector") is None


def test_a_trade_that_is_only_mentioned_is_less_than_certain() -> None:
    known = read_profile("is there money for a gym", today=TODAY).get("sector")

    assert known is not None
    assert known.certainty < 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("café", "cafe-restaurant"),
        ("software", "software"),
        ("software and IT services", "software"),
        ("sauces", "food-manufacturing"),
        ("manufacturing", "manufacturing"),
        ("zzz", None),
    ],
)
def test_a_whole_text_is_found_as_a_sector(text: str, name: str | None) -> None:
    assert find_sector(text) == name
