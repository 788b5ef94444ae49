"""Footnotes: found at the foot of a page or column, and their markers in the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from strategybot.reading.pdf.furniture import Sheet
from strategybot.reading.pdf.lines import Line
from strategybot.reading.pdf.spans import join

SMALL = 0.95  # of the body's size
FEWEST_RUNNING = 3
FOOT = 0.92  # of the page's height; what stands below is the footer
PRINTED_MARKER = re.compile(r"[\[(]?(\d{1,3}|[*†‡§¶]{1,3}|[a-z])[\])]?[.:]?(?=\s+\S|[A-Z“‘\"(])")
UNIT = re.compile(r"(?<![^\W\d])(?:[kcm]?m|ft|mi|yd)$")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its marker and its lines, the marker cut off the first."""

    marker: str
    lines: tuple[Line, ...]


def find_notes(sheet: Sheet, size: float) -> tuple[tuple[Note, ...], frozenset[int]]:
    """Return a page's footnotes and the ids of their lines; ``size`` is that of the body's text."""
    marks = page_marks(sheet.lines, size)
    small = sorted((line for line in sheet.lines if line.size < SMALL * size), key=lambda x: (x.baseline, x.left))
    starts = [(line, marker, length) for line in small for marker, length in [_marker(line)] if marker]
    kept = [start for start in starts if _is_note(start[0], start[1], sheet, marks, size)]
    notes: list[Note] = []
    taken: set[int] = set()
    heads = {id(line) for line, _, _ in starts}
    for line, marker, length in kept:
        lines = [line]
        for other in small:
            if id(other) not in heads | taken and _goes_on(lines[-1], other, line):
                lines.append(other)
        taken.update(id(other) for other in lines)
        notes.append(Note(marker, (_cut(line, length), *lines[1:])))
    return tuple(notes), frozenset(taken)


def page_marks(lines: Sequence[Line], size: float) -> frozenset[str]:
    """Return the raised texts in a page's lines of the body's size."""
    found: set[str] = set()
    for line in lines:
        if line.size >= SMALL * size:
            for start, end in line.raised:
                found.update(_split(line.text[start:end]))
    return frozenset(found)


def note_marks(sheets: Sequence[Sheet], notes: Sequence[Note], size: float) -> frozenset[str]:
    """Return the markers that stand for notes anywhere in a document.

    These are those of its footnotes, and raised numbers that run on from 1 through the text, whose notes may stand
    at its end.
    """
    found = {note.marker for note in notes}
    raised = {int(mark) for sheet in sheets for mark in page_marks(sheet.lines, size) if mark.isdecimal()}
    running = 0
    while running + 1 in raised:
        running += 1
    if running >= FEWEST_RUNNING:
        found.update(map(str, range(1, running + 1)))
    return frozenset(found)


def _split(text: str) -> list[str]:
    return [part for part in re.split(r"[\s,;]+", text.strip("[]() ")) if part]


def _marker(line: Line) -> tuple[str, int]:
    """Return the note marker that a line begins with, and how many characters it takes."""
    if line.raised and line.raised[0][0] == 0:
        end = line.raised[0][1]
        return line.text[:end].strip("[]() ."), end
    found = PRINTED_MARKER.match(line.text)
    return (found[1], found.end()) if found else ("", 0)


def _is_note(line: Line, marker: str, sheet: Sheet, marks: frozenset[str], size: float) -> bool:
    if line.baseline < 0.3 * sheet.height:
        return False
    if any(
        other.size >= SMALL * size
        and line.baseline < other.baseline < FOOT * sheet.height
        and other.left < line.right
        and line.left < other.right
        for other in sheet.lines
    ):
        return False
    return marker in marks or (_has_rule(line, sheet) and (marker.isdigit() or not marker.isalnum()))


def _has_rule(line: Line, sheet: Sheet) -> bool:
    """Say whether a short horizontal rule stands above a line, with nothing but notes between."""
    return any(
        0 < line.top - rule.bottom + 3 < 12 * line.size
        and rule.right - rule.left > 4 * (rule.bottom - rule.top) + 10
        and abs(rule.left - line.left) < 2 * line.size
        and rule.right - rule.left < 0.7 * sheet.width
        and rule.top > 0.3 * sheet.height
        for rule in sheet.rules
    )


def _goes_on(last: Line, other: Line, first: Line) -> bool:
    gap = other.baseline - last.baseline
    return (
        abs(other.size - first.size) < 0.3  # noqa: PLR2004  # points
        and 0 < gap < 1.7 * first.size
        and other.left > first.left - first.size
        and other.left < first.right
        and last.left < other.right
    )


def _cut(line: Line, length: int) -> Line:
    rest = line.span.cut(length)
    text = rest.text
    return replace(line, span=rest.strip(), raised=(), right=line.right) if text.strip() else line


def drop_marks(line: Line, here: frozenset[str], anywhere: frozenset[str]) -> Line:
    """Return a line without the markers of notes.

    Args:
        line: A line of running text.
        here: Markers of the notes on its page.
        anywhere: Markers of all notes of the document.
    """
    cuts = [
        (start, end)
        for start, end in line.raised
        if (parts := _split(line.text[start:end]))
        and (all(part in here for part in parts) or all(part in anywhere and part.isdigit() for part in parts))
        and not (line.text[start:end] in ("2", "3") and UNIT.search(line.text[:start]))
    ]
    if not cuts:
        return line
    pieces = []
    at = 0
    for start, end in cuts:
        pieces.append(line.span.cut(at, len(line.text[:start].rstrip()) if end == len(line.text) else start))
        at = end
    pieces.append(line.span.cut(at))
    return replace(line, span=join(pieces).strip(), raised=())
