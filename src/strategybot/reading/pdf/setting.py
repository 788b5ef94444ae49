"""How a document sets its running text: size, weight, colour, and the distance of its lines."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from strategybot.reading.pdf.layout import Box, Column
from strategybot.reading.pdf.lines import Line

USUAL_LEADING = 1.25  # of the font size


@dataclass(frozen=True, slots=True)
class Setting:
    """How the document sets its running text; ``leadings`` has the distance of baselines by rounded font size."""

    size: float
    bold: bool
    color: tuple[int, int, int]
    leadings: tuple[tuple[float, float], ...] = ()

    def leading(self, size: float) -> float:
        """Return the usual distance between two baselines of text of a size."""
        for known, leading in self.leadings:
            if abs(known - size) < 0.3:  # noqa: PLR2004  # sizes are rounded to half a point
                return leading
        return USUAL_LEADING * size


def measure_setting(columns: Iterable[Column]) -> Setting:
    """Return how the text of most characters is set."""
    styles = Counter[tuple[float, bool, tuple[int, int, int]]]()
    leadings: defaultdict[float, Counter[float]] = defaultdict(Counter)
    for column in columns:
        lines = [item for item in flat(column) if isinstance(item, Line)]
        for line in lines:
            styles[round(line.size * 2) / 2, line.bold, line.color] += len(line.text)
        for above, line in pairwise(lines):
            gap = line.baseline - above.baseline
            if abs(above.size - line.size) < 0.3 and 0.9 * line.size < gap < 2.1 * line.size:  # noqa: PLR2004  # points
                leadings[round(line.size * 2) / 2][round(gap * 4) / 4] += 1
    if not styles:
        return Setting(10.0, bold=False, color=(0, 0, 0))
    (size, bold, color), _ = styles.most_common(1)[0]
    usual = tuple((at, leading) for at, counts in leadings.items() if (leading := _usual(counts)) is not None)
    return Setting(size, bold, color, usual)


def _usual(counts: Counter[float]) -> float | None:
    gap, often = max(counts.items(), key=lambda pair: (pair[1], -pair[0]))
    return gap if often > 1 else None


def flat(column: Column) -> Iterator[Line | Box]:
    """Yield a column's lines and tables, those in panels too."""
    for item in column.items:
        if isinstance(item, Box) and item.table is None:
            for inner in item.columns:
                yield from flat(inner)
        else:
            yield item
