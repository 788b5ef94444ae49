"""The layout of the chat page: what stands where, under which label."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import gradio as gr

from strategybot.serving.addresses import CHAT, SUPPORT
from strategybot.serving.conversation import Conversation
from strategybot.serving.render import (
    render_export_links,
    render_feedback_question,
    render_note,
    render_passages,
)

PAGES = (("Ask", CHAT), ("Find support", SUPPORT), ("All documents", "/documents"))
INTRODUCTION = """\
# Ask the strategy documents

Answers quote the documents sentence by sentence, and show each source, its date and whether it is still in force. \
What the documents do not say is not answered."""
REASONS = (
    "It is wrong",
    "Something is missing",
    "It is out of date",
    "It does not answer the question",
    "Something else",
)
COPY = "The answer with its sources, as plain text"
STATE_KEPT_S = 3600 * 12


@dataclass(frozen=True, slots=True)
class Page:
    """The components that change, in the order in which they stand on the page."""

    conversation: gr.State
    chat: gr.Chatbot
    examples: gr.Column
    example_buttons: list[gr.Button]
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
        """All of them but the examples' buttons, which never change."""
        return [getattr(self, field.name) for field in fields(self) if field.name != "example_buttons"]


def lay_out_page(question_chars: int, examples: Sequence[str]) -> Page:
    """Lay out the page inside the blocks that are open; the left column comes first on a phone.

    Args:
        question_chars: Longest question that can be typed.
        examples: Questions to begin with; without any, none are offered.
    """
    lay_out_pages(CHAT)
    gr.Markdown(INTRODUCTION, elem_id="introduction")
    with gr.Row(elem_id="columns"):
        with gr.Column(scale=6, min_width=340, elem_id="conversation-column"):
            parts = _lay_out_conversation(question_chars, examples)
        with gr.Column(scale=5, min_width=340, elem_id="passages-column"):
            parts |= _lay_out_passages()
    return Page(conversation=gr.State(Conversation(), time_to_live=STATE_KEPT_S), **parts)


def lay_out_pages(here: str) -> None:
    """Lay out the links to the pages; ``here`` is the address of this one."""
    # No links of Markdown: Gradio opens those in a new tab.
    with gr.Row(elem_id="pages"):
        for name, address in PAGES:
            classes = ["page-link", *(["here"] if address == here else [])]
            gr.Button(name, link=address, size="sm", min_width=40, scale=0, elem_classes=classes)


def _lay_out_conversation(question_chars: int, examples: Sequence[str]) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    parts["chat"] = gr.Chatbot(
        label="Conversation", elem_id="chat", height="56vh", buttons=[], feedback_options=None,
        latex_delimiters=[], allow_tags=False, allow_file_downloads=False, show_label=False,
    )  # fmt: skip
    with gr.Column(visible=False, elem_id="feedback") as parts["feedback"]:
        parts |= _lay_out_feedback()
    parts["question"] = gr.Textbox(
        value="", label="Your question", placeholder="A scheme, a plan, a target, a date …",
        max_length=question_chars, lines=1, max_lines=8, elem_id="question",
    )  # fmt: skip
    parts["note"] = gr.Markdown(render_note(""), latex_delimiters=[], elem_id="note")
    with gr.Row(elem_id="actions"):
        parts["ask"] = gr.Button("Ask", variant="primary", elem_id="ask", min_width=120)
        parts["stop"] = gr.Button("Stop", variant="stop", elem_id="stop", min_width=120)
        parts["fresh"] = gr.Button("New conversation", elem_id="fresh", min_width=120)
    with gr.Column(elem_id="examples", visible=bool(examples)) as parts["examples"]:
        gr.Markdown("## Questions to begin with")
        parts["example_buttons"] = [gr.Button(text, size="md", elem_classes="example") for text in examples]
    with gr.Accordion("Ask about another day", open=False):
        parts["as_of"] = gr.Textbox(
            value="", label="Answer as of", max_length=40, elem_id="as-of",
            info="What was in force on a day, such as 30 June 2022. Empty means today.",
        )  # fmt: skip
    return parts | _lay_out_export()


def _lay_out_feedback() -> dict[str, Any]:
    parts: dict[str, Any] = {}
    with gr.Row(elem_id="verdict"):
        parts["asking"] = gr.Markdown(render_feedback_question(""), latex_delimiters=[], elem_id="asking")
        parts["helpful"] = gr.Button("Helpful", size="sm", elem_id="helpful", min_width=100, scale=0)
        parts["unhelpful"] = gr.Button("Not helpful", size="sm", elem_id="unhelpful", min_width=100, scale=0)
    with gr.Column(visible=False, elem_id="reasons") as parts["reasons"]:
        parts["reason"] = gr.Radio(label="What is the matter with it?", choices=list(REASONS), elem_id="reason")
        parts["comment"] = gr.Textbox(
            value="", label="Anything to add (optional)", info="Please give no personal details.",
            max_length=2000, lines=2, elem_id="comment",
        )  # fmt: skip
        parts["send"] = gr.Button("Send feedback", size="md", variant="primary", elem_id="send")
    parts["thanks"] = gr.Markdown(render_note(""), latex_delimiters=[], elem_id="thanks")
    return parts


def _lay_out_passages() -> dict[str, Any]:
    parts: dict[str, Any] = {}
    gr.Markdown("## Passages behind the answer")
    parts["chosen"] = gr.Radio(label="Show the answer to", choices=[], visible=False, elem_id="chosen")
    parts["passages"] = gr.Markdown(render_passages(None, ()), latex_delimiters=[], elem_id="passages")
    return parts


def _lay_out_export() -> dict[str, Any]:
    parts: dict[str, Any] = {}
    with gr.Accordion("Copy or download", open=False, elem_id="export-box"):
        # Gradio's label belongs to the copy button inside it, so that the placeholder has to name the field itself.
        parts["copy"] = gr.Textbox(
            value="", label=COPY, placeholder=COPY, lines=6, max_lines=14, interactive=False, buttons=["copy"],
            elem_id="copy",
        )  # fmt: skip
        parts["export"] = gr.Markdown(render_export_links(""), latex_delimiters=[], elem_id="export")
    return parts
