"""Backends: what computes an embedding model. The only imports of openvino, torch and sentence_transformers."""

import importlib.util
import logging
import os
import shutil
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategybot.errors import ConfigurationError
from strategybot.index.embedding import Backend

logger = logging.getLogger(__name__)


def load_backend(folder: Path, *, kind: str, threads: int, cache: Path) -> tuple[Backend, int]:
    """Load a model's weights.

    Returns:
        The backend and the dimension of its vectors.

    Raises:
        ConfigurationError: The backend asked for is not installed.
    """
    if kind == "openvino" and importlib.util.find_spec("openvino") is None:
        message = "openvino is not installed; run `pip install openvino` or set STRATEGYBOT_EMBEDDER_BACKEND=torch"
        raise ConfigurationError(message)
    if kind in ("auto", "openvino") and importlib.util.find_spec("openvino") is not None:
        return _load_openvino(folder, threads=threads, cache=cache)
    return _load_torch(folder, threads=threads)


class OpenVinoBackend:
    """Runs a converted model; pooling and normalisation are done here, in float32."""

    def __init__(self, compiled: Any) -> None:
        """Hold a compiled model with inputs input_ids and attention_mask."""
        self._compiled = compiled

    def run(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return unit vectors, shape (n, dimension)."""
        # A request of its own for each call, so that threads may call at once.
        request = self._compiled.create_infer_request()
        hidden = request.infer({"input_ids": ids, "attention_mask": mask})[0]
        return _pool(hidden, mask)


class TorchBackend:
    """Runs a sentence-transformers model."""

    def __init__(self, model: Any) -> None:
        """Hold the model's transformer."""
        self._model = model

    def run(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return unit vectors, shape (n, dimension)."""
        import torch  # noqa: PLC0415 - loaded already with the model

        with torch.inference_mode():
            batch = {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
            hidden = self._model(**batch).last_hidden_state.float().numpy()
        return _pool(hidden, mask)


def _pool(hidden: NDArray[np.float32], mask: NDArray[np.int64]) -> NDArray[np.float32]:
    """Average token vectors of shape (n, length, dimension) over the mask, and scale each to length 1."""
    weights = mask[:, :, None].astype(np.float32)
    mean = (hidden * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
    return np.asarray(mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-12), dtype=np.float32)


def _load_openvino(folder: Path, *, threads: int, cache: Path) -> tuple[Backend, int]:
    os.environ.setdefault("OPENVINO_TELEMETRY_OPT_OUT", "1")
    import openvino  # noqa: PLC0415 - a heavy import, only when a model is loaded

    path = cache / "openvino" / "model.xml"
    if not path.exists():
        _convert(folder, path)
    core = openvino.Core()
    # Bfloat16 is what oneDNN picks by itself where the processor computes it natively; cosines stay above 0.9999.
    options: dict[str, Any] = {"PERFORMANCE_HINT": "LATENCY", "CACHE_DIR": str(cache / "compiled")}
    if threads:
        options["INFERENCE_NUM_THREADS"] = threads
    compiled = core.compile_model(str(path), "CPU", options)
    return OpenVinoBackend(compiled), int(compiled.output(0).get_partial_shape()[2].get_length())


def _convert(folder: Path, path: Path) -> None:
    """Convert a model once; it appears whole or not at all."""
    import openvino  # noqa: PLC0415 - a heavy import, only when a model is converted
    import torch  # noqa: PLC0415 - the same

    logger.info("converting the embedding model in %s for OpenVINO, once", folder)
    model = _load_transformer(folder)
    example = {name: torch.ones((2, 8), dtype=torch.int64) for name in ("input_ids", "attention_mask")}
    with torch.inference_mode(), warnings.catch_warnings():
        # PyTorch is about to drop the tracing that OpenVINO's converter does; what this release traces is right.
        warnings.simplefilter("ignore")
        converted = openvino.convert_model(_LastHidden.wrap(model), example_input=example)
    aside = path.parent.with_name(f"openvino.{os.getpid()}")
    openvino.save_model(converted, aside / "model.xml", compress_to_fp16=False)
    path.parent.parent.mkdir(parents=True, exist_ok=True)
    if path.parent.exists():
        shutil.rmtree(aside)
    else:
        aside.rename(path.parent)


class _LastHidden:
    """Makes a module whose one output is the last hidden state."""

    @staticmethod
    def wrap(model: Any) -> Any:
        import torch  # noqa: PLC0415 - a heavy import, only when a model is converted

        class Module(torch.nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.model = model

            def forward(self, input_ids: Any, attention_mask: Any) -> Any:
                return self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

        return Module().eval()


def _load_torch(folder: Path, *, threads: int) -> tuple[Backend, int]:
    import torch  # noqa: PLC0415 - a heavy import, only when a model is loaded

    if threads:
        torch.set_num_threads(threads)
    model = _load_transformer(folder)
    return TorchBackend(model), int(model.config.hidden_size)


def _load_transformer(folder: Path) -> Any:
    """Return the transformer of a sentence-transformers model, ready for inference, without any network."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - a heavy import

    module: Any = SentenceTransformer(str(folder), device="cpu", local_files_only=True)[0]
    return module.auto_model.eval()
