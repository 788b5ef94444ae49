"""Tables of contents: lines that end in a page's number, with leaders or under a heading that says so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from strategybot.reading.pdf.geometry import Word

HEADINGS = re.compile(
    r"(?:table of )?contents(?: page)?|(?:list of )?(?:figures|tables|boxes|maps)"
    r"|in this (?:report|document|plan|strategy)",
    re.IGNORECASE,
)
LEADERS = re.compile(r"(?:[.…·_]\s?){4,}\s*(?:\d{1,4}|[ivxlc]{1,6})?$|…{2,}\s*\d{1,4}$", re.IGNORECASE)
NUMBER = re.compile(r"(?:page\s+)?(?:\d{1,4}|[ivxlc]{1,6})", re.IGNORECASE)
ENDS_IN_NUMBER = re.compile(r".*[^\W\d].*\s\d{1,4}")
STARTS_WITH_NUMBER = re.compile(r"\d{1,3}\s+[^\W\d].*")
LAST_NUMBER = re.compile(r"(?<![\d.,])(\d{1,4}|[ivxlc]{1,6})$", re.IGNORECASE)
PRINTED = 2  # pages of paper on a page of the file at most
WIDE = 1.0  # of the font size
FEWEST = 3
LONGEST_WRAP = 2  # lines of an entry above the one with its number


@dataclass(frozen=True, slots=True)
class Row:
    """The groups of words on one baseline, by their numbers."""

    groups: tuple[int, ...]
    text: str
    leaders: bool
    entry: bool
    loose: bool


def find_contents(groups: Sequence[Sequence[Word]], pages: int, *, going_on: bool) -> tuple[frozenset[int], bool]:
    """Return which groups of words are contents, and whether these may go on over the page.

    Args:
        groups: Words that stand together, as ``group_words`` gives them.
        pages: The document's number of pages.
        going_on: The page before ended in contents.
    """
    rows = _rows(groups)
    start = next((n for n, row in enumerate(rows) if HEADINGS.fullmatch(row.text.strip(" :"))), None)
    entries = _below_heading(rows, start) if start is not None else _all_over(rows) if going_on else []
    dropped = {start} if start is not None and entries else set()
    led = [n for n, row in enumerate(rows) if row.leaders]
    if entries or going_on or _are_pages([rows[n] for n in led], pages):
        entries = sorted({*entries, *led})
    if len(entries) < FEWEST - 1:
        return frozenset(), False
    dropped.update(entries)
    for before, entry in zip([entries[0] - 1 if start is None else start, *entries], entries, strict=False):
        if 0 < entry - before - 1 <= LONGEST_WRAP:
            dropped.update(range(before + 1, entry))
    last = rows[entries[-1]]
    at_end = entries[-1] >= len(rows) - 1 - LONGEST_WRAP
    return frozenset(g for n in dropped for g in rows[n].groups), at_end and bool(last.text)


def _below_heading(rows: Sequence[Row], start: int) -> list[int]:
    """Return which rows are the entries of a list of contents whose heading is row ``start``."""
    below = rows[start + 1 :]
    strict = [n for n, row in enumerate(below) if row.entry]
    loose = [n for n, row in enumerate(below) if row.entry or row.loose]
    chosen = strict if len(strict) >= FEWEST or not loose else loose
    return [start + 1 + n for n in chosen] if len(chosen) >= FEWEST - 1 and _is_dense(chosen) else []


def _all_over(rows: Sequence[Row]) -> list[int]:
    """Return which rows are entries if most of a page's are."""
    entries = [n for n, row in enumerate(rows) if row.entry]
    return entries if len(entries) >= max(FEWEST, 0.5 * len(rows)) else []


def _are_pages(rows: Sequence[Row], pages: int) -> bool:
    """Say whether leaders run to numbers of pages, not to prices or to the blanks of a form."""
    found = [LAST_NUMBER.search(row.text) for row in rows]
    numbers = [int(match[1]) for match in found if match and match[1].isdigit()]
    falling = any(a > b for a, b in pairwise(numbers))
    numbered = sum(match is not None for match in found)
    return numbered > 0.5 * len(rows) and not falling and max(numbers, default=0) <= PRINTED * pages


def _is_dense(entries: Sequence[int]) -> bool:
    return len(entries) >= 0.4 * (entries[-1] + 1)


def _rows(groups: Sequence[Sequence[Word]]) -> list[Row]:
    order = sorted(range(len(groups)), key=lambda n: (groups[n][0].baseline, groups[n][0].left))
    rows: list[list[int]] = []
    for n in order:
        word = groups[n][0]
        if rows and abs(groups[rows[-1][0]][0].baseline - word.baseline) < 0.4 * word.size:
            rows[-1].append(n)
        else:
            rows.append([n])
    return [_row(groups, sorted(row, key=lambda n: groups[n][0].left)) for row in rows]


def _row(groups: Sequence[Sequence[Word]], row: Sequence[int]) -> Row:
    texts = [" ".join(word.text for word in groups[n]) for n in row]
    text = " ".join(texts)
    leaders = bool(LEADERS.search(text)) and any(c.isalpha() for c in text)
    wordy = any(c.isalpha() for c in "".join(texts[:-1]))
    apart = len(row) > 1 and wordy and bool(NUMBER.fullmatch(texts[-1]))
    loose = bool(ENDS_IN_NUMBER.fullmatch(text) or STARTS_WITH_NUMBER.fullmatch(text))
    return Row(tuple(row), text, leaders, leaders or apart, loose)
