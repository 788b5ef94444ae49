"""The retriever: a query's views -> candidate passages and their sentences, scored."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from strategybot.questions.terms import lexical_terms
from strategybot.questions.understanding import View
from strategybot.retrieval.fusion import ranked, weighted_sum
from strategybot.schema import Metadata, Passage, Query, ScoredPassage, Sentence

NO_SENTENCE = -1.0
DENSE_WEIGHT = 0.7
LEXICAL_WEIGHT = 0.3
SENTENCE_SHARE = 0.4
"""Share of the best sentence's cosine in a passage's dense score; measured in docs/adr/0002-fusion.md."""
DOCUMENT_SHARE = 0.3
"""What the best score of its document adds to a passage's: passages of one document belong together."""
DEPTH = 100
"""Candidates taken from each of dense and lexical search, for each view."""


class Searchable(Protocol):
    """What the retriever needs of an index at one moment; ids are passage ids."""

    @property
    def version(self) -> str:
        """Version of the index."""

    @property
    def documents(self) -> Mapping[str, Metadata]:
        """The current documents by id."""

    def nearest(
        self, vector: NDArray[np.float32], k: int, *, document_ids: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return the k passages of highest cosine to a unit vector, best first."""

    def matching(
        self, words: Sequence[str], k: int, *, document_ids: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return the k best passages by BM25 that hold any of the words, best first, scores positive."""

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """Return passages in the order of their ids."""

    def passage_vectors(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors of shape (n, dimension) in the order of the ids."""

    def sentences(self, passage_ids: Sequence[str]) -> tuple[list[Sentence], NDArray[np.float32]]:
        """Return the sentences of passages with their unit vectors, shape (m, dimension)."""


Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Candidates:
    """What was found for a query, before anything is chosen from it.

    Attributes:
        passages: Best first.
        sentences: Of the passages, in no order; ``sentence_vectors`` has a unit row for each, shape (m, dimension).
        sentence_vectors: As said.
        view_vectors: A unit row for each view searched with, shape (n_views, dimension).
        best_cosine: Highest cosine of any passage to any view; 0 if nothing was found.
    """

    passages: tuple[ScoredPassage, ...]
    sentences: tuple[Sentence, ...]
    sentence_vectors: NDArray[np.float32]
    view_vectors: NDArray[np.float32]
    best_cosine: float


def find_candidates(
    searchable: Searchable, views: Sequence[View], *, query: Query, encode: Encode, k: int
) -> Candidates:
    """Search an index with all views and sum their fused scores.

    Args:
        searchable: The index at one moment.
        views: Texts to search with and their weights; at least one.
        query: Whose filters by kind and area are applied.
        encode: Texts to unit vectors.
        k: How many passages to keep.

    Returns:
        At most k passages, best first, ties by id. An empty index gives none.
    """
    only = _documents_asked_for(searchable.documents, query)
    vectors = _encode_once([view.text for view in views], encode)
    used = [n for n, view in enumerate(views) if view.weight]
    lexical = {n: dict(searchable.matching(lexical_terms(views[n].text), DEPTH, document_ids=only)) for n in used}
    dense = [searchable.nearest(vectors[n], DEPTH, document_ids=only) for n in used]
    ids = sorted({i for found in lexical.values() for i in found} | {i for found in dense for i, _ in found})
    if not ids:
        return Candidates((), (), vectors[:0], vectors, 0.0)
    sentences, sentence_vectors = searchable.sentences(ids)
    cosines = searchable.passage_vectors(ids) @ vectors.T
    closest = _closest_sentences(ids, sentences, sentence_vectors @ vectors.T, cosines)
    scores = np.zeros(len(ids))
    for n in used:
        words = np.array([lexical[n].get(i, 0.0) for i in ids])
        meaning = (1 - SENTENCE_SHARE) * cosines[:, n] + SENTENCE_SHARE * closest[:, n]
        scores += views[n].weight * weighted_sum([(DENSE_WEIGHT, meaning), (LEXICAL_WEIGHT, words)])
    scores = _with_document(ids, scores / sum(views[n].weight for n in used))
    best = ranked(dict(zip(ids, scores.tolist(), strict=True)))[:k]
    kept = _keep(searchable, best)
    inside = {p.passage.id for p in kept}
    rows = [n for n, sentence in enumerate(sentences) if sentence.passage_id in inside]
    return Candidates(kept, tuple(sentences[n] for n in rows), sentence_vectors[rows], vectors, float(cosines.max()))


def _encode_once(texts: Sequence[str], encode: Encode) -> NDArray[np.float32]:
    """Return a unit row for each text, encoding equal texts once."""
    unique = list(dict.fromkeys(texts))
    return encode(unique)[[unique.index(text) for text in texts]]


def _documents_asked_for(documents: Mapping[str, Metadata], query: Query) -> frozenset[str] | None:
    """Return the ids of the documents that the query's filters leave, or None if it has none."""
    if not query.kinds and not query.areas:
        return None
    areas = {area.lower() for area in query.areas}
    return frozenset(
        document.id
        for document in documents.values()
        if (not query.kinds or document.kind in query.kinds)
        and (not areas or areas & {area.lower() for area in document.area})
    )


def _closest_sentences(
    ids: Sequence[str],
    sentences: Sequence[Sentence],
    cosines: NDArray[np.float32],
    floor: NDArray[np.float32],
) -> NDArray[np.float64]:
    """Return each passage's best sentence cosine per view, shape (n_passages, n_views); its own where it has none."""
    rows = {passage_id: row for row, passage_id in enumerate(ids)}
    best = np.full(floor.shape, NO_SENTENCE)
    np.maximum.at(best, [rows[s.passage_id] for s in sentences], cosines)
    return np.where(best == NO_SENTENCE, floor, best)


def _with_document(ids: Sequence[str], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add to each passage's score, shape (n,), a share of the best in its document; scaled to stay within 0 and 1."""
    owners = [passage_id.partition("@")[0] for passage_id in ids]
    best: dict[str, float] = {}
    for owner, score in zip(owners, scores.tolist(), strict=True):
        best[owner] = max(best.get(owner, 0.0), score)
    return (scores + DOCUMENT_SHARE * np.array([best[owner] for owner in owners])) / (1 + DOCUMENT_SHARE)


def _keep(searchable: Searchable, best: Sequence[tuple[str, float]]) -> tuple[ScoredPassage, ...]:
    passages = searchable.passages([passage_id for passage_id, _ in best])
    scored = zip(passages, best, strict=True)
    return tuple(
        ScoredPassage(passage=passage, score=score, rank=rank) for rank, (passage, (_, score)) in enumerate(scored, 1)
    )
