"""The chat page in a browser, wide and narrow."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from strategybot.serving.layout import COPY, REASONS
from strategybot.settings import EXAMPLES
from tests.browser.conftest import Site
from tests.fakes_assistant import CLIMATE_NET_ZERO, NET_ZERO


@pytest.fixture
def chat(page: Page) -> Page:
    page.goto("/")
    expect(page.get_by_label("Your question")).to_be_visible()
    return page


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()


def passages(page: Page) -> Locator:
    return page.locator(".passage")


def sources(page: Page) -> Locator:
    return page.locator(".cited")


def assert_accessible(page: Page) -> None:
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in violations] == []


def assert_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_an_answer_comes_with_its_passages_beside_or_below_it(chat: Page) -> None:
    ask(chat, "What is the net zero target?")

    expect(passages(chat)).to_have_count(2)
    expect(chat.locator("#chat")).to_contain_text("Answered from 2 documents")
    expect(chat.locator("#chat .notice")).to_contain_text("has been replaced by")
    expect(passages(chat).first.locator("mark")).to_have_text(CLIMATE_NET_ZERO[1])
    first = sources(chat).first
    expect(first).to_contain_text("our summary of Clean Growth Action Plan")
    expect(first).to_contain_text("published 3 October 2019")
    expect(first).to_contain_text("Superseded by")
    expect(first.get_by_role("link", name="The original")).to_have_attribute("href", "https://example.org/climate-2019")
    answer, panel = chat.locator("#chat").bounding_box(), chat.locator("#passages").bounding_box()
    assert answer
    assert panel
    if chat.viewport_size == {"width": 1280, "height": 900}:
        assert panel["x"] >= answer["x"] + answer["width"]
    else:
        assert panel["y"] >= answer["y"] + answer["height"]
    assert_fits(chat)


def test_passages_of_one_document_stand_under_one_heading(chat: Page) -> None:
    ask(chat, "Which grants?")

    expect(passages(chat)).to_have_count(3)
    expect(sources(chat).get_by_role("heading", level=3)).to_have_text(
        ["our summary of Business Growth Fund", "our summary of Start Up Loans"]
    )
    expect(sources(chat).first.locator(".section strong")).to_have_text(["[1]", "[2]"])


def test_before_the_first_question_there_is_only_what_is_of_use(chat: Page) -> None:
    expect(chat.locator("#chat")).to_be_hidden()
    expect(chat.get_by_role("button", name="Copy or download")).to_be_hidden()
    for example in EXAMPLES:
        expect(chat.get_by_role("button", name=example)).to_be_in_viewport()
    assert_fits(chat)


def test_an_answer_that_is_not_there_says_so_and_what_to_do(chat: Page) -> None:
    ask(chat, "What is the weather?")

    expect(chat.locator("#chat")).to_contain_text("Not found in these documents")
    expect(chat.locator("#passages")).to_contain_text("This answer cites no passage.")
    with chat.expect_popup() as opened:
        chat.locator("#chat").get_by_role("link", name="Climate and Environment Plan").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Climate and Environment Plan 2025 to 2038")
    assert_accessible(chat)


def test_a_citation_opens_the_document_at_its_words(chat: Page) -> None:
    ask(chat, "What is the net zero target?")
    expect(passages(chat)).to_have_count(2)

    with chat.expect_popup() as opened:
        chat.locator("#chat a.cite").nth(1).click()

    mark = opened.value.locator("mark")
    expect(mark).to_have_text(NET_ZERO[1])
    expect(mark).to_be_in_viewport()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Climate and Environment Plan 2025 to 2038")


def test_an_answer_can_be_stopped_and_the_next_question_asked(chat: Page, site: Site) -> None:
    ask(chat, "A slow question")
    expect(chat.locator("#chat")).to_contain_text("Answered in part from 1 document")

    chat.get_by_role("button", name="Stop", exact=True).click()

    expect(chat.locator("#chat")).to_contain_text("as far as it had come")
    site.assistant.release.set()
    ask(chat, "What is the net zero target?")
    expect(chat.locator("#chat")).to_contain_text("Answered from 2 documents")
    expect(chat.get_by_role("button", name="Stop", exact=True)).to_be_hidden()


def test_a_helpful_answer_is_recorded(chat: Page, site: Site) -> None:
    ask(chat, "What is the net zero target?")

    chat.get_by_role("button", name="Helpful", exact=True).click()

    expect(chat.get_by_text("Your feedback on this answer is kept")).to_be_visible()
    assert [feedback.helpful for feedback in site.assistant.feedback] == [True]
    assert site.assistant.feedback[0].reply_id.startswith("r_")


def test_an_unhelpful_answer_is_recorded_with_a_reason(chat: Page, site: Site) -> None:
    ask(chat, "What is the net zero target?")

    chat.get_by_role("button", name="Not helpful").click()
    chat.get_by_role("button", name="Send feedback").click()
    expect(chat.get_by_text("Please choose what is the matter")).to_be_visible()
    chat.get_by_label(REASONS[1]).check()
    chat.get_by_label("Anything to add").fill("Which year?")
    chat.get_by_role("button", name="Send feedback").click()

    expect(chat.get_by_text("Your feedback on this answer is kept")).to_be_visible()
    said = site.assistant.feedback[0]
    assert (said.helpful, said.reason, said.comment) == (False, REASONS[1], "Which year?")


def test_an_example_is_asked_by_one_press(chat: Page, site: Site) -> None:
    chat.get_by_role("button", name=EXAMPLES[0]).click()

    expect(passages(chat)).to_have_count(3)
    expect(chat.get_by_role("heading", name="Questions to begin with")).to_be_hidden()
    assert site.assistant.asked[0].text == EXAMPLES[0]


def test_an_earlier_answer_can_be_looked_at_again(chat: Page) -> None:
    ask(chat, "What is the net zero target?")
    expect(passages(chat)).to_have_count(2)
    ask(chat, "Which grants?")
    expect(passages(chat)).to_have_count(3)

    chat.get_by_role("radio", name="What is the net zero target?").check()

    expect(passages(chat)).to_have_count(2)
    expect(sources(chat).first).to_contain_text("Clean Growth Action Plan")


def test_an_answer_can_be_copied_and_a_conversation_downloaded(chat: Page) -> None:
    ask(chat, "What is the net zero target?")
    expect(passages(chat)).to_have_count(2)
    chat.get_by_role("button", name="Copy or download").click()

    copied = chat.get_by_role("textbox", name=COPY)
    expect(copied).to_have_value(re.compile(r"\nSources\n"))
    with chat.expect_download() as download:
        chat.get_by_role("link", name="download as Markdown").click()

    text = Path(download.value.path()).read_text("utf-8")
    assert CLIMATE_NET_ZERO[1] in copied.input_value()
    assert "Please note: “Clean Growth Action Plan” has been replaced by" in copied.input_value()
    assert download.value.suggested_filename == "conversation.md"
    assert "## 1. What is the net zero target?" in text
    assert "/documents/climate-2019/" in text


def test_the_day_asked_about_is_sent_and_a_wrong_one_explained(chat: Page, site: Site) -> None:
    chat.get_by_role("button", name="Ask about another day").click()
    chat.get_by_label("Answer as of").fill("soon")
    ask(chat, "What is the net zero target?")
    expect(chat.get_by_text("not a date that I can read")).to_be_visible()
    assert site.assistant.asked == []

    chat.get_by_label("Answer as of").fill("30 June 2022")
    chat.get_by_role("button", name="Ask", exact=True).click()

    expect(chat.locator("#chat")).to_contain_text("as of 30 June 2022")
    expect(sources(chat)).to_have_count(2)
    expect(sources(chat).first).not_to_contain_text("Superseded")


def test_an_empty_question_is_not_asked(chat: Page, site: Site) -> None:
    ask(chat, "   ")

    expect(chat.get_by_text("Write a question first.")).to_be_visible()
    assert site.assistant.asked == []


def test_enter_asks(chat: Page) -> None:
    chat.get_by_label("Your question").fill("What is the net zero target?")
    chat.get_by_label("Your question").press("Enter")

    expect(passages(chat)).to_have_count(2)


def test_trouble_is_told_in_a_sentence(chat: Page) -> None:
    ask(chat, "A broken question")

    expect(chat.locator("#chat")).to_contain_text("Something went wrong here")
    expect(chat.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_a_new_conversation_forgets_the_old_one(chat: Page, site: Site) -> None:
    ask(chat, "What is the net zero target?")
    expect(passages(chat)).to_have_count(2)

    chat.get_by_role("button", name="New conversation").click()

    expect(chat.locator(".answer")).to_have_count(0)
    expect(chat.get_by_role("heading", name="Questions to begin with")).to_be_visible()
    ask(chat, "Which grants?")
    expect(passages(chat)).to_have_count(3)
    assert site.assistant.asked[-1].history == ()


def test_visitors_do_not_see_each_other(chat: Page, site: Site) -> None:
    ask(chat, "What is the net zero target?")
    expect(passages(chat)).to_have_count(2)

    other = chat.context.new_page()
    other.goto("/staff")
    expect(other.get_by_label("Your question")).to_be_visible()
    ask(other, "Which grants?")
    expect(passages(other)).to_have_count(3)

    assert site.assistant.asked[-1].history == ()


def test_hostile_text_is_shown_and_does_nothing(chat: Page) -> None:
    ask(chat, 'A hostile <img src=x onerror="alert(1)"> ![x](https://evil.example/a.png) **question** $$x^2$$')

    expect(passages(chat)).to_have_count(1)
    expect(chat.locator("#chat")).to_contain_text("![x](https://evil.example/a.png) **question** $$x^2$$")
    expect(passages(chat).locator("mark")).to_contain_text("<form action=https://evil.example>")
    assert chat.locator(".gradio-container :is(#chat, #passages) :is(img, form, iframe, script)").count() == 0
    assert chat.locator("a[href^=javascript]").count() == 0
    assert_fits(chat)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_empty_answered_and_opened(chat: Page, scheme: str) -> None:
    chat.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    chat.reload()
    expect(chat.get_by_label("Your question")).to_be_visible()
    assert_accessible(chat)

    for question, count in (("What is the net zero target?", 2), ("Which grants?", 3)):
        ask(chat, question)
        expect(passages(chat)).to_have_count(count)
    expect(chat.get_by_role("button", name="Not helpful")).to_be_visible()
    assert_accessible(chat)

    for name in ("Not helpful", "Copy or download", "Ask about another day"):
        chat.get_by_role("button", name=name).click()
    expect(chat.get_by_label("Answer as of")).to_be_visible()
    expect(chat.get_by_label(REASONS[0])).to_be_visible()
    assert_accessible(chat)
