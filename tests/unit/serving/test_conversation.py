"""A conversation on the page."""

from datetime import date

import pytest

from strategybot.serving.conversation import UNEXPECTED, Conversation, ask, parse_day
from tests.fakes_assistant import FakeAssistant

TODAY = date(2026, 11, 23)


def test_a_question_is_there_before_its_answer_which_then_grows() -> None:
    steps = list(ask(FakeAssistant(), Conversation(), "net zero", as_of=TODAY))

    counts = [len(step.replies[0].citations) if step.replies else None for step in steps]

    assert counts == [None, 1, 2]
    assert len({step.token for step in steps}) == 1


def test_a_follow_up_takes_the_conversation_along() -> None:
    assistant = FakeAssistant()
    *_, first = ask(assistant, Conversation(), "net zero", as_of=TODAY)

    *_, second = ask(assistant, first, "and grants?", as_of=TODAY)

    history = assistant.asked[-1].history
    assert [turn.role for turn in history] == ["user", "assistant"]
    assert history[1].content == first.replies[0].text
    assert second.token == first.token
    assert len(second.replies) == 2


def test_every_conversation_has_a_token_of_its_own() -> None:
    assert Conversation().token == ""
    assert Conversation().begin("a").token != Conversation().begin("a").token


def test_the_day_asked_about_reaches_the_assistant() -> None:
    assistant = FakeAssistant()

    list(ask(assistant, Conversation(), "net zero", as_of=date(2020, 5, 1)))

    assert assistant.asked[0].as_of == date(2020, 5, 1)


def test_a_missing_index_is_told_as_it_is() -> None:
    *_, last = ask(FakeAssistant(), Conversation(), "missing", as_of=TODAY)

    assert last.exchanges[0].trouble == "Nothing is indexed yet: run `strategybot ingest`"


def test_an_unexpected_fault_is_told_without_its_details(caplog: pytest.LogCaptureFixture) -> None:
    *_, last = ask(FakeAssistant(), Conversation(), "broken question", as_of=TODAY)

    assert last.exchanges[0].trouble == UNEXPECTED
    assert "secret detail" in caplog.text
    assert "broken question" not in caplog.text


def test_a_question_without_an_answer_is_not_in_the_history() -> None:
    *_, failed = ask(FakeAssistant(), Conversation(), "broken", as_of=TODAY)

    assert failed.history == ()


def test_stopping_keeps_what_was_there() -> None:
    conversation = list(ask(FakeAssistant(), Conversation(), "net zero", as_of=TODAY))[1]

    stopped = conversation.stop()

    assert stopped.exchanges[0].stopped
    assert stopped.replies == conversation.replies
    assert Conversation().stop() == Conversation()


@pytest.mark.parametrize("text", ["2022-06-30", "30/06/2022", "30 June 2022", " 30 Jun 2022 "])
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert parse_day(text, today=TODAY) == date(2022, 6, 30)


def test_no_day_means_today() -> None:
    assert parse_day("  ", today=TODAY) == TODAY


@pytest.mark.parametrize("text", ["soon", "2022-02-30", "06/30/2022"])
def test_what_is_no_day_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="not a date that I can read"):
        parse_day(text, today=TODAY)
