"""Take the README's two pictures of the chat page: `python tools/take_screenshots.py` while `make serve` runs."""

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

DOCS = Path(__file__).parent.parent / "docs"
ADDRESS = "http://127.0.0.1:7860"
QUESTION = "What grants did the 2022 Business Growth Fund give?"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PICTURES = {"screenshot.png": (1280, 940), "screenshot-phone.png": (390, 844)}


def take_screenshot(browser: Browser, address: str, path: Path, *, width: int, height: int) -> None:
    """Ask the README's question on a page of that size, and keep a picture of the answer."""
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address)
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("button", name="Not helpful")).to_be_visible()
    page.mouse.move(0, 0)
    page.screenshot(path=path, animations="disabled")
    page.close()


def main(address: str = ADDRESS) -> None:
    """Take both pictures of the server at an address."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox"])
        for name, (width, height) in PICTURES.items():
            take_screenshot(browser, address, DOCS / name, width=width, height=height)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:2])
