"""Grids: words in lines, lines in rows, rows in columns; what the finders of tables work on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from strategybot.reading.pdf.geometry import Word

SAME_LINE = 0.35
"""Baselines closer than this share of the font size are one line; raised figures stand at about a third."""
CHUNK_GAP = 0.55
"""White space of this share of the font size ends a chunk; spaces between words are 0.25 to 0.35."""
FIXED_WIDTH = ("courier", "mono", "consol", "typewriter")
"""In fonts of these names each character, and so each space, is 0.6 font sizes wide."""
WIDE_GAP = 1.1
"""White space that parts columns even where a single line shows it."""
OVERLAPPING = 0.75
"""Lines nearer than this share of the font size overlap: they are cells set in the middle of one row."""
LEADING = 1.3
"""Lines up to this many font sizes apart may be of one cell; text is set at 1.1 to 1.3."""
CAPTION = re.compile(r"(table|tab\.|figure|fig\.|chart|graph|map|box|annex|appendix|exhibit)\s*[\dA-Z]", re.IGNORECASE)
NOTE = re.compile(r"(sources?|notes?|quelle|nb|n\.b\.)\b\s*\d*\s*[:.]|[*†‡]|\(?[a-z1-9][.)]\s", re.IGNORECASE)
FIGURE = re.compile(
    r"[(\[<>~≈±+\-−–—]*\s*[£$€]?\s*[+\-−–]?\d[\d.,’'   /:–\-−]*\s*(%|(?!to\b|may\b)[a-z]{1,3}|[£$€])?\s*[)\]*†‡]*",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"@|www\.|://|^\w+\.\w")
BLANK = re.compile(r"[-–—−.…*/]+|n/?a|nil|:|tbc", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of one line in one column, or over several.

    Attributes:
        column: Its first column, from 0.
        span: How many columns it covers; at least 1.
    """

    words: tuple[Word, ...]
    column: int
    span: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """The cells that stand on one baseline, from left to right; ``whole`` ones belong to all rows of their span."""

    baseline: float
    size: float
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell | None:
        """Return the cell that begins in the column."""
        return next((cell for cell in self.cells if cell.column == column), None)


@dataclass(frozen=True, slots=True)
class Row:
    """Lines that are one row of a table.

    Attributes:
        above: Thickness of the rule above it in points; 0 without one.
        fill: Colour that it is filled with, if one.
    """

    lines: tuple[Line, ...]
    above: float = 0
    fill: tuple[int, int, int] | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of all lines, joined downwards by first column."""
        found: dict[int, list[Cell]] = {}
        for line in self.lines:
            for cell in line.cells:
                found.setdefault(cell.column, []).append(cell)
        return tuple(
            Cell(tuple(word for cell in cells for word in cell.words), column, max(cell.span for cell in cells))
            for column, cells in sorted(found.items())
        )

    @property
    def words(self) -> tuple[Word, ...]:
        """All its words."""
        return tuple(word for cell in self.cells for word in cell.words)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under one another in common columns, inside an area of the page (points, origin top left).

    Attributes:
        drawn: Rules or fills part its rows.
        parted: Lines part its columns too.
    """

    left: float
    top: float
    right: float
    bottom: float
    columns: tuple[tuple[float, float], ...]
    rows: tuple[Row, ...]
    drawn: bool = False
    parted: bool = False


def text_of(words: Iterable[Word]) -> str:
    """Return the words with a space between each two."""
    return " ".join(word.text for word in words)


def is_figure(text: str) -> bool:
    """Return whether the text is a number, an amount, a share, a date in figures or a sign for none."""
    return bool(FIGURE.fullmatch(text) or BLANK.fullmatch(text))


def goes_on(text: str) -> bool:
    """Return whether a text begins as the middle of a sentence does: in lower case, but is no address."""
    return text[:1].islower() and not ADDRESS.search(text)


def median(values: Iterable[float]) -> float:
    """Return the upper median; 0 of no values."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else 0.0


def find_lines(words: Iterable[Word]) -> list[list[Word]]:
    """Return the words by baseline from top to bottom, each line from left to right."""
    lines: list[list[Word]] = []
    anchor, size = 0.0, 0.0
    for word in sorted(words, key=lambda word: word.baseline):
        size = max(size, word.size) if lines else word.size
        if not lines or word.baseline - anchor > SAME_LINE * size:
            lines.append([])
            anchor, size = word.baseline, word.size
        lines[-1].append(word)
    return [sorted(line, key=lambda word: word.left) for line in lines]


def fixed_space(word: Word) -> float:
    """Return what a space is wider than usual in a font of fixed width, in points; 0 in others."""
    return 0.3 * word.size if is_fixed_width(word.font) else 0.0


@lru_cache(maxsize=1_000)
def is_fixed_width(font: str) -> bool:
    """Return whether a font's name is that of one of fixed width."""
    return any(name in font.lower() for name in FIXED_WIDTH)


def find_chunks(line: Sequence[Word], gap: float = CHUNK_GAP) -> list[list[Word]]:
    """Return a line's words (left to right) parted where white space is at least ``gap`` of the font size."""
    chunks: list[list[Word]] = []
    right = 0.0
    for word in line:
        if not chunks or word.left - right >= gap * max(word.size, chunks[-1][-1].size) + fixed_space(word):
            chunks.append([])
            right = word.right
        chunks[-1].append(word)
        right = max(right, word.right)
    return chunks
