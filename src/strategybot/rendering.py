"""Rendering: nouns as text for a terminal, and rows for files."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from strategybot.dates import render_date
from strategybot.errors import ConfigurationError, CorpusError
from strategybot.index.build import IngestReport
from strategybot.schema import Citation, Document, Frozen, Query, Reply, ScoredPassage

HASHES = "######"


class BatchRow(Frozen):
    """One row of a batch: an id of the caller's and what is asked."""

    id: str
    query: Query


def render_reply(reply: Reply) -> str:
    """Write a reply for a terminal: the text, then its sources."""
    sources = [render_source(citation) for citation in reply.citations]
    nearest = [f"  {document.title}" for document in reply.nearest]
    pieces = [reply.text]
    pieces += ["Sources\n" + "\n".join(sources)] if sources else []
    pieces += ["Perhaps of use\n" + "\n".join(nearest)] if nearest else []
    return "\n\n".join(pieces)


def render_source(citation: Citation) -> str:
    """Write a citation on two lines: what it is, and where its original is."""
    summary = "our summary of " if citation.form == "digest" else ""
    day = render_date(citation.published) if citation.published else "undated"
    where = f", {citation.section}" if citation.section else ""
    head = f"  [{citation.number}] {summary}{citation.title}{where} ({citation.publisher}, {day})"
    return f"{head}\n      {citation.source_url or citation.link}"


def render_hits(hits: Sequence[ScoredPassage]) -> str:
    """Write ranked passages for a terminal."""
    blocks = [
        f"{hit.rank}. {hit.passage.prefix}  [{hit.score:.3f}]\n   {' '.join(hit.passage.text.split())}" for hit in hits
    ]
    return "\n\n".join(blocks) or "Nothing found."


def hit_rows(hits: Sequence[ScoredPassage]) -> list[dict[str, object]]:
    """Return ranked passages as rows for JSON."""
    return [
        {
            "passage_id": hit.passage.id, "document_id": hit.passage.document_id,
            "section": " › ".join(hit.passage.headings), "text": hit.passage.text, "score": round(hit.score, 6),
        }
        for hit in hits
    ]  # fmt: skip


def render_ingest(report: IngestReport) -> str:
    """Write the summary of an ingest run."""
    counts = [
        f"{len(getattr(report, state))} {state}" for state in ("new", "changed", "unchanged", "removed", "failed")
    ]
    lines = [
        f"{', '.join(counts)}; {report.passages} passages, {report.embedded} texts embedded, {report.seconds:.1f} s"
    ]
    lines += [f"failed: {failure.path}: {failure.reason}" for failure in report.failed]
    lines += [f"index {report.index}"]
    return "\n".join(lines)


def render_document(document: Document) -> str:
    """Write what was read of a document as Markdown."""
    lines = []
    for block in document.paragraphs:
        mark = {"heading": f"{HASHES[: block.level]} ", "list-item": "- ", "table-row": "| "}.get(block.kind, "")
        lines.append(mark + document.text[block.start : block.end])
    return "\n\n".join(lines)


def read_batch(path: Path) -> Iterator[BatchRow]:
    """Read the rows of a batch file (JSON lines).

    Raises:
        CorpusError: The file cannot be read.
        ConfigurationError: A row is not valid; the message names its line.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(path, f"it cannot be read ({error})") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _parse_row(path, number, line)


def _parse_row(path: Path, number: int, line: str) -> BatchRow:
    try:
        row = json.loads(line)
        asked = {"text": row["question"], "history": row.get("history") or []}
        asked |= {"as_of": row["as_of"]} if row.get("as_of") else {}
        return BatchRow(id=str(row["id"]), query=Query.model_validate(asked))
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        message = f"{path}, line {number} is not a row with id and question: {error}"
        raise ConfigurationError(message) from error
