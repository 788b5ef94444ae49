"""The corpus holds every fact, whole front matter, relations that resolve, and a list of all sources."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from evals.fact_base import Fact, read_facts
from evals.wording import fold
from strategybot.eligibility.checking import check_documents
from strategybot.reading import find_files, load_sources, read_document
from strategybot.reading.markdown import parse_markdown
from strategybot.schema import Document, Metadata

CORPUS = Path(__file__).parents[2] / "corpus"
SCHEMES = Path(__file__).parents[2] / "evals" / "facts" / "schemes.jsonl"


@pytest.fixture(scope="module")
def digests() -> Mapping[str, Document]:
    """The documents of the corpus by file name, with the metadata of their own front matter alone."""
    return {path.stem: read_document(path, listed=None) for path in find_files([CORPUS])}


@pytest.fixture(scope="module")
def facts() -> tuple[Fact, ...]:
    """The fact base."""
    return read_facts()


def test_every_fact_is_in_its_digest(digests: Mapping[str, Document], facts: tuple[Fact, ...]) -> None:
    folded = {name: squeeze(digest.text) for name, digest in digests.items()}

    missing = [(f.fact_id, key) for f in facts for key in f.key if squeeze(key) not in folded.get(f.doc, "")]

    assert missing == []


def test_every_digest_has_facts(digests: Mapping[str, Document], facts: tuple[Fact, ...]) -> None:
    assert digests.keys() == {fact.doc for fact in facts}


def test_the_id_of_a_digest_is_its_file_name(digests: Mapping[str, Document]) -> None:
    assert [name for name, digest in digests.items() if digest.id != name] == []


def test_the_front_matter_of_a_digest_leaves_nothing_out() -> None:
    incomplete = {
        path.stem: sorted(
            Metadata.model_fields.keys() ^ {*parse_markdown(path.read_text("utf-8")).metadata.keys(), "schemes"}
        )
        for path in find_files([CORPUS])
    }

    assert {name: fields for name, fields in incomplete.items() if fields} == {}


def test_every_text_of_the_corpus_says_that_it_is_a_digest(digests: Mapping[str, Document]) -> None:
    assert {digest.metadata.form for digest in digests.values()} == {"digest"}
    assert [name for name, digest in digests.items() if "digest" not in digest.text] == []


def test_every_relation_between_documents_resolves(digests: Mapping[str, Document]) -> None:
    lost = [(name, other) for name, digest in digests.items() for other in related(digest) if other not in digests]

    assert lost == []


def test_no_document_is_related_to_itself_or_without_a_basis(digests: Mapping[str, Document]) -> None:
    own = [name for name, digest in digests.items() if name in related(digest)]
    groundless = [name for name, d in digests.items() if d.metadata.superseded_by and not d.metadata.relation_basis]

    assert (own, groundless) == ([], [])


def test_the_sources_list_names_every_digest_and_its_address(digests: Mapping[str, Document]) -> None:
    listed = load_sources(CORPUS / "sources.toml")

    assert listed.keys() == digests.keys()
    assert [name for name, digest in digests.items() if not agrees(listed[name], digest)] == []


def test_the_schemes_of_the_corpus_hold_together_and_every_quote_is_in_its_document(
    digests: Mapping[str, Document],
) -> None:
    findings = check_documents(list(digests.values()))

    assert [f"{f.document_id}: {f.scheme_id}: {f.text}" for f in findings if f.level == "wrong"] == []


def test_every_scheme_of_the_fact_base_is_in_its_digest_as_data(digests: Mapping[str, Document]) -> None:
    rows = [json.loads(line) for line in SCHEMES.read_text("utf-8").splitlines()]
    held = {(scheme.id, name) for name, digest in digests.items() for scheme in digest.metadata.schemes}

    assert len(rows) > 90
    assert sorted({(row["scheme_id"], row["doc"]) for row in rows} - held) == []


def test_every_scheme_rests_on_words_of_its_document(digests: Mapping[str, Document]) -> None:
    schemes = [scheme for digest in digests.values() for scheme in digest.metadata.schemes]

    assert [scheme.id for scheme in schemes if not scheme.quotes()] == []


def agrees(entry: Mapping[str, object], digest: Document) -> bool:
    return "source_url" in entry and entry.items() <= digest.metadata.model_dump().items()


def related(digest: Document) -> tuple[str, ...]:
    about = digest.metadata
    return tuple(other for other in (about.supersedes, about.superseded_by, *about.earlier_docs) if other)


def squeeze(text: str) -> str:
    return " ".join(fold(text).split())
