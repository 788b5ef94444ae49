"""A fetched original stands where its digest stood."""

from strategybot.index.originals import resolve_originals
from strategybot.schema import Metadata


def known(document_id: str, **fields: object) -> Metadata:
    return Metadata.model_validate({"id": document_id, "title": document_id.title(), **fields})


def resolve(*documents: Metadata) -> dict[str, Metadata]:
    return resolve_originals({metadata.id: metadata for metadata in documents})


def test_without_originals_every_document_answers_as_it_is() -> None:
    documents = (known("a", superseded_by="b"), known("b", form="digest"))

    assert tuple(resolve(*documents).values()) == documents
    assert resolve() == {}


def test_a_digest_no_longer_answers_once_its_original_is_there() -> None:
    assert list(resolve(known("a", form="digest"), known("a--original"), known("b"))) == ["a--original", "b"]


def test_an_original_takes_over_what_only_its_digest_says() -> None:
    digest = known("a", form="digest", publisher="LEP", valid_to="2022-09-30", area=("Leeds",), published="2020")

    found = resolve(digest, known("a--original", published="2020-03-01"))["a--original"]

    assert (found.title, found.form, found.published) == ("A--Original", "original", "2020-03-01")
    assert (found.publisher, found.valid_to, found.area) == ("LEP", "2022-09-30", ("Leeds",))


def test_what_is_said_of_a_digest_is_said_of_its_original() -> None:
    found = resolve(
        known("old", superseded_by="a", relation_basis="stated"),
        known("a", form="digest", supersedes="old"),
        known("a--original"),
        known("later", earlier_docs=("a", "old")),
    )

    assert found["old"].superseded_by == "a--original"
    assert found["a--original"].supersedes == "old"
    assert found["later"].earlier_docs == ("a--original", "old")


def test_an_original_without_a_digest_is_a_document_like_any_other() -> None:
    assert list(resolve(known("a--original"))) == ["a--original"]
