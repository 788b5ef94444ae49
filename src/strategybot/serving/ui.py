"""The chat page: layout, and three translations: words into a question, a conversation into what is shown, feedback."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import gradio as gr

from strategybot.errors import StrategyBotError
from strategybot.schema import Feedback
from strategybot.serving.cited import find_cited_passages
from strategybot.serving.conversation import Conversation, Exchange, ask, parse_day
from strategybot.serving.export import Shelf, render_plain_answer
from strategybot.serving.render import (
    render_export_links,
    render_feedback_question,
    render_messages,
    render_note,
    render_passages,
    shorten,
)
from strategybot.serving.seam import Answering

Updates = dict[Any, Any]
"""What changes on the page, by component: Gradio's own form."""

INTRODUCTION = """\
# Ask the strategy documents

Answers are made only of what the documents say; each sentence names the passage that it rests on. \
[All documents](/documents)"""
EXAMPLES = (
    "What grants are there for new equipment in a small food firm?",
    "What is the net zero target for the region?",
    "Which schemes have closed, and when?",
    "What did people say about skills in the consultation?",
)
REASONS = ("It is wrong", "Something is missing", "It is out of date", "It does not answer the question", "Something else")
THANKS = "Thank you. Your feedback on this answer is kept."
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
CONCURRENT_ANSWERS = 64
STATE_KEPT_S = 3600 * 12


@dataclass(frozen=True, slots=True)
class Page:
    """The components that change, in the order in which they stand on the page."""

    conversation: gr.State
    chat: gr.Chatbot
    examples: gr.Column
    question: gr.Textbox
    note: gr.Markdown
    ask: gr.Button
    stop: gr.Button
    fresh: gr.Button
    as_of: gr.Textbox
    chosen: gr.Radio
    passages: gr.Markdown
    feedback: gr.Column
    asking: gr.Markdown
    helpful: gr.Button
    unhelpful: gr.Button
    reasons: gr.Column
    reason: gr.Radio
    comment: gr.Textbox
    send: gr.Button
    thanks: gr.Markdown
    copy: gr.Textbox
    export: gr.Markdown

    @property
    def components(self) -> list[Any]:
        """All of them."""
        return [getattr(self, field.name) for field in fields(self)]


def build_ui(assistant: Answering, *, shelf: Shelf | None = None, question_chars: int = 2000) -> gr.Blocks:
    """Lay out the chat page; all behaviour is the assistant's.

    Args:
        assistant: Answers the questions.
        shelf: Where conversations are put for download.
        question_chars: Longest question that can be typed.
    """
    with gr.Blocks(title="Ask the strategy documents", analytics_enabled=False, fill_width=True) as blocks:
        gr.Markdown(INTRODUCTION, elem_id="introduction")
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=6, min_width=340, elem_id="conversation-column"):
                left, example_buttons = _lay_out_conversation(question_chars)
            with gr.Column(scale=5, min_width=340, elem_id="passages-column"):
                right = _lay_out_passages()
        page = Page(conversation=gr.State(Conversation(), time_to_live=STATE_KEPT_S), **left, **right)
        presenter = Presenter(assistant, page, shelf or Shelf())
        _wire_questions(presenter, example_buttons)
        _wire_choice(presenter)
        _wire_feedback(presenter)
    blocks.queue(default_concurrency_limit=CONCURRENT_ANSWERS, api_open=False)
    return blocks


def _lay_out_conversation(question_chars: int) -> tuple[dict[str, Any], list[gr.Button]]:
    parts: dict[str, Any] = {}
    parts["chat"] = gr.Chatbot(
        label="Conversation", elem_id="chat", height="56vh", buttons=[], feedback_options=None, latex_delimiters=[],
        allow_tags=False, allow_file_downloads=False,
    )  # fmt: skip
    with gr.Column(visible=False, elem_id="feedback") as parts["feedback"]:
        parts |= _lay_out_feedback()
    parts["question"] = gr.Textbox(
        value="", label="Your question", placeholder="For example: who can apply for the Growth Fund?",
        max_length=question_chars, lines=1, max_lines=8, elem_id="question",
    )  # fmt: skip
    parts["note"] = gr.Markdown(render_note(""), latex_delimiters=[], elem_id="note")
    with gr.Row(elem_id="actions"):
        parts["ask"] = gr.Button("Ask", variant="primary", elem_id="ask", min_width=120)
        parts["stop"] = gr.Button("Stop", variant="stop", visible=False, elem_id="stop", min_width=120)
        parts["fresh"] = gr.Button("New conversation", elem_id="fresh", min_width=120)
    with gr.Column(elem_id="examples") as parts["examples"]:
        gr.Markdown("## Questions to begin with")
        buttons = [gr.Button(text, size="md", elem_classes="example") for text in EXAMPLES]
    with gr.Accordion("Ask about another day", open=False):
        parts["as_of"] = gr.Textbox(
            value="", label="Answer as of", info="What was in force on a day, such as 30 June 2022. Empty means today.",
            max_length=40, elem_id="as-of",
        )  # fmt: skip
    return parts, buttons


def _lay_out_feedback() -> dict[str, Any]:
    parts: dict[str, Any] = {}
    with gr.Row(elem_id="verdict"):
        parts["asking"] = gr.Markdown(render_feedback_question(""), latex_delimiters=[], elem_id="asking")
        parts["helpful"] = gr.Button("Helpful", size="sm", elem_id="helpful", min_width=100, scale=0)
        parts["unhelpful"] = gr.Button("Not helpful", size="sm", elem_id="unhelpful", min_width=100, scale=0)
    with gr.Column(visible=False, elem_id="reasons") as parts["reasons"]:
        parts["reason"] = gr.Radio(label="What is the matter with it?", choices=list(REASONS), elem_id="reason")
        parts["comment"] = gr.Textbox(
            value="", label="Anything to add (optional)", info="Please give no personal details.", max_length=2000,
            lines=2, elem_id="comment",
        )  # fmt: skip
        parts["send"] = gr.Button("Send feedback", size="md", variant="primary", elem_id="send")
    parts["thanks"] = gr.Markdown(render_note(""), latex_delimiters=[], elem_id="thanks")
    return parts


def _lay_out_passages() -> dict[str, Any]:
    parts: dict[str, Any] = {}
    gr.Markdown("## Passages behind the answer")
    parts["chosen"] = gr.Radio(label="Show the answer to", choices=[], visible=False, elem_id="chosen")
    parts["passages"] = gr.Markdown(render_passages(None, ()), latex_delimiters=[], elem_id="passages")
    with gr.Accordion("Copy or download", open=False, elem_id="export-box"):
        parts["copy"] = gr.Textbox(
            value="", label="The answer with its sources, as plain text", lines=6, max_lines=14, interactive=False,
            buttons=["copy"], elem_id="copy",
        )  # fmt: skip
        parts["export"] = gr.Markdown(render_export_links(""), latex_delimiters=[], elem_id="export")
    return parts


class Presenter:
    """Turns what people do into what the page shows."""

    def __init__(self, assistant: Answering, page: Page, shelf: Shelf) -> None:
        """Put together what is asked, what is shown and where conversations are kept for download."""
        self._assistant = assistant
        self.page = page
        self._shelf = shelf

    def answer(self, question: str, day: str, conversation: Conversation, site: str) -> Iterator[Updates]:
        """Ask a question; the page follows as the answer grows. What cannot be asked is said beside the question."""
        page = self.page
        try:
            as_of = parse_day(day, today=date.today())
        except ValueError as error:
            yield {page.note: render_note(str(error))}
            return
        if not question.strip():
            yield {page.note: render_note("Write a question first.")}
            return
        grown = conversation
        for grown in ask(self._assistant, conversation, question.strip(), as_of=as_of):
            yield self._show(grown, site, running=True) | {page.question: "", page.note: render_note("")}
        yield self._show(grown, site, running=False)

    def stop(self, conversation: Conversation, site: str) -> Updates:
        """Show the last answer as far as it had come."""
        return self._show(conversation.stop(), site, running=False)

    def begin_anew(self) -> Updates:
        """Show an empty conversation."""
        return self._show(Conversation(), "", running=False) | {self.page.question: "", self.page.note: render_note("")}

    def choose(self, conversation: Conversation, number: int | None, site: str) -> Updates:
        """Show what belongs to one of the answers, by its place in the conversation from 0."""
        return self._show_answer(_chosen(conversation, number), site)

    def record(self, conversation: Conversation, number: int | None, feedback: Callable[[str], Feedback]) -> Updates:
        """Keep feedback on an answer and say so."""
        exchange = _chosen(conversation, number)
        if exchange is None or exchange.reply is None:
            return {self.page.thanks: render_note("There is no answer to give feedback on.")}
        try:
            self._assistant.record_feedback(feedback(exchange.reply.reply_id))
        except StrategyBotError:
            return {self.page.thanks: render_note("Your feedback could not be kept. Please try again later.")}
        return {self.page.thanks: render_note(THANKS), self.page.reasons: gr.update(visible=False)}

    def _show(self, conversation: Conversation, site: str, *, running: bool) -> Updates:
        page = self.page
        self._shelf.put(conversation)
        answered = [(shorten(e.question), n) for n, e in enumerate(conversation.exchanges) if e.reply]
        latest = len(conversation.exchanges) - 1
        updates: Updates = {
            page.conversation: conversation,
            page.chat: [{"role": m.role, "content": m.html} for m in render_messages(conversation)],
            page.examples: gr.update(visible=not conversation.exchanges),
            page.ask: gr.update(visible=not running),
            page.stop: gr.update(visible=running),
            page.fresh: gr.update(interactive=not running),
            page.chosen: gr.update(choices=answered, value=latest, visible=len(answered) > 1 and not running),
            page.export: render_export_links(conversation.token if answered else ""),
        }
        answer = self._show_answer(_chosen(conversation, latest), site)
        return updates | answer | ({page.feedback: gr.update(visible=False)} if running else {})

    def _show_answer(self, exchange: Exchange | None, site: str) -> Updates:
        page = self.page
        reply = exchange.reply if exchange else None
        passages = find_cited_passages(self._assistant, reply) if reply else ()
        return {
            page.passages: render_passages(reply, passages),
            page.copy: render_plain_answer(exchange, site=site) if exchange else "",
            page.feedback: gr.update(visible=reply is not None),
            page.asking: render_feedback_question(exchange.question if exchange else ""),
            page.reasons: gr.update(visible=False),
            page.reason: None,
            page.comment: "",
            page.thanks: render_note(""),
        }


def _wire_questions(presenter: Presenter, example_buttons: list[gr.Button]) -> None:
    page = presenter.page

    def answer(question: str, day: str, conversation: Conversation, request: gr.Request) -> Iterator[Updates]:
        yield from presenter.answer(question, day, conversation, _site(request))

    def stop(conversation: Conversation, request: gr.Request) -> Updates:
        return presenter.stop(conversation, _site(request))

    asked = gr.on(
        [page.ask.click, page.question.submit], answer, [page.question, page.as_of, page.conversation], page.components, **QUIET
    )
    examples = [
        button.click(answer, [gr.State(button.value), page.as_of, page.conversation], page.components, **QUIET)
        for button in example_buttons
    ]
    running = [asked, *examples]
    page.stop.click(stop, [page.conversation], page.components, cancels=running, **QUIET)
    page.fresh.click(presenter.begin_anew, None, page.components, cancels=running, **QUIET)


def _wire_choice(presenter: Presenter) -> None:
    page = presenter.page

    def choose(conversation: Conversation, number: int | None, request: gr.Request) -> Updates:
        return presenter.choose(conversation, number, _site(request))

    # `input` and not `change`: only a person's choice, not our own update, needs another look at the passages.
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


def _chosen(conversation: Conversation, number: int | None) -> Exchange | None:
    if not conversation.exchanges:
        return None
    within = number is not None and number < len(conversation.exchanges)
    return conversation.exchanges[number if number is not None and within else -1]


def _site(request: gr.Request) -> str:
    """Return the address under which the person sees the pages."""
    if request.request is None:
        return ""
    address = request.request.url
    return f"{address.scheme}://{address.netloc}"
