"""The document pages in a browser, wide and narrow, with JavaScript switched off."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, expect

from strategybot.serving.addresses import Look, address_of
from tests.browser.conftest import Site
from tests.fakes_assistant import LOANS, LOANS_BEFORE, LONG, REPORT, cite
from tests.fakes_pdf import PARAGRAPHS

BUDGET = PARAGRAPHS[2][1]
LAST = "Decisions on small grants are to be taken within four weeks."
QUOTE = "By 2030 the framework is to add £2 billion a year to the regional economy."
RATE = "at a fixed rate of 6 per cent a year"


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def plain(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": request.param, "height": 844}, base_url=site.address, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def test_a_quote_far_down_is_in_view_and_marked_without_javascript(plain: Page) -> None:
    plain.goto(cite(LONG, QUOTE, 1).link)

    expect(plain.locator("mark")).to_have_text(QUOTE)
    expect(plain.locator("mark")).to_be_in_viewport(ratio=1)


def test_a_quote_at_the_end_of_a_long_paragraph_is_in_view_and_below_what_stays_on_top(plain: Page) -> None:
    start = LONG.paragraphs[20].end - 80
    plain.goto(address_of(LONG, Look((start, start + 60)), anchor="p21"))

    expect(plain.locator("mark.quote")).to_be_in_viewport(ratio=1)
    quote, bar = plain.locator("mark.quote").bounding_box(), plain.locator(".steps").bounding_box()
    assert quote
    assert bar
    assert quote["y"] >= bar["y"] + bar["height"]


def test_all_quotes_of_a_reply_are_marked_and_walked_through(plain: Page) -> None:
    spans = [(REPORT.text.index(words), REPORT.text.index(words) + len(words)) for words in ("Loans reached", LAST)]
    plain.goto(address_of(REPORT, Look(spans[0], (spans[1],)), anchor="p5"))
    expect(plain.locator("mark.quote")).to_have_text("Loans reached")
    expect(plain.locator("mark.also")).to_have_text(LAST)

    plain.get_by_role("link", name="Next quoted passage").click()

    expect(plain.locator("mark.quote")).to_have_text(LAST)
    expect(plain.locator("mark.quote")).to_be_in_viewport(ratio=1)
    expect(plain.get_by_role("link", name="Quoted passage 2 of 2")).to_be_visible()


def test_words_are_found_in_a_document(plain: Page) -> None:
    plain.goto("/documents/report")
    plain.get_by_label("Words in this document").fill("firm 1 waited")
    plain.get_by_role("button", name="Find").click()

    expect(plain.get_by_role("link", name="Place 1 of 12")).to_be_in_viewport()
    expect(plain.locator("mark#hit")).to_be_in_viewport()
    plain.get_by_role("link", name="Next place").click()
    expect(plain.get_by_role("link", name="Place 2 of 12")).to_be_visible()
    expect(plain.locator("mark#hit")).to_be_in_viewport()


def test_an_old_link_says_what_became_of_its_words_and_shows_what_changed(plain: Page) -> None:
    plain.goto(cite(LOANS_BEFORE, RATE, 1).link)
    expect(plain.locator("mark.quote")).to_have_text(RATE)

    plain.get_by_role("link", name="see what changed since").click()

    expect(plain.locator("del").first).to_have_text("£20,000")
    expect(plain.locator("ins").first).to_have_text("£25,000")
    plain.get_by_role("link", name="see them there").click()
    expect(plain).to_have_url(re.compile(f"/{LOANS.version}"))
    expect(plain.locator("mark.quote")).to_have_text(RATE)


def test_an_earlier_version_can_be_chosen(plain: Page) -> None:
    plain.goto("/documents/start-up-loans")
    plain.get_by_text("All 2 versions").click()
    plain.get_by_role("link", name="first read on 3 January 2025").first.click()

    expect(plain.get_by_text("This is an earlier version")).to_be_visible()
    expect(plain.get_by_text("ten working days")).to_be_visible()


def test_a_quote_of_a_pdf_is_shown_on_its_page(plain: Page, site: Site) -> None:
    plain.goto(cite(site.pdf, BUDGET, 1).link)

    expect(plain.locator("mark.quote")).to_be_in_viewport(ratio=1)
    figure = plain.get_by_role("img", name="Page 1 (page 2 of the file) of the original, the quoted words marked")
    expect(figure).to_be_in_viewport()
    assert figure.evaluate("image => image.complete && image.naturalWidth") == 1000
    figure.click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text("Page 1 (page 2 of the file) of the original")
    expect(plain.locator("article")).to_contain_text(BUDGET)
    plain.get_by_role("link", name="Next page").click()
    expect(plain.locator("article")).to_contain_text(PARAGRAPHS[3][1])
    expect(plain.get_by_role("link", name="Next page")).to_have_count(0)


def test_the_words_on_the_picture_of_a_page_are_marked_and_nothing_else(plain: Page, site: Site) -> None:
    start = site.pdf.text.index(BUDGET)
    look = Look((start, start + len(BUDGET)))

    marked, bare = (
        Image.open(BytesIO(plain.request.get(address_of(site.pdf, which, part="pages/2.png")).body())).convert("RGB")
        for which in (look, Look())
    )

    box = _changed(marked, bare)
    top, bottom = (marked.height * y / 842 for y in (842 - 700 + 2 * 18, 842 - 700 + 6 * 18))
    assert box
    assert top < box[1] < box[3] < bottom
    assert box[0] < 0.02 * marked.width, "the bar in the margin"


def _changed(marked: Image.Image, bare: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.difference(marked, bare).getbbox()


def test_an_original_is_downloaded_under_a_name_of_ours(plain: Page) -> None:
    plain.goto("/documents/skills-strategy")

    with plain.expect_download() as download:
        plain.get_by_role("link", name="Download the original (PDF)").click()

    assert download.value.suggested_filename == "skills-strategy.pdf"
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("quote", [LAST, f"{'Firm 9 waited for its decision. ' * 12}".strip()], ids=["short", "long"])
def test_the_link_to_a_web_page_opens_it_at_the_quoted_words(plain: Page, quote: str) -> None:
    blocks = "".join(f"<p>{REPORT.text[p.start : p.end]}</p><p>Other words.</p>" * 3 for p in REPORT.paragraphs[:-9])
    body = f"<!doctype html><title>Report</title>{blocks}<p id=quoted>{quote}</p>{'<p>More.</p>' * 50}"
    plain.route("https://example.org/**", lambda route: route.fulfill(body=body, content_type="text/html"))
    plain.goto(cite(REPORT, quote, 1).link)

    plain.goto(str(plain.get_by_role("link", name="https://example.org/report").get_attribute("href")))

    expect(plain.locator("#quoted")).to_be_in_viewport()


def test_documents_are_found_by_kind_without_javascript(plain: Page) -> None:
    plain.goto("/documents")
    plain.get_by_label("Kind").select_option("support-scheme")
    plain.get_by_role("button", name="Show").click()

    expect(plain.get_by_text("2 of 9 documents")).to_be_visible()
    plain.get_by_role("link", name="Business Growth Fund").click()
    expect(plain.get_by_text("Closed on 30 September 2022")).to_be_visible()


def test_a_document_prints_without_what_is_for_the_screen_only(plain: Page) -> None:
    plain.goto(cite(REPORT, LAST, 1).link)

    plain.emulate_media(media="print")

    expect(plain.get_by_role("search")).to_be_hidden()
    expect(plain.locator(".steps")).to_be_hidden()
    expect(plain.locator("mark.quote")).to_be_visible()


@pytest.mark.parametrize(
    "address",
    [
        "/documents",
        "/documents/climate-2019",
        "/documents/long-strategy",
        "/documents/hostile",
        cite(REPORT, "Scheme: Digital Support; Firms: 280; Open: yes; until March 2025", 1).link,
        "/documents/report?find=firms&hit=2",
        cite(LOANS_BEFORE, "between £500 and £20,000 per person", 1).link,
        f"/documents/start-up-loans/{LOANS_BEFORE.version}/changes",
        "PDF",
        "PAGE",
    ],
)
def test_document_pages_are_accessible_and_fit(page: Page, site: Site, address: str) -> None:
    link = cite(site.pdf, BUDGET, 1).link
    page.goto({"PDF": link, "PAGE": link.replace("?", "/pages/2?")}.get(address, address))

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        violations = Axe().run(page).response["violations"]
        assert [(v["id"], scheme, [node["html"] for node in v["nodes"]]) for v in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
