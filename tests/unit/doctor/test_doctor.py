"""The doctor names what needs attention, and leaves the rest alone."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from strategybot.doctor import Finding, examine, render_findings
from strategybot.index.catalogue import CATALOGUE, Catalogue, Entry
from strategybot.index.pointer import Pointer, write_pointer
from strategybot.passages import split_passages
from strategybot.reading.blocks import Block
from strategybot.schema import Metadata
from strategybot.settings import Settings
from strategybot.sourcing.report import Outcome
from strategybot.sourcing.state import Ledger, Record
from tests.fakes import document_of


def index_documents(home: Path, *metadata: Mapping[str, object]) -> Settings:
    """Publish a document for each metadata, without vectors."""
    catalogue = Catalogue(home / CATALOGUE)
    for number, fields in enumerate(metadata):
        document = document_of(Block("paragraph", "Some text."), **{"id": f"plan-{number}", **fields})
        entry = Entry(document.metadata, document.version, f"/{number}.md", "print")
        catalogue.stage(entry, document, split_passages(document, count_tokens=len), ())
    catalogue.publish([], embedder="fake@1")
    catalogue.close()
    write_pointer(home, Pointer(name="passages-1", manifest="1", embedder="fake@1"))
    return Settings(home=home)


def found(settings: Settings) -> dict[str, Finding]:
    return {finding.subject: finding for finding in examine(settings)}


def test_a_home_without_an_index_needs_attention_and_is_not_made(tmp_path: Path) -> None:
    home = tmp_path / "none"

    index = found(Settings(home=home))["index"]

    assert index.level == "attention"
    assert "run `strategybot ingest`" in index.text
    assert not home.exists()


def test_an_index_is_counted(tmp_path: Path) -> None:
    findings = found(index_documents(tmp_path, {"published": "2026"}, {"published": "2026"}))

    assert findings["index"].text.startswith("2 documents, 2 passages, version ")
    assert {f.subject for f in findings.values() if f.level == "attention"} <= {"disk"}


def test_an_index_without_vectors_needs_attention(tmp_path: Path) -> None:
    settings = index_documents(tmp_path, {"published": "2026"})
    (tmp_path / "published.json").unlink()

    assert found(settings)["vector index"].level == "attention"


@pytest.mark.parametrize(
    ("metadata", "subject", "level"),
    [
        ({}, "undated", "note"),
        ({"published": "2026", "superseded_by": "lost"}, "supersession", "attention"),
        ({"published": "2026", "supersedes": "lost"}, "supersession", "attention"),
        ({"published": "2010"}, "old", "note"),
        ({"published": "2026", "reliability": "third-party"}, "third-party", "note"),
    ],
)
def test_a_document_that_is_not_as_it_should_be_is_named(
    tmp_path: Path, metadata: dict[str, object], subject: str, level: str
) -> None:
    finding = found(index_documents(tmp_path, metadata, {"published": "2026"}))[subject]

    assert finding.level == level
    assert finding.text.endswith("plan-0")


def test_a_document_that_is_as_it_should_be_is_not_named(tmp_path: Path) -> None:
    old = {"published": "2010", "superseded_by": "plan-1"}

    findings = found(index_documents(tmp_path, old, {"published": "2026", "supersedes": "plan-0"}))

    assert not findings.keys() & {"undated", "supersession", "old", "third-party"}


def test_only_a_few_of_many_are_named(tmp_path: Path) -> None:
    finding = found(index_documents(tmp_path, *({} for _ in range(7))))["undated"]

    assert finding.text == "7 documents bear no date: plan-0, plan-1, plan-2, plan-3, plan-4 and 2 more"


def test_a_model_that_is_not_there_needs_attention(tmp_path: Path) -> None:
    finding = found(Settings(home=tmp_path, embedder="no-such-model"))["installation"]

    assert finding.level == "attention"
    assert "no-such-model" in finding.text


def test_what_needs_attention_comes_first() -> None:
    findings = (
        Finding(level="fine", subject="a", text="1"),
        Finding(level="note", subject="b", text="2"),
        Finding(level="attention", subject="c", text="3"),
    )

    assert render_findings(findings) == "!! c: 3\n - b: 2\nok a: 1"


def test_originals_that_were_not_looked_at_for_long_are_stale(tmp_path: Path) -> None:
    metadata = Metadata(id="plan--original", title="Plan")
    fields = {
        "source": "plan",
        "url": "https://x.test/",
        "reached": "https://x.test/",
        "sha256": "0",
        "written": metadata,
    }
    ledger = Ledger(tmp_path / "sync", is_kept=True)
    for name, fetched in (("plan--original", "2020-01-01T00:00:00+00:00"), ("new", "2999-01-01T00:00:00+00:00")):
        record = Record.model_validate({**fields, "id": name, "file": f"{name}.html", "fetched": fetched})
        ledger.note(Outcome(id=name, source="plan", url="https://x.test/", title="Plan", verdict="new"), record)

    assert (
        "1 originals were last fetched over 30 days ago: plan--original" in found(Settings(home=tmp_path))["stale"].text
    )


def test_a_state_of_fetching_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "sync").mkdir()
    (tmp_path / "sync" / "state.json").write_text("{", "utf-8")

    assert found(Settings(home=tmp_path))["sources"].level == "attention"
