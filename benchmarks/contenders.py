"""The contenders of the ingest benchmark: ``python -m benchmarks.contenders`` runs one of them.

The last line of output is a ``Timing``. Ours runs first and leaves the texts that it embedded, so that the
plain one gets the same.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from langchain_core.documents import Document

from strategybot.index.build import IngestOptions, ingest
from strategybot.index.embedding import BUNDLED, build_embedder, find_model
from strategybot.index.live import LiveIndex
from strategybot.schema import Frozen

SAMPLE = 500
"""Passages whose stored vectors are compared."""


class Timing(Frozen):
    """What a contender reports: passages indexed, texts embedded for that, seconds of indexing alone."""

    passages: int
    embedded: int
    seconds: float


def run_ours(folder: Path) -> Timing:
    """Ingest the documents without sentence vectors; leave texts and some vectors for the plain contender."""
    timing, index = _ingest(folder, with_sentences=False)
    snapshot = index.snapshot()
    texts = {passage.id: passage.embedded_text for passage in snapshot.passages(snapshot.ids)}
    (folder / "texts.json").write_text(json.dumps(texts), "utf-8")
    np.save(folder / "ours.npy", snapshot.passage_vectors(_sample(snapshot.ids)))
    return timing


def run_ours_with_sentences(folder: Path) -> Timing:
    """Ingest the documents with sentence vectors too, as `strategybot ingest` does."""
    return _ingest(folder, with_sentences=True)[0]


def run_plain(folder: Path) -> Timing:
    """Index the texts that ours embedded as a tutorial would, on the processor."""
    from langchain_chroma import Chroma  # noqa: PLC0415 - loaded only in the process that times it
    from langchain_huggingface import HuggingFaceEmbeddings  # noqa: PLC0415 - likewise

    texts: dict[str, str] = json.loads((folder / "texts.json").read_text("utf-8"))
    documents = [Document(text, metadata={"passage": passage_id}) for passage_id, text in texts.items()]
    embeddings = HuggingFaceEmbeddings(model_name=str(find_model(BUNDLED)), model_kwargs={"device": "cpu"})
    embeddings.embed_query("Warm up.")
    started = time.perf_counter()
    store = Chroma.from_documents(documents, embeddings, ids=list(texts), persist_directory=str(folder / "plain"))
    seconds = time.perf_counter() - started
    sample = _sample(list(texts))
    stored = store.get(ids=sample, include=["embeddings"])
    vectors = dict(zip(stored["ids"], stored["embeddings"], strict=True))
    np.save(folder / "plain.npy", np.array([vectors[passage_id] for passage_id in sample], dtype=np.float32))
    return Timing(passages=len(texts), embedded=len(texts), seconds=seconds)


CONTENDERS: Mapping[str, Callable[[Path], Timing]] = {
    "ours": run_ours,
    "ours-with-sentences": run_ours_with_sentences,
    "plain": run_plain,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one contender over the documents of a folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.contenders", description=main.__doc__)
    parser.add_argument("contender", choices=CONTENDERS)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    print(CONTENDERS[options.contender](options.folder).model_dump_json())
    return 0


def _ingest(folder: Path, *, with_sentences: bool) -> tuple[Timing, LiveIndex]:
    home = folder / ("home-with-sentences" if with_sentences else "home")
    embedder = build_embedder(BUNDLED, cache=folder / "models")
    embedder.encode(["Warm up."])
    started = time.perf_counter()
    options = IngestOptions(with_sentences=with_sentences)
    report = ingest([folder / "documents"], home=home, embedder=embedder, options=options)
    seconds = time.perf_counter() - started
    timing = Timing(passages=report.passages, embedded=report.embedded, seconds=seconds)
    return timing, LiveIndex(home, embedder_id=embedder.id)


def _sample(ids: Sequence[str]) -> list[str]:
    """Return at most 500 ids spread evenly over the sorted ones, the same for both contenders."""
    ordered = sorted(ids)
    return ordered[:: max(1, len(ordered) // SAMPLE)][:SAMPLE]


if __name__ == "__main__":
    sys.exit(main())
