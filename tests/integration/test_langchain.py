"""Our seams are LangChain's own: the standard suites of ``langchain-tests`` hold for retriever and embedder."""

from pathlib import Path
from typing import Any

import pytest
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import EmbeddingsIntegrationTests, RetrieversIntegrationTests

from strategybot.assistant import Assistant, build_assistant
from strategybot.index.build import ingest
from strategybot.index.embedding import BUNDLED, SentenceEmbedder, build_embedder
from strategybot.retrieval.langchain_retriever import StrategyRetriever
from strategybot.settings import Settings
from tests.editions import write_edition
from tests.fakes import write_corpus


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Assistant:
    root = tmp_path_factory.mktemp("langchain")
    folder = write_corpus(root / "documents")
    write_edition(folder, 1, 0)
    ingest([folder], home=root / "home", embedder=build_embedder(BUNDLED, cache=models))
    return build_assistant(Settings(home=root / "home", models=models))


class TestStrategyRetriever(RetrieversIntegrationTests):
    """The standard suite over a real index."""

    @pytest.fixture(autouse=True)
    def _over(self, assistant: Assistant) -> None:
        self.assistant = assistant

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return StrategyRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"search": self.assistant.search}

    @property
    def retriever_query_example(self) -> str:
        return "What does the growth grant pay?"


class TestSentenceEmbedder(EmbeddingsIntegrationTests):
    """The standard suite over the bundled model; it is built by a function, so the fixture is ours."""

    @property
    def embeddings_class(self) -> type[Embeddings]:
        return SentenceEmbedder

    @pytest.fixture
    def model(self, models: Path) -> Embeddings:
        return build_embedder(BUNDLED, cache=models)


def test_a_retrieved_document_says_where_its_words_stand(assistant: Assistant) -> None:
    retriever = StrategyRetriever(search=assistant.search, k=2)

    first, second = retriever.invoke("What does the growth grant pay?")

    whole = assistant.find_document(first.metadata["document_id"], first.metadata["version"])
    assert whole is not None
    assert whole.text[first.metadata["start"] : first.metadata["end"]] == first.page_content
    assert first.metadata["document_id"] == "grants"
    assert (first.metadata["rank"], second.metadata["rank"]) == (1, 2)
    assert first.metadata["score"] >= second.metadata["score"]
