"""Rendering for the chat page: nothing of a document or a user becomes markup."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser

from strategybot.schema import Query, Reply
from strategybot.serving.cited import find_cited_passages
from strategybot.serving.conversation import Conversation, Exchange
from strategybot.serving.render import (
    headline,
    render_answer,
    render_export_links,
    render_feedback_question,
    render_messages,
    render_note,
    render_passages,
    render_question,
    shorten,
)
from tests.fakes_assistant import CLIMATE_NET_ZERO, NET_ZERO, REPORT, FakeAssistant, a_reply

HOSTILE_TEXTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "![x](https://evil.example/a.png)",
    "[x](javascript:alert(1))",
    "\n\n# heading\n\n<form action=https://evil.example>\n\n    code",
    "</div></blockquote><style>*{display:none}</style>",
    "{{ 7 * 7 }} {% raw %}",
)
ALLOWED = {
    "div", "p", "ul", "li", "a", "strong", "span", "h3", "blockquote", "mark", "br",
}  # fmt: skip


def ask(words: str) -> Reply:
    *_, last = FakeAssistant().stream(Query(text=words, as_of=date(2026, 11, 23)))
    return last


def passages_of(reply: Reply) -> str:
    return render_passages(reply, find_cited_passages(FakeAssistant(), reply))


def assert_harmless(rendered: str) -> None:
    tree = parser.fromstring(rendered)
    for element in tree.iter():
        assert element.tag in ALLOWED
        assert not any(name.startswith("on") or name == "style" for name in element.attrib)
        assert re.match(r"(/documents/|https?://)", element.get("href", "/documents/"))
    # On one line and behind a block element, the page's Markdown takes it as HTML whole.
    assert "\n" not in rendered
    assert rendered.startswith(("<div", "<p"))


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_what_a_user_writes_stays_text(text: str) -> None:
    rendered = render_question(text)

    assert_harmless(rendered)
    assert "".join(parser.fromstring(rendered).text_content().split()) == "".join(text.split())


@given(st.text())
def test_any_text_of_a_user_stays_text(text: str) -> None:
    rendered = render_question(text)

    assert set(re.findall(r"<[^>]*>", rendered)) <= {"<p>", "</p>", "<br>"}
    assert "\n" not in rendered


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_what_a_reply_says_stays_text(text: str) -> None:
    reply = ask("net zero").model_copy(update={"text": f"- {text} [1]\n> {text}\n\n{text}"})

    assert_harmless(render_answer(Exchange("?", reply)))
    assert_harmless(render_answer(Exchange("?", trouble=text)))
    assert_harmless(render_note(text))
    assert_harmless(render_feedback_question(text))


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_what_a_document_calls_itself_stays_text(text: str) -> None:
    reply = ask("net zero")
    changes = {"title": text, "publisher": text, "section": text, "source_url": text}
    hostile = reply.model_copy(update={"citations": tuple(c.model_copy(update=changes) for c in reply.citations)})

    assert_harmless(passages_of(hostile))
    assert_harmless(render_answer(Exchange("?", hostile)))


def test_a_hostile_document_stays_text() -> None:
    reply = ask("hostile")

    rendered = passages_of(reply)

    assert_harmless(rendered)
    assert "javascript:" not in "".join(a.get("href", "") for a in parser.fromstring(rendered).iter("a"))
    assert '<img src=x onerror="alert(1)">' in parser.fromstring(rendered).text_content()


def test_markers_lead_to_their_passages() -> None:
    reply = ask("net zero")

    links = parser.fromstring(render_answer(Exchange("?", reply))).xpath("//a[@class='cite']")

    assert [(a.text_content(), a.get("href")) for a in links] == [(f"[{c.number}]", c.link) for c in reply.citations]


def test_a_marker_stays_on_the_line_of_its_sentence() -> None:
    rendered = render_answer(Exchange("?", ask("net zero")))

    assert "latest.\N{NO-BREAK SPACE}<a" in rendered


def test_a_number_that_is_not_cited_stays_as_it_is_written() -> None:
    reply = ask("net zero").model_copy(update={"text": "See [7]."})

    tree = parser.fromstring(render_answer(Exchange("?", reply)))

    assert "See [7]." in tree.text_content()
    assert not tree.xpath("//a")


def test_quoted_words_are_marked_inside_their_paragraph() -> None:
    tree = parser.fromstring(passages_of(ask("net zero")))

    first = tree.xpath("//blockquote")[0]

    assert first.xpath(".//mark")[0].text_content() == CLIMATE_NET_ZERO[1]
    assert first.text_content().strip().endswith("Progress is reported every year.")


def test_passages_show_publisher_date_status_and_whose_words_they_are() -> None:
    first, second = parser.fromstring(passages_of(ask("net zero"))).find_class("cited")

    assert "our summary of Clean Growth Action Plan" in first.text_content()
    assert "West Yorkshire Combined Authority · news · published 3 October 2019" in first.text_content()
    assert "Superseded by Climate and Environment Plan 2025 to 2038 (November 2025)" in first.text_content()
    assert "our summary of" not in second.text_content()
    assert "In force" in second.text_content()


def test_neighbouring_passages_of_one_document_share_a_heading() -> None:
    grants = parser.fromstring(passages_of(ask("which grants")))

    fund, loans = grants.find_class("cited")

    assert [len(group.find_class("passage")) for group in (fund, loans)] == [2, 1]
    assert fund.text_content().count("Business Growth Fund") == 1
    assert [e.text_content() for e in grants.xpath("//*[@class='section']/strong")] == ["[1]", "[2]", "[3]"]


def test_links_to_a_document_name_the_other_quotes_from_it() -> None:
    reply = ask("which grants")
    fund, size, loan = reply.citations

    panel = parser.fromstring(passages_of(reply))
    answer = parser.fromstring(render_answer(Exchange("which grants", reply=reply)))

    links = [link.get("href") for link in panel.xpath("//*[@class='links']/a[1]")]
    assert links == [
        fund.link.replace("#", f"&also={size.start}-{size.end}#"),
        size.link.replace("#", f"&also={fund.start}-{fund.end}#"),
        loan.link,
    ]
    assert [link.get("href") for link in answer.find_class("cite")] == links


def test_the_original_of_a_passage_is_opened_at_its_words_if_it_is_a_web_page() -> None:
    quote = "Decisions on small grants are to be taken within four weeks."
    reply = a_reply(Query(text="When?"), (REPORT, quote), CLIMATE_NET_ZERO)
    passages = find_cited_passages(FakeAssistant((REPORT, CLIMATE_NET_ZERO[0])), reply)

    panel = parser.fromstring(render_passages(reply, passages))

    assert panel.xpath("//a[starts-with(., 'The original')]/@href") == [
        "https://example.org/report#:~:text=Decisions%20on%20small%20grants%20are%20to%20be%20taken%20within%20four%20weeks.",
        "https://example.org/climate-2019",
    ]


def test_numbers_keep_their_order_where_documents_alternate() -> None:
    quotes = (CLIMATE_NET_ZERO, NET_ZERO, CLIMATE_NET_ZERO)
    reply = a_reply(Query(text="?", as_of=date(2026, 11, 23)), *quotes)

    tree = parser.fromstring(passages_of(reply))

    assert len(tree.find_class("cited")) == 3
    assert [e.text_content() for e in tree.xpath("//*[@class='section']/strong")] == ["[1]", "[2]", "[3]"]


def test_press_is_named_as_press() -> None:
    last = parser.fromstring(passages_of(ask("which grants"))).find_class("cited")[-1]

    assert "From press or advisers" in last.text_content()
    assert "no date of publication" in last.text_content()
    assert "Undated" in last.text_content()


def test_a_passage_whose_document_is_gone_still_shows_its_quote() -> None:
    reply = ask("net zero")

    rendered = render_passages(reply, find_cited_passages(FakeAssistant(documents=()), reply))

    assert "no longer held here" in rendered
    assert parser.fromstring(rendered).xpath("//mark")[0].text_content() == CLIMATE_NET_ZERO[1]


def test_a_notice_is_shown_once_whether_the_text_holds_it_or_not() -> None:
    reply = ask("net zero")
    silent = reply.model_copy(update={"text": "- Said. [1]"})

    for shown in (reply, silent):
        assert render_answer(Exchange("?", shown)).count("has been replaced by") == 1


def test_an_abstention_shows_where_to_look_and_what_to_ask() -> None:
    rendered = render_answer(Exchange("?", ask("weather")))

    assert "Not found in these documents" in rendered
    assert 'href="/documents/climate-2025"' in rendered
    assert "What is the net zero target for the region?" in rendered
    assert "This answer cites no passage." in render_passages(ask("weather"), ())


def test_a_headline_counts_documents_and_not_citations() -> None:
    assert headline(ask("which grants")) == "Answered in part from 2 documents, as of 23 November 2026"
    assert headline(a_reply(Query(text="x", as_of=date(2026, 1, 2)), CLIMATE_NET_ZERO)) == (
        "Answered from 1 document, as of 2 January 2026"
    )


def test_waiting_stopping_and_trouble_are_said() -> None:
    waiting = Exchange("?")
    stopped = replace(waiting, stopped=True)
    partly = Exchange("?", ask("net zero"), stopped=True)

    assert "Looking through the documents" in render_answer(waiting)
    assert "Stopped before an answer" in render_answer(stopped)
    assert "as far as it had come" in render_answer(partly)
    assert "No answer" in render_answer(Exchange("?", trouble="Index is missing."))


def test_messages_alternate_and_an_empty_conversation_has_none() -> None:
    conversation = Conversation().begin("a").grow(ask("net zero")).begin("b")

    assert [m.role for m in render_messages(conversation)] == ["user", "assistant", "user", "assistant"]
    assert render_messages(Conversation()) == []


def test_only_the_last_answer_is_running() -> None:
    conversation = Conversation().begin("a").grow(ask("net zero")).begin("b").grow(ask("which grants"))

    running = [m.html.startswith('<div class="answer running">') for m in render_messages(conversation, running=True)]

    assert running == [False, False, False, True]
    assert not any("running" in m.html for m in render_messages(conversation))


def test_export_links_need_a_token() -> None:
    assert "/conversations/abc.md" in render_export_links("abc")
    assert "href" not in render_export_links("")


def test_a_long_question_is_shortened() -> None:
    assert shorten("a\n b") == "a b"
    assert len(shorten("word " * 50)) == 60
