"""Matches as HTML and as text: all that is to be said is there, and nothing told or quoted is ever markup."""

import re
from datetime import date

from lxml import html as parser

from strategybot.schema import Match, Matching, Query, Reply, Situation
from strategybot.serving.conversation import Conversation, Exchange
from strategybot.serving.export import render_markdown, render_plain
from strategybot.serving.render import headline, render_answer
from strategybot.serving.support.cards import Sheet, lay_out_sheet
from strategybot.serving.support.export import write_markdown_sheet, write_plain_sheet
from strategybot.serving.support.numbering import cited_by
from strategybot.serving.support.render import (
    render_found,
    render_rest,
    render_results,
    render_sources,
    say_count,
    say_rest,
)
from strategybot.serving.support.reply import address_page, choose_matches, citations_of
from strategybot.serving.support.told import CARDS, Told
from tests.fakes_assistant import HOSTILE
from tests.fakes_support import (
    ARREARS,
    SHARE,
    SITUATION,
    SupportAssistant,
    a_reply_with_matches,
    hostile_matching,
    match_situation,
)

TODAY = date(2026, 11, 25)
ALLOWED = {
    "div", "p", "ul", "ol", "li", "a", "strong", "em", "span", "h2", "h3", "h4", "article", "details", "summary",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def a_told(text: str = SITUATION) -> Told:
    return Told().fill(match_situation(Situation(text=text, as_of=TODAY)))


def a_sheet(told: Told, *, cards: int = CARDS, with_rest: bool = False) -> Sheet:
    assert told.matching
    return lay_out_sheet(told.matching, cards=cards, with_rest=with_rest)


def text_of(rendered: str) -> str:
    return " ".join(parser.fromstring(rendered).text_content().split())


def assert_harmless(rendered: str) -> None:
    for element in parser.fromstring(rendered).iter():
        assert element.tag in ALLOWED
        assert not any(name.startswith("on") or name == "style" for name in element.attrib)
        assert re.match(r"(/documents/|/staff/|#results-title|https?://)", element.get("href", "/documents/"))
    # On one line and behind a block element, the page's Markdown takes it as HTML whole.
    assert "\n" not in rendered
    assert rendered.startswith(("<div", "<p"))


def test_a_card_says_all_that_is_known_of_a_scheme() -> None:
    told = a_told()

    said = text_of(render_results(a_sheet(told), told))

    for words in (
        "10 schemes could fit, 1 known to be open", "Machinery Grant", "Capital grant · up to £24,000",
        "Likely: nothing rules you out; to check: works from commercial premises",
        "Open until 31 March 2035", "20 % of £120,000 is £24,000.", "To be found besides: £96,000.",
        ARREARS, "Ask: Growth managers of the council", "at most 100 employees", "12 employees",
        "The scheme’s own team decides.", "not a promise",
    ):  # fmt: skip
        assert words in said


def test_every_citation_leads_to_its_words() -> None:
    told = a_told()
    sheet = a_sheet(told)

    links = parser.fromstring(render_results(sheet, told)).xpath("//a[@class='cite']/@href")

    numbers = [number for card in sheet.cards for number in cited_by(card.match)]
    assert len(links) == len(numbers)
    assert [citation.number for citation in sheet.sources] == list(range(1, len(sheet.sources) + 1))
    share = next(citation for citation in sheet.sources if citation.quote == SHARE)
    assert any(f"from={share.start}&to={share.end}" in link for link in links)


def test_only_the_first_cards_are_shown_and_the_rest_on_demand() -> None:
    told = a_told()
    sheet = a_sheet(told)
    assert (len(sheet.cards), sheet.left, sheet.near) == (CARDS, 2, 1)
    assert text_of(render_rest(sheet)) == ""

    whole = a_sheet(told, cards=20, with_rest=True)

    assert (len(whole.cards), whole.left) == (14, 0)
    assert "Does not fit: employees – needed: at least 250 employees" in text_of(render_rest(whole))
    assert say_rest(whole) == ("Show also schemes that do not fit or are closed (4, 1 of them would fit with a change)")


def test_without_anything_told_there_is_an_invitation() -> None:
    assert "The schemes appear here" in text_of(render_results(None, Told()))
    assert text_of(render_rest(None)) == text_of(render_sources(None, site="")) == ""


def test_that_nothing_fits_is_said_with_what_would_help() -> None:
    told = a_told("2-person firm in Manchester, £1k, started 9 years ago")
    sheet = a_sheet(told)

    assert say_count(sheet) == "No scheme found that could fit"
    assert "2 would fit with a change" in text_of(render_results(sheet, told))


def test_the_note_leads_to_what_was_found_and_trouble_does_not() -> None:
    assert "#results-title" in render_found("2 schemes could fit.", found=True)
    assert "href" not in render_found("This cannot be read.")
    assert text_of(render_found("")) == ""


def test_hostile_texts_stay_text() -> None:
    matching = hostile_matching()
    told = Told().fill(matching)
    sheet = a_sheet(told, with_rest=True)

    for rendered in (render_results(sheet, told), render_rest(sheet), render_sources(sheet, site="http://x")):
        assert_harmless(rendered)
    assert HOSTILE in text_of(render_results(sheet, told))
    assert_harmless(render_found(HOSTILE, found=True))
    markdown = write_markdown_sheet(sheet, told, site="http://x")
    assert "<img" not in markdown.replace("\\<img", "")
    assert not re.search(r"(?<!\\)!\[", markdown)
    assert "](<http://x/documents/" in markdown


def test_the_card_of_a_reply_stays_text_too() -> None:
    matching = hostile_matching()
    reply = a_reply_with_matches(Query(text=SITUATION, as_of=TODAY))
    hostile = reply.model_copy(update={"matches": matching.matches, "profile": matching.profile})

    rendered = render_answer(Exchange("?", hostile), told=HOSTILE)

    assert_harmless(rendered)
    assert HOSTILE in text_of(rendered)


def test_a_sheet_as_text_holds_conditions_and_sources() -> None:
    told = a_told()
    plain = write_plain_sheet(a_sheet(told), told, site="https://pages.example")

    assert "As of 25 November 2026: 10 schemes could fit, 1 known to be open." in plain
    assert "Employees: 12 employees (from “12-person”)" in plain
    assert "MACHINERY GRANT\nCapital grant, up to £24,000\n" in plain
    assert "Met: Employees – needed: at most 100 employees; yours: 12 employees [10]" in plain
    assert "To check: Works from commercial premises – needed: yes; yours: not known [7]" in plain
    assert "https://pages.example/documents/support-guide/" in plain
    assert "The scheme’s own team decides." in plain


def test_a_sheet_as_markdown_has_a_heading_for_each_scheme() -> None:
    told = a_told()
    markdown = write_markdown_sheet(a_sheet(told), told, site="https://pages.example")

    assert markdown.startswith("# Support that could apply\n")
    assert markdown.count("\n## ") == CARDS + 1
    assert re.search(r"^2\. \[Guide to Business Support\]", markdown, re.M)


def ask(text: str = SITUATION) -> Reply:
    return a_reply_with_matches(Query(text=text, as_of=TODAY))


def test_a_reply_shows_the_first_three_that_fit_and_what_its_words_name() -> None:
    first, folded = choose_matches(ask())

    assert [m.name for m in first] == ["Machinery Grant", "Digital Voucher", "Export Starter", "Business Growth Fund"]
    assert len(folded) == 10


def test_a_reply_shows_no_match_without_a_source() -> None:
    bare = tuple(Match(scheme_id=f"s{n}", name=f"Scheme {n}", verdict="likely", opening="unknown") for n in range(3))
    reply = ask().model_copy(update={"matches": bare})

    assert choose_matches(reply) == ((), ())
    assert "What could apply to you" not in render_answer(Exchange("?", reply))


def test_a_reply_cites_what_is_shown_and_no_more() -> None:
    reply = ask()

    shown = citations_of(reply)

    assert 0 < len(shown) < len(reply.citations)
    assert {number for match in choose_matches(reply)[0] for number in cited_by(match)} <= {c.number for c in shown}
    assert headline(reply).startswith("Answered from 2 documents")


def test_the_card_shows_what_was_understood_and_how_to_mend_it() -> None:
    said = text_of(render_answer(Exchange("?", ask()), told=SITUATION))

    assert "Employees: 12 employees" in said
    assert "Sector: food and drink manufacturing (we guessed)" in said
    assert "Just say so: “we are 14 people”." in said


def test_the_address_of_the_page_holds_what_was_told_behind_the_hash() -> None:
    address = address_page("We are 14 people & in Leeds", TODAY, today=TODAY)

    assert address == "/staff/find-support#told=We+are+14+people+%26+in+Leeds"
    assert address_page("", TODAY, today=TODAY) == "/staff/find-support"
    assert address_page("x" * 5000, date(2022, 6, 30), today=TODAY) == "/staff/find-support#day=2022-06-30"


def test_a_conversation_as_a_file_holds_its_matches() -> None:
    conversation = Conversation("token", (Exchange(SITUATION, ask()),))

    plain, markdown = (render(conversation, site="https://x.example") for render in (render_plain, render_markdown))

    assert "Machinery Grant: Likely: nothing rules you out" in plain
    assert "10 further schemes are on the page “Find support”." in plain
    assert "- Machinery Grant: Likely: nothing rules you out" in markdown


def test_a_reply_without_matches_is_as_before() -> None:
    *_, reply = SupportAssistant().stream(Query(text="net zero", as_of=TODAY))

    assert citations_of(reply) == reply.citations
    assert 'class="support"' not in render_answer(Exchange("?", reply))


def test_a_hundred_schemes_are_shown_when_all_are_asked_for() -> None:
    base = match_situation(Situation(text=SITUATION, as_of=TODAY))
    many = tuple(
        match.model_copy(update={"scheme_id": f"{match.scheme_id}-{n}"}) for n in range(7) for match in base.matches
    )
    matching: Matching = base.model_copy(update={"matches": many})

    sheet = lay_out_sheet(matching, cards=len(many), with_rest=True)

    assert len(sheet.cards) == 98
    assert render_rest(sheet).count("<article") == 28
