import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.profiles.conversation import read_conversation
from strategybot.profiles.reading import is_situation, read_profile
from strategybot.schemes import Known, Profile

TODAY = date(2026, 11, 23)
SITUATIONS = [json.loads(line) for line in Path(__file__).with_name("situations.jsonl").read_text("utf-8").splitlines()]
LEAST_RIGHT = 0.97
TOLERANCE = 1
Expected = bool | float | str | list[str] | list[float]
WORDS = (
    "we are a 12-person bakery in Otley wanting £120k - 3 years ago , . ? no not levy apprentice aged 23 £2m turnover "
    "80% B2B since 2019 over under İ Ⅷ ½ WF5 moving to from Leeds the Fund scheme £ % 1,000 31 February 2026 -5 ’ “"
)
PIECES = st.lists(st.sampled_from(WORDS.split()), max_size=30).map(" ".join)
TEXTS = st.one_of(st.text(max_size=300), PIECES)


def is_right(expected: Expected, known: Known | None) -> bool:
    """Tell whether a fact was read as labelled: a value, names, or the bounds of a number."""
    if known is None:
        return False
    if isinstance(expected, list) and not isinstance(expected[0], str):
        low, high = (None if each is None else float(each) for each in expected)
        bounds = known.high is None if high is None else known.high is not None and abs(known.high - high) <= TOLERANCE
        return bounds and known.low is not None and low is not None and abs(known.low - low) <= TOLERANCE
    if isinstance(expected, list):
        return known.value == tuple(expected)
    return known.value == expected and isinstance(known.value, bool) == isinstance(expected, bool)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "12-person food manufacturer in Ossett, turnover £2m, want a £120k packing line, started 3 years ago",
            {"employees", "sector", "district", "new_place", "turnover", "project_cost", "plant_machinery", "need",
             "months_trading"},
        ),
        ("started 2 years ago", {"months_trading"}),
        ("bakery, started in 2019", {"sector", "months_trading"}),
        ("we bought the machine last week", {"already_spent", "need"}),
    ],
)  # fmt: skip
def test_nothing_is_read_that_is_not_told(text: str, facts: set[str]) -> None:
    assert set(read_profile(text, today=TODAY)) == facts


def test_labelled_situations_are_read_right() -> None:
    checked = [
        (row["text"], fact, is_right(expected, read_profile(row["text"], today=TODAY).get(fact)))
        for row in SITUATIONS
        for fact, expected in row["facts"].items()
    ]

    assert sum(right for *_, right in checked) / len(checked) >= LEAST_RIGHT, [row for row in checked if not row[2]]


@given(TEXTS)
def test_any_text_is_read_and_what_was_said_is_in_it(text: str) -> None:
    profile = read_profile(text, today=TODAY)

    assert profile == read_profile(text, today=TODAY)
    for known in profile.root.values():
        assert known.said
        assert known.said in text
        assert known.low is None or known.high is None or known.low <= known.high


@given(st.lists(TEXTS, max_size=4))
def test_any_conversation_is_read(turns: list[str]) -> None:
    assert read_conversation(turns, today=TODAY) == read_conversation(turns, today=TODAY)


def test_a_profile_survives_json() -> None:
    profile = read_profile(SITUATIONS[0]["text"], today=TODAY)

    assert Profile.model_validate_json(profile.model_dump_json()) == profile


def test_facts_stand_in_the_order_in_which_they_are_told() -> None:
    profile = read_profile("turnover £2m, 12 staff, bakery in Otley", today=TODAY)

    assert list(profile) == ["turnover", "employees", "sector", "district", "new_place"]


def test_a_text_of_five_hundred_characters_is_read_quickly() -> None:
    text = " ".join(row["text"] for row in SITUATIONS)[:500]
    read_profile(text, today=TODAY)

    start = time.perf_counter()
    read_profile(text, today=TODAY)

    assert time.perf_counter() - start < 0.1


@pytest.mark.parametrize(
    "text",
    [
        "I run a 12-person food manufacturer in Wakefield, what can I get?",
        "sole trader joiner in Keighley buying a CNC machine",
        "Can a company with 180 staff apply to the Business Growth Fund?",
        "we're a farm near York wanting solar",
        "Can I use the fund to pay for a laptop I bought last week?",
    ],
)
def test_a_situation_is_told_from_a_question(text: str) -> None:
    assert is_situation(read_profile(text, today=TODAY), text)


@pytest.mark.parametrize(
    "text",
    [
        "Is the Business Growth Fund still open?",
        "what is the maximum number of employees",
        "How many businesses are there in Leeds?",
        "Draft a reply to a bakery in Leeds with 12 staff that asks for a grant",
        "we pay the apprenticeship levy. what three things change in August 2026?",
        "what's the weather in leeds tomorrow",
        "Adult Education Budget is £63m or £65m?",
        "",
    ],
)
def test_a_question_about_documents_is_no_situation(text: str) -> None:
    assert not is_situation(read_profile(text, today=TODAY), text)
