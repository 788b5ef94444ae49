"""An index in memory, for the tests of what searches one."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from strategybot.passages import split_passages, split_sentences
from strategybot.questions.terms import content_words
from strategybot.schema import Document, Metadata, Passage, Sentence
from tests.fakes import DIMENSION, FakeEmbedder

Matrix = NDArray[np.float32]


class MemoryIndex:
    """Searches documents exactly; words are matched by how many of them a passage holds."""

    version = "memory"

    def __init__(self, *documents: Document) -> None:
        self._embedder = FakeEmbedder()
        self.documents: Mapping[str, Metadata] = {document.id: document.metadata for document in documents}
        self._passages: dict[str, Passage] = {}
        self._sentences: dict[str, list[Sentence]] = {}
        for document in documents:
            passages = split_passages(document, count_tokens=self._embedder.count_tokens)
            for passage in passages:
                self._passages[passage.id] = passage
                self._sentences[passage.id] = list(split_sentences(document, [passage]))

    def nearest(
        self, vector: Matrix, k: int, *, document_ids: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        ids = self._ids(document_ids)
        cosines = (self.passage_vectors(ids) @ vector).tolist()
        return sorted(zip(ids, cosines, strict=True), key=lambda hit: (-hit[1], hit[0]))[:k]

    def matching(
        self, words: Sequence[str], k: int, *, document_ids: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        counts = {i: len(set(words) & set(content_words(self._passages[i].text))) for i in self._ids(document_ids)}
        found = [(i, float(count)) for i, count in counts.items() if count]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        return [self._passages[i] for i in ids]

    def passage_vectors(self, ids: Sequence[str]) -> Matrix:
        return self._embedder.encode([self._passages[i].embedded_text for i in ids])

    def sentences(self, passage_ids: Sequence[str]) -> tuple[list[Sentence], Matrix]:
        found = [sentence for i in passage_ids for sentence in self._sentences[i]]
        return found, self._embedder.encode([s.embedded_text for s in found]).reshape(len(found), DIMENSION)

    def _ids(self, document_ids: Collection[str] | None) -> list[str]:
        return sorted(i for i, p in self._passages.items() if document_ids is None or p.document_id in document_ids)
