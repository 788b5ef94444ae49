"""The naive reference over a real in-memory Chroma."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from langchain_core.embeddings import DeterministicFakeEmbedding
from numpy.typing import NDArray

from evals.baseline import CHUNK_CHARS, NaiveAssistant
from evals.measuring import SEARCH_DEPTH, measure
from strategybot.schema import Document, Metadata, Paragraph, Query
from tests.unit.evals.builders import a_question

LONG = " ".join(f"Sentence {n} of the growth fund pays £{n}." for n in range(200))
QUERY = Query(text="What does the growth fund pay?", as_of=date(2026, 11, 23))


def a_document(document_id: str, text: str) -> Document:
    metadata = Metadata(id=document_id, title=document_id, published="2021-05")
    block = Paragraph(number=1, kind="paragraph", start=0, end=len(text))
    return Document(metadata=metadata, version="0123456789ab", text=text, paragraphs=(block,))


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.array(DeterministicFakeEmbedding(size=32).embed_documents(list(texts)), dtype=np.float32)


def a_baseline(*documents: Document) -> NaiveAssistant:
    return NaiveAssistant(documents, encode)


def test_every_chunk_is_a_span_of_its_document_and_at_most_so_long() -> None:
    found = a_baseline(a_document("growth-fund", LONG)).search(QUERY, SEARCH_DEPTH)

    assert [hit.rank for hit in found] == list(range(1, len(found) + 1))
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert all(LONG[hit.passage.start : hit.passage.end] == hit.passage.text for hit in found)
    assert max(len(hit.passage.text) for hit in found) <= CHUNK_CHARS


def test_its_answer_is_its_nearest_chunk_cited_as_a_whole() -> None:
    baseline = a_baseline(a_document("growth-fund", LONG), a_document("other", "Another text."))

    reply = baseline.ask(QUERY)

    assert reply.citations[0].quote == baseline.search(QUERY, 1)[0].passage.text
    assert reply.text == f"{reply.citations[0].quote} [1]"
    assert reply.citations[0].published == "2021-05"


def test_two_baselines_do_not_share_their_chunks() -> None:
    first = a_baseline(a_document("one", "The one text."))
    a_baseline(a_document("two", "The other text."))

    assert [hit.passage.document_id for hit in first.search(QUERY, SEARCH_DEPTH)] == ["one"]


def test_its_index_version_is_that_of_its_documents() -> None:
    one, two = a_document("one", "The one text."), a_document("two", "The other text.")

    assert a_baseline(one, two).index_version == a_baseline(two, one).index_version
    assert a_baseline(one).index_version != a_baseline(two).index_version


def test_it_is_measured_like_any_system() -> None:
    baseline = a_baseline(a_document("growth-fund", "It paid grants of £10,000 to £50,000."))

    (row,) = measure("naive baseline", baseline, questions=[a_question()]).rows

    assert row.right
    assert row.ranking == ("growth-fund",)
