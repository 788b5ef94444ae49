"""Kinds: lists that are asked for, how things stand now, and ranges and extents."""

import pytest

from strategybot.questions.kinds import (
    HELD,
    KINDS,
    WANTS,
    Want,
    asks_about_now,
    classify,
    find_listed,
    share_held,
    wanted_values,
)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("What are the five missions of the plan?", "missions"),
        ("Which three priority sectors does the plan name?", "sectors"),
        ("List all the big ideas", "ideas"),
        ("Name its priorities", "priorities"),
        ("What were their Goals?", "goals"),
        ("What are the aims?", "aims"),
        ("Give me the 12 actions", "actions"),
    ],
)
def test_the_noun_of_which_several_are_asked_for_is_found(text: str, noun: str) -> None:
    assert find_listed(text) == noun


@pytest.mark.parametrize(
    "text", ["What is the mission of the plan?", "How much does it pay?", "Who runs the grants?", "", "Five missions."]
)
def test_a_question_that_asks_for_no_list_has_no_such_noun(text: str) -> None:
    assert find_listed(text) is None


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("Is the fund still open?", True),
        ("Has the plan been replaced?", True),
        ("Can I still apply as a bakery with 8 staff?", True),
        ("Have the results been published?", True),
        ("What does the fund pay?", False),
        ("Can a charity apply?", False),
    ],
)
def test_whether_it_is_asked_how_something_stands_now(text: str, now: bool) -> None:
    assert asks_about_now(text) is now


def test_a_question_may_ask_who_can_apply_and_whether_it_is_open() -> None:
    text = "I run a bakery: is the fund still open?"

    assert classify(text) == "eligibility"
    assert asks_about_now(text)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("By how much did emissions fall?", "extent"),
        ("How much of the cost is covered?", "extent"),
        ("How far is it done?", "extent"),
        ("What is the grant range?", "range"),
        ("What range of loans is there?", "range"),
        ("What is the minimum and maximum?", "range"),
        ("How long does it run?", "duration"),
        ("Where is it?", "where"),
    ],
)
def test_the_sort_of_value_is_wanted(text: str, want: Want) -> None:
    assert want in wanted_values(text)


def test_an_extent_is_no_amount_of_money() -> None:
    assert wanted_values("By how much did emissions fall?") == {"extent"}
    assert "amount" in wanted_values("How much does it pay?")


@pytest.mark.parametrize(
    ("want", "held", "not_held"),
    [
        ("range", "from £10,000 to £50,000", "up to £50,000"),
        ("range", "between 5 and 25 people", "25 people and more"),
        ("extent", "by 14%", "by far"),
        ("extent", "half of the cost", "some of the cost"),
        ("amount", "£5", "5"),
        ("date", "in May", "in a while"),
        ("duration", "six years", "for ever"),
        ("where", "in Leeds", "in town"),
        ("who", "It is run by the Growth Hub.", "It is run well."),
        ("count", "seven", "many"),
        ("percentage", "a third", "a lot"),
    ],
)
def test_a_text_holds_the_sort_of_value_or_not(want: Want, held: str, not_held: str) -> None:
    assert share_held(frozenset({want}), held) == 1
    assert share_held(frozenset({want}), not_held) == 0


def test_every_value_that_can_be_wanted_can_be_held_and_every_kind_is_tried() -> None:
    assert {want for want, _ in WANTS} == HELD.keys()
    assert {kind for kind, _ in KINDS} == {"comparison", "eligibility", "status", "drafting"}
