"""Words of scanned pages, by the tesseract program if it is installed."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from itertools import groupby

import pypdfium2

DPI = 250
LONGEST_S = 120.0  # for one page
FEWEST_CONFIDENCE = 20.0  # of 100; below are specks that tesseract takes for letters
WORD_LEVEL = "5"
COLUMNS = 12
MOST_PIXELS = 6_000  # a side


def find_tesseract() -> str | None:
    """Return the path of the tesseract program, or None if it is not installed."""
    return shutil.which("tesseract")


def recognise(program: str, page: pypdfium2.PdfPage) -> tuple[tuple[str, ...], ...]:
    """Return the paragraphs on a page, each as its lines.

    Raises:
        ValueError: Tesseract failed, or took longer than two minutes.
    """
    scale = min(DPI / 72, MOST_PIXELS / max(page.get_size()))
    bitmap = page.render(scale=scale, grayscale=True)
    picture = io.BytesIO()
    bitmap.to_pil().save(picture, format="PNG")
    bitmap.close()
    command = [program, "stdin", "stdout", "--dpi", str(round(scale * 72)), "tsv"]
    try:
        done = subprocess.run(command, input=picture.getvalue(), capture_output=True, timeout=LONGEST_S, check=True)
    except (subprocess.SubprocessError, OSError) as error:
        message = f"tesseract could not read it ({error})"
        raise ValueError(message) from error
    return tuple(_paragraphs(done.stdout.decode("utf-8", errors="replace")))


def _paragraphs(table: str) -> Iterator[tuple[str, ...]]:
    """Yield the paragraphs of tesseract's table of words.

    Its columns are level, page, block, paragraph, line, word, left, top, width, height, confidence and text.
    """
    rows = [row.split("\t") for row in table.splitlines()]
    words = [row for row in rows if len(row) == COLUMNS and row[0] == WORD_LEVEL and _is_word(row)]
    for _, paragraph in groupby(words, key=lambda row: (row[2], row[3])):
        lines = groupby(paragraph, key=lambda row: row[4])
        yield tuple(" ".join(row[11] for row in line) for _, line in lines)


def _is_word(row: list[str]) -> bool:
    return bool(row[11].strip()) and float(row[10]) >= FEWEST_CONFIDENCE
