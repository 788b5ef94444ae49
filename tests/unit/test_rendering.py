"""Nouns as text for a terminal, and batches read row by row."""

from pathlib import Path

import pytest

from strategybot.errors import ConfigurationError, CorpusError
from strategybot.index.build import IngestReport
from strategybot.index.staging import Failure
from strategybot.reading.blocks import Block
from strategybot.rendering import (
    hit_rows,
    read_batch,
    render_document,
    render_hits,
    render_ingest,
    render_reply,
    render_source,
)
from strategybot.schema import NearestDocument, Passage, ScoredPassage
from tests.fakes import document_of
from tests.unit.evals.builders import QUOTE, a_citation, a_reply, an_abstention

PASSAGE = Passage(
    document_id="plan", version="0123456789ab", start=0, end=11, text="Two\nlines  ", prefix="Plan › Aims",
    headings=("Aims", "First"), paragraph=2,
)  # fmt: skip
HIT = ScoredPassage(passage=PASSAGE, score=0.12345678, rank=1)


def test_a_reply_is_its_text_and_its_sources() -> None:
    assert render_reply(a_reply()) == (
        f"{QUOTE} [1]\n\nSources\n"
        "  [1] our summary of Growth Fund, Offer (A combined authority, May 2021)\n"
        "      /documents/growth-fund/0123456789ab?from=0&to=75#p2"
    )


def test_an_abstention_names_what_may_be_of_use() -> None:
    near = NearestDocument(document_id="plan", title="Climate plan", link="/documents/plan")

    shown = render_reply(an_abstention(nearest=(near,)))

    assert shown == "The documents do not say.\n\nPerhaps of use\n  Climate plan"


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"form": "original"}, "  [1] Growth Fund, Offer (A combined authority, May 2021)"),
        ({"published": None}, "(A combined authority, undated)"),
        ({"section": ""}, "our summary of Growth Fund (A combined"),
        ({"source_url": "https://example.org/fund"}, "\n      https://example.org/fund"),
    ],
)
def test_a_source_says_what_it_is(changes: dict[str, object], shown: str) -> None:
    assert shown in render_source(a_citation(**changes))


def test_hits_are_shown_on_one_line_each_and_given_as_rows() -> None:
    assert render_hits([HIT]) == "1. Plan › Aims  [0.123]\n   Two lines"
    assert render_hits([]) == "Nothing found."
    assert hit_rows([HIT]) == [
        {"passage_id": PASSAGE.id, "document_id": "plan", "section": "Aims › First", "text": "Two\nlines  ",
         "score": 0.123457}
    ]  # fmt: skip


def test_an_ingest_is_summed_up_with_its_failures() -> None:
    report = IngestReport(
        new=("a", "b"), removed=("c",), failed=(Failure(path="d.md", reason="it is empty"),), passages=5, embedded=7,
        index="0123", seconds=1.26,
    )  # fmt: skip

    assert render_ingest(report).splitlines() == [
        "2 new, 0 changed, 0 unchanged, 1 removed, 1 failed; 5 passages, 7 texts embedded, 1.3 s",
        "failed: d.md: it is empty",
        "index 0123",
    ]


def test_a_document_is_shown_as_markdown() -> None:
    document = document_of(
        Block("heading", "Plan", 1), Block("heading", "Aims", 2), Block("paragraph", "Text."),
        Block("list-item", "one"), Block("table-row", "Year: 2038"),
    )  # fmt: skip

    assert render_document(document) == "# Plan\n\n## Aims\n\nText.\n\n- one\n\n| Year: 2038"


def test_a_batch_is_read_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(
        '{"id": 7, "question": "Who?", "as_of": "2020-01-02"}\n\n'
        '{"id": "b", "question": "When?", "history": [{"role": "user", "content": "Hi"}], "as_of": null}\n'
    )

    first, second = read_batch(path)

    assert (first.id, first.query.text, str(first.query.as_of)) == ("7", "Who?", "2020-01-02")
    assert second.query.history[0].content == "Hi"


@pytest.mark.parametrize(
    "row", ["{", "[]", "1", '{"id": 1}', '{"question": "Who?"}', '{"id": 1, "question": ""}',
            '{"id": 1, "question": "Who?", "as_of": "soon"}', '{"id": 1, "question": "Who?", "history": [1]}']
)  # fmt: skip
def test_a_bad_row_is_named_by_its_line(tmp_path: Path, row: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(f'{{"id": 1, "question": "Who?"}}\n{row}\n')

    with pytest.raises(ConfigurationError, match=r"in\.jsonl, line 2 is not a row"):
        list(read_batch(path))


def test_a_batch_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")

    for path in (tmp_path / "missing", tmp_path / "binary", tmp_path):
        with pytest.raises(CorpusError, match="it cannot be read"):
            list(read_batch(path))
