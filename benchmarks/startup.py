"""How long the command takes in a new process: help, a first question, an ingest with nothing to do."""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.results import Benchmark, Figure, Target

ROUNDS = 5
COMMAND = Path(sys.executable).with_name("strategybot")
QUESTION = "Is the Business Growth Fund still open?"


def run_startup(home: Path, corpus: Path) -> Benchmark:
    """Time whole processes over an index that is up to date.

    Args:
        home: Folder of an index over the corpus.
        corpus: The bundled corpus.

    Raises:
        subprocess.CalledProcessError: The command failed.
    """
    state = ["--home", str(home)]
    return Benchmark(
        name="startup",
        title="Start-up",
        method=f"Wall time of whole processes, median of {ROUNDS}; files are in the disk cache.",
        figures=(
            _time("--help", ["--help"], Target(bound="at most", value=0.5)),
            _time("ask, from nothing", [*state, "ask", QUESTION]),
            _time("search, from nothing", [*state, "search", QUESTION]),
            _time("ingest, nothing changed", [*state, "ingest", str(corpus)]),
        ),
    )


def _time(name: str, arguments: Sequence[str], target: Target | None = None) -> Figure:
    seconds = [_run(arguments) for _ in range(ROUNDS)]
    return Figure(name=name, value=statistics.median(seconds), unit="s", target=target)


def _run(arguments: Sequence[str]) -> float:
    started = time.perf_counter()
    subprocess.run([COMMAND, *arguments], check=True, capture_output=True)
    return time.perf_counter() - started
