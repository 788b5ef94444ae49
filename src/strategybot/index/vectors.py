"""The Chroma adapter: the only import of chromadb. An index is built aside, verified, then opened; never changed."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as DeadlineError
from contextlib import closing
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, urlsplit

os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")  # read by chromadb while it is imported

import chromadb
import httpx
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError
from numpy.typing import NDArray

from strategybot.errors import ConfigurationError, CorpusError

T = TypeVar("T")

COLLECTION = "passages"
BATCH = 2000
SAMPLE = 300
DEADLINE_S = 5.0
REST_S = 30.0
"""How long a Chroma that did not answer in time is not asked again: else every question would wait for it."""
VERIFY_DEADLINE_S = 600.0
VECTOR_SUFFIX = ".bin"
DATABASE = "chroma.sqlite3"


class VectorIndexError(Exception):
    """A vector index cannot be used now; exact search answers instead."""


class SlowVectorIndexError(VectorIndexError):
    """It did not answer in time."""


class VectorIndex:
    """A published Chroma collection, read only; distances become cosines here."""

    def __init__(self, client: ClientAPI, name: str, keys: Mapping[str, str]) -> None:
        """Open a collection and hold the passage ids that it was built from, each with the key of its vector."""
        self._collection = client.get_collection(name, embedding_function=None)
        self.keys = keys
        self._rests_until = float("-inf")

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """Return (passage id, cosine) of the k nearest passages to a unit vector, best first.

        Raises:
            VectorIndexError: Chroma failed, or did not answer within five seconds now or half a minute ago.
        """
        wanted = min(k, len(self.keys))
        if not wanted:
            return []
        if time.monotonic() < self._rests_until:
            message = "Chroma did not answer in time and is not asked for a while"
            raise VectorIndexError(message)
        job = _start(
            lambda: self._collection.query(query_embeddings=[vector.tolist()], n_results=wanted, include=["distances"])
        )
        try:
            found = _wait(job)
        except SlowVectorIndexError:
            self._rests_until = time.monotonic() + REST_S
            raise
        ids, distances = found["ids"][0], (found["distances"] or [[]])[0]
        return [(i, 1.0 - float(d)) for i, d in zip(ids, distances, strict=True)]


def build_folder(folder: Path, rows: Iterator[tuple[list[str], NDArray[np.float32]]]) -> dict[str, int]:
    """Build an embedded index in a fresh folder and verify it in a child process.

    Args:
        folder: Where; whatever lies there is deleted first.
        rows: Batches of passage ids and their unit vectors, shape (n, dimension).

    Returns:
        The sizes of its vector files by relative name.

    Raises:
        CorpusError: The finished index does not find what was put in.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    client = _open_folder(folder)
    try:
        _fill(client, COLLECTION, rows)
    finally:
        _close(client)
    _verify_in_child(folder)
    return vector_files(folder)


def open_folder(folder: Path, files: dict[str, int], keys: Mapping[str, str]) -> VectorIndex:
    """Open a published embedded index.

    Raises:
        VectorIndexError: The folder is not as it was published, or Chroma cannot open it.
    """
    if not is_whole(folder, files):
        message = f"the vector index in {folder} is damaged; run `strategybot ingest` to build it again"
        raise VectorIndexError(message)
    try:
        client = _open_folder(folder)
        index = VectorIndex(client, COLLECTION, keys)
    except (ChromaError, ValueError, OSError) as error:
        message = f"Chroma cannot open {folder}: {error}"
        raise VectorIndexError(message) from error
    # A client keeps files open and threads running; they are let go when nobody searches the index any more. Clients
    # of a server share one connection, which stays.
    weakref.finalize(index, _close, client).atexit = False
    return index


def is_whole(folder: Path, files: dict[str, int]) -> bool:
    """Tell whether a folder holds its vector files at their sizes, and a database that can be read."""
    if vector_files(folder) != files:
        return False
    try:
        with closing(sqlite3.connect(f"file:{quote(str(folder / DATABASE))}?mode=ro", uri=True)) as database:
            return bool(database.execute("SELECT count(*) FROM collections").fetchone()[0])
    except sqlite3.Error:
        return False


def vector_files(folder: Path) -> dict[str, int]:
    """Return the sizes, by relative name, of the files whose damage would end the process that opens them."""
    found = folder.rglob(f"*{VECTOR_SUFFIX}")
    return {str(path.relative_to(folder)): path.stat().st_size for path in sorted(found)}


def build_on_server(url: str, name: str, rows: Iterator[tuple[list[str], NDArray[np.float32]]]) -> None:
    """Build a collection of that name on a Chroma server and verify it.

    Raises:
        ConfigurationError: The server cannot be reached.
        CorpusError: The finished index does not find what was put in.
    """
    client = _connect(url)
    if _holds(client, name):
        client.delete_collection(name)
    _fill(client, name, rows)
    verify(client.get_collection(name, embedding_function=None))


def open_on_server(url: str, name: str, keys: Mapping[str, str]) -> VectorIndex:
    """Open a published collection of a Chroma server.

    Raises:
        VectorIndexError: The server cannot be reached or has no such collection.
    """
    try:
        return _wait(_start(lambda: VectorIndex(_connect(url), name, keys)))
    except ConfigurationError as error:
        raise VectorIndexError(str(error)) from error


def is_on_server(url: str, name: str) -> bool:
    """Tell whether a Chroma server has a collection.

    Raises:
        ConfigurationError: The server cannot be reached.
    """
    return _holds(_connect(url), name)


def delete_others_on_server(url: str, keep: Sequence[str]) -> None:
    """Delete our collections of a server but those to keep."""
    client = _connect(url)
    for collection in client.list_collections():
        if collection.name.startswith(f"{COLLECTION}-") and collection.name not in keep:
            client.delete_collection(collection.name)


def verify(collection: Collection) -> None:
    """Check that a sample of at least 300 passages (all if fewer) are each found by searching for themselves.

    Raises:
        CorpusError: One is not.
    """
    count = collection.count()
    step = max(1, count // SAMPLE)
    for offset in range(0, count, step * SAMPLE):
        kept = collection.get(limit=step * SAMPLE, offset=offset, include=["embeddings"])
        ids, vectors = kept["ids"][::step], np.asarray(kept["embeddings"])[::step]
        found = collection.query(query_embeddings=vectors.tolist(), n_results=min(5, count), include=["distances"])
        distances = found["distances"] or []
        for passage_id, near, far in zip(ids, found["ids"], distances, strict=True):
            # Equal texts have equal vectors: a nearest neighbour at no distance is as good as itself.
            if passage_id not in near and far[0] > 1e-4:  # noqa: PLR2004 - the rounding of float32
                raise CorpusError(collection.name, f"the vector index does not find {passage_id}")


def _fill(client: ClientAPI, name: str, rows: Iterator[tuple[list[str], NDArray[np.float32]]]) -> None:
    collection = client.create_collection(name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}})
    put = 0
    for batch, vectors in rows:
        collection.upsert(ids=batch, embeddings=vectors)
        put += len(batch)
    if collection.count() != put:
        raise CorpusError(name, f"the vector index holds {collection.count()} passages instead of {put}")


def _holds(client: ClientAPI, name: str) -> bool:
    return name in {collection.name for collection in client.list_collections()}


def _open_folder(folder: Path) -> ClientAPI:
    settings = ChromaSettings(anonymized_telemetry=False, is_persistent=True, persist_directory=str(folder))
    return chromadb.PersistentClient(path=str(folder), settings=settings)


def _connect(url: str) -> ClientAPI:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        message = f"{url!r} is not the address of a Chroma server; write e.g. http://127.0.0.1:8000"
        raise ConfigurationError(message)
    port = parts.port or (443 if parts.scheme == "https" else 8000)
    try:
        settings = ChromaSettings(anonymized_telemetry=False)
        return chromadb.HttpClient(host=parts.hostname, port=port, ssl=parts.scheme == "https", settings=settings)
    except (ValueError, OSError, ChromaError, httpx.HTTPError) as error:
        message = f"no Chroma server answers at {url}; start one with `chroma run` or unset STRATEGYBOT_CHROMA_URL"
        raise ConfigurationError(message) from error


def _close(client: ClientAPI) -> None:
    client.close()  # type: ignore[attr-defined]  # concrete clients have it, their interface does not say so


def _start(call: Callable[[], T]) -> Future[T]:
    """Begin a call in a thread that nobody waits for when the process ends, since a hanging server never returns."""
    job: Future[T] = Future()

    def run() -> None:
        try:
            job.set_result(call())
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
            job.set_exception(error)

    threading.Thread(target=run, daemon=True, name="chroma").start()
    return job


def _wait(job: Future[T]) -> T:
    try:
        return job.result(timeout=DEADLINE_S)
    except DeadlineError as error:
        message = f"Chroma did not answer within {DEADLINE_S:g} seconds"
        raise SlowVectorIndexError(message) from error
    except (ChromaError, httpx.HTTPError, ValueError, OSError, RuntimeError) as error:
        message = f"Chroma failed: {error}"
        raise VectorIndexError(message) from error


def _verify_in_child(folder: Path) -> None:
    """Open and verify in a process of its own, since a broken index ends the process that opens it."""
    command: Callable[..., subprocess.CompletedProcess[str]] = subprocess.run
    done = command(
        [sys.executable, "-m", "strategybot.index.vectors", str(folder)],
        capture_output=True, text=True, timeout=VERIFY_DEADLINE_S, check=False,
    )  # fmt: skip
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or [f"it ended with status {done.returncode}"])[-1]
        raise CorpusError(folder, f"the vector index that was built cannot be used: {reason}")


if __name__ == "__main__":
    opened = _open_folder(Path(sys.argv[1]))
    verify(opened.get_collection(COLLECTION, embedding_function=None))
    _close(opened)
