"""What the chat page shows: what people do, translated into changes of its components."""

from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import gradio as gr

from strategybot.errors import StrategyBotError
from strategybot.schema import Feedback
from strategybot.serving.cited import find_cited_passages
from strategybot.serving.conversation import Conversation, Exchange, ask, parse_day
from strategybot.serving.export import Shelf, render_plain_answer
from strategybot.serving.layout import Page
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

STOPS_KEPT = 1000
THANKS = "Thank you. Your feedback on this answer is kept."


class Presenter:
    """Turns what people do into what the page shows."""

    def __init__(self, assistant: Answering, page: Page, shelf: Shelf) -> None:
        """Put together what is asked, what is shown and where conversations are kept for download."""
        self._assistant = assistant
        self.page = page
        self._shelf = shelf
        self._stopped: deque[tuple[str, int]] = deque(maxlen=STOPS_KEPT)

    def answer(self, question: str, day: str, conversation: Conversation, site: str) -> Iterator[Updates]:
        """Ask a question; the page follows as the answer grows. A hindrance is told beside the question."""
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
            if _place(grown) in self._stopped:
                # Gradio repeats the last update at the end: this one changes nothing.
                yield {page.note: render_note("")}
                return
            yield self._show(grown, site, running=True) | {page.question: "", page.note: render_note("")}
        yield self._show(grown, site, running=False)

    def stop(self, conversation: Conversation, site: str) -> Updates:
        """Show the last answer as far as it had come; what still comes of it is not shown."""
        self._stopped.append(_place(conversation))
        return self._show(conversation.stop(), site, running=False)

    def begin_anew(self, conversation: Conversation) -> Updates:
        """Show an empty conversation; what still comes of the one before is not shown."""
        self._stopped.append(_place(conversation))
        return self._show(Conversation(), "", running=False) | {
            self.page.question: "",
            self.page.note: render_note(""),
        }

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
            page.chat: [{"role": m.role, "content": m.html} for m in render_messages(conversation, running=running)],
            page.examples: gr.update(visible=bool(page.example_buttons) and not conversation.exchanges),
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


def _place(conversation: Conversation) -> tuple[str, int]:
    """Return which conversation this is, and how many questions it has."""
    return conversation.token, len(conversation.exchanges)


def _chosen(conversation: Conversation, number: int | None) -> Exchange | None:
    if not conversation.exchanges:
        return None
    within = number is not None and number < len(conversation.exchanges)
    return conversation.exchanges[number if number is not None and within else -1]
