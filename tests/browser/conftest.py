"""A real server on a free port and a real Chromium; a page that says or fetches what it should not fails its test."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from strategybot.serving.app import create_app
from strategybot.settings import Settings
from tests.fakes_assistant import DOCUMENTS, REPORT
from tests.fakes_pdf import build_pdf
from tests.fakes_support import SupportAssistant

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
INSTALL = f"no Chromium at {CHROMIUM}: run `apt-get update && apt-get install -y chromium`, or set CHROMIUM to its path"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WAIT_MS = 15_000
START_S = 30


class Site:
    """Pages being served, and the assistant behind them."""

    def __init__(self, folder: Path) -> None:
        self.pdf = build_pdf(folder / "skills.pdf")
        originals = {str(self.pdf.original): folder / "skills.pdf"}
        self.assistant = SupportAssistant((*DOCUMENTS, REPORT, self.pdf), originals=originals)
        listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(
            create_app(self.assistant, Settings()), log_level="error", timeout_graceful_shutdown=2, ws="none"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]}, daemon=True)

    def start(self) -> None:
        self._thread.start()
        deadline = time.monotonic() + START_S
        while not self._server.started:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.05)

    def stop(self) -> None:
        self.assistant.release.set()
        self._server.should_exit = True
        self._thread.join(START_S)


# By module and not by session: while Playwright runs, no asynchronous test of other folders could.
@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("originals"))
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not shutil.which(CHROMIUM):
        pytest.fail(INSTALL)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """Yield a page of a new visitor, wide or narrow; at the end, nothing may have gone wrong unseen."""
    site.assistant.asked.clear()
    site.assistant.feedback.clear()
    site.assistant.situations.clear()
    site.assistant.release.clear()
    faults: list[str] = []
    context = browser.new_context(viewport={"width": request.param, "height": 900}, base_url=site.address)
    context.set_default_timeout(WAIT_MS)
    context.on("console", lambda m: faults.append(f"console: {m.text}") if m.type == "error" else None)
    context.on("weberror", lambda e: faults.append(f"error: {e.error}"))
    context.on("dialog", lambda d: faults.append(f"dialog: {d.message}"))
    local = (site.address, "data:", "blob:")
    context.on("request", lambda r: None if r.url.startswith(local) else faults.append(f"request: {r.url}"))
    yield context.new_page()
    context.close()
    assert faults == []
