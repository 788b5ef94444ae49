"""What was told, field by field: edits, what is taken away, what cannot be read."""

from collections.abc import Mapping
from datetime import date

import pytest

from strategybot.errors import ConfigurationError
from strategybot.schema import Matching, Situation
from strategybot.schemes import Known, Profile
from strategybot.serving.support.taking import Wording, take
from strategybot.serving.support.told import MAIN, SPARE, Chip, Told, chips_of
from tests.fakes_support import SITUATION, SupportAssistant, match_situation

TODAY = date(2026, 11, 25)


def tell(told: Told, edits: Mapping[str, str] | None = None, text: str = SITUATION) -> Told:
    return take(SupportAssistant(()), told, edits or {}, Wording(text, TODAY))


def chip(told: Told, fact: str) -> Chip:
    return list(chips_of(told))[told.facts.index(fact)]


def boxes(told: Told, **typed: str) -> list[str]:
    return [typed.get(fact or "", text) for fact, text in zip(told.facts, told.shown, strict=True)]


def test_what_was_read_fills_the_fields_with_the_words_it_came_from() -> None:
    told = tell(Told())

    assert chip(told, "employees") == Chip("Employees", "12 employees", "from “12-person”")
    assert chip(told, "sector").guessed
    assert chip(told, "sector").info == "Guessed from “food manufacturer”: is it right?"
    assert [c.shown for c in chips_of(told)] == [True] * len(MAIN) + [False] * SPARE


def test_only_what_differs_from_what_was_put_in_was_typed() -> None:
    told = tell(Told())

    assert told.typed(boxes(told)) == {}
    assert told.typed(boxes(told, employees=" 14 ", sector="")) == {"employees": "14", "sector": ""}


def test_a_fact_set_by_hand_comes_before_the_words() -> None:
    told = tell(tell(Told()), {"employees": "14"})

    assert chip(told, "employees") == Chip("Employees", "14 employees", "set by you")
    assert chip(tell(told), "employees").text == "14 employees"


def test_a_fact_stays_away_as_long_as_its_words_stand_there() -> None:
    told = tell(tell(Told()), {"employees": ""})
    assert chip(told, "employees") == Chip("Employees", "", "taken away by you")

    assert chip(tell(told, text=f"{SITUATION}, and I am 40"), "employees").text == ""
    assert chip(tell(told, text="30 staff in Leeds"), "employees").text == "30 employees"


def test_a_fact_set_by_hand_can_be_taken_away_too() -> None:
    told = tell(tell(tell(Told()), {"employees": "14"}), {"employees": ""})

    assert chip(told, "employees").text == ""
    assert chip(tell(told), "employees").text == ""
    assert tell(told, text="30 staff").profile.root["employees"].value == 30


def test_taking_away_all_that_was_set_by_hand_leaves_nothing_told() -> None:
    told = tell(tell(Told(), {"employees": "14"}, text=""), {"employees": ""}, text="")

    assert told.by_hand == {}
    assert told.matching is None


def test_other_facts_get_a_spare_field_and_keep_it() -> None:
    told = tell(Told(), {"b2b_share": "60"}, text=f"{SITUATION}, I am 40")
    assert set(told.spare) - {None} == {"applicant_age", "b2b_share"}
    place = told.facts.index("b2b_share")

    told = tell(told)

    assert told.facts.index("b2b_share") == place
    assert "applicant_age" not in told.facts


def test_what_has_no_field_left_is_still_told() -> None:
    known = Known(value=True, text="yes", said="yes")
    profile = Profile({f"fact_{n}": known for n in range(SPARE + 2)})
    matching = Matching(as_of=TODAY, index="fake", profile=profile, matches=())

    told = Told().fill(matching)

    assert told.without_field == (("Fact 20", known), ("Fact 21", known))


def test_a_value_that_cannot_be_read_is_left_out_and_the_others_count() -> None:
    told = tell(tell(Told()), {"employees": "a few", "turnover": "3000000"})

    assert chip(told, "employees").wrong
    assert chip(told, "employees").info.startswith("“a few” is not a number")
    assert chip(told, "turnover").text == "£3,000,000"
    assert told.profile.root["employees"].value == 12
    assert told.typed(boxes(told, employees="a few")) == {"employees": "a few"}


def test_what_the_server_forgot_is_not_taken_for_set_by_hand() -> None:
    shown = tell(Told())

    told = tell(Told(), Told().typed(boxes(shown, employees="14")))

    assert told.by_hand == {"employees": "14"}
    assert chip(told, "sector").guessed


def test_words_that_cannot_be_read_are_no_fault_of_the_fields() -> None:
    class Refusing(SupportAssistant):
        def match(self, situation: Situation) -> Matching:
            if situation.text:
                message = "the text is too long"
                raise ConfigurationError(message)
            return match_situation(situation)

    with pytest.raises(ConfigurationError, match="too long"):
        take(Refusing(()), Told(), {"employees": "14"}, Wording("much", TODAY))
    with pytest.raises(ConfigurationError, match="too long"):
        take(Refusing(()), Told(), {}, Wording("much", TODAY))


def test_nothing_told_asks_nothing_of_the_assistant() -> None:
    assistant = SupportAssistant(())

    told = take(assistant, Told(), {}, Wording("  ", TODAY))

    assert told.matching is None
    assert assistant.situations == []
