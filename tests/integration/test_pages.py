"""The web application without a browser: addresses, headers, limits, downloads."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html as parser

from strategybot.errors import IndexMissingError
from strategybot.reading.blocks import Block
from strategybot.schema import Metadata
from strategybot.serving.app import create_app
from strategybot.serving.conversation import Conversation, ask
from strategybot.serving.export import Shelf
from strategybot.serving.limits import BODY_BYTES
from strategybot.serving.pages import PictureOrder, Pictures
from strategybot.settings import Settings
from tests.fakes_assistant import (
    CLIMATE,
    CLIMATE_NET_ZERO,
    FUND,
    HOSTILE_DOCUMENT,
    LOANS,
    LOANS_BEFORE,
    REPORT,
    FakeAssistant,
    a_document,
    a_metadata,
    cite,
)


class EmptyAssistant(FakeAssistant):
    def documents(self) -> tuple[Metadata, ...]:
        message = "nothing is indexed yet: run `strategybot ingest`"
        raise IndexMissingError(message)

    @property
    def index_version(self) -> str:  # type: ignore[override]  # a property where the fake has a constant
        self.documents()
        return ""


BROKEN = a_document(a_metadata(id="pdf"), Block("paragraph", "Text.", page=1)).model_copy(
    update={"original": "cd" * 32 + ".pdf"}
)


def with_originals(folder: Path) -> FakeAssistant:
    page, broken = folder / "page", folder / "broken"
    page.write_text("<script>alert(1)</script>")
    broken.write_bytes(b"%PDF-1.7 and no more")
    return FakeAssistant((REPORT, BROKEN), originals={str(REPORT.original): page, str(BROKEN.original): broken})


@pytest.fixture
def originals(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(with_originals(tmp_path), Settings())) as client:
        yield client


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(FakeAssistant(), Settings())) as client:
        yield client


def test_the_front_door_leads_to_the_chat(client: TestClient) -> None:
    answer = client.get("/", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (307, "/staff")
    assert client.get("/staff").status_code == 200


@pytest.mark.parametrize("examples", [(), ("Who may apply?", "By when?")])
def test_the_chat_offers_the_examples_of_the_settings(examples: tuple[str, ...]) -> None:
    client = TestClient(create_app(FakeAssistant(), Settings(examples=examples)))

    parts = client.get("/staff/config").json()["components"]

    buttons = [part["props"]["value"] for part in parts if "example" in part["props"].get("elem_classes", [])]
    column = next(part for part in parts if part["props"].get("elem_id") == "examples")
    assert buttons == list(examples)
    assert column["props"]["visible"] == bool(examples)


def test_health_names_the_index(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "index": "fake"}


def test_health_without_an_index_is_unavailable() -> None:
    answer = TestClient(create_app(EmptyAssistant(), Settings())).get("/healthz")

    assert answer.status_code == 503
    assert "strategybot ingest" in answer.json()["reason"]


def test_pages_without_an_index_say_what_to_do() -> None:
    answer = TestClient(create_app(EmptyAssistant(), Settings())).get("/documents")

    assert answer.status_code == 503
    assert "strategybot ingest" in answer.text


def test_a_citation_opens_with_its_quote_marked_at_its_anchor(client: TestClient) -> None:
    citation = cite(*CLIMATE_NET_ZERO, 1)

    tree = parser.fromstring(client.get(citation.link).text)

    block = tree.get_element_by_id(citation.link.partition("#")[2])
    assert [mark.text_content() for mark in block.iter("mark")] == [citation.quote]
    assert len(tree.xpath("//mark")) == 1
    assert not tree.xpath("//script")


def test_a_document_says_what_it_is(client: TestClient) -> None:
    page = client.get(f"/documents/climate-2019/{CLIMATE.version}").text

    text = " ".join(" ".join(parser.fromstring(page).itertext()).split())
    assert "Our summary of Clean Growth Action Plan" in text
    assert "The words are ours, not the publisher’s" in text
    assert "Published 3 October 2019" in text
    assert "Superseded by Climate and Environment Plan 2025 to 2038 (November 2025)" in text
    assert 'href="/documents/climate-2025"' in page
    assert 'href="https://example.org/climate-2019"' in page


def test_a_third_party_document_says_so(client: TestClient) -> None:
    assert "press or advisers" in client.get("/documents/start-up-loans").text


def test_a_document_without_a_version_leads_to_the_current_one(client: TestClient) -> None:
    answer = client.get("/documents/growth-fund", follow_redirects=False)

    assert answer.status_code == 307
    assert answer.headers["location"] == f"/documents/growth-fund/{FUND.version}"


def test_an_earlier_version_says_so_and_leads_to_the_current_one(client: TestClient) -> None:
    page = client.get(f"/documents/start-up-loans/{LOANS_BEFORE.version}").text

    assert "This is an earlier version" in page
    assert f'href="/documents/start-up-loans/{LOANS.version}"' in page
    assert f'href="/documents/start-up-loans/{LOANS_BEFORE.version}/changes"' in page


def test_a_version_of_a_document_that_is_gone_is_shown_with_a_word_on_that() -> None:
    client = TestClient(create_app(FakeAssistant((FUND,)), Settings()))

    page = client.get(f"/documents/start-up-loans/{LOANS_BEFORE.version}").text
    changes = client.get(f"/documents/start-up-loans/{LOANS_BEFORE.version}/changes")

    assert "This document is no longer held here" in page
    assert (changes.status_code, "is the last version that was held here" in changes.text) == (200, True)


def test_the_current_version_has_no_changes_to_show(client: TestClient) -> None:
    page = client.get(f"/documents/growth-fund/{FUND.version}/changes").text

    assert "This is the current version of “Business Growth Fund”" in page


def test_a_kept_original_is_sent_as_a_file_that_runs_nothing(originals: TestClient) -> None:
    answer = originals.get(f"/documents/report/{REPORT.version}/original")

    assert answer.text == "<script>alert(1)</script>"
    assert answer.headers["content-disposition"] == 'attachment; filename="report.html"'
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_picture_that_cannot_be_drawn_says_why(originals: TestClient) -> None:
    answer = originals.get(f"/documents/pdf/{BROKEN.version}/pages/1.png")

    assert answer.status_code == 422
    assert "This page cannot be shown: " in answer.text


def test_when_too_many_pictures_are_drawn_people_are_asked_to_wait(tmp_path: Path) -> None:
    class Busy(Pictures):
        def draw(self, order: PictureOrder) -> bytes | None:  # noqa: ARG002  # as the one it stands for
            return None

    app = create_app(with_originals(tmp_path), Settings(), pictures=Busy())

    answer = TestClient(app).get(f"/documents/pdf/{BROKEN.version}/pages/1.png")

    assert answer.status_code == 503
    assert "try again in a minute" in answer.text


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("pages/0", 404, "No such page"),
        ("pages/2", 404, "No such page"),
        ("pages/x.png", 404, "No such page"),
        ("pages/1.png?width=100000", 400, "width=100000 is none of 1000, 1600"),
        ("pages/1?from=1", 400, "This link is damaged"),
        ("original?from=1", 400, "This link is damaged"),
    ],
)
def test_a_page_that_is_not_there_is_said_with_a_way_on(
    originals: TestClient, path: str, status: int, words: str
) -> None:
    answer = originals.get(f"/documents/pdf/{BROKEN.version}/{path}")

    assert answer.status_code == status
    assert words in answer.text
    assert 'href="/documents"' in answer.text


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/documents/nothing", 404, "No such document"),
        ("/documents/nothing/0123456789ab", 404, "No such document"),
        ("/documents/growth-fund/0123456789ab", 404, "Read the current version"),
        (f"/documents/growth-fund/{FUND.version}?from=5", 400, "Read the document without marks"),
        (f"/documents/growth-fund/{FUND.version}?from=5&to=99999", 400, "This link is damaged"),
        (f"/documents/growth-fund/{FUND.version}?from=%3Cb%3E&to=1", 400, "&lt;b&gt;"),
        (f"/documents/growth-fund/{FUND.version}?also=5", 400, "This link is damaged"),
        (f"/documents/growth-fund/{FUND.version}?find=a&hit=%3Cb%3E", 400, "hit=&lt;b&gt;"),
        (f"/documents/growth-fund/{FUND.version}/original", 404, "No original here"),
        (f"/documents/growth-fund/{FUND.version}/pages/1", 404, "No such page"),
        (f"/documents/growth-fund/{FUND.version}/pages/1.png", 404, "No such page"),
        ("/documents/growth-fund/0123456789ab/changes", 404, "Read the current version"),
        ("/documents/nothing/0123456789ab/original", 404, "No such document"),
        ("/documents/%3Cscript%3E", 404, "&lt;script&gt;"),
        ("/nowhere", 404, "There is no page at this address"),
        ("/conversations/unknown.md", 404, "no longer kept"),
    ],
)
def test_what_cannot_be_shown_is_said_with_a_way_on(client: TestClient, address: str, status: int, words: str) -> None:
    answer = client.get(address)

    assert answer.status_code == status
    assert words in answer.text
    assert 'href="/documents"' in answer.text


def test_a_hostile_document_is_shown_as_text(client: TestClient) -> None:
    page = parser.fromstring(client.get("/documents/hostile").text)

    assert not page.xpath("//img | //script | //article//form | //b")
    assert [form.get("action") for form in page.iter("form")] == [f"/documents/hostile/{HOSTILE_DOCUMENT.version}#hit"]
    assert not page.xpath("//a[starts-with(@href, 'javascript')]")
    assert '<img src=x onerror="alert(1)">' in page.xpath("//h1")[0].text_content()


def test_the_list_names_every_document_newest_first(client: TestClient) -> None:
    page = parser.fromstring(client.get("/documents").text)

    links = page.xpath("//ul[@class='documents']/li/a[1]/@href")
    assert links[0] == "/documents/climate-2025"
    assert links[-1] == "/documents/start-up-loans"
    assert "6 of 6 documents" in page.text_content()


@pytest.mark.parametrize(
    ("query", "count"), [("kind=support-scheme", 2), ("words=growth", 2), ("words=GROWTH fund&kind=support-scheme", 1),
                         ("kind=nothing", 0), ("words=%3Cb%3E", 1)]
)  # fmt: skip
def test_the_list_is_filtered_by_kind_and_words(client: TestClient, query: str, count: int) -> None:
    answer = client.get(f"/documents?{query}")

    assert f"{count} of 6 documents" in answer.text
    assert "<b>" not in answer.text


def test_every_answer_has_security_headers(client: TestClient) -> None:
    for address in ("/staff", "/documents", "/healthz", "/static/documents.css", "/documents/nothing"):
        headers = client.get(address).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe-eval" not in headers["content-security-policy"]
    assert "script-src" not in client.get("/documents").headers["content-security-policy"]


def test_a_long_body_is_refused_whether_announced_or_not(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(BODY_BYTES // 1024 + 1):
            yield b"x" * 1024

    announced = client.post("/staff/gradio_api/queue/join", content=b"x" * (BODY_BYTES + 1))
    streamed = client.post("/staff/gradio_api/queue/join", content=pieces())

    assert (announced.status_code, streamed.status_code) == (413, 413)


def test_nothing_can_be_uploaded(client: TestClient) -> None:
    answer = client.post("/staff/gradio_api/upload", files={"files": ("a.txt", b"two bytes and more")})

    assert answer.status_code == 413


def test_there_is_no_machine_page_that_loads_from_elsewhere(client: TestClient) -> None:
    assert {client.get(address).status_code for address in ("/docs", "/redoc", "/openapi.json")} == {404}


def test_a_conversation_is_downloaded_as_a_file() -> None:
    shelf = Shelf()
    client = TestClient(create_app(FakeAssistant(), Settings(), shelf=shelf))
    *_, conversation = ask(FakeAssistant(), Conversation(), "net zero?", as_of=date(2026, 11, 23))
    shelf.put(conversation)

    markdown = client.get(f"/conversations/{conversation.token}.md")
    plain = client.get(f"/conversations/{conversation.token}.txt")

    assert markdown.headers["content-disposition"] == 'attachment; filename="conversation.md"'
    assert markdown.headers["cache-control"] == "no-store"
    assert "http://testserver/documents/climate-2019/" in markdown.text
    assert plain.headers["content-type"].startswith("text/plain")
    assert client.get(f"/conversations/{conversation.token}.html").status_code == 404
