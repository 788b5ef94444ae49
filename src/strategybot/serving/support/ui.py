"""The page “Find support”: which act of a person leads to what.

It is a Blocks of its own and no further page of the chat's: Gradio gives all pages of one Blocks one title and its own
bar of links, which do not say where one is.
"""

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from strategybot.serving.seam import Answering
from strategybot.serving.support.forgetting import KEPT_S, Forgetting
from strategybot.serving.support.layout import SupportPage, lay_out_support
from strategybot.serving.support.presenter import SupportPresenter, Updates
from strategybot.serving.ui import CONCURRENT_ANSWERS, QUIET, site_of

MOST_CHARS = 10_000
Values = dict[Any, Any]


def build_support(
    assistant: Answering, *, text_chars: int = 2000, examples: Sequence[str] = (), kept_s: float = KEPT_S
) -> gr.Blocks:
    """Build the page; all judgement is the assistant's.

    Args:
        assistant: Holds schemes against situations.
        text_chars: Longest situation that can be typed, at most 10,000.
        examples: Situations to begin with.
        kept_s: Seconds after which what was told on a page that was closed is dropped.
    """
    blocks: gr.Blocks
    with gr.Blocks(title="Find support", analytics_enabled=False, fill_width=True) as blocks:
        presenter = SupportPresenter(assistant, lay_out_support(min(text_chars, MOST_CHARS), examples))
        _wire_telling(presenter)
        _wire_looking(presenter)
        blocks.unload(Forgetting(blocks, after_s=kept_s).close)
    blocks.queue(default_concurrency_limit=CONCURRENT_ANSWERS, api_open=False)
    return blocks


def _wire_telling(presenter: SupportPresenter) -> None:
    page = presenter.page

    def update(values: Values, event: gr.EventData, request: gr.Request) -> Updates:
        told = presenter.update(values, site_of(request))
        return presenter.invite(told) if event.target is page.find else told

    # One listener for all: what was typed last is what counts, and no two looks at once overwrite each other.
    gr.on(_triggers(page), update, page.inputs, page.components, trigger_mode="always_last", **QUIET)
    for button in page.example_buttons:
        button.click(_use_example(presenter, button.value), page.inputs, page.components, **QUIET)
    page.fresh.click(presenter.begin_anew, None, page.components, **QUIET)


def _triggers(page: SupportPage) -> list[Any]:
    boxes = [page.situation, page.as_of, *(field.box for field in page.facts)]
    leaving = [event for box in boxes for event in (box.blur, box.submit)]
    pressing = [page.find.click, page.update.click, page.send.click, page.answer.submit]
    return [*pressing, page.choice.input, page.with_rest.input, *leaving]


def _use_example(presenter: SupportPresenter, text: str) -> Callable[[Values, gr.Request], Updates]:
    page = presenter.page

    def use(values: Values, request: gr.Request) -> Updates:
        return {**presenter.update({**values, page.situation: text}, site_of(request)), page.situation: text}

    return use


def _wire_looking(presenter: SupportPresenter) -> None:
    page = presenter.page

    def show_more(values: Values, request: gr.Request) -> Updates:
        return presenter.update(values, site_of(request), more=True)

    page.more.click(show_more, page.inputs, page.components, **QUIET)
