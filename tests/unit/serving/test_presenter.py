"""What the chat page shows when an answer is stopped, without a browser."""

from typing import Any

import gradio as gr
import pytest

from strategybot.serving.conversation import Conversation
from strategybot.serving.export import Shelf
from strategybot.serving.layout import Page, lay_out_page
from strategybot.serving.presenter import Presenter
from tests.fakes_assistant import FakeAssistant

QUESTION = "What is the net zero target?"


@pytest.fixture
def page() -> Page:
    with gr.Blocks():
        return lay_out_page(2000, ())


def is_running(page: Page, updates: dict[Any, Any]) -> bool:
    return 'class="answer running"' in updates[page.chat][-1]["content"]


def test_an_answer_runs_until_it_is_whole(page: Page) -> None:
    presenter = Presenter(FakeAssistant(), page, Shelf())

    shown = list(presenter.answer(QUESTION, "", Conversation(), ""))

    assert [is_running(page, updates) for updates in shown] == [True, True, True, False]


def test_what_was_stopped_does_not_run_again_however_late_it_is_cancelled(page: Page) -> None:
    presenter = Presenter(FakeAssistant(), page, Shelf())
    running = presenter.answer(QUESTION, "", Conversation(), "")
    next(running)
    conversation = next(running)[page.conversation]

    stopped = presenter.stop(conversation, "")

    assert not is_running(page, stopped)
    assert [set(updates) for updates in running] == [{page.note}]


def test_the_next_question_after_a_stop_is_answered(page: Page) -> None:
    presenter = Presenter(FakeAssistant(), page, Shelf())
    running = presenter.answer(QUESTION, "", Conversation(), "")
    stopped = presenter.stop(next(running)[page.conversation], "")[page.conversation]

    *_, last = presenter.answer(QUESTION, "", stopped, "")

    assert not is_running(page, last)
    assert [exchange.stopped for exchange in last[page.conversation].exchanges] == [True, False]
