"""The document pages in a browser, wide and narrow, with JavaScript switched off."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.fakes_assistant import LONG, cite


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def plain(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": request.param, "height": 900}, base_url=site.address, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def test_a_quote_far_down_is_in_view_and_marked_without_javascript(plain: Page) -> None:
    quote = "By 2030 the framework is to add £2 billion a year to the regional economy."

    plain.goto(cite(LONG, quote, 1).link)

    expect(plain.locator("mark")).to_have_text(quote)
    expect(plain.locator("mark")).to_be_in_viewport()


def test_documents_are_found_by_kind_without_javascript(plain: Page) -> None:
    plain.goto("/documents")
    plain.get_by_label("Kind").select_option("support-scheme")
    plain.get_by_role("button", name="Show").click()

    expect(plain.get_by_text("2 of 6 documents")).to_be_visible()
    plain.get_by_role("link", name="Business Growth Fund").click()
    expect(plain.get_by_text("Closed on 30 September 2022")).to_be_visible()


@pytest.mark.parametrize(
    "address", ["/documents", "/documents/climate-2019", "/documents/long-strategy", "/documents/hostile"]
)
def test_document_pages_are_accessible_and_fit(page: Page, address: str) -> None:
    page.goto(address)

    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
