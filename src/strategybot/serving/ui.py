"""The chat page: its layout, and which act of a person leads to what."""

from collections.abc import Iterator, Sequence
from typing import Any

import gradio as gr

from strategybot.schema import Feedback
from strategybot.serving.conversation import Conversation
from strategybot.serving.export import Shelf
from strategybot.serving.layout import lay_out_page
from strategybot.serving.presenter import Presenter, Updates
from strategybot.serving.render import render_note
from strategybot.serving.seam import Answering

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
CONCURRENT_ANSWERS = 64


def build_ui(
    assistant: Answering, *, shelf: Shelf | None = None, question_chars: int = 2000, examples: Sequence[str] = ()
) -> gr.Blocks:
    """Build the chat page; all behaviour is the assistant's.

    Args:
        assistant: Answers the questions.
        shelf: Where conversations are put for download.
        question_chars: Longest question that can be typed.
        examples: Questions to begin with.
    """
    blocks: gr.Blocks
    with gr.Blocks(title="Ask the strategy documents", analytics_enabled=False, fill_width=True) as blocks:
        presenter = Presenter(assistant, lay_out_page(question_chars, examples), shelf or Shelf())
        _wire_questions(presenter)
        _wire_choice(presenter)
        _wire_feedback(presenter)
    blocks.queue(default_concurrency_limit=CONCURRENT_ANSWERS, api_open=False)
    return blocks


def _wire_questions(presenter: Presenter) -> None:
    page = presenter.page

    def answer(question: str, day: str, conversation: Conversation, request: gr.Request) -> Iterator[Updates]:
        yield from presenter.answer(question, day, conversation, site_of(request))

    def stop(conversation: Conversation, request: gr.Request) -> Updates:
        return presenter.stop(conversation, site_of(request))

    # Several at once: a stopped answer may still be ending when the next question is asked.
    several: dict[str, Any] = {"trigger_mode": "multiple", **QUIET}
    gr.on(
        [page.ask.click, page.question.submit],
        answer,
        [page.question, page.as_of, page.conversation],
        page.components,
        **several,
    )
    for button in page.example_buttons:
        button.click(answer, [gr.State(button.value), page.as_of, page.conversation], page.components, **several)
    # Answers end by themselves once they are marked as stopped: cancelling by Gradio raced with the next question.
    page.stop.click(stop, [page.conversation], page.components, **QUIET)
    page.fresh.click(presenter.begin_anew, [page.conversation], page.components, **QUIET)


def _wire_choice(presenter: Presenter) -> None:
    page = presenter.page

    def choose(conversation: Conversation, number: int | None, request: gr.Request) -> Updates:
        return presenter.choose(conversation, number, site_of(request))

    # `input` and not `change`: our own updates need no other look at the passages.
    page.chosen.input(choose, [page.conversation, page.chosen], page.components, **QUIET)


def _wire_feedback(presenter: Presenter) -> None:
    page = presenter.page

    def praise(conversation: Conversation, number: int | None) -> Updates:
        return presenter.record(conversation, number, lambda reply_id: Feedback(reply_id=reply_id, helpful=True))

    def ask_reason() -> Updates:
        return {page.reasons: gr.update(visible=True), page.thanks: render_note("")}

    def complain(conversation: Conversation, number: int | None, reason: str | None, comment: str) -> Updates:
        if not reason:
            return {page.thanks: render_note("Please choose what is the matter with the answer.")}
        said = {"helpful": False, "reason": reason, "comment": comment.strip() or None}
        return presenter.record(conversation, number, lambda reply_id: Feedback(reply_id=reply_id, **said))

    which = [page.conversation, page.chosen]
    page.helpful.click(praise, which, page.components, **QUIET)
    page.unhelpful.click(ask_reason, None, page.components, **QUIET)
    page.send.click(complain, [*which, page.reason, page.comment], page.components, **QUIET)


def site_of(request: gr.Request) -> str:
    """Return the address under which the person sees the pages."""
    if request.request is None:
        return ""
    address = request.request.url
    return f"{address.scheme}://{address.netloc}"
