"""Numbers of lines in the margin, as bills and drafts have them: no words of the text."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from strategybot.reading.pdf.geometry import Word

FEWEST = 5
FEWEST_LINES = 12  # on a page whose lines are counted, not paragraphs of one line each
MOST = 0.7  # of a page's lines
STEPS = (1, 5, 10)
FULL = 0.7  # of the text's width filled by the words beside a number: running text, no row of a table
LEVEL = 2.5  # points
GAP = 0.4  # of the font size, to the text at least


def drop_line_numbers(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return words without the numbers that count a page's lines, left or right of all the others."""
    digits = [word for word in words if word.text.isdecimal()]
    for edge in ("left", "right"):
        for column in _columns(digits, edge):
            if _count_lines(column, words):
                dropped = {id(word) for word in column}
                return tuple(word for word in words if id(word) not in dropped)
    return tuple(words)


def _columns(digits: Sequence[Word], edge: str) -> Iterator[list[Word]]:
    """Yield numbers one below the other, outermost first, that end at one place from left to right."""
    rest = sorted(digits, key=lambda word: word.left, reverse=edge == "right")
    if rest:
        for side in ("left", "right"):
            place = getattr(rest[0], side)
            column = [word for word in rest if abs(getattr(word, side) - place) < LEVEL]
            yield sorted(column, key=lambda word: word.baseline)


def _count_lines(column: Sequence[Word], words: Sequence[Word]) -> bool:
    """Say whether numbers rise in even steps beside running text that none of them stands in."""
    steps = {int(below.text) - int(above.text) for above, below in pairwise(column)}
    if len(column) < FEWEST or len(steps) != 1 or not steps <= set(STEPS):
        return False
    own = {id(word) for word in column}
    others = [word for word in words if id(word) not in own]
    if not others:
        return False
    left, right = min(word.left for word in others), max(word.right for word in others)
    room = GAP * column[0].size
    outside = all(word.right + room < left or word.left - room > right for word in column)
    lines = len({round(word.baseline / LEVEL) for word in others})
    all_over = len(column) * max(steps) >= max(MOST * lines, FEWEST_LINES)
    return outside and all_over and _is_running(column, others, right - left)


def _is_running(column: Sequence[Word], others: Sequence[Word], width: float) -> bool:
    """Say whether beside most of the numbers words fill the text's width."""
    full = 0
    for number in column:
        beside = (word for word in others if abs(word.baseline - number.baseline) < LEVEL)
        full += sum(word.right - word.left for word in beside) > FULL * width
    return full > 0.5 * len(column)
