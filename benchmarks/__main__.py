"""Run the benchmarks: ``python -m benchmarks`` writes JSON and a Markdown table of each."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.ingest import CORPUS, run_ingest
from benchmarks.latency import run_latency
from benchmarks.reading import run_reading
from benchmarks.results import Benchmark, render_benchmark, write_benchmark
from benchmarks.startup import COMMAND, run_startup
from strategybot.errors import StrategyBotError

NAMES = ("ingest", "latency", "reading", "startup")
RESULTS = Path(__file__).parent / "results"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks named, or all of them; status 1 if one misses its target."""
    options = _parse_options(arguments)
    reached = True
    try:
        for name in options.only or NAMES:
            print(f"Running {name} …", file=sys.stderr)
            benchmark = _run(name, passages=options.passages)
            write_benchmark(benchmark, options.output)
            print(render_benchmark(benchmark))
            reached &= all(figure.reached for figure in benchmark.figures)
    except StrategyBotError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0 if reached else 1


def _run(name: str, *, passages: int) -> Benchmark:
    if name == "ingest":
        return run_ingest(passages)
    if name == "reading":
        return run_reading(CORPUS)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        subprocess.run([COMMAND, "--home", home, "ingest", CORPUS], check=True, stdout=subprocess.DEVNULL)
        return run_latency(home) if name == "latency" else run_startup(home, CORPUS)


def _parse_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    parser.add_argument("--only", action="append", choices=NAMES, help="run only this one; may be given twice")
    parser.add_argument("--passages", type=int, default=5000, help="passages to ingest")
    parser.add_argument("--output", type=Path, default=RESULTS, help="folder for the results")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    # Nothing that is timed may wait for a model hub or report on us.
    os.environ |= {"HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False"}
    sys.exit(main())
