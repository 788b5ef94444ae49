"""The live index: what is published in a home, noticed anew when something else is."""

import logging
import sqlite3
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from strategybot.errors import IndexMissingError, IndexStaleError
from strategybot.index.catalogue import CATALOGUE, Catalogue
from strategybot.index.originals import find_described, find_original, resolve_originals
from strategybot.index.pointer import VECTORS, Pointer, read_listing, read_pointer
from strategybot.schema import Document, Feedback, Metadata, Passage, Reply, Sentence, Version

if TYPE_CHECKING:
    from strategybot.index.vectors import VectorIndex

logger = logging.getLogger(__name__)

CHECK_S = 1.0
RETRY_S = 10.0
"""How often a Chroma server that was away when the index was opened is tried again."""
OVERFETCH = 4
NARROW_SHARE = 0.25
"""A filter that leaves less than this share of the passages is searched exactly (RESEARCH: Chroma filters slowly)."""
CACHED_PASSAGES = 50_000
CACHED_DOCUMENTS = 100


def require_index(home: Path) -> None:
    """Check that something is indexed in a home, without reading it.

    Raises:
        IndexMissingError: There is nothing.
    """
    if not (home / CATALOGUE).exists():
        raise IndexMissingError(_missing(home))


def _missing(home: Path) -> str:
    return f"nothing is indexed in {home} yet; run `strategybot ingest` first"


class Snapshot:
    """The index at one moment: consistent however long it is held. Ids are passage ids."""

    def __init__(
        self, catalogue: Catalogue, *, embedder_id: str, version: str, vector_index: "VectorIndex | None"
    ) -> None:
        """Read what is current."""
        self._catalogue = catalogue
        self._embedder_id = embedder_id
        self._vector_index = vector_index
        self.version = version
        every = {document_id: entry.metadata for document_id, entry in catalogue.entries().items()}
        self.documents: Mapping[str, Metadata] = resolve_originals(every)
        self.described: Mapping[str, Metadata] = find_described(every)
        current = [row for row in catalogue.current_passages() if row[2] in self.documents]
        self.ids = [passage_id for _, passage_id, _, _ in current]
        self._rows = {passage_id: row for row, passage_id, _, _ in current}
        self._by_row = {row: passage_id for row, passage_id, _, _ in current}
        self._owner = {passage_id: document_id for _, passage_id, document_id, _ in current}
        self._keys = {passage_id: key for _, passage_id, _, key in current}
        built = vector_index.keys if vector_index else {}
        self._built = frozenset(i for i in self.ids if built.get(i) == self._keys[i])
        self._sentences: dict[str, tuple[list[Sentence], NDArray[np.float32]]] = {}
        # A document of a hundred pages has thousands of paragraphs to parse; every citation looks its document up.
        self._find = lru_cache(maxsize=CACHED_DOCUMENTS)(catalogue.find_document)

    @property
    def passage_count(self) -> int:
        """Number of passages that can be found."""
        return len(self.ids)

    def nearest(
        self, vector: NDArray[np.float32], k: int, *, document_ids: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return (passage id, cosine) of the k nearest passages to a unit vector, best first, ties by id.

        Chroma answers; what changed since it was built is searched exactly and put in, and so is everything when a
        filter is narrow or Chroma fails.
        """
        allowed = None if document_ids is None else [i for i in self.ids if self._owner[i] in document_ids]
        narrow = allowed is not None and len(allowed) < NARROW_SHARE * len(self.ids)
        if self._vector_index is None or narrow:
            return self._exactly(vector, k, self.ids if allowed is None else allowed)
        return self._by_chroma(self._vector_index, vector, k, allowed=allowed)

    def matching(
        self, words: Sequence[str], k: int, *, document_ids: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return (passage id, BM25) of the k best passages that hold any of the words, best first; scores positive."""
        wanted = k if document_ids is None else len(self.ids)
        found = ((self._by_row.get(row), score) for row, score in self._catalogue.matching(words, wanted))
        return [
            (passage_id, score)
            for passage_id, score in found
            if passage_id and (document_ids is None or self._owner[passage_id] in document_ids)
        ][:k]

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """Return passages in the order of their ids."""
        return self._catalogue.passages([self._rows[i] for i in ids])

    def passage_vectors(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (n, dimension), in the order of the ids."""
        numbers, matrix = self._matrix
        return matrix[[numbers[i] for i in ids]]

    def sentences(self, passage_ids: Sequence[str]) -> tuple[list[Sentence], NDArray[np.float32]]:
        """Return the sentences of passages in order, with their unit vectors, shape (m, dimension)."""
        parts = [self._sentences_of(i) for i in passage_ids]
        found = [sentence for sentences, _ in parts for sentence in sentences]
        vectors = [matrix for sentences, matrix in parts if sentences]
        return found, np.concatenate(vectors) if vectors else np.empty((0, self._dimension), dtype=np.float32)

    @cached_property
    def stem_frequencies(self) -> Mapping[str, int]:
        """Every (Porter) stem with the number of passages that hold it."""
        return self._catalogue.stem_frequencies()

    def find_passage(self, document_id: str, version: str, offset: int) -> str | None:
        """Return the id of the passage of a document's current version that holds an offset; None if none does."""
        for passage_id, start, end in self._spans.get(f"{document_id}@{version}", ()):
            if start <= offset < end:
                return passage_id
        return None

    def find_document(self, document_id: str, version: str | None = None) -> Document | None:
        """Return a document; with a version also one that is no longer current."""
        document = self._find(document_id, version)
        metadata = self.documents.get(document_id)
        return document.model_copy(update={"metadata": metadata}) if document and metadata else document

    def save_citations(self, reply: Reply) -> None:
        """Keep what a reply cited; where that cannot be written it is logged, for the answer must not be lost by it."""
        try:
            self._catalogue.save_citations(reply)
        except sqlite3.Error as error:
            logger.warning("what reply %s cites was not kept: %s", reply.reply_id, error)

    def versions(self, document_id: str) -> tuple[Version, ...]:
        """Return the versions of a document, newest first."""
        return self._catalogue.versions(document_id)

    def save_feedback(self, feedback: Feedback) -> None:
        """Keep what a person thought of a reply."""
        self._catalogue.save_feedback(feedback)

    @cached_property
    def _spans(self) -> Mapping[str, Sequence[tuple[str, int, int]]]:
        """Passages by document and version: id, start, end."""
        found: dict[str, list[tuple[str, int, int]]] = {}
        for passage_id in self.ids:
            text, _, span = passage_id.rpartition("#")
            start, _, end = span.partition("-")
            found.setdefault(text, []).append((passage_id, int(start), int(end)))
        return found

    @cached_property
    def _matrix(self) -> tuple[Mapping[str, int], NDArray[np.float32]]:
        keys = [self._keys[i] for i in self.ids]
        return {i: n for n, i in enumerate(self.ids)}, self._catalogue.vectors(keys, self._embedder_id)

    @property
    def _dimension(self) -> int:
        return int(self._matrix[1].shape[1])

    def _exactly(self, vector: NDArray[np.float32], k: int, ids: Sequence[str]) -> list[tuple[str, float]]:
        if not ids:
            return []
        cosines = self.passage_vectors(ids) @ vector
        # The ids are sorted, so that a stable sort breaks ties by id.
        order = np.argsort(-cosines, kind="stable")[:k]
        return [(ids[n], float(cosines[n])) for n in order]

    def _by_chroma(
        self, index: "VectorIndex", vector: NDArray[np.float32], k: int, *, allowed: Sequence[str] | None
    ) -> list[tuple[str, float]]:
        from strategybot.index.vectors import VectorIndexError  # noqa: PLC0415 - chromadb is loaded already if this is used

        keep = self.ids if allowed is None else allowed
        usable = self._built.intersection(keep)
        wanted = k if allowed is None else k * OVERFETCH
        try:
            found = index.nearest(vector, wanted + len(index.keys) - len(usable))
        except VectorIndexError as error:
            logger.warning("searching exactly: %s", error)
            return self._exactly(vector, k, keep)
        hits = dict(hit for hit in found if hit[0] in usable)
        added = self._exactly(vector, k, [i for i in keep if i not in usable])
        return sorted({**hits, **dict(added)}.items(), key=lambda hit: (-hit[1], hit[0]))[:k]

    def _sentences_of(self, passage_id: str) -> tuple[list[Sentence], NDArray[np.float32]]:
        if passage_id not in self._sentences:
            if len(self._sentences) > CACHED_PASSAGES:
                self._sentences.clear()
            found = self._catalogue.sentences(self._rows[passage_id])
            vectors = self._catalogue.vectors([key for _, key in found], self._embedder_id)
            self._sentences[passage_id] = ([sentence for sentence, _ in found], vectors)
        return self._sentences[passage_id]


class LiveIndex:
    """Gives the newest snapshot of a home; safe to use from several threads."""

    def __init__(
        self, home: Path, *, embedder_id: str, chroma_url: str | None = None, retry_s: float = RETRY_S
    ) -> None:
        """Remember where to look; nothing is opened yet."""
        self._home = home
        self._embedder_id = embedder_id
        self._chroma_url = chroma_url
        self._retry_s = retry_s
        self._retry_at = float("inf")
        self._lock = threading.Lock()
        self._catalogue: Catalogue | None = None
        self._snapshot: Snapshot | None = None
        self._seen: tuple[str, Pointer | None] | None = None
        self._checked = float("-inf")

    def snapshot(self) -> Snapshot:
        """Return the published index, read anew if another was published more than a second ago.

        Raises:
            IndexMissingError: Nothing is indexed in this home.
            IndexStaleError: The index was made by another embedding model.
        """
        with self._lock:
            if self._snapshot is None or time.monotonic() - self._checked > CHECK_S:
                self._refresh()
            assert self._snapshot is not None
            return self._snapshot

    def original_path(self, name: str) -> Path | None:
        """Return where the file of ``Document.original`` is kept; None if it is not."""
        return find_original(self._home, name)

    def _refresh(self) -> None:
        if self._catalogue is None:
            require_index(self._home)
            self._catalogue = Catalogue(self._home / CATALOGUE)
        manifest = self._catalogue.read_state("manifest")
        if manifest is None:
            raise IndexMissingError(_missing(self._home))
        made_by = self._catalogue.read_state("embedder")
        if made_by != self._embedder_id:
            message = (
                f"the index in {self._home} was made by the embedding model {made_by}, not {self._embedder_id}; "
                "run `strategybot ingest`, or set STRATEGYBOT_EMBEDDER to the model that made it"
            )
            raise IndexStaleError(message)
        seen = (manifest, read_pointer(self._home))
        if self._snapshot is None or seen != self._seen or time.monotonic() > self._retry_at:
            index = self._open_vectors(seen[1])
            away = index is None and self._chroma_url is not None
            self._retry_at = time.monotonic() + self._retry_s if away else float("inf")
            self._snapshot = Snapshot(
                self._catalogue, embedder_id=self._embedder_id, version=manifest, vector_index=index
            )
            self._seen = seen
        self._checked = time.monotonic()

    def _open_vectors(self, pointer: Pointer | None) -> "VectorIndex | None":
        from strategybot.index import vectors  # noqa: PLC0415 - chromadb is a heavy import, only when an index is opened

        if pointer is None or pointer.embedder != self._embedder_id:
            return None
        try:
            keys = read_listing(self._home, pointer.name)
            if self._chroma_url:
                return vectors.open_on_server(self._chroma_url, pointer.name, keys)
            return vectors.open_folder(self._home / VECTORS / pointer.name, pointer.files, keys)
        except vectors.VectorIndexError as error:
            logger.warning("searching exactly: %s", error)
            return None
