from datetime import date

import pytest

from strategybot.profiles.conversation import read_conversation
from strategybot.schemes import Value

TODAY = date(2026, 11, 23)


def told(*turns: str) -> dict[str, Value]:
    profile = read_conversation(turns, today=TODAY)
    return {name: known.value for name, known in profile.root.items()}


@pytest.mark.parametrize(
    ("later", "changed"),
    [
        ("make that 14 people", {"employees": 14}),
        ("make it 14", {"employees": 14}),
        ("what if we had 30?", {"employees": 30}),
        ("actually in Leeds", {"district": "Leeds"}),
        ("same firm but 30 staff", {"employees": 30}),
        ("and the turnover is £3m", {"turnover": 3e6}),
        ("sorry, £3m", {"turnover": 3e6}),
        ("we are a levy payer", {"levy_payer": True}),
    ],
)
def test_what_is_said_later_overrides_or_adds(later: str, changed: dict[str, Value]) -> None:
    first = "A bakery in Otley, turnover £2m, 12 staff"

    assert told(first, later) == {**told(first), **changed}


def test_another_business_starts_anew() -> None:
    assert told("bakery in York with 9 staff", "another business: a software firm in Leeds") == {
        "sector": "software",
        "district": "Leeds",
        "new_place": "Leeds",
    }


def test_a_fact_is_forgotten_when_asked() -> None:
    assert "turnover" not in told("bakery in York, turnover £1m", "forget the turnover")


def test_a_further_need_is_added() -> None:
    assert told("bakery in York wanting a new oven", "and we also need a van")["need"] == ("equipment", "vehicles")


def test_no_turns_tell_nothing() -> None:
    assert told() == {}


def test_small_talk_changes_nothing() -> None:
    first = "bakery in York with 9 staff"

    assert told(first, "thanks!", "ok") == told(first)
