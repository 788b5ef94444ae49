"""What the page shows of what was told, without a browser."""

from typing import Any

import gradio as gr
import pytest

from strategybot.serving.support.layout import FactField, SupportPage, lay_out_support
from strategybot.serving.support.presenter import INVITATION, UNEXPECTED, SupportPresenter
from strategybot.serving.support.told import Told
from tests.fakes_support import SITUATION, SupportAssistant

SITE = "http://pages.example"


class Desk:
    """A page and what stands in its fields; what is shown is put into them, as a browser would."""

    def __init__(self) -> None:
        with gr.Blocks():
            self.page: SupportPage = lay_out_support(2000, ("An example",))
        self.assistant = SupportAssistant()
        self.presenter = SupportPresenter(self.assistant, self.page)
        self.values: dict[Any, Any] = dict.fromkeys(self.page.inputs, "")
        self.values |= {self.page.told: Told(), self.page.with_rest: False, self.page.choice: None}
        self.shown: dict[Any, Any] = {}

    def update(self, *, more: bool = False, **typed: object) -> dict[Any, Any]:
        for name, value in typed.items():
            self.values[getattr(self.page, name)] = value
        self.shown = self.presenter.update(self.values, SITE, more=more)
        for part, update in self.shown.items():
            if part in self.values and not isinstance(update, dict):
                self.values[part] = update
            elif part in self.values and "value" in update:
                self.values[part] = update["value"]
        return self.shown

    def field(self, fact: str) -> FactField:
        told: Told = self.values[self.page.told]
        return self.page.facts[told.facts.index(fact)]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_is_told_fills_the_fields_and_the_results(desk: Desk) -> None:
    shown = desk.update(situation=SITUATION)

    page = desk.page
    assert desk.values[desk.field("employees").box] == "12 employees"
    assert "Machinery Grant" in shown[page.results]
    assert SITE in shown[page.copy]
    assert shown[page.keep]["visible"]
    assert not shown[page.examples]["visible"]
    assert "10 schemes could fit" in shown[page.note]


def test_a_field_that_holds_what_it_should_is_not_written_to(desk: Desk) -> None:
    desk.update(situation=SITUATION)

    shown = desk.update()

    assert not any("value" in shown[field.box] for field in desk.page.facts)


def test_a_flag_is_asked_for_by_a_choice_and_a_number_by_a_field(desk: Desk) -> None:
    shown = desk.update(situation=SITUATION)
    page = desk.page
    assert shown[page.choice]["choices"] == [("Yes", "yes"), ("No", "no")]
    assert not shown[page.answer]["visible"]

    shown = desk.update(choice="yes")

    assert shown[page.answer]["visible"]
    assert shown[page.answer]["label"].startswith("What share")
    assert desk.values[page.told].by_hand == {"commercial_premises": "yes"}
    shown = desk.update(answer="60")
    assert not shown[page.asking]["visible"]
    assert desk.values[page.answer] == ""


def test_an_answer_that_cannot_be_read_stays_to_be_mended(desk: Desk) -> None:
    desk.update(situation=SITUATION)
    desk.update(choice="yes")

    shown = desk.update(answer="banana")

    assert "value" not in shown[desk.page.answer]
    assert "“banana” is not a number" in shown[desk.page.note]


def test_more_cards_are_shown_on_demand_and_stay(desk: Desk) -> None:
    shown = desk.update(situation=SITUATION)
    assert shown[desk.page.more]["visible"]

    assert not desk.update(more=True)[desk.page.more]["visible"]
    assert desk.update()[desk.page.results].count("<article") == 10


def test_the_rest_is_shown_on_demand(desk: Desk) -> None:
    assert "<article" not in desk.update(situation=SITUATION)[desk.page.rest]
    assert desk.update(with_rest=True)[desk.page.rest].count("<article") == 4


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"situation": "broken"}, UNEXPECTED),
        ({"situation": "unindexed"}, "Nothing is indexed yet"),
        ({"situation": "firm", "as_of": "soon"}, "“soon” is not a date that I can read"),
    ],
)
def test_trouble_changes_nothing_but_the_note(desk: Desk, typed: dict[str, str], told: str) -> None:
    desk.values |= {getattr(desk.page, name): value for name, value in typed.items()}

    shown = desk.update()

    assert set(shown) == {desk.page.note}
    assert told in shown[desk.page.note]
    assert "secret" not in shown[desk.page.note]


def test_seeking_support_with_nothing_told_says_what_to_do(desk: Desk) -> None:
    assert INVITATION in desk.presenter.invite(desk.update())[desk.page.note]

    shown = desk.update(situation=SITUATION)
    assert desk.presenter.invite(shown) == shown
    broken = desk.update(situation="broken")
    assert desk.presenter.invite(broken) == broken


def test_the_day_asked_about_is_passed_on(desk: Desk) -> None:
    desk.update(situation=SITUATION, as_of="30 June 2022")

    assert desk.assistant.situations[-1].as_of.isoformat() == "2022-06-30"


def test_starting_again_empties_all(desk: Desk) -> None:
    desk.update(situation=SITUATION)

    shown = desk.presenter.begin_anew()

    page = desk.page
    assert shown[page.told] == Told()
    assert shown[page.situation] == ""
    assert all(shown[field.box]["value"] == "" for field in page.facts)
    assert shown[page.examples]["visible"]
    assert set(shown) == set(page.components)
