"""Aspects: what a sentence speaks of."""

import pytest

from strategybot.answering.aspects import OF_KIND, PATTERNS, find_aspects


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("The fund pays between £10,000 and £50,000.", "amount"),
        ("The grant covers up to 20% of the cost.", "rate"),
        ("The grant covers a quarter, 25 per cent, of the cost.", "rate"),
        ("Firms with fewer than 250 employees can apply.", "size"),
        ("Firms with a turnover of £2 million may join.", "size"),
        ("Retailers cannot apply.", "exclusion"),
        ("Farms are not covered.", "exclusion"),
        ("Firms must be based in Leeds.", "place"),
        ("The scheme closed last spring.", "change"),
    ],
)
def test_an_aspect_is_found_where_a_sentence_speaks_of_it(text: str, aspect: str) -> None:
    assert aspect in find_aspects(text)


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("The region's economy is worth more than before.", "amount"),
        ("Emissions fell, as 14% of firms said.", "rate"),
        ("The plan has more trees than before.", "size"),
        ("Retailers can apply.", "exclusion"),
        ("Firms must be based in towns.", "place"),
        ("The region is green.", "change"),
    ],
)
def test_an_aspect_is_not_found_where_a_sentence_does_not_speak_of_it(text: str, aspect: str) -> None:
    assert aspect not in find_aspects(text)


def test_a_sentence_may_have_several_aspects_or_none() -> None:
    assert find_aspects("The fund pays grants of £5,000 at up to 20% of cost.") == {"amount", "rate"}
    assert find_aspects("") == frozenset()


def test_every_aspect_that_a_kind_needs_can_be_found() -> None:
    assert {name for names in OF_KIND.values() for name in names} <= PATTERNS.keys()
