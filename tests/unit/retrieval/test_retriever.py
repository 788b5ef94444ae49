"""The retriever over an index in memory."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import pytest

from strategybot.questions.understanding import View
from strategybot.reading.blocks import Block
from strategybot.retrieval.retriever import DOCUMENT_SHARE, Candidates, find_candidates
from strategybot.schema import Document, Query
from tests.fakes import FakeEmbedder, document_of
from tests.fakes_index import MemoryIndex

WORDS = "The {} plan of the region speaks of {} at length, and of nothing else but {}. " * 6


def a_document(document_id: str, subject: str, **metadata: object) -> Document:
    body = Block("paragraph", WORDS.replace("{}", subject))
    return document_of(body, id=document_id, title=f"{subject} plan", **metadata)


FERRIES = a_document("ferries", "ferries", kind="plan", area=["Leeds"])
BRIDGES = a_document("bridges", "bridges", kind="strategy", area=["Wakefield", "Leeds"])
TRAMS = a_document("trams", "trams", kind="strategy", area=["York"])
INDEX = MemoryIndex(FERRIES, BRIDGES, TRAMS)


def find(
    text: str, index: MemoryIndex = INDEX, *, k: int = 10, filters: Mapping[str, object] = MappingProxyType({})
) -> Candidates:
    query = Query.model_validate({"text": text, "as_of": date(2026, 11, 23), **filters})
    return find_candidates(index, [View(text, 1.0)], query=query, encode=FakeEmbedder().encode, k=k)


def documents_of(found: Candidates) -> list[str]:
    return list(dict.fromkeys(hit.passage.document_id for hit in found.passages))


@pytest.mark.parametrize("k", [1, 2, 50])
def test_at_most_k_passages_are_found_best_first_and_ranked(k: int) -> None:
    found = find("what of ferries?", k=k)

    scores = [hit.score for hit in found.passages]
    assert 1 <= len(found.passages) <= k
    assert scores == sorted(scores, reverse=True)
    assert [hit.rank for hit in found.passages] == list(range(1, len(scores) + 1))
    assert len({hit.passage.id for hit in found.passages}) == len(scores)
    assert documents_of(found)[0] == "ferries"


def test_the_sentences_are_those_of_the_passages_that_were_kept() -> None:
    found = find("what of ferries?", k=1)

    assert {sentence.passage_id for sentence in found.sentences} == {found.passages[0].passage.id}
    assert len(found.sentence_vectors) == len(found.sentences) > 0


@pytest.mark.parametrize(
    ("filters", "documents"),
    [
        ({"kinds": ["strategy"]}, {"bridges", "trams"}),
        ({"areas": ["leeds"]}, {"bridges", "ferries"}),
        ({"kinds": ["strategy"], "areas": ["Leeds", "York"]}, {"bridges", "trams"}),
        ({"kinds": ["news"]}, set()),
        ({"areas": ["Hull"]}, set()),
    ],
)
def test_filters_leave_only_what_they_name(filters: dict[str, object], documents: set[str]) -> None:
    assert set(documents_of(find("what of ferries?", filters=filters))) == documents


def test_an_empty_index_gives_nothing() -> None:
    found = find("what of ferries?", MemoryIndex())

    assert (found.passages, found.sentences, found.best_cosine) == ((), (), 0.0)
    assert found.view_vectors.shape == (1, FakeEmbedder.dimension)


def test_equal_passages_are_ranked_by_id() -> None:
    twins = [a_document(name, "ferries") for name in ("b", "a", "c")]

    assert documents_of(find("what of ferries?", MemoryIndex(*twins))) == ["a", "b", "c"]


def test_a_view_without_weight_is_compared_and_not_searched_with() -> None:
    views = [View("ferries", 0.0), View("trams", 1.0)]

    found = find_candidates(INDEX, views, query=Query(text="trams"), encode=FakeEmbedder().encode, k=1)

    assert documents_of(found) == ["trams"]
    assert len(found.view_vectors) == 2
    assert found.passages == find("trams", k=1).passages


def a_plan(document_id: str, *subjects: str) -> Document:
    blocks = [(Block("heading", name, 2), Block("paragraph", WORDS.replace("{}", name))) for name in subjects]
    return document_of(*(block for pair in blocks for block in pair), id=document_id, title="Region plan")


def scores_of(found: Candidates) -> dict[tuple[str, str], float]:
    return {(hit.passage.document_id, hit.passage.headings[-1]): hit.score for hit in found.passages}


def test_a_passage_gains_by_the_best_passage_of_its_document() -> None:
    found = find("ferries", MemoryIndex(a_plan("a", "bridges", "trams"), a_plan("b", "bridges", "ferries")))

    scores = scores_of(found)
    assert scores["b", "bridges"] > scores["a", "bridges"]
    assert next(iter(scores)) == ("b", "ferries")


def test_what_a_document_lends_is_a_share_of_its_best_score() -> None:
    found = find("ferries", MemoryIndex(a_plan("b", "bridges", "ferries")))

    scores = scores_of(found)
    assert scores["b", "ferries"] == pytest.approx(1)
    assert scores["b", "bridges"] == pytest.approx(DOCUMENT_SHARE / (1 + DOCUMENT_SHARE))


@pytest.mark.parametrize("text", ["ferries", "bridges and trams", "nothing known", "£5"])
def test_scores_lie_between_0_and_1(text: str) -> None:
    found = find(text, MemoryIndex(a_plan("a", "bridges", "trams"), a_plan("b", "bridges", "ferries")))

    assert all(0 <= hit.score <= 1 for hit in found.passages)
    assert len(found.passages) == 4
