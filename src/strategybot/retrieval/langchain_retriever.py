"""Our retrieval as a LangChain ``BaseRetriever``, for other people's chains."""

from collections.abc import Callable
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from strategybot.schema import Query, ScoredPassage

Search = Callable[[Query, int], tuple[ScoredPassage, ...]]


class StrategyRetriever(BaseRetriever):
    """Returns passages as LangChain documents: text as content; ids, headings, span and score as metadata.

    Example:
        ``StrategyRetriever(search=assistant.search, k=5).invoke("who can apply?")``
    """

    search: Search = Field(description="A query and k to ranked passages; Assistant.search is one")
    k: int = Field(default=5, ge=1, description="How many passages to return")

    def _get_relevant_documents(  # LangChain's signature, its unused arguments included
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002
        k: int | None = None,
        **_kwargs: Any,  # noqa: ANN401
    ) -> list[LangChainDocument]:
        return [_as_langchain(hit) for hit in self.search(Query(text=query), self.k if k is None else k)]


def _as_langchain(hit: ScoredPassage) -> LangChainDocument:
    passage = hit.passage
    metadata = {
        "document_id": passage.document_id, "version": passage.version, "headings": list(passage.headings),
        "start": passage.start, "end": passage.end, "score": hit.score, "rank": hit.rank,
    }  # fmt: skip
    return LangChainDocument(id=passage.id, page_content=passage.text, metadata=metadata)
