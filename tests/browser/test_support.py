"""The page “Find support” and the support card of the chat in a browser, wide and narrow."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from strategybot.serving.support.told import CARDS
from strategybot.settings import SITUATIONS
from tests.browser.conftest import Site
from tests.fakes_support import SHARE, SITUATION

COUNT = "10 schemes could fit, 1 known to be open"


@pytest.fixture
def support(page: Page) -> Page:
    page.goto("/staff/find-support")
    expect(situation(page)).to_be_visible()
    return page


def situation(page: Page) -> Locator:
    return page.get_by_label("Your business and what you need")


def field(page: Page, label: str) -> Locator:
    return page.locator("#facts").get_by_role("textbox", name=label)


def schemes(page: Page) -> Locator:
    return page.locator("#results .scheme")


def grant(page: Page) -> Locator:
    return page.locator("#scheme-machinery-grant")


def tell(page: Page, text: str = SITUATION) -> None:
    situation(page).fill(text)
    page.get_by_role("button", name="Find support").click()
    expect(schemes(page)).to_have_count(CARDS)


def assert_accessible(page: Page) -> None:
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in violations] == []


def assert_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_before_anything_is_told_there_is_an_invitation_and_no_scheme(support: Page, site: Site) -> None:
    expect(support).to_have_title("Find support")
    expect(support.locator("#results")).to_contain_text("The schemes appear here")
    expect(schemes(support)).to_have_count(0)
    expect(support.get_by_text("Nothing that you write here is stored")).to_be_visible()
    expect(support.get_by_role("button", name=SITUATIONS[0])).to_be_visible()
    assert site.assistant.situations == []
    assert_fits(support)


def test_what_is_typed_is_understood_after_a_pause_without_any_press(support: Page) -> None:
    situation(support).press_sequentially(SITUATION, delay=2)

    expect(support.locator("#results-title")).to_have_text(COUNT)
    expect(field(support, "Employees")).to_have_value("12 employees")
    expect(support.locator(".fact").filter(has_text="Employees")).to_contain_text("from “12-person”")
    expect(situation(support)).to_be_focused()
    expect(situation(support)).to_have_value(SITUATION)
    expect(support.get_by_role("status").filter(has_text=COUNT)).to_be_attached()


def test_a_guess_is_marked_and_can_be_mended(support: Page, site: Site) -> None:
    tell(support)
    guessed = support.locator(".fact").filter(has_text="Sector")
    expect(guessed).to_contain_text("Guessed from “food manufacturer”: is it right?")
    expect(guessed.locator(".guessed")).to_have_count(1)

    field(support, "Sector").fill("textiles")
    field(support, "Sector").press("Enter")

    expect(guessed).to_contain_text("set by you")
    expect(guessed.locator(".guessed")).to_have_count(0)
    assert site.assistant.situations[-1].facts == {"sector": "textiles"}


def test_a_fact_changed_by_hand_changes_the_results(support: Page) -> None:
    tell(support)
    expect(grant(support)).to_contain_text("Likely: nothing rules you out; to check:")

    field(support, "Employees").fill("180")
    field(support, "Employees").blur()

    expect(support.locator("#results-title")).to_have_text("9 schemes could fit, none known to be open")
    expect(grant(support)).to_have_count(0)
    expect(field(support, "Employees")).to_have_value("180 employees")


def test_a_fact_can_be_taken_away_and_the_focus_stays(support: Page, site: Site) -> None:
    tell(support)

    support.get_by_role("button", name="Take away: Employees").click()

    expect(support.locator(".fact").filter(has_text="Employees")).to_contain_text("taken away by you")
    expect(field(support, "Employees")).to_have_value("")
    expect(field(support, "Employees")).to_be_focused()
    assert site.assistant.situations[-1].facts == {"employees": ""}


def test_the_question_is_answered_beside_the_results(support: Page) -> None:
    tell(support)

    support.get_by_role("group", name="Does the business work from commercial premises").get_by_label("Yes").check()

    expect(field(support, "Works from commercial premises")).to_have_value("yes")
    next_question = support.get_by_label("What share of its turnover comes from trading")
    next_question.fill("banana")
    next_question.press("Enter")
    expect(support.locator("#note")).to_contain_text("“banana” is not a number that can be read")
    expect(next_question).to_have_value("banana")
    next_question.fill("60")
    support.get_by_role("button", name="Answer", exact=True).click()

    expect(grant(support)).to_contain_text("You meet every condition that we could check")
    expect(support.locator("#asking")).to_be_hidden()
    expect(support.locator("#results-title")).to_be_focused()


def test_what_cannot_be_read_is_explained_and_kept(support: Page) -> None:
    tell(support)

    field(support, "Employees").fill("a few")
    field(support, "Employees").blur()

    expect(support.locator(".fact").filter(has_text="Employees")).to_contain_text("“a few” is not a number")
    expect(field(support, "Employees")).to_have_value("a few")
    field(support, "Turnover").fill("3000000")
    field(support, "Turnover").blur()
    expect(field(support, "Turnover")).to_have_value("£3,000,000")
    expect(field(support, "Employees")).to_have_value("a few")


def test_a_citation_opens_the_document_at_its_words(support: Page) -> None:
    tell(support)
    step = grant(support).get_by_role("listitem").filter(has_text="20 % of £120,000 is £24,000")

    with support.expect_popup() as opened:
        step.get_by_role("link").click()

    expect(opened.value.locator("mark.quote")).to_have_text(SHARE)
    expect(opened.value.locator("mark.quote")).to_be_in_viewport()


def test_the_conditions_are_a_table_or_a_list_and_stay_open(support: Page) -> None:
    tell(support)
    grant(support).get_by_text("All 5 conditions").click()
    row = grant(support).locator("tbody tr").filter(has_text="Employees")
    expect(row).to_contain_text("at most 100 employees")
    heading, outcome = row.locator("th").bounding_box(), row.locator("td").first.bounding_box()
    assert heading
    assert outcome
    is_wide = support.viewport_size == {"width": 1280, "height": 900}
    assert (outcome["x"] > heading["x"]) == is_wide
    assert_fits(support)

    field(support, "Turnover").fill("3000000")
    field(support, "Turnover").blur()

    expect(field(support, "Turnover")).to_have_value("£3,000,000")
    expect(row).to_be_visible()


def test_more_schemes_are_shown_and_the_first_of_them_has_the_focus(support: Page) -> None:
    tell(support)

    support.get_by_role("button", name="Show more (2 left)").click()

    expect(schemes(support)).to_have_count(10)
    expect(schemes(support).nth(CARDS).get_by_role("heading", level=3)).to_be_focused()
    expect(support.locator("#more")).to_be_hidden()


def test_what_does_not_fit_or_is_closed_is_shown_on_demand(support: Page) -> None:
    tell(support)
    expect(support.locator("#rest .scheme")).to_have_count(0)

    support.get_by_label(re.compile(r"do not fit or are closed \(4, 1 of them would fit with a change\)")).check()

    expect(support.locator("#rest .scheme")).to_have_count(4)
    fund = support.locator("#scheme-business-growth-fund")
    expect(fund.locator(".judged").first).to_have_text("Closed on 30 September 2022")
    expect(fund).to_contain_text("A later scheme: Machinery Grant")
    expect(support.locator("#scheme-inward-investment-fund")).to_contain_text("238 too few")
    expect(support.locator("#scheme-transformation-fund")).to_contain_text("It would fit if the project cost")
    assert_fits(support)


def test_the_page_works_by_keyboard_alone(support: Page) -> None:
    situation(support).focus()
    support.keyboard.type(SITUATION)
    support.keyboard.press("Tab")
    expect(support.get_by_role("button", name="Find support")).to_be_focused()
    support.keyboard.press("Enter")
    expect(schemes(support)).to_have_count(CARDS)

    for _ in range(60):
        support.keyboard.press("Tab")
        if support.evaluate("document.activeElement.matches('#scheme-machinery-grant summary')"):
            break
    support.keyboard.press("Enter")

    expect(grant(support).get_by_role("table")).to_be_visible()


def test_an_example_is_tried_by_one_press(support: Page) -> None:
    support.get_by_role("button", name=SITUATIONS[0]).click()

    expect(situation(support)).to_have_value(SITUATIONS[0])
    expect(support.locator("#results-title")).to_have_text(COUNT)
    expect(support.get_by_role("heading", name="For example")).to_be_hidden()


def test_one_can_start_again(support: Page) -> None:
    tell(support)

    support.get_by_role("button", name="Start again").click()

    expect(schemes(support)).to_have_count(0)
    expect(situation(support)).to_have_value("")
    expect(field(support, "Employees")).to_have_value("")
    expect(support.get_by_role("heading", name="For example")).to_be_visible()


def test_the_day_asked_about_counts_and_a_wrong_one_is_explained(support: Page, site: Site) -> None:
    tell(support)
    support.get_by_label("Day asked about").fill("soon")
    support.get_by_label("Day asked about").press("Enter")
    expect(support.locator("#note")).to_contain_text("not a date that I can read")
    expect(schemes(support)).to_have_count(CARDS)

    support.get_by_label("Day asked about").fill("30 June 2022")
    support.get_by_label("Day asked about").press("Enter")

    expect(support.locator("#note")).to_contain_text(COUNT)
    assert site.assistant.situations[-1].as_of.isoformat() == "2022-06-30"


def test_seeking_support_with_nothing_told_says_what_to_do(support: Page) -> None:
    support.get_by_role("button", name="Find support").click()

    expect(support.locator("#note")).to_contain_text("Write a sentence about your business")


def test_trouble_is_told_in_a_sentence_and_nothing_typed_is_lost(support: Page) -> None:
    situation(support).fill("something broken")
    support.get_by_role("button", name="Find support").click()

    expect(support.locator("#note")).to_contain_text("Something went wrong here")
    expect(situation(support)).to_have_value("something broken")


def test_the_result_sheet_prints_all_conditions_and_addresses_and_no_form(support: Page) -> None:
    tell(support)

    support.emulate_media(media="print")

    expect(situation(support)).to_be_hidden()
    expect(support.get_by_role("button", name="Print or save as PDF")).to_be_hidden()
    expect(support.locator(".sheet-head")).to_contain_text("Employees: 12 employees (from “12-person”)")
    expect(grant(support).get_by_role("table")).to_be_visible()
    address = support.locator(".sources .address").first
    expect(address).to_be_visible()
    expect(address).to_contain_text("http://127.0.0.1")
    black = "getComputedStyle(document.querySelector('#results .judged strong')).color"
    assert support.evaluate(black) == "rgb(0, 0, 0)"


def test_the_print_button_prints(support: Page) -> None:
    tell(support)
    support.evaluate("window.print = () => { document.title = 'printed'; }")

    support.get_by_role("button", name="Print or save as PDF").click()

    expect(support).to_have_title("printed")


@pytest.mark.parametrize(("name", "suffix", "start"), [("Markdown", "md", "# Support"), ("text", "txt", "Support")])
def test_what_was_found_can_be_downloaded(support: Page, name: str, suffix: str, start: str) -> None:
    tell(support)

    with support.expect_download() as download:
        support.get_by_role("button", name=f"Download as {name}").click()

    text = Path(download.value.path()).read_text("utf-8")
    assert download.value.suggested_filename == f"support.{suffix}"
    assert text.startswith(start)
    assert SHARE in text
    assert "/documents/support-guide/" in text


def test_visitors_do_not_see_what_others_told(support: Page) -> None:
    tell(support)

    other = support.context.new_page()
    other.goto("/staff/find-support")

    expect(situation(other)).to_have_value("")
    expect(schemes(other)).to_have_count(0)


def test_hostile_text_is_shown_and_does_nothing(support: Page) -> None:
    situation(support).fill("hostile")
    support.get_by_role("button", name="Find support").click()

    expect(schemes(support).first).to_contain_text("<img src=x")
    assert support.locator(":is(#results, #sources-box) :is(img, form, iframe, script)").count() == 0
    assert support.locator("a[href^=javascript]").count() == 0
    assert_fits(support)


def test_the_pages_lead_to_one_another(support: Page) -> None:
    expect(support.get_by_role("link", name="Find support", exact=True)).to_have_attribute("aria-current", "page")

    support.get_by_role("link", name="Ask", exact=True).click()
    expect(support.get_by_label("Your question")).to_be_visible()
    support.get_by_role("link", name="Find support", exact=True).click()

    expect(situation(support)).to_be_visible()


def test_the_chat_shows_a_card_and_leads_to_the_page(page: Page) -> None:
    page.goto("/staff")
    page.get_by_label("Your question").fill(f"We are a {SITUATION}")
    page.get_by_role("button", name="Ask", exact=True).click()
    card = page.locator("#chat .support")

    expect(card.locator(".understood li")).to_have_count(7)
    expect(card.locator(".understood .guessed").first).to_contain_text("(we guessed)")
    expect(card.locator(".scheme")).to_have_count(4)
    expect(card).to_contain_text("The scheme’s own team decides.")
    card.get_by_text("All 5 conditions").click()
    expect(card.get_by_role("table")).to_be_visible()
    card.get_by_text("10 further schemes").click()
    expect(card).to_contain_text("Does not fit")
    assert_fits(page)
    assert_accessible(page)
    with page.expect_popup() as opened:
        card.get_by_role("link", name="See every condition").click()

    expect(situation(opened.value)).to_have_value(f"We are a {SITUATION}")
    expect(opened.value.locator("#results-title")).to_have_text(COUNT)
    assert "#" not in opened.value.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_empty_found_and_opened(support: Page, scheme: str) -> None:
    support.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    support.reload()
    expect(situation(support)).to_be_visible()
    assert_accessible(support)

    tell(support)
    assert_accessible(support)

    field(support, "Employees").fill("a few")
    support.get_by_label("do not fit or are closed").check()
    expect(support.locator("#rest .scheme")).to_have_count(4)
    grant(support).get_by_text("All 5 conditions").click()
    support.get_by_text("Sources of what is shown").click()
    assert_accessible(support)
