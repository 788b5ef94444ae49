"""Ingest of many passages against the plain pipeline: ``Chroma.from_documents`` with sentence-transformers.

Each contender runs in a process of its own, over the same texts with the same model, one after the other.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.contenders import Timing
from benchmarks.results import Benchmark, Figure, Target
from benchmarks.texts import read_sentences, write_documents

CORPUS = Path(__file__).parent.parent / "corpus"
_LEAST_RATIO = Target(bound="at least", value=2.0)
_LEAST_COSINE = Target(bound="at least", value=0.999)


def run_ingest(passages: int) -> Benchmark:
    """Ingest the same passages in each way and compare.

    Raises:
        CorpusError: The corpus, whose sentences the passages are made of, cannot be read.
        subprocess.CalledProcessError: A contender failed.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_documents(folder / "documents", read_sentences(CORPUS), sections=passages)
        ours = _run_contender("ours", folder)
        plain = _run_contender("plain", folder)
        whole = _run_contender("ours-with-sentences", folder)
        cosines = _compare_vectors(folder)
    return _describe(plain, ours, whole, cosines)


def _describe(plain: Timing, ours: Timing, whole: Timing, cosines: NDArray[np.float32]) -> Benchmark:
    rates = {timing: timing.passages / timing.seconds for timing in (plain, ours, whole)}
    figures = (
        Figure(name="passages", value=ours.passages, unit=""),
        Figure(name="plain pipeline", value=rates[plain], unit="passages/s"),
        Figure(name="strategybot", value=rates[ours], unit="passages/s"),
        Figure(name="ratio", value=rates[ours] / rates[plain], unit="×", target=_LEAST_RATIO),
        Figure(name="strategybot, sentence vectors too", value=rates[whole], unit="passages/s"),
        Figure(name="ratio, sentence vectors too", value=rates[whole] / rates[plain], unit="×"),
        Figure(name="texts embedded, sentences too", value=whole.embedded, unit=""),
        Figure(name="texts embedded per second, sentences too", value=whole.embedded / whole.seconds, unit="/s"),
        Figure(
            name=f"least cosine to fp32, {len(cosines)} passages",
            value=float(cosines.min()),
            unit="",
            target=_LEAST_COSINE,
        ),
    )
    return Benchmark(
        name="ingest",
        title="Ingest",
        method=(
            "Time from files to a published and verified index, against `Chroma.from_documents` with "
            "`HuggingFaceEmbeddings` over the same texts, already split, title and heading included; the "
            "same model, each in a process of its own; loading of libraries and model left out for both."
        ),
        figures=figures,
    )


def _run_contender(name: str, folder: Path) -> Timing:
    command = [sys.executable, "-m", "benchmarks.contenders", name, str(folder)]
    found = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Timing.model_validate_json(found.stdout.splitlines()[-1])


def _compare_vectors(folder: Path) -> NDArray[np.float32]:
    """Return the cosine of each sampled passage's stored vectors, ours against the plain pipeline's."""
    ours, plain = np.load(folder / "ours.npy"), np.load(folder / "plain.npy")
    lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(plain, axis=1)
    return np.asarray((ours * plain).sum(axis=1) / lengths, dtype=np.float32)
