"""Rendering for a terminal: replies, summaries of ingests, rows of batches."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from strategybot.errors import ConfigurationError, CorpusError
from strategybot.index.build import IngestReport
from strategybot.index.staging import Failure
from strategybot.rendering import read_batch, render_document, render_hits, render_ingest, render_reply
from strategybot.schema import Metadata, Passage, Query, Reply, ScoredPassage
from tests.fakes_assistant import CLIMATE, DOCUMENTS, FakeAssistant

METADATA: Mapping[str, Metadata] = {document.id: document.metadata for document in DOCUMENTS}
ROW = json.dumps({"id": 7, "question": "Who?"})


def ask(words: str) -> Reply:
    *_, last = FakeAssistant().stream(Query(text=words, as_of=date(2026, 11, 23)))
    return last


def test_a_reply_names_title_publisher_date_status_and_original_of_each_source() -> None:
    text = render_reply(ask("net zero"), METADATA)

    assert text.splitlines()[-7:] == [
        "  [1] our summary of Clean Growth Action Plan",
        "      West Yorkshire Combined Authority · 3 October 2019 · "
        "Superseded by “Climate and Environment Plan 2025 to 2038”",
        "      https://example.org/climate-2019",
        "",
        "  [2] Climate and Environment Plan 2025 to 2038",
        "      West Yorkshire Combined Authority · November 2025 · In force",
        "      https://example.org/climate-2025.pdf",
    ]


def test_citations_of_one_document_are_one_source() -> None:
    text = render_reply(ask("which grants"), METADATA)

    assert "  [1][2] our summary of Business Growth Fund\n" in text
    assert "Wakefield" not in text
    assert "Closed on 30 September 2022" in text


def test_a_notice_is_named_as_one_and_said_once() -> None:
    text = render_reply(ask("net zero"), METADATA)

    assert text.count("Please note: “Clean Growth Action Plan” has been replaced by") == 1
    assert "\n> " not in text


def test_lines_are_wrapped_to_a_terminal_and_links_are_not_broken() -> None:
    lines = render_reply(ask("net zero"), METADATA, width=40).split("\n\nSources")[0].splitlines()

    assert max(len(line) for line in lines) <= 40
    assert lines[1].startswith("  ")


def test_a_source_that_is_gone_says_so() -> None:
    assert "no longer held here" in render_reply(ask("net zero"), {})


def test_an_abstention_has_no_sources_but_what_may_help() -> None:
    text = render_reply(ask("weather"), METADATA)

    assert "Sources" not in text
    assert text.endswith("Perhaps of use\n  Climate and Environment Plan 2025 to 2038")


def test_a_summary_counts_and_names_what_failed() -> None:
    report = IngestReport(
        new=("a", "b"), failed=(Failure(path="c.md", reason="it is empty"),), passages=1234, index="0123", seconds=2.04
    )

    assert render_ingest(report).splitlines() == [
        "Documents: 2 new, 0 changed, 0 unchanged, 0 removed, 1 failed",
        "Passages: 1,234; 0 texts embedded; 2.0 s",
        "Index: 0123",
        "Failed: c.md: it is empty",
    ]


def test_a_document_is_shown_as_markdown() -> None:
    text = render_document(CLIMATE)

    assert text.startswith("# Clean Growth Action Plan\n\n## Target\n\nThe City Region")
    assert "- Solar panels on public buildings." in text


def test_passages_are_ranked_lines_wrapped_to_a_terminal() -> None:
    passage = Passage(
        document_id="a", version="0" * 12, start=0, end=29, text="One two three.\n\nFour five six.", prefix="A › B",
        paragraph=1,
    )  # fmt: skip
    hits = [ScoredPassage(passage=passage, score=0.5, rank=1)]

    assert render_hits(hits) == "1. A › B  [0.500]\n   One two three. Four five six."
    assert render_hits(hits, width=20) == "1. A › B  [0.500]\n   One two three.\n   Four five six."


def test_nothing_found_is_said() -> None:
    assert render_hits(()) == "Nothing found."


def test_a_row_needs_an_id_and_a_question_and_may_have_more(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    more = {"id": "b", "question": "When?", "as_of": "2020-01-31", "history": [{"role": "user", "content": "Hi"}]}
    path.write_text(f"{ROW}\n\n{json.dumps(more)}\n", "utf-8")

    first, second = read_batch(path)

    assert (first.id, first.query.text) == ("7", "Who?")
    assert second.query.as_of == date(2020, 1, 31)
    assert second.query.history[0].content == "Hi"


@pytest.mark.parametrize("line", ["{", '{"id": "a"}', '{"question": "?"}', '{"id": "a", "question": ""}', "[]"])
def test_a_row_that_is_none_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(f"{ROW}\n{line}\n", "utf-8")

    with pytest.raises(ConfigurationError, match="line 2"):
        list(read_batch(path))


def test_a_batch_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"rows\.jsonl"):
        list(read_batch(tmp_path / "rows.jsonl"))
