"""Rendering: nouns as text for a terminal, and rows for files."""

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from pydantic import ValidationError

from strategybot.dates import render_date
from strategybot.errors import ConfigurationError, CorpusError
from strategybot.index.build import IngestReport
from strategybot.index.impact import Fate, Impact
from strategybot.schema import Citation, Document, Frozen, Metadata, Query, Reply, ScoredPassage
from strategybot.status import describe_status

HASHES = "######"
MARKS = {"list-item": "- ", "table-row": "| ", "footnote": "[^]: "}
REMARKS = {
    "hidden-text": "hidden text, left out", "instruction": "instruction to an assistant, not answered from",
    "no-text": "not read", "wrong-suffix": "note", "left-out": "left out",
}  # fmt: skip
FATES: dict[Fate, str] = {
    "changed": "these words were changed or taken out",
    "document-gone": "the document is no longer held",
    "replaced-by-original": "the original answers now instead of our summary",
}


class BatchRow(Frozen):
    """One row of a batch: an id of the caller's and what is asked."""

    id: str
    query: Query


def render_reply(reply: Reply, documents: Mapping[str, Metadata], *, width: int | None = None) -> str:
    """Write a reply for a terminal: the text, then its sources.

    Args:
        reply: What to write.
        documents: Metadata of all documents by id, from which the status of each source is read.
        width: Columns to wrap at; None leaves lines as long as they are.
    """
    by_document = groupby(reply.citations, key=lambda c: (c.document_id, c.version))
    groups = [tuple(citations) for _, citations in by_document]
    sources = [render_source(group, documents, as_of=reply.as_of) for group in groups]
    nearest = [f"  {document.title}" for document in reply.nearest]
    pieces = [_render_text(reply.text, width)]
    pieces += [_wrap(f"Please note: {n.text}", width) for n in reply.notices if n.text not in reply.text]
    pieces += ["Sources", *sources] if sources else []
    pieces += ["Perhaps of use\n" + "\n".join(nearest)] if nearest else []
    return "\n\n".join(pieces)


def render_source(citations: Sequence[Citation], documents: Mapping[str, Metadata], *, as_of: date) -> str:
    """Write what citations of one document rest on: their numbers and title, publisher, date, status, original."""
    first = citations[0]
    summary = "our summary of " if first.form == "digest" else ""
    day = render_date(first.published) if first.published else "undated"
    lines = [f"{summary}{first.title}", f"{first.publisher} · {day} · {_status(first, documents, as_of)}"]
    lines += [first.source_url or first.link]
    numbers = "".join(f"[{citation.number}]" for citation in citations)
    return "\n".join([f"  {numbers} {lines[0]}", *(f"      {line}" for line in lines[1:])])


def render_hits(hits: Sequence[ScoredPassage], *, width: int | None = None) -> str:
    """Write ranked passages for a terminal: place, title with headings, score, text; wrapped at a width if any."""
    blocks = []
    for hit in hits:
        text = " ".join(hit.passage.text.split())
        shown = textwrap.fill(text, width, initial_indent="   ", subsequent_indent="   ") if width else f"   {text}"
        blocks.append(f"{hit.rank}. {hit.passage.prefix}  [{hit.score:.3f}]\n{shown}")
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
        f"Documents: {', '.join(counts)}",
        f"Passages: {report.passages:,}; {report.embedded:,} texts embedded; {report.seconds:.1f} s",
        f"Index: {report.index}",
    ]
    lines += [f"Failed: {failure.path}: {failure.reason}" for failure in report.failed]
    lines += ["Cited by earlier replies:\n" + render_impact(report.impact)] if report.impact else []
    return "\n".join(lines)


def render_document(document: Document) -> str:
    """Write what was read of a document as Markdown: its blocks with their pages; comments tell what was noticed."""
    lines = []
    page: int | None = None
    for block in document.paragraphs:
        if block.page and block.page != page:
            page = block.page
            printed = f", printed {block.page_label}" if block.page_label else ""
            lines.append(f"<!-- page {page}{printed} -->")
        mark = {"heading": f"{HASHES[: block.level]} ", **MARKS}.get(block.kind, "")
        lines.append(mark + document.text[block.start : block.end])
    known = document.metadata.model_dump(include={"id", "title", "publisher", "published"}, exclude_none=True)
    lines.append(f"<!-- {'; '.join(f'{name}: {value}' for name, value in known.items())} -->")
    lines += [f"<!-- {REMARKS[r.kind]}{f', page {r.page}' if r.page else ''}: {r.text} -->" for r in document.remarks]
    return "\n\n".join(lines)


def render_impact(found: Sequence[Impact]) -> str:
    """Write what replies cited and no longer stands."""
    lines = []
    for impact in found:
        count = f"{len(impact.replies)} {'reply' if len(impact.replies) == 1 else 'replies'}"
        lines.append(
            f"{impact.document_id}: {FATES[impact.fate]}: “{impact.quote}”\n"
            f"  cited by {count}, last by {impact.replies[0]} on {render_date(impact.last_given[:10])}; "
            f"still to be read at {impact.link}"
        )
    return "\n".join(lines) or "Every passage that a kept reply cites still stands in its document."


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


def _render_text(text: str, width: int | None) -> str:
    """Write a reply's text for a terminal; notices, which Markdown would set apart, are named as such."""
    lines = (f"Please note: {line[2:]}" if line.startswith("> ") else line for line in text.splitlines())
    return "\n".join(_wrap(line, width) for line in lines)


def _wrap(line: str, width: int | None) -> str:
    if width is None or not line:
        return line
    indent = "  " if line.startswith("- ") else ""
    return textwrap.fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _status(citation: Citation, documents: Mapping[str, Metadata], as_of: date) -> str:
    metadata = documents.get(citation.document_id)
    if metadata is None:
        return "no longer held here"
    status = describe_status(metadata, documents, as_of)
    return f"{status.text} “{status.later.title}”" if status.later else status.text


def _parse_row(path: Path, number: int, line: str) -> BatchRow:
    try:
        row = json.loads(line)
        asked = {"text": row["question"], "history": row.get("history") or []}
        asked |= {"as_of": row["as_of"]} if row.get("as_of") else {}
        return BatchRow(id=str(row["id"]), query=Query.model_validate(asked))
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        message = f"{path}, line {number} is not a row with id and question: {error}"
        raise ConfigurationError(message) from error
