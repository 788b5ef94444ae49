"""The naive reference: what a user would otherwise put together in an afternoon, over the same documents.

LangChain's ``RecursiveCharacterTextSplitter`` at 1,000 characters with 200 of overlap, the same embedding
model, Chroma's similarity search; the nearest chunk is the answer.
"""

import hashlib
import uuid
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from chromadb.config import Settings
from langchain_chroma import Chroma
from langchain_core.documents import Document as Chunk
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from numpy.typing import NDArray

from strategybot.schema import Citation, Document, Passage, Query, Reply, ScoredPassage, Statement

CHUNK_CHARS = 1000
OVERLAP_CHARS = 200


Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""From texts to unit vectors, shape (n, dimension)."""


class NaiveAssistant:
    """Answers every question with its nearest chunk; it knows neither dates nor when to be silent."""

    def __init__(self, documents: Sequence[Document], encode: Encode) -> None:
        """Index documents in memory; there is at least one."""
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=CHUNK_CHARS, chunk_overlap=OVERLAP_CHARS, add_start_index=True
        )
        whole = [Chunk(document.text, metadata={"document_id": document.id}) for document in documents]
        # Collections of one process share a memory: the name keeps two baselines apart.
        self._store = Chroma.from_documents(
            splitter.split_documents(whole),
            _Embeddings(encode),
            collection_name=f"naive-{uuid.uuid4()}",
            client_settings=Settings(anonymized_telemetry=False),
        )
        self._documents = {document.id: document for document in documents}
        self.index_version = _hash_versions(self._documents)

    def search(self, query: Query, k: int) -> tuple[ScoredPassage, ...]:
        """Return the k chunks nearest to the words of the query, nearest first; scores are cosines."""
        found = self._store.similarity_search_with_score(query.text, k)
        return tuple(
            # Chroma's distance of unit vectors is 2 - 2 cos.
            ScoredPassage(passage=self._passage(chunk), score=1 - distance / 2, rank=rank)
            for rank, (chunk, distance) in enumerate(found, start=1)
        )

    def ask(self, query: Query) -> Reply:
        """Return the nearest chunk as the answer, cited as a whole."""
        best = self.search(query, 1)[0]
        citation = self._citation(best.passage)
        statement = Statement(text=best.passage.text, basis="quote", citations=(1,), support=1)
        return Reply(
            reply_id="r_naive",
            question=query.text,
            standalone_question=query.text,
            as_of=query.as_of,
            mode="quote",
            index=self.index_version,
            status="answered",
            answerability=1,
            text=f"{best.passage.text} [1]",
            statements=(statement,),
            citations=(citation,),
        )

    def _passage(self, chunk: Chunk) -> Passage:
        document = self._documents[chunk.metadata["document_id"]]
        start = chunk.metadata["start_index"]
        return Passage(
            document_id=document.id,
            version=document.version,
            start=start,
            end=start + len(chunk.page_content),
            text=chunk.page_content,
            prefix="",
            paragraph=next((p.number for p in document.paragraphs if p.end > start), 1),
        )

    def _citation(self, passage: Passage) -> Citation:
        about = self._documents[passage.document_id].metadata
        address = f"/documents/{passage.document_id}/{passage.version}"
        return Citation(
            number=1,
            **passage.model_dump(include={"document_id", "version", "start", "end", "paragraph"}),
            **about.model_dump(include=_SHARED_WITH_METADATA),
            section="",
            page=None,
            page_label=None,
            quote=passage.text,
            passage_id=passage.id,
            link=f"{address}?from={passage.start}&to={passage.end}#p{passage.paragraph}",
        )


_SHARED_WITH_METADATA = {
    "title",
    "publisher",
    "kind",
    "form",
    "reliability",
    "published",
    "valid_from",
    "valid_to",
    "superseded_by",
    "source_url",
}


class _Embeddings(Embeddings):
    """The same embedding model behind LangChain's interface."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [vector.tolist() for vector in self._encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def _hash_versions(documents: Mapping[str, Document]) -> str:
    versions = "\n".join(f"{document_id}@{documents[document_id].version}" for document_id in sorted(documents))
    return hashlib.sha256(versions.encode()).hexdigest()[:12]
