"""Reading of PDF reports against pypdf's text extraction, and the memory that a long report takes.

Each contender runs in a process of its own, over the same files, one after the other.
"""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.readers import Reading
from benchmarks.reports import write_report
from benchmarks.results import Benchmark, Figure, Target
from benchmarks.texts import read_sentences

SECTIONS = 200
"""Gives reports of about a hundred pages."""
FILES = 4
TIMES_LONGER = 10
_MOST_SECONDS = Target(bound="at most", value=10.0)
_MOST_GROWTH = Target(bound="at most", value=2.5)


def run_reading(corpus: Path) -> Benchmark:
    """Read the same reports in each way and compare.

    Raises:
        CorpusError: The corpus, whose sentences the reports are made of, cannot be read.
        subprocess.CalledProcessError: A contender failed.
    """
    sentences = read_sentences(corpus)
    with tempfile.TemporaryDirectory() as name:
        several, pages = _write(Path(name) / "several", sentences, sections=[SECTIONS] * FILES)
        short, _ = _write(Path(name) / "short", sentences, sections=[SECTIONS])
        long, _ = _write(Path(name) / "long", sentences, sections=[SECTIONS * TIMES_LONGER])
        return _describe(
            pages,
            [_run(contender, several) for contender in ("pypdf", "ours", "ours-in-parallel")],
            [_run("ours", folder) for folder in (short, long)],
        )


def _describe(pages: int, rivals: Sequence[Reading], lengths: Sequence[Reading]) -> Benchmark:
    pypdf, ours, parallel = rivals
    short, long = lengths
    figures = (
        Figure(name="pages", value=pages, unit=""),
        Figure(name="pypdf, text only", value=pages / pypdf.seconds, unit="pages/s"),
        Figure(name="strategybot, one process", value=pages / ours.seconds, unit="pages/s"),
        Figure(name="ratio", value=pypdf.seconds / ours.seconds, unit="×"),
        Figure(name="strategybot, all processors", value=pages / parallel.seconds, unit="pages/s"),
        Figure(name="ratio, all processors", value=pypdf.seconds / parallel.seconds, unit="×"),
        Figure(name=f"a report of {pages // FILES} pages", value=short.seconds, unit="s", target=_MOST_SECONDS),
        Figure(name=f"peak memory, {pages // FILES} pages", value=short.megabytes, unit="MB"),
        Figure(name=f"peak memory, {TIMES_LONGER} times the sections", value=long.megabytes, unit="MB"),
        Figure(
            name=f"growth of peak memory, {TIMES_LONGER} times the sections",
            value=long.megabytes / short.megabytes,
            unit="×",
            target=_MOST_GROWTH,
        ),
    )
    return Benchmark(
        name="reading",
        title="Reading PDF",
        method=(
            f"Time from {FILES} PDF files of {pages // FILES} pages in two columns to paragraphs with headings, "
            "pages and the place of every character, against pypdf's `extract_text`, which gives words alone; "
            "each in a process of its own."
        ),
        figures=figures,
    )


def _write(folder: Path, sentences: Sequence[str], *, sections: Sequence[int]) -> tuple[Path, int]:
    folder.mkdir()
    files = [(folder / f"report-{number}.pdf", count) for number, count in enumerate(sections)]
    return folder, sum(write_report(path, sentences, sections=count) for path, count in files)


def _run(name: str, folder: Path) -> Reading:
    command = [sys.executable, "-m", "benchmarks.readers", name, str(folder)]
    found = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Reading.model_validate_json(found.stdout.splitlines()[-1])
