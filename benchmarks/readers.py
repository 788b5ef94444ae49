"""The contenders of the reading benchmark: ``python -m benchmarks.readers NAME FOLDER`` runs one of them.

The last line of output is a ``Reading``.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pypdf import PdfReader

from strategybot.reading.files import FileTask, FileText, read_file
from strategybot.reading.isolation import IsolatedPool
from strategybot.schema import Frozen


class Reading(Frozen):
    """What a contender reports: PDF files read, their characters of text, seconds, and the process's peak memory."""

    files: int
    characters: int
    seconds: float
    megabytes: float


def read_ours(paths: Sequence[Path]) -> int:
    """Read the files one after the other in this process, as far as paragraphs."""
    texts = [read_file(FileTask(path)) for path in paths]
    return sum(len(read.text) for read in texts if isinstance(read, FileText))


def read_ours_in_parallel(paths: Sequence[Path]) -> int:
    """Read the files as an ingest does: in child processes, on all processors."""
    with IsolatedPool() as pool:
        texts = list(pool.map(read_file, [FileTask(path) for path in paths]))
    return sum(len(read.text) for read in texts if isinstance(read, FileText))


def read_with_pypdf(paths: Sequence[Path]) -> int:
    """Take the text of every page, as most loaders do."""
    return sum(len(page.extract_text()) for path in paths for page in PdfReader(path).pages)


CONTENDERS: Mapping[str, Callable[[Sequence[Path]], int]] = {
    "ours": read_ours, "ours-in-parallel": read_ours_in_parallel, "pypdf": read_with_pypdf,
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the contender named over the PDF files of a folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("name", choices=sorted(CONTENDERS))
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    paths = sorted(options.folder.glob("*.pdf"))
    started = time.perf_counter()
    characters = CONTENDERS[options.name](paths)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    print(Reading(files=len(paths), characters=characters, seconds=seconds, megabytes=peak).model_dump_json())


if __name__ == "__main__":
    main()
