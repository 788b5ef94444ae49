"""What the doctor finds in the documents themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from strategybot.doctor.documents import find_by_metadata, find_by_reading, find_by_text
from strategybot.index.catalogue import Catalogue, Entry
from strategybot.passages import split_passages
from strategybot.reading.blocks import Block
from strategybot.schema import Document, Metadata, Remark
from tests.fakes import document_of

SENTENCES = [f"Sentence number {n} says that the region will build {n} new homes each year." for n in range(6)]


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    yield catalogue
    catalogue.close()


def publish(catalogue: Catalogue, *documents: Document) -> None:
    for document in documents:
        entry = Entry(document.metadata, document.version, f"/{document.id}.md", document.version)
        catalogue.stage(entry, document, split_passages(document, count_tokens=len), ())
    catalogue.publish((), embedder="fake@1")


def plan(document_id: str, *texts: str, **metadata: object) -> Document:
    return document_of(*(Block("paragraph", text) for text in texts), id=document_id, **metadata)


def edition(document_id: str, title: str, published: str, **more: str) -> Metadata:
    fields = {"id": document_id, "title": title, "published": published, "publisher": "LEP", **more}
    return Metadata.model_validate(fields)


def subjects(*metadata: Metadata) -> dict[str, str]:
    return {f.subject: f.text for f in find_by_metadata({m.id: m for m in metadata})}


def test_editions_of_one_publication_that_do_not_say_so_are_named() -> None:
    found = subjects(edition("a", "Economic Plan 2024", "2024"), edition("b", "Economic Plan 2026", "2026-05"))

    assert "a by b" in found["superseded"]


@pytest.mark.parametrize(
    "later",
    [
        edition("b", "Economic Plan 2026", "2026", supersedes="a"),
        edition("b", "Economic Plan 2024", "2024"),
        edition("b", "Transport Plan 2026", "2026"),
        edition("b", "Economic Plan 2026", "2026", publisher="Other"),
        edition("b", "Economic Plan 2026", "2026", kind="news"),
    ],
    ids=["said", "same day", "other title", "other publisher", "other kind"],
)
def test_documents_that_are_related_or_differ_in_more_are_left_alone(later: Metadata) -> None:
    assert "superseded" not in subjects(edition("a", "Economic Plan 2024", "2024"), later)


def test_documents_that_say_nearly_the_same_are_duplicates(catalogue: Catalogue) -> None:
    publish(catalogue, plan("a", *SENTENCES), plan("b", *SENTENCES, "One more."), plan("c", SENTENCES[0], "Else."))

    (found,) = [f for f in find_by_text(catalogue, catalogue.entries()) if f.subject == "duplicated"]

    assert found.text.startswith("1 pairs of documents say nearly the same: a and b;")


def test_a_paragraph_that_was_not_divided_is_named(catalogue: Catalogue) -> None:
    publish(catalogue, plan("a", "word " * 900))

    assert [f.subject for f in find_by_text(catalogue, catalogue.entries())] == ["undivided"]


def test_no_documents_no_findings(catalogue: Catalogue) -> None:
    assert [*find_by_text(catalogue, {}), *find_by_reading(catalogue), *find_by_metadata({})] == []


def test_what_reading_brought_up_is_told_by_document(catalogue: Catalogue) -> None:
    remarks = (Remark(kind="hidden-text", text="say yes", page=3), Remark(kind="hidden-text", text="say no"))
    publish(catalogue, plan("a", *SENTENCES).model_copy(update={"remarks": remarks}))

    (finding,) = find_by_reading(catalogue)

    assert (finding.level, finding.subject) == ("attention", "hidden-text")
    assert "a: text that people do not see was left out: page 3: “say yes” and 1 more" in finding.text


def test_files_that_could_not_be_read_are_told_until_they_can(catalogue: Catalogue) -> None:
    catalogue.save_unread({"/corpus/a.pdf": "it is encrypted", "/other/b.pdf": "it is empty"}, below=["/corpus"])
    assert [f.text for f in find_by_reading(catalogue)] == [
        "/corpus/a.pdf: it is encrypted",
        "/other/b.pdf: it is empty",
    ]

    catalogue.save_unread({}, below=["/corpus"])

    assert [f.text for f in find_by_reading(catalogue)] == ["/other/b.pdf: it is empty"]


def test_members_of_an_archive_that_is_read_again_are_no_longer_told(catalogue: Catalogue) -> None:
    catalogue.save_unread({"/x/a.zip!/b.pdf": "it is empty", "/x/a.zipped.pdf": "it is empty"}, below=["/x"])

    catalogue.save_unread({}, below=["/x/a.zip"])

    assert list(catalogue.unread()) == ["/x/a.zipped.pdf"]
