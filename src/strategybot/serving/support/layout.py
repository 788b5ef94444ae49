"""The layout of the page “Find support”: what stands where, under which label."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import gradio as gr

from strategybot.serving.addresses import SUPPORT
from strategybot.serving.layout import lay_out_pages
from strategybot.serving.render import render_note
from strategybot.serving.support.render import render_rest, render_results, render_sources
from strategybot.serving.support.told import MAIN, SPARE, Told, label_of

INTRODUCTION = """\
# Find support

Tell us about your business and what you need. You see which schemes could apply, condition by condition, each with \
its source. Nothing that you write here is stored: the page forgets it soon after you close it. Please give no \
personal details."""
COPY = "What was found with its sources, as plain text"
STATE_KEPT_S = 3600 * 2
FACTS = """\
## What we understood

Filled in from your words. Change what is wrong, take away what should not count, add what is missing."""
NO_HISTORY: Any = {"autocomplete": "off"}


@dataclass(frozen=True, slots=True)
class FactField:
    """The field of a fact, with what takes it away."""

    row: gr.Row
    box: gr.Textbox
    remove: gr.Button

    @property
    def parts(self) -> tuple[Any, ...]:
        """What changes of it."""
        return (self.row, self.box, self.remove)


@dataclass(frozen=True, slots=True)
class SupportPage:
    """The components that change, in the order in which they stand on the page."""

    told: gr.State
    situation: gr.Textbox
    find: gr.Button
    fresh: gr.Button
    note: gr.Markdown
    examples: gr.Column
    example_buttons: list[gr.Button]
    facts: list[FactField]
    as_of: gr.Textbox
    asking: gr.Column
    answer: gr.Textbox
    choice: gr.Radio
    send: gr.Button
    results: gr.Markdown
    more: gr.Button
    with_rest: gr.Checkbox
    rest: gr.Markdown
    sources: gr.Markdown
    keep: gr.Column
    copy: gr.Textbox
    markdown: gr.Textbox
    update: gr.Button

    @property
    def components(self) -> list[Any]:
        """All that change."""
        plain = [f.name for f in fields(self) if f.name not in ("example_buttons", "facts", "update", "find", "send")]
        return [*(getattr(self, name) for name in plain), *(part for field in self.facts for part in field.parts)]

    @property
    def inputs(self) -> set[Any]:
        """All that is read."""
        typed = {self.told, self.situation, self.as_of, self.answer, self.choice, self.with_rest}
        return typed | {field.box for field in self.facts}


def lay_out_support(text_chars: int, examples: Sequence[str]) -> SupportPage:
    """Lay out the page inside the blocks that are open; the left column comes first on a phone.

    Args:
        text_chars: Longest situation that can be typed.
        examples: Situations to begin with; without any, none are offered.
    """
    lay_out_pages(SUPPORT)
    gr.Markdown(INTRODUCTION, elem_id="introduction")
    parts: dict[str, Any] = {}
    with gr.Row(elem_id="columns"):
        with gr.Column(scale=5, min_width=320, elem_id="told-column"):
            parts |= _lay_out_text(text_chars, examples)
            parts |= _lay_out_facts()
        with gr.Column(scale=7, min_width=320, elem_id="found-column"):
            parts |= _lay_out_question()
            parts |= _lay_out_results()
            parts |= _lay_out_keeping()
    return SupportPage(told=gr.State(Told(), time_to_live=STATE_KEPT_S), **parts)


def _lay_out_text(text_chars: int, examples: Sequence[str]) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    parts["situation"] = gr.Textbox(
        value="", label="Your business and what you need", lines=4, max_lines=10, max_length=text_chars,
        placeholder="What you do, where, how many people, what you want to do and what it would cost",
        html_attributes=NO_HISTORY, elem_id="situation",
    )  # fmt: skip
    with gr.Row(elem_id="actions"):
        parts["find"] = gr.Button("Find support", variant="primary", elem_id="find", min_width=140)
        parts["fresh"] = gr.Button("Start again", elem_id="fresh", min_width=120, visible=False)
    parts["note"] = gr.Markdown(render_note(""), latex_delimiters=[], elem_id="note")
    with gr.Column(elem_id="examples", visible=bool(examples)) as parts["examples"]:
        gr.Markdown("## For example")
        parts["example_buttons"] = [gr.Button(text, size="md", elem_classes="example") for text in examples]
    return parts


def _lay_out_facts() -> dict[str, Any]:
    parts: dict[str, Any] = {}
    with gr.Column(elem_id="facts"):
        gr.Markdown(FACTS)
        with gr.Row(elem_id="fields"):
            main = [_lay_out_fact(label_of(fact), shown=True) for fact in MAIN]
            spare = [_lay_out_fact("Something else", shown=False) for _ in range(SPARE)]
        parts["facts"] = [*main, *spare]
        parts["as_of"] = gr.Textbox(
            value="", label="Day asked about", max_length=40, elem_id="as-of", html_attributes=NO_HISTORY,
            info="Such as 30 June 2022, for what was open then. Empty means today.",
        )  # fmt: skip
    return parts


def _lay_out_fact(label: str, *, shown: bool) -> FactField:
    with gr.Row(elem_classes="fact", visible=shown) as row:
        box = gr.Textbox(
            value="", label=label, lines=1, max_lines=4, max_length=300, html_attributes=NO_HISTORY, min_width=80
        )
        remove = gr.Button(f"Take away: {label}", elem_classes="remove", min_width=40, scale=0, visible=False)
    return FactField(row, box, remove)


def _lay_out_question() -> dict[str, Any]:
    parts: dict[str, Any] = {}
    with gr.Column(elem_id="asking", visible=False) as parts["asking"]:
        gr.Markdown("## One question that would settle most\n\nYou need not answer: what could fit is below.")
        parts["answer"] = gr.Textbox(
            value="", label="Your answer", lines=1, max_lines=1, max_length=300, elem_id="answer",
            html_attributes=NO_HISTORY,
        )  # fmt: skip
        parts["choice"] = gr.Radio(label="Your answer", choices=[], visible=False, elem_id="choice")
        parts["send"] = gr.Button("Answer", size="md", variant="primary", elem_id="send")
    return parts


def _lay_out_results() -> dict[str, Any]:
    parts: dict[str, Any] = {}
    parts["results"] = gr.Markdown(render_results(None, Told()), latex_delimiters=[], elem_id="results")
    parts["more"] = gr.Button("Show more", elem_id="more", visible=False)
    parts["with_rest"] = gr.Checkbox(
        value=False, label="Show also schemes that do not fit or are closed", elem_id="with-rest", visible=False
    )
    parts["rest"] = gr.Markdown(render_rest(None), latex_delimiters=[], elem_id="rest")
    parts["sources"] = gr.Markdown(render_sources(None, site=""), latex_delimiters=[], elem_id="sources-box")
    return parts


def _lay_out_keeping() -> dict[str, Any]:
    parts: dict[str, Any] = {}
    with gr.Column(elem_id="keep", visible=False) as parts["keep"]:
        gr.Markdown("## Take it with you")
        with gr.Row(elem_id="keeping"):
            gr.Button("Print or save as PDF", elem_id="print", min_width=150)
            gr.Button("Download as Markdown", elem_id="save-md", min_width=150)
            gr.Button("Download as text", elem_id="save-txt", min_width=150)
        # Gradio's label belongs to the copy button inside it: the placeholder has to name the field itself.
        parts["copy"] = gr.Textbox(
            value="", label=COPY, placeholder=COPY, lines=4, max_lines=8, interactive=False, buttons=["copy"],
            elem_id="copy",
        )  # fmt: skip
        parts["markdown"] = gr.Textbox(value="", label="Markdown", elem_id="markdown")
    # The style hides it and the script presses it: after a pause in typing, and once a field is emptied.
    parts["update"] = gr.Button("Update", elem_id="update")
    return parts
