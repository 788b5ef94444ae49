"""A conversation as a file."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from strategybot.serving.conversation import Conversation, Exchange, ask
from strategybot.serving.export import (
    Shelf,
    escape_markdown,
    render_markdown,
    render_plain,
    render_plain_answer,
)
from tests.fakes_assistant import HOSTILE, HOSTILE_MARKDOWN, FakeAssistant

SITE = "http://localhost:7860"
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def talk(*questions: str) -> Conversation:
    conversation = Conversation()
    for question in questions:
        *_, conversation = ask(FakeAssistant(), conversation, question, as_of=date(2026, 11, 23))
    return conversation


def tokens(text: str) -> list[Token]:
    blocks = MARKDOWN.parse(text)
    return [*blocks, *(child for block in blocks for child in block.children or [])]


def addresses(text: str) -> list[str]:
    return [str(t.attrs["href"]) for t in tokens(text) if t.type == "link_open"]


@given(st.text(alphabet="ab1 *_`[]()<>&#+-=.!|~:/\\\n"))
def test_escaped_text_is_never_markup(text: str) -> None:
    kinds = {token.type for token in tokens(escape_markdown(text).replace("    ", " "))}

    assert kinds <= {
        "paragraph_open",
        "paragraph_close",
        "inline",
        "text",
        "text_special",
        "softbreak",
        "hardbreak",
    }


@pytest.mark.parametrize("text", [HOSTILE, HOSTILE_MARKDOWN, "1) one", "- item", "# head", "a\n==="])
def test_escaped_text_reads_as_it_was_written(text: str) -> None:
    inline = [t for t in tokens(escape_markdown(text)) if t.type in ("text", "text_special", "softbreak")]

    assert "".join(t.content or "\n" for t in inline) == text


def test_markdown_holds_questions_answers_and_sources_with_links() -> None:
    text = render_markdown(talk("net zero?", "which grants?"), site=SITE)

    assert "## 1. net zero?" in text
    assert "## 2. which grants?" in text
    assert "- The City Region is to be a net zero carbon economy by 2038 at the latest. [1]" in text
    assert "our summary of Clean Growth Action Plan" in text
    assert any(address.startswith(f"{SITE}/documents/climate-2019/") for address in addresses(text))
    assert "https://example.org/climate-2019" in addresses(text)
    assert "> “Clean Growth Action Plan” has been replaced by" in text


def test_markdown_of_a_hostile_document_holds_no_image_html_or_foreign_link() -> None:
    text = render_markdown(talk(f"hostile {HOSTILE} {HOSTILE_MARKDOWN}"), site=SITE)

    assert not {t.type for t in tokens(text)} & {"image", "html_inline", "html_block"}
    assert all(address.startswith(f"{SITE}/documents/hostile/") for address in addresses(text))


def test_plain_text_holds_questions_answers_and_sources() -> None:
    text = render_plain(talk("net zero?"), site=SITE)

    assert "Question 1: net zero?" in text
    assert "[1] our summary of Clean Growth Action Plan, West Yorkshire Combined Authority, 3 October 2019:" in text
    assert "Original: https://example.org/climate-2019" in text


def test_an_answer_alone_can_be_pasted() -> None:
    text = render_plain_answer(talk("which grants?").exchanges[0], site=SITE)

    assert text.startswith("- The fund paid grants of £10,000 to £50,000")
    assert "[3] our summary of Start Up Loans, Yorkshire Post, undated" in text


def test_what_was_not_answered_says_why() -> None:
    assert render_plain_answer(Exchange("?"), site=SITE) == ""
    assert render_plain_answer(Exchange("?", trouble="No index."), site=SITE) == "No index."
    assert "Perhaps of use: Climate and Environment Plan" in render_markdown(talk("weather"), site=SITE)


def test_a_stopped_answer_says_so() -> None:
    assert "stopped before it was whole" in render_plain(talk("net zero").stop(), site=SITE)


def test_the_shelf_gives_a_conversation_as_it_was_last_put() -> None:
    shelf = Shelf()
    conversation = Conversation().begin("a")

    shelf.put(conversation)
    shelf.put(conversation.begin("b"))

    kept = shelf.find(conversation.token)
    assert kept is not None
    assert len(kept.exchanges) == 2
    assert shelf.find("unknown") is None


def test_the_shelf_gives_up_the_oldest_and_never_keeps_what_has_no_token() -> None:
    shelf = Shelf(most=1)
    first, second = Conversation().begin("a"), Conversation().begin("b")

    for conversation in (first, second, Conversation()):
        shelf.put(conversation)

    assert shelf.find(first.token) is None
    assert shelf.find(second.token) == second
    assert shelf.find("") is None
