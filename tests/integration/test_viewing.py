"""Documents as they were indexed, opened in the viewer: earlier versions, kept originals, quotes on their page."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from fastapi.testclient import TestClient
from lxml import html as parser
from PIL import Image, ImageChops

from strategybot.answering.calibration import load_calibration
from strategybot.assistant import Assistant
from strategybot.schema import Document
from strategybot.serving.addresses import Look, address_of
from strategybot.serving.app import create_app
from strategybot.settings import Settings
from tests.desk import Desk
from tests.fakes import GRANTS, FakeEmbedder, write_document
from tests.fakes_pdf import PARAGRAPHS, build_pdf

BUDGET = PARAGRAPHS[2][1]


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    assistant = Assistant(
        desk.live(), FakeEmbedder(), load_calibration(None), contact="the council", question_chars=2000
    )
    with TestClient(create_app(assistant, Settings())) as client:
        yield client


def find(desk: Desk, document_id: str, quote: str) -> tuple[Document, Look]:
    document = desk.snapshot().find_document(document_id)
    assert document is not None
    start = document.text.index(quote)
    return document, Look((start, start + len(quote)))


def test_an_old_link_shows_its_version_and_what_became_of_its_words(desk: Desk, client: TestClient) -> None:
    old, look = find(desk, "grants", "Firms need at least five employees.")
    write_document(desk.folder, "grants", GRANTS.replace("five employees", "ten employees"), title="Growth grants")
    desk.ingest()

    page = parser.fromstring(client.get(address_of(old, look)).text)

    assert [mark.text_content() for mark in page.find_class("quote")] == ["Firms need at least five employees."]
    assert [change.text_content() for change in page.iter("del", "ins")] == ["five", "ten"]
    assert "All 2 versions" in page.find_class("versions")[0].text_content()
    changes = client.get(address_of(old, part="changes"))
    assert "<del>five</del><ins>ten</ins>" in changes.text


def test_a_quote_of_a_pdf_is_drawn_on_its_page_and_the_file_can_be_had(desk: Desk, client: TestClient) -> None:
    path = desk.folder / "skills.pdf"
    build_pdf(path)
    desk.ingest()
    document, look = find(desk, "skills", BUDGET)

    page = parser.fromstring(client.get(address_of(document, look)).text)

    (image,) = page.iter("img")
    marked, bare = (
        Image.open(BytesIO(client.get(address).content)).convert("RGB")
        for address in (image.get("src"), address_of(document, part="pages/2.png"))
    )
    assert ImageChops.difference(marked, bare).getbbox()
    original = client.get(address_of(document, part="original"))
    assert original.content == path.read_bytes()
    assert original.headers["content-type"] == "application/pdf"
    assert original.headers["content-disposition"] == 'attachment; filename="skills.pdf"'


def test_an_original_that_was_thrown_away_is_said_to_be_missing(desk: Desk, client: TestClient) -> None:
    build_pdf(desk.folder / "skills.pdf")
    desk.ingest()
    document, look = find(desk, "skills", BUDGET)
    for kept in (desk.home / "originals").iterdir():
        kept.unlink()

    assert client.get(address_of(document, look)).status_code == 200
    assert client.get(address_of(document, part="original")).status_code == 404
