"""What was told is dropped from memory after its page is closed."""

import time
from types import SimpleNamespace
from typing import cast

import gradio as gr
from gradio.state_holder import StateHolder

from strategybot.serving.support.forgetting import Forgetting
from strategybot.serving.support.ui import build_support
from tests.fakes_support import SupportAssistant

AFTER_S = 0.05
WAIT_S = 10


def a_page() -> tuple[gr.Blocks, StateHolder]:
    with gr.Blocks() as blocks:
        gr.Textbox()
    holder: StateHolder = StateHolder()  # type: ignore[no-untyped-call]  # Gradio's own
    holder.set_blocks(blocks)
    return blocks, holder


def close(blocks: gr.Blocks, session: str) -> None:
    Forgetting(blocks, after_s=AFTER_S).close(cast("gr.Request", SimpleNamespace(session_hash=session)))


def test_a_closed_page_is_forgotten_and_no_other() -> None:
    blocks, holder = a_page()
    assert holder["closed"] is not holder["open"]

    close(blocks, "closed")

    deadline = time.monotonic() + WAIT_S
    while "closed" in holder and time.monotonic() < deadline:
        time.sleep(0.01)
    assert list(holder.session_data) == list(holder.time_last_used) == ["open"]


def test_a_page_that_is_used_again_goes_on() -> None:
    blocks, holder = a_page()
    before = holder["closed"]

    close(blocks, "closed")
    assert holder["closed"] is before
    time.sleep(5 * AFTER_S)

    assert holder["closed"] is before


def test_a_page_on_which_nothing_was_done_has_nothing_to_forget() -> None:
    blocks, holder = a_page()

    close(blocks, "unknown")
    time.sleep(5 * AFTER_S)

    assert not holder.session_data


def test_the_page_forgets_once_it_is_closed() -> None:
    blocks = build_support(SupportAssistant(), kept_s=AFTER_S)

    assert [fn for fn in blocks.fns.values() if any(event == "unload" for _, event in fn.targets)]
